//! Minimum over normalisations and shapes at fixed strength.

use super::model::{
    ARRIVAL, BRN, BRN_ENERGY, BRN_TIME, BRN_WIDTH, LATE, LEAST, NUISANCES, PULSE, SIGNAL, STEADY, Shapes, Signal,
    Values,
};
use super::{LARGEST, LEAST_VALUES, Shaped};
use crate::numerics::block::{BLOCK, Column, dot, product};
use crate::numerics::cholesky;
use crate::statistics::counting::poisson_chi2;
use crate::statistics::{Counts, Profile};
use crate::{Error, ErrorKind};

/// Steps before giving up.
const ITERATIONS: usize = 200;
/// Expected gain of the step, in chi-square, below which it is the last.
const PRECISION: f64 = 1e-11;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;
/// Expected gain below which a whole step is safe: chi-square need not be evaluated.
const QUADRATIC: f64 = 1e-2;

/// What is minimised over: SM and dipole at a strength, and the dipole alone, as prompt and delayed counts.
pub(super) struct Problem<'a> {
    pub(super) observed: &'a [f64],
    pub(super) factor: f64,
    pub(super) signal: Signal,
    pub(super) dipole: Signal,
}

/// Half the derivatives of chi-square.
struct Derivatives {
    gradient: Values,
    /// As if the means were linear in the nuisances: positive definite.
    linear: [[f64; NUISANCES]; NUISANCES],
    /// With their second derivatives.
    whole: [[f64; NUISANCES]; NUISANCES],
    slope: f64,
    factor_slope: f64,
}

/// A sum of columns with a factor each.
#[inline(always)]
fn sum(a: f64, one: &Column, b: f64, other: &Column) -> Column {
    std::array::from_fn(|place| a * one[place] + b * other[place])
}

