//! The view of the data, by kind of detector.

use super::Subject;
use crate::Error;
use crate::chart::spectrum::{
    BinnedSet, BinnedView, BoundedCounts, CountingView, FluxBoundView, IonisationView, Projection, binned, counting,
    flux_bound, ionisation,
};
use crate::chart::{Chart, Role};
use crate::experiment::{Axis, Detector, recoil_efficiency};
use crate::page::words;
use crate::physics::source::{Component, Timing};
use crate::physics::units::KEV_PER_MEV;
use crate::statistics::{FluxBound, Likelihood, Statistic};
use std::sync::OnceLock;

/// What is said where nothing can be drawn.
const NO_VIEW: &str = "there is no view of the data for this detector with this statistic";

/// Draws an experiment's fits with and without dipole.
type Draw = fn(&Subject, &dyn Likelihood, (&[f64], &[f64])) -> Chart;

/// The view of the later kinds, in a program for the browser that has asked for it.
static BROUGHT: OnceLock<Draw> = OnceLock::new();

/// Brings the view of the later kinds along.
pub(super) fn bring_every_view() {
    let _ = BROUGHT.set(binned_chart);
}

fn binned_view() -> Option<Draw> {
    if cfg!(target_arch = "wasm32") {
        BROUGHT.get().copied()
    } else {
        Some(binned_chart)
    }
}

pub(super) fn chart(subject: &Subject) -> Result<Chart, Error> {
    let fits = subject.fit.as_ref().zip(subject.sm_fit.as_ref());
    let fits = fits.map(|(fit, sm_fit)| (&fit.nuisances[..], &sm_fit.nuisances[..]));
    match (
        subject.analysis.experiment().detector(),
        subject.analysis.statistic(),
        fits,
    ) {
        (Detector::Ionisation, Statistic::ChiSquare(likelihood), Some(fits)) => {
            Ok(ionisation_chart(subject, likelihood.as_ref(), fits))
        }
        (Detector::IonisationExcess | Detector::Response, Statistic::ChiSquare(likelihood), Some(fits)) => {
            let draw = binned_view().ok_or_else(|| subject.analysis.experiment().inputs().error(NO_VIEW))?;
            Ok(draw(subject, likelihood.as_ref(), fits))
        }
        (Detector::Scintillation, Statistic::ChiSquare(likelihood), Some(fits)) => {
            Ok(counting_chart(subject, likelihood.as_ref(), fits))
        }
        (Detector::Efficiency, Statistic::FluxBound(bound), _) => flux_bound_chart(subject, bound),
        _ => {
            let inputs = subject.analysis.experiment().inputs();
            Err(inputs.error(NO_VIEW))
        }
    }
}

pub(super) fn product(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

pub(super) fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

pub(super) fn scaled(factor: f64, values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| factor * value).collect()
}

fn ionisation_chart(subject: &Subject, likelihood: &dyn Likelihood, (fit, sm_fit): (&[f64], &[f64])) -> Chart {
    let analysis = subject.analysis;
    let sm = analysis.standard_model().sum();
    let total = added(&sm, &scaled(subject.strength, &subject.dipole.sum()));
    let edges_kev = &analysis.prediction().binning().energy.edges;
    let middles_kev: Vec<f64> = edges_kev.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect();
    ionisation(&IonisationView {
        title: analysis.experiment().name().to_owned(),
        energy_kev: &middles_kev,
        observed: likelihood.observed(),
        errors: &likelihood.errors(),
        edges_kev,
        sm_background: likelihood.background(sm_fit),
        sm_signal: likelihood.signal_of(&sm, sm_fit),
        background: likelihood.background(fit),
        sm_part: likelihood.signal_of(&sm, fit),
        signal: likelihood.signal_of(&total, fit),
        name: words::total().to_owned(),
        parts: subject.state.parts,
    })
}

/// Bins of energy with their errors, in one panel or in one for each run.
fn binned_chart(subject: &Subject, likelihood: &dyn Likelihood, fits: (&[f64], &[f64])) -> Chart {
    let prediction = subject.analysis.prediction();
    let (binning, unit) = (prediction.binning(), prediction.unit());
    let all = binned_set(subject, likelihood, fits);
    let bins = binning.energy.bins();
    let quantity = if binning.energy.name == "energy" {
        "ionisation energy"
    } else {
        binning.energy.name
    };
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
        title: subject.analysis.experiment().name().to_owned(),
        quantity: (quantity, binning.energy.unit),
        counts: format!("{unit} in a bin"),
        unit,
        sets: (0..binning.runs.len().max(1)).map(set).collect(),
        name: words::total().to_owned(),
        parts: subject.state.parts,
    })
}

/// All bins of an experiment as one set, without title and edges.
fn binned_set(subject: &Subject, likelihood: &dyn Likelihood, (fit, sm_fit): (&[f64], &[f64])) -> BinnedSet {
    let sm = subject.analysis.standard_model().sum();
    let dipole = scaled(subject.strength, &subject.dipole.sum());
    let background = likelihood.background(fit);
    let signal = likelihood.signal_of(&added(&sm, &dipole), fit);
    BinnedSet {
        title: String::new(),
        edges: Vec::new(),
        observed: likelihood.observed().to_vec(),
        errors: likelihood.errors(),
        sm: added(&likelihood.background(sm_fit), &likelihood.signal_of(&sm, sm_fit)),
        total: added(&background, &signal),
        background,
        dipole: likelihood.signal_of(&dipole, fit),
    }
}

