//! Words of the precise computation.

use crate::analysis::grid::PRECISE_MASSES;
use crate::chart::decimal;
use crate::work::Unavailable;

/// Between asking for it and the first piece.
#[must_use]
pub fn starting() -> &'static str {
    say!("starting")
}
/// After the visitor ended it.
#[must_use]
pub fn cancelled() -> &'static str {
    say!("cancelled")
}
/// Every worker that tries a piece dies over it.
#[must_use]
pub fn workers_die() -> &'static str {
    say!("The workers keep dying: this browser may be short of memory. The live curves go on.")
}

/// The precise curves for what is chosen are there.
#[must_use]
pub fn precise_drawn() -> String {
    say!("curves on {} masses are drawn", PRECISE_MASSES.to_string())
}

/// How far it is.
#[must_use]
pub fn progress(done: usize, all: usize, left_ms: Option<f64>) -> String {
    let left = left_ms.map_or_else(String::new, |left_ms| say!(", {} s left", decimal(left_ms / 1e3, 1)));
    say!("{} of {}", done.to_string(), all.to_string()) + &left
}

/// Why there are no workers.
#[must_use]
pub fn no_workers(reason: &Unavailable) -> &'static str {
    match reason {
        Unavailable::Refused => {
            say!("This browser does not let the page start workers: only the live curves can be computed.")
        }
        Unavailable::NotLoaded => {
            say!(
                "The workers could not be loaded, or have broken down: only the live curves can be computed. With a connection, reloading the page may help."
            )
        }
        Unavailable::Silent => say!("The workers do not start: only the live curves can be computed."),
        Unavailable::OtherBuild { .. } => {
            say!("The server has another version of this program than this page: please reload the page.")
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
            assert!(said.ends_with('.') && !said.contains(starting()), "{said}");
        }
    }
}
