//! Words of what is kept to compare with.

use super::verdict::{limit, outcome};
use super::{dipole_of, error, option_label, times, with_unit};
use crate::Error;
use crate::analysis::verdict::PointResult;
use crate::analysis::{Edit, Weights};
use crate::chart::scientific;
use crate::experiment::{Detector, Registry};
use crate::language::translated;
use crate::page::parameters::Parameters;
use crate::page::pins::{Pin, keys};
use crate::page::state::State;
use crate::physics::detector::Quenching;
use crate::physics::source::SourceKind;
use crate::physics::units::CouplingUnit;

/// A pin that differs in nothing.
fn same() -> String {
    say!("as now").to_owned()
}
/// The button's words where there is no room for another.
#[must_use]
pub fn no_room() -> &'static str {
    say!("No room for more pins")
}
/// The button's words where the point is kept already.
#[must_use]
pub fn pinned() -> &'static str {
    say!("This point is pinned")
}
/// The button's words.
#[must_use]
pub fn pin() -> &'static str {
    say!("Pin this point")
}

/// How many pins an address takes.
#[must_use]
pub fn most_pins(most: usize) -> String {
    say!("at most {} pins", most.to_string())
}

/// One value of a pin, short: `ybe`, `m = 5 MeV`, `× 0.8 flux`.
fn value(parameters: &Parameters, registry: &Registry, state: &State, key: &str) -> String {
    let text = parameters.text(state, key).unwrap_or_default();
    match key {
        "experiment" => {
            let spec = registry.get(state.experiment);
            spec.map_or(text, |spec| spec.name().to_owned())
        }
        "flavor" => dipole_of(state.benchmark.flavor),
        "mass" => format!("m = {}", parameters.spoken(state, key)),
        "coupling" => format!("d = {}", parameters.spoken(state, key)),
        "lindhard-k" => format!("k = {text}"),
        "printed-sign" if text == "1" => say!("printed sign").to_owned(),
        "printed-sign" => say!("correct sign").to_owned(),
        "cl" => parameters.spoken(state, key),
        "dof" => say!("{} d.o.f.", text),
        "flux" => say!("flux × {}", text),
        "nuclei-only" | "reactor-flux" | "weights" if crate::WORKSHOP => value_of_workshop(state, key, &text),
        "sides" if text == "one" => say!("one side").to_owned(),
        "sides" => say!("two sides").to_owned(),
        _ => option_label(key, &text).to_owned(),
    }
}

/// One value of what only the workshop can do.
fn value_of_workshop(state: &State, key: &str, text: &str) -> String {
    match (key, text) {
        ("reactor-flux", _) => translated(state.settings.fluxes.reactor_model().label()).to_owned(),
        ("nuclei-only", "1") => say!("nuclei only").to_owned(),
        ("nuclei-only", _) => say!("with electrons").to_owned(),
        (_, "") => say!("one flavour").to_owned(),
        _ => say!("weights {}", text),
    }
}

/// What the input of an edit is called.
fn label(registry: &Registry, edit: &Edit) -> String {
    let spec = registry.get(edit.experiment).ok();
    let rows = spec.map(|spec| spec.inputs().rows());
    let row = rows.and_then(|rows| rows.iter().find(|row| row.key == edit.key));
    row.map_or(&edit.key, |row| &row.label).clone()
}

/// A changed input with its value: `Exposure, reactor on: 964`.
fn edited(registry: &Registry, edit: &Edit) -> String {
    format!("{}: {}", translated(&label(registry, edit)), edit.value)
}

