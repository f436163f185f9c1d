//! What a visitor can change: the point of the plane, and the settings of an analysis.

use super::edits::Edits;
use super::weights::Weights;
use crate::choice::Choice;
use crate::error::in_range;
use crate::experiment::{DetectorSettings, ExperimentSpec};
use crate::physics::cross_section::Sign;
use crate::physics::source::SourceKind;
use crate::physics::units::coupling_squared_per_mev2;
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// Allowed masses of N, in MeV.
pub const MASS_RANGE_MEV: (f64, f64) = (0.0, 1e3);
/// Allowed couplings, in GeV^-1.
pub const COUPLING_RANGE_PER_GEV: (f64, f64) = (0.0, 1.0);
/// Allowed multiples of the nominal flux.
pub const FLUX_RANGE: (f64, f64) = (0.1, 10.0);

/// Flux of each kind of source as a multiple of the nominal one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fluxes {
    reactor: f64,
    sns: f64,
    sun: f64,
}

impl Default for Fluxes {
    fn default() -> Self {
        Self::all(1.0)
    }
}

impl Fluxes {
    /// The same factor for every source.
    #[must_use]
    pub fn all(factor: f64) -> Self {
        Self {
            reactor: factor,
            sns: factor,
            sun: factor,
        }
    }

    /// The factor of `source` as it is in `fluxes`, every other at 1.
    #[must_use]
    pub fn only(source: SourceKind, fluxes: Self) -> Self {
        Self::default().with(source, fluxes.of(source))
    }

    /// Factor of a source.
    #[must_use]
    pub fn of(self, source: SourceKind) -> f64 {
        match source {
            SourceKind::Reactor => self.reactor,
            SourceKind::Sns => self.sns,
            SourceKind::Sun => self.sun,
        }
    }

    /// The same with another factor for one source.
    #[must_use]
    pub fn with(mut self, source: SourceKind, factor: f64) -> Self {
        match source {
            SourceKind::Reactor => self.reactor = factor,
            SourceKind::Sns => self.sns = factor,
            SourceKind::Sun => self.sun = factor,
        }
        self
    }

    /// Checks every factor.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for one outside [`FLUX_RANGE`].
    pub fn check(self) -> Result<(), Error> {
        for source in SourceKind::ALL {
            in_range("flux", self.of(*source), FLUX_RANGE.0, FLUX_RANGE.1)?;
        }
        Ok(())
    }
}

/// What a visitor can change about an analysis, beside mass, coupling and flavour.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    /// The detector's settings.
    pub detector: DetectorSettings,
    /// Fluxes as multiples of the nominal ones.
    pub fluxes: Fluxes,
    /// Sign in the dipole cross section.
    pub sign: Sign,
    /// Couplings to the flavours as multiples of d, if it is not one flavour that N couples to.
    pub weights: Weights,
    /// Changed inputs of experiments.
    pub edits: Edits,
    /// Whether what the SM gives takes the place of what was observed, for limits that are expected.
    pub expected: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            detector: DetectorSettings::default(),
            fluxes: Fluxes::default(),
            sign: Sign::Correct,
            weights: Weights::default(),
            edits: Edits::default(),
            expected: false,
        }
    }
}

impl Settings {
    /// An experiment with the changes of these settings.
    ///
    /// # Errors
    /// As [`Edits::applied`].
    pub fn edited<'a>(&self, spec: &'a ExperimentSpec) -> Result<Cow<'a, ExperimentSpec>, Error> {
        if !crate::WORKSHOP || self.edits.is_empty() {
            return Ok(Cow::Borrowed(spec));
        }
        self.edits.applied(spec).map(Cow::Owned)
    }
}

/// A point of the plane, for one flavour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Benchmark {
    /// Flavour of the neutrino that the dipole couples to, where the settings have no weights.
    pub flavor: Flavor,
    /// Mass of N, in MeV.
    pub mass_mev: f64,
    /// Coupling d, in GeV^-1.
    pub coupling_per_gev: f64,
}

impl Benchmark {
    /// Checks mass and coupling.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a value that is not a number or out of range.
    pub fn new(flavor: Flavor, mass_mev: f64, coupling_per_gev: f64) -> Result<Self, Error> {
        let (low, high) = COUPLING_RANGE_PER_GEV;
        Ok(Self {
            flavor,
            mass_mev: checked_mass_mev(mass_mev)?,
            coupling_per_gev: in_range("coupling", coupling_per_gev, low, high)?,
        })
    }

    /// d^2, in MeV^-2.
    #[must_use]
    pub fn strength(&self) -> f64 {
        coupling_squared_per_mev2(self.coupling_per_gev)
    }
}

/// Checks a mass of N, in MeV.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) for a value that is not a number or out of range.
pub fn checked_mass_mev(mass_mev: f64) -> Result<f64, Error> {
    in_range("mass", mass_mev, MASS_RANGE_MEV.0, MASS_RANGE_MEV.1)
}
