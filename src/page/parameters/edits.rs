//! Inputs of experiments as parameters: `dresden-ii.exposure=964` in the address, with a box and a slider like every other number.
//!
//! Their values are kept as text, as it would stand in the experiment's table; a number always in its shortest form, so that the same value is the same
//! state.

use super::track::{Track, rounded};
use super::{BoxState, Parameters, shortest};
use crate::Error;
use crate::analysis::Edits;
use crate::experiment::{Adjustable, ExperimentId, ExperimentSpec, Input, Range, adjustable};
use crate::numerics::decimal;
use crate::page::state::State;
use crate::page::words;
use std::collections::BTreeMap;

/// What stands between experiment and input in the name of an edit.
const BETWEEN: char = '.';
/// Steps of a slider between two values, or for a factor of ten.
const STEPS: f64 = 200.0;
/// Significant digits of a value set with a slider.
const HAND_DIGITS: usize = 3;

/// Whether a key is the name of an input of an experiment.
#[must_use]
pub fn is_edit(key: &str) -> bool {
    key.contains(BETWEEN)
}

/// Name of an input of an experiment as a parameter.
#[must_use]
pub fn edit_name(experiment: ExperimentId, key: &str) -> String {
    format!("{experiment}{BETWEEN}{key}")
}

/// An input that can be changed.
#[derive(Clone, Copy, Debug)]
pub struct EditKey<'a> {
    /// The experiment, as its table has it.
    pub spec: &'a ExperimentSpec,
    /// The row of the table.
    pub input: &'a Input,
    /// How it can be changed.
    pub row: &'static Adjustable,
}

impl EditKey<'_> {
    fn table_value(&self) -> f64 {
        decimal::parse(&self.input.value).unwrap_or(f64::NAN)
    }

    /// Smallest and largest value that its slider offers.
    fn offered(&self) -> Option<(f64, f64)> {
        let value = self.table_value();
        match self.row.range {
            // A factor has a direction: that of the value.
            Range::Factor { most } => Some(if value < 0.0 {
                (value * most, value / most)
            } else {
                (value / most, value * most)
            }),
            Range::Between { low, high } => Some((low.min(value), high.max(value))),
            Range::Options(_) => None,
        }
    }

    /// Whether positions of its slider are decades of factors on the table's value.
    fn is_logarithmic(&self) -> bool {
        matches!(self.row.range, Range::Factor { .. })
    }

    /// The track of its slider; `None` where it is one of several options.
    #[must_use]
    pub fn track(&self) -> Option<Track> {
        let (low, high) = self.offered()?;
        Some(match self.row.range {
            Range::Factor { most } => Track {
                low: -most.log10(),
                high: most.log10(),
                step: STEPS.recip(),
            },
            _ => Track {
                low,
                high,
                step: (high - low) / STEPS,
            },
        })
    }

    /// Position of a value on the track.
    #[must_use]
    pub fn position(&self, text: &str) -> f64 {
        let value = decimal::parse(text).unwrap_or(f64::NAN);
        let place = if self.is_logarithmic() {
            (value / self.table_value()).log10()
        } else {
            value
        };
        let Some(track) = self.track() else { return 0.0 };
        // What has no place, as the logarithm of nothing, is at the lower end.
        place.max(track.low).min(track.high)
    }

    /// Value at a position, with the precision of a hand; in the middle of a track of factors exactly that of the table.
    #[must_use]
    pub fn value_at(&self, position: f64) -> f64 {
        if !self.is_logarithmic() {
            return rounded(position, HAND_DIGITS);
        }
        if position.abs() < 0.5 / STEPS {
            self.table_value()
        } else {
            rounded(self.table_value() * 10_f64.powf(position), HAND_DIGITS)
        }
    }
}

