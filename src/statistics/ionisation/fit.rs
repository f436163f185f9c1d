//! Bounded least squares for the background fit.

use super::NormalEquations;
use super::background::{IonisationNuisances, PARAMETERS, Ranges, Values};
use crate::Error;
use crate::numerics::cholesky;
use crate::statistics::Profile;

const ITERATIONS: usize = 200;
/// Gain in chi-square that an undamped step must still promise to be worth taking.
const PRECISION: f64 = 1e-8;
/// Damping at which a step is too short to matter.
const STUCK: f64 = 1e6;

/// Levenberg-Marquardt with Marquardt's scaling (J. SIAM 11, 431 (1963)), projected on the ranges of
/// the parameters: a parameter at its bound whose gradient points outwards is held for the step,
/// and steps are cut off at the bounds. Ends when the undamped Gauss-Newton step in the free parameters
/// promises less than 1e-8 in chi-square.
pub(super) fn minimise(
    equations: impl Fn(&Values) -> NormalEquations,
    ranges: &Ranges,
    nuisances: &mut IonisationNuisances,
) -> Result<Profile, Error> {
    let mut damping = 0.0;
    let mut values = nuisances.to_values();
    let mut here = equations(&values);
    for _ in 0..ITERATIONS {
        let free = free_parameters(&values, &here.gradient, ranges);
        let undamped = damped_step(&here, free, 0.0);
        if undamped.is_some_and(|step| dot(&step, &here.gradient) < PRECISION) {
            return Ok(found(&here, &values, nuisances));
        }
        let Some(step) = damped_step(&here, free, damping) else {
            damping = raised(damping);
            continue;
        };
        let trial = projected(&values, &step, ranges);
        let there = equations(&trial);
        let gain = here.chi2 - there.chi2;
        let stuck = damping > STUCK && gain.abs() < PRECISION;
        // Far from the data the curvature that Gauss-Newton leaves out makes its steps too long: they
        // zigzag across the valley and gain little of what they promise, unless they are damped.
        damping = match gain / dot(&step, &here.gradient) {
            ratio if ratio > 0.75 && damping < 1e-6 => 0.0,
            ratio if ratio > 0.75 => 0.1 * damping,
            ratio if ratio > 0.25 => damping,
            _ => raised(damping),
        };
        if gain > 0.0 {
            values = trial;
            here = there;
        }
        if stuck {
            // No step of any length gains: a minimum to rounding.
            return Ok(found(&here, &values, nuisances));
        }
    }
    Err(Error::Convergence {
        fit: "background of the ionisation spectrum",
        iterations: ITERATIONS,
    })
}

fn found(here: &NormalEquations, values: &Values, nuisances: &mut IonisationNuisances) -> Profile {
    *nuisances = IonisationNuisances::from_values(*values);
    Profile {
        chi2: here.chi2,
        slope: here.slope,
    }
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

/// Solution of `(J^T J + damping diag) step = gradient` in the free parameters, zero in the others.
fn damped_step(here: &NormalEquations, free: [bool; PARAMETERS], damping: f64) -> Option<Values> {
    let mut matrix = here.matrix;
    let mut gradient = here.gradient;
    for row in 0..PARAMETERS {
        for column in 0..row {
            if !free[row] || !free[column] {
                matrix[row][column] = 0.0;
            }
        }
        if free[row] {
            // A direction without any information (the slope of an exponential of height zero)
            // is held by a tiny multiple of 1 instead of failing.
            matrix[row][row] = matrix[row][row] * (1.0 + damping) + 1e-12;
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
