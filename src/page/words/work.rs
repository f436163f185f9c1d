//! Words of the precise computation.

use crate::analysis::grid::PRECISE_MASSES;
use crate::chart::decimal;
use crate::work::Unavailable;

/// Between asking for it and the first piece.
pub const STARTING: &str = "starting";
/// After the visitor ended it.
pub const CANCELLED: &str = "cancelled";
/// Every worker that tries a piece dies over it.
pub const WORKERS_DIE: &str = "The workers keep dying: this browser may be short of memory. The live curves go on.";

/// The precise curves for what is chosen are there.
#[must_use]
pub fn precise_drawn() -> String {
    format!("curves on {PRECISE_MASSES} masses are drawn")
}

/// How far it is.
#[must_use]
pub fn progress(done: usize, all: usize, left_ms: Option<f64>) -> String {
    let left = left_ms.map_or_else(String::new, |left_ms| format!(", {} s left", decimal(left_ms / 1e3, 1)));
    format!("{done} of {all}{left}")
}

/// Why there are no workers.
#[must_use]
pub fn no_workers(reason: &Unavailable) -> String {
    match reason {
        Unavailable::Refused => {
            "This browser does not let the page start workers: only the live curves can be computed.".to_owned()
        }
        Unavailable::NotLoaded => {
            "The workers could not be loaded, or have broken down: only the live curves can be computed. With a connection, reloading the page may help.".to_owned()
        }
        Unavailable::Silent => "The workers do not start: only the live curves can be computed.".to_owned(),
        Unavailable::OtherBuild { .. } => {
            "The server has another version of this program than this page: please reload the page.".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_reason_for_the_lack_of_workers_reads_as_if_they_were_starting() {
        let build = "?old.js".to_owned();
        for reason in [
            Unavailable::Refused,
            Unavailable::NotLoaded,
            Unavailable::Silent,
            Unavailable::OtherBuild { build },
        ] {
            let said = no_workers(&reason);
            assert!(said.ends_with('.') && !said.contains(STARTING), "{said}");
        }
    }
}
