//! Minimum over the nuisances of several runs: within the cells between anchors, and from cell to cell.

use super::Runs;
use super::model::{Cells, Point};
use crate::numerics::cholesky::solve_free_of;
use crate::statistics::descent::{descend, eased, stiffened};
use crate::statistics::term::poisson_chi2;
use crate::statistics::{Counts, Profile};
use crate::{Error, ErrorKind};

/// Steps within a cell before giving up.
const ITERATIONS: usize = 200;
/// Moves from cell to cell before giving up: more than there are cells.
const MOVES: usize = 200;
/// Expected gain of a step, in chi-square, below which it is the last.
const PRECISION: f64 = 1e-12;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;
/// Slope of chi-square, per standard deviation, above which a neighbouring cell is worth a move.
const DESCENT: f64 = 1e-7;

/// Half the derivatives of chi-square.
struct Derivatives {
    gradient: Vec<f64>,
    /// As if the means were linear in the nuisances: positive definite. Row by row.
    linear: Vec<f64>,
    /// What the products of nuisances add.
    mixed: Vec<(usize, usize, f64)>,
    slope: f64,
    factor_slope: f64,
}

/// What is minimised: counts at a strength.
pub(super) type Problem<'a> = (Counts<'a>, f64);

impl Runs {
    pub(super) fn chi2_in(&self, (counts, strength): Problem, nuisances: &[f64], cells: &[usize]) -> f64 {
        let mut sum = self.priors(nuisances);
        for (bin, n) in counts.observed.iter().enumerate() {
            sum += poisson_chi2(self.model.mean(counts, strength, nuisances, cells, bin), *n);
            if sum == f64::INFINITY {
                break;
            }
        }
        sum
    }

    fn derivatives(&self, problem: Problem, nuisances: &[f64], cells: &[usize]) -> Derivatives {
        let count = nuisances.len();
        let mut result = Derivatives {
            gradient: vec![0.0; count],
            linear: vec![0.0; count * count],
            mixed: Vec::new(),
            slope: 0.0,
            factor_slope: 0.0,
        };
        let (counts, _) = problem;
        let mut point = Point::default();
        for (bin, n) in counts.observed.iter().enumerate() {
            self.model.look(problem, (nuisances, cells), bin, &mut point);
            let ratio = if *n > 0.0 { n / point.mean } else { 0.0 };
            let weight = if *n > 0.0 { ratio / point.mean } else { 0.0 };
            let excess = 1.0 - ratio;
            for row in self.model.used(bin) {
                result.gradient[*row] += excess * point.slopes[*row];
                for column in self.model.used(bin).iter().filter(|column| *column <= row) {
                    result.linear[row * count + column] += weight * point.slopes[*row] * point.slopes[*column];
                }
            }
            let mixed = point.mixed.iter();
            result
                .mixed
                .extend(mixed.map(|(one, other, value)| (*one, *other, excess * value)));
            result.slope += 2.0 * excess * counts.factor * point.dipole;
            result.factor_slope += 2.0 * excess * point.signal;
        }
        for (index, (parameter, value)) in self.parameters.iter().zip(nuisances).enumerate() {
            if let Some(prior) = parameter.prior {
                result.gradient[index] += (value - prior.centre) / (prior.width * prior.width);
                result.linear[index * count + index] += 1.0 / (prior.width * prior.width);
            }
        }
        result
    }

    /// Ends of a nuisance while it stays in its cell.
    fn ends(&self, nuisance: usize, cells: &[usize]) -> (f64, f64) {
        match self.model.anchors(nuisance).get(cells[nuisance]..) {
            Some([low, high, ..]) => (*low, *high),
            _ => self.parameters[nuisance].range,
        }
    }

    /// Newton's step in the nuisances that are not held at an end; with what the products add to the curvature where that leaves it
    /// positive, else without.
    fn step(&self, derivatives: &Derivatives, free: &[bool], damping: f64) -> Option<Vec<f64>> {
        let count = free.len();
        let mut whole = derivatives.linear.clone();
        for (one, other, value) in &derivatives.mixed {
            whole[one.max(other) * count + one.min(other)] += value;
        }
        let gradient = &derivatives.gradient;
        let newton = if damping == 0.0 {
            solve_free_of(whole, gradient.clone(), free, 0.0)
        } else {
            None
        };
        newton.or_else(|| solve_free_of(derivatives.linear.clone(), gradient.clone(), free, damping))
    }

