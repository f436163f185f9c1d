//! The view of the data, by kind of detector.

use super::{Subject, runs_view};
use crate::Error;
use crate::chart::spectrum::{
    BoundedCounts, CountingView, FluxBoundView, IonisationView, Projection, counting, flux_bound, ionisation,
};
use crate::chart::{Chart, Dash, Role};
use crate::experiment::{Axis, Detector, recoil_efficiency};
use crate::page::words;
use crate::physics::source::{Component, Timing};
use crate::physics::units::KEV_PER_MEV;
use crate::statistics::{FluxBound, Likelihood, Statistic};

pub(super) fn chart(subject: &Subject) -> Result<Chart, Error> {
    let mut chart = measured(subject)?;
    // What stands in place of data is not called so.
    if subject.analysis.is_expected() {
        let layers = chart.panels.iter_mut().flat_map(|panel| &mut panel.layers);
        for layer in layers.filter(|layer| layer.role == Role::Data && layer.name == say!("data")) {
            layer.name = words::in_place_of_data().to_owned();
        }
    }
    Ok(chart)
}

fn measured(subject: &Subject) -> Result<Chart, Error> {
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
        (
            Detector::IonisationExcess | Detector::Response | Detector::ElectronRecoils,
            Statistic::ChiSquare(likelihood),
            Some(fits),
        ) if crate::WORKSHOP => Ok(runs_view::chart(subject, likelihood.as_ref(), fits)),
        (Detector::Scintillation, Statistic::ChiSquare(likelihood), Some(fits)) => {
            Ok(counting_chart(subject, likelihood.as_ref(), fits))
        }
        (Detector::Efficiency, Statistic::ChiSquare(likelihood), Some(fits)) if crate::WORKSHOP => {
            Ok(binned_chart(subject, likelihood.as_ref(), fits))
        }
        (Detector::Efficiency, Statistic::FluxBound(bound), _) => flux_bound_chart(subject, bound),
        (Detector::PulseShape, Statistic::ChiSquare(likelihood), Some(fits)) if crate::WORKSHOP => {
            Ok(counting_chart(subject, likelihood.as_ref(), fits))
        }
        _ => {
            let inputs = subject.analysis.experiment().inputs();
            Err(inputs.error("there is no view of the data for this detector with this statistic"))
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
        title: analysis.name(),
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

/// Counts in bins of recoil energy.
fn binned_chart(subject: &Subject, likelihood: &dyn Likelihood, (fit, sm_fit): (&[f64], &[f64])) -> Chart {
    let analysis = subject.analysis;
    let factors = likelihood.signal_factors(fit);
    let sm = analysis.standard_model().sum();
    let dipole = product(&factors, &scaled(subject.strength, &subject.dipole.sum()));
    let sm_alone = product(&likelihood.signal_factors(sm_fit), &sm);
    counting(&CountingView {
        title: analysis.name(),
        projections: vec![Projection {
            quantity: words::recoil_energy().0,
            unit: words::recoil_energy().1,
            edges: analysis.prediction().binning().energy.edges.clone(),
            square_root: false,
            observed: likelihood.observed().to_vec(),
            stack: vec![
                (
                    words::background(),
                    Role::Background,
                    Dash::Solid,
                    likelihood.background(fit),
                ),
                ("SM", Role::First, Dash::Solid, product(&factors, &sm)),
                (words::dipole(), Role::Fourth, Dash::Dashed, dipole.clone()),
            ],
            dipole,
            sm_total: added(&likelihood.background(sm_fit), &sm_alone),
        }],
        parts: subject.state.parts,
    })
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
    let sm = |timing: Timing| {
        let template = prediction.standard_model_of(|component| component.timing == timing);
        likelihood.signal_of(&scaled(analysis.flux(), &analysis.counted(template).sum()), fit)
    };
    let ratios = state.settings.weights.ratios(subject.flavor());
    let dipole = |timing: Timing| {
        let chosen = |component: &Component| component.timing == timing;
        let (mass_mev, sign) = (state.benchmark.mass_mev, state.settings.sign);
        let template = prediction.dipole_mixed_of(chosen, ratios, mass_mev, sign);
        let template = analysis.counted(template);
        likelihood.signal_of(&scaled(analysis.flux() * subject.strength, &template.sum()), fit)
    };
    let (prompt, delayed) = (dipole(Timing::Prompt), dipole(Timing::Delayed));
    let (steady, beam) = steady_and_beam(likelihood, fit);
    let (sm_steady, sm_beam) = steady_and_beam(likelihood, sm_fit);
    let sm_signal = likelihood.signal_of(&analysis.standard_model().sum(), sm_fit);
    let parts = Parts {
        dipole: added(&prompt, &delayed),
        sm_total: added(&added(&sm_steady, &sm_beam), &sm_signal),
        stack: vec![
            (words::steady(), Role::Background, Dash::Solid, steady),
            (words::beam(), Role::Third, Dash::Solid, beam),
            (words::sm_prompt(), Role::First, Dash::Solid, sm(Timing::Prompt)),
            (words::sm_delayed(), Role::Second, Dash::Solid, sm(Timing::Delayed)),
            (words::dipole_prompt(), Role::Fourth, Dash::Dashed, prompt),
            (words::dipole_delayed(), Role::Fifth, Dash::Dotted, delayed),
        ],
    };
    let binning = prediction.binning();
    let observed = likelihood.observed();
    let quantity = if crate::WORKSHOP && binning.energy.unit != "PE" {
        words::electron_equivalent_energy()
    } else {
        words::photoelectrons()
    };
    let energy = parts.projected(quantity, &binning.energy, false, observed, &|bins| {
        binning.by_energy(bins)
    });
    let pulse = |axis: &Axis| {
        let quantity = words::pulse_shape();
        parts.projected(quantity, axis, false, observed, &|bins| binning.by_pulse(bins))
    };
    let pulse = binning.pulse.as_ref().filter(|_| crate::WORKSHOP).map(pulse);
    // The prompt neutrinos arrive within the first microsecond of six.
    let time = |axis: &Axis| parts.projected(words::arrival(), axis, true, observed, &|bins| binning.by_time(bins));
    counting(&CountingView {
        title: analysis.name(),
        projections: std::iter::once(energy)
            .chain(pulse)
            .chain(binning.time.as_ref().map(time))
            .collect(),
        parts: state.parts,
    })
}

/// What is expected in all bins, from the bottom of the stack to its top.
struct Parts {
    stack: Vec<(&'static str, Role, Dash, Vec<f64>)>,
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
                .map(|(name, role, dash, bins)| (*name, *role, *dash, sum(bins)))
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
