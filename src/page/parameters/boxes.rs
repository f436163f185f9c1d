//! What a number box takes and shows.

use super::address::set_weights;
use super::reader;
use super::table::{Number, NumberKey};
use super::track::rounded;
use super::unit::Unit;
use super::{Parameters, Target};
use crate::Error;
use crate::chart::power_of_ten;
use crate::error::shortened;
use crate::page::problems::{Bound, Clamped};
use crate::page::state::State;
use crate::page::words;

/// Key of the couplings to the flavours.
pub const WEIGHTS: &str = "weights";

/// Significant digits of a number in a box.
const BOX_DIGITS: usize = 4;

/// A value that has been taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// The value that counts now, in the unit of its row.
    pub value: f64,
    /// What it was before it was moved into the range, if it was.
    pub clamped: Option<Clamped>,
}

/// What a box shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BoxState {
    /// Its text: as typed while it is typed in, else the value that counts.
    pub text: String,
    /// Why the text is wrong, if it is: the value before counts.
    pub problem: Option<Error>,
    /// What was made of a value out of range.
    pub note: Option<Clamped>,
}

impl BoxState {
    /// What the box shows when it is left: the value that counts, without complaint. A remark on a value out of
    /// range stays, because the text changes there.
    pub fn leave(&mut self, parameters: &Parameters, state: &State, key: &str) {
        self.text = parameters.box_text(state, key);
        self.problem = None;
    }
}

impl Parameters {
    /// A box that nobody types in.
    #[must_use]
    pub fn box_state(&self, state: &State, key: &str) -> BoxState {
        BoxState {
            text: self.box_text(state, key),
            ..BoxState::default()
        }
    }

    /// Takes what is typed in a box, and tells what the box shows: the text as typed, and what is wrong with it.
    pub fn type_text(&self, state: &mut State, key: &str, typed: &str) -> BoxState {
        if self.edit(key).is_some() {
            return self.type_edit(state, key, typed);
        }
        if crate::WORKSHOP && key == WEIGHTS {
            return BoxState {
                text: typed.to_owned(),
                problem: set_weights(state, typed).err(),
                note: None,
            };
        }
        let (problem, note) = match self.set_text(state, key, typed) {
            Ok(accepted) => (None, accepted.clamped),
            Err(error) => (Some(error), None),
        };
        BoxState {
            text: typed.to_owned(),
            problem,
            note,
        }
    }

    /// Takes what is typed in a box. A number without a unit is in the unit of the box.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a key that is no number's, and for text that is no number in a unit that is known: the
    /// state then stays as it was.
    pub fn set_text(&self, state: &mut State, key: &str, typed: &str) -> Result<Accepted, Error> {
        let target = self.number_target(state, key)?;
        let accepted = read(target, key, typed, box_unit(target.row(), state))?;
        self.store(state, target, accepted.value)?;
        self.drop_default(state, target);
        Ok(accepted)
    }

    /// Takes what stands in an address. A number without a unit is in the unit of its row.
    pub(super) fn set_address_number(&self, state: &mut State, key: &str, text: &str) -> Result<Accepted, Error> {
        let target = self.number_target(state, key)?;
        let accepted = read(target, key, text, target.row().unit())?;
        self.store(state, target, accepted.value)?;
        Ok(accepted)
    }

    /// Text of a box for the value that counts, in the unit of the box; empty for a key that is no number's.
    #[must_use]
    pub fn box_text(&self, state: &State, key: &str) -> String {
        if let Some(edit) = self.edit(key) {
            return self.edited(state, &edit).to_owned();
        }
        if crate::WORKSHOP && key == WEIGHTS {
            return state.settings.weights.to_string();
        }
        self.in_box(state, key)
            .map_or_else(String::new, |(_, value)| number_text(value))
    }

    /// The value that counts as it is spoken: `1 MeV`, `1.5 × 10⁻⁷ GeV⁻¹`, `90 %`.
    #[must_use]
    pub fn spoken(&self, state: &State, key: &str) -> String {
        let Ok(target) = self.number_target(state, key) else {
            return String::new();
        };
        let Some((unit, value)) = self.in_box(state, key) else {
            return String::new();
        };
        match target.key {
            NumberKey::Level => words::percent(&number_text(100.0 * value)),
            NumberKey::Flux => words::times_nominal(&number_text(value)),
            _ => words::with_unit(&spoken_number(value), unit.symbol),
        }
    }

