//! Expected limits against pseudo-experiments: the median and the bands are asymptotic formulae, and these are what they stand for.

use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Confidence, Counts, Goodness, Term, limit, strength_at};

/// Random numbers that are the same on every machine (SplitMix64; Steele, Lea & Flood, OOPSLA 2014).
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((bits ^ (bits >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Counts with this mean, by multiplication (Knuth), which is exact; the means here are below 100.
    fn poisson(&mut self, mean: f64) -> f64 {
        let (end, mut product, mut count) = ((-mean).exp(), self.uniform(), 0.0);
        while product > end {
            product *= self.uniform();
            count += 1.0;
        }
        count
    }
}

#[test]
fn pseudo_experiments_scatter_around_the_expected_limit_as_its_band_says() {
    const EXPERIMENTS: usize = 400;
    let settings = Settings {
        expected: true,
        ..Settings::default()
    };
    let coherent = Analysis::built_in(ExperimentId::COHERENT_CSI, &settings).expect("sound tables");
    let likelihood = coherent.statistic().likelihood().expect("data");
    let (sm, dipole) = (
        coherent.standard_model().sum(),
        coherent.dipole(Flavor::Muon, 10.0).sum(),
    );
    let step = Confidence::PAPER.delta_chi2();
    let strength_of = |observed: &[f64]| {
        let counts = Counts::new(observed, &sm, &dipole);
        let start = likelihood.start(counts).expect("a start");
        let found = limit(likelihood, counts, step, &start).expect("converges");
        found.limit.value().expect("a limit")
    };
    let expected = strength_of(likelihood.observed());
    let mut random = Random(2026);
    let mut strengths: Vec<f64> = (0..EXPERIMENTS)
        .map(|_| {
            let observed: Vec<f64> = likelihood.observed().iter().map(|mean| random.poisson(*mean)).collect();
            strength_of(&observed)
        })
        .collect();
    strengths.sort_by(f64::total_cmp);
    let quantile = |share: f64| strengths[(share * EXPERIMENTS as f64) as usize] / expected;
    // Of 400 the median is known to about 4 %, the ends of one standard deviation to about 5 %; nuisances do not fluctuate here, which makes the scatter a little smaller
    // than the band, whose width they are part of.
    for (share, sigmas, tolerance) in [(0.5, 0.0, 0.08), (0.159, -1.0, 0.15), (0.841, 1.0, 0.15)] {
        let (found, said) = (quantile(share), strength_at(sigmas, step));
        assert!(
            (found / said - 1.0).abs() < tolerance,
            "{sigmas} sigma: {found} against {said}"
        );
    }
    assert!(strengths[0] < expected && expected < strengths[EXPERIMENTS - 1]);
}

/// Data that a model with these means makes are as often below a p-value as it says, but for half of what the likeliest value takes alone: few counts in
/// all have few values.
fn assert_p_values(means: &[f64], what: &str) {
    const TRIALS: usize = 2000;
    let mut random = Random(20_261_128);
    let mut p_value = || {
        let draw = |mean: &f64| Term::Poisson {
            mean: *mean,
            observed: random.poisson(*mean),
        };
        let terms: Vec<Term> = means.iter().map(draw).collect();
        let chi2 = terms.iter().map(|term| term.chi2()).sum();
        Goodness::new(chi2, &terms, &[]).p_value
    };
    let mut p_values: Vec<f64> = (0..TRIALS).map(|_| p_value()).collect();
    p_values.sort_by(f64::total_cmp);
    let alike = p_values.chunk_by(|one, other| other - one < 1e-9).map(<[f64]>::len);
    let likeliest = alike.max().unwrap_or(0) as f64 / TRIALS as f64;
    for level in [0.1, 0.5, 0.9] {
        let below = p_values.iter().filter(|p_value| **p_value < level).count();
        let (share, error) = (
            below as f64 / TRIALS as f64,
            (level * (1.0 - level) / TRIALS as f64).sqrt(),
        );
        assert!(
            (share - level).abs() < 4.0 * error + 0.5 * likeliest,
            "{what}, {level}: {share}"
        );
    }
}

#[test]
fn a_true_model_is_as_likely_as_it_says_where_few_counts_are_expected() {
    for mean in [0.05, 0.3, 1.0, 3.0, 30.0] {
        assert_p_values(&[mean; 200], &format!("{mean} in each of 200 bins"));
    }
    let coherent = Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default()).expect("sound tables");
    let dipole = coherent.dipole(Flavor::Muon, 1.0);
    let fit = coherent.fit(&dipole, 0.0).expect("converges").expect("data");
    let bins = coherent.bins(&dipole, 0.0, &fit);
    let means: Vec<f64> = bins.iter().map(|bin| bin.expected).collect();
    assert!(means.len() == 99 && means.iter().any(|mean| *mean < 1.0), "{means:?}");
    assert_p_values(&means, "COHERENT CsI");
}
