//! Limits on the strength d^2 at fixed mass.

use super::{Counts, Likelihood, Profile};
use crate::{Error, ErrorKind};

/// Steps of the bracketing and of the root search before giving up.
const STEPS: usize = 100;
/// First steps of a search after which a function that has not risen above zero is taken to stay below.
const FAR: f64 = 1e12;
/// Relative size of a Newton step that need not be checked.
const PRECISION: f64 = 1e-4;

/// The minimum of the profiled chi-square over strengths not below zero.
#[derive(Clone, Debug, PartialEq)]
pub struct Minimum {
    /// Strength at the minimum.
    pub strength: f64,
    /// Chi-square there.
    pub chi2: f64,
    /// Best nuisances there.
    pub nuisances: Vec<f64>,
}

/// What an experiment says about how large a quantity can be.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub enum Limit {
    /// Everything above this value is excluded.
    At(f64),
    /// Nothing can be excluded.
    NoSensitivity,
    /// No value is allowed, not even zero: the SM alone is above a bound, or (two degrees of freedom) even the
    /// best value at this mass is outside the region.
    EverythingExcluded,
}

impl Limit {
    /// The value, where there is one.
    #[must_use]
    pub fn value(self) -> Option<f64> {
        match self {
            Self::At(value) => Some(value),
            Self::NoSensitivity | Self::EverythingExcluded => None,
        }
    }

    /// The same limit on another quantity.
    #[must_use]
    pub fn map(self, quantity: impl FnOnce(f64) -> f64) -> Self {
        match self {
            Self::At(value) => Self::At(quantity(value)),
            other => other,
        }
    }
}

/// An upper limit on the strength.
#[derive(Clone, Debug, PartialEq)]
pub struct UpperLimit {
    /// Largest strength within the step of chi-square.
    pub limit: Limit,
    /// The minimum that the step is counted from.
    pub minimum: Minimum,
}

/// Finds the minimum over strength: zero if chi-square rises there, else the bracketed root of its slope.
///
/// # Errors
/// [`ErrorKind::Input`] if the lists do not fit the likelihood, [`ErrorKind::Convergence`] if a profile or the search does not
/// converge.
pub fn minimum(likelihood: &dyn Likelihood, counts: Counts, start: &[f64]) -> Result<Minimum, Error> {
    let mut nuisances = start.to_vec();
    let at_zero = likelihood.profile(counts, 0.0, &mut nuisances)?;
    let scale = likelihood.strength_scale(counts);
    let (Some(scale), true) = (scale, at_zero.slope < 0.0) else {
        return Ok(Minimum {
            strength: 0.0,
            chi2: at_zero.chi2,
            nuisances,
        });
    };
    // What is left to gain by a step is half of slope times step: below this it does not matter.
    const GAIN: f64 = 1e-7;
    let root = Root {
        low: (0.0, at_zero.slope),
        step: scale,
        enough: |step: f64, value: f64| (step * value).abs() < GAIN,
    };
    let found = root.find(&mut nuisances, |strength, nuisances| {
        let profile = likelihood.profile(counts, strength, nuisances)?;
        Ok((profile.slope, None, profile))
    })?;
    let (strength, profile) = found.ok_or_else(no_convergence)?;
    Ok(Minimum {
        strength,
        chi2: profile.chi2,
        nuisances,
    })
}

/// Largest strength at which chi-square is `delta_chi2` above its minimum over strengths.
///
/// # Errors
/// As [`minimum`].
pub fn limit(likelihood: &dyn Likelihood, counts: Counts, delta_chi2: f64, start: &[f64]) -> Result<UpperLimit, Error> {
    let minimum = minimum(likelihood, counts, start)?;
    Ok(UpperLimit {
        limit: limit_above(likelihood, counts, &minimum, delta_chi2)?,
        minimum,
    })
}

