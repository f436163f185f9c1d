//! Everything that a visitor can set: keys, units, ranges, scales, options, and the texts that stand for values in boxes
//! and in the address. Its keys are the option names of the command line and the names of the form controls.
//!
//! Values travel as numbers; text is only in boxes and in the address.

mod address;
mod boxes;
mod choices;
mod edits;
mod percent;
mod reader;
mod table;
mod track;
mod unit;

pub use address::KEYS;
pub use boxes::{Accepted, BoxState, WEIGHTS};
pub use choices::{ChoiceParameter, FlagParameter, OptionName};
pub use edits::{EditKey, edit_name, is_edit};
pub use table::{Number, NumberKey, Scale};
pub use track::Track;
pub(super) use track::rounded;
pub use unit::Unit;

pub use crate::numerics::decimal::shortest;

use super::extra::Extra;
use super::state::State;
use super::words;
use crate::choice::Choice;
use crate::experiment::{Detector, DetectorSpec, ExperimentId, ExperimentSpec, Registry};
use crate::physics::source::SourceKind;
use crate::statistics::ConfidenceLevel;
use crate::{Error, in_range};

/// The parameters of a page on the experiments of a registry.
#[derive(Clone, Debug)]
pub struct Parameters {
    experiments: Vec<Known>,
    curves: Vec<String>,
    choices: Vec<ChoiceParameter>,
    flags: Vec<FlagParameter>,
    registry: Registry,
    /// What of the registry is added.
    extra: Extra,
}

/// What parameters need to know about an experiment.
#[derive(Clone, Debug)]
struct Known {
    id: ExperimentId,
    source: SourceKind,
    detector: Detector,
    lindhard_k: Option<f64>,
}

impl Known {
    fn new(spec: &ExperimentSpec) -> Self {
        Self {
            id: spec.id(),
            source: spec.source().kind(),
            detector: spec.detector().kind(),
            lindhard_k: match spec.detector() {
                DetectorSpec::Ionisation(ionisation) => Some(ionisation.lindhard_k),
                _ => None,
            },
        }
    }
}

/// A number of a state: a row of the table, and whose it is.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Target {
    key: NumberKey,
    /// The source, for a flux.
    source: Option<SourceKind>,
}

impl Target {
    fn row(self) -> &'static Number {
        self.key.row()
    }
}

