//! Points that a visitor keeps to compare with, each with the settings it was computed with.

mod address;
mod board;

pub(super) use address::{escaped, keys, unescaped};
pub(super) use board::{Board, Pinned, PinnedSpectrum};

use super::state::State;
use crate::analysis::{Benchmark, Settings};
use crate::experiment::ExperimentId;
use crate::statistics::Confidence;
use serde::{Deserialize, Serialize};

/// Most points that are kept: a table and a legend are read, and an address has to fit into a message.
pub const MOST_PINS: usize = 12;
/// Most signs of a name.
pub const MOST_SIGNS: usize = 40;

/// A point that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pin {
    /// What the visitor calls it; empty for one that is called after what differs from the present settings.
    pub name: String,
    /// The experiment that was chosen.
    pub experiment: ExperimentId,
    /// The point.
    pub benchmark: Benchmark,
    /// Settings of the analyses.
    pub settings: Settings,
    /// Level and degrees of freedom of the limit.
    pub confidence: Confidence,
}

impl Pin {
    /// The point of a state with its settings, without a name.
    #[must_use]
    pub fn of(state: &State) -> Self {
        Self {
            name: String::new(),
            experiment: state.experiment,
            benchmark: state.benchmark,
            settings: state.settings.clone(),
            confidence: state.confidence,
        }
    }

    /// Puts point and settings into a state; view, plane, colours and pins stay as they are.
    pub fn restore(&self, state: &mut State) {
        state.experiment = self.experiment;
        state.benchmark = self.benchmark;
        state.settings = self.settings.clone();
        state.confidence = self.confidence;
    }

    /// The state of a page that shows nothing else.
    #[must_use]
    pub fn state(&self) -> State {
        let mut state = State::default();
        self.restore(&mut state);
        state
    }

    /// Whether it is about the same as another, whatever both are called.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        (self.experiment, self.benchmark, self.confidence) == (other.experiment, other.benchmark, other.confidence)
            && self.settings == other.settings
    }
}

/// What a visitor does with pins; the places are those of the list, and one there is not changes nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum PinAction {
    /// The point is kept, with its settings. One that is kept already stays where it is; where there are [`MOST_PINS`], nothing happens.
    Keep,
    /// A pin is given up.
    Remove(usize),
    /// A pin becomes the first, with which others are compared.
    First(usize),
    /// A pin gets a name, as typed; an empty one is that of what differs.
    Name(usize, String),
    /// Point and settings are those of a pin.
    Show(usize),
}

/// A name as it is kept: one line without spaces at its ends, not too long.
#[must_use]
pub fn named(text: &str) -> String {
    let line: String = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .collect();
    let short: String = line.trim().chars().take(MOST_SIGNS).collect();
    short.trim_end().to_owned()
}

impl State {
    /// Lets something happen to the pins.
    pub(super) fn apply_to_pins(&mut self, action: PinAction) {
        match action {
            PinAction::Keep => {
                let pin = Pin::of(self);
                if self.pins.len() < MOST_PINS && !self.pins.iter().any(|known| known.is_same(&pin)) {
                    self.pins.push(pin);
                }
            }
            PinAction::Remove(index) if index < self.pins.len() => {
                self.pins.remove(index);
            }
            PinAction::Remove(_) => {}
            PinAction::First(index) => {
                if let Some(pins) = self.pins.get_mut(..=index) {
                    pins.rotate_right(1);
                }
            }
            PinAction::Name(index, name) => {
                if let Some(pin) = self.pins.get_mut(index) {
                    pin.name = named(&name);
                }
            }
            PinAction::Show(index) => {
                if let Some(pin) = self.pins.get(index).cloned() {
                    pin.restore(self);
                }
            }
        }
    }
}
