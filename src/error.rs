//! The one error type of the core.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What went wrong, in one line that says what was got and what is allowed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Error {
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

impl Error {
    /// An [`Error::Input`] from anything printable.
    pub fn input(quantity: &str, got: impl std::fmt::Display, allowed: impl Into<String>) -> Self {
        Self::Input {
            quantity: quantity.to_owned(),
            got: got.to_string(),
            allowed: allowed.into(),
        }
    }

    /// An [`Error::Table`].
    pub fn table(table: &str, problem: impl Into<String>) -> Self {
        Self::Table {
            table: table.to_owned(),
            problem: problem.into(),
        }
    }
}

/// Checks that `value` is a number within `low..=high`.
///
/// # Errors
/// [`Error::Input`] for NaN and for anything outside the range.
pub fn in_range(quantity: &str, value: f64, low: f64, high: f64) -> Result<f64, Error> {
    if (low..=high).contains(&value) {
        Ok(value)
    } else {
        Err(Error::input(quantity, value, format!("{low:e} to {high:e}")))
    }
}
