//! What can be varied about an analysis: the inputs of its experiment that can be changed, and the settings that are no inputs.

use crate::analysis::{Analysis, FLUX_RANGE, Settings};
use crate::choice::Choice;
use crate::error::in_range;
use crate::experiment::{Adjustable, DetectorSpec, ListedInput, Range, Step, Variation};
use crate::numerics::decimal;
use crate::physics::cross_section::Sign;
use crate::physics::detector::{LINDHARD_K_RANGE, Quenching};
use crate::physics::source::{ReactorModel, SourceKind};
use crate::{Error, data::Input};
use serde::{Deserialize, Serialize};

/// Multiple of the nominal flux: a tenth, as the fluxes themselves.
const FLUX: Adjustable = Adjustable {
    key: "flux-factor",
    range: Range::Between {
        low: FLUX_RANGE.0,
        high: FLUX_RANGE.1,
    },
    changes_the_data: false,
    variation: Variation::Stated(Step::Share(0.1)),
};

/// Lindhard parameter: 0.02, about an eighth of the 0.157 of theory; a question, not a measurement.
const LINDHARD_K: Adjustable = Adjustable {
    key: "lindhard-k",
    range: Range::Between {
        low: LINDHARD_K_RANGE.0,
        high: LINDHARD_K_RANGE.1,
    },
    changes_the_data: false,
    variation: Variation::Stated(Step::Amount(0.02)),
};

/// Inputs whose change is a change of the flux and of nothing else.
const FLUXES: [&str; 2] = ["flux", "neutrinos-per-proton"];

/// A quantity that is varied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Quantity {
    /// An input of the experiment, by the key of its row.
    Input(String),
    /// Flux of the experiment's source as a multiple of the nominal one.
    Flux,
    /// Sign in the dipole cross section.
    Sign,
    /// Quenching model of germanium.
    Quenching,
    /// Lindhard parameter.
    LindhardK,
    /// Spectrum of a reactor.
    ReactorFlux,
}

/// A quantity as it is in an analysis.
pub(super) struct Now {
    pub(super) label: String,
    pub(super) unit: String,
    pub(super) value: String,
    /// Values that it is varied to.
    pub(super) varied: Vec<String>,
    /// Whether these are one standard deviation away.
    pub(super) is_deviation: bool,
}

impl Quantity {
    /// Every quantity that matters to the experiment of an analysis: its inputs in their order, then the settings. The Lindhard parameter is among them where it is used.
    #[must_use]
    pub fn all(analysis: &Analysis) -> Vec<Self> {
        let experiment = analysis.experiment();
        let inputs = experiment.spec().listed(analysis.table());
        // What cannot be varied, a share of zero, has nothing to show.
        let adjustable = inputs.filter(|input| !input.varied().is_empty());
        let mut all: Vec<_> = adjustable.map(|input| Self::Input(input.now.key.clone())).collect();
        // Of a source whose flux stands in its table that row is varied, not its multiple too.
        if !all.iter().any(|quantity| FLUXES.contains(&quantity.key())) {
            all.push(Self::Flux);
        }
        all.push(Self::Sign);
        if experiment.source() == SourceKind::Reactor {
            all.push(Self::ReactorFlux);
        }
        if experiment.is_quenched() {
            all.push(Self::Quenching);
        }
        if experiment.has_lindhard_k(analysis.settings().detector.quenching) {
            all.push(Self::LindhardK);
        }
        all
    }

