//! The chi-squares of COHERENT's argon, with nine nuisances, and of electron recoils, with one or two in each run.

use crate::minimisers::{Random, pattern_search};
use crate::setups::likelihood;
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Counts, Likelihood, Profile};

/// Each with a flavour, a mass in MeV and a strength at about its limit, in MeV^-2.
const CASES: [(&str, Flavor, f64, f64); 3] = [
    ("coherent-lar", Flavor::Muon, 20.0, 9e-19),
    ("xenonnt-er", Flavor::Tau, 0.1, 3e-23),
    ("lz-er", Flavor::Electron, 0.1, 3e-23),
];
/// From nothing to far above the limit.
const TIMES: [f64; 5] = [0.0, 0.3, 1.0, 10.0, 1e4];

fn analysis(name: &str) -> Analysis {
    let id = ExperimentId::new(name).expect("a name");
    Analysis::built_in(id, &Settings::default()).expect("sound tables")
}

/// Nuisances anywhere within three widths of their priors and within their ranges; free ones between nothing and twice of it.
fn anywhere(random: &mut Random, likelihood: &dyn Likelihood) -> Vec<f64> {
    let parameters = likelihood.parameters().iter();
    parameters
        .map(|parameter| {
            let reach = 3.0 * parameter.prior.map_or(0.33, |prior| prior.width);
            let (low, high) = parameter.range;
            random.between((-reach).max(low), reach.min(high))
        })
        .collect()
}

#[test]
fn every_start_leads_to_the_same_minimum() {
    let mut random = Random::new(3_903_810);
    for (name, flavor, mass_mev, limit) in CASES {
        let analysis = analysis(name);
        let likelihood = likelihood(&analysis);
        let dipole = analysis.dipole(flavor, mass_mev).sum();
        let counts = Counts::new(likelihood.observed(), analysis.sm_beside_background(), &dipole);
        for strength in TIMES.map(|times| times * limit) {
            let profile = |mut nuisances: Vec<f64>| {
                let profile = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
                (profile.chi2, nuisances)
            };
            let (cold, best) = profile(likelihood.start(counts).expect("a start"));
            for _ in 0..20 {
                let (chi2, _) = profile(anywhere(&mut random, likelihood));
                assert!(
                    (chi2 - cold).abs() < 1e-7 * cold.max(1.0),
                    "{name} {strength:e}: {chi2} for {cold}"
                );
            }
            // And it is one: steps of no size in any direction find a lower one.
            let chi2 = |values: &[f64]| {
                let mut parameters = likelihood.parameters().iter().zip(values);
                if parameters.all(|(parameter, value)| (parameter.range.0..=parameter.range.1).contains(value)) {
                    likelihood.chi2(counts, strength, values)
                } else {
                    f64::INFINITY
                }
            };
            let (deepest, _) = pattern_search(chi2, &best, &vec![0.03; best.len()]);
            assert!(
                deepest > cold - 1e-6 * cold.max(1.0),
                "{name} {strength:e}: {deepest} below {cold}"
            );
        }
    }
}

