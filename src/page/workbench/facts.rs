//! Numbers beside the chart.

use super::{Bench, Computed};
use crate::chart::{decimal, scientific};
use crate::statistics::Parameter;
use serde::Serialize;

/// A number with its name; the command line prints the same one under the same key.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fact {
    /// Key in the output of `dipole-portal events`, with dots for objects inside objects.
    pub key: &'static str,
    /// Name for people.
    pub label: String,
    /// Value and unit as text.
    pub text: String,
}

/// A nuisance parameter after the fit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NuisanceFact {
    /// Name for people.
    pub label: String,
    /// Fitted value and unit.
    pub text: String,
    /// Distance from its prior in units of the prior's width, for those that have one.
    pub pull: Option<f64>,
}

pub(super) fn facts(bench: &Bench, computed: &Computed) -> Vec<Fact> {
    let fact = |key, label: &str, text: String| Fact {
        key,
        label: label.to_owned(),
        text,
    };
    let unit = bench.analysis.prediction().unit();
    let count = |value: f64| format!("{} {unit}", scientific(value, 4));
    let sm = bench.analysis.standard_model();
    let mut dipole = computed.dipole.clone();
    dipole.scale(computed.strength);
    let mut facts = Vec::new();
    if let (Some(fit), Some(sm_fit)) = (&computed.fit, &computed.sm_fit) {
        let bins = bench.analysis.prediction().binning().bins();
        facts.push(fact(
            "chi2_sm",
            "χ² of the SM",
            format!("{} in {bins} bins", decimal(sm_fit.chi2, 2)),
        ));
        facts.push(fact(
            "chi2",
            "χ² with the dipole",
            format!("{} in {bins} bins", decimal(fit.chi2, 2)),
        ));
        facts.push(fact(
            "chi2_minus_chi2_sm",
            "difference",
            decimal(fit.chi2 - sm_fit.chi2, 2),
        ));
    }
    facts.push(fact(
        "totals.cevns",
        "SM nuclear recoils",
        count(sm.nucleus.iter().sum()),
    ));
    facts.push(fact(
        "totals.electron",
        "SM electron recoils",
        count(sm.electron.iter().sum()),
    ));
    facts.push(fact(
        "totals.dipole_nucleus",
        "dipole on nuclei",
        count(dipole.nucleus.iter().sum()),
    ));
    facts.push(fact(
        "totals.dipole_electron",
        "dipole on electrons",
        count(dipole.electron.iter().sum()),
    ));
    if let Some((ratio, allowed)) = bench.analysis.ratio_to_bound(&computed.dipole, computed.strength) {
        facts.push(fact("ratio", "all / nominal SM", scientific(ratio, 4)));
        facts.push(fact("largest_ratio", "allowed at 90 %", scientific(allowed, 4)));
        let verdict = if ratio > allowed {
            "excluded at 90 %"
        } else {
            "allowed at 90 %"
        };
        facts.push(fact("excluded", "this point", verdict.to_owned()));
    }
    facts
}

pub(super) fn nuisances(bench: &Bench, computed: &Computed) -> Vec<NuisanceFact> {
    let (Some(fit), Some(likelihood)) = (&computed.fit, bench.analysis.statistic().likelihood()) else {
        return Vec::new();
    };
    let facts = likelihood.parameters().iter().zip(&fit.nuisances);
    facts
        .map(|(parameter, value)| NuisanceFact {
            label: parameter.label.clone(),
            text: nuisance_text(parameter, *value),
            pull: parameter.pull(*value),
        })
        .collect()
}

/// Shifts in per cent, other pure numbers as they are, what has a unit with it: one digit more where the range is narrow.
fn nuisance_text(parameter: &Parameter, value: f64) -> String {
    let is_shift = parameter.unit.is_empty() && parameter.prior.is_some_and(|prior| prior.centre == 0.0);
    if is_shift {
        return percent(value);
    }
    if parameter.unit.is_empty() {
        return decimal(value, 3);
    }
    let digits = if parameter.range.1.is_finite() { 4 } else { 3 };
    format!("{} {}", scientific(value, digits), parameter.unit)
}

fn percent(value: f64) -> String {
    format!("{}{} %", if value > 0.0 { "+" } else { "" }, decimal(100.0 * value, 1))
}
