//! Poisson chi-square of binned counts with normalisation nuisances, as for COHERENT CsI.

use super::descent::{descend, eased, stiffened};
use super::likelihood::check_nuisances;
use super::term::{Term, poisson_chi2};
use super::{Background, Counts, Likelihood, Parameter, Profile, Projection};
use crate::experiment::{DetectorSpec, Experiment, StatisticSpec, csi_data};
use crate::numerics::block::{self, BLOCK, Column};
use crate::numerics::cholesky;
use crate::{Error, ErrorKind};
use std::sync::Arc;

const NUISANCES: usize = 4;
/// Keys and labels of the normalisations: signal, then the three backgrounds.
const NORMALISATIONS: [(&str, &str); NUISANCES] = [
    ("signal", word!("signal")),
    ("brn", word!("beam-related neutrons")),
    ("nin", word!("neutrino-induced neutrons")),
    ("ssb", word!("steady-state background")),
];
/// The same where there is one background.
const SIGNAL_AND_BACKGROUND: [(&str, &str); 2] = [("signal", word!("signal")), ("background", word!("background"))];

const ITERATIONS: usize = 200;
/// Expected gain of the step, in chi-square, below which it is the last.
const PRECISION: f64 = 1e-12;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;

/// What the expectations are made of, `1 + eta`, none negative. The fit moves these: for a coupling far above every
/// limit the signal's factor goes to zero, where eta has no digits left.
type Factors = [f64; NUISANCES];

/// `2 sum [mu - n + n ln(n/mu)] + sum (eta/sigma)^2` with
/// `mu = (1+eta_1)(SM + dipole) + (1+eta_2) BRN + (1+eta_3) NIN + (1+eta_4) SSB` and `1 + eta >= 0`.
#[derive(Clone, Debug)]
pub struct Counting {
    parameters: Vec<Parameter>,
    observed: Vec<f64>,
    /// Beam-related neutrons, neutrino-induced neutrons and steady-state background in each bin.
    backgrounds: Vec<[f64; NUISANCES - 1]>,
    sigmas: Factors,
    /// Keys and labels of the normalisations, of which there may be fewer than places for them: the others scale nothing.
    names: &'static [(&'static str, &'static str)],
    /// Which of the backgrounds tells how large fluctuations are.
    steady: usize,
}

struct Derivatives {
    gradient: Factors,
    hessian: [[f64; NUISANCES]; NUISANCES],
    slope: f64,
    factor_slope: f64,
}

/// What the derivatives of some bins are summed from.
#[derive(Default)]
struct Block {
    /// What each nuisance scales.
    parts: [Column; NUISANCES],
    /// `1 - n/mu`.
    excess: Column,
    /// `n/mu^2`.
    weights: Column,
}

impl Derivatives {
    fn add(&mut self, block: &Block) {
        for (row, part) in block.parts.iter().enumerate() {
            self.gradient[row] += block::dot(part, &block.excess);
            let weighted = block::product(part, &block.weights);
            for (column, other) in block.parts[..=row].iter().enumerate() {
                self.hessian[row][column] += block::dot(&weighted, other);
            }
        }
    }
}

