//! When the neutrinos of a pulsed beam arrive: protons in a Gaussian pulse, folded with the decays of pion and muon.

use crate::numerics::gauss::{density, mills, share_below};
use crate::physics::units::{MUON_LIFETIME_US, PION_LIFETIME_US};

/// A Gaussian pulse whose mean is known to a standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BeamPulse {
    /// Its mean, in us.
    pub mean_us: f64,
    /// One standard deviation of its mean, in us.
    pub shift_us: f64,
    /// Its width (one standard deviation), in us.
    pub width_us: f64,
}

/// A share of what arrives with its first two derivatives in the shift of the pulse, in standard deviations.
pub type Share = [f64; 3];

impl BeamPulse {
    /// Shares of the neutrinos of the pion's decay in the bins between rising `edges_us`, for a pulse that is `shift` standard deviations late.
    #[must_use]
    pub fn prompt(&self, edges_us: &[f64], shift: f64) -> Vec<Share> {
        between(edges_us, |edge_us| self.arrived(edge_us, shift, PION_LIFETIME_US))
    }

    /// The same of the neutrinos of the muon's decay, which follows that of the pion.
    #[must_use]
    pub fn delayed(&self, edges_us: &[f64], shift: f64) -> Vec<Share> {
        let (pion, muon) = (PION_LIFETIME_US, MUON_LIFETIME_US);
        between(edges_us, |edge_us| {
            let of_pion = self.arrived(edge_us, shift, pion);
            let of_muon = self.arrived(edge_us, shift, muon);
            std::array::from_fn(|order| (muon * of_muon[order] - pion * of_pion[order]) / (muon - pion))
        })
    }

    /// What has arrived by `time_us` of a Gaussian folded with one exponential: `G = Phi(z) - tau h` with the density
    /// `h = exp(s^2/(2 tau^2) - (t - t0)/tau) Phi(z - s/tau)/tau`. Since `G' = h` and `h' = (density of the Gaussian - h)/tau`, its derivatives are closed, too.
    fn arrived(&self, time_us: f64, shift: f64, lifetime_us: f64) -> Share {
        let width = self.width_us;
        let z = (time_us - self.mean_us - shift * self.shift_us) / width;
        let x = z - width / lifetime_us;
        // The exponent is (x^2 - z^2)/2. Far below the exponential is large and Phi small: their product is the density over Mills' ratio.
        let folded = if x > -8.0 {
            (0.5 * (x - z) * (x + z)).exp() * share_below(x)
        } else {
            density(z) * mills(-x)
        };
        let rate = folded / lifetime_us;
        let rise = (density(z) / width - rate) / lifetime_us;
        [
            share_below(z) - folded,
            -rate * self.shift_us,
            rise * self.shift_us * self.shift_us,
        ]
    }
}

/// Differences over the bins.
fn between(edges_us: &[f64], arrived: impl Fn(f64) -> Share) -> Vec<Share> {
    let arrived: Vec<Share> = edges_us.iter().map(|edge_us| arrived(*edge_us)).collect();
    let pairs = arrived.windows(2);
    pairs
        .map(|pair| std::array::from_fn(|order| pair[1][order] - pair[0][order]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULSE: BeamPulse = BeamPulse {
        mean_us: 0.44,
        shift_us: 0.2,
        width_us: 0.15,
    };

    fn edges_us() -> Vec<f64> {
        (0..=10).map(|edge| -0.1 + 0.5 * f64::from(edge)).collect()
    }

    #[test]
    fn nearly_all_prompt_ones_are_in_the_window() {
        let sum = |shares: Vec<Share>| shares.iter().map(|share| share[0]).sum::<f64>();
        assert!((sum(PULSE.prompt(&edges_us(), 0.0)) - 0.9999).abs() < 1e-4);
        assert!((sum(PULSE.delayed(&edges_us(), 0.0)) - 0.8668).abs() < 1e-4);
    }

    /// Derivatives against differences, also of pulses far wider than the pion's life, where the exponential would not fit into a float.
    #[test]
    fn derivatives_are_those_of_the_shares() {
        const STEP: f64 = 1e-4;
        for width_us in [0.015, 0.15, 1.5, 15.0] {
            let pulse = BeamPulse { width_us, ..PULSE };
            for shift in [-1.5, 0.0, 0.7] {
                for of in [BeamPulse::prompt, BeamPulse::delayed] {
                    let [low, here, high] = [-STEP, 0.0, STEP].map(|step| of(&pulse, &edges_us(), shift + step));
                    for ((low, here), high) in low.iter().zip(&here).zip(&high) {
                        let slope = (high[0] - low[0]) / (2.0 * STEP);
                        let curvature = (high[1] - low[1]) / (2.0 * STEP);
                        assert!((slope - here[1]).abs() < 1e-6, "{width_us} {shift}: {slope} {here:?}");
                        assert!(
                            (curvature - here[2]).abs() < 1e-5,
                            "{width_us} {shift}: {curvature} {here:?}"
                        );
                    }
                }
            }
        }
    }
}
