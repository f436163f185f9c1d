//! How far limits scatter around the one that is expected.
//!
//! Asymptotic formulae (Cowan, Cranmer, Gross & Vitells, EPJC 71, 1554 (2011)): the best strength scatters around zero as a Gaussian of width sigma, and
//! chi-square is a parabola around it, but strengths are not negative. Where the best one would be `N sigma`, chi-square is `step` above its minimum at
//! `N + sqrt(step)` sigma for N >= 0, and at `N + sqrt(N^2 + step)` for N < 0, where the minimum is at zero. N = 0 is the median.

/// Standard deviations of the band.
pub const BAND: [f64; 4] = [-2.0, -1.0, 1.0, 2.0];

/// The limit on the strength relative to the median one, where data fluctuate by `sigmas`, for a limit at `step` above the best chi-square.
#[must_use]
pub fn strength_at(sigmas: f64, step: f64) -> f64 {
    let median = step.max(f64::MIN_POSITIVE).sqrt();
    if sigmas >= 0.0 {
        (sigmas + median) / median
    } else {
        (sigmas + sigmas.hypot(median)) / median
    }
}

/// By how many standard deviations data have fluctuated whose limit on the strength is `ratio` times the median one: the inverse of [`strength_at`].
#[must_use]
pub fn fluctuation(ratio: f64, step: f64) -> f64 {
    let median = step.max(f64::MIN_POSITIVE).sqrt();
    let limit = ratio * median;
    if ratio >= 1.0 {
        limit - median
    } else {
        (limit * limit - median * median) / (2.0 * limit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle_and_both_are_inverse() {
        for step in [0.45, 2.7055, 3.84] {
            assert_eq!(strength_at(0.0, step), 1.0);
            for sigmas in BAND {
                assert!((fluctuation(strength_at(sigmas, step), step) - sigmas).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn limits_at_90_percent_scatter_as_computed_by_hand() {
        // sqrt(2.7055) = 1.64485; (2 + 1.64485)/1.64485, (sqrt(1 + 2.7055) - 1)/1.64485.
        assert!((strength_at(2.0, 2.705_543) - 2.215_92).abs() < 1e-4);
        assert!((strength_at(-1.0, 2.705_543) - 0.562_33).abs() < 1e-4);
    }
}
