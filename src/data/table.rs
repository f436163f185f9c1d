//! Tables of `data/`: comma-separated rows behind a header of `# key: value` lines.
//!
//! The header is part of the table: title, source, link, units of every column and
//! convention. It is what the page shows when a visitor asks where a number is from.

use crate::Error;
use crate::numerics::decimal;
use csv_core::ReadRecordResult;

/// A table's text and its parsed header.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    header: Vec<(String, String)>,
    columns: Vec<String>,
    body: String,
}

/// Keys that the header of every file has.
pub const REQUIRED_KEYS: [&str; 5] = ["title", "source", "link", "units", "convention"];

/// Those that programs read: the page is built without the others.
const READ_KEYS: [&str; 3] = ["title", "source", "link"];

impl Table {
    /// Reads header and column names; rows are parsed on demand.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a key that programs read is missing, if units are given that do not name
    /// exactly the columns in their order, or if there is no row.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut header = Vec::new();
        let mut body = String::new();
        for line in text.lines() {
            match line.strip_prefix("# ") {
                Some(entry) => {
                    let (key, value) = entry
                        .split_once(':')
                        .and_then(|(key, value)| Some((key, value.strip_prefix(' ')?)))
                        .ok_or_else(|| Error::table(name, format!("header line without key: {entry}")))?;
                    header.push((key.to_owned(), value.to_owned()));
                }
                None => {
                    body.push_str(line);
                    body.push('\n');
                }
            }
        }
        let columns: Vec<String> = body
            .lines()
            .next()
            .map(|line| line.split(',').map(str::to_owned).collect())
            .unwrap_or_default();
        let table = Self {
            name: name.to_owned(),
            header,
            columns,
            body,
        };
        table.check()?;
        Ok(table)
    }

    fn check(&self) -> Result<(), Error> {
        for key in READ_KEYS {
            if self.get(key).is_none_or(str::is_empty) {
                return Err(Error::table(&self.name, format!("header has no '{key}'")));
            }
        }
        if let Some(units) = self.get("units") {
            let mut units = units
                .split(';')
                .map(|unit| unit.trim().split_once(' ').unwrap_or_default());
            let named = |column: &String| {
                units
                    .next()
                    .is_some_and(|unit| unit.0 == column && !unit.1.trim().is_empty())
            };
            if !self.columns.iter().all(named) || units.next().is_some() {
                return Err(Error::table(&self.name, "units do not match the columns"));
            }
        }
        if self.body.lines().count() < 2 {
            return Err(Error::table(&self.name, "no rows"));
        }
        Ok(())
    }

    /// Path below `data/`, without the ending.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Value of a header key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        self.header
            .iter()
            .find(|(known, _)| known == key)
            .map(|(_, value)| value.as_str())
    }

    /// The header's `status`, if it begins with `surrogate`: a stand-in for unpublished numbers.
    #[must_use]
    pub fn surrogate(&self) -> Option<&str> {
        self.get("status").filter(|status| status.starts_with("surrogate"))
    }

    /// The named columns of every row, as text.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for an unknown column or a row that does not fit.
    pub fn rows<const N: usize>(&self, names: [&str; N]) -> Result<Vec<[String; N]>, Error> {
        let mut cells = Vec::new();
        self.each_cell(&names, &mut |_, cell| {
            cells.push(cell.to_owned());
            Ok(())
        })?;
        let mut cells = cells.into_iter();
        let count = cells.len().checked_div(N).unwrap_or_default();
        let row = |_| std::array::from_fn(|_| cells.next().unwrap_or_default());
        Ok((0..count).map(row).collect())
    }

    /// The named columns as numbers, all of them finite.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for an unknown column or a cell that is not a finite number.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<f64>; N], Error> {
        let mut columns: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
        self.each_cell(&names, &mut |index, cell| {
            columns[index].push(self.number(cell)?);
            Ok(())
        })?;
        Ok(columns)
    }

    /// A cell as a finite number.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if it is none.
    pub fn number(&self, cell: &str) -> Result<f64, Error> {
        decimal::parse(cell).ok_or_else(|| Error::table(&self.name, format!("not a number: '{cell}'")))
    }

    /// A cell as a whole number, zero or above.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if it is none.
    pub fn whole(&self, cell: &str) -> Result<u32, Error> {
        let value = cell.parse().ok();
        value.ok_or_else(|| Error::table(&self.name, format!("not a whole number: '{cell}'")))
    }

    /// Hands the cells of the named columns to `take`, row by row, with the place of the column among `names`.
    fn each_cell(&self, names: &[&str], take: &mut dyn FnMut(usize, &str) -> Result<(), Error>) -> Result<(), Error> {
        let mut positions = Vec::new();
        for name in names {
            let position = self.columns.iter().position(|column| column == name);
            positions.push(position.ok_or_else(|| Error::table(&self.name, format!("no column '{name}'")))?);
        }
        self.each_row(&mut |row| {
            let mut cells = positions.iter().enumerate();
            cells.try_for_each(|(index, position)| take(index, row.get(*position).copied().unwrap_or_default()))
        })
    }

    /// Hands over the cells of every row below the names.
    fn each_row(&self, take: &mut dyn FnMut(&[&str]) -> Result<(), Error>) -> Result<(), Error> {
        let misfit = |number: usize| Error::table(&self.name, format!("row {number} does not fit"));
        let mut reader = csv_core::Reader::new();
        // No row is longer than all of them, and one cell too many is noticed.
        let mut text = vec![0; self.body.len()];
        let mut ends = vec![0; self.columns.len() + 1];
        let mut rest = self.body.as_bytes();
        for number in 0.. {
            // The body ends with the end of a line, so every row comes as a whole.
            let (result, read, _, count) = reader.read_record(rest, &mut text, &mut ends);
            rest = &rest[read..];
            match result {
                ReadRecordResult::Record if count == self.columns.len() => {
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    let cells = starts.zip(&ends).take(count);
                    let cells: Option<Vec<&str>> = cells
                        .map(|(start, end)| std::str::from_utf8(text.get(start..*end)?).ok())
                        .collect();
                    // The first row is that of the names.
                    if number > 0 {
                        take(&cells.ok_or_else(|| misfit(number))?)?;
                    }
                }
                ReadRecordResult::InputEmpty if count == 0 => {}
                ReadRecordResult::End => break,
                _ => return Err(misfit(number)),
            }
        }
        Ok(())
    }
}
