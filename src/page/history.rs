//! What can be undone.

use super::action::Action;
use super::pins::PinAction;
use super::state::State;

/// Steps that can be undone.
const DEPTH: usize = 100;

/// States of before, and those that were undone.
#[derive(Debug, Default)]
pub(super) struct History {
    past: Vec<State>,
    future: Vec<State>,
    /// What is being moved: as long as it is the same it is one step.
    moving: Option<String>,
}

impl History {
    /// A history of these states.
    pub(super) fn of(past: Vec<State>) -> Self {
        Self {
            past,
            ..Self::default()
        }
    }

    /// The states that can be undone, the latest last.
    pub(super) fn past(&self) -> &[State] {
        &self.past
    }

    /// Takes the state that an action has changed.
    pub(super) fn changed(&mut self, before: State, moving: Option<String>) {
        if moving.is_none() || moving != self.moving {
            self.past.push(before);
            if self.past.len() > DEPTH {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.moving = moving;
    }

    /// What was being moved rests: the next movement is another step.
    pub(super) fn rest(&mut self) {
        self.moving = None;
    }

    /// Puts the state of a step before in place of `state`.
    pub(super) fn undo(&mut self, state: &mut State) {
        self.rest();
        if let Some(before) = self.past.pop() {
            self.future.push(std::mem::replace(state, before));
        }
    }

    /// Puts the state that was undone last in place of `state`.
    pub(super) fn redo(&mut self, state: &mut State) {
        self.rest();
        if let Some(after) = self.future.pop() {
            self.past.push(std::mem::replace(state, after));
        }
    }

    /// Whether there is something to undo, and to redo.
    pub(super) fn possible(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

/// What an action moves, if it is part of a movement: a thumb on its track, a text key by key, the point.
pub(super) fn movement(action: &Action) -> Option<String> {
    match action {
        Action::Slide { key, .. } | Action::Type { key, .. } | Action::Step { key, .. } => Some(key.clone()),
        Action::Pins(PinAction::Name(index, _)) => Some(format!("pin {index}")),
        Action::MovePoint { .. } => Some("point".to_owned()),
        Action::ShowPlane { moving: true, .. } => Some("plane".to_owned()),
        _ => None,
    }
}
