//! What a limit must do when the question changes in a known direction.

use crate::setups::{at_flux, coherent, dresden_ii, likelihood, limit90, settings};
use dipole_portal::Flavor;
use dipole_portal::analysis::Analysis;
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Counts, Dof, Limit, Sides};

const FLUXES: [f64; 7] = [0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 10.0];
const MASSES_MEV: [f64; 4] = [0.01, 0.5, 2.0, 5.0];

/// More confidence asks for more coupling: from the levels at which no coupling is allowed (two degrees of freedom
/// count from the best fit of the whole plane) to those at which ever larger ones are.
#[test]
fn a_higher_level_is_never_stronger() {
    for (analysis, flavor) in [
        (dresden_ii(Quenching::Fef), Flavor::Electron),
        (dresden_ii(Quenching::Lindhard), Flavor::Electron),
        (coherent(), Flavor::Muon),
    ] {
        let limit = |mass, level, dof| {
            let level = ConfidenceLevel::new(level).expect("a level");
            let limit = analysis.limit_per_gev(
                flavor,
                mass,
                Confidence {
                    level,
                    dof,
                    sides: Sides::Two,
                },
            );
            limit.expect("converges")
        };
        for mass in MASSES_MEV {
            for dof in [Dof::One, Dof::Two] {
                let limits = [0.5, 0.6827, 0.9, 0.95, 0.99, 0.999].map(|level| limit(mass, level, dof));
                let allowed = limits.map(|limit| match limit {
                    Limit::At(coupling) => coupling,
                    Limit::EverythingExcluded => 0.0,
                    Limit::NoSensitivity => f64::NAN,
                });
                let rises = |pair: &[f64]| pair[0] < pair[1] || pair == [0.0, 0.0];
                assert!(allowed.windows(2).all(rises), "{mass} MeV, {dof}: {limits:?}");
                assert!(dof == Dof::Two || allowed[0] > 0.0, "{mass} MeV: {limits:?}");
            }
        }
        // At its own mass the best fit of the plane is that of the mass: the larger step allows more.
        let best = analysis.best_fit(flavor).expect("converges").expect("data");
        let at_best = |dof| limit(best.mass_mev, 0.9, dof).value().expect("a limit");
        assert!(at_best(Dof::One) < at_best(Dof::Two), "{best:?}");
    }
}

/// With data that are exactly what is expected, more flux is more sensitivity.
#[test]
fn more_flux_is_never_weaker_for_dresden_ii() {
    let real = dresden_ii(Quenching::Fef);
    let fit = real.sm_fit().expect("there are data");
    let background = likelihood(&real).background(&fit.nuisances);
    for mass in MASSES_MEV {
        let limits = FLUXES.map(|flux| {
            let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, &settings(Quenching::Fef, 0.157, flux))
                .expect("sound tables");
            let (sm, dipole) = (
                analysis.standard_model().sum(),
                analysis.dipole(Flavor::Electron, mass).sum(),
            );
            let expected: Vec<f64> = background
                .iter()
                .zip(&sm)
                .map(|(background, sm)| background + sm)
                .collect();
            let found = limit90(likelihood(&analysis), Counts::new(&expected, &sm, &dipole));
            assert!(
                found.minimum.chi2 < 0.1,
                "flux {flux}: chi-square {} of its own expectation",
                found.minimum.chi2
            );
            found.limit.value().expect("a limit")
        });
        assert!(
            limits.windows(2).all(|pair| pair[1] <= pair[0]),
            "{mass} MeV: {limits:?}"
        );
    }
}

#[test]
fn more_flux_is_never_weaker_for_coherent() {
    for mass in [0.01, 1.0, 20.0, 40.0] {
        let limits = FLUXES.map(|flux| {
            let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, &at_flux(flux)).expect("sound tables");
            let (sm, dipole) = (
                analysis.standard_model().sum(),
                analysis.dipole(Flavor::Muon, mass).sum(),
            );
            let background = likelihood(&analysis).background(&[0.0; 4]);
            let expected: Vec<f64> = sm
                .iter()
                .zip(&background)
                .map(|(sm, background)| sm + background)
                .collect();
            let found = limit90(likelihood(&analysis), Counts::new(&expected, &sm, &dipole));
            assert!(
                found.minimum.chi2.abs() < 1e-6,
                "flux {flux}: chi-square {}",
                found.minimum.chi2
            );
            found.limit.value().expect("a limit")
        });
        assert!(
            limits.windows(2).all(|pair| pair[1] <= pair[0]),
            "{mass} MeV: {limits:?}"
        );
    }
}

#[test]
fn more_flux_is_never_weaker_for_xenon() {
    for id in [ExperimentId::XENON1T, ExperimentId::PANDAX_4T] {
        for mass in MASSES_MEV {
            let limits = FLUXES.map(|flux| {
                let analysis = Analysis::built_in(id, &at_flux(flux)).expect("sound tables");
                analysis
                    .limit_per_gev(Flavor::Tau, mass, Confidence::PAPER)
                    .expect("no search")
                    .value()
                    .unwrap_or(0.0)
            });
            assert!(
                limits.windows(2).all(|pair| pair[1] <= pair[0]),
                "{id} {mass} MeV: {limits:?}"
            );
        }
    }
}

/// Pseudo-data that do not fit the bins are refused.
#[test]
fn observed_counts_are_checked() {
    let (dresden, coherent) = (dresden_ii(Quenching::Fef), coherent());
    for wrong in [
        vec![],
        vec![1.0; 98],
        vec![f64::NAN; 99],
        vec![-1.0; 99],
        vec![f64::INFINITY; 99],
    ] {
        assert!(likelihood(&coherent).check_observed(&wrong).is_err());
    }
    for wrong in [vec![], vec![1.0; 131], vec![f64::NAN; 130]] {
        assert!(likelihood(&dresden).check_observed(&wrong).is_err());
    }
    let (sm, short) = (coherent.standard_model().sum(), [1.0; 98]);
    let wrong = Counts::new(&short, &sm, &sm);
    assert!(likelihood(&coherent).profile(wrong, 0.0, &mut [0.0; 4]).is_err());
    let right = Counts::new(&sm, &sm, &sm);
    assert!(likelihood(&coherent).profile(right, 0.0, &mut [0.0; 3]).is_err());
}
