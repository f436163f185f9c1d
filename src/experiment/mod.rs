//! Experiments as data: each is a table of `data/experiments/`, read once into an [`ExperimentSpec`] and put together
//! from sources, targets and detectors.

mod adjustable;
mod assumptions;
mod binning;
mod ceiling;
mod decay_length;
mod efficiency;
mod electron_recoils;
mod id;
mod ideal;
mod ionisation;
mod listed;
mod prediction;
mod prepare;
mod pulse_shape;
mod registry;
mod response;
mod runs;
mod scintillation;
mod spec;
mod variation;

pub use adjustable::{ADJUSTABLE, Adjustable, Range, Step, Variation, find as adjustable};
pub use binning::{Axis, Binning};
pub use decay_length::USUAL_LENGTHS_M;
pub use efficiency::recoil_efficiency;
pub use electron_recoils::{ElectronRunData, electron_run_data};
pub use id::ExperimentId;
pub use ideal::IdealSpectrum;
pub use ionisation::{ExcessData, IonisationData, excess_data, ionisation_data};
pub use listed::ListedInput;
pub use prediction::{Prediction, Template};
pub use pulse_shape::{PulseShapeData, pulse_shape_data};
pub use registry::Registry;
pub use runs::{BackgroundCounts, RunData, run_data};
pub use scintillation::{CsiData, csi_data};
pub use spec::{
    Detector, DetectorSpec, EfficiencySpec, ElectronRecoilsSpec, ExperimentSpec, Exposure, IonisationFitSpec,
    IonisationSpec, PulseShapeSpec, RecoilBins, ResponseSpec, RunCountsSpec, RunsSpec, ShapedCountingSpec, SourceSpec,
    StatisticKind, StatisticSpec, Switch, TargetSpec,
};

pub use crate::data::{Input, Inputs};

use crate::Error;
use crate::Flavor;
use crate::choice::Choice;
use crate::physics::CouplingRatios;
use crate::physics::cross_section::{Particles, Scatterer, Target};
use crate::physics::detector::Quenching;
use crate::physics::source::{Component, SourceKind};
use serde::{Deserialize, Serialize};

/// What a visitor can change about a detector.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetectorSettings {
    /// Quenching model of germanium.
    pub quenching: Quenching,
    /// Lindhard parameter, for [`Quenching::Lindhard`]; `None` for the one in the experiment's table.
    pub lindhard_k: Option<f64>,
}

impl Default for DetectorSettings {
    /// `fef`, and the Lindhard parameter of the experiment's table.
    fn default() -> Self {
        Self {
            quenching: Quenching::Fef,
            lindhard_k: None,
        }
    }
}

/// An experiment: what its table says, the neutrinos that reach it and the targets that they hit.
#[derive(Clone, Debug)]
pub struct Experiment {
    spec: ExperimentSpec,
    components: Vec<Component>,
    /// Nuclei with their number times exposure in s (or times 1 where the source gives a fluence).
    nuclei: Particles,
    /// Electrons of the same target, one entry per element.
    electrons: Particles,
    notes: Vec<String>,
}

/// Remarks on the stand-ins among the tables of an experiment, on data that are not the collaboration's own, and on its limits.
fn notes(spec: &ExperimentSpec) -> Result<Vec<String>, Error> {
    let status = spec.header("status").filter(|status| !status.starts_with("digitised"));
    let mut notes: Vec<String> = status
        .map(|status| format!("{}: {status}", spec.name()))
        .into_iter()
        .collect();
    for row in spec.inputs().rows().iter().filter(|row| row.names_a_table()) {
        let table = spec.inputs().table(&row.value).read()?;
        if let Some(status) = table.surrogate().or_else(|| table.digitised()) {
            notes.push(format!("{}: {status}", table.name()));
        }
    }
    notes.extend(spec.remark().map(str::to_owned));
    Ok(notes)
}

impl Experiment {
    /// Reads what the table of an experiment refers to.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a table that is missing or malformed.
    pub fn new(spec: &ExperimentSpec) -> Result<Self, Error> {
        let (nuclei, electrons) = spec.target().particles(spec.model())?;
        Ok(Self {
            components: spec.source().components()?,
            nuclei,
            electrons,
            notes: notes(spec)?,
            spec: spec.clone(),
        })
    }

