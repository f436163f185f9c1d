//! Tables of `data/`: comma-separated rows behind a header of `# key: value` lines.
//!
//! The header is part of the table: title, source, link, units of every column and
//! convention. It is what the page shows when a visitor asks where a number is from.

use crate::Error;
use crate::error::quoted;
use crate::language::translated;
use crate::numerics::decimal;
use csv_core::ReadRecordResult;

/// A table's text and its parsed header.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    header: Vec<(String, String)>,
    columns: Vec<String>,
    body: String,
    /// Number of the line with the names of the columns, in the text that the table stands in.
    first_line: u32,
    /// Whether cells at the end of a row may be missing.
    is_open: bool,
}

/// What each cell of some columns is handed to: the place of the column, the number of the line and the cell.
type TakeCell<'a> = dyn FnMut(usize, u32, &str) -> Result<(), Error> + 'a;
/// What each row is handed to: the number of the line and the cells.
type TakeRow<'a> = dyn FnMut(u32, &[&str]) -> Result<(), Error> + 'a;

/// Keys that the header of every file has.
pub const REQUIRED_KEYS: [&str; 6] = ["title", "source", "link", "licence", "units", "convention"];

/// Largest count, and largest of what else is zero or above in a table: far above all that is meant, and within what fits converge with.
pub(super) const MOST: f64 = 1e12;

/// Those that programs read: the page is built without the others. (What is loaded first has `-` for them, but where it shows them: published curves.)
const READ_KEYS: [&str; 3] = ["title", "source", "link"];

