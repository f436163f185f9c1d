//! What a limit must do when the question changes in a known direction.

use crate::setups::{coherent, counting, dresden_ii, ionisation, limit90, settings};
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Nuisances, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Signal};

const FLUXES: [f64; 7] = [0.1, 0.3, 0.5, 1.0, 2.0, 3.0, 10.0];
const MASSES_MEV: [f64; 4] = [0.01, 0.5, 2.0, 5.0];

/// More confidence asks for more coupling, and so do two degrees of freedom.
#[test]
fn a_higher_level_is_never_stronger() {
    for (analysis, flavor) in [
        (dresden_ii(Quenching::Fef), Flavor::Electron),
        (dresden_ii(Quenching::Lindhard), Flavor::Electron),
        (coherent(), Flavor::Muon),
    ] {
        for mass in MASSES_MEV {
            let limits = |dof| {
                [0.5, 0.6827, 0.9, 0.95, 0.99, 0.999].map(|level| {
                    let level = ConfidenceLevel::new(level).expect("a level");
                    analysis
                        .limit_per_gev(flavor, mass, level, dof)
                        .expect("converges")
                        .expect("a limit")
                })
            };
            let (one, two) = (limits(Dof::One), limits(Dof::Two));
            for limits in [one, two] {
                assert!(
                    limits.windows(2).all(|pair| pair[0] < pair[1]),
                    "{mass} MeV: {limits:?}"
                );
            }
            assert!(
                one.iter().zip(&two).all(|(one, two)| one < two),
                "{mass} MeV: {one:?} {two:?}"
            );
        }
    }
}

/// With data that are exactly what is expected, more flux is more sensitivity.
#[test]
fn more_flux_is_never_weaker_for_dresden_ii() {
    let real = dresden_ii(Quenching::Fef);
    let background = match real.sm_fit().map(|fit| fit.nuisances) {
        Some(Nuisances::Ionisation(nuisances)) => ionisation(&real).background(&nuisances),
        other => panic!("expected the fit of a background, got {other:?}"),
    };
    for mass in MASSES_MEV {
        let limits = FLUXES.map(|flux| {
            let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, settings(Quenching::Fef, 0.157, flux))
                .expect("sound tables");
            let (sm, dipole) = (
                analysis.standard_model().sum(),
                analysis.dipole(Flavor::Electron, mass).sum(),
            );
            let expected = background
                .iter()
                .zip(&sm)
                .map(|(background, sm)| background + sm)
                .collect();
            let asimov = ionisation(&analysis)
                .clone()
                .with_observed(expected)
                .expect("one number per bin");
            let found = limit90(
                &asimov,
                Signal {
                    sm: &sm,
                    dipole: &dipole,
                },
            );
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
            let settings = Settings {
                flux,
                ..Settings::default()
            };
            let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, settings).expect("sound tables");
            let (sm, dipole) = (
                analysis.standard_model().sum(),
                analysis.dipole(Flavor::Muon, mass).sum(),
            );
            let data = counting(&analysis).data();
            let expected = (0..sm.len())
                .map(|bin| sm[bin] + data.brn[bin] + data.nin[bin] + data.ssb[bin])
                .collect();
            let asimov = counting(&analysis)
                .clone()
                .with_observed(expected)
                .expect("one number per bin");
            let found = limit90(
                &asimov,
                Signal {
                    sm: &sm,
                    dipole: &dipole,
                },
            );
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
                let settings = Settings {
                    flux,
                    ..Settings::default()
                };
                let analysis = Analysis::built_in(id, settings).expect("sound tables");
                analysis
                    .limit_per_gev(Flavor::Tau, mass, Confidence::PAPER)
                    .expect("no search")
                    .expect("a limit")
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
        assert!(counting(&coherent).clone().with_observed(wrong).is_err());
    }
    for wrong in [vec![], vec![1.0; 131], vec![f64::NAN; 130]] {
        assert!(ionisation(&dresden).clone().with_observed(wrong).is_err());
    }
}
