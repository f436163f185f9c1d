//! Where N decays within the detector, recoils exclude nothing.

use dipole_portal::Flavor;
use dipole_portal::analysis::verdict::point_result;
use dipole_portal::analysis::{Analysis, Benchmark, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Confidence, Limit};

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
