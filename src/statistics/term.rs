//! What a bin adds to a chi-square, and what it does on average.

/// What a bin adds to a chi-square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Term {
    /// The square of a distance in units of its Gaussian error.
    Gaussian(f64),
    /// Twice the logarithm of a ratio of Poisson likelihoods.
    Poisson {
        /// Expected counts.
        mean: f64,
        /// Observed ones.
        observed: f64,
    },
}

/// Mean and variance of a sum of terms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moments {
    /// The mean.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// Expected counts up to which the moments of a term are summed over the counts.
const FEW: f64 = 20.0;
/// Counts that such sums go to: one of more has a probability below 1e-14.
const MOST_OF_FEW: usize = 64;

impl Term {
    /// The term itself: infinite where counts cannot have come from what is expected.
    #[must_use]
    pub fn chi2(self) -> f64 {
        match self {
            Self::Gaussian(chi2) => chi2,
            Self::Poisson { mean, observed } => poisson_chi2(mean, observed),
        }
    }
}

/// What a bin with `n` counts adds to the chi-square where `mean` are expected: infinite where they cannot have come from there.
pub(super) fn poisson_chi2(mean: f64, n: f64) -> f64 {
    if mean <= 0.0 && n > 0.0 || mean < 0.0 {
        return f64::INFINITY;
    }
    let chi2 = 2.0 * (mean - n + if n > 0.0 { n * (n / mean).ln() } else { 0.0 });
    // Nothing but rounding of many counts makes it negative.
    if chi2 < 0.0 { 0.0 } else { chi2 }
}

impl Moments {
    /// Of all terms, each if its model is true.
    #[must_use]
    pub fn of(terms: &[Term]) -> Self {
        let logarithms: [f64; MOST_OF_FEW] = std::array::from_fn(|count| (count as f64).ln());
        let mut sum = Self::default();
        for term in terms {
            let Self { mean, variance } = match *term {
                Term::Gaussian(_) => Self {
                    mean: 1.0,
                    variance: 2.0,
                },
                Term::Poisson { mean, .. } => Self::of_poisson(mean, &logarithms),
            };
            sum.mean += mean;
            sum.variance += variance;
        }
        sum
    }

    /// Of one bin with `expected` counts. For many counts they are those of a chi-square with one degree of freedom, to second order in their inverse (the
    /// second of the variance fitted to the sums, good to 1e-4).
    fn of_poisson(expected: f64, logarithms: &[f64; MOST_OF_FEW]) -> Self {
        if expected.is_nan() || expected <= 0.0 {
            return Self::default();
        }
        if expected > FEW {
            let part = 1.0 / expected;
            return Self {
                mean: 1.0 + part * (1.0 + part) / 6.0,
                variance: 2.0 + part * (2.0 / 3.0 + 1.55 * part),
            };
        }
        let logarithm = expected.ln();
        let mut probability = (-expected).exp();
        let (mut mean, mut square) = (0.0, 0.0);
        for (count, of_count) in logarithms.iter().enumerate() {
            let n = count as f64;
            let ratio = if count == 0 { 0.0 } else { n * (of_count - logarithm) };
            let chi2 = 2.0 * (expected - n + ratio);
            mean += probability * chi2;
            square += probability * chi2 * chi2;
            probability *= expected / (n + 1.0);
        }
        Self {
            mean,
            variance: (square - mean * mean).max(0.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(mean: f64) -> Moments {
        Moments::of(&[Term::Poisson { mean, observed: 0.0 }])
    }

    #[test]
    fn many_counts_are_never_better_than_exactly_expected() {
        for step in 1..100 {
            let n = 1e15;
            let chi2 = poisson_chi2(n + f64::from(step), n);
            assert!((0.0..1.0).contains(&chi2), "{step}: {chi2}");
        }
        assert!(poisson_chi2(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn many_counts_are_gaussian_and_none_say_nothing() {
        let Moments { mean, variance } = of(1e6);
        assert!((mean - 1.0).abs() < 1e-6 && (variance - 2.0).abs() < 1e-6);
        assert_eq!(of(0.0), Moments::default());
        assert_eq!(of(-1.0), Moments::default());
        assert!(of(1e-9).mean < 1e-6);
    }

    /// Sums over 300 counts, by a few lines of Python.
    #[test]
    fn few_counts_have_moments_of_their_own() {
        for (expected, mean, variance) in [
            (0.1, 0.474_097_847_66, 0.860_401_763_75),
            (1.0, 1.146_805_618_25, 1.364_601_879_28),
            (5.0, 1.046_676_966_38, 2.266_783_053_35),
            (19.9, 1.008_843_48, 2.037_491_01),
            (30.0, 1.005_753_75, 2.023_870_16),
            (50.0, 1.003_402_69, 2.013_900_48),
        ] {
            let got = of(expected);
            assert!((got.mean - mean).abs() < 2e-5, "{expected}: {got:?}");
            assert!((got.variance - variance).abs() < 2e-4, "{expected}: {got:?}");
        }
    }

    #[test]
    fn the_two_ways_meet() {
        let (below, above) = (of(FEW), of(FEW * (1.0 + 1e-12)));
        assert!((below.mean - above.mean).abs() < 1e-4);
        assert!((below.variance - above.variance).abs() < 1e-4);
    }
}