impl Parameters {
    /// Parameters for the experiments of a registry and published curves of these names. A name that cannot stand in
    /// an address (letters, digits, `_`, `-`, `.`) is left out.
    #[must_use]
    pub fn new<Name: Into<String>>(registry: &Registry, curves: impl IntoIterator<Item = Name>) -> Self {
        let own = registry.ids().map(|id| id.to_string());
        let writable = |name: &String| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '_' | '-' | '.'))
        };
        Self {
            experiments: registry.specs().map(|spec| Known::new(spec)).collect(),
            curves: curves.into_iter().map(Into::into).chain(own).filter(writable).collect(),
            choices: choices::choices(registry),
            flags: choices::flags(),
            registry: registry.clone(),
            extra: Extra::default(),
        }
    }

    /// The same where some of the registry's experiments are added.
    #[must_use]
    pub(in crate::page) fn with_extra(self, extra: Extra) -> Self {
        Self { extra, ..self }
    }

    /// The state of a page that nobody has touched: that of the paper's first experiment, or of the first there is.
    #[must_use]
    pub fn start(&self) -> State {
        let mut state = State::default();
        if let (None, Some(first)) = (self.known(state.experiment), self.experiments.first()) {
            state.experiment = first.id;
        }
        state
    }

    /// Every choice, in order.
    #[must_use]
    pub fn choices(&self) -> &[ChoiceParameter] {
        &self.choices
    }

    /// Every flag, in order.
    #[must_use]
    pub fn flags(&self) -> &[FlagParameter] {
        &self.flags
    }

    /// Whether a curve of the plane has this name.
    #[must_use]
    pub fn is_curve(&self, name: &str) -> bool {
        self.curves.iter().any(|known| known == name)
    }

    /// Kind of an experiment's source; `None` for an experiment there is not.
    #[must_use]
    pub fn source(&self, experiment: ExperimentId) -> Option<SourceKind> {
        self.known(experiment).map(|known| known.source)
    }

    /// Lindhard parameter in the table of an experiment; where it has none, that of the first that has.
    #[must_use]
    pub fn lindhard_k(&self, experiment: ExperimentId) -> Option<f64> {
        let own = self.known(experiment).and_then(|known| known.lindhard_k);
        own.or_else(|| self.experiments.iter().find_map(|known| known.lindhard_k))
    }

    /// Whether a quenching model of choice matters to an experiment.
    #[must_use]
    pub fn is_quenched(&self, experiment: ExperimentId) -> bool {
        self.detector(experiment) == Some(Detector::Ionisation)
    }

    /// Kind of an experiment's detector; `None` for an experiment there is not.
    #[must_use]
    pub fn detector(&self, experiment: ExperimentId) -> Option<Detector> {
        self.known(experiment).map(|known| known.detector)
    }

    /// Value at the start of a number, for an experiment.
    #[must_use]
    pub fn default_of(&self, key: NumberKey, experiment: ExperimentId) -> Option<f64> {
        key.row().default.or_else(|| match key {
            NumberKey::LindhardK => self.lindhard_k(experiment),
            _ => None,
        })
    }

    /// A number of a state, in the unit of its row; `None` for a key that is no number's, or without a value.
    #[must_use]
    pub fn number(&self, state: &State, key: &str) -> Option<f64> {
        self.value(state, self.number_target(state, key).ok()?)
    }

    /// Track of a number's slider.
    #[must_use]
    pub fn track(&self, key: NumberKey) -> Track {
        key.row().track()
    }

    /// Position of a number's slider.
    #[must_use]
    pub fn slider_position(&self, state: &State, key: &str) -> Option<f64> {
        let target = self.number_target(state, key).ok()?;
        Some(target.row().position(self.value(state, target)?))
    }

    /// Takes the position of a slider.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a key that is no number's, and for NaN.
    pub fn set_position(&self, state: &mut State, key: &str, position: f64) -> Result<Accepted, Error> {
        let row = self.number_target(state, key)?.row();
        let track = row.track();
        // Beyond the ends are the ends; NaN is nowhere.
        let position = in_range(key, position.clamp(track.low, track.high), track.low, track.high)?;
        self.set_number(state, key, row.value_at(position))
    }

    /// Moves a number by steps of its slider, negative downwards.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a key that is no number's, a number without a value, and for NaN.
    pub fn step(&self, state: &mut State, key: &str, steps: f64) -> Result<Accepted, Error> {
        let target = self.number_target(state, key)?;
        let value = self.value(state, target).unwrap_or(f64::NAN);
        let row = target.row();
        let value = if steps.is_nan() {
            steps
        } else {
            row.stepped(value, steps)
        };
        self.set_number(state, key, value)
    }

    fn known(&self, experiment: ExperimentId) -> Option<&Known> {
        self.experiments.iter().find(|known| known.id == experiment)
    }

    fn unknown(&self, key: &str) -> Error {
        // Those of parts (the plane's ends, the fluxes of single sources) would make a sentence that nobody reads.
        let main = KEYS
            .iter()
            .filter(|key| !key.contains("plane-") && !key.starts_with("flux-"));
        let main: Vec<_> = main.copied().collect();
        Error::input("parameter", words::quoted(key), main.join(", "))
    }

    /// Which number a key means in a state: `flux` is that of the chosen experiment's source.
    fn number_target(&self, state: &State, key: &str) -> Result<Target, Error> {
        let named = key.strip_prefix("flux-").and_then(|name| name.parse().ok());
        let key = match named {
            Some(_) => NumberKey::Flux,
            None => NumberKey::from_name(key).map_err(|_| self.unknown(key))?,
        };
        let source = match key {
            NumberKey::Flux => Some(named.or_else(|| self.source(state.experiment)).ok_or_else(|| {
                let got = words::quoted(state.experiment.name());
                Error::input("flux", got, words::KNOWN_SOURCE)
            })?),
            _ => None,
        };
        Ok(Target { key, source })
    }

    fn value(&self, state: &State, target: Target) -> Option<f64> {
        match target.key {
            NumberKey::Mass => Some(state.benchmark.mass_mev),
            NumberKey::Coupling => Some(state.benchmark.coupling_per_gev),
            NumberKey::LindhardK => {
                let chosen = state.settings.detector.lindhard_k;
                chosen.or_else(|| self.lindhard_k(state.experiment))
            }
            NumberKey::Flux => target.source.map(|source| state.settings.fluxes.of(source)),
            NumberKey::Level => Some(state.confidence.level.level()),
            NumberKey::PlaneMassFrom => Some(state.plane.masses_mev.0),
            NumberKey::PlaneMassTo => Some(state.plane.masses_mev.1),
            NumberKey::PlaneFrom => Some(state.plane.couplings_per_gev.0),
            NumberKey::PlaneTo => Some(state.plane.couplings_per_gev.1),
        }
    }

    /// Stores a value that is in range.
    fn store(&self, state: &mut State, target: Target, value: f64) -> Result<(), Error> {
        match target.key {
            NumberKey::Mass => state.benchmark.mass_mev = value,
            NumberKey::Coupling => state.benchmark.coupling_per_gev = value,
            NumberKey::LindhardK => state.settings.detector.lindhard_k = Some(value),
            NumberKey::Flux => {
                if let Some(source) = target.source {
                    state.settings.fluxes = state.settings.fluxes.with(source, value);
                }
            }
            NumberKey::Level => state.confidence.level = ConfidenceLevel::new(value)?,
            NumberKey::PlaneMassFrom => state.plane.masses_mev.0 = value,
            NumberKey::PlaneMassTo => state.plane.masses_mev.1 = value,
            NumberKey::PlaneFrom => state.plane.couplings_per_gev.0 = value,
            NumberKey::PlaneTo => state.plane.couplings_per_gev.1 = value,
        }
        Ok(())
    }

    /// The value of the experiment's table, set by hand, is no choice of its own: it leaves the address again.
    fn drop_default(&self, state: &mut State, target: Target) {
        let chosen = state.settings.detector.lindhard_k;
        if target.key == NumberKey::LindhardK && chosen == self.lindhard_k(state.experiment) {
            state.settings.detector.lindhard_k = None;
        }
    }
}
