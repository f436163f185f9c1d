//! Numbers beside the spectrum.

use super::Subject;
use crate::analysis::Fit;
use crate::analysis::verdict::decays_inside;
use crate::chart::scientific;
use crate::language::translated;
use crate::page::view::{Fact, NuisanceRow};
use crate::page::words;

pub(super) fn facts(subject: &Subject) -> Vec<Fact> {
    let analysis = subject.analysis;
    let unit = translated(analysis.prediction().unit());
    let count = |value: f64| words::with_unit(&scientific(value, 4), unit);
    let sm = analysis.standard_model();
    let mut dipole = subject.dipole.clone();
    dipole.scale(subject.strength);
    let mut facts = chi2_facts(subject);
    let totals = [
        ("totals.cevns", &sm.nucleus),
        ("totals.electron", &sm.electron),
        ("totals.dipole_nucleus", &dipole.nucleus),
        ("totals.dipole_electron", &dipole.electron),
    ];
    facts.extend(totals.map(|(key, counts)| fact(key, count(counts.iter().sum()))));
    if let Some((ratio, allowed)) = analysis.ratio_to_bound(&subject.dipole, subject.strength) {
        facts.push(fact("ratio", scientific(ratio, 4)));
        facts.push(fact("largest_ratio", scientific(allowed, 4)));
        let decays = decays_inside(analysis, subject.state.benchmark, dipole.total() > 0.0);
        let said = words::bound_verdict(ratio > allowed, analysis.flux() > allowed, decays);
        // At another level it is not what the limit says.
        if analysis.check_confidence(subject.state.confidence).is_ok() {
            facts.push(fact("excluded", said.to_owned()));
        }
    }
    facts
}

fn fact(key: &'static str, text: String) -> Fact {
    Fact {
        key,
        label: words::fact_label(key),
        text,
    }
}

fn chi2_facts(subject: &Subject) -> Vec<Fact> {
    let (Some(fit), Some(sm_fit)) = (&subject.fit, &subject.sm_fit) else {
        return Vec::new();
    };
    let text = |strength: f64, fit: &Fit| {
        let goodness = subject.analysis.goodness(&subject.dipole, strength, fit);
        goodness.map_or_else(String::new, |goodness| {
            if crate::WORKSHOP && subject.analysis.is_expected() {
                words::chi2_of_expectation(goodness.chi2, goodness.bins)
            } else {
                words::chi2(&goodness)
            }
        })
    };
    vec![
        fact("chi2_sm", text(0.0, sm_fit)),
        fact("chi2", text(subject.strength, fit)),
        fact("chi2_minus_chi2_sm", words::difference(fit.chi2 - sm_fit.chi2)),
    ]
}

/// The fitted nuisance parameters; none where there is no fit.
pub(super) fn nuisances(subject: &Subject) -> Vec<NuisanceRow> {
    let (Some(fit), Some(likelihood)) = (&subject.fit, subject.analysis.statistic().likelihood()) else {
        return Vec::new();
    };
    let fitted = likelihood.parameters().iter().zip(&fit.nuisances);
    fitted
        .map(|(parameter, value)| NuisanceRow {
            label: translated(&parameter.label).to_owned(),
            text: words::nuisance(parameter, *value),
            pull: words::pull(parameter.pull(*value)),
        })
        .collect()
}