    /// The same with another table, preparing again only what depends on a section that has changed.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn respecified(&self, spec: &ExperimentSpec) -> Result<Self, Error> {
        let mut changed = self.clone();
        if spec.source() != self.spec.source() {
            changed.components = spec.source().components()?;
        }
        if !self.same_matter(spec) {
            (changed.nuclei, changed.electrons) = spec.target().particles(spec.model())?;
        }
        changed.notes = notes(spec)?;
        changed.spec = spec.clone();
        Ok(changed)
    }

    /// Whether the target is the same in another table.
    fn same_matter(&self, spec: &ExperimentSpec) -> bool {
        (spec.target(), spec.model()) == (self.spec.target(), self.spec.model())
    }

    /// The experiment of this name among those of `data/experiments/`.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there is none, [`ErrorKind::Table`](crate::ErrorKind::Table) for anything missing or malformed.
    pub fn built_in(id: ExperimentId) -> Result<Self, Error> {
        Self::new(Registry::built_in()?.get(id)?)
    }

    /// What its table says.
    #[must_use]
    pub fn spec(&self) -> &ExperimentSpec {
        &self.spec
    }

    /// Kind of its source.
    #[must_use]
    pub fn source(&self) -> SourceKind {
        self.spec.source().kind()
    }

    /// Which experiment this is.
    #[must_use]
    pub fn id(&self) -> ExperimentId {
        self.spec.id()
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.spec.name()
    }

    /// The rows that it is made from, those that all experiments share included.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        self.spec.inputs()
    }

    /// How it detects recoils.
    #[must_use]
    pub fn detector(&self) -> Detector {
        self.spec.detector().kind()
    }

    /// Proton number of the first element of the target.
    fn protons(&self) -> u32 {
        self.nuclei
            .iter()
            .find_map(|(scatterer, _)| match scatterer.target() {
                Target::Nucleus(nuclide) => Some(nuclide.protons),
                Target::Electrons(_) => None,
            })
            .unwrap_or(0)
    }

    /// Whether a quenching model of choice matters to it.
    #[must_use]
    pub fn is_quenched(&self) -> bool {
        self.detector() == Detector::Ionisation
    }

    /// Whether the Lindhard parameter matters to it: with Lindhard's model, be it chosen or the only one.
    #[must_use]
    pub fn has_lindhard_k(&self, chosen: Quenching) -> bool {
        match self.detector() {
            Detector::Ionisation => chosen == Quenching::Lindhard,
            detector => detector == Detector::IonisationExcess,
        }
    }

    /// Flux at the detector in its table, in 1/cm^2/s; `None` where the source gives a fluence.
    #[must_use]
    pub fn nominal_flux_per_cm2_s(&self) -> Option<f64> {
        self.spec.source().flux_per_cm2_s()
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

    /// Whether it counts recoils of electrons alone.
    #[must_use]
    pub fn counts_electrons_alone(&self) -> bool {
        crate::WORKSHOP && self.detector() == Detector::ElectronRecoils
    }

    /// The particles whose recoils it counts: electrons, where it counts these alone, else nuclei.
    #[must_use]
    pub fn counted(&self) -> &[(Scatterer, f64)] {
        if self.counts_electrons_alone() {
            &self.electrons
        } else {
            &self.nuclei
        }
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
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming the flavours it has.
    pub fn check_flavor(&self, flavor: Flavor) -> Result<(), Error> {
        self.check_ratios(CouplingRatios::only(flavor))
    }

    /// Checks that the source has neutrinos of one of the flavours that N couples to.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming the flavours it has.
    pub fn check_ratios(&self, ratios: CouplingRatios) -> Result<(), Error> {
        if self.flavors().any(|known| ratios.of(known) > 0.0) {
            return Ok(());
        }
        let names =
            |flavors: &mut dyn Iterator<Item = Flavor>| flavors.map(Choice::name).collect::<Vec<_>>().join(", ");
        Err(Error::input(
            "flavor",
            format!(
                "'{}', of which the source of {} has none",
                names(&mut ratios.flavors()),
                self.id()
            ),
            names(&mut self.flavors()),
        ))
    }

    /// Remarks that belong to every number from this experiment: stand-ins among its tables.
    #[must_use]
    pub fn notes(&self) -> &[String] {
        &self.notes
    }
}
