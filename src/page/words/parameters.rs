//! What is said about parameters: their names, their values, and what is wrong with what was typed.

use super::error;
use crate::language::translated;
use crate::page::problems::{Bound, Clamped, Problem, Problems};

/// Name of an end of the masses in view.
pub const PLANE_MASS: &str = "mass in view";
/// Name of an end of the couplings in view.
pub const PLANE_COUPLING: &str = "coupling in view";
/// Mass of N.
pub const MASS: &str = "mass of N";
/// Coupling.
pub const COUPLING: &str = "coupling d";
/// Parameter of the Lindhard model.
pub const LINDHARD_K: &str = "parameter k of the Lindhard model";
/// Flux.
pub const FLUX: &str = "flux as a multiple of the nominal one";
/// Confidence level.
pub const LEVEL: &str = "confidence level";

/// Name of a choice or a flag for people; the key itself for one that is not known.
#[must_use]
pub fn choice_label(key: &str) -> &str {
    match key {
        "experiment" => say!("experiment"),
        "flavor" => say!("flavour of ν"),
        "coupling-unit" => say!("unit of the coupling"),
        "quenching" => say!("germanium quenching"),
        "reactor-flux" => say!("reactor spectrum"),
        "nuclei-only" => say!("nuclear recoils only"),
        "printed-sign" => say!("sign as printed in the paper"),
        "view" => say!("spectrum"),
        "parts" => say!("the dipole alone, too"),
        "axis" => say!("vertical axis"),
        "held" => say!("hold this axis"),
        "ratio" => say!("ratio to the first pin"),
        "dof" => say!("degrees of freedom"),
        "theme" => say!("colours"),
        other => other,
    }
}

/// Name of an option for people; the option itself where that is its name.
#[must_use]
pub fn option_label<'a>(key: &str, option: &'a str) -> &'a str {
    match (key, option) {
        ("flavor", "mu") => "μ",
        ("flavor", "tau") => "τ",
        ("coupling-unit", "GeV^-1") => "GeV⁻¹",
        ("coupling-unit", "MeV^-1") => "MeV⁻¹",
        ("coupling-unit", "mu_B") => "μB",
        ("quenching", "lindhard") => "Lindhard",
        ("view", "recoil") => say!("Recoil"),
        ("view", "data") => say!("Data"),
        ("theme", "auto") => say!("as the system"),
        _ => option,
    }
}

/// `2 MeV`, or the number alone where there is no unit.
#[must_use]
pub fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        number.to_owned()
    } else {
        format!("{number} {unit}")
    }
}

/// `90 %`.
#[must_use]
pub fn percent(number: &str) -> String {
    format!("{number} %")
}

/// `0.77 times the nominal flux`.
#[must_use]
pub fn times_nominal(number: &str) -> String {
    say!("{} times the nominal flux", number)
}

/// What a box takes: `a number, 0.01 to 100 MeV`.
#[must_use]
pub fn allowed_number(low: &str, high: &str, unit: &str) -> String {
    with_unit(&say!("a number, {} to {}", low, high), unit)
}

/// What a box takes behind its number: `a number in MeV, eV, keV, GeV`.
#[must_use]
pub fn allowed_units(units: &[&str]) -> String {
    let known: Vec<_> = units.iter().copied().filter(|unit| !unit.is_empty()).collect();
    if known.len() < units.len() {
        say!("a number alone or in {}", known.join(", "))
    } else {
        say!("a number in {}", known.join(", "))
    }
}

/// What the list of curves takes.
pub const ALLOWED_CURVES: &str = word!("names of published curves and of experiments");
/// What a range takes.
pub const ALLOWED_RANGE: &str = word!("two rising numbers, with a comma between");
/// What a flag takes.
pub const ALLOWED_FLAGS: &str = "0, 1";
/// What a flux takes while the experiment has no source that is known.
pub const KNOWN_SOURCE: &str = word!("an experiment whose source is known");

/// Text as it came, in quotes; cut where it is long.
#[must_use]
pub fn quoted(text: &str) -> String {
    if text.is_empty() {
        say!("nothing").to_owned()
    } else {
        crate::error::quoted(text)
    }
}

/// What was made of a value out of range: `mass: 200 is too large, 100 MeV is taken`.
#[must_use]
pub fn clamped(key: &str, clamped: &Clamped) -> String {
    let Clamped { got, taken, unit, .. } = clamped;
    let taken = with_unit(taken, unit);
    match clamped.bound {
        Bound::Low => say!("{}: {} is too small, {} is taken", translated(key), got, taken),
        Bound::High => say!("{}: {} is too large, {} is taken", translated(key), got, taken),
    }
}

/// What was wrong with the address: a handful of sentences, and how many more there would be.
#[must_use]
pub fn problems(problems: &Problems) -> Vec<String> {
    let mut sentences: Vec<_> = problems.shown().map(|(key, problem)| sentence(key, problem)).collect();
    match problems.left_out() {
        0 => {}
        1 => sentences.push(say!("and 1 more problem").to_owned()),
        more => sentences.push(say!("and {} more problems", more.to_string())),
    }
    sentences
}

/// What is said of an address that a later program has written.
fn newer(version: usize) -> String {
    say!(
        "This address was made by a later version of this page ({}): what is understood of it is shown. Reloading the page may bring that version.",
        version.to_string()
    )
}

fn sentence(key: &str, problem: &Problem) -> String {
    match problem {
        Problem::Wrong(wrong) => error(wrong),
        Problem::Clamped(taken) => clamped(key, taken),
        Problem::Newer { version } => newer(*version),
    }
}
