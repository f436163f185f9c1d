//! Words of who leads where in the plane.

use super::curve::dipole_with;
use crate::Flavor;
use crate::analysis::lead::{Lead, RIVAL_RATIO};
use crate::analysis::{Settings, Weights};
use crate::chart::scientific;
use crate::choice::Choice;
use crate::experiment::{Detector, ExperimentId, ExperimentSpec};

/// Name of an experiment, with the quenching model where one is chosen for it, and a remark where its limit is known to be a lucky one.
#[must_use]
pub fn name_with_quenching(spec: &ExperimentSpec, settings: &Settings) -> String {
    match spec.detector().kind() {
        Detector::Ionisation => format!("{} ({})", spec.name(), settings.detector.quenching.name()),
        _ if spec.shows_expected_limit() => say!("{} (a lucky limit)", spec.name()),
        _ => spec.name().to_owned(),
    }
}

/// An experiment in the sentence.
pub struct Called {
    /// Which.
    pub id: ExperimentId,
    /// What it is called.
    pub name: String,
    /// Mass, in MeV, below which recoils of electrons make its limit an optimistic one; `None` where they do not.
    pub optimistic_below_mev: Option<f64>,
}

impl Called {
    /// Its name, with a remark where most of a range of masses, in logarithms, is where its limit is an optimistic one.
    fn within(&self, lead: &Lead) -> String {
        match self.optimistic_below_mev {
            Some(below_mev) if (lead.from_mev * lead.to_mev).sqrt() < below_mev => {
                say!("{} (optimistic below {} MeV)", self.name, below_mev.to_string())
            }
            _ => self.name.clone(),
        }
    }
}

/// Whose limits are the strongest where: `names` has what each experiment is called.
#[must_use]
pub fn leads(flavor: Flavor, weights: Weights, names: &[Called], leads: &[Lead]) -> String {
    // Nothing is said of where the limits have ended.
    let last = leads.iter().rposition(|lead| !lead.experiments.is_empty());
    let Some(last) = last else { return String::new() };
    let leads = &leads[..=last];
    let range = |lead: &Lead| {
        let called = |id: &ExperimentId| names.iter().find(|known| known.id == *id);
        let called = lead.experiments.iter().filter_map(called);
        let names: Vec<_> = called.map(|called| called.within(lead)).collect();
        // A number and its unit stay on one line.
        let to = format!("{}\u{a0}MeV", scientific(lead.to_mev, 2));
        let said = match names.as_slice() {
            [] => say!("none up to {}", to),
            [names @ .., last] if !names.is_empty() => say!("{} or {} up to {}", names.join(", "), last, to),
            [one, ..] => say!("{} up to {}", one, to),
        };
        match lead.decays_from_mev {
            Some(from_mev) if from_mev > lead.from_mev => {
                let from = format!("{}\u{a0}MeV", scientific(from_mev, 2));
                say!(
                    "{} (from {} on the strongest excludes nothing: most N decay inside its detector)",
                    said,
                    from
                )
            }
            Some(_) => say!(
                "{} (where the strongest excludes nothing: most N decay inside its detector)",
                said
            ),
            None => said,
        }
    };
    let ranges: Vec<_> = leads.iter().map(range).collect();
    let sentence = say!(
        "Strongest of the limits computed here, {}: {}.",
        dipole_with(flavor, weights),
        ranges.join("; ")
    );
    if leads.iter().all(|lead| lead.experiments.len() < 2) {
        return sentence;
    }
    let remark = say!(
        "“Or”: within a factor of {} of the strongest over most of the range.",
        RIVAL_RATIO.to_string()
    );
    format!("{sentence} {remark}")
}