/// Largest strength at which chi-square is `delta_chi2` above a minimum that is known; everything is excluded if the
/// minimum itself is above the step (`delta_chi2` below zero), as can be where the step is counted from elsewhere.
///
/// Chi-square is nearly a parabola: each trial leads to where the parabola through the minimum and
/// the trial, with the trial's slope, reaches the step, so that three or four profiles are enough.
///
/// # Errors
/// As [`minimum`].
pub fn limit_above(
    likelihood: &dyn Likelihood,
    counts: Counts,
    minimum: &Minimum,
    delta_chi2: f64,
) -> Result<Limit, Error> {
    if delta_chi2 < 0.0 {
        return Ok(Limit::EverythingExcluded);
    }
    let Some(scale) = likelihood.strength_scale(counts) else {
        return Ok(Limit::NoSensitivity);
    };
    if minimum.chi2 + delta_chi2 >= likelihood.saturation(counts) {
        return Ok(Limit::NoSensitivity);
    }
    // A step below rounding would never leave the minimum.
    let step = delta_chi2.max(1e-9);
    let root = Root {
        low: (minimum.strength, -step),
        step: step.sqrt() * scale,
        // A last step of this size is right to its square.
        enough: |step: f64, _: f64| step.abs() < PRECISION,
    };
    let mut nuisances = minimum.nuisances.clone();
    let found = root.find(&mut nuisances, |strength, nuisances| {
        let profile = likelihood.profile(counts, strength, nuisances)?;
        let next = parabola(minimum, strength, profile, step);
        Ok((profile.chi2 - minimum.chi2 - step, Some(next), profile))
    })?;
    // A normalisation that is hardly known takes back any signal.
    Ok(found.map_or(Limit::NoSensitivity, |(strength, _)| Limit::At(strength)))
}

/// Where the parabola through the minimum, and through a profile at `strength` with its slope, is
/// `delta_chi2` above the minimum; not a number if it never is.
fn parabola(minimum: &Minimum, strength: f64, profile: Profile, delta_chi2: f64) -> f64 {
    let distance = strength - minimum.strength;
    let curvature = (minimum.chi2 - profile.chi2 + profile.slope * distance) / (distance * distance);
    let excess = profile.chi2 - minimum.chi2 - delta_chi2;
    let root = (profile.slope * profile.slope - 4.0 * curvature * excess).sqrt();
    strength - 2.0 * excess / (profile.slope + root)
}

/// Search for the root of a function that is below zero at `low` and rises.
struct Root<E> {
    /// Where it is below zero, and its value there.
    low: (f64, f64),
    /// First step upwards.
    step: f64,
    /// Whether a next step, given the function's present value, need not be evaluated any more.
    enough: E,
}

impl<E: Fn(f64, f64) -> bool> Root<E> {
    /// Follows the function's own proposals where it makes them, else the secant through the bracket in the Illinois
    /// modification of regula falsi (Dowell & Jarratt, BIT 11, 168 (1971)); whatever leaves the bracket is replaced by a
    /// step that stays in it, so the search always ends. Until there is an upper end, steps at most double. `None` for a function that stays below zero.
    fn find(
        self,
        nuisances: &mut [f64],
        mut function: impl FnMut(f64, &mut [f64]) -> Result<(f64, Option<f64>, Profile), Error>,
    ) -> Result<Option<(f64, Profile)>, Error> {
        let (mut low, mut high) = (self.low, None::<(f64, f64)>);
        let (mut here, mut reach) = (low.0 + self.step, self.step);
        let mut last_above = None;
        for _ in 0..STEPS {
            let (value, proposal, profile) = function(here, nuisances)?;
            let above = value > 0.0;
            // The end that stays twice in a row gets half its weight.
            let stale = if high.is_some() && last_above == Some(above) {
                0.5
            } else {
                1.0
            };
            if above {
                high = Some((here, value));
                low.1 *= stale;
            } else {
                low = (here, value);
                high = high.map(|(position, value)| (position, stale * value));
                reach *= 2.0;
            }
            last_above = Some(above);
            let next = match high {
                Some(high) => proposal
                    .filter(|next| (low.0..=high.0).contains(next))
                    .unwrap_or_else(|| (low.0 * high.1 - high.0 * low.1) / (high.1 - low.1)),
                None => proposal
                    .filter(|next| *next > here)
                    .map_or(low.0 + reach, |next| next.min(low.0 + reach)),
            };
            // Relative to where it starts from, as far as that is away from zero.
            let step = (next - here) / next.max(f64::MIN_POSITIVE);
            let measure = if proposal.is_some() { step } else { next - here };
            // A root that is hit leaves no bracket to go on in.
            if value == 0.0 {
                return Ok(Some((here, profile)));
            }
            // A proposal that is followed may come from below again and again: it needs no upper end.
            let certain = high.is_some() || proposal == Some(next);
            if certain && (self.enough)(measure, value) {
                return Ok(Some((if proposal.is_some() { next } else { here }, profile)));
            }
            here = next;
        }
        // It may rise to below zero only, however far one goes.
        let far = function(low.0 + FAR * self.step, nuisances)?.0;
        if high.is_none() && far <= 0.0 {
            Ok(None)
        } else {
            Err(no_convergence())
        }
    }
}

fn no_convergence() -> Error {
    ErrorKind::Convergence {
        fit: word!("strength of the dipole").into(),
        iterations: STEPS,
    }
    .into()
}
