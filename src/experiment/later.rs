//! Kinds of detectors that a program for the browser has only if it asks for them: the page begins without, and is smaller by what nothing
//! in it names. Native programs have all.

use super::ionisation::excess_data;
use super::response;
use super::{Experiment, Prediction, ResponseSpec};
use crate::Error;
use std::sync::OnceLock;

/// What the later kinds need of this wing.
#[derive(Clone, Copy)]
struct Kinds {
    predict: fn(&Experiment, &ResponseSpec) -> Result<Prediction, Error>,
    excess_edges_kev: fn(&str) -> Result<Vec<f64>, Error>,
}

const EVERY: Kinds = Kinds {
    predict: response::prediction,
    excess_edges_kev: |table| Ok(excess_data(table)?.edges_kev),
};

static BROUGHT: OnceLock<Kinds> = OnceLock::new();

/// Brings every kind of detector along.
pub fn bring_every_detector() {
    let _ = BROUGHT.set(EVERY);
}

fn kinds() -> Option<Kinds> {
    if cfg!(target_arch = "wasm32") {
        BROUGHT.get().copied()
    } else {
        Some(EVERY)
    }
}

/// Whether every kind is there.
pub(super) fn has_every_kind() -> bool {
    kinds().is_some()
}

/// What is said of a kind that is not there.
fn missing(experiment: &str) -> Error {
    Error::table(experiment, "this program does not have its kind of detector")
}

/// The prediction of a response.
pub(super) fn predict(experiment: &Experiment, spec: &ResponseSpec) -> Result<Prediction, Error> {
    let kinds = kinds().ok_or_else(|| missing(&spec.table))?;
    (kinds.predict)(experiment, spec)
}

/// Edges of the bins of an excess, in keV.
pub(super) fn excess_edges_kev(table: &str) -> Result<Vec<f64>, Error> {
    let kinds = kinds().ok_or_else(|| missing(table))?;
    (kinds.excess_edges_kev)(table)
}
