//! A published bound on the flux, where an experiment gives nothing else.

use super::{Confidence, Limit};
use crate::Error;
use crate::experiment::{Experiment, StatisticSpec};

/// Upper bound on the 8B flux from a search without dipole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FluxBound {
    /// The bound at 90 %, in 1/cm^2/s.
    pub bound_per_cm2_s: f64,
    /// The flux that the prediction uses, in 1/cm^2/s.
    pub flux_per_cm2_s: f64,
}

impl FluxBound {
    /// Confidence level of the published bounds; others cannot be derived from them.
    pub const CONFIDENCE: Confidence = Confidence::PAPER;

    /// The bound of an experiment's table.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for another kind of statistic.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        match experiment.spec().statistic() {
            StatisticSpec::FluxBound {
                bound_per_cm2_s,
                flux_per_cm2_s,
            } => Ok(Self {
                bound_per_cm2_s: *bound_per_cm2_s,
                flux_per_cm2_s: *flux_per_cm2_s,
            }),
            _ => Err(experiment.inputs().error("there is no bound on the flux")),
        }
    }

    /// Largest ratio of all counts to SM counts at the nominal flux (paper eq. 14).
    #[must_use]
    pub fn largest_ratio(&self) -> f64 {
        self.bound_per_cm2_s / self.flux_per_cm2_s
    }

    /// Largest strength of the dipole, in MeV^-2, for one bin expected at `flux` times the nominal
    /// flux.
    #[must_use]
    pub fn largest_strength(&self, sm: f64, dipole: f64, flux: f64) -> Limit {
        // Both counts carry the factor `flux`; the bound is on what the nominal SM would give.
        let room = (self.largest_ratio() / flux - 1.0) * sm;
        if room < 0.0 {
            Limit::EverythingExcluded
        } else if dipole > 0.0 {
            Limit::At(room / dipole)
        } else {
            Limit::NoSensitivity
        }
    }
}
