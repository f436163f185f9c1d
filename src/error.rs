//! The one error type of the core.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What went wrong, in one line that says what was got and what is allowed.
///
/// It is one pointer wide: whatever can fail hands it on at every `?`, and as a wide enumeration it made the page 9.8 kB larger to download.
#[derive(Clone, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
#[error(transparent)]
pub struct Error(Box<ErrorKind>);

/// What can go wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ErrorKind {
    /// A value from outside (command line, address, control) that cannot be used.
    #[error("{quantity}: got {got}, allowed: {allowed}")]
    Input {
        /// What the value was meant for, in the vocabulary of the command line.
        quantity: String,
        /// The value as it came.
        got: String,
        /// What would have been accepted.
        allowed: String,
    },
    /// A table of `data/` that is missing or malformed.
    #[error("table {table}: {problem}")]
    Table {
        /// Name of the table, its path below `data/` without the ending.
        table: String,
        /// What is wrong with it.
        problem: String,
    },
    /// A result that an experiment does not give at all.
    #[error("{experiment}: no result for {wanted}; there is {there_is}")]
    Unavailable {
        /// Name of the experiment.
        experiment: String,
        /// What was asked for.
        wanted: String,
        /// What could have been asked for.
        there_is: String,
    },
    /// A fit that did not reach its minimum.
    #[error("{fit}: no convergence after {iterations} iterations")]
    Convergence {
        /// Which fit.
        fit: Cow<'static, str>,
        /// How long it tried.
        iterations: usize,
    },
}

/// Most signs of what was got that an error repeats.
const REPEATED: usize = 40;

/// A text as it came, cut where it is long: an error is one line that is read.
#[must_use]
pub(crate) fn shortened(text: &str) -> String {
    let mut signs = text.chars();
    let mut short: String = signs.by_ref().take(REPEATED).collect();
    if signs.next().is_some() {
        short.push('…');
    }
    short
}

/// A text as it came, in quotes; cut where it is long.
#[must_use]
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", shortened(text))
}

impl Error {
    /// What it is, to tell them apart.
    #[must_use]
    pub fn kind(&self) -> &ErrorKind {
        &self.0
    }

    /// An [`ErrorKind::Input`] from anything printable.
    pub fn input(quantity: &str, got: impl std::fmt::Display, allowed: impl Into<String>) -> Self {
        Self::of_input(quantity, got.to_string(), allowed.into())
    }

    fn of_input(quantity: &str, got: String, allowed: String) -> Self {
        ErrorKind::Input {
            quantity: quantity.to_owned(),
            got,
            allowed,
        }
        .into()
    }

    /// An [`ErrorKind::Table`].
    pub fn table(table: &str, problem: impl Into<String>) -> Self {
        ErrorKind::Table {
            table: table.to_owned(),
            problem: problem.into(),
        }
        .into()
    }
}

impl From<ErrorKind> for Error {
    fn from(kind: ErrorKind) -> Self {
        Self(Box::new(kind))
    }
}

impl std::fmt::Debug for Error {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Checks that `value` is a number within `low..=high`.
///
/// # Errors
/// [`ErrorKind::Input`] for NaN and for anything outside the range.
pub fn in_range(quantity: &str, value: f64, low: f64, high: f64) -> Result<f64, Error> {
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(Error::input(quantity, value, format!("{low:e} to {high:e}")))
    }
}
