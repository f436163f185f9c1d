//! Energy resolution of an ionisation detector.

use std::f64::consts::SQRT_2;

/// Gaussian resolution, truncated at zero energy: `sigma^2 = noise^2 + fano * pair * T_I`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// Electronic noise, in MeV.
    pub noise_mev: f64,
    /// Fano factor.
    pub fano: f64,
    /// Energy of one electron-hole pair, in MeV.
    pub pair_mev: f64,
}

impl Resolution {
    /// Standard deviation, in MeV, at ionisation energy `ionisation_mev`.
    #[must_use]
    pub fn sigma_mev(&self, ionisation_mev: f64) -> f64 {
        (self.noise_mev * self.noise_mev + self.fano * self.pair_mev * ionisation_mev).sqrt()
    }

    /// Probability of a measured energy within each bin of `edges_mev`, normalised to measured
    /// energies above zero: Gaussian integral times `2/(1 + erf(T_I/(sqrt 2 sigma)))`.
    #[must_use]
    pub fn bin_probabilities(&self, ionisation_mev: f64, edges_mev: &[f64]) -> Vec<f64> {
        let above_zero = 1.0 + libm::erf(ionisation_mev / (SQRT_2 * self.sigma_mev(ionisation_mev)));
        self.gaussian(ionisation_mev, edges_mev, above_zero)
    }

    /// The same, normalised to all measured energies: the Gaussian integral alone.
    #[must_use]
    pub fn uncut_bin_probabilities(&self, ionisation_mev: f64, edges_mev: &[f64]) -> Vec<f64> {
        self.gaussian(ionisation_mev, edges_mev, 2.0)
    }

    /// Differences of the error function at the edges, over `norm`.
    fn gaussian(&self, ionisation_mev: f64, edges_mev: &[f64], norm: f64) -> Vec<f64> {
        /// Beyond this many standard deviations a bin gets nothing (below 1e-15).
        const REACH: f64 = 8.0;
        let sigma = self.sigma_mev(ionisation_mev);
        let cumulative = |edge: f64| {
            let pull = ((edge - ionisation_mev) / sigma).clamp(-REACH, REACH);
            libm::erf(pull / SQRT_2) / norm
        };
        let mut below = edges_mev.first().map_or(0.0, |edge| cumulative(*edge));
        edges_mev
            .iter()
            .skip(1)
            .map(|edge| {
                let above = cumulative(*edge);
                let probability = above - below;
                below = above;
                probability
            })
            .collect()
    }
}
