//! Tables of `data/`: comma-separated rows behind a header of `# key: value` lines.
//!
//! The header is part of the table: title, source, link, units of every column and
//! convention. It is what the page shows when a visitor asks where a number is from.

use crate::Error;
use serde::de::DeserializeOwned;

/// A table's text and its parsed header.
#[derive(Clone, Debug)]
pub struct Table {
    name: String,
    header: Vec<(String, String)>,
    columns: Vec<String>,
    body: String,
}

/// Keys that every header has.
pub const REQUIRED_KEYS: [&str; 5] = ["title", "source", "link", "units", "convention"];

impl Table {
    /// Reads header and column names; rows are parsed on demand.
    ///
    /// # Errors
    /// [`Error::Table`] if a required key is missing, if the units do not name exactly the
    /// columns in their order, or if there is no row.
    pub fn parse(name: &str, text: &str) -> Result<Self, Error> {
        let mut header = Vec::new();
        let mut body = String::new();
        for line in text.lines() {
            match line.strip_prefix("# ") {
                Some(entry) => {
                    let (key, value) = entry
                        .split_once(": ")
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
        for key in REQUIRED_KEYS {
            if self.get(key).is_none_or(str::is_empty) {
                return Err(Error::table(&self.name, format!("header has no '{key}'")));
            }
        }
        let units: Vec<_> = self
            .get("units")
            .unwrap_or_default()
            .split(';')
            .map(|unit| unit.trim().split_once(' ').unwrap_or_default())
            .collect();
        if !units
            .iter()
            .map(|(column, _)| *column)
            .eq(self.columns.iter().map(String::as_str))
            || units.iter().any(|(_, unit)| unit.trim().is_empty())
        {
            return Err(Error::table(&self.name, "units do not match the columns"));
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

    /// Every row, as a struct whose fields are named after the columns.
    ///
    /// # Errors
    /// [`Error::Table`] naming the first row that does not fit.
    pub fn rows<Row: DeserializeOwned>(&self) -> Result<Vec<Row>, Error> {
        csv::Reader::from_reader(self.body.as_bytes())
            .deserialize()
            .collect::<Result<_, _>>()
            .map_err(|error| Error::table(&self.name, error.to_string()))
    }

    /// The named columns as numbers, all of them finite.
    ///
    /// # Errors
    /// [`Error::Table`] for an unknown column or a cell that is not a finite number.
    pub fn columns<const N: usize>(&self, names: [&str; N]) -> Result<[Vec<f64>; N], Error> {
        let mut positions = [0; N];
        for (position, name) in positions.iter_mut().zip(names) {
            *position = self
                .columns
                .iter()
                .position(|column| column == name)
                .ok_or_else(|| Error::table(&self.name, format!("no column '{name}'")))?;
        }
        let mut columns: [Vec<f64>; N] = std::array::from_fn(|_| Vec::new());
        for record in csv::Reader::from_reader(self.body.as_bytes()).records() {
            let record = record.map_err(|error| Error::table(&self.name, error.to_string()))?;
            for (column, position) in columns.iter_mut().zip(positions) {
                let cell = record.get(position).unwrap_or_default();
                let value = cell.parse().ok().filter(|value: &f64| value.is_finite());
                column.push(value.ok_or_else(|| Error::table(&self.name, format!("not a number: '{cell}'")))?);
            }
        }
        Ok(columns)
    }
}
