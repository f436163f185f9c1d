//! Minimum over normalisations and shapes at fixed strength.

use super::model::{BRN, BRN_ENERGY, LATE, LEAST, NUISANCES, PULSE, SIGNAL, STEADY, Shapes, Signal, Values};
use super::{LARGEST, LEAST_VALUES, Shaped};
use crate::numerics::block::{BLOCK, Column};
use crate::numerics::cholesky;
use crate::statistics::descent::{descend, eased, stiffened};
use crate::statistics::term::poisson_chi2;
use crate::statistics::{Counts, Profile};
use crate::{Error, ErrorKind};

/// Steps before giving up.
const ITERATIONS: usize = 200;
/// Expected gain of the step, in chi-square, below which it is the last.
const PRECISION: f64 = 1e-11;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;
/// Step, relative to the values or to one, that is no more than their last digits.
const ROUNDING_OF_VALUES: f64 = 4.0 * f64::EPSILON;
/// Expected gain below which a whole step is safe: chi-square need not be evaluated.
const QUADRATIC: f64 = 1e-2;

/// What is minimised over: SM and dipole at a strength, and the dipole alone, as prompt and delayed counts.
pub(super) struct Problem<'a> {
    pub(super) observed: &'a [f64],
    pub(super) factor: f64,
    pub(super) signal: Signal,
    pub(super) dipole: Signal,
}

/// A sum of columns with a factor each.
#[inline(always)]
pub(super) fn sum(a: f64, one: &Column, b: f64, other: &Column) -> Column {
    std::array::from_fn(|place| a * one[place] + b * other[place])
}

#[inline(always)]
pub(super) fn times(factor: f64, column: &Column) -> Column {
    std::array::from_fn(|place| factor * column[place])
}

impl<'a> Problem<'a> {
    pub(super) fn new(shaped: &Shaped, counts: Counts<'a>, strength: f64) -> Self {
        Self {
            observed: counts.observed,
            factor: counts.factor,
            signal: shaped.model.signal(|bin| counts.signal(strength, bin)),
            dipole: shaped.model.signal(|bin| counts.dipole[bin]),
        }
    }
}

/// A block of cells in one time bin, at some nuisances.
pub(super) struct Looked {
    /// Signal over its time: shares of the pulse shape.
    pub(super) share: Column,
    /// Prompt neutrons at all times.
    pub(super) brn: Column,
    /// What is expected.
    pub(super) mean: Column,
    /// Arriving signal in the energies of the cells.
    pub(super) arriving: Column,
}

impl Shaped {
    #[inline(always)]
    pub(super) fn look(
        &self,
        problem: &Problem,
        values: &Values,
        shapes: &Shapes,
        (time, block): (usize, usize),
    ) -> Looked {
        let model = &self.model;
        let pulse = values[PULSE];
        let [constant, linear, quadratic] = &model.shares;
        let share: Column = std::array::from_fn(|place| {
            constant[block][place] + pulse * (linear[block][place] + pulse * quadratic[block][place])
        });
        let signal = &problem.signal;
        let arriving = sum(
            shapes.prompt[time][0],
            &signal.prompt[block],
            shapes.delayed[time][0],
            &signal.delayed[block],
        );
        let scale = problem.factor * (1.0 + values[SIGNAL]);
        let steady = times(1.0 + values[STEADY], &model.steady[block]);
        let mut mean: Column = std::array::from_fn(|place| scale * share[place] * arriving[place] + steady[place]);
        let brn = sum(1.0, &model.brn[block], values[BRN_ENERGY], &model.brn_energy[block]);
        if model.is_prompt(time) {
            mean = sum(1.0, &mean, (1.0 + values[BRN]) * shapes.arrival[time][0], &brn);
        }
        if model.is_late(time) {
            mean = sum(1.0, &mean, 1.0 + values[LATE], &model.late[block]);
        }
        Looked {
            share,
            brn,
            mean,
            arriving,
        }
    }

