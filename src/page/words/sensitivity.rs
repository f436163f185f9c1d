//! Words of what matters most.

use super::value_of_input;
use crate::ErrorKind;
use crate::analysis::sensitivity::{Change, Row};
use crate::chart::{decimal, scientific};
use crate::language::translated;
use crate::physics::units::CouplingUnit;
use crate::statistics::Limit;

/// Columns of the table.
#[must_use]
pub fn sensitivity_head() -> Vec<String> {
    [
        say!("input"),
        say!("varied to"),
        say!("limit on d there"),
        say!("change of the limit"),
    ]
    .map(str::to_owned)
    .into()
}

/// What the table is about.
#[must_use]
pub fn sensitivity(complete: bool) -> String {
    if complete {
        say!(
            "How the limit of the chosen experiment at this mass changes when one input is varied: by one standard deviation where the analysis has one (1 σ), else by a \
             stated step. The fit lets some of them float already, so that rows do not add up to an uncertainty of the limit. Where other data would have been observed, \
             expected limits are compared with each other, and the row says so."
        )
        .to_owned()
    } else {
        say!("The workers compute …").to_owned()
    }
}

/// Name of a row.
#[must_use]
pub fn sensitive_label(row: &Row) -> String {
    let label = translated(&row.label);
    if row.expected {
        say!("{} (expected)", label)
    } else {
        label.to_owned()
    }
}

/// What an input is varied to.
#[must_use]
pub fn varied(row: &Row, change: &Change) -> String {
    let value = value_of_input(&change.value, &row.unit);
    if row.is_deviation {
        say!("{} (1 σ)", value)
    } else {
        value
    }
}

/// The limit after a change, and the change.
#[must_use]
pub fn effect(change: &Change, unit: CouplingUnit) -> String {
    match (&change.limit_per_gev, change.relative) {
        (Ok(Limit::At(limit_per_gev)), relative) => {
            let limit = format!("{} {}", scientific(limit_per_gev / unit.per_gev(), 3), unit.symbol());
            match relative {
                Some(relative) => format!("{limit} ({})", percent_change(relative)),
                None => limit,
            }
        }
        (Ok(Limit::NoSensitivity), _) => say!("none").to_owned(),
        (Ok(Limit::EverythingExcluded), _) => say!("everything excluded").to_owned(),
        // The reason names keys of tables: what is read out is that there is none.
        (Err(error), _) => match error.kind() {
            ErrorKind::Unavailable { .. } => say!("no expectation for a published bound").to_owned(),
            _ => say!("outside what is allowed").to_owned(),
        },
    }
}

fn percent_change(relative: f64) -> String {
    let text = decimal(100.0 * relative.abs(), 1);
    let sign = match (text.as_str(), relative < 0.0) {
        ("0.0", _) => "",
        (_, true) => "−",
        (_, false) => "+",
    };
    format!("{sign}{text} %")
}
