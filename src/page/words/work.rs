//! Words of the precise computation.

use crate::chart::decimal;

/// Between asking for it and the first piece.
pub const STARTING: &str = "starting";
/// After the visitor ended it.
pub const CANCELLED: &str = "cancelled";
/// The precise curves for what is chosen are there.
pub const PRECISE_DRAWN: &str = "curves on 200 masses are drawn";

/// How far it is.
#[must_use]
pub fn progress(done: usize, all: usize, left_ms: Option<f64>) -> String {
    let left = left_ms.map_or_else(String::new, |left_ms| format!(", {} s left", decimal(left_ms / 1e3, 1)));
    format!("{done} of {all}{left}")
}