    /// What is expected in every bin, in the order of the bins.
    pub(super) fn means(&self, problem: &Problem, values: &Values) -> Vec<f64> {
        let shapes = self.model.shapes(values);
        let times = self.model.times();
        let mut means = vec![0.0; self.model.bins()];
        for time in 0..times {
            for block in 0..self.model.steady.len() {
                let looked = self.look(problem, values, &shapes, (time, block));
                let cells = BLOCK * block..self.model.cells.min(BLOCK * (block + 1));
                for (cell, mean) in cells.zip(looked.mean) {
                    means[cell * times + time] = mean.max(LEAST);
                }
            }
        }
        means
    }

    pub(super) fn priors(&self, values: &Values) -> f64 {
        let pulls = values.iter().zip(&self.widths);
        pulls.map(|(value, width)| (value / width).powi(2)).sum()
    }

    pub(super) fn chi2_at(&self, problem: &Problem, values: &Values) -> f64 {
        let bins = problem.observed.iter().zip(self.means(problem, values));
        bins.map(|(n, mean)| poisson_chi2(mean, *n)).sum::<f64>() + self.priors(values)
    }

    /// Newton's method projected on the allowed values, with steps halved until they gain enough ([`descend`]). Where the matrix of second derivatives is not positive definite, the one of linear means takes its place, damped (Levenberg &
    /// Marquardt) as long as steps do not gain.
    pub(super) fn minimise(&self, problem: &Problem, values: &mut Values) -> Result<Profile, Error> {
        let clamped = |values: &Values, step: &Values, share: f64| -> Values {
            std::array::from_fn(|index| {
                (values[index] - share * step[index]).clamp(LEAST_VALUES[index], LARGEST[index])
            })
        };
        let mut damping = 0.0;
        for _ in 0..ITERATIONS {
            let derivatives = self.derivatives(problem, values);
            let gradient = &derivatives.gradient;
            let free = std::array::from_fn(|index| {
                !(values[index] <= LEAST_VALUES[index] && gradient[index] > 0.0
                    || values[index] >= LARGEST[index] && gradient[index] < 0.0)
            });
            let found = |values: &Values| Profile {
                chi2: self.chi2_at(problem, values),
                slope: derivatives.slope,
                factor_slope: derivatives.factor_slope,
            };
            let newton = if damping == 0.0 {
                cholesky::solve_free(derivatives.whole, *gradient, free, 0.0)
            } else {
                None
            };
            let is_newton = newton.is_some();
            let step = newton.or_else(|| cholesky::solve_free(derivatives.linear, *gradient, free, damping));
            let Some(step) = step else { break };
            let gain: f64 = step.iter().zip(gradient).map(|(step, slope)| step * slope).sum();
            if gain < PRECISION && damping == 0.0 {
                return Ok(found(values));
            }
            // A signal far too large is nearly taken back by its normalisation, whose last digit is then more than the gain that is looked for.
            let within_rounding = |(value, step): (&f64, &f64)| step.abs() <= ROUNDING_OF_VALUES * value.abs().max(1.0);
            if damping == 0.0 && values.iter().zip(&step).all(within_rounding) {
                return Ok(found(values));
            }
            let whole = clamped(values, &step, 1.0);
            let inside = (0..NUISANCES).all(|index| whole[index] == values[index] - step[index]);
            if is_newton && inside && gain < QUADRATIC {
                *values = whole;
                continue;
            }
            let before = self.chi2_at(problem, values);
            let next = descend(
                values,
                gradient,
                before,
                |share| clamped(values, &step, share),
                |trial| self.chi2_at(problem, trial),
            );
            match next {
                Some((trial, _)) => {
                    *values = trial;
                    damping = eased(damping);
                }
                None => match stiffened(damping) {
                    Some(more) => damping = more,
                    // No step of any length gains: a minimum to rounding, if what is promised is not more.
                    None if gain < ROUNDING * before.abs().max(1.0) => return Ok(found(values)),
                    None => break,
                },
            }
        }
        Err(ErrorKind::Convergence {
            fit: word!("normalisations and shapes").into(),
            iterations: ITERATIONS,
        }
        .into())
    }
}
