//! The best fit over mass and coupling, and what two degrees of freedom make of it.

use crate::setups::{at_flux, cold, counts, dresden_ii, likelihood, settings};
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, BEST_FIT_MASSES_MEV};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Limit};

/// Analyses with data, among them fluxes at which the best fit is not the SM.
fn cases() -> Vec<(Analysis, Flavor)> {
    let germanium = |quenching, flux| {
        Analysis::built_in(ExperimentId::DRESDEN_II, &settings(quenching, 0.157, flux)).expect("sound tables")
    };
    let csi = |flux| Analysis::built_in(ExperimentId::COHERENT_CSI, &at_flux(flux)).expect("sound tables");
    vec![
        (germanium(Quenching::Fef, 1.0), Flavor::Electron),
        (germanium(Quenching::Lindhard, 1.0), Flavor::Electron),
        (germanium(Quenching::Lindhard, 2.0), Flavor::Electron),
        (csi(1.0), Flavor::Electron),
        (csi(1.0), Flavor::Muon),
        (csi(0.5), Flavor::Electron),
        (csi(0.5), Flavor::Muon),
    ]
}

/// No point of a scan thirteen times as dense as the search's is better.
#[test]
fn no_dense_scan_finds_a_better_fit() {
    let mut away_from_zero = 0;
    for (analysis, flavor) in cases() {
        let what = format!("{} {flavor} {:?}", analysis.experiment().id(), analysis.settings());
        let best = analysis.best_fit(flavor).expect("converges").expect("there are data");
        let (low, high) = BEST_FIT_MASSES_MEV;
        assert!((low..=high).contains(&best.mass_mev), "{what}: {best:?}");
        away_from_zero += usize::from(best.coupling_per_gev > 0.0);
        let scan = (0..=1560).map(|index| {
            let mass_mev = low * (high / low).powf(f64::from(index) / 1560.0);
            let column = analysis.column(flavor, mass_mev, Dof::One).expect("converges");
            (column.expect("there are data").minimum().chi2, mass_mev)
        });
        let (lowest, at) = scan.min_by(|one, other| one.0.total_cmp(&other.0)).expect("a scan");
        assert!(best.chi2 <= lowest + 1e-4, "{what}: {best:?}, but {lowest} at {at} MeV");
        // And it is what it says it is.
        let column = analysis
            .column(flavor, best.mass_mev, Dof::One)
            .expect("converges")
            .expect("data");
        assert!((column.minimum().chi2 - best.chi2).abs() < 1e-9, "{what}: {best:?}");
    }
    assert!(away_from_zero >= 3, "no case tests a best fit with a dipole");
}

/// The same without any search in the coupling: profiles on a grid in mass and coupling, cold, none of them deeper; and
/// the grid gets close, so that it is a search at all.
#[test]
fn no_grid_in_mass_and_coupling_finds_a_better_fit() {
    for (analysis, flavor) in cases() {
        let what = format!("{} {flavor} {:?}", analysis.experiment().id(), analysis.settings());
        let best = analysis.best_fit(flavor).expect("converges").expect("there are data");
        let (likelihood, sm) = (likelihood(&analysis), analysis.standard_model().sum());
        let mut lowest = f64::INFINITY;
        // Every seventh part of a decade, and the best mass itself.
        let masses = (0..=28).map(|index| 0.01 * 10_f64.powf(f64::from(index) / 7.0));
        for mass_mev in masses.chain([best.mass_mev]) {
            let dipole = analysis.dipole(flavor, mass_mev).sum();
            let counts = counts(likelihood, &sm, &dipole);
            for index in 0..=80 {
                let coupling = 1e-9 * 10_f64.powf(f64::from(index) / 9.0);
                let chi2 = cold(likelihood, counts, coupling_squared_per_mev2(coupling));
                assert!(
                    chi2 > best.chi2 - 1e-6,
                    "{what}: {best:?}, but {chi2} at {mass_mev} MeV and {coupling:e}"
                );
                lowest = chi2.min(lowest);
            }
        }
        assert!(
            lowest < best.chi2 + 0.5,
            "{what}: {best:?}, the grid gets to {lowest} only"
        );
    }
}

/// At the limit chi-square has risen by the quantile for two from the best fit of the whole plane.
#[test]
fn limits_for_two_count_from_the_best_fit_of_the_plane() {
    for (analysis, flavor) in cases() {
        let best = analysis.best_fit(flavor).expect("converges").expect("there are data");
        for level in [0.68, 0.9, 0.99] {
            let confidence = Confidence {
                level: ConfidenceLevel::new(level).expect("a level"),
                dof: Dof::Two,
                ..Confidence::PAPER
            };
            for mass in [0.01, 0.3, 2.0, 5.0, 20.0, 60.0] {
                let what = format!("{} {flavor} {mass} {level}", analysis.experiment().id());
                let column = analysis
                    .column(flavor, mass, Dof::One)
                    .expect("converges")
                    .expect("data");
                let room = best.chi2 + confidence.delta_chi2() - column.minimum().chi2;
                match analysis.limit_per_gev(flavor, mass, confidence).expect("converges") {
                    Limit::At(coupling) => {
                        let strength = coupling_squared_per_mev2(coupling);
                        let rise = column.fit(strength).expect("converges").chi2 - best.chi2;
                        assert!((rise / confidence.delta_chi2() - 1.0).abs() < 1e-3, "{what}: {rise}");
                    }
                    Limit::EverythingExcluded => assert!(room < 0.0, "{what}: there is room for {room}"),
                    Limit::NoSensitivity => assert!(room >= 0.0, "{what}: {room}"),
                }
            }
        }
    }
}

/// Half the flux, and COHERENT prefers a dipole: at masses where none can stand in for what is missing, even the best
/// coupling is outside the region.
#[test]
fn masses_without_any_allowed_coupling_are_excluded_as_a_whole() {
    let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, &at_flux(0.5)).expect("sound tables");
    let confidence = Confidence {
        dof: Dof::Two,
        ..Confidence::PAPER
    };
    let at = |mass| {
        analysis
            .limit_per_gev(Flavor::Muon, mass, confidence)
            .expect("converges")
    };
    let best = analysis.best_fit(Flavor::Muon).expect("converges").expect("data");
    assert!(matches!(at(best.mass_mev), Limit::At(_)));
    assert_eq!(at(80.0), Limit::EverythingExcluded);
}

/// What is remembered belongs to the settings.
#[test]
fn new_settings_forget_the_best_fit() {
    let mut analysis = dresden_ii(Quenching::Lindhard);
    let before = analysis.best_fit(Flavor::Electron).expect("converges").expect("data");
    analysis
        .set(&settings(Quenching::Lindhard, 0.157, 2.0))
        .expect("sound settings");
    assert_eq!(analysis.known_best_fit(Flavor::Electron), None);
    let after = analysis.best_fit(Flavor::Electron).expect("converges").expect("data");
    assert!(
        (before.coupling_per_gev / after.coupling_per_gev - 1.0).abs() > 0.1,
        "{before:?} {after:?}"
    );
    // Clones share what is known until one of them changes.
    let clone = analysis.clone();
    assert_eq!(clone.known_best_fit(Flavor::Electron), Some(after));
}
