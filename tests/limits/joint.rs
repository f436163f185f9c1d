//! Several likelihoods as one.

use crate::minimisers::pattern_search;
use crate::setups::{coherent, cold, cold_profile, counts, dresden_ii, limit90};
use dipole_portal::Flavor;
use dipole_portal::analysis::Analysis;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Counts, Joint, Likelihood, Parameter, Shared, Statistic};
use std::sync::Arc;

fn shared_likelihood(analysis: &Analysis) -> Arc<dyn Likelihood> {
    match analysis.statistic() {
        Statistic::ChiSquare(likelihood) => Some(Arc::clone(likelihood)),
        Statistic::FluxBound(_) => None,
    }
    .expect("the experiment has data")
}

fn common(width: f64, members: &[usize]) -> Shared {
    Shared {
        parameter: Parameter::shift("flux", "flux", width),
        members: members.to_vec(),
    }
}

/// SM and dipole templates of analyses, one after the other.
fn templates(analyses: &[(&Analysis, Flavor)], mass_mev: f64) -> (Vec<f64>, Vec<f64>) {
    let sm = analyses
        .iter()
        .flat_map(|(analysis, _)| analysis.standard_model().sum());
    let dipole = analyses
        .iter()
        .flat_map(|(analysis, flavor)| analysis.dipole(*flavor, mass_mev).sum());
    (sm.collect(), dipole.collect())
}

fn joint(analyses: &[(&Analysis, Flavor)], shared: Vec<Shared>) -> Joint {
    let members = analyses
        .iter()
        .map(|(analysis, _)| shared_likelihood(analysis))
        .collect();
    Joint::new(members, shared).expect("a sound joint")
}

#[test]
fn a_joint_of_one_is_that_one() {
    for (analysis, flavor) in [
        (dresden_ii(Quenching::Fef), Flavor::Electron),
        (coherent(), Flavor::Muon),
    ] {
        let single = shared_likelihood(&analysis);
        let joint = joint(&[(&analysis, flavor)], vec![]);
        assert_eq!(joint.parameters(), single.parameters());
        assert_eq!(joint.observed(), single.observed());
        let (sm, dipole) = templates(&[(&analysis, flavor)], 1.0);
        let (one, many) = (counts(single.as_ref(), &sm, &dipole), counts(&joint, &sm, &dipole));
        let (expected, got) = (limit90(single.as_ref(), one), limit90(&joint, many));
        assert!((got.minimum.chi2 - expected.minimum.chi2).abs() < 1e-9);
        let (expected, got) = (
            expected.limit.value().expect("a limit"),
            got.limit.value().expect("a limit"),
        );
        assert!((got / expected - 1.0).abs() < 1e-6, "{got:e} for {expected:e}");
        let fit = cold_profile(&joint, many, got).expect("converges");
        let alone = cold_profile(single.as_ref(), one, got).expect("converges");
        assert_eq!(fit, alone);
    }
}

#[test]
fn two_copies_without_anything_shared_are_twice_the_chi_square() {
    let analysis = coherent();
    let pair = [(&analysis, Flavor::Muon), (&analysis, Flavor::Muon)];
    let (single, twice) = (shared_likelihood(&analysis), joint(&pair, vec![]));
    let (sm, dipole) = templates(&pair[..1], 10.0);
    let (sm2, dipole2) = templates(&pair, 10.0);
    let (one, two) = (counts(single.as_ref(), &sm, &dipole), counts(&twice, &sm2, &dipole2));
    let strength = limit90(single.as_ref(), one).limit.value().expect("a limit");
    for share in [0.0, 0.3, 1.0, 3.0] {
        let (once, both) = (
            cold(single.as_ref(), one, share * strength),
            cold(&twice, two, share * strength),
        );
        assert!((both - 2.0 * once).abs() < 1e-8, "{share}: {both} for 2 x {once}");
    }
    // Twice the data are the stronger limit.
    assert!(limit90(&twice, two).limit.value().expect("a limit") < strength);
}

/// The shared factor against a search over it and the other nuisances that needs no derivative.
#[test]
fn a_shared_factor_has_its_best_value() {
    let analysis = coherent();
    let pair = [(&analysis, Flavor::Muon), (&analysis, Flavor::Electron)];
    let joint = joint(&pair, vec![common(0.1, &[0, 1])]);
    assert_eq!(joint.parameters().len(), 9);
    assert_eq!(joint.parameters()[0].name, "flux");
    let (sm, dipole) = templates(&pair, 10.0);
    let counts = counts(&joint, &sm, &dipole);
    let strength = limit90(&joint, counts).limit.value().expect("a limit");
    for share in [0.0, 1.0, 4.0] {
        let chi2 = |nuisances: &[f64]| joint.chi2(counts, share * strength, nuisances);
        let steps = [0.05, 0.1, 0.1, 0.1, 0.01, 0.1, 0.1, 0.1, 0.01];
        let (deepest, _) = pattern_search(chi2, &[0.0; 9], &steps);
        let profile = cold(&joint, counts, share * strength);
        assert!(
            (profile - deepest).abs() < 1e-5,
            "{share}: {profile}, searched {deepest}"
        );
        let mut nuisances = joint.start(counts).expect("a start");
        joint
            .profile(counts, share * strength, &mut nuisances)
            .expect("converges");
        assert!(
            (chi2(&nuisances) - profile).abs() < 1e-9,
            "the nuisances are not those of the minimum"
        );
    }
}

