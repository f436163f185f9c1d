//! Experiments as data: each is a table of `data/experiments/`, put together here from sources,
//! targets and detectors.

mod assumptions;
mod binning;
mod coherent_csi;
mod dresden_ii;
mod id;
mod ideal;
mod inputs;
mod prediction;
mod prepare;
mod registry;
mod spec;
mod xenon;

pub use binning::{Axis, Binning};
pub use coherent_csi::{CsiData, csi_data};
pub(crate) use dresden_ii::resolution;
pub use dresden_ii::{IonisationData, ionisation_data};
pub use id::ExperimentId;
pub use ideal::IdealSpectrum;
pub use inputs::{Input, Inputs};
pub use prediction::{Prediction, Template};
pub use registry::Registry;
pub use spec::ExperimentSpec;
pub use xenon::recoil_efficiency;

use crate::Flavor;
use crate::choice::Choice;
use crate::physics::cross_section::{Particles, Scatterer, particles_of};
use crate::physics::detector::Quenching;
use crate::physics::source::{Component, SnsBeam, SourceKind, boron8, reactor};
use crate::physics::units::{AVOGADRO, DAYS_PER_YEAR, SECONDS_PER_DAY};
use crate::{Error, data};
use serde::{Deserialize, Serialize};

/// How an experiment detects recoils.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detector {
    /// Ionisation in germanium: quenching, resolution.
    Ionisation,
    /// Scintillation of CsI: photoelectrons and arrival time.
    Scintillation,
    /// Efficiency over recoil energy, one bin.
    Efficiency,
}

/// What a visitor can change about a detector.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetectorSettings {
    /// Quenching model of germanium.
    pub quenching: Quenching,
    /// Lindhard parameter, for [`Quenching::Lindhard`]; `None` for the one in the experiment's table.
    pub lindhard_k: Option<f64>,
}

impl Default for DetectorSettings {
    fn default() -> Self {
        Self {
            quenching: Quenching::Fef,
            lindhard_k: None,
        }
    }
}

/// An experiment: its inputs, the neutrinos that reach it and the targets that they hit.
#[derive(Clone, Debug)]
pub struct Experiment {
    id: ExperimentId,
    inputs: Inputs,
    source: SourceKind,
    detector: Detector,
    components: Vec<Component>,
    /// Nuclei with their number times exposure in s (or times 1 where the source gives a fluence).
    nuclei: Particles,
    /// Electrons of the same target, one entry per element.
    electrons: Particles,
}

impl Experiment {
    /// Reads the table of an experiment and what it refers to.
    ///
    /// # Errors
    /// [`Error::Table`] for anything missing or malformed.
    pub fn new(spec: &ExperimentSpec) -> Result<Self, Error> {
        let inputs = spec.inputs().clone();
        let detector = match inputs.text("detector")? {
            "ionisation" => Detector::Ionisation,
            "scintillation" => Detector::Scintillation,
            "efficiency" => Detector::Efficiency,
            other => return Err(inputs.error(format!("unknown detector '{other}'"))),
        };
        let source = SourceKind::from_name(inputs.text("source")?).map_err(|error| inputs.error(error.to_string()))?;
        let elements: Vec<&str> = inputs.text("elements")?.split(' ').collect();
        let (mut nuclei, mut electrons) = particles_of(&elements)?;
        let number = formula_units(&inputs, &nuclei)? * exposure_s(source, &inputs)?;
        for (_, count) in nuclei.iter_mut().chain(&mut electrons) {
            *count *= number;
        }
        Ok(Self {
            id: spec.id(),
            source,
            detector,
            components: components(source, &inputs)?,
            nuclei,
            electrons,
            inputs,
        })
    }

    /// The experiment of this name among those of `data/experiments/`.
    ///
    /// # Errors
    /// [`Error::Input`] if there is none, [`Error::Table`] for anything missing or malformed.
    pub fn built_in(id: ExperimentId) -> Result<Self, Error> {
        Self::new(Registry::built_in()?.get(id)?)
    }

    /// Kind of its source.
    #[must_use]
    pub fn source(&self) -> SourceKind {
        self.source
    }

    /// Which experiment this is.
    #[must_use]
    pub fn id(&self) -> ExperimentId {
        self.id
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inputs.text("name").unwrap_or(self.id.name())
    }

