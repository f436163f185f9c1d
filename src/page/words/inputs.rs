//! Words of inputs that are changed.

use super::{times, with_unit};
use crate::analysis::verdict::PointResult;
use crate::chart::{decimal, scientific, superscript};
use crate::language::translated;
use crate::page::state::State;
use crate::physics::units::METRES_PER_AU;
use crate::statistics::{Dof, fluctuation};

/// A unit of a table with raised exponents: `cm⁻² s⁻¹` for `cm^-2 s^-1`.
#[must_use]
pub fn unit_of_input(unit: &str) -> String {
    let mut parts = unit.split('^');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find(' ').unwrap_or(part.len());
        let (exponent, rest) = part.split_at(end);
        match exponent.parse() {
            Ok(exponent) => text.push_str(&superscript(exponent)),
            Err(_) => text.push_str(&format!("^{exponent}")),
        }
        text.push_str(rest);
    }
    text
}

/// A value of an input with its unit, for people.
#[must_use]
pub fn value_of_input(value: &str, unit: &str) -> String {
    with_unit(option_of_input(value), &unit_of_input(unit))
}

/// What a box takes.
#[must_use]
pub fn a_number(unit: &str) -> String {
    if unit.is_empty() {
        say!("a number").to_owned()
    } else {
        say!("a number in {}", unit_of_input(unit))
    }
}

/// What is changed of an experiment, and what that means.
#[must_use]
pub fn edited_inputs(count: usize, expected: bool, name: &str) -> String {
    let changed = match count {
        0 => return say!("Every input is as in its source.").to_owned(),
        1 => say!("1 input is changed.").to_owned(),
        _ => say!("{} inputs are changed.", count.to_string()),
    };
    let data = if expected {
        say!(
            "{} would have observed something else: what is expected takes the place of its data, and its curve is dashed.",
            name
        )
    } else {
        say!("Its data are compared with another expectation.").to_owned()
    };
    format!("{changed} {data}")
}

/// What the table has of a changed input.
#[must_use]
pub fn in_the_table(value: &str, unit: &str) -> String {
    say!("changed; in its source {}", value_of_input(value, unit))
}

/// What an option of an input is called; a number is itself.
#[must_use]
pub fn option_of_input(option: &str) -> &str {
    const OPTIONS: [(&str, &str); 9] = [
        ("on", word!("on")),
        ("off", word!("off")),
        ("steps", word!("bound, in steps")),
        ("free", word!("free")),
        ("none", word!("none")),
        ("polynomial", word!("polynomial")),
        ("constant", word!("constant")),
        ("nufit", "NuFIT"),
        ("maximal", word!("maximal mixing")),
    ];
    let known = OPTIONS.iter().find(|(name, _)| *name == option);
    known.map_or(option, |(_, text)| translated(text))
}

/// The name of an experiment whose data no longer belong to it.
#[must_use]
pub fn expected_of(name: &str) -> String {
    say!("{} (expected)", name)
}

/// What is expected of an experiment at the point's mass, and how its limit compares: by how many standard deviations its data have fluctuated, below zero where the
/// limit is stronger than expected. These are for one degree of freedom.
#[must_use]
pub fn expected_cells(result: &PointResult, expected_per_gev: Option<f64>, state: &State) -> [String; 2] {
    let nothing = || "–".to_owned();
    let Some(expected_per_gev) = expected_per_gev else {
        return [nothing(), nothing()];
    };
    let unit = state.coupling_unit;
    let median = format!("{} {}", scientific(expected_per_gev / unit.per_gev(), 3), unit.symbol());
    let compared = result.limit.and_then(|limit| limit.value()).map(|own_per_gev| {
        let ratio = own_per_gev / expected_per_gev;
        if state.confidence.dof == Dof::Two {
            return times(ratio);
        }
        let sigmas = fluctuation(ratio * ratio, state.confidence.delta_chi2());
        let text = decimal(sigmas.abs(), 1);
        let sign = match (text.as_str(), sigmas < 0.0) {
            ("0.0", _) => "",
            (_, true) => "−",
            (_, false) => "+",
        };
        format!("{} ({sign}{text} σ)", times(ratio))
    });
    [median, compared.unwrap_or_else(nothing)]
}

/// What stands in place of data.
#[must_use]
pub fn in_place_of_data() -> &'static str {
    say!("expected, no data")
}

/// A line of the plane along which N flies so far before it decays.
#[must_use]
pub fn decay_length(length_m: f64) -> String {
    let length = if length_m < 1e6 {
        format!("{length_m} m")
    } else {
        format!("{} au", decimal(length_m / METRES_PER_AU, 0))
    };
    say!("N decays after {}", length)
}

#[cfg(test)]
mod tests {
    use super::unit_of_input;

    #[test]
    fn exponents_of_units_are_raised() {
        for (unit, text) in [
            ("cm^-2 s^-1", "cm⁻² s⁻¹"),
            ("MeV^-3", "MeV⁻³"),
            ("m^2", "m²"),
            ("", ""),
            ("t yr", "t yr"),
            ("a^b c^-1", "a^b c⁻¹"),
        ] {
            assert_eq!(unit_of_input(unit), text);
        }
    }
}