impl Counting {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        match (spec.statistic(), spec.detector()) {
            (
                StatisticSpec::Counting {
                    uncertainties,
                    normalisations: [brn, nin, ssb],
                },
                DetectorSpec::Scintillation { data, timing, .. },
            ) => {
                let data = csi_data(data, *timing)?;
                let of_bin = |bin: usize| [brn * data.brn[bin], nin * data.nin[bin], ssb * data.ssb[bin]];
                let backgrounds = (0..data.observed.len()).map(of_bin).collect();
                Ok(Self::of(&NORMALISATIONS, *uncertainties, 2, data.observed, backgrounds))
            }
            (
                StatisticSpec::BinnedCounts {
                    signal_uncertainty,
                    background_uncertainty,
                },
                DetectorSpec::Efficiency { bins: Some(bins), .. },
            ) => {
                // Where nothing was observed there is something to stand in its place until the expectation is known.
                let observed = bins.observed.as_ref().unwrap_or(&bins.background).clone();
                let uncertainties = [*signal_uncertainty, *background_uncertainty, 1.0, 1.0];
                let backgrounds = bins.background.iter().map(|count| [*count, 0.0, 0.0]).collect();
                Ok(Self::of(
                    &SIGNAL_AND_BACKGROUND,
                    uncertainties,
                    0,
                    observed,
                    backgrounds,
                ))
            }
            _ => Err(spec.inputs().error(say!("the experiment does not count"))),
        }
    }

    fn of(
        names: &'static [(&'static str, &'static str)],
        sigmas: Factors,
        steady: usize,
        observed: Vec<f64>,
        backgrounds: Vec<[f64; NUISANCES - 1]>,
    ) -> Self {
        let named = names.iter().zip(&sigmas);
        Self {
            parameters: named
                .map(|((name, label), sigma)| Parameter::shift(name, label, *sigma))
                .collect(),
            observed,
            backgrounds,
            sigmas,
            names,
            steady,
        }
    }

    /// Factors of nuisances; `None` if there are not as many as there are parameters.
    fn factors(&self, nuisances: &[f64]) -> Option<Factors> {
        if nuisances.len() != self.names.len() {
            return None;
        }
        let mut factors = [1.0; NUISANCES];
        for (factor, eta) in factors.iter_mut().zip(nuisances) {
            *factor = 1.0 + eta;
        }
        Some(factors)
    }

    /// What each nuisance scales in a bin: signal and the three backgrounds.
    #[inline(always)]
    fn parts(&self, counts: Counts, strength: f64, bin: usize) -> Factors {
        let [brn, nin, ssb] = self.backgrounds[bin];
        [counts.factor * counts.signal(strength, bin), brn, nin, ssb]
    }

    fn chi2_at(&self, counts: Counts, strength: f64, factors: &Factors) -> f64 {
        let mut sum = 0.0;
        for (bin, n) in counts.observed.iter().enumerate() {
            let mu = dot(&self.parts(counts, strength, bin), factors);
            sum += poisson_chi2(mu, *n);
            if sum == f64::INFINITY {
                return sum;
            }
        }
        let priors = factors
            .iter()
            .zip(&self.sigmas)
            .map(|(factor, sigma)| ((factor - 1.0) / sigma).powi(2));
        sum + priors.sum::<f64>()
    }

    /// Half the gradient and half the Hessian of chi-square in the factors, and its slopes in strength and common
    /// factor.
    fn derivatives(&self, counts: Counts, strength: f64, factors: &Factors) -> Derivatives {
        let mut result = Derivatives {
            gradient: [0.0; NUISANCES],
            hessian: [[0.0; NUISANCES]; NUISANCES],
            slope: 0.0,
            factor_slope: 0.0,
        };
        let mut block = Block::default();
        for (bin, n) in counts.observed.iter().enumerate() {
            let parts = self.parts(counts, strength, bin);
            let mu = dot(&parts, factors);
            let ratio = if *n > 0.0 { n / mu } else { 0.0 };
            let place = bin % BLOCK;
            for (column, part) in block.parts.iter_mut().zip(&parts) {
                column[place] = *part;
            }
            block.excess[place] = 1.0 - ratio;
            block.weights[place] = if *n > 0.0 { ratio / mu } else { 0.0 };
            result.slope += 2.0 * (1.0 - ratio) * factors[0] * counts.factor * counts.dipole[bin];
            result.factor_slope += 2.0 * (1.0 - ratio) * factors[0] * counts.signal(strength, bin);
            if place == BLOCK - 1 {
                result.add(&block);
                block = Block::default();
            }
        }
        result.add(&block);
        for (row, sigma) in self.sigmas.iter().enumerate() {
            result.gradient[row] += (factors[row] - 1.0) / (sigma * sigma);
            result.hessian[row][row] += 1.0 / (sigma * sigma);
        }
        result
    }

    /// Point on the projected path along a Newton step that lowers chi-square enough; `None` if there is none.
    fn descend(
        &self,
        counts: Counts,
        strength: f64,
        factors: &Factors,
        step: &Factors,
        gradient: &Factors,
    ) -> Option<Factors> {
        let before = self.chi2_at(counts, strength, factors);
        let moved = |share| projected(factors, step, share);
        let found = descend(factors, gradient, before, moved, |trial| {
            self.chi2_at(counts, strength, trial)
        });
        found.map(|(factors, _)| factors)
    }

    /// Newton's method with step halving, projected on factors that are not negative. At fixed strength chi-square is
    /// strictly convex in them (`mu` is linear, `mu - n ln mu` convex, the priors strictly so) and grows without
    /// bound, so that there is one minimum; where a Newton step across a bound gains nothing, it is damped
    /// until it is a projected gradient step, which does.
    fn minimise(&self, counts: Counts, strength: f64, factors: &mut Factors) -> Result<Profile, Error> {
        if !self.chi2_at(counts, strength, factors).is_finite() {
            *factors = [1.0; NUISANCES];
        }
        let mut damping = 0.0;
        for _ in 0..ITERATIONS {
            let derivatives = self.derivatives(counts, strength, factors);
            let gradient = &derivatives.gradient;
            let free = std::array::from_fn(|index| factors[index] > 0.0 || gradient[index] < 0.0);
            let newton = cholesky::solve_free(derivatives.hessian, *gradient, free, 0.0);
            let gain = newton.map(|step| dot(&step, gradient));
            let found = |factors: &Factors| Profile {
                chi2: self.chi2_at(counts, strength, factors),
                slope: derivatives.slope,
                factor_slope: derivatives.factor_slope,
            };
            if gain.is_some_and(|gain| gain < PRECISION) {
                return Ok(found(factors));
            }
            let step = match damping {
                0.0 => newton,
                damping => cholesky::solve_free(derivatives.hessian, *gradient, free, damping),
            };
            let inside = step.is_some_and(|step| (0..NUISANCES).all(|index| factors[index] >= step[index]));
            // Within the region of quadratic convergence the full step is safe and chi-square need not be evaluated.
            let next = match step {
                Some(step) if damping == 0.0 && inside && gain.is_some_and(|gain| gain <= 1e-2) => {
                    Some(projected(factors, &step, 1.0))
                }
                Some(step) => self.descend(counts, strength, factors, &step, gradient),
                None => None,
            };
            match next {
                Some(next) => {
                    *factors = next;
                    damping = eased(damping);
                }
                None => match stiffened(damping) {
                    Some(more) => damping = more,
                    None => {
                        // No step of any length gains: a minimum to rounding, if what is promised is not more.
                        let profile = found(factors);
                        if gain.is_some_and(|gain| gain < ROUNDING * profile.chi2.abs()) {
                            return Ok(profile);
                        }
                        break;
                    }
                },
            }
        }
        Err(ErrorKind::Convergence {
            fit: word!("normalisation nuisances").into(),
            iterations: ITERATIONS,
        }
        .into())
    }
}

