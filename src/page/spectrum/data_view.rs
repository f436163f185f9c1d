//! The view of the data, by kind of detector.

use super::{Bench, Computed, TOTAL};
use crate::Error;
use crate::analysis::{Nuisances, Statistic};
use crate::chart::spectrum::{
    BoundedCounts, CountingView, FluxBoundView, IonisationView, Projection, counting, flux_bound, ionisation,
};
use crate::chart::{Chart, Role};
use crate::experiment::{Axis, FluxBound, recoil_efficiency};
use crate::page::state::State;
use crate::physics::source::Timing;
use crate::physics::units::KEV_PER_MEV;
use crate::statistics::{Counting, CountingNuisances, Ionisation, IonisationNuisances};

pub(super) fn chart(bench: &Bench, computed: &Computed, state: &State) -> Result<Chart, Error> {
    let fits = (&computed.fit, &computed.sm_fit);
    match (bench.analysis.statistic(), fits) {
        (Statistic::Ionisation(likelihood), (Some(fit), Some(sm_fit))) => match (&fit.nuisances, &sm_fit.nuisances) {
            (Nuisances::Ionisation(fit), Nuisances::Ionisation(sm_fit)) => {
                Ok(ionisation_chart(bench, computed, state, likelihood, (fit, sm_fit)))
            }
            _ => Err(mismatch(bench)),
        },
        (Statistic::Counting(likelihood), (Some(fit), Some(sm_fit))) => match (&fit.nuisances, &sm_fit.nuisances) {
            (Nuisances::Counting(fit), Nuisances::Counting(sm_fit)) => {
                Ok(counting_chart(bench, computed, state, likelihood, (fit, sm_fit)))
            }
            _ => Err(mismatch(bench)),
        },
        (Statistic::FluxBound(bound), _) => flux_bound_chart(bench, computed, state, bound),
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

fn ionisation_chart(
    bench: &Bench,
    computed: &Computed,
    state: &State,
    likelihood: &Ionisation,
    (fit, sm_fit): (&IonisationNuisances, &IonisationNuisances),
) -> Chart {
    let sm = bench.analysis.standard_model().sum();
    let dipole = computed.dipole.sum();
    let shifted =
        |shift: f64, values: &[f64]| -> Vec<f64> { values.iter().map(|value| (1.0 + shift) * value).collect() };
    let total: Vec<f64> = sm
        .iter()
        .zip(&dipole)
        .map(|(sm, dipole)| sm + computed.strength * dipole)
        .collect();
    ionisation(&IonisationView {
        title: bench.name().to_owned(),
        energy_kev: &likelihood.data().energy_kev,
        observed: &likelihood.data().on,
        errors: &likelihood.data().on_error,
        edges_kev: &bench.analysis.prediction().binning().energy.edges,
        sm_background: likelihood.background(sm_fit),
        sm_signal: shifted(sm_fit.signal_shift, &sm),
        background: likelihood.background(fit),
        sm_part: shifted(fit.signal_shift, &sm),
        signal: shifted(fit.signal_shift, &total),
        name: TOTAL.to_owned(),
        parts: state.parts,
    })
}

fn counting_chart(
    bench: &Bench,
    computed: &Computed,
    state: &State,
    likelihood: &Counting,
    (fit, sm_fit): (&CountingNuisances, &CountingNuisances),
) -> Chart {
    let prediction = bench.analysis.prediction();
    let data = likelihood.data();
    let (flux, benchmark) = (bench.analysis.flux(), state.benchmark);
    let scaled = |factor: f64, values: &[f64]| -> Vec<f64> { values.iter().map(|value| factor * value).collect() };
    let added = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let sm = |timing: Timing| {
        let template = prediction.standard_model_of(|component| component.timing == timing);
        scaled((1.0 + fit[0]) * flux, &template.sum())
    };
    let dipole = |timing: Timing| {
        let chosen = |component: &crate::physics::source::Component| {
            component.timing == timing && component.flavor == benchmark.flavor
        };
        let template = prediction.dipole_of(chosen, benchmark.mass_mev, state.settings.sign);
        scaled((1.0 + fit[0]) * flux * computed.strength, &template.sum())
    };
    let beam = |fit: &CountingNuisances| added(&scaled(1.0 + fit[1], &data.brn), &scaled(1.0 + fit[2], &data.nin));
    let steady = |fit: &CountingNuisances| scaled(1.0 + fit[3], &data.ssb);
    let sm_signal = scaled(1.0 + sm_fit[0], &bench.analysis.standard_model().sum());
    let (prompt, delayed) = (dipole(Timing::Prompt), dipole(Timing::Delayed));
    let dipole = added(&prompt, &delayed);
    let stack = [
        ("steady-state background", Role::Background, steady(fit)),
        ("beam neutrons", Role::Third, beam(fit)),
        ("SM, prompt", Role::First, sm(Timing::Prompt)),
        ("SM, delayed", Role::Second, sm(Timing::Delayed)),
        ("dipole, prompt", Role::Fourth, prompt),
        ("dipole, delayed", Role::Fifth, delayed),
    ];
    let sm_total = added(&added(&steady(sm_fit), &beam(sm_fit)), &sm_signal);
    let onto = |(quantity, unit), axis: &Axis, square_root, sum: &dyn Fn(&[f64]) -> Vec<f64>| Projection {
        quantity,
        unit,
        edges: axis.edges.clone(),
        square_root,
        observed: sum(&data.observed),
        stack: stack
            .iter()
            .map(|(name, role, bins)| (*name, *role, sum(bins)))
            .collect(),
        dipole: sum(&dipole),
        sm_total: sum(&sm_total),
    };
    let binning = prediction.binning();
    let energy = onto(("photoelectrons", "PE"), &binning.energy, false, &|bins| {
        binning.by_energy(bins)
    });
    // The prompt neutrinos arrive within the first microsecond of six.
    let time = |axis: &Axis| onto(("arrival time", "µs"), axis, true, &|bins| binning.by_time(bins));
    counting(&CountingView {
        title: bench.name().to_owned(),
        projections: std::iter::once(energy).chain(binning.time.as_ref().map(time)).collect(),
        parts: state.parts,
    })
}

fn flux_bound_chart(bench: &Bench, computed: &Computed, state: &State, bound: &FluxBound) -> Result<Chart, Error> {
    // Both templates carry the flux of the state; the bound is on what the nominal SM would give.
    let sm = bench.analysis.standard_model().total();
    let nominal_sm = sm / state.settings.flux;
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
        sm_per_kev,
        dipole_per_kev,
        name: TOTAL.to_owned(),
        counts: BoundedCounts {
            sm,
            dipole: computed.strength * computed.dipole.total(),
            largest: bound.largest_ratio() * nominal_sm,
            confidence_level: FluxBound::CONFIDENCE,
        },
        parts: state.parts,
    }))
}
