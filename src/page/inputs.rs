//! Every input of the chosen experiment that can be changed, as the page shows it.

use super::controls::Forms;
use super::parameters::{EditKey, Parameters, edit_name};
use super::state::State;
use super::words;
use crate::experiment::{ExperimentSpec, Range};
use crate::language::translated;

/// Inputs that can be changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct InputsPane {
    /// Name of the experiment as a key, for the button that resets all.
    pub experiment: String,
    /// What is changed, and what that means for the data.
    pub sentence: String,
    /// Whether anything is changed.
    pub edited: bool,
    /// The inputs, in the order of the table.
    pub rows: Vec<InputRow>,
}

/// An input with its control.
#[derive(Clone, Debug, PartialEq)]
pub struct InputRow {
    /// Name of the control: `dresden-ii.exposure`.
    pub name: String,
    /// What it is.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// Where it is from.
    pub source: String,
    /// Address of the source, may be empty.
    pub link: String,
    /// Its control.
    pub control: InputControl,
    /// The value that the box or the options show.
    pub text: String,
    /// What the table has, where the value is another one.
    pub table: Option<String>,
    /// What is wrong with the text.
    pub problem: Option<String>,
}

/// The control of an input.
#[derive(Clone, Debug, PartialEq)]
pub enum InputControl {
    /// A box with a slider.
    Slider {
        /// Ends and step of the track.
        track: (f64, f64, f64),
        /// Position on it.
        position: f64,
    },
    /// One of several options: names, and what they are called.
    Options(Vec<(String, String)>),
}

impl InputsPane {
    /// The inputs of a state's experiment.
    pub(super) fn new(parameters: &Parameters, forms: &Forms, state: &State, spec: &ExperimentSpec) -> Self {
        let names = spec.inputs().rows().iter().map(|row| edit_name(spec.id(), &row.key));
        let rows = names.filter_map(|name| {
            let edit = parameters.edit(&name)?;
            Some(row(parameters, forms, state, &edit, name))
        });
        let edits = state.settings.edits.of(spec.id());
        Self {
            experiment: spec.id().to_string(),
            sentence: words::edited_inputs(
                edits.list().len(),
                state.settings.edits.change_the_data(spec.id()),
                spec.name(),
            ),
            edited: !edits.is_empty(),
            rows: rows.collect(),
        }
    }
}

fn row(parameters: &Parameters, forms: &Forms, state: &State, edit: &EditKey, name: String) -> InputRow {
    let shown = forms.box_state(parameters, state, &name);
    let value = parameters.edited(state, edit);
    let is_edited = state.settings.edits.value(edit.spec.id(), &edit.input.key).is_some();
    InputRow {
        label: translated(&edit.input.label).to_owned(),
        unit: words::unit_of_input(&edit.input.unit),
        source: edit.input.source.clone(),
        link: edit.input.link.clone(),
        control: match (edit.row.range, edit.track()) {
            (Range::Options(options), _) => {
                let named = |option: &&str| ((*option).to_owned(), words::option_of_input(option).to_owned());
                InputControl::Options(options.iter().map(named).collect())
            }
            (_, track) => InputControl::Slider {
                track: track.map_or((0.0, 1.0, 1.0), |track| (track.low, track.high, track.step)),
                position: edit.position(value),
            },
        },
        table: is_edited.then(|| words::in_the_table(&edit.input.value, &edit.input.unit)),
        problem: shown.problem.as_ref().map(words::error),
        text: shown.text,
        name,
    }
}
