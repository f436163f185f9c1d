//! Inputs of a computation, one a row: what it reads, and what is shown to whoever asks where a number is from.

use crate::Error;
use crate::choice::Choice;
use crate::data::table::Table;
use crate::numerics::decimal;
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

/// The rows of a table of inputs.
#[derive(Clone, Debug, PartialEq)]
pub struct Inputs {
    table: String,
    rows: Vec<Input>,
}

impl Inputs {
    /// Reads the rows of a table.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for malformed rows or a key that stands twice.
    pub fn new(table: &Table) -> Result<Self, Error> {
        let rows = table.rows(["key", "value", "unit", "label", "source", "link"])?;
        let rows = rows.into_iter().map(|[key, value, unit, label, source, link]| Input {
            key,
            value,
            unit,
            label,
            source,
            link,
        });
        Self {
            table: table.name().to_owned(),
            rows: Vec::new(),
        }
        .and(rows)
    }

    /// These rows followed by those of `other`; errors go on naming the first table.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a key that stands in both.
    pub fn merged(self, other: Self) -> Result<Self, Error> {
        self.and(other.rows)
    }

    fn and(mut self, rows: impl IntoIterator<Item = Input>) -> Result<Self, Error> {
        for row in rows {
            if self.rows.iter().any(|earlier| earlier.key == row.key) {
                return Err(self.error(format!("'{}' stands twice", row.key)));
            }
            self.rows.push(row);
        }
        Ok(self)
    }

    /// The same with another value of one row, whose source then says what was changed.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there is no such row.
    pub fn overridden(&self, key: &str, value: &str) -> Result<Self, Error> {
        let mut changed = self.clone();
        let Some(row) = changed.rows.iter_mut().find(|row| row.key == key) else {
            let keys: Vec<_> = self.rows.iter().map(|row| row.key.as_str()).collect();
            return Err(Error::input("input", format!("'{key}'"), keys.join(", ")));
        };
        if row.value != value {
            row.source = format!("changed by hand, {} in: {}", row.value, row.source);
            row.value = value.to_owned();
        }
        Ok(changed)
    }

    /// The same with other values of some rows, as [`Self::overridden`].
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there is no such row.
    pub fn with(&self, changes: &[(&str, &str)]) -> Result<Self, Error> {
        changes
            .iter()
            .try_fold(self.clone(), |inputs, (key, value)| inputs.overridden(key, value))
    }

    /// Every input, in the order of the table.
    #[must_use]
    pub fn rows(&self) -> &[Input] {
        &self.rows
    }

    /// Value of an input as text.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such input.
    pub fn text(&self, key: &str) -> Result<&str, Error> {
        self.rows
            .iter()
            .find(|row| row.key == key)
            .map(|row| row.value.as_str())
            .ok_or_else(|| self.error(format!("no input '{key}'")))
    }

    /// Value of an input as a finite number.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such input or it is not a number.
    pub fn number(&self, key: &str) -> Result<f64, Error> {
        let text = self.text(key)?;
        decimal::parse(text).ok_or_else(|| self.error(format!("'{key}' is not a number: {text}")))
    }

    /// An error about this table, for what does not fit together.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        Error::table(&self.table, problem)
    }
}

/// Reads inputs and keeps count of which: a row that nothing reads is an error, like one that is missing.
#[derive(Debug)]
pub struct Reader<'a> {
    inputs: &'a Inputs,
    read: Vec<bool>,
}

impl<'a> Reader<'a> {
    /// A reader of rows of which none has been read.
    #[must_use]
    pub fn new(inputs: &'a Inputs) -> Self {
        Self {
            inputs,
            read: vec![false; inputs.rows.len()],
        }
    }

    /// Whether there is such a row; it does not count as read.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.inputs.rows.iter().any(|row| row.key == key)
    }

    /// Value of a row as text that is not empty.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is empty.
    pub fn text(&mut self, key: &str) -> Result<String, Error> {
        let text = self.inputs.text(key)?.to_owned();
        for (read, row) in self.read.iter_mut().zip(&self.inputs.rows) {
            *read |= row.key == key;
        }
        if text.is_empty() {
            return Err(self.inputs.error(format!("'{key}' is empty")));
        }
        Ok(text)
    }

    /// Value of a row as a finite number.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not a number.
    pub fn number(&mut self, key: &str) -> Result<f64, Error> {
        self.text(key)?;
        self.inputs.number(key)
    }

    /// Value of a row as a finite number above zero.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn positive(&mut self, key: &str) -> Result<f64, Error> {
        self.checked(key, |value| value > 0.0, "must be above zero")
    }

    /// Value of a row as a finite number, zero or above.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn not_negative(&mut self, key: &str) -> Result<f64, Error> {
        self.checked(key, |value| value >= 0.0, "must not be negative")
    }

    /// Value of a row as a number within a range, its ends included.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or it is not such a number.
    pub fn within(&mut self, key: &str, (low, high): (f64, f64)) -> Result<f64, Error> {
        let rule = format!("must be within {low} and {high}");
        self.checked(key, |value| (low..=high).contains(&value), &rule)
    }

    fn checked(&mut self, key: &str, fits: impl Fn(f64) -> bool, rule: &str) -> Result<f64, Error> {
        let value = self.number(key)?;
        if fits(value) {
            Ok(value)
        } else {
            Err(self.inputs.error(format!("'{key}' {rule}: {value}")))
        }
    }

    /// Two numbers above zero, the second above the first.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if they are not.
    pub fn range(&mut self, low: &str, high: &str) -> Result<(f64, f64), Error> {
        let (from, to) = (self.positive(low)?, self.positive(high)?);
        if to > from {
            Ok((from, to))
        } else {
            Err(self
                .inputs
                .error(format!("'{high}' must be above '{low}': {to}, {from}")))
        }
    }

    /// Value of a row as the name of a choice.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is no such row or no such name.
    pub fn choice<C: Choice>(&mut self, key: &str) -> Result<C, Error> {
        C::from_name(&self.text(key)?).map_err(|error| self.inputs.error(error.to_string()))
    }

    /// An error about the table that is read.
    #[must_use]
    pub fn error(&self, problem: impl Into<String>) -> Error {
        self.inputs.error(problem)
    }

    /// Checks that every row has been read.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) naming the rows that have not.
    pub fn finish(self) -> Result<(), Error> {
        let unread = self.read.iter().zip(&self.inputs.rows).filter(|(read, _)| !**read);
        let keys: Vec<_> = unread.map(|(_, row)| format!("'{}'", row.key)).collect();
        if keys.is_empty() {
            Ok(())
        } else {
            Err(self.inputs.error(format!("nothing reads {}", keys.join(", "))))
        }
    }
}