#[test]
fn slopes_are_differences_of_chi_square() {
    for (name, flavor, mass_mev, limit) in CASES {
        let analysis = analysis(name);
        let likelihood = likelihood(&analysis);
        let (sm, dipole) = (analysis.sm_beside_background(), analysis.dipole(flavor, mass_mev).sum());
        let at = |strength: f64, factor: f64| -> Profile {
            let counts = Counts {
                factor,
                ..Counts::new(likelihood.observed(), sm, &dipole)
            };
            let mut nuisances = likelihood.start(counts).expect("a start");
            let profile = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
            let bins: f64 = likelihood
                .terms(counts, strength, &nuisances)
                .iter()
                .map(|term| term.chi2())
                .sum();
            let parameters = likelihood.parameters().iter().zip(&nuisances);
            let pulls = parameters.filter_map(|(parameter, value)| parameter.pull(*value));
            let pulls: f64 = pulls.map(|pull| pull * pull).sum();
            assert!((profile.chi2 - bins - pulls).abs() < 1e-8);
            profile
        };
        for times in [0.3, 1.0, 3.0] {
            let (strength, step) = (times * limit, 1e-3 * limit);
            let here = at(strength, 1.0);
            let slope = (at(strength + step, 1.0).chi2 - at(strength - step, 1.0).chi2) / (2.0 * step);
            assert!(
                (here.slope - slope).abs() < 1e-3 * slope.abs(),
                "{name}: {} {slope}",
                here.slope
            );
            let slope = (at(strength, 1.001).chi2 - at(strength, 0.999).chi2) / 2e-3;
            assert!(
                (here.factor_slope - slope).abs() < 1e-3 * slope.abs(),
                "{name}: {} {slope}",
                here.factor_slope
            );
        }
    }
}

/// What is said to be expected in a bin is what chi-square compares with, also where shapes are pulled.
#[test]
fn what_is_expected_is_what_is_compared() {
    for (name, flavor, mass_mev, strength) in CASES {
        let analysis = analysis(name);
        let dipole = analysis.dipole(flavor, mass_mev);
        let fit = analysis.fit(&dipole, strength).expect("converges").expect("data");
        for bin in analysis.bins(&dipole, strength, &fit) {
            let (mean, n) = (bin.expected.max(1e-9), bin.observed);
            let log = if n > 0.0 { n * (n / mean).ln() } else { 0.0 };
            assert!((2.0 * (mean - n + log) - bin.chi2).abs() < 1e-9, "{name} {bin:?}");
        }
    }
}

/// Any counts have a minimum, and what does not fit is refused.
#[test]
fn any_counts_have_a_minimum() {
    let mut random = Random::new(12_659);
    for (name, flavor, mass_mev, limit) in CASES {
        let analysis = analysis(name);
        let likelihood = likelihood(&analysis);
        let (sm, dipole) = (analysis.sm_beside_background(), analysis.dipole(flavor, mass_mev).sum());
        let bins = dipole.len();
        for round in 0..40 {
            let scale = 10_f64.powf(random.between(-2.0, 4.0));
            let count = |random: &mut Random| (scale * random.between(0.0, 1.0)).floor();
            let observed: Vec<f64> = match round {
                0 => vec![0.0; bins],
                1 => (0..bins).map(|bin| if bin == 3 { 1e6 } else { 0.0 }).collect(),
                _ => (0..bins).map(|_| count(&mut random)).collect(),
            };
            likelihood.check_observed(&observed).expect("counts");
            for factor in [1.0, 0.0, 30.0] {
                let counts = Counts {
                    factor,
                    ..Counts::new(&observed, sm, &dipole)
                };
                for strength in TIMES.map(|times| times * limit) {
                    let mut nuisances = likelihood.start(counts).expect("a start");
                    let profile = likelihood.profile(counts, strength, &mut nuisances);
                    let profile = profile.unwrap_or_else(|error| panic!("{name} {round} {strength:e}: {error}"));
                    assert!(profile.chi2.is_finite(), "{name} {round} {strength:e}");
                }
            }
        }
        let parameters = likelihood.parameters().len();
        let short = Counts::new(likelihood.observed(), &sm[1..], &dipole);
        assert!(likelihood.start(short).is_err());
        assert!(likelihood.chi2(short, 0.0, &vec![0.0; parameters]).is_nan());
        assert!(likelihood.profile(short, 0.0, &mut vec![0.0; parameters]).is_err());
        assert!(likelihood.check_observed(&vec![1.0; bins - 1]).is_err());
        assert!(likelihood.check_observed(&vec![-1.0; bins]).is_err());
        assert!(likelihood.backgrounds(&[]).is_empty());
        assert!(likelihood.signal_of(&dipole, &[])[0].is_nan());
    }
}