    /// The table that it is made from.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }

    /// How it detects recoils.
    #[must_use]
    pub fn detector(&self) -> Detector {
        self.detector
    }

    /// Whether a quenching model of choice matters to it.
    #[must_use]
    pub fn is_quenched(&self) -> bool {
        self.detector == Detector::Ionisation
    }

    /// Flux at the detector in its table, in 1/cm^2/s; `None` where the source gives a fluence.
    #[must_use]
    pub fn nominal_flux_per_cm2_s(&self) -> Option<f64> {
        self.inputs.number("flux").ok()
    }

    /// The kinds of neutrino that reach it.
    #[must_use]
    pub fn components(&self) -> &[Component] {
        &self.components
    }

    /// Nuclei with their number times exposure.
    #[must_use]
    pub fn nuclei(&self) -> &[(Scatterer, f64)] {
        &self.nuclei
    }

    /// Electrons with the number of atoms times exposure.
    #[must_use]
    pub fn electrons(&self) -> &[(Scatterer, f64)] {
        &self.electrons
    }

    /// The flavours that its source has.
    pub fn flavors(&self) -> impl Iterator<Item = Flavor> {
        Flavor::ALL
            .iter()
            .copied()
            .filter(|flavor| self.components.iter().any(|component| component.flavor == *flavor))
    }

    /// Checks that the source has neutrinos of this flavour.
    ///
    /// # Errors
    /// [`Error::Input`] naming the flavours it has.
    pub fn check_flavor(&self, flavor: Flavor) -> Result<(), Error> {
        if self.flavors().any(|known| known == flavor) {
            return Ok(());
        }
        let known: Vec<_> = self.flavors().map(Choice::name).collect();
        Err(Error::input(
            "flavor",
            format!("'{flavor}', of which the source of {} has none", self.id),
            known.join(", "),
        ))
    }

    /// Remarks that belong to every number from this experiment: stand-ins among its tables.
    ///
    /// # Errors
    /// [`Error::Table`] if a table that it names is missing.
    pub fn notes(&self) -> Result<Vec<String>, Error> {
        let mut notes = Vec::new();
        for row in self.inputs.rows().iter().filter(|row| row.key.ends_with("-table")) {
            let table = data::table(&row.value)?;
            if let Some(status) = table.surrogate() {
                notes.push(format!("{}: {status}", table.name()));
            }
        }
        Ok(notes)
    }
}

/// Number of formula units in the target.
fn formula_units(inputs: &Inputs, nuclei: &[(Scatterer, f64)]) -> Result<f64, Error> {
    if inputs.text("atoms").is_ok() {
        return inputs.number("atoms");
    }
    if inputs.text("target-exposure").is_ok() {
        let grams = inputs.number("target-exposure")? * 1e6;
        return Ok(grams / inputs.number("molar-mass")? * AVOGADRO);
    }
    let molar_mass: f64 = nuclei
        .iter()
        .map(|(scatterer, share)| match scatterer {
            Scatterer::Nucleus(nuclide) => nuclide.atomic_mass_u * share,
            Scatterer::Electrons(_) => 0.0,
        })
        .sum();
    Ok(inputs.number("target-mass")? * 1e3 / molar_mass * AVOGADRO)
}

/// Time that a flux counts, in s; 1 where the source gives a fluence.
fn exposure_s(source: SourceKind, inputs: &Inputs) -> Result<f64, Error> {
    match source {
        SourceKind::Reactor => Ok(inputs.number("exposure")? * SECONDS_PER_DAY),
        // The exposure in t yr holds the mass; what is left is one year.
        SourceKind::Sun => Ok(DAYS_PER_YEAR * SECONDS_PER_DAY),
        SourceKind::Sns => Ok(1.0),
    }
}

fn components(source: SourceKind, inputs: &Inputs) -> Result<Vec<Component>, Error> {
    match source {
        SourceKind::Reactor => Ok(vec![reactor(inputs.number("flux")?)?]),
        SourceKind::Sns => Ok(SnsBeam {
            protons_on_target: inputs.number("protons-on-target")?,
            neutrinos_per_proton: inputs.number("neutrinos-per-proton")?,
            distance_m: inputs.number("distance")?,
        }
        .components()
        .into()),
        SourceKind::Sun => Ok(boron8(inputs.number("flux")?)?.into()),
    }
}
