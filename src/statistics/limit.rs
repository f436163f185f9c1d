//! Limits on the strength d^2 at fixed mass.

use super::{Likelihood, Profile, Signal};
use crate::Error;

/// Steps of the bracketing and of the root search before giving up.
const STEPS: usize = 100;
/// Relative precision of a strength.
const PRECISION: f64 = 1e-6;

/// The minimum of the profiled chi-square over strengths not below zero.
#[derive(Clone, Debug)]
pub struct Minimum<N> {
    /// Strength at the minimum.
    pub strength: f64,
    /// Chi-square there.
    pub chi2: f64,
    /// Best nuisances there.
    pub nuisances: N,
}

/// An upper limit on the strength.
#[derive(Clone, Debug)]
pub struct Limit<N> {
    /// Largest strength within the step of chi-square; `None` where there is no sensitivity.
    pub strength: Option<f64>,
    /// The minimum that the step is counted from.
    pub minimum: Minimum<N>,
}

/// Finds the minimum over strength: zero if chi-square rises there, else the bracketed root of its slope.
///
/// # Errors
/// [`Error::Convergence`] if a profile or the search does not converge.
pub fn minimum<L: Likelihood>(
    likelihood: &L,
    signal: Signal,
    start: &L::Nuisances,
) -> Result<Minimum<L::Nuisances>, Error> {
    let mut nuisances = start.clone();
    let at_zero = likelihood.profile(signal, 0.0, &mut nuisances)?;
    let scale = likelihood.strength_scale(signal.dipole);
    let (Some(scale), true) = (scale, at_zero.slope < 0.0) else {
        return Ok(Minimum {
            strength: 0.0,
            chi2: at_zero.chi2,
            nuisances,
        });
    };
    let slope = |strength: f64, nuisances: &mut L::Nuisances| {
        likelihood
            .profile(signal, strength, nuisances)
            .map(|profile| (profile.slope, profile))
    };
    let (strength, profile) = rising_root(slope, (0.0, at_zero.slope), scale, 1e-4, &mut nuisances)?;
    Ok(Minimum {
        strength,
        chi2: profile.chi2,
        nuisances,
    })
}

/// Largest strength at which chi-square is `delta_chi2` above its minimum.
///
/// The root is searched in `sqrt(chi2 - minimum)`, which is nearly linear in strength (chi-square
/// is nearly a parabola), so that three or four profiles are enough.
///
/// # Errors
/// [`Error::Convergence`] if a profile or the search does not converge.
pub fn limit<L: Likelihood>(
    likelihood: &L,
    signal: Signal,
    delta_chi2: f64,
    start: &L::Nuisances,
) -> Result<Limit<L::Nuisances>, Error> {
    let minimum = minimum(likelihood, signal, start)?;
    let Some(scale) = likelihood.strength_scale(signal.dipole) else {
        return Ok(Limit {
            strength: None,
            minimum,
        });
    };
    let goal = delta_chi2.sqrt();
    let excess = |strength: f64, nuisances: &mut L::Nuisances| {
        let profile = likelihood.profile(signal, strength, nuisances)?;
        Ok(((profile.chi2 - minimum.chi2).max(0.0).sqrt() - goal, profile))
    };
    let mut nuisances = minimum.nuisances.clone();
    let (strength, _) = rising_root(
        excess,
        (minimum.strength, -goal),
        goal * scale,
        PRECISION,
        &mut nuisances,
    )?;
    Ok(Limit {
        strength: Some(strength),
        minimum,
    })
}

/// Root of a function that is below zero at `low` and rises: doubles the step until it is
/// bracketed, then regula falsi with the Illinois modification (Dowell & Jarratt, BIT 11, 168
/// (1971)), which always keeps the bracket and converges with order 1.44. Ends when two trials in a row
/// agree to `precision`.
fn rising_root<N>(
    mut function: impl FnMut(f64, &mut N) -> Result<(f64, Profile), Error>,
    mut low: (f64, f64),
    mut step: f64,
    precision: f64,
    nuisances: &mut N,
) -> Result<(f64, Profile), Error> {
    let mut high: Option<(f64, f64)> = None;
    let mut last = f64::INFINITY;
    let mut last_above = None;
    for _ in 0..STEPS {
        let trial = high.map_or(low.0 + step, |high| {
            (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1)
        });
        let (value, profile) = function(trial, nuisances)?;
        if value == 0.0 || (trial - last).abs() <= precision * trial {
            return Ok((trial, profile));
        }
        last = trial;
        let above = value > 0.0;
        // The end that stays twice in a row gets half its weight.
        let stale = if high.is_some() && last_above == Some(above) {
            0.5
        } else {
            1.0
        };
        if above {
            high = Some((trial, value));
            low.1 *= stale;
        } else {
            low = (trial, value);
            high = high.map(|(position, value)| (position, stale * value));
            step *= 2.0;
        }
        last_above = Some(above);
    }
    Err(Error::Convergence {
        fit: "strength of the dipole",
        iterations: STEPS,
    })
}
