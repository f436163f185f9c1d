//! What an experiment gives to compare with.

use super::{Counting, Excess, FluxBound, Ionisation, Likelihood, RunCounts, Runs, Shaped};
use crate::Error;
use crate::experiment::{Experiment, StatisticSpec};
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
    /// The statistic of an experiment.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for missing inputs or a malformed table.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        Ok(match experiment.spec().statistic() {
            StatisticSpec::IonisationFit(_) => Self::ChiSquare(Arc::new(Ionisation::new(experiment)?)),
            StatisticSpec::Counting { .. } | StatisticSpec::BinnedCounts { .. } => {
                Self::ChiSquare(Arc::new(Counting::new(experiment)?))
            }
            StatisticSpec::FluxBound { .. } => Self::FluxBound(FluxBound::new(experiment)?),
            StatisticSpec::Excess { .. } if crate::WORKSHOP => Self::ChiSquare(Arc::new(Excess::new(experiment)?)),
            StatisticSpec::Runs(_) if crate::WORKSHOP => Self::ChiSquare(Arc::new(Runs::new(experiment)?)),
            StatisticSpec::ShapedCounting(_) if crate::WORKSHOP => Self::ChiSquare(Arc::new(Shaped::new(experiment)?)),
            StatisticSpec::RunCounts(_) if crate::WORKSHOP => Self::ChiSquare(Arc::new(RunCounts::new(experiment)?)),
            StatisticSpec::Excess { .. }
            | StatisticSpec::Runs(_)
            | StatisticSpec::ShapedCounting(_)
            | StatisticSpec::RunCounts(_) => {
                return Err(experiment.inputs().error("statistic"));
            }
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