impl Table {
    /// Reads header and column names; rows are parsed on demand.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a key that programs read is missing, if units are given that do not name
    /// exactly the columns in their order, or if there is no row.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        // Tables that it encloses are no part of it.
        let rows = text.split("\n### ").next().unwrap_or_default();
        let table = Self::read(name, rows, 1, false)?;
        table.check_header()?;
        table.check_body()?;
        Ok(table)
    }

    /// A table of one's own, which begins at line `line` of a text: nobody asks it where it is from, so that its header may be missing, and cells
    /// at the end of a row may be missing, too.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a header line that is none, and if there is no row.
    pub fn own(name: &str, text: &str, line: u32) -> Result<Self, Error> {
        let table = Self::read(name, text, line, true)?;
        table.check_body()?;
        Ok(table)
    }

    fn read(name: &str, text: &str, line: u32, is_open: bool) -> Result<Self, Error> {
        let mut lines = (line..).zip(text.lines()).peekable();
        let mut header = Vec::new();
        let is_above = |entry: &str| entry.starts_with('#') || is_open && entry.trim().is_empty();
        while let Some((line, entry)) = lines.next_if(|(_, entry)| is_above(entry)) {
            let pair = entry.strip_prefix("# ").and_then(|entry| entry.split_once(':'));
            match pair.and_then(|(key, value)| Some((key, value.strip_prefix(' ')?))) {
                Some((key, value)) => header.push((key.to_owned(), value.trim_end().to_owned())),
                None if entry.trim().is_empty() => {}
                None => return Err(misplaced(name, line, entry, say!("'# key: value'"))),
            }
        }
        let first_line = lines.peek().map_or(line, |(line, _)| *line);
        let mut body = String::new();
        for (line, entry) in lines {
            if entry.starts_with('#') {
                return Err(misplaced(name, line, entry, say!("rows; header lines stand above")));
            }
            body.push_str(entry);
            body.push('\n');
        }
        let columns = body.lines().next().map(|line| line.split(',').map(str::to_owned));
        Ok(Self {
            name: name.to_owned(),
            header,
            columns: columns.map(Iterator::collect).unwrap_or_default(),
            body,
            first_line,
            is_open,
        })
    }

    fn check_header(&self) -> Result<(), Error> {
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
        Ok(())
    }

    fn check_body(&self) -> Result<(), Error> {
        if self.body.lines().skip(1).all(|line| line.trim().is_empty()) {
            return Err(self.no_rows());
        }
        Ok(())
    }

    /// Path below `data/`, without the ending.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Every key of the header, with its value.
    #[must_use]
    pub fn header(&self) -> &[(String, String)] {
        &self.header
    }

    /// Whether there is a column of this name.
    #[must_use]
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known == column)
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

    /// The header's `status`, if it begins with `digitised`: numbers that somebody has read off a figure.
    #[must_use]
    pub fn digitised(&self) -> Option<&str> {
        self.get("status").filter(|status| status.starts_with("digitised"))
    }

    /// The named columns of every row, as text.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for an unknown column or a row that does not fit.
    pub fn rows<const N: usize>(&self, names: [&str; N]) -> Result<Vec<[String; N]>, Error> {
        let mut cells = Vec::new();
        self.each_cell(&names, &mut |_, _, cell| {
            cells.push(cell.to_owned());
            Ok(())
        })?;
        let mut cells = cells.into_iter();
        let count = cells.len().checked_div(N).unwrap_or_default();
        let row = |_| std::array::from_fn(|_| cells.next().unwrap_or_default());
        Ok((0..count).map(row).collect())
    }

    /// Number of the line of every row, in the text that the table stands in.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a row that does not fit.
    pub fn lines(&self) -> Result<Vec<u32>, Error> {
        let mut lines = Vec::new();
        self.each_row(&mut |line, _| {
            lines.push(line);
            Ok(())
        })?;
        Ok(lines)
    }

    /// The named columns as numbers, all of them finite.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for an unknown column or a cell that is not a finite number.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<f64>; N], Error> {
        let mut columns: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
        self.each_cell(&names, &mut |index, line, cell| {
            let number = decimal::parse(cell);
            columns[index].push(number.ok_or_else(|| self.wrong_cell(line, names[index], cell, NUMBER))?);
            Ok(())
        })?;
        Ok(columns)
    }

    /// A column of numbers above zero, each above the one before.
    ///
    /// # Errors
    /// As [`Self::columns`], and for numbers that are not such.
    pub fn rising(&self, column: &str) -> Result<Vec<f64>, Error> {
        let [numbers] = self.columns([column])?;
        if numbers.first().is_none_or(|first| *first <= 0.0) {
            return Err(self.wrong(0, column, word!("above zero")));
        }
        match numbers.windows(2).position(|pair| pair[0] >= pair[1]) {
            Some(row) => Err(self.wrong(row + 1, column, word!("numbers that rise from row to row"))),
            None => Ok(numbers),
        }
    }

    /// Columns of numbers, zero or above, such as counts and fluxes.
    ///
    /// # Errors
    /// As [`Self::columns`], for a negative number, and for one that is more than can be meant.
    pub fn not_negative<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<f64>; N], Error> {
        let columns = self.columns(names)?;
        for (column, name) in columns.iter().zip(names) {
            if let Some(row) = column.iter().position(|number| !(0.0..=MOST).contains(number)) {
                return Err(self.wrong(row, name, NOT_NEGATIVE));
            }
        }
        Ok(columns)
    }

    /// What is wrong with the cell of a column in a row, counted from zero, and what is allowed there.
    #[must_use]
    pub fn wrong(&self, row: usize, column: &str, allowed: &str) -> Error {
        // Without the workshop there are only tables that tests have read.
        if !crate::WORKSHOP {
            return Error::table(&self.name, allowed);
        }
        let mut rows = 0;
        let found = self.each_cell(&[column], &mut |_, line, cell| {
            rows += 1;
            if rows > row {
                Err(self.wrong_cell(line, column, cell, allowed))
            } else {
                Ok(())
            }
        });
        found.err().unwrap_or_else(|| Error::table(&self.name, allowed))
    }

    fn wrong_cell(&self, line: u32, column: &str, cell: &str, allowed: &str) -> Error {
        if !crate::WORKSHOP {
            return Error::table(&self.name, allowed);
        }
        Error::table(&self.name, in_place(line, column, &quoted(cell), allowed))
    }

    /// The named columns as numbers, for names that are made up by the program.
    ///
    /// # Errors
    /// As [`Self::columns`].
    pub fn columns_of(&self, names: &[String]) -> Result<Vec<Vec<f64>>, Error> {
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let mut columns = vec![Vec::new(); names.len()];
        self.each_cell(&names, &mut |index, line, cell| {
            let number = decimal::parse(cell);
            columns[index].push(number.ok_or_else(|| self.wrong_cell(line, names[index], cell, NUMBER))?);
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
    fn each_cell(&self, names: &[&str], take: &mut TakeCell) -> Result<(), Error> {
        let mut positions = Vec::new();
        for name in names {
            let position = self.columns.iter().position(|column| column == name);
            positions.push(position.ok_or_else(|| self.no_column(name))?);
        }
        self.each_row(&mut |line, row| {
            let mut cells = positions.iter().enumerate();
            cells.try_for_each(|(index, position)| take(index, line, row.get(*position).copied().unwrap_or_default()))
        })
    }

    fn no_rows(&self) -> Error {
        let line = self.first_line.to_string();
        Error::table(
            &self.name,
            say!("line {}: there are no rows below the names of the columns", line),
        )
    }

    fn no_column(&self, name: &str) -> Error {
        if !crate::WORKSHOP {
            return Error::table(&self.name, name);
        }
        let columns = self.columns.join(",");
        let line = self.first_line.to_string();
        let problem = say!(
            "line {}: found the columns {}, allowed: those with a column '{}'",
            line,
            quoted(&columns),
            name
        );
        Error::table(&self.name, problem)
    }

    /// Hands over number of the line and cells of every row below the names.
    fn each_row(&self, take: &mut TakeRow) -> Result<(), Error> {
        let columns = self.columns.len();
        let mut reader = csv_core::Reader::new();
        // No row is longer than all of them, and one cell too many is noticed.
        let mut text = vec![0; self.body.len()];
        let mut ends = vec![0; columns + 1];
        let mut rest = self.body.as_bytes();
        let mut line = self.first_line;
        let mut rows = 0;
        loop {
            // The body ends with the end of a line, so every row comes as a whole, unless a quote is left open.
            let (result, read, written, count) = reader.read_record(rest, &mut text, &mut ends);
            let (record, after) = rest.split_at(read);
            let is_end = |byte: &&u8| matches!(**byte, b'\n' | b'\r');
            let here = line + ends_of_lines(record.iter().take_while(is_end));
            line += ends_of_lines(record.iter());
            rest = after;
            match result {
                ReadRecordResult::Record if count == columns || self.is_open && count < columns => {
                    let starts = std::iter::once(0).chain(ends.iter().copied());
                    let cells = starts.zip(&ends).take(count).map(|(start, end)| {
                        let cell = text.get(start..*end).and_then(|cell| std::str::from_utf8(cell).ok());
                        cell.unwrap_or_default()
                    });
                    let cells: Vec<&str> = cells.chain(std::iter::repeat("")).take(columns).collect();
                    // The first row is that of the names.
                    if rows > 0 {
                        take(here, &cells)?;
                    }
                    rows += 1;
                }
                ReadRecordResult::InputEmpty if count == 0 && written == 0 => {}
                // The names may have taken all lines with them in a quote.
                ReadRecordResult::End if rows < 2 => return Err(self.no_rows()),
                ReadRecordResult::End => return Ok(()),
                ReadRecordResult::InputEmpty => return Err(self.misfit(here, say!("a quote without an end"))),
                _ if count > columns => {
                    let found = say!(
                        "more than {} cells (one with a comma stands in quotes)",
                        columns.to_string()
                    );
                    return Err(self.misfit(here, &found));
                }
                _ => return Err(self.misfit(here, &say!("{} cells", count.to_string()))),
            }
        }
    }

    fn misfit(&self, line: u32, found: &str) -> Error {
        let (line, columns) = (line.to_string(), self.columns.len().to_string());
        let problem = say!("line {}: found {}, allowed: {} cells", line, found, columns);
        Error::table(&self.name, problem)
    }
}

/// What a count takes, and what else is zero or above.
pub(super) const NOT_NEGATIVE: &str = word!("from 0 to 1e12");

/// What a cell may be that is a number.
pub(super) const NUMBER: &str = word!("a finite number");

/// What is wrong where: line, name of the column or row, what was found and what is allowed.
pub(super) fn in_place(line: u32, place: &str, found: &str, allowed: &str) -> String {
    let allowed = translated(allowed);
    say!(
        "line {}, {}: found {}, allowed: {}",
        line.to_string(),
        place,
        found,
        allowed
    )
}

/// A line of the text that cannot stand where it does.
pub(super) fn misplaced(table: &str, line: u32, entry: &str, allowed: &str) -> Error {
    let line = line.to_string();
    Error::table(
        table,
        say!("line {}: found {}, allowed: {}", line, quoted(entry), allowed),
    )
}

fn ends_of_lines<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    bytes.map(|byte| u32::from(*byte == b'\n')).sum()
}
