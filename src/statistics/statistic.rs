//! What an experiment gives to compare with.

use super::{Counting, FluxBound, Ionisation, Likelihood};
use crate::Error;
use crate::experiment::{Detector, Experiment};
use std::sync::Arc;

/// The statistic of an experiment.
#[derive(Clone, Debug)]
pub enum Statistic {
    /// Data in bins, with a chi-square.
    ChiSquare(Arc<dyn Likelihood>),
    /// A published bound on the flux, and nothing else.
    FluxBound(FluxBound),
}

impl Statistic {
    /// The statistic that belongs to the experiment's detector.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for missing inputs or a malformed table.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        Ok(match experiment.detector() {
            Detector::Ionisation => Self::ChiSquare(Arc::new(Ionisation::new(experiment)?)),
            Detector::Scintillation => Self::ChiSquare(Arc::new(Counting::new(experiment)?)),
            Detector::Efficiency => Self::FluxBound(FluxBound::new(experiment)?),
        })
    }

    /// The chi-square, where there is one.
    #[must_use]
    pub fn likelihood(&self) -> Option<&dyn Likelihood> {
        match self {
            Self::ChiSquare(likelihood) => Some(likelihood.as_ref()),
            Self::FluxBound(_) => None,
        }
    }
}
