//! The normal distribution.

use std::f64::consts::{PI, SQRT_2};

/// Density at `z` standard deviations.
#[must_use]
pub(crate) fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}

/// Share below `z` standard deviations.
#[must_use]
pub(crate) fn share_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z / SQRT_2)
}

/// Mills' ratio: the share above `y` standard deviations over the density there, for `y` from about 5 on (Laplace's continued fraction, to 1e-15 from 8 on).
#[must_use]
pub(crate) fn mills(y: f64) -> f64 {
    let mut tail = y;
    for term in (1..=40).rev() {
        tail = y + f64::from(term) / tail;
    }
    tail.recip()
}

/// Probability of each bin between rising `edges` for a Gaussian of this mean and width; what is beyond 8 widths is nothing.
#[must_use]
pub(crate) fn bin_probabilities(mean: f64, width: f64, edges: &[f64]) -> Vec<f64> {
    const REACH: f64 = 8.0;
    let below = |edge: &f64| {
        let z = (edge - mean) / width;
        if z <= -REACH {
            0.0
        } else if z >= REACH {
            1.0
        } else {
            share_below(z)
        }
    };
    let below: Vec<f64> = edges.iter().map(below).collect();
    below.windows(2).map(|pair| pair[1] - pair[0]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mills_ratio_is_share_over_density() {
        for y in [8.0, 9.0, 12.0, 20.0] {
            let expected = share_below(-y) / density(y);
            assert!((mills(y) / expected - 1.0).abs() < 1e-12, "{y}");
        }
    }

    #[test]
    fn bins_share_what_there_is() {
        let bins = bin_probabilities(1.0, 0.5, &[-9.0, 0.5, 1.0, 9.0]);
        assert!((bins.iter().sum::<f64>() - 1.0).abs() < 1e-15);
        assert!((bins[1] - 0.341_344_746).abs() < 1e-8);
    }
}
