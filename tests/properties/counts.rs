//! Expected counts at any mass and coupling, and their integrals.

use crate::quadrature::integral;
use crate::setups::{ANALYSES, any_analysis, any_flavor, any_mass_mev, decades};
use dipole_portal::experiment::{Experiment, ExperimentId, IdealSpectrum};
use dipole_portal::physics::cross_section::{Sign, recoil_range_mev};
use dipole_portal::physics::recoil::{Channel, cells};
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, Counts, Limit, Statistic, limit};
use proptest::prelude::*;

/// Recoils that the integrals cover, in MeV, and how finely the core cuts them.
const RECOILS_MEV: (f64, f64) = (1e-5, 5e-2);
const CELLS_PER_E_FOLD: f64 = 12.0;

/// Edges and kinks of the recoil spectrum of a source, in keV: the kinematic ranges of its highest energies.
fn breaks_kev(experiment: &Experiment, mass_mev: f64) -> Vec<f64> {
    let (low, high) = RECOILS_MEV;
    let mut breaks = vec![low, high];
    for component in experiment.components() {
        for (scatterer, _) in experiment.nuclei() {
            let range = recoil_range_mev(component.spectrum.highest_energy_mev(), scatterer.mass_mev(), mass_mev);
            breaks.extend(range.into_iter().flat_map(|(first, last)| [first, last]));
        }
    }
    breaks.retain(|recoil| (low..=high).contains(recoil));
    breaks.sort_by(f64::total_cmp);
    breaks.iter().map(|recoil| recoil * 1e3).collect()
}

/// Counts in the range by a channel that sees every recoil in one bin.
fn seen_by_a_perfect_detector(experiment: &Experiment, count: impl Fn(&Channel) -> Vec<f64>) -> f64 {
    let grid = cells(RECOILS_MEV.0, RECOILS_MEV.1, CELLS_PER_E_FOLD, []);
    let channel = Channel::new(grid, experiment.nuclei(), 1, |_| vec![1.0]);
    count(&channel)[0]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// What the grid of recoil energies sums up is the integral of the spectrum that the page draws.
    #[test]
    fn a_perfect_detector_keeps_the_counts(
        id in prop::sample::select(&ExperimentId::PAPER[..]),
        mass in prop_oneof![Just(0.0), decades(1e-2..=4e1)],
    ) {
        let experiment = Experiment::built_in(id).expect("sound tables");
        let flavor = experiment.flavors().next().expect("a source has neutrinos");
        let ours = || experiment.components().iter().filter(|component| component.flavor == flavor);
        let folded: f64 = ours()
            .map(|component| seen_by_a_perfect_detector(&experiment, |channel| channel.dipole(component, mass, Sign::Correct)))
            .sum();
        let at = |recoil_kev: f64| {
            let spectrum = IdealSpectrum::new(&experiment, vec![recoil_kev]).expect("a positive energy");
            let mut rate = [0.0];
            spectrum.dipole_per_kev(flavor, mass, Sign::Correct, &mut rate);
            rate[0]
        };
        let expected = integral(at, &breaks_kev(&experiment, mass), 1e-6);
        // Close to the last mass within reach all recoils fall into a few cells; there the tolerance of the
        // event templates stands.
        let precision = if ours().all(|component| mass < 0.9 * component.spectrum.highest_energy_mev()) { 2e-5 } else { 2e-3 };
        prop_assert!(
            (folded - expected).abs() <= precision * expected,
            "{id} at {mass} MeV: {folded:e}, integral {expected:e}"
        );
    }
}

#[test]
fn a_perfect_detector_keeps_the_standard_model() {
    for id in &ExperimentId::PAPER {
        let experiment = Experiment::built_in(*id).expect("sound tables");
        let folded: f64 = experiment
            .components()
            .iter()
            .map(|component| seen_by_a_perfect_detector(&experiment, |channel| channel.standard_model(component)))
            .sum();
        let at = |recoil_kev: f64| {
            IdealSpectrum::new(&experiment, vec![recoil_kev])
                .expect("a positive energy")
                .sm_per_kev()[0]
        };
        let expected = integral(at, &breaks_kev(&experiment, 0.0), 1e-6);
        assert!(
            (folded / expected - 1.0).abs() < 2e-5,
            "{id}: {folded:e}, integral {expected:e}"
        );
    }
}

