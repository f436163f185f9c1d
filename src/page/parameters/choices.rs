//! Parameters that are one of several options.

use super::Parameters;
use crate::choice::Choice;
use crate::experiment::{ExperimentId, Registry};
use crate::language::translated;
use crate::page::state::{DecayLines, State, ThemeChoice, VerticalAxis, View};
use crate::page::words;
use crate::physics::cross_section::Sign;
use crate::physics::detector::Quenching;
use crate::physics::source::ReactorModel;
use crate::physics::units::CouplingUnit;
use crate::statistics::{Dof, Sides};
use crate::{Error, ErrorKind, Flavor};

/// A parameter with its options.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceParameter {
    /// Its key.
    pub key: &'static str,
    /// Its name for people.
    pub label: String,
    /// The options, in order.
    pub options: Vec<OptionName>,
}

/// An option.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionName {
    /// Its name as a value.
    pub name: String,
    /// Its name for people.
    pub label: String,
}

/// A parameter that is on or off: `1` or `0` as a value.
#[derive(Clone, Debug, PartialEq)]
pub struct FlagParameter {
    /// Its key.
    pub key: &'static str,
    /// Its name for people.
    pub label: String,
}

/// Every choice there is.
pub(super) fn choices(registry: &Registry) -> Vec<ChoiceParameter> {
    let experiments = registry.specs().map(|spec| OptionName {
        name: spec.id().to_string(),
        label: spec.name().to_owned(),
    });
    vec![
        ChoiceParameter {
            key: "experiment",
            label: words::choice_label("experiment").to_owned(),
            options: experiments.collect(),
        },
        choice::<Flavor>(),
        choice::<CouplingUnit>(),
        choice::<Quenching>(),
        reactor_flux(),
        choice::<View>(),
        choice::<VerticalAxis>(),
        choice::<Dof>(),
        choice::<Sides>(),
        choice::<DecayLines>(),
        choice::<ThemeChoice>(),
    ]
}

/// The models of the spectrum of a reactor, by their own names.
fn reactor_flux() -> ChoiceParameter {
    let options = ReactorModel::ALL.iter().map(|model| OptionName {
        name: model.name().to_owned(),
        label: translated(model.label()).to_owned(),
    });
    ChoiceParameter {
        options: options.collect(),
        ..choice::<ReactorModel>()
    }
}

fn choice<C: Choice>() -> ChoiceParameter {
    let option = |member: &C| OptionName {
        name: member.name().to_owned(),
        label: words::option_label(C::OPTION, member.name()).to_owned(),
    };
    ChoiceParameter {
        key: C::OPTION,
        label: words::choice_label(C::OPTION).to_owned(),
        options: C::ALL.iter().map(option).collect(),
    }
}

/// Every flag there is.
pub(super) fn flags() -> Vec<FlagParameter> {
    ["printed-sign", "nuclei-only", "parts", "ratio", "expected"]
        .map(|key| FlagParameter {
            key,
            label: words::choice_label(key).to_owned(),
        })
        .into()
}

impl Parameters {
    /// The option that is chosen, `1` or `0` for a flag; `None` for a key that is no choice's.
    #[must_use]
    pub fn chosen(&self, state: &State, key: &str) -> Option<String> {
        let flag = |on: bool| if on { "1" } else { "0" }.to_owned();
        Some(match key {
            "experiment" => state.experiment.to_string(),
            "flavor" => state.benchmark.flavor.to_string(),
            "coupling-unit" => state.coupling_unit.to_string(),
            "quenching" => state.settings.detector.quenching.to_string(),
            "reactor-flux" => state.settings.fluxes.reactor_model().to_string(),
            "view" => state.view.to_string(),
            "dof" => state.confidence.dof.to_string(),
            "theme" => state.theme.to_string(),
            "printed-sign" => flag(state.settings.sign == Sign::Printed),
            "nuclei-only" => flag(state.settings.nuclei_only),
            "axis" => state.axis.to_string(),
            "parts" => flag(state.parts),
            "ratio" => flag(state.ratio),
            "expected" => flag(state.expected),
            "decay-lines" => state.decay_lines.to_string(),
            "sides" => state.confidence.sides.to_string(),
            _ => return None,
        })
    }

    /// Chooses an option; `1` or `0` for a flag.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] for a key that is no choice's or an option there is not; the state then stays as it was.
    pub fn choose(&self, state: &mut State, key: &str, option: &str) -> Result<(), Error> {
        match key {
            "experiment" => state.experiment = self.experiment(option)?,
            "flavor" => state.benchmark.flavor = named(option)?,
            "coupling-unit" => state.coupling_unit = named(option)?,
            "quenching" => state.settings.detector.quenching = named(option)?,
            "reactor-flux" => {
                state.settings.fluxes = state.settings.fluxes.with_reactor_model(named(option)?);
            }
            "view" => state.view = named(option)?,
            "dof" => state.confidence.dof = named(option)?,
            "theme" => state.theme = named(option)?,
            "printed-sign" => {
                state.settings.sign = if flag(key, option)? {
                    Sign::Printed
                } else {
                    Sign::Correct
                };
            }
            "nuclei-only" => state.settings.nuclei_only = flag(key, option)?,
            "axis" => state.axis = named(option)?,
            "parts" => state.parts = flag(key, option)?,
            "ratio" => state.ratio = flag(key, option)?,
            "expected" => state.expected = flag(key, option)?,
            "decay-lines" => state.decay_lines = named(option)?,
            "sides" => state.confidence.sides = named(option)?,
            _ if self.edit(key).is_some() => self.set_edit(state, key, option)?,
            _ => return Err(self.unknown(key)),
        }
        Ok(())
    }

    /// Whether there is an experiment of this name.
    pub(super) fn is_experiment(&self, name: &str) -> bool {
        self.experiments.iter().any(|known| known.id.name() == name)
    }

    /// The experiment of this name, if there is one.
    pub(super) fn experiment(&self, name: &str) -> Result<ExperimentId, Error> {
        let id = ExperimentId::new(name).ok();
        id.filter(|id| self.experiments.iter().any(|known| known.id == *id))
            .ok_or_else(|| {
                let names: Vec<_> = self.experiments.iter().map(|known| known.id.to_string()).collect();
                Error::input("experiment", words::quoted(name), names.join(", "))
            })
    }
}

fn named<C: Choice>(name: &str) -> Result<C, Error> {
    C::from_name(name).map_err(|error| match error.kind() {
        ErrorKind::Input { quantity, allowed, .. } => Error::input(quantity, words::quoted(name), allowed.as_str()),
        _ => error,
    })
}

fn flag(key: &str, text: &str) -> Result<bool, Error> {
    match text {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(Error::input(key, words::quoted(text), words::ALLOWED_FLAGS)),
    }
}
