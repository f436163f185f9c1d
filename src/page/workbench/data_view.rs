//! The view of the data, by kind of detector.

use super::{Bench, Computed, TOTAL};
use crate::Error;
use crate::chart::spectrum::{CountingView, FluxBoundView, IonisationView, counting, flux_bound, ionisation};
use crate::chart::{Chart, Role};
use crate::experiment::{Detector, IonisationData, recoil_efficiency};
use crate::page::state::State;
use crate::physics::source::Timing;
use crate::physics::units::KEV_PER_MEV;
use crate::statistics::{Background, Likelihood};

pub(super) fn chart(bench: &Bench, computed: &Computed, state: &State) -> Result<Chart, Error> {
    let likelihood = bench.analysis.statistic().likelihood();
    match (
        bench.analysis.experiment().detector(),
        likelihood,
        &computed.fit,
        &computed.sm_fit,
    ) {
        (Detector::Ionisation, Some(likelihood), Some(fit), Some(sm_fit)) => {
            let fits = (&fit.nuisances[..], &sm_fit.nuisances[..]);
            Ok(ionisation_chart(bench, computed, state, likelihood, fits))
        }
        (Detector::Scintillation, Some(likelihood), Some(fit), Some(sm_fit)) => {
            let fits = (&fit.nuisances[..], &sm_fit.nuisances[..]);
            Ok(counting_chart(bench, computed, state, likelihood, fits))
        }
        (Detector::Efficiency, None, _, _) => flux_bound_chart(bench, computed, state),
        _ => Err(mismatch(bench)),
    }
}

fn mismatch(bench: &Bench) -> Error {
    bench
        .analysis
        .experiment()
        .inputs()
        .error("the fit does not belong to the statistic")
}

fn product(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a * b).collect()
}

fn added(a: &[f64], b: &[f64]) -> Vec<f64> {
    a.iter().zip(b).map(|(a, b)| a + b).collect()
}

fn ionisation_chart(
    bench: &Bench,
    computed: &Computed,
    state: &State,
    likelihood: &dyn Likelihood,
    (fit, sm_fit): (&[f64], &[f64]),
) -> Chart {
    let sm = bench.analysis.standard_model().sum();
    let dipole = computed.dipole.sum();
    let total: Vec<f64> = sm
        .iter()
        .zip(&dipole)
        .map(|(sm, dipole)| sm + computed.strength * dipole)
        .collect();
    let edges_kev = &bench.analysis.prediction().binning().energy.edges;
    let data = IonisationData {
        energy_kev: edges_kev.windows(2).map(|pair| 0.5 * (pair[0] + pair[1])).collect(),
        on: likelihood.observed().to_vec(),
        on_error: likelihood.errors(),
    };
    ionisation(&IonisationView {
        data: &data,
        edges_kev,
        sm_background: likelihood.background(sm_fit),
        sm_signal: product(&likelihood.signal_factors(sm_fit), &sm),
        background: likelihood.background(fit),
        sm_part: product(&likelihood.signal_factors(fit), &sm),
        signal: product(&likelihood.signal_factors(fit), &total),
        name: TOTAL.to_owned(),
        parts: state.parts,
    })
}

fn counting_chart(
    bench: &Bench,
    computed: &Computed,
    state: &State,
    likelihood: &dyn Likelihood,
    (fit, sm_fit): (&[f64], &[f64]),
) -> Chart {
    let prediction = bench.analysis.prediction();
    let (flux, benchmark) = (bench.analysis.flux(), state.benchmark);
    let signal_factors = likelihood.signal_factors(fit);
    let scaled = |factor: f64, values: &[f64]| -> Vec<f64> { values.iter().map(|value| factor * value).collect() };
    let sm = |timing: Timing| {
        let template = prediction.standard_model_of(|component| component.timing == timing);
        product(&signal_factors, &scaled(flux, &template.sum()))
    };
    let dipole = |timing: Timing| {
        let chosen = |component: &crate::physics::source::Component| {
            component.timing == timing && component.flavor == benchmark.flavor
        };
        let template = prediction.dipole_of(chosen, benchmark.mass_mev, state.settings.sign);
        product(&signal_factors, &scaled(flux * computed.strength, &template.sum()))
    };
    // The steady-state background is what does not come with the beam.
    let steady_and_beam = |nuisances: &[f64]| {
        let none = vec![0.0; likelihood.observed().len()];
        let sum = |backgrounds: Vec<Background>| {
            backgrounds
                .iter()
                .fold(none.clone(), |sum, part| added(&sum, &part.counts))
        };
        let (steady, beam) = likelihood
            .backgrounds(nuisances)
            .into_iter()
            .partition(|background| background.name == "ssb");
        (sum(steady), sum(beam))
    };
    let (steady, beam) = steady_and_beam(fit);
    let (sm_steady, sm_beam) = steady_and_beam(sm_fit);
    let sm_signal = product(
        &likelihood.signal_factors(sm_fit),
        &bench.analysis.standard_model().sum(),
    );
    counting(&CountingView {
        binning: prediction.binning(),
        observed: likelihood.observed(),
        stack: vec![
            ("steady-state background", Role::Background, steady),
            ("beam neutrons", Role::Third, beam),
            ("SM, prompt", Role::First, sm(Timing::Prompt)),
            ("SM, delayed", Role::Second, sm(Timing::Delayed)),
            ("dipole, prompt", Role::Fourth, dipole(Timing::Prompt)),
            ("dipole, delayed", Role::Fifth, dipole(Timing::Delayed)),
        ],
        sm_total: added(&added(&sm_steady, &sm_beam), &sm_signal),
    })
}

fn flux_bound_chart(bench: &Bench, computed: &Computed, state: &State) -> Result<Chart, Error> {
    let efficiency = recoil_efficiency(bench.analysis.experiment())?;
    let (sm_per_kev, dipole_per_kev) = bench.ideal_rates(computed.strength);
    let recoil_kev = bench.ideal.recoil_kev();
    Ok(flux_bound(&FluxBoundView {
        title: bench.title(state.benchmark.flavor),
        recoil_kev,
        efficiency: recoil_kev
            .iter()
            .map(|recoil| efficiency.at(recoil / KEV_PER_MEV))
            .collect(),
        total_per_kev: sm_per_kev
            .iter()
            .zip(&dipole_per_kev)
            .map(|(sm, dipole)| sm + dipole)
            .collect(),
        sm_per_kev,
        name: TOTAL.to_owned(),
    }))
}