impl Parameters {
    /// The input of an experiment that a key names; `None` for any other key, and where inputs cannot be changed.
    #[must_use]
    pub fn edit<'a>(&'a self, name: &str) -> Option<EditKey<'a>> {
        if !crate::WORKSHOP {
            return None;
        }
        let (experiment, key) = name.split_once(BETWEEN)?;
        let spec = self.registry.get(ExperimentId::new(experiment).ok()?).ok()?;
        let input = spec.inputs().rows().iter().find(|row| row.key == key)?;
        Some(EditKey {
            spec,
            input,
            row: adjustable(key)?,
        })
    }

    /// The value of an input that counts, as text.
    #[must_use]
    pub fn edited<'a>(&self, state: &'a State, edit: &EditKey<'a>) -> &'a str {
        let changed = state.settings.edits.value(edit.spec.id(), &edit.input.key);
        changed.unwrap_or(&edit.input.value)
    }

    /// Changes an input.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a name that is no input's, and for a value that does not fit; the state then stays as it was.
    pub fn set_edit(&self, state: &mut State, name: &str, text: &str) -> Result<(), Error> {
        let mut edits = state.settings.edits.clone();
        let spec = self.put_edit(&mut edits, name, text)?;
        edits.applied(spec)?;
        state.settings.edits = edits;
        Ok(())
    }

    /// Puts an input among others, whether they fit together or not; the experiment that it is of.
    fn put_edit(&self, edits: &mut Edits, name: &str, text: &str) -> Result<&ExperimentSpec, Error> {
        let edit = self.edit(name).ok_or_else(|| self.unknown_edit(name))?;
        let text = match (edit.row.range, number(text, &edit.input.unit)) {
            (Range::Options(_), _) => text.trim().to_owned(),
            (_, Some(value)) => shortest(value),
            (_, None) => {
                let allowed = words::a_number(&edit.input.unit);
                return Err(Error::input(name, words::quoted(text.trim()), allowed));
            }
        };
        edits.set_unless_table(edit.spec, &edit.input.key, &text);
        Ok(edit.spec)
    }

    /// Changes inputs, in whatever order they stand: some are allowed only beside others (both ends of a range). Of one that stands twice the last value counts. Returns what is
    /// wrong with those that cannot be changed; the others are.
    pub(in crate::page) fn set_edits(&self, state: &mut State, entries: &[(&str, &str)]) -> Vec<Error> {
        // As an address has them that was written by the page.
        let mut edits = state.settings.edits.clone();
        let specs: Result<Vec<_>, _> = entries
            .iter()
            .map(|(name, text)| self.put_edit(&mut edits, name, text))
            .collect();
        if let Ok(mut specs) = specs {
            specs.dedup_by_key(|spec| spec.id());
            if specs.into_iter().all(|spec| edits.applied(spec).is_ok()) {
                state.settings.edits = edits;
                return Vec::new();
            }
        }
        let mut left: BTreeMap<&str, &str> = entries.iter().copied().collect();
        loop {
            let (before, mut problems) = (left.len(), Vec::new());
            left.retain(|name, text| {
                let set = self.set_edit(state, name, text);
                set.map_err(|error| problems.push(error)).is_err()
            });
            if left.is_empty() || left.len() == before {
                return problems;
            }
        }
    }

    /// The table's value of an input, or of every input of an experiment, counts again.
    pub fn reset_edit(&self, state: &mut State, name: &str) {
        match self.edit(name) {
            Some(edit) => state.settings.edits.set(edit.spec.id(), &edit.input.key, None),
            None => {
                if let Ok(experiment) = ExperimentId::new(name) {
                    state.settings.edits.reset(experiment);
                }
            }
        }
    }

    /// Takes what is typed in the box of an input, and tells what the box shows.
    pub(super) fn type_edit(&self, state: &mut State, name: &str, typed: &str) -> BoxState {
        BoxState {
            text: typed.to_owned(),
            problem: self.set_edit(state, name, typed).err(),
            note: None,
        }
    }

    /// Moves an input by steps of its slider.
    pub(in crate::page) fn step_edit(&self, state: &mut State, name: &str, steps: f64) -> Result<(), Error> {
        let edit = self.edit(name).ok_or_else(|| self.unknown_edit(name))?;
        let Some(track) = edit.track() else { return Ok(()) };
        let place = edit.position(self.edited(state, &edit)) + steps * track.step;
        let value = edit.value_at(place.max(track.low).min(track.high));
        self.set_edit(state, name, &shortest(value))
    }

    /// Every edit of a state: name and value.
    pub fn edits<'a>(&self, state: &'a State) -> impl Iterator<Item = (String, &'a str)> {
        let edits = state.settings.edits.list().iter().filter(|_| crate::WORKSHOP);
        edits.map(|edit| (edit_name(edit.experiment, &edit.key), edit.value.as_str()))
    }

    fn unknown_edit(&self, name: &str) -> Error {
        let known = name.split_once(BETWEEN).and_then(|(experiment, key)| {
            let spec = self.registry.get(ExperimentId::new(experiment).ok()?).ok()?;
            spec.check_adjustable(key).err()
        });
        known.unwrap_or_else(|| self.unknown(name))
    }
}

/// A number, with or without the unit of its row behind it.
fn number(text: &str, unit: &str) -> Option<f64> {
    let text = text.trim();
    let bare = text
        .strip_suffix(unit)
        .or_else(|| text.strip_suffix(&words::unit_of_input(unit)))
        .unwrap_or(text);
    decimal::parse(&bare.trim().replace('−', "-").replace(',', "."))
}
