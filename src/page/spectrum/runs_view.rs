//! The view of the data in bins with errors: of an excess, or of several runs.

use super::Subject;
use super::data_view::{added, scaled};
use crate::chart::Chart;
use crate::chart::spectrum::{BinnedSet, BinnedView, binned};
use crate::page::words;
use crate::statistics::Likelihood;

/// Bins of energy with their errors, in one panel or in one for each run.
pub(super) fn chart(subject: &Subject, likelihood: &dyn Likelihood, fits: (&[f64], &[f64])) -> Chart {
    let prediction = subject.analysis.prediction();
    let (binning, unit) = (prediction.binning(), prediction.unit());
    let all = whole(subject, likelihood, fits);
    let bins = binning.energy.bins();
    let set = |run: usize| {
        let of = |values: &[f64]| values.iter().skip(run * bins).take(bins).copied().collect();
        BinnedSet {
            title: binning.runs.get(run).cloned().unwrap_or_default(),
            edges: binning.energy.edges.clone(),
            observed: of(&all.observed),
            errors: of(&all.errors),
            // An excess has none.
            background: if all.background.iter().any(|count| *count != 0.0) {
                of(&all.background)
            } else {
                Vec::new()
            },
            sm: of(&all.sm),
            total: of(&all.total),
            dipole: of(&all.dipole),
        }
    };
    binned(&BinnedView {
        title: subject.analysis.name(),
        quantity: (
            words::reported_energy(binning.energy.name).to_owned(),
            binning.energy.unit,
        ),
        counts: words::in_a_bin(unit),
        unit,
        sets: (0..binning.runs.len().max(1)).map(set).collect(),
        name: words::total().to_owned(),
        parts: subject.state.parts,
    })
}

/// All bins of an experiment as one set, without title and edges.
fn whole(subject: &Subject, likelihood: &dyn Likelihood, (fit, sm_fit): (&[f64], &[f64])) -> BinnedSet {
    let sm = subject.analysis.sm_beside_background();
    let dipole = scaled(subject.strength, &subject.dipole.sum());
    let background = likelihood.background(fit);
    let signal = likelihood.signal_of(&added(sm, &dipole), fit);
    BinnedSet {
        title: String::new(),
        edges: Vec::new(),
        observed: likelihood.observed().to_vec(),
        errors: likelihood.errors(),
        sm: added(&likelihood.background(sm_fit), &likelihood.signal_of(sm, sm_fit)),
        total: added(&background, &signal),
        background,
        dipole: likelihood.signal_of(&dipole, fit),
    }
}