proptest! {
    #[test]
    fn templates_are_counts(analysis in any_analysis(), flavor in any_flavor(), mass in any_mass_mev()) {
        let template = analysis.dipole(flavor, mass);
        for count in template.nucleus.iter().chain(&template.electron) {
            prop_assert!(count.is_finite() && *count >= 0.0, "{}: {count:e}", analysis.experiment().id());
        }
        let known = analysis.experiment().flavors().any(|known| known == flavor);
        prop_assert!(known || template.total() == 0.0);
    }

    #[test]
    fn ideal_spectra_are_rates(
        analysis in any_analysis(),
        flavor in any_flavor(),
        mass in any_mass_mev(),
        recoils in prop::collection::vec(decades(1e-9..=1e6), 1..8),
    ) {
        let spectrum = IdealSpectrum::new(analysis.experiment(), recoils).expect("positive energies");
        let mut rates = vec![f64::NAN; spectrum.recoil_kev().len()];
        spectrum.dipole_per_kev(flavor, mass, Sign::Correct, &mut rates);
        for rate in rates.iter().chain(spectrum.sm_per_kev()) {
            prop_assert!(rate.is_finite() && *rate >= 0.0, "{rate:e}");
        }
    }

    #[test]
    fn a_vanishing_mass_changes_no_template(analysis in any_analysis(), flavor in any_flavor(), mass in 0.0..1e-6) {
        let (massless, light) = (analysis.dipole(flavor, 0.0).sum(), analysis.dipole(flavor, mass).sum());
        for (massless, light) in massless.iter().zip(&light) {
            prop_assert!((light - massless).abs() <= 1e-5 * massless, "{light:e} for {massless:e}");
        }
    }

    /// Twice the coupling is four times the signal: the same limit in counts whatever the unit of the template.
    #[test]
    fn strength_times_template_is_what_counts(mass in decades(1e-2..=4.0), factor in decades(1e-3..=1e3)) {
        for analysis in ANALYSES.iter().take(2) {
            let flavor = analysis.experiment().flavors().next().expect("a source has neutrinos");
            let template = analysis.dipole(flavor, mass);
            let mut scaled = template.clone();
            scaled.scale(factor * factor);
            let coupling = 3e-7;
            let here = analysis.fit(&template, coupling_squared_per_mev2(coupling)).expect("converges").expect("has data");
            let there =
                analysis.fit(&scaled, coupling_squared_per_mev2(coupling / factor)).expect("converges").expect("has data");
            prop_assert!((here.chi2 - there.chi2).abs() < 1e-6, "{} {}", here.chi2, there.chi2);
            let (sm, one, other) = (analysis.standard_model().sum(), template.sum(), scaled.sum());
            let strengths = [&one, &other].map(|dipole| largest(analysis.statistic(), &sm, dipole).expect("there is sensitivity"));
            prop_assert!((strengths[0] / strengths[1] / (factor * factor) - 1.0).abs() < 1e-4, "{strengths:?}");
        }
    }

    /// The page asks for a fit wherever the pointer is.
    #[test]
    fn fits_converge_anywhere(
        analysis in any_analysis(),
        flavor in any_flavor(),
        mass in any_mass_mev(),
        coupling in prop_oneof![1 => Just(0.0), 1 => Just(1.0), 10 => decades(1e-12..=1.0)],
    ) {
        let template = analysis.dipole(flavor, mass);
        let fit = analysis.fit(&template, coupling_squared_per_mev2(coupling));
        prop_assert!(fit.is_ok(), "{} {flavor} {mass:e} {coupling:e}: {fit:?}", analysis.experiment().id());
        if let Ok(Some(fit)) = fit {
            prop_assert!(fit.chi2.is_finite() && fit.chi2 > 0.0, "{fit:?}");
        }
    }

    #[test]
    fn limits_exist_or_say_that_there_are_none(
        analysis in any_analysis(),
        flavor in any_flavor(),
        mass in any_mass_mev(),
    ) {
        let limit = analysis.limit_per_gev(flavor, mass, Confidence::PAPER);
        prop_assert!(limit.is_ok(), "{} {flavor} {mass:e}: {limit:?}", analysis.experiment().id());
        if let Ok(Limit::At(limit)) = limit {
            prop_assert!(limit.is_finite() && limit > 0.0, "{} {flavor} {mass:e}: {limit:e}", analysis.experiment().id());
        }
    }
}

fn largest(statistic: &Statistic, sm: &[f64], dipole: &[f64]) -> Option<f64> {
    let likelihood = statistic.likelihood()?;
    let counts = Counts::new(likelihood.observed(), sm, dipole);
    let start = likelihood.start(counts).expect("a start");
    let found = limit(likelihood, counts, Confidence::PAPER.delta_chi2(), &start).expect("converges");
    found.limit.value()
}
