//! Words of what is kept to compare with.

use super::verdict::{limit, outcome};
use super::{dipole_of, error, option_label, times, with_unit};
use crate::Error;
use crate::analysis::verdict::PointResult;
use crate::chart::scientific;
use crate::choice::Choice;
use crate::experiment::Registry;
use crate::page::parameters::Parameters;
use crate::page::pins::{Pin, keys};
use crate::page::state::State;
use crate::physics::units::CouplingUnit;

/// A pin that differs in nothing.
const SAME: &str = "as now";
/// The button's words where there is no room for another.
pub const FULL: &str = "No room for more pins";
/// The button's words where the point is kept already.
pub const PINNED: &str = "This point is pinned";
/// The button's words.
pub const PIN: &str = "Pin this point";

/// How many pins an address takes.
#[must_use]
pub fn most_pins(most: usize) -> String {
    format!("at most {most} pins")
}

/// One value of a pin, short: `ybe`, `m = 5 MeV`, `× 0.8 flux`.
fn value(parameters: &Parameters, registry: &Registry, state: &State, key: &str) -> String {
    let text = parameters.text(state, key).unwrap_or_default();
    match key {
        "experiment" => {
            let spec = registry.specs().find(|spec| spec.id() == state.experiment);
            spec.map_or(text, |spec| spec.name().to_owned())
        }
        "flavor" => dipole_of(state.benchmark.flavor),
        "mass" => format!("m = {}", parameters.spoken(state, key)),
        "coupling" => format!("d = {}", parameters.spoken(state, key)),
        "lindhard-k" => format!("k = {text}"),
        "printed-sign" if text == "1" => "printed sign".to_owned(),
        "printed-sign" => "correct sign".to_owned(),
        "cl" => parameters.spoken(state, key),
        "dof" => format!("{text} d.o.f."),
        "flux" => format!("flux × {text}"),
        _ => option_label(key, &text).to_owned(),
    }
}

/// What of a pin differs from the present settings, for those of the keys that `count`.
fn differences(
    (parameters, registry): (&Parameters, &Registry),
    pin: &Pin,
    now: &State,
    count: impl Fn(&str) -> bool,
) -> String {
    let kept = State {
        coupling_unit: now.coupling_unit,
        ..pin.state()
    };
    let quenched = |key: &str| !matches!(key, "quenching" | "lindhard-k") || parameters.is_quenched(pin.experiment);
    let differing = keys().filter(|key| {
        let is_own = !key.starts_with("flux-") && quenched(key) && count(key);
        is_own && parameters.text(&kept, key) != parameters.text(now, key)
    });
    // Where the experiment is another one, its flux and quenching are no difference that was made.
    let texts: Vec<String> = differing.map(|key| value(parameters, registry, &kept, key)).collect();
    if texts.is_empty() {
        SAME.to_owned()
    } else {
        texts.join(", ")
    }
}

/// What a pin is called: its number, and its name or what differs. `limits` are called after what makes a difference to them: the
/// point does not.
#[must_use]
pub fn pin_name(of: (&Parameters, &Registry), number: usize, pin: &Pin, now: &State, limits: bool) -> String {
    let name = if pin.name.is_empty() {
        differences(of, pin, now, |key| !limits || !matches!(key, "mass" | "coupling"))
    } else {
        pin.name.clone()
    };
    format!("{number}: {name}")
}

/// Everything about a pin.
#[must_use]
pub fn about_pin((parameters, registry): (&Parameters, &Registry), pin: &Pin, unit: CouplingUnit) -> String {
    let kept = State {
        coupling_unit: unit,
        ..pin.state()
    };
    let (quenched, start) = (parameters.is_quenched(pin.experiment), State::default());
    let shown = keys().filter(|key| match *key {
        "quenching" => quenched,
        "lindhard-k" => quenched && pin.settings.detector.quenching.name() == "lindhard",
        // What nobody has touched is not said.
        "printed-sign" | "flux" | "cl" | "dof" => parameters.text(&kept, key) != parameters.text(&start, key),
        key => !key.starts_with("flux-"),
    });
    let texts: Vec<String> = shown.map(|key| value(parameters, registry, &kept, key)).collect();
    texts.join(", ")
}

/// Columns of the table of pins, after the name.
#[must_use]
pub fn pins_head() -> Vec<String> {
    [
        "settings",
        "limit on d at its mass",
        "its limit against that of 1",
        "point against limit",
        "excluded at",
        "dipole events",
    ]
    .map(str::to_owned)
    .into()
}

/// The limit of a pin in GeV^-1, where something is excluded at all.
#[must_use]
pub fn limit_of(result: &PointResult) -> Option<f64> {
    let limit = result.limit?.value()?;
    result
        .ceiling_per_gev
        .is_none_or(|ceiling| ceiling > limit)
        .then_some(limit)
}

/// The cells of a pin, after its settings; its limit is held against that of the first.
#[must_use]
pub fn pin_cells(result: Result<&PointResult, &Error>, first_per_gev: Option<f64>, unit: CouplingUnit) -> Vec<String> {
    let nothing = || "–".to_owned();
    let result = match result {
        Ok(result) => result,
        Err(problem) => return vec![error(problem)],
    };
    let own = limit_of(result);
    let ratio = own.zip(first_per_gev).map(|(own, first)| times(own / first));
    vec![
        limit(result.limit, result.ceiling_per_gev, unit),
        ratio.unwrap_or_else(nothing),
        result.coupling_over_limit.map_or_else(nothing, times),
        outcome(result),
        with_unit(&scientific(result.dipole_counts, 3), result.unit),
    ]
}

/// A pin by its number, of what it is called.
#[must_use]
pub fn pin_number(name: &str) -> String {
    format!("pin {}", name.split(':').next().unwrap_or_default())
}

/// Vertical axis of a spectrum that is divided by that of a pin.
#[must_use]
pub fn ratio_to(pin: &str) -> String {
    format!("ratio to {pin}")
}