/// Backgrounds of a fit: what is there always, and what comes with the beam.
fn steady_and_beam(likelihood: &dyn Likelihood, nuisances: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let none = vec![0.0; likelihood.observed().len()];
    let (mut steady, mut beam) = (none.clone(), none);
    for background in likelihood.backgrounds(nuisances) {
        let sum = if background.name == "ssb" {
            &mut steady
        } else {
            &mut beam
        };
        *sum = added(sum, &background.counts);
    }
    (steady, beam)
}

fn counting_chart(subject: &Subject, likelihood: &dyn Likelihood, (fit, sm_fit): (&[f64], &[f64])) -> Chart {
    let (analysis, state) = (subject.analysis, subject.state);
    let prediction = analysis.prediction();
    let factors = likelihood.signal_factors(fit);
    let sm = |timing: Timing| {
        let template = prediction.standard_model_of(|component| component.timing == timing);
        product(&factors, &scaled(analysis.flux(), &analysis.counted(template).sum()))
    };
    let dipole = |timing: Timing| {
        let chosen = |component: &Component| component.timing == timing && component.flavor == subject.flavor();
        let template = prediction.dipole_of(chosen, state.benchmark.mass_mev, state.settings.sign);
        let template = analysis.counted(template);
        product(&factors, &scaled(analysis.flux() * subject.strength, &template.sum()))
    };
    let (prompt, delayed) = (dipole(Timing::Prompt), dipole(Timing::Delayed));
    let (steady, beam) = steady_and_beam(likelihood, fit);
    let (sm_steady, sm_beam) = steady_and_beam(likelihood, sm_fit);
    let sm_signal = likelihood.signal_of(&analysis.standard_model().sum(), sm_fit);
    let parts = Parts {
        dipole: added(&prompt, &delayed),
        sm_total: added(&added(&sm_steady, &sm_beam), &sm_signal),
        stack: vec![
            (words::steady(), Role::Background, steady),
            (words::beam(), Role::Third, beam),
            (words::sm_prompt(), Role::First, sm(Timing::Prompt)),
            (words::sm_delayed(), Role::Second, sm(Timing::Delayed)),
            (words::dipole_prompt(), Role::Fourth, prompt),
            (words::dipole_delayed(), Role::Fifth, delayed),
        ],
    };
    let binning = prediction.binning();
    let observed = likelihood.observed();
    let energy = parts.projected(words::photoelectrons(), &binning.energy, false, observed, &|bins| {
        binning.by_energy(bins)
    });
    // The prompt neutrinos arrive within the first microsecond of six.
    let time = |axis: &Axis| parts.projected(words::arrival(), axis, true, observed, &|bins| binning.by_time(bins));
    counting(&CountingView {
        title: analysis.experiment().name().to_owned(),
        projections: std::iter::once(energy).chain(binning.time.as_ref().map(time)).collect(),
        parts: state.parts,
    })
}

/// What is expected in all bins, from the bottom of the stack to its top.
struct Parts {
    stack: Vec<(&'static str, Role, Vec<f64>)>,
    dipole: Vec<f64>,
    sm_total: Vec<f64>,
}

impl Parts {
    fn projected(
        &self,
        (quantity, unit): (&'static str, &'static str),
        axis: &Axis,
        square_root: bool,
        observed: &[f64],
        sum: &dyn Fn(&[f64]) -> Vec<f64>,
    ) -> Projection {
        Projection {
            quantity,
            unit,
            edges: axis.edges.clone(),
            square_root,
            observed: sum(observed),
            stack: self
                .stack
                .iter()
                .map(|(name, role, bins)| (*name, *role, sum(bins)))
                .collect(),
            dipole: sum(&self.dipole),
            sm_total: sum(&self.sm_total),
        }
    }
}

fn flux_bound_chart(subject: &Subject, bound: &FluxBound) -> Result<Chart, Error> {
    let analysis = subject.analysis;
    // Both templates carry the flux of the state; the bound is on what the nominal SM would give.
    let sm = analysis.standard_model().total();
    let nominal_sm = sm / analysis.flux();
    let efficiency = recoil_efficiency(analysis.experiment())?;
    let (sm_per_kev, dipole_per_kev) = subject.ideal_rates();
    let recoil_kev = subject.ideal.recoil_kev();
    Ok(flux_bound(&FluxBoundView {
        title: subject.title(),
        recoil_kev,
        efficiency: recoil_kev
            .iter()
            .map(|recoil| efficiency.at(recoil / KEV_PER_MEV))
            .collect(),
        sm_per_kev,
        dipole_per_kev,
        name: words::total().to_owned(),
        counts: BoundedCounts {
            sm,
            dipole: subject.strength * subject.dipole.total(),
            largest: bound.largest_ratio() * nominal_sm,
            confidence_level: FluxBound::CONFIDENCE.level.level(),
        },
        parts: subject.state.parts,
    }))
}
