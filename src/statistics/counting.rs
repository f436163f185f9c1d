//! Poisson chi-square of binned counts with normalisation nuisances, as for COHERENT CsI.

use super::{Likelihood, Profile, Signal, checked_bins};
use crate::Error;
use crate::experiment::{CsiData, DetectorSpec, Experiment, StatisticSpec, csi_data};
use crate::numerics::cholesky;

const NUISANCES: usize = 4;

/// Relative shifts of the normalisations: signal, beam-related neutrons, neutrino-induced
/// neutrons, steady-state background.
pub type CountingNuisances = [f64; NUISANCES];

/// `2 sum [mu - n + n ln(n/mu)] + sum (eta/sigma)^2` with
/// `mu = (1+eta_1)(SM + dipole) + (1+eta_2) BRN + (1+eta_3) NIN + (1+eta_4) SSB`.
#[derive(Clone, Debug)]
pub struct Counting {
    data: CsiData,
    sigmas: CountingNuisances,
    /// Sum of `2 (n ln n - n)`, the part of chi-square that never changes.
    constant: f64,
}

impl Counting {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`Error::Table`] for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::Counting { uncertainties }, DetectorSpec::Scintillation { data, .. }) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error("the experiment does not count"));
        };
        let data = csi_data(data)?;
        Ok(Self {
            constant: constant(&data.observed),
            data,
            sigmas: *uncertainties,
        })
    }

    /// The same with other observed counts: pseudo-data, or the expectation itself for the median limit
    /// ("Asimov data").
    ///
    /// # Errors
    /// [`Error::Input`] unless there is one number per bin, finite and not negative.
    pub fn with_observed(mut self, observed: Vec<f64>) -> Result<Self, Error> {
        self.data.observed = checked_bins(observed, self.data.observed.len(), 0.0)?;
        self.constant = constant(&self.data.observed);
        Ok(self)
    }

    /// Observed counts and backgrounds.
    #[must_use]
    pub fn data(&self) -> &CsiData {
        &self.data
    }

    /// Prior widths of the nuisances.
    #[must_use]
    pub fn sigmas(&self) -> CountingNuisances {
        self.sigmas
    }

    /// What each nuisance scales in a bin: signal and the three backgrounds.
    #[inline]
    fn parts(&self, signal: Signal, strength: f64, bin: usize) -> CountingNuisances {
        [
            signal.sm[bin] + strength * signal.dipole[bin],
            self.data.brn[bin],
            self.data.nin[bin],
            self.data.ssb[bin],
        ]
    }

    /// Chi-square with free normalisations at given nuisances; infinite where an expectation is not positive
    /// although something was observed.
    #[must_use]
    pub fn chi2(&self, signal: Signal, strength: f64, nuisances: &CountingNuisances) -> f64 {
        self.chi2_at(signal, strength, &nuisances.map(|eta| 1.0 + eta))
    }

    fn chi2_at(&self, signal: Signal, strength: f64, factors: &Factors) -> f64 {
        let mut sum = self.constant;
        for (bin, n) in self.data.observed.iter().enumerate() {
            let mu = dot(&self.parts(signal, strength, bin), factors);
            if mu <= 0.0 && *n > 0.0 || mu < 0.0 {
                return f64::INFINITY;
            }
            sum += 2.0 * (mu - if *n > 0.0 { n * mu.ln() } else { 0.0 });
        }
        let priors = factors
            .iter()
            .zip(&self.sigmas)
            .map(|(factor, sigma)| ((factor - 1.0) / sigma).powi(2));
        sum + priors.sum::<f64>()
    }

    /// Half the gradient and half the Hessian of chi-square in the factors, and its slope in the
    /// strength.
    fn derivatives(&self, signal: Signal, strength: f64, factors: &Factors) -> Derivatives {
        let mut result = Derivatives {
            gradient: [0.0; NUISANCES],
            hessian: [[0.0; NUISANCES]; NUISANCES],
            slope: 0.0,
        };
        for (bin, n) in self.data.observed.iter().enumerate() {
            let parts = self.parts(signal, strength, bin);
            let mu = dot(&parts, factors);
            let ratio = if *n > 0.0 { n / mu } else { 0.0 };
            result.slope += 2.0 * (1.0 - ratio) * factors[0] * signal.dipole[bin];
            for row in 0..NUISANCES {
                result.gradient[row] += (1.0 - ratio) * parts[row];
                for column in 0..=row {
                    result.hessian[row][column] += if *n > 0.0 { ratio / mu } else { 0.0 } * parts[row] * parts[column];
                }
            }
        }
        for (row, sigma) in self.sigmas.iter().enumerate() {
            result.gradient[row] += (factors[row] - 1.0) / (sigma * sigma);
            result.hessian[row][row] += 1.0 / (sigma * sigma);
        }
        result
    }

    /// Share of a Newton step, at most 1, that lowers chi-square: first cut to stay clear of the
    /// expectations' zeros, then halved. Zero if none does.
    fn descent(&self, signal: Signal, strength: f64, factors: &Factors, step: &Factors, gain: f64) -> f64 {
        /// Part of the way to the nearest zero that a step may go.
        const CLEARANCE: f64 = 0.99;
        let to_zero = (0..self.data.observed.len())
            .map(|bin| self.parts(signal, strength, bin))
            .map(|parts| (dot(&parts, factors), dot(&parts, step)))
            .filter(|(mu, change)| *change > 0.0 && mu < change)
            .map(|(mu, change)| mu / change)
            .fold(f64::INFINITY, f64::min);
        let before = self.chi2_at(signal, strength, factors);
        let mut share = 1.0_f64.min(CLEARANCE * to_zero);
        // What is not a number is no descent either.
        let descends = |share: f64| {
            let there = self.chi2_at(signal, strength, &moved(factors, step, share));
            there.is_finite() && there <= before - 0.5 * share * gain
        };
        while !descends(share) {
            share *= 0.5;
            if share < f64::EPSILON * to_zero.min(1.0) {
                return 0.0;
            }
        }
        share
    }
}

