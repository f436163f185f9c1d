//! Options of the confidence level.

use crate::numbers::number;
use crate::options::choice;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof};

/// At which level, and with how many free parameters.
#[derive(Args)]
pub(crate) struct LevelOptions {
    /// Confidence level
    #[arg(long, value_name = "LEVEL", default_value = "0.9", value_parser = level)]
    cl: ConfidenceLevel,
    /// Degrees of freedom: 1 for the coupling at fixed mass, 2 for coupling and mass
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = choice::<Dof>())]
    dof: Dof,
}

impl LevelOptions {
    /// Both as one.
    pub(crate) fn confidence(&self) -> Confidence {
        Confidence {
            level: self.cl,
            dof: self.dof,
        }
    }
}

fn level(text: &str) -> Result<ConfidenceLevel, Error> {
    ConfidenceLevel::new(number("cl", text)?)
}
