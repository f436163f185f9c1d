//! Every control: what is typed in boxes, and what each shows.

use super::parameters::{BoxState, Parameters};
use super::state::{State, View};
use super::view::{ChoiceControl, ChoiceOption, Controls, NumberControl};
use super::words;
use crate::analysis::Analysis;
use crate::choice::Choice;
use crate::experiment::{Detector, Registry};
use crate::physics::detector::Quenching;
use std::collections::BTreeMap;

/// Texts of the boxes that differ from the values that count: being typed, or wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Forms {
    boxes: BTreeMap<String, BoxState>,
}
