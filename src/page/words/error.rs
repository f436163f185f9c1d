//! Errors as sentences.

use crate::{Error, ErrorKind};

/// An error of the core as a visitor reads it.
#[must_use]
pub fn error(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Input { quantity, got, allowed } => format!("{quantity}: got {got}, allowed: {allowed}"),
        ErrorKind::Table { table, problem } => {
            format!("The table {table} cannot be used ({problem}). Reloading the page may help.")
        }
        ErrorKind::Unavailable {
            experiment,
            wanted,
            there_is,
        } => format!("{experiment} gives no result for {wanted}: there is {there_is} only."),
        ErrorKind::Convergence { fit, .. } => {
            format!("The fit of the {fit} found no minimum for these settings; other settings go on.")
        }
    }
}