    /// Minimises while every shape stays between its anchors: Newton's method, projected on the ends, with steps halved until they gain
    /// enough ([`descend`]) and damped where none does.
    fn within(&self, problem: Problem, nuisances: &mut [f64], cells: &[usize]) -> Option<Derivatives> {
        let count = nuisances.len();
        let ends: Vec<(f64, f64)> = (0..count).map(|nuisance| self.ends(nuisance, cells)).collect();
        for (value, (low, high)) in nuisances.iter_mut().zip(&ends) {
            *value = value.clamp(*low, *high);
        }
        let mut chi2 = self.chi2_in(problem, nuisances, cells);
        let mut damping = 0.0;
        for _ in 0..ITERATIONS {
            let derivatives = self.derivatives(problem, nuisances, cells);
            let gradient = &derivatives.gradient;
            let is_free = |index: usize| {
                let ((low, high), value) = (ends[index], nuisances[index]);
                !(value <= low && gradient[index] > 0.0 || value >= high && gradient[index] < 0.0)
            };
            let free: Vec<bool> = (0..count).map(is_free).collect();
            let step = self.step(&derivatives, &free, damping)?;
            let gain: f64 = step.iter().zip(gradient).map(|(step, slope)| step * slope).sum();
            if gain.abs() < PRECISION || gain.abs() < ROUNDING * chi2.abs() {
                return Some(derivatives);
            }
            let moved = |share: f64| -> Vec<f64> {
                let along = nuisances.iter().zip(&step).zip(&ends);
                along
                    .map(|((value, step), (low, high))| (value - share * step).clamp(*low, *high))
                    .collect()
            };
            let from = nuisances.to_vec();
            match descend(&from, gradient, chi2, moved, |trial| {
                self.chi2_in(problem, trial, cells)
            }) {
                Some((trial, there)) => {
                    nuisances.copy_from_slice(&trial);
                    chi2 = there;
                    damping = eased(damping);
                }
                None => match stiffened(damping) {
                    Some(more) => damping = more,
                    // No step of any length gains: a minimum to rounding, if what is promised is not more.
                    None => return (gain.abs() < 1e-9 * chi2.abs().max(1.0)).then_some(derivatives),
                },
            }
        }
        None
    }

    /// The neighbouring cell, beyond an end at which a shape is, in which chi-square falls.
    fn neighbour(&self, problem: Problem, nuisances: &[f64], cells: &[usize]) -> Option<Cells> {
        for nuisance in 0..nuisances.len() {
            let (low, high) = self.ends(nuisance, cells);
            let last = self.model.anchors(nuisance).len().saturating_sub(2);
            let cell = cells[nuisance];
            let (next, sign) = if nuisances[nuisance] <= low && cell > 0 {
                (cell - 1, -1.0)
            } else if nuisances[nuisance] >= high && cell < last {
                (cell + 1, 1.0)
            } else {
                continue;
            };
            let mut beyond = cells.to_vec();
            beyond[nuisance] = next;
            let derivatives = self.derivatives(problem, nuisances, &beyond);
            if sign * derivatives.gradient[nuisance] < -DESCENT {
                return Some(beyond);
            }
        }
        None
    }

    /// The minimum over all nuisances, from where they are.
    pub(super) fn minimise(&self, problem: Problem, nuisances: &mut [f64]) -> Result<Profile, Error> {
        let mut cells = self.model.cells(nuisances);
        for _ in 0..MOVES {
            let Some(derivatives) = self.within(problem, nuisances, &cells) else {
                break;
            };
            match self.neighbour(problem, nuisances, &cells) {
                Some(next) => cells = next,
                None => {
                    return Ok(Profile {
                        chi2: self.chi2_in(problem, nuisances, &cells),
                        slope: derivatives.slope,
                        factor_slope: derivatives.factor_slope,
                    });
                }
            }
        }
        Err(ErrorKind::Convergence {
            fit: word!("rates and shapes").into(),
            iterations: ITERATIONS,
        }
        .into())
    }
}