#[inline(always)]
fn dot(a: &Factors, b: &Factors) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
}

#[inline]
fn projected(factors: &Factors, step: &Factors, share: f64) -> Factors {
    std::array::from_fn(|index| (factors[index] - share * step[index]).max(0.0))
}

impl Likelihood for Counting {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.observed
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        counts.strength_scale(
            self.backgrounds
                .iter()
                .map(|backgrounds| backgrounds[self.steady] + 1.0),
        )
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        counts.check(self.observed.len())?;
        check_nuisances(nuisances, self.names.len())?;
        let mut factors = self
            .factors(nuisances)
            .unwrap_or([1.0; NUISANCES])
            .map(|factor| factor.max(0.0));
        let profile = match self.minimise(counts, strength, &mut factors) {
            Err(_) => {
                factors = [1.0; NUISANCES];
                self.minimise(counts, strength, &mut factors)?
            }
            Ok(profile) => profile,
        };
        for (eta, factor) in nuisances.iter_mut().zip(factors) {
            *eta = factor - 1.0;
        }
        Ok(profile)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        match self.factors(nuisances).filter(|_| counts.fits(self.observed.len())) {
            Some(factors) => self.chi2_at(counts, strength, &factors),
            None => f64::NAN,
        }
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        let Some(factors) = self.factors(nuisances).filter(|_| counts.fits(self.observed.len())) else {
            return Vec::new();
        };
        let mean = |bin: usize| dot(&self.parts(counts, strength, bin), &factors);
        let bins = counts.observed.iter().enumerate();
        bins.map(|(bin, n)| Term::Poisson {
            mean: mean(bin),
            observed: *n,
        })
        .collect()
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        let Some([_, scales @ ..]) = self.factors(nuisances) else {
            return Vec::new();
        };
        let named = self.names.iter().skip(1).zip(scales).enumerate();
        named
            .map(|(index, ((name, _), scale))| Background {
                name: (*name).to_owned(),
                counts: self
                    .backgrounds
                    .iter()
                    .map(|background| scale * background[index])
                    .collect(),
            })
            .collect()
    }

    /// The backgrounds grow with the experiment; all nuisances have priors.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        if !crate::WORKSHOP {
            return Arc::new(changed);
        }
        for background in &mut changed.backgrounds {
            *background = background.map(|count| projection.background * count);
        }
        let bins = changed.backgrounds.iter().zip(projection.sm);
        changed.observed = bins
            .map(|(background, sm)| background.iter().sum::<f64>() + sm)
            .collect();
        Arc::new(changed)
    }

    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let factor = self.factors(nuisances).map_or(f64::NAN, |factors| factors[0]);
        vec![factor; self.observed.len()]
    }
}
