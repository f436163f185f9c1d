//! Whether a model fits at all.

use super::Parameter;
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
    /// For counts below about five in a bin it is a rough guide only.
    pub p_value: f64,
}

impl Goodness {
    /// Below this the model is said not to fit.
    pub const SMALLEST_P_VALUE: f64 = 1e-3;

    /// Goodness of a fit of these parameters and `others` beside them.
    #[must_use]
    pub fn new(chi2: f64, bins: usize, parameters: &[Parameter], others: usize) -> Self {
        let free_parameters = others + parameters.iter().filter(|parameter| parameter.prior.is_none()).count();
        let dof = bins.saturating_sub(free_parameters);
        Self {
            chi2,
            bins,
            free_parameters,
            p_value: survival(chi2, dof),
        }
    }

    /// Whether the model fits: a p-value of at least [`Self::SMALLEST_P_VALUE`].
    #[must_use]
    pub fn fits(self) -> bool {
        self.p_value >= Self::SMALLEST_P_VALUE
    }
}

/// Probability that a chi-square with `dof` degrees of freedom is larger than `chi2`: the regularised upper incomplete
/// gamma function Q(dof/2, chi2/2), which for whole degrees of freedom is a finite sum (Abramowitz & Stegun, 26.4.4 and 26.4.5). Its terms
/// are positive, so nothing cancels, and none overflows, since each is taken by its logarithm.
fn survival(chi2: f64, dof: usize) -> f64 {
    if dof == 0 || chi2.is_nan() || chi2 <= 0.0 {
        return 1.0;
    }
    let half = 0.5 * chi2.min(f64::MAX);
    let (first, mut sum) = if dof.is_multiple_of(2) {
        (0.0, 0.0)
    } else {
        (0.5, libm::erfc(half.sqrt()))
    };
    for step in 0..dof / 2 {
        let power = first + step as f64;
        sum += (power * half.ln() - half - libm::lgamma(power + 1.0)).exp();
    }
    sum.min(1.0)
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
            let got = survival(chi2, dof);
            assert!(
                (got / expected - 1.0).abs() < 2e-3,
                "{dof} {chi2}: {got} for {expected}"
            );
        }
    }

    #[test]
    fn survival_agrees_with_a_library() {
        for dof in [1, 2, 3, 4, 7, 11, 50, 101, 126, 540] {
            for share in [0.01, 0.3, 0.9, 1.0, 1.1, 1.5, 3.0] {
                let chi2 = share * dof as f64;
                let expected = statrs::function::gamma::gamma_ur(0.5 * dof as f64, 0.5 * chi2);
                let got = survival(chi2, dof);
                assert!(
                    (got / expected - 1.0).abs() < 1e-11,
                    "{dof} {chi2}: {got} for {expected}"
                );
            }
        }
    }

    #[test]
    fn extremes_are_probabilities() {
        for chi2 in [0.0, 1e-300, 1e3, 1e8, 1e300, f64::INFINITY] {
            for dof in [0, 1, 124, 100_000] {
                let got = survival(chi2, dof);
                assert!((0.0..=1.0).contains(&got), "{dof} {chi2}: {got}");
            }
        }
        assert!(survival(1e5, 100) < 1e-100 && survival(1e-3, 100) > 0.999_999);
    }

    #[test]
    fn nuisances_with_a_prior_do_not_count() {
        let parameters = [Parameter::shift("a", "a", 0.1), Parameter::free("b", "b", "", 0.0)];
        let goodness = Goodness::new(10.0, 12, &parameters, 1);
        assert_eq!(goodness.free_parameters, 2);
        assert!(goodness.fits());
        assert!(!Goodness::new(60.0, 12, &parameters, 0).fits());
    }
}
