//! Bounded least squares for the background fit.

use super::background::{Matrix, PARAMETERS, Ranges, Values};
use super::normal::NormalEquations;
use crate::numerics::cholesky;
use crate::statistics::Profile;
use crate::{Error, ErrorKind};

const ITERATIONS: usize = 400;
/// Iterations of Gauss and Newton before the second derivatives are counted in: data that are close to what the
/// model can be need a tenth of it.
const GAUSS_NEWTON: usize = 60;
/// Gain in chi-square that an undamped step must still promise to be worth taking.
const PRECISION: f64 = 1e-8;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;
/// Damping at which a step is too short to matter.
const STUCK: f64 = 1e6;

/// Levenberg-Marquardt with Marquardt's scaling (J. SIAM 11, 431 (1963)), projected on the ranges of
/// the parameters: a parameter at its bound whose gradient points outwards is held for the step,
/// and steps are cut off at the bounds. Ends when the undamped step in the free parameters promises less than 1e-8 in
/// chi-square (or than its rounding).
///
/// Gauss's approximation of the second derivatives converges slowly, or not at all, where what is left between data and
/// model is large and bent; after sixty iterations the exact ones take its place.
pub(super) fn minimise(
    equations: impl Fn(&Values, bool) -> NormalEquations,
    ranges: &Ranges,
    values: &mut Values,
) -> Result<Profile, Error> {
    let mut damping = 0.0;
    let mut here = equations(values, false);
    for iteration in 0..ITERATIONS {
        let exact = iteration >= GAUSS_NEWTON;
        if iteration == GAUSS_NEWTON {
            here = equations(values, true);
            damping = 0.0;
        }
        let precision = PRECISION + ROUNDING * here.chi2;
        let free = free_parameters(values, &here.gradient, ranges);
        let undamped = damped_step(&here, free, 0.0);
        if undamped.is_some_and(|step| dot(&step, &here.gradient) < precision) {
            return Ok(here.profile());
        }
        let step = if damping == 0.0 {
            undamped
        } else {
            damped_step(&here, free, damping)
        };
        let Some(step) = step else {
            damping = raised(damping);
            continue;
        };
        let trial = projected(values, &step, ranges);
        let there = equations(&trial, exact);
        let gain = here.chi2 - there.chi2;
        let stuck = damping > STUCK && gain.abs() < precision;
        // Far from the data the curvature that Gauss-Newton leaves out makes its steps too long: they
        // zigzag across the valley and gain little of what they promise, unless they are damped.
        damping = match gain / dot(&step, &here.gradient) {
            ratio if ratio > 0.75 && damping < 1e-6 => 0.0,
            ratio if ratio > 0.75 => 0.1 * damping,
            ratio if ratio > 0.25 => damping,
            _ => raised(damping),
        };
        if gain > 0.0 {
            *values = trial;
            here = there;
        }
        if stuck {
            // No step of any length gains: a minimum to rounding.
            return Ok(here.profile());
        }
    }
    Err(ErrorKind::Convergence {
        fit: word!("background of the ionisation spectrum").into(),
        iterations: ITERATIONS,
    }
    .into())
}

fn dot(a: &Values, b: &Values) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn raised(damping: f64) -> f64 {
    if damping == 0.0 { 1e-3 } else { 10.0 * damping }
}

/// Which parameters may move: those inside their range, and those at a bound that the descent
/// direction leads away from.
fn free_parameters(values: &Values, gradient: &Values, ranges: &Ranges) -> [bool; PARAMETERS] {
    std::array::from_fn(|index| {
        let (low, high) = ranges[index];
        !(values[index] <= low && gradient[index] >= 0.0 || values[index] >= high && gradient[index] <= 0.0)
    })
}

/// Solution of `(H + damping diag(J^T J)) step = gradient` in the free parameters, zero in the others.
fn damped_step(here: &NormalEquations, free: [bool; PARAMETERS], damping: f64) -> Option<Values> {
    let mut matrix: Matrix = here.matrix;
    let mut gradient = here.gradient;
    for row in 0..PARAMETERS {
        for column in 0..row {
            matrix[row][column] = if free[row] && free[column] {
                matrix[row][column] + here.curvature[row][column]
            } else {
                0.0
            };
        }
        if free[row] {
            // A direction without any information (the slope of an exponential of height zero)
            // is held by a tiny multiple of 1 instead of failing.
            matrix[row][row] = matrix[row][row] * (1.0 + damping) + here.curvature[row][row] + 1e-12;
        } else {
            matrix[row][row] = 1.0;
            gradient[row] = 0.0;
        }
    }
    cholesky::solve(matrix, gradient)
}

fn projected(values: &Values, step: &Values, ranges: &Ranges) -> Values {
    std::array::from_fn(|index| {
        let (low, high) = ranges[index];
        (values[index] - step[index]).clamp(low, high)
    })
}
