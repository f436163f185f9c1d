//! What a limit curve depends on.

use crate::Flavor;
use crate::analysis::Settings;
use crate::experiment::ExperimentId;
use crate::statistics::{ConfidenceLevel, Dof};
use serde::{Deserialize, Serialize};

/// What a limit curve depends on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveRequest {
    /// The experiment.
    pub experiment: ExperimentId,
    /// Flavour of the dipole.
    pub flavor: Flavor,
    /// Settings of the analysis.
    pub settings: Settings,
    /// Confidence level.
    pub level: ConfidenceLevel,
    /// Degrees of freedom.
    pub dof: Dof,
}
