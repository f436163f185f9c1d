//! The chi-square of several runs: its minimum over sixteen nuisances, with kinks at the anchors of four shapes.

use crate::minimisers::{Random, pattern_search};
use crate::setups::likelihood;
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Counts, Likelihood};

fn xenonnt_s2() -> Analysis {
    let id = ExperimentId::new("xenonnt-s2").expect("a name");
    Analysis::built_in(id, &Settings::default()).expect("sound tables")
}

/// Nuisances anywhere within five widths of their priors, and within their ranges.
fn anywhere(random: &mut Random, likelihood: &dyn Likelihood) -> Vec<f64> {
    let parameters = likelihood.parameters().iter();
    parameters
        .map(|parameter| {
            let (prior, (low, high)) = (parameter.prior.expect("a prior"), parameter.range);
            let reach = 5.0 * prior.width;
            random.between((prior.centre - reach).max(low), (prior.centre + reach).min(high))
        })
        .collect()
}

/// Strengths from nothing to far above the limit.
const STRENGTHS: [f64; 5] = [0.0, 1e-19, 4.6e-19, 3e-18, 1e-13];

#[test]
fn every_start_leads_to_the_same_minimum() {
    let analysis = xenonnt_s2();
    let likelihood = likelihood(&analysis);
    let sm = analysis.standard_model().sum();
    let mut random = Random::new(2601);
    for mass in [0.1, 5.0, 10.0] {
        let dipole = analysis.dipole(Flavor::Tau, mass).sum();
        let counts = Counts::new(likelihood.observed(), &sm, &dipole);
        for strength in STRENGTHS {
            let profile = |mut nuisances: Vec<f64>| {
                let profile = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
                (profile.chi2, nuisances)
            };
            let (cold, best) = profile(likelihood.start(counts).expect("a start"));
            let found = (0..60).map(|_| profile(anywhere(&mut random, likelihood)).0);
            let found: Vec<f64> = found.collect();
            assert!(
                found.iter().all(|chi2| (chi2 - cold).abs() < 1e-7),
                "{mass} MeV, {strength:e}: {cold} and {found:?}"
            );
            // And it is one: steps of no size in any direction find a lower one.
            let chi2 = |values: &[f64]| {
                let mut parameters = likelihood.parameters().iter().zip(values);
                let is_inside =
                    parameters.all(|(parameter, value)| (parameter.range.0..=parameter.range.1).contains(value));
                if is_inside {
                    likelihood.chi2(counts, strength, values)
                } else {
                    f64::INFINITY
                }
            };
            let (deepest, _) = pattern_search(chi2, &best, &[0.03; 16]);
            assert!(
                deepest > cold - 1e-6,
                "{mass} MeV, {strength:e}: {deepest} below {cold}"
            );
        }
    }
}

#[test]
fn slopes_of_runs_are_differences_of_chi_square() {
    let analysis = xenonnt_s2();
    let likelihood = likelihood(&analysis);
    let (sm, dipole) = (analysis.standard_model().sum(), analysis.dipole(Flavor::Tau, 1.0).sum());
    let at = |strength: f64, factor: f64| {
        let counts = Counts {
            factor,
            ..Counts::new(likelihood.observed(), &sm, &dipole)
        };
        let mut nuisances = likelihood.start(counts).expect("a start");
        let profile = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
        let bins: f64 = likelihood
            .terms(counts, strength, &nuisances)
            .iter()
            .map(|term| term.chi2())
            .sum();
        let parameters = likelihood.parameters().iter().zip(&nuisances);
        let pulls: f64 = parameters
            .filter_map(|(parameter, value)| parameter.pull(*value))
            .map(|pull| pull * pull)
            .sum();
        assert!((profile.chi2 - bins - pulls).abs() < 1e-9);
        assert_eq!(likelihood.chi2(counts, strength, &nuisances), profile.chi2);
        profile
    };
    for strength in [0.0, 5e-19, 3e-18] {
        let (here, step) = (at(strength, 1.0), 1e-22);
        let slope =
            (at(strength + step, 1.0).chi2 - at((strength - step).max(0.0), 1.0).chi2) / (step + step.min(strength));
        assert!(
            (here.slope / slope - 1.0).abs() < 1e-3,
            "{strength:e}: {} {slope}",
            here.slope
        );
        let slope = (at(strength, 1.001).chi2 - at(strength, 0.999).chi2) / 2e-3;
        assert!(
            (here.factor_slope / slope - 1.0).abs() < 1e-3,
            "{strength:e}: {} {slope}",
            here.factor_slope
        );
    }
}

/// What is said to be expected in a bin is what chi-square compares with, also where the shape of the signal is pulled.
#[test]
fn what_is_expected_is_what_is_compared() {
    let analysis = xenonnt_s2();
    let likelihood = likelihood(&analysis);
    let (dipole, strength) = (analysis.dipole(Flavor::Tau, 5.0), 1e-18);
    let fit = analysis
        .fit(&dipole, strength)
        .expect("converges")
        .expect("there are data");
    let bins = analysis.bins(&dipole, strength, &fit);
    assert_eq!(bins.len(), 21);
    for bin in bins {
        let (mean, n) = (bin.expected, bin.observed);
        let chi2 = 2.0 * (mean - n + n * (n / mean).ln());
        assert!((chi2 - bin.chi2).abs() < 1e-9, "{bin:?}");
    }
    let total: f64 = likelihood.background(&fit.nuisances).iter().sum();
    assert!(total > 2000.0, "{total}");
}

/// Any counts have a minimum, and what does not fit is refused.
#[test]
fn runs_converge_for_any_counts() {
    let analysis = xenonnt_s2();
    let likelihood = likelihood(&analysis);
    let (sm, dipole) = (analysis.standard_model().sum(), analysis.dipole(Flavor::Tau, 5.0).sum());
    let mut random = Random::new(11_296);
    for _ in 0..200 {
        let scale = random.between(-2.0, 4.0);
        let observed: Vec<f64> = (0..21)
            .map(|_| (10_f64.powf(scale) * random.between(0.0, 1.0)).floor())
            .collect();
        likelihood.check_observed(&observed).expect("counts");
        let counts = Counts::new(&observed, &sm, &dipole);
        for strength in STRENGTHS {
            let mut nuisances = likelihood.start(counts).expect("a start");
            let profile = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
            assert!(profile.chi2.is_finite());
        }
    }
    let short = Counts::new(likelihood.observed(), &sm[..21], &dipole);
    assert!(likelihood.start(short).is_err() && likelihood.chi2(short, 0.0, &[0.0; 16]).is_nan());
    assert!(likelihood.profile(short, 0.0, &mut [0.0; 16]).is_err());
    assert!(likelihood.check_observed(&[1.0; 20]).is_err() && likelihood.check_observed(&[-1.0; 21]).is_err());
}
