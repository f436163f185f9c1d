//! What a visitor can change: the point of the plane, and the settings of an analysis.

use super::edits::Edits;
use super::weights::Weights;
use crate::choice::Choice;
use crate::error::in_range;
use crate::experiment::{DetectorSettings, ExperimentSpec};
use crate::physics::cross_section::Sign;
use crate::physics::source::{ReactorModel, SourceKind};
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

/// Flux of each kind of source as a multiple of the nominal one, and what spectrum that of a reactor has.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fluxes {
    reactor: f64,
    sns: f64,
    sun: f64,
    reactor_model: ReactorModel,
}

impl Default for Fluxes {
    fn default() -> Self {
        Self::all(1.0)
    }
}

impl Fluxes {
    /// The same factor for every source; the paper's spectrum of a reactor.
    #[must_use]
    pub fn all(factor: f64) -> Self {
        Self {
            reactor: factor,
            sns: factor,
            sun: factor,
            reactor_model: ReactorModel::default(),
        }
    }

    /// What belongs to `source` as it is in `fluxes`, everything else at its default.
    #[must_use]
    pub fn only(source: SourceKind, fluxes: Self) -> Self {
        let only = Self::default().with(source, fluxes.of(source));
        match source {
            SourceKind::Reactor => only.with_reactor_model(fluxes.reactor_model),
            SourceKind::Sns | SourceKind::Sun => only,
        }
    }

    /// Model of the spectrum of a reactor.
    #[must_use]
    pub fn reactor_model(self) -> ReactorModel {
        self.reactor_model
    }

    /// The same with another model of the spectrum of a reactor.
    #[must_use]
    pub fn with_reactor_model(mut self, model: ReactorModel) -> Self {
        self.reactor_model = model;
        self
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
    /// Whether nuclear recoils alone are counted, and none of electrons.
    pub nuclei_only: bool,
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
            nuclei_only: false,
            weights: Weights::default(),
            edits: Edits::default(),
            expected: false,
        }
    }
}

impl Settings {
    /// An experiment with the changes of these settings, and with their spectrum of a reactor.
    ///
    /// # Errors
    /// As [`Edits::applied`].
    pub fn edited<'a>(&self, spec: &'a ExperimentSpec) -> Result<Cow<'a, ExperimentSpec>, Error> {
        let model = self.fluxes.reactor_model();
        if !crate::WORKSHOP || self.edits.is_empty() && model == ReactorModel::default() {
            return Ok(Cow::Borrowed(spec));
        }
        let edited = self.edits.applied(spec)?;
        Ok(Cow::Owned(edited.with_reactor_model(model)))
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
