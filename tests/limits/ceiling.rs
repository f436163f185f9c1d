//! Where N decays within the detector, recoils exclude nothing.

use dipole_portal::Flavor;
use dipole_portal::analysis::verdict::point_result;
use dipole_portal::analysis::{Analysis, Benchmark, Fluxes, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Confidence, Limit, Sides};

fn coherent() -> Analysis {
    Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default()).expect("sound tables")
}

/// PHYSICS.md: at 40 MeV most N of COHERENT decay within the detector for d > 2e-5 GeV^-1.
#[test]
fn heavy_and_strongly_coupled_n_is_no_recoil() {
    let analysis = coherent();
    let ceiling = analysis.ceiling_per_gev(Flavor::Muon, 40.0).expect("N is made");
    assert!((1.6e-5..2.6e-5).contains(&ceiling), "{ceiling:e}");
    for (factor, excluded) in [(0.99, true), (1.01, false)] {
        let benchmark = Benchmark {
            flavor: Flavor::Muon,
            mass_mev: 40.0,
            coupling_per_gev: factor * ceiling,
        };
        let result = point_result(&analysis, benchmark, Confidence::PAPER).expect("converges");
        assert_eq!(result.excluded, Some(excluded), "{factor} of the ceiling");
        assert_eq!(result.above_ceiling, !excluded);
    }
}

/// PHYSICS.md: at the limit 4 % of the N decay within 15 cm at 45 MeV and 26 % at 50 MeV, so that the ceiling is above the
/// limit there, and nearer to it at the heavier mass.
#[test]
fn the_ceiling_comes_down_to_the_limit_towards_the_end_of_the_flux() {
    let analysis = coherent();
    let above_limit = |mass_mev: f64| {
        let limit = analysis.limit_per_gev(Flavor::Muon, mass_mev, Confidence::PAPER);
        let Ok(Limit::At(limit)) = limit else {
            panic!("{limit:?} at {mass_mev} MeV")
        };
        analysis.ceiling_per_gev(Flavor::Muon, mass_mev).expect("N is made") / limit
    };
    let (light, heavy) = (above_limit(45.0), above_limit(50.0));
    // The share that decays goes like d^2: half of them at the ceiling.
    let share = |ratio: f64| 1.0 - 0.5_f64.powf(ratio.powi(-2));
    assert!((0.02..0.06).contains(&share(light)), "{}", share(light));
    assert!((0.15..0.4).contains(&share(heavy)), "{}", share(heavy));
}

/// Just below the end of the flux, where no recoil is among those seen well, N decays no later.
#[test]
fn the_ceiling_goes_on_to_the_end_of_the_flux() {
    let reactor = Analysis::built_in(ExperimentId::DRESDEN_II, &Settings::default()).expect("sound tables");
    for (analysis, flavor, masses_mev) in [
        (reactor, Flavor::Electron, [7.8, 7.9, 7.95, 7.99]),
        (coherent(), Flavor::Muon, [50.0, 52.0, 52.7, 52.8]),
    ] {
        let ceilings = masses_mev.map(|mass_mev| analysis.ceiling_per_gev(flavor, mass_mev).expect("N is made"));
        assert!(ceilings.windows(2).all(|pair| pair[1] < pair[0]), "{ceilings:?}");
    }
}

/// Lighter N lives longer by more than the cube of its mass, and a massless one for ever.
#[test]
fn light_n_leaves_the_detector() {
    let analysis = coherent();
    assert_eq!(analysis.ceiling_per_gev(Flavor::Muon, 0.0), None);
    assert_eq!(
        analysis.ceiling_per_gev(Flavor::Muon, 53.0),
        None,
        "no neutrino makes it"
    );
    let [light, heavy] =
        [1.0, 10.0].map(|mass_mev| analysis.ceiling_per_gev(Flavor::Muon, mass_mev).expect("N is made"));
    assert!(light > 90.0 * heavy, "{light:e} {heavy:e}");
}

/// Where the source makes no N, none decays, whatever the coupling.
#[test]
fn what_is_not_made_does_not_decay() {
    let electrons = ExperimentId::new("xenonnt-er").expect("a name");
    let analysis = Analysis::built_in(electrons, &Settings::default()).expect("sound tables");
    let benchmark = Benchmark {
        flavor: Flavor::Tau,
        mass_mev: 15.0,
        coupling_per_gev: 1e-4,
    };
    let result = point_result(&analysis, benchmark, Confidence::PAPER).expect("converges");
    assert_eq!(result.dipole_counts, 0.0);
    assert!(!result.above_ceiling);
    assert_eq!(result.confidence, Some(0.0));
}

/// A limit from one side is the best fit itself at a level of a half: above it at higher levels, below it at lower ones.
#[test]
fn below_the_best_fit_a_limit_from_one_side_excludes_at_less_than_a_half() {
    // With half the flux the data ask for more.
    let settings = Settings {
        fluxes: Fluxes::all(0.5),
        ..Settings::default()
    };
    let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, &settings).expect("sound tables");
    let confidence = Confidence {
        sides: Sides::One,
        ..Confidence::PAPER
    };
    let column = analysis
        .column(Flavor::Muon, 1.0, confidence.dof)
        .expect("converges")
        .expect("data");
    let best_per_gev = dipole_portal::physics::units::coupling_per_gev(column.minimum().strength);
    assert!(best_per_gev > 0.0);
    let level = |factor: f64| {
        let benchmark = Benchmark {
            flavor: Flavor::Muon,
            mass_mev: 1.0,
            coupling_per_gev: factor * best_per_gev,
        };
        let result = point_result(&analysis, benchmark, confidence).expect("converges");
        result.confidence.expect("data")
    };
    let levels = [0.1, 0.5, 0.999, 1.001, 1.5, 2.0].map(level);
    assert!(levels.is_sorted(), "{levels:?}");
    assert!(
        (levels[2] - 0.5).abs() < 1e-2 && (levels[3] - 0.5).abs() < 1e-2,
        "{levels:?}"
    );
}

/// A normalisation of the signal that is hardly known can take back any of it: then there is no limit, and no failure either.
#[test]
fn a_signal_of_unknown_size_has_no_limit() {
    let limit = |signal_uncertainty: &str| {
        let mut settings = Settings::default();
        let id = ExperimentId::DRESDEN_II;
        settings.edits.set(id, "signal-uncertainty", Some(signal_uncertainty));
        let analysis = Analysis::built_in(id, &settings).expect("sound tables");
        let limit = analysis.limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER);
        limit.expect("no failure")
    };
    let (usual, wide) = (limit("0.02"), limit("0.3"));
    assert!(usual.value() < wide.value(), "{usual:?} {wide:?}");
    // The step of 90 % is 2.71, and to take all signal back costs 1/0.9^2.
    assert_eq!(limit("0.9"), Limit::NoSensitivity);
}
