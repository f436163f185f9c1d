//! Chi-square of each experiment, profiled over its nuisance parameters.

mod confidence;
mod counting;
mod flux_bound;
mod ionisation;
mod limit;

pub use confidence::{Confidence, ConfidenceLevel, Dof};
pub use counting::{Counting, CountingNuisances};
pub use flux_bound::FluxBound;
pub use ionisation::{Ionisation, IonisationNuisances};
pub use limit::{Limit, Minimum, UpperLimit, limit, minimum};

use crate::Error;
use crate::error::in_range;

/// Expected counts per bin: what the SM gives, and what the dipole adds per unit of strength (d^2 in
/// MeV^-2).
#[derive(Clone, Copy, Debug)]
pub struct Signal<'a> {
    /// SM counts per bin.
    pub sm: &'a [f64],
    /// Dipole counts per bin and unit of strength, none negative.
    pub dipole: &'a [f64],
}

/// Chi-square at one strength, minimised over the nuisance parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The minimum.
    pub chi2: f64,
    /// Its derivative with respect to the strength (by the envelope theorem the partial
    /// derivative at the minimum).
    pub slope: f64,
}

/// A chi-square with nuisance parameters.
pub trait Likelihood {
    /// Values of the nuisance parameters.
    type Nuisances: Clone;

    /// Where a fit without a better idea starts.
    fn start(&self) -> Self::Nuisances;

    /// Strength at which the dipole is about as large as the statistical errors: the unit of the
    /// searches in strength. `None` if the template is empty.
    fn strength_scale(&self, dipole: &[f64]) -> Option<f64>;

    /// Minimises over the nuisance parameters at `strength`, starting from `nuisances` and leaving
    /// their best values there.
    ///
    /// # Errors
    /// [`Error::Convergence`] if the minimum is not found.
    fn profile(&self, signal: Signal, strength: f64, nuisances: &mut Self::Nuisances) -> Result<Profile, Error>;
}

/// Checks that `observed` has one number per bin, each between `lowest` and the largest float.
fn checked_bins(observed: Vec<f64>, bins: usize, lowest: f64) -> Result<Vec<f64>, Error> {
    if observed.len() != bins {
        return Err(Error::input("observed", observed.len(), format!("{bins} bins")));
    }
    for count in &observed {
        in_range("observed", *count, lowest, f64::MAX)?;
    }
    Ok(observed)
}
