//! Inputs of one experiment: a table of `data/experiments/` that the computation reads and the
//! page shows to whoever asks where a number is from.

use crate::Error;
use crate::data::table::Table;
use serde::{Deserialize, Serialize};

/// One input, with its provenance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// Name in the computation.
    pub key: String,
    /// Value in `unit`, or the name of a table or model.
    pub value: String,
    /// Unit, empty where there is none.
    pub unit: String,
    /// What it is, for people.
    pub label: String,
    /// Where it is from.
    pub source: String,
    /// Address of the source, may be empty.
    pub link: String,
}

/// All inputs of an experiment.
#[derive(Clone, Debug)]
pub struct Inputs {
    table: String,
    rows: Vec<Input>,
}

impl Inputs {
    /// Reads the rows of a table.
    ///
    /// # Errors
    /// [`Error::Table`] for malformed rows or a key that stands twice.
    pub fn new(table: &Table) -> Result<Self, Error> {
        let rows: Vec<Input> = table.rows()?;
        for (index, row) in rows.iter().enumerate() {
            if rows[..index].iter().any(|earlier| earlier.key == row.key) {
                return Err(Error::table(table.name(), format!("'{}' stands twice", row.key)));
            }
        }
        Ok(Self {
            table: table.name().to_owned(),
            rows,
        })
    }

    /// Every input, in the order of the table.
    #[must_use]
    pub fn rows(&self) -> &[Input] {
        &self.rows
    }

    /// Value of an input as text.
    ///
    /// # Errors
    /// [`Error::Table`] if there is no such input.
    pub fn text(&self, key: &str) -> Result<&str, Error> {
        self.rows
            .iter()
            .find(|row| row.key == key)
            .map(|row| row.value.as_str())
            .ok_or_else(|| Error::table(&self.table, format!("no input '{key}'")))
    }

    /// Value of an input as a finite number.
    ///
    /// # Errors
    /// [`Error::Table`] if there is no such input or it is not a number.
    pub fn number(&self, key: &str) -> Result<f64, Error> {
        let text = self.text(key)?;
        text.parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
            .ok_or_else(|| Error::table(&self.table, format!("'{key}' is not a number: {text}")))
    }

    /// An error about this table, for what does not fit together.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::table(&self.table, problem)
    }
}
