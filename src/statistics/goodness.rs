//! Whether a model fits at all.

use super::Parameter;
use super::term::{Moments, Term};
use serde::Serialize;

/// Goodness of a fit: chi-square with its degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Goodness {
    /// Chi-square at its minimum over the nuisances.
    pub chi2: f64,
    /// Bins of the data.
    pub bins: usize,
    /// Parameters that the data alone determine: nuisances with a prior bring a term of chi-square of their own and do
    /// not count.
    pub free_parameters: usize,
    /// Probability of a chi-square at least as large if the model is true; 1 where there are no degrees of freedom.
    pub p_value: f64,
}

impl Goodness {
    /// Below this the model is said not to fit.
    pub const SMALLEST_P_VALUE: f64 = 1e-3;

    /// Goodness of a fit of these parameters, which left these terms.
    ///
    /// The sum of the terms is taken to scatter like a multiple of a chi-square, with the mean and the variance that it has if the model is true: of
    /// few counts a term is on average less than one where nearly none are expected, and more where one or two are. A parameter that is fitted
    /// takes a term of Gaussian counts away.
    #[must_use]
    pub fn new(chi2: f64, terms: &[Term], parameters: &[Parameter]) -> Self {
        let free_parameters = parameters.iter().filter(|parameter| parameter.prior.is_none()).count();
        let (Moments { mean, variance }, free) = (Moments::of(terms), free_parameters as f64);
        let (mean, variance) = (mean - free, variance - 2.0 * free);
        Self {
            chi2,
            bins: terms.len(),
            free_parameters,
            p_value: if mean > 0.0 && variance > 0.0 {
                survival(2.0 * chi2 * mean / variance, 2.0 * mean * mean / variance)
            } else {
                1.0
            },
        }
    }

    /// Whether the model fits: a p-value of at least [`Self::SMALLEST_P_VALUE`].
    #[must_use]
    pub fn fits(self) -> bool {
        self.p_value >= Self::SMALLEST_P_VALUE
    }
}

/// Probability that a chi-square with `dof` degrees of freedom, not always a whole number, is larger than `chi2`: the regularised upper incomplete gamma
/// function Q(dof/2, chi2/2), by its series or its continued fraction (Abramowitz & Stegun, 6.5.29 and 6.5.31).
fn survival(chi2: f64, dof: f64) -> f64 {
    if dof.is_nan() || dof <= 0.0 || chi2.is_nan() || chi2 <= 0.0 {
        return 1.0;
    }
    let (a, x) = (0.5 * dof, 0.5 * chi2.min(f64::MAX));
    let factor = (a * x.ln() - x - libm::lgamma(a)).exp();
    let tail = if x < a + 1.0 {
        1.0 - factor * series(a, x)
    } else {
        factor * fraction(a, x)
    };
    tail.clamp(0.0, 1.0)
}

/// Most terms of either: more than ten thousand bins need.
const MOST_TERMS: usize = 5000;

/// Sum of x^n / (a (a + 1) ... (a + n)).
fn series(a: f64, x: f64) -> f64 {
    let mut term = 1.0 / a;
    let mut sum = term;
    for n in 1..MOST_TERMS {
        term *= x / (a + n as f64);
        sum += term;
        if term < f64::EPSILON * sum {
            break;
        }
    }
    sum
}

/// 1/(x + 1 - a - 1 (1 - a)/(x + 3 - a - 2 (2 - a)/(x + 5 - a - ...))), from its head on by ratios of its successive approximations (Lentz).
fn fraction(a: f64, x: f64) -> f64 {
    let mut middle = x + 1.0 - a;
    let mut above = f64::MAX;
    let mut below = 1.0 / middle;
    let mut value = below;
    for n in 1..MOST_TERMS {
        let n = n as f64;
        let step = n * (a - n);
        middle += 2.0;
        below = 1.0 / (step * below + middle);
        above = middle + step / above;
        let ratio = above * below;
        value *= ratio;
        if (ratio - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Quantiles of the chi-square distribution as tables print them (NIST/SEMATECH e-Handbook, 1.3.6.7.4).
    #[test]
    fn survival_agrees_with_printed_tables() {
        for (dof, chi2, expected) in [
            (1, 2.706, 0.10),
            (2, 4.605, 0.10),
            (10, 29.588, 0.001),
            (50, 67.505, 0.05),
            (100, 124.342, 0.05),
            (100, 149.449, 0.001),
        ] {
            let got = survival(chi2, f64::from(dof));
            assert!(
                (got / expected - 1.0).abs() < 2e-3,
                "{dof} {chi2}: {got} for {expected}"
            );
        }
    }

    #[test]
    fn survival_agrees_with_a_library() {
        for dof in [0.6, 1.0, 2.0, 3.0, 4.5, 7.0, 11.0, 50.0, 101.3, 126.0, 540.0, 2000.0] {
            for share in [0.01, 0.3, 0.9, 1.0, 1.1, 1.5, 3.0] {
                let chi2 = share * dof;
                let expected = statrs::function::gamma::gamma_ur(0.5 * dof, 0.5 * chi2);
                let got = survival(chi2, dof);
                assert!(
                    (got - expected).abs() <= 1e-11 * expected,
                    "{dof} {chi2}: {got} for {expected}"
                );
            }
        }
    }

    #[test]
    fn extremes_are_probabilities() {
        for chi2 in [0.0, 1e-300, 1e3, 1e8, 1e300, f64::INFINITY] {
            for dof in [0, 1, 124, 100_000] {
                let got = survival(chi2, f64::from(dof));
                assert!((0.0..=1.0).contains(&got), "{dof} {chi2}: {got}");
            }
        }
        assert!(survival(1e5, 100.0) < 1e-100 && survival(1e-3, 100.0) > 0.999_999);
    }

    #[test]
    fn nuisances_with_a_prior_do_not_count() {
        let parameters = [Parameter::shift("a", "a", 0.1), Parameter::free("b", "b", "", 0.0)];
        let terms = [Term::Gaussian(1.0); 12];
        let goodness = Goodness::new(10.0, &terms, &parameters);
        assert_eq!((goodness.bins, goodness.free_parameters), (12, 1));
        let expected = survival(10.0, 11.0);
        assert!((goodness.p_value / expected - 1.0).abs() < 1e-12);
        assert!(goodness.fits());
        assert!(!Goodness::new(60.0, &terms, &parameters).fits());
    }
}