/// What the expectations are made of, `1 + eta`. The fit moves these: for a coupling far above every limit
/// the signal's factor goes to zero, where eta has no digits left.
type Factors = [f64; NUISANCES];

struct Derivatives {
    gradient: Factors,
    hessian: [[f64; NUISANCES]; NUISANCES],
    slope: f64,
}

fn constant(observed: &[f64]) -> f64 {
    observed
        .iter()
        .map(|n| if *n > 0.0 { 2.0 * n * (n.ln() - 1.0) } else { 0.0 })
        .sum()
}

#[inline]
fn dot(a: &Factors, b: &Factors) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[inline]
fn moved(factors: &Factors, step: &Factors, share: f64) -> Factors {
    std::array::from_fn(|index| factors[index] - share * step[index])
}

impl Likelihood for Counting {
    type Nuisances = CountingNuisances;

    fn start(&self) -> CountingNuisances {
        [0.0; NUISANCES]
    }

    fn strength_scale(&self, dipole: &[f64]) -> Option<f64> {
        let information: f64 = dipole
            .iter()
            .zip(&self.data.ssb)
            .map(|(count, ssb)| count * count / (ssb + 1.0))
            .sum();
        (information > 0.0).then(|| information.sqrt().recip())
    }

    /// Newton's method with step halving. At fixed strength chi-square is strictly convex in the
    /// nuisances (`mu` is linear in them, `mu - n ln mu` convex, the priors strictly so) and
    /// grows without bound, so damped Newton converges from any point where it is finite
    /// (Boyd & Vandenberghe, Convex Optimization, 9.5.3).
    fn profile(&self, signal: Signal, strength: f64, nuisances: &mut CountingNuisances) -> Result<Profile, Error> {
        const ITERATIONS: usize = 100;
        /// Twice the expected gain of the step, in chi-square, below which it is the last.
        const PRECISION: f64 = 1e-12;
        let mut factors = nuisances.map(|eta| 1.0 + eta);
        if !self.chi2_at(signal, strength, &factors).is_finite() {
            factors = [1.0; NUISANCES];
        }
        for _ in 0..ITERATIONS {
            let derivatives = self.derivatives(signal, strength, &factors);
            let Some(step) = cholesky::solve(derivatives.hessian, derivatives.gradient) else {
                break;
            };
            let gain = dot(&step, &derivatives.gradient);
            // Within the region of quadratic convergence the full step is safe and chi-square need
            // not be evaluated.
            let share = if gain > 1e-2 {
                self.descent(signal, strength, &factors, &step, gain)
            } else {
                1.0
            };
            if gain < PRECISION {
                *nuisances = factors.map(|factor| factor - 1.0);
                return Ok(Profile {
                    chi2: self.chi2_at(signal, strength, &factors),
                    slope: derivatives.slope,
                });
            }
            if share == 0.0 {
                break;
            }
            factors = moved(&factors, &step, share);
        }
        Err(Error::Convergence {
            fit: "normalisation nuisances",
            iterations: ITERATIONS,
        })
    }
}