    /// Unit of a box and the value in it.
    fn in_box(&self, state: &State, key: &str) -> Option<(&'static Unit, f64)> {
        let target = self.number_target(state, key).ok()?;
        let unit = box_unit(target.row(), state);
        Some((unit, unit.of(self.value(state, target)?)))
    }
}

/// Unit of a box: the visitor's, for the coupling.
fn box_unit(row: &'static Number, state: &State) -> &'static Unit {
    let chosen = crate::Choice::name(state.coupling_unit);
    row.units.iter().find(|unit| unit.name == chosen).unwrap_or(row.unit())
}

/// Reads a number and moves it into the range.
fn read(target: Target, key: &str, text: &str, bare: &'static Unit) -> Result<Accepted, Error> {
    let row = target.row();
    let ends = [row.offered.0, row.offered.1].map(|end| number_text(bare.of(end)));
    let no_number = || {
        let allowed = words::allowed_number(&ends[0], &ends[1], bare.symbol);
        Error::input(key, words::quoted(text.trim()), allowed)
    };
    let typed = reader::read(text).ok_or_else(no_number)?;
    let unit = if typed.unit.is_empty() {
        bare
    } else {
        // Signs that belong to a number are no unit: `1 000`, `1.2.3`.
        let known = row.units.iter().find(|unit| unit.is_written(typed.unit));
        known.ok_or_else(|| {
            if typed
                .unit
                .starts_with(|sign: char| sign.is_ascii_digit() || matches!(sign, '.' | ',' | '+' | '-' | '^'))
            {
                return no_number();
            }
            let units: Vec<_> = row.units.iter().map(|unit| unit.symbol).collect();
            Error::input(key, words::quoted(text.trim()), words::allowed_units(&units))
        })?
    };
    let mut value = typed.value(unit.power()) * unit.factor();
    if row.bare_percent && typed.unit.is_empty() && value > 1.0 && value <= 100.0 {
        value = typed.value(-2);
    }
    if value.is_nan() {
        return Err(no_number());
    }
    Ok(moved_into_range(row, value, bare, || shortened(text.trim())))
}

/// The nearest value in range; it is said only if it looks different in the box.
fn moved_into_range(row: &Number, value: f64, unit: &Unit, got: impl FnOnce() -> String) -> Accepted {
    let (low, high) = row.offered;
    let nearest = value.clamp(low, high);
    let taken = number_text(unit.of(nearest));
    let clamped = (nearest != value && number_text(unit.of(value)) != taken).then(|| Clamped {
        got: got(),
        taken,
        unit: unit.symbol,
        bound: if value < low { Bound::Low } else { Bound::High },
    });
    Accepted {
        value: nearest,
        clamped,
    }
}

impl Parameters {
    /// Sets a number from a hand on a slider or a chart: with the precision of a hand, in the unit of its row.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a key that is no number's, and for NaN.
    pub fn set_number(&self, state: &mut State, key: &str, value: f64) -> Result<Accepted, Error> {
        let target = self.number_target(state, key)?;
        let row = target.row();
        let unit = box_unit(row, state);
        if value.is_nan() {
            let [low, high] = [row.offered.0, row.offered.1].map(|end| number_text(unit.of(end)));
            return Err(Error::input(
                key,
                value,
                words::allowed_number(&low, &high, unit.symbol),
            ));
        }
        let accepted = moved_into_range(row, row.by_hand(value), unit, || number_text(unit.of(value)));
        self.store(state, target, accepted.value)?;
        self.drop_default(state, target);
        Ok(accepted)
    }
}

/// A number as it stands in a box: four digits, without the noise of a unit's conversion and without trailing zeros.
fn number_text(value: f64) -> String {
    let rounded = rounded(value, BOX_DIGITS);
    if rounded == 0.0 || (1e-3..1e4).contains(&rounded.abs()) {
        rounded.to_string()
    } else {
        format!("{rounded:e}")
    }
}

/// The same with a power of ten in place of an `e`.
fn spoken_number(value: f64) -> String {
    let text = number_text(value);
    match text.split_once('e') {
        Some((digits, exponent)) => exponent.parse().map_or(text.clone(), |exponent| {
            format!("{digits} × {}", power_of_ten(exponent))
        }),
        None => text,
    }
}