#[inline(always)]
fn times(factor: f64, column: &Column) -> Column {
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
struct Looked {
    /// Signal over its time: shares of the pulse shape.
    share: Column,
    /// Prompt neutrons at all times.
    brn: Column,
    mean: Column,
    /// Arriving signal in the energies of the cells.
    arriving: Column,
}

impl Shaped {
    #[inline(always)]
    fn look(&self, problem: &Problem, values: &Values, shapes: &Shapes, (time, block): (usize, usize)) -> Looked {
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

    fn derivatives(&self, problem: &Problem, values: &Values) -> Derivatives {
        let model = &self.model;
        let shapes = model.shapes(values);
        let mut result = Derivatives {
            gradient: [0.0; NUISANCES],
            linear: [[0.0; NUISANCES]; NUISANCES],
            whole: [[0.0; NUISANCES]; NUISANCES],
            slope: 0.0,
            factor_slope: 0.0,
        };
        // What second derivatives of the means add: lower triangle.
        let mut second = [[0.0; NUISANCES]; NUISANCES];
        let scale = 1.0 + values[SIGNAL];
        let (pulse, brn_scale) = (values[PULSE], 1.0 + values[BRN]);
        let count = model.times();
        for time in 0..count {
            let (early, late) = (&shapes.prompt[time], &shapes.delayed[time]);
            let arrival = &shapes.arrival[time];
            let (is_prompt, is_late) = (model.is_prompt(time), model.is_late(time));
            for block in 0..model.steady.len() {
                let looked = self.look(problem, values, &shapes, (time, block));
                let (mut excess, mut weights) = ([0.0; BLOCK], [0.0; BLOCK]);
                let cells = BLOCK * block..model.cells.min(BLOCK * (block + 1));
                for (place, cell) in cells.enumerate() {
                    let mean = looked.mean[place];
                    if mean > LEAST {
                        let ratio = problem.observed[cell * count + time] / mean;
                        excess[place] = 1.0 - ratio;
                        weights[place] = ratio / mean;
                    }
                }
                let signal = &problem.signal;
                let arriving = |order: usize| {
                    let (prompt, delayed) = (&signal.prompt[block], &signal.delayed[block]);
                    sum(
                        problem.factor * early[order],
                        prompt,
                        problem.factor * late[order],
                        delayed,
                    )
                };
                let dipole = sum(
                    early[0],
                    &problem.dipole.prompt[block],
                    late[0],
                    &problem.dipole.delayed[block],
                );
                let seen = product(&looked.share, &excess);
                result.slope += 2.0 * scale * problem.factor * dot(&seen, &dipole);
                result.factor_slope += 2.0 * scale * dot(&seen, &looked.arriving);
                let now = times(problem.factor, &looked.arriving);
                let (moved, bent) = (arriving(1), arriving(2));
                let tilt = sum(1.0, &model.shares[1][block], 2.0 * pulse, &model.shares[2][block]);
                let mut parts = [[0.0; BLOCK]; NUISANCES];
                parts[SIGNAL] = product(&looked.share, &now);
                parts[STEADY] = model.steady[block];
                parts[PULSE] = times(scale, &product(&tilt, &now));
                parts[ARRIVAL] = times(scale, &product(&looked.share, &moved));
                second[PULSE][SIGNAL] += dot(&product(&tilt, &excess), &now);
                second[ARRIVAL][SIGNAL] += dot(&seen, &moved);
                second[PULSE][PULSE] += 2.0 * scale * dot(&product(&model.shares[2][block], &excess), &now);
                second[ARRIVAL][PULSE] += scale * dot(&product(&tilt, &excess), &moved);
                second[ARRIVAL][ARRIVAL] += scale * dot(&seen, &bent);
                if is_prompt {
                    let here = dot(&looked.brn, &excess);
                    let there = dot(&model.brn_energy[block], &excess);
                    parts[BRN] = times(arrival[0], &looked.brn);
                    parts[BRN_ENERGY] = times(brn_scale * arrival[0], &model.brn_energy[block]);
                    parts[BRN_TIME] = times(brn_scale * arrival[1], &looked.brn);
                    parts[BRN_WIDTH] = times(brn_scale * arrival[2], &looked.brn);
                    second[BRN_ENERGY][BRN] += arrival[0] * there;
                    second[BRN_TIME][BRN] += arrival[1] * here;
                    second[BRN_WIDTH][BRN] += arrival[2] * here;
                    second[BRN_TIME][BRN_ENERGY] += brn_scale * arrival[1] * there;
                    second[BRN_WIDTH][BRN_ENERGY] += brn_scale * arrival[2] * there;
                    second[BRN_TIME][BRN_TIME] += brn_scale * arrival[3] * here;
                    second[BRN_WIDTH][BRN_TIME] += brn_scale * arrival[4] * here;
                    second[BRN_WIDTH][BRN_WIDTH] += brn_scale * arrival[5] * here;
                }
                if is_late {
                    parts[LATE] = model.late[block];
                }
                let mut active = [SIGNAL; NUISANCES];
                let mut actives = 0;
                for (place, is_active) in [
                    true, is_prompt, is_late, true, true, true, is_prompt, is_prompt, is_prompt,
                ]
                .into_iter()
                .enumerate()
                {
                    if is_active {
                        active[actives] = place;
                        actives += 1;
                    }
                }
                for (index, row) in active[..actives].iter().enumerate() {
                    result.gradient[*row] += dot(&parts[*row], &excess);
                    let weighted = product(&parts[*row], &weights);
                    for column in &active[..=index] {
                        result.linear[*row][*column] += dot(&weighted, &parts[*column]);
                    }
                }
            }
        }
        for (row, width) in self.widths.iter().enumerate() {
            result.gradient[row] += values[row] / (width * width);
            result.linear[row][row] += 1.0 / (width * width);
        }
        // The upper triangles are zero.
        let rows = result.whole.iter_mut().zip(&result.linear).zip(&second);
        for ((whole, linear), second) in rows {
            *whole = std::array::from_fn(|column| linear[column] + second[column]);
        }
        result
    }

    /// Newton's method projected on the allowed values, with steps halved until they gain enough (Armijo's rule along the projection; Bertsekas, SIAM J. Control
    /// Optim. 20, 221 (1982)). Where the matrix of second derivatives is not positive definite, the one of linear means takes its place, damped (Levenberg &
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
            let whole = clamped(values, &step, 1.0);
            let inside = (0..NUISANCES).all(|index| whole[index] == values[index] - step[index]);
            if is_newton && inside && gain < QUADRATIC {
                *values = whole;
                continue;
            }
            let before = self.chi2_at(problem, values);
            let mut next = None;
            let mut share = 1.0;
            while share > f64::EPSILON {
                let trial = clamped(values, &step, share);
                let there = self.chi2_at(problem, &trial);
                let promised: f64 = (0..NUISANCES)
                    .map(|index| gradient[index] * (values[index] - trial[index]))
                    .sum();
                if there.is_finite() && there <= before - 0.5 * promised && promised > 0.0 {
                    next = Some(trial);
                    break;
                }
                share *= 0.5;
            }
            match next {
                Some(trial) => {
                    *values = trial;
                    damping = if damping < 1e-2 { 0.0 } else { 0.1 * damping };
                }
                None if damping < 1e12 => damping = if damping == 0.0 { 1e-2 } else { 10.0 * damping },
                // No step of any length gains: a minimum to rounding, if what is promised is not more.
                None => {
                    if gain < ROUNDING * before.abs().max(1.0) {
                        return Ok(found(values));
                    }
                    break;
                }
            }
        }
        Err(ErrorKind::Convergence {
            fit: word!("normalisations and shapes").into(),
            iterations: ITERATIONS,
        }
        .into())
    }
}