    /// What it is called: the key of the input, or of the setting.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Input(key) => key,
            Self::Flux => FLUX.key,
            Self::Sign => Sign::OPTION,
            Self::Quenching => Quenching::OPTION,
            Self::LindhardK => LINDHARD_K.key,
            Self::ReactorFlux => ReactorModel::OPTION,
        }
    }

    /// Whether other data would have been observed.
    #[must_use]
    pub fn changes_the_data(&self) -> bool {
        match self {
            Self::Input(key) => crate::experiment::adjustable(key).is_some_and(|row| row.changes_the_data),
            // What is observed does not depend on what is believed of it.
            Self::Flux | Self::Sign | Self::Quenching | Self::LindhardK | Self::ReactorFlux => false,
        }
    }

    /// What it is in an analysis; an error for an input that there is not.
    pub(super) fn now(&self, analysis: &Analysis) -> Result<Now, Error> {
        let settings = analysis.settings();
        let of_setting = |label: &str, value: String, varied: Vec<String>| Now {
            label: label.to_owned(),
            unit: String::new(),
            value,
            varied,
            is_deviation: false,
        };
        Ok(match self {
            Self::Input(key) => {
                let input = input(analysis, key)?;
                let varied = input.varied();
                let Input { label, unit, value, .. } = input.now.clone();
                Now {
                    label,
                    unit,
                    value,
                    varied,
                    is_deviation: input.is_varied_by_a_deviation(),
                }
            }
            Self::Flux => {
                let value = decimal::text(analysis.flux());
                let varied = FLUX.varied(FLUX.variation, &value, &value);
                of_setting(word!("Flux relative to the nominal one"), value, varied)
            }
            Self::Sign => {
                let sign = settings.sign;
                of_setting(word!("Sign in the dipole cross section"), name(sign), others(sign))
            }
            Self::Quenching => {
                let quenching = settings.detector.quenching;
                of_setting(word!("Quenching of germanium"), name(quenching), others(quenching))
            }
            Self::LindhardK => {
                let value = decimal::text(lindhard_k(analysis)?);
                let varied = LINDHARD_K.varied(LINDHARD_K.variation, &value, &value);
                of_setting(word!("Lindhard k"), value, varied)
            }
            Self::ReactorFlux => {
                let model = settings.fluxes.reactor_model();
                of_setting(word!("Spectrum of the reactor"), name(model), others(model))
            }
        })
    }

    /// The settings of an analysis with another value of this quantity.
    pub(super) fn set(&self, analysis: &Analysis, value: &str) -> Result<Settings, Error> {
        let mut settings = analysis.settings().clone();
        let experiment = analysis.experiment();
        match self {
            Self::Input(key) => settings.edits.set(experiment.id(), key, Some(value)),
            Self::Flux => settings.fluxes = settings.fluxes.with(experiment.source(), number(&FLUX, value)?),
            Self::Sign => settings.sign = Sign::from_name(value)?,
            Self::Quenching => settings.detector.quenching = Quenching::from_name(value)?,
            Self::LindhardK => settings.detector.lindhard_k = Some(number(&LINDHARD_K, value)?),
            Self::ReactorFlux => {
                settings.fluxes = settings.fluxes.with_reactor_model(ReactorModel::from_name(value)?);
            }
        }
        Ok(settings)
    }
}

fn input<'a>(analysis: &'a Analysis, key: &str) -> Result<ListedInput<'a>, Error> {
    let spec = analysis.experiment().spec();
    spec.check_adjustable(key)?;
    let found = spec.listed(analysis.table()).find(|input| input.now.key == key);
    found.ok_or_else(|| spec.inputs().error(format!("no input '{key}'")))
}

fn lindhard_k(analysis: &Analysis) -> Result<f64, Error> {
    let spec = analysis.experiment().spec();
    let of_table = match spec.detector() {
        DetectorSpec::Ionisation(ionisation) => Some(ionisation.lindhard_k),
        _ => None,
    };
    let k = analysis.settings().detector.lindhard_k.or(of_table);
    k.ok_or_else(|| Error::input(LINDHARD_K.key, spec.id(), "an experiment with germanium"))
}

fn number(of: &Adjustable, value: &str) -> Result<f64, Error> {
    let number = decimal::parse(value).unwrap_or(f64::NAN);
    match of.range {
        Range::Between { low, high } => in_range(of.key, number, low, high),
        Range::Factor { .. } | Range::Options(_) => Ok(number),
    }
}

fn name<C: Choice>(chosen: C) -> String {
    chosen.name().to_owned()
}

fn others<C: Choice>(chosen: C) -> Vec<String> {
    let others = C::ALL.iter().filter(|other| **other != chosen);
    others.map(|other| name(*other)).collect()
}