/// Keys that matter to a pin: quenching where there is some, `k` where it is Lindhard's, the model of a reactor's spectrum with a reactor.
fn relevant<'a>(parameters: &Parameters, pin: &'a Pin) -> impl Iterator<Item = &'static str> + use<'a> {
    let is_quenched = parameters.is_quenched(pin.experiment);
    let source = parameters.source(pin.experiment);
    let is_lindhard = parameters.detector(pin.experiment) == Some(Detector::IonisationExcess);
    keys().filter(move |key| match *key {
        "quenching" => is_quenched,
        "lindhard-k" if is_quenched => pin.settings.detector.quenching == Quenching::Lindhard,
        "lindhard-k" => is_lindhard,
        "reactor-flux" => source == Some(SourceKind::Reactor),
        // Weights say which flavours there are.
        "flavor" => pin.settings.weights == Weights::default(),
        key => !key.starts_with("flux-"),
    })
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
    let differing = relevant(parameters, pin).filter(|key| count(key));
    let differing = differing.filter(|key| parameters.text(&kept, key) != parameters.text(now, key));
    // What has no words, as which experiments are added, is no difference.
    let differing = differing.map(|key| value(parameters, registry, &kept, key));
    let mut texts: Vec<String> = differing.filter(|text| !text.is_empty()).collect();
    if crate::WORKSHOP && count("edits") {
        let own = |state: &State| state.settings.edits.of(pin.experiment);
        let (theirs, ours) = (own(&kept), own(now));
        let changed = theirs
            .list()
            .iter()
            .filter(|edit| ours.value(edit.experiment, &edit.key) != Some(&edit.value));
        texts.extend(changed.map(|edit| edited(registry, edit)));
        let lacking = ours
            .list()
            .iter()
            .filter(|edit| theirs.value(edit.experiment, &edit.key).is_none());
        texts.extend(lacking.map(|edit| say!("{} of the table", label(registry, edit))));
    }
    if texts.is_empty() { same() } else { texts.join(", ") }
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
    let start = parameters.start();
    // What nobody has touched is not said.
    let shown = relevant(parameters, pin).filter(|key| {
        !matches!(
            *key,
            "printed-sign" | "nuclei-only" | "flux" | "reactor-flux" | "cl" | "dof" | "sides" | "weights"
        ) || parameters.text(&kept, key) != parameters.text(&start, key)
    });
    let shown = shown.map(|key| value(parameters, registry, &kept, key));
    let mut texts: Vec<String> = shown.filter(|text| !text.is_empty()).collect();
    let edits = pin.settings.edits.of(pin.experiment);
    if !crate::WORKSHOP {
        return texts.join(", ");
    }
    texts.extend(edits.list().iter().map(|edit| edited(registry, edit)));
    texts.join(", ")
}

/// Columns of the table of pins, after the name.
#[must_use]
pub fn pins_head() -> Vec<String> {
    [
        say!("settings"),
        say!("limit on d at its mass"),
        say!("its limit against that of 1"),
        say!("point against limit"),
        say!("excluded at"),
        say!("dipole events"),
    ]
    .map(str::to_owned)
    .into()
}

/// The cells of a pin, after its settings; its limit is held against that of the first.
#[must_use]
pub fn pin_cells(result: Result<&PointResult, &Error>, first_per_gev: Option<f64>, unit: CouplingUnit) -> Vec<String> {
    let nothing = || "–".to_owned();
    let result = match result {
        Ok(result) => result,
        Err(problem) => return vec![error(problem)],
    };
    let own = result.lowest_excluded_per_gev();
    let ratio = own.zip(first_per_gev).map(|(own, first)| times(own / first));
    vec![
        limit(result.limit, result.ceiling_per_gev, unit),
        ratio.unwrap_or_else(nothing),
        result.coupling_over_limit.map_or_else(nothing, times),
        outcome(result),
        with_unit(&scientific(result.dipole_counts, 3), translated(result.unit)),
    ]
}

/// A pin by its number, of what it is called.
#[must_use]
pub fn pin_number(name: &str) -> String {
    say!("pin {}", name.split(':').next().unwrap_or_default())
}

/// Vertical axis of a spectrum that is divided by that of a pin.
#[must_use]
pub fn ratio_to(pin: &str) -> String {
    say!("ratio to {}", pin)
}
