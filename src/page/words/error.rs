//! Errors as sentences.

use crate::language::translated;
use crate::{Error, ErrorKind};

/// An error of the core as a visitor reads it.
#[must_use]
pub fn error(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Input { quantity, got, allowed } => say!(
            "{}: got {}, allowed: {}",
            translated(quantity),
            translated(got),
            translated(allowed)
        ),
        ErrorKind::Table { table, problem } => {
            say!(
                "The table {} cannot be used ({}). Reloading the page may help.",
                table,
                problem
            )
        }
        ErrorKind::Unavailable {
            experiment,
            wanted,
            there_is,
        } => say!(
            "{} gives no result for {}: there is {} only.",
            experiment,
            wanted,
            there_is
        ),
        ErrorKind::Convergence { fit, .. } => {
            say!(
                "The fit found no minimum for these settings ({}); other settings go on.",
                translated(fit)
            )
        }
    }
}