/// A factor that two members share, and another that only one of them has: they overlap.
#[test]
fn overlapping_factors_have_their_best_values() {
    let analysis = coherent();
    let pair = [(&analysis, Flavor::Muon), (&analysis, Flavor::Muon)];
    let joint = joint(&pair, vec![common(0.1, &[0, 1]), common(0.2, &[1])]);
    let (sm, dipole) = templates(&pair, 1.0);
    let counts = counts(&joint, &sm, &dipole);
    let strength = limit90(&joint, counts).limit.value().expect("a limit");
    let chi2 = |nuisances: &[f64]| joint.chi2(counts, 2.0 * strength, nuisances);
    let steps = [0.05, 0.05, 0.1, 0.1, 0.1, 0.01, 0.1, 0.1, 0.1, 0.01];
    let (deepest, _) = pattern_search(chi2, &[0.0; 10], &steps);
    let profile = cold(&joint, counts, 2.0 * strength);
    assert!((profile - deepest).abs() < 1e-5, "{profile}, searched {deepest}");
}

/// A factor known perfectly is none; one that is not known lets the limit go.
#[test]
fn a_shared_factor_weakens_as_it_widens() {
    let (germanium, csi) = (dresden_ii(Quenching::Fef), coherent());
    let pair = [(&germanium, Flavor::Electron), (&csi, Flavor::Electron)];
    let (sm, dipole) = templates(&pair, 1.0);
    let limits = [1e-6, 0.1, 0.3].map(|width| {
        let joint = joint(&pair, vec![common(width, &[0, 1])]);
        limit90(&joint, counts(&joint, &sm, &dipole))
            .limit
            .value()
            .expect("a limit")
    });
    let apart = joint(&pair, vec![]);
    let without = limit90(&apart, counts(&apart, &sm, &dipole))
        .limit
        .value()
        .expect("a limit");
    assert!((limits[0] / without - 1.0).abs() < 1e-5, "{limits:?} {without:e}");
    assert!(limits[0] < limits[1] && limits[1] < limits[2], "{limits:?}");
}

#[test]
fn the_slope_of_a_joint_is_its_derivative() {
    let (germanium, csi) = (dresden_ii(Quenching::Fef), coherent());
    let pair = [(&germanium, Flavor::Electron), (&csi, Flavor::Electron)];
    let joint = joint(&pair, vec![common(0.1, &[0, 1])]);
    let (sm, dipole) = templates(&pair, 1.0);
    let both: Counts = counts(&joint, &sm, &dipole);
    let limit = limit90(&joint, both).limit.value().expect("a limit");
    for share in [0.3, 1.0, 3.0] {
        let profile = cold_profile(&joint, both, share * limit).expect("converges");
        let step = 0.01 * limit;
        let at = |steps: f64| cold(&joint, both, share * limit + steps * step);
        let numeric = (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step);
        let scale = numeric.abs().max(2.7 / limit);
        assert!(
            (profile.slope - numeric).abs() < 1e-3 * scale,
            "{share}: {:e} {numeric:e}",
            profile.slope
        );
        // The derivative in a common factor, the same way.
        let factor = |factor: f64| cold(&joint, Counts { factor, ..both }, share * limit);
        let numeric = (8.0 * (factor(1.01) - factor(0.99)) - (factor(1.02) - factor(0.98))) / 0.12;
        assert!(
            (profile.factor_slope - numeric).abs() < 1e-3 * numeric.abs().max(1.0),
            "{share}: {} {numeric}",
            profile.factor_slope
        );
    }
}

#[test]
fn what_cannot_be_joined_is_refused() {
    assert!(Joint::new(vec![], vec![]).is_err());
    let one = || vec![shared_likelihood(&coherent())];
    assert!(Joint::new(one(), vec![common(0.1, &[1])]).is_err());
    assert!(Joint::new(one(), vec![common(0.0, &[0])]).is_err());
    let free = Shared {
        parameter: Parameter::free("flux", "flux", "", 0.0),
        members: vec![0],
    };
    assert!(Joint::new(one(), vec![free]).is_err());
}
