//! Pseudo-data that no experiment would see: fits still end, and no blind search gets deeper.

use crate::minimisers::{Random, nelder_mead, pattern_search};
use crate::setups::{coherent, counting_chi2, dresden_ii, ionisation_chi2, likelihood};
use dipole_portal::Flavor;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Counts, Likelihood};

/// Profiles at strengths from zero to far beyond any limit.
const STRENGTHS: [f64; 4] = [0.0, 1.0, 100.0, 1e6];

fn profile(likelihood: &dyn Likelihood, counts: Counts, strength: f64, what: &str) -> (f64, Vec<f64>) {
    let start = likelihood.start(counts);
    assert!(start.is_ok(), "{what}: {start:?}");
    let mut nuisances = start.expect("just checked");
    let profile = likelihood.profile(counts, strength, &mut nuisances);
    assert!(profile.is_ok(), "{what} at {strength:e}: {profile:?}");
    let profile = profile.expect("just checked");
    assert!(
        profile.chi2.is_finite() && profile.slope.is_finite(),
        "{what}: {profile:?}"
    );
    for (parameter, value) in likelihood.parameters().iter().zip(&nuisances) {
        let (low, high) = parameter.range;
        assert!((low..=high).contains(value), "{what}: {} = {value}", parameter.name);
    }
    (profile.chi2, nuisances)
}

/// Counts of nothing, of far too much, of single spikes, and at random over many decades.
fn wild_counts(random: &mut Random) -> Vec<(String, Vec<f64>)> {
    let spike = |bin: usize, height: f64| {
        let mut counts = vec![0.0; 99];
        counts[bin] = height;
        counts
    };
    let mut cases = vec![
        ("nothing".to_owned(), vec![0.0; 99]),
        ("a thousand everywhere".to_owned(), vec![1e3; 99]),
        ("1e9 everywhere".to_owned(), vec![1e9; 99]),
        ("one count".to_owned(), spike(40, 1.0)),
        ("a spike".to_owned(), spike(12, 1e6)),
        ("another".to_owned(), spike(98, 3e4)),
    ];
    for index in 0..12 {
        let counts = (0..99)
            .map(|_| 10_f64.powf(random.between(-3.0, 5.0)).floor())
            .collect();
        cases.push((format!("random {index}"), counts));
    }
    cases
}

/// Regression: all bins empty did not converge, since the best factor of the signal would have been negative.
#[test]
fn counting_converges_for_any_counts() {
    let mut random = Random::new(20_240_613);
    let analysis = coherent();
    let likelihood = likelihood(&analysis);
    let (sm, dipole) = (
        analysis.standard_model().sum(),
        analysis.dipole(Flavor::Muon, 1.0).sum(),
    );
    for (what, observed) in wild_counts(&mut random) {
        likelihood.check_observed(&observed).expect("sound counts");
        let counts = Counts::new(&observed, &sm, &dipole);
        let unit = likelihood.strength_scale(counts).expect("there is sensitivity");
        for strength in STRENGTHS.map(|strength| strength * unit) {
            let (chi2, _) = profile(likelihood, counts, strength, &what);
            let function = |etas: &[f64]| counting_chi2(likelihood, counts, strength, etas);
            for start in [[0.0; 4], [-0.9, 0.0, 0.0, -0.5], [-0.99, 5.0, 5.0, 2.0]] {
                let (deepest, at) = pattern_search(function, &start, &[0.3, 0.3, 0.3, 0.3]);
                assert!(
                    chi2 <= deepest + 1e-6 + 1e-9 * deepest.abs(),
                    "{what} at {strength:e}: {chi2}, but {deepest} at {at:?}"
                );
            }
        }
    }
}

/// Spectra that are negative, huge, one spike, or noise a thousand times the errors.
fn wild_spectra(random: &mut Random, on: &[f64]) -> Vec<(String, Vec<f64>)> {
    let bins = on.len();
    let spike = |bin: usize, height: f64| {
        let mut spectrum = vec![0.0; bins];
        spectrum[bin] = height;
        spectrum
    };
    let mut cases = vec![
        ("nothing".to_owned(), vec![0.0; bins]),
        ("-1e4 everywhere".to_owned(), vec![-1e4; bins]),
        ("1e6 everywhere".to_owned(), vec![1e6; bins]),
        ("a spike".to_owned(), spike(20, 1e4)),
        ("a hole".to_owned(), spike(70, -1e4)),
        ("upside down".to_owned(), on.iter().map(|count| -count).collect()),
        (
            "one bin very negative".to_owned(),
            on.iter()
                .enumerate()
                .map(|(bin, count)| if bin == 5 { -1e5 } else { *count })
                .collect(),
        ),
    ];
    for index in 0..10 {
        let width = 10_f64.powf(random.between(0.5, 3.0));
        let noise = on
            .iter()
            .map(|count| count + width * random.between(-1.0, 1.0))
            .collect();
        cases.push((format!("noise {index} of {width:.1}"), noise));
    }
    cases
}

/// Regression: very negative bins did not converge. A spectrum of noise has many valleys, and the search for a start may
/// miss the deepest of them by a little; it must not miss what blind searches from elsewhere find by more.
#[test]
fn ionisation_converges_for_any_spectrum() {
    let mut random = Random::new(20_240_614);
    let analysis = dresden_ii(Quenching::Fef);
    let likelihood = likelihood(&analysis);
    let (sm, dipole) = (
        analysis.standard_model().sum(),
        analysis.dipole(Flavor::Electron, 1.0).sum(),
    );
    for (what, observed) in wild_spectra(&mut random, likelihood.observed()) {
        likelihood.check_observed(&observed).expect("a sound spectrum");
        let counts = Counts::new(&observed, &sm, &dipole);
        let unit = likelihood.strength_scale(counts).expect("there is sensitivity");
        for strength in STRENGTHS.map(|strength| strength * unit) {
            profile(likelihood, counts, strength, &what);
        }
        let (chi2, _) = profile(likelihood, counts, 0.0, &what);
        let function = |values: &[f64]| ionisation_chi2(likelihood, counts, 0.0, values);
        let level = observed.iter().map(|count| count.abs()).fold(1.0, f64::max);
        for _ in 0..4 {
            let start = [
                random.between(0.0, level),
                random.between(0.0, level),
                random.between(0.1, 20.0),
                random.between(0.0, level),
                random.between(0.02, 0.3),
                random.between(1.21, 1.39),
                random.between(0.05, 0.3),
                random.between(-0.05, 0.05),
            ];
            let steps = [0.1 * level, 0.1 * level, 1.0, 0.1 * level, 0.01, 0.01, 0.03, 0.02];
            let (deepest, at) = nelder_mead(function, &start, &steps, 1e-5);
            assert!(
                chi2 <= deepest + 1e-3 + 1e-7 * deepest,
                "{what}: {chi2}, but {deepest} at {at:?}"
            );
        }
    }
}
