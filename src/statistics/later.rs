//! Kinds of statistics that a program for the browser has only if it asks for them, like the detectors that they go with.

use super::{Excess, Likelihood, Runs};
use crate::Error;
use crate::experiment::{Detector, Experiment, bring_every_detector};
use std::sync::{Arc, OnceLock};

/// Makes the likelihood of an experiment.
type Make = fn(&Experiment) -> Result<Arc<dyn Likelihood>, Error>;

static BROUGHT: OnceLock<Make> = OnceLock::new();

/// Brings every kind of experiment along: for programs that are not the page as it begins.
pub fn bring_every_kind() {
    bring_every_detector();
    let _ = BROUGHT.set(every);
}

fn every(experiment: &Experiment) -> Result<Arc<dyn Likelihood>, Error> {
    Ok(match experiment.detector() {
        Detector::IonisationExcess => Arc::new(Excess::new(experiment)?),
        _ => Arc::new(Runs::new(experiment)?),
    })
}

/// The likelihood of an experiment of a later kind.
pub(super) fn likelihood(experiment: &Experiment) -> Result<Arc<dyn Likelihood>, Error> {
    let make = if cfg!(target_arch = "wasm32") {
        BROUGHT.get().copied()
    } else {
        Some(every as Make)
    };
    let missing = || {
        experiment
            .inputs()
            .error("this program does not have its kind of statistic")
    };
    make.ok_or_else(missing)?(experiment)
}
