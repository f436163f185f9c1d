//! Every control: what is typed in boxes, and what each shows.

use super::parameters::{BoxState, NumberKey, Parameters, WEIGHTS, shortest};
use super::state::State;
use super::view::{ChoiceControl, ChoiceOption, Controls, NumberControl, TextControl};
use super::words;
use crate::choice::Choice;
use crate::experiment::Experiment;
use crate::physics::detector::Quenching;
use crate::physics::source::SourceKind;
use crate::small_map::SmallMap;

/// Texts of the boxes that are not simply those of the values that count: being typed, wrong, or moved into the range.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forms {
    boxes: SmallMap<String, BoxState>,
}

impl Forms {
    /// Takes the position of a slider.
    pub(super) fn slide(&mut self, parameters: &Parameters, state: &mut State, key: &str, position: f64) {
        self.boxes.remove(key);
        let Some(edit) = parameters.edit(key) else {
            // A slider has no wrong positions; what comes from elsewhere changes nothing.
            let _ = parameters.set_position(state, key, position);
            return;
        };
        // But an input may be refused beside others, or at the end of its track: then its box says so until it is left.
        let shown = parameters.type_text(state, key, &shortest(edit.value_at(position)));
        if shown.problem.is_some() {
            self.boxes.insert(key.to_owned(), shown);
        }
    }

    /// Takes a number from elsewhere than its own control.
    pub(super) fn set_number(&mut self, parameters: &Parameters, state: &mut State, key: &str, value: f64) {
        self.boxes.remove(key);
        // A place beyond the plane is taken as the nearest in it; what is no number changes nothing.
        let _ = parameters.set_number(state, key, value);
    }

    /// Takes the text of a box; `false` if it cannot be used.
    pub(super) fn type_text(&mut self, parameters: &Parameters, state: &mut State, key: &str, text: &str) -> bool {
        let is_box = NumberKey::from_name(key).is_ok() || parameters.edit(key).is_some() || key == WEIGHTS;
        if !is_box {
            return false;
        }
        let shown = parameters.type_text(state, key, text);
        let is_taken = shown.problem.is_none();
        self.boxes.insert(key.to_owned(), shown);
        is_taken
    }

    /// A box is left: it shows the value that counts, and a remark on a value out of range stays.
    pub(super) fn leave(&mut self, parameters: &Parameters, state: &State, key: &str) {
        if let Some(shown) = self.boxes.get_mut(key) {
            shown.leave(parameters, state, key);
            if shown.note.is_none() {
                self.boxes.remove(key);
            }
        }
    }

    /// Moves a number by steps of its slider.
    pub(super) fn step(&mut self, parameters: &Parameters, state: &mut State, key: &str, steps: f64) {
        self.boxes.remove(key);
        // A key without a number has no steps.
        let _ = match parameters.edit(key) {
            Some(_) => parameters.step_edit(state, key, steps),
            None => parameters.step(state, key, steps).map(drop),
        };
    }

    /// Chooses an option. Boxes show their values anew: a unit may have changed.
    pub(super) fn choose(&mut self, parameters: &Parameters, state: &mut State, key: &str, option: &str) {
        if parameters.choose(state, key, option).is_ok() {
            self.boxes.clear();
        }
    }

    /// A box as it is to be shown.
    pub(super) fn box_state(&self, parameters: &Parameters, state: &State, key: &str) -> BoxState {
        let shown = self.boxes.get(key).cloned();
        shown.unwrap_or_else(|| parameters.box_state(state, key))
    }

    /// Every control as it is to be shown, for the chosen experiment if it could be prepared.
    pub(super) fn view(&self, parameters: &Parameters, state: &State, experiment: Option<&Experiment>) -> Controls {
        let number = |key: &NumberKey| self.number(parameters, state, *key, experiment);
        let choices = parameters.choices().iter().map(|choice| ChoiceControl {
            key: choice.key,
            options: choice
                .options
                .iter()
                .map(|option| ChoiceOption {
                    name: option.name.clone(),
                    label: option.label.clone(),
                    unavailable: unavailable(choice.key, &option.name, experiment),
                })
                .collect(),
            chosen: parameters.chosen(state, choice.key).unwrap_or_default(),
            shown: match choice.key {
                "quenching" => is_quenched(experiment),
                "reactor-flux" => experiment.is_none_or(|experiment| experiment.source() == SourceKind::Reactor),
                _ => true,
            },
        });
        let flags = parameters.flags().iter().map(|flag| ChoiceControl {
            key: flag.key,
            options: Vec::new(),
            chosen: parameters.chosen(state, flag.key).unwrap_or_default(),
            shown: true,
        });
        // No parameter of its own: the range is that of what is drawn.
        let held = ChoiceControl {
            key: "held",
            options: Vec::new(),
            chosen: if state.held.is_some() { "1" } else { "0" }.to_owned(),
            shown: true,
        };
        let weights = self.box_state(parameters, state, WEIGHTS);
        let weights = TextControl {
            key: WEIGHTS,
            text: weights.text,
            problem: weights.problem.as_ref().map(words::error),
        };
        Controls {
            texts: if crate::WORKSHOP { vec![weights] } else { Vec::new() },
            numbers: NumberKey::ALL.iter().map(number).collect(),
            choices: choices.chain(flags).chain([held]).collect(),
        }
    }

    fn number(
        &self,
        parameters: &Parameters,
        state: &State,
        key: NumberKey,
        experiment: Option<&Experiment>,
    ) -> NumberControl {
        let name = key.name();
        let shown = self.box_state(parameters, state, name);
        let quenching = state.settings.detector.quenching;
        let has_lindhard_k = match experiment {
            Some(experiment) => experiment.has_lindhard_k(quenching),
            None => quenching == Quenching::Lindhard,
        };
        let note = shown.note.map(|note| words::clamped(name, &note));
        let track = parameters.track(key);
        NumberControl {
            key: name,
            text: shown.text,
            position: parameters.slider_position(state, name).unwrap_or(track.low),
            track: (track.low, track.high, track.step),
            spoken: parameters.spoken(state, name),
            hint: match (key, experiment) {
                (NumberKey::Flux, Some(experiment)) => words::flux(experiment, state.settings.fluxes),
                _ => String::new(),
            },
            wrong: shown.problem.is_some(),
            problem: shown.problem.as_ref().map(words::error).or(note),
            shown: key != NumberKey::LindhardK || is_quenched(experiment) || has_lindhard_k,
            enabled: key != NumberKey::LindhardK || has_lindhard_k,
        }
    }
}

/// Whether a quenching model of choice matters to an experiment.
fn is_quenched(experiment: Option<&Experiment>) -> bool {
    experiment.is_none_or(Experiment::is_quenched)
}

/// Why an option gives nothing with an experiment, in words.
fn unavailable(key: &str, option: &str, experiment: Option<&Experiment>) -> Option<String> {
    let (experiment, flavor) = (experiment?, option.parse().ok()?);
    let lacks = key == "flavor" && experiment.check_flavor(flavor).is_err();
    lacks.then(|| words::no_flux(experiment, flavor))
}
