//! Numbers beside the chart.

use super::{Bench, Computed};
use crate::analysis::{Fit, Nuisances, Statistic};
use crate::chart::{decimal, scientific};
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
    pub label: &'static str,
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
        facts.push(fact("delta_chi2", "difference", decimal(fit.chi2 - sm_fit.chi2, 2)));
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
    let Some(Fit { nuisances, .. }) = &computed.fit else {
        return Vec::new();
    };
    let free = |label, text| NuisanceFact {
        label,
        text,
        pull: None,
    };
    match (nuisances, bench.analysis.statistic()) {
        (Nuisances::Ionisation(fit), Statistic::Ionisation(likelihood)) => {
            let [m_ratio, signal] = likelihood.pulls(fit);
            vec![
                free("constant A", format!("{} /day", scientific(fit.constant, 3))),
                free("exponential B", format!("{} /day", scientific(fit.exponential, 3))),
                free("its slope C", format!("{} /keV", scientific(fit.slope_per_kev, 3))),
                free("L₁ line, height h", format!("{} /day", scientific(fit.line_height, 3))),
                free("L₁ line, width w", format!("{} keV", scientific(fit.line_width_kev, 3))),
                free(
                    "L₁ line, energy c",
                    format!("{} keV", scientific(fit.line_energy_kev, 4)),
                ),
                NuisanceFact {
                    label: "M/L ratio r",
                    text: decimal(fit.m_ratio, 3),
                    pull: Some(m_ratio),
                },
                NuisanceFact {
                    label: "signal shift a",
                    text: percent(fit.signal_shift),
                    pull: Some(signal),
                },
            ]
        }
        (Nuisances::Counting(fit), Statistic::Counting(likelihood)) => {
            let labels = [
                "signal",
                "beam-related neutrons",
                "neutrino-induced neutrons",
                "steady-state background",
            ];
            labels
                .into_iter()
                .zip(fit)
                .zip(likelihood.sigmas())
                .map(|((label, eta), sigma)| NuisanceFact {
                    label,
                    text: percent(*eta),
                    pull: Some(eta / sigma),
                })
                .collect()
        }
        _ => Vec::new(),
    }
}

fn percent(value: f64) -> String {
    format!("{}{} %", if value > 0.0 { "+" } else { "" }, decimal(100.0 * value, 1))
}
