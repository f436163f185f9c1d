//! Bounded least squares for the background fit.

use super::super::{Profile, cholesky};
use super::NormalEquations;
use super::background::{IonisationNuisances, PARAMETERS};
use crate::Error;

const ITERATIONS: usize = 200;
/// Gain in chi-square that an undamped step must still promise to be worth taking.
const PRECISION: f64 = 1e-9;

/// Levenberg-Marquardt with Marquardt's scaling (J. SIAM 11, 431 (1963)), projected on the ranges of
/// the parameters: a parameter at its bound whose gradient points outwards is held for the step,
/// and steps are cut off at the bounds. Ends when the undamped Gauss-Newton step in the free parameters
/// promises less than 1e-9 in chi-square.
pub(super) fn minimise(
    equations: impl Fn(&IonisationNuisances) -> NormalEquations,
    nuisances: &mut IonisationNuisances,
) -> Result<Profile, Error> {
    let mut damping = 0.0;
    let mut here = equations(nuisances);
    for _ in 0..ITERATIONS {
        let free = free_parameters(&nuisances.to_array(), &here.gradient);
        if let Some(step) = damped_step(&here, free, 0.0) {
            let gain: f64 = step
                .iter()
                .zip(&here.gradient)
                .map(|(step, gradient)| step * gradient)
                .sum();
            if gain < PRECISION {
                return Ok(Profile {
                    chi2: here.chi2,
                    slope: here.slope,
                });
            }
        }
        let Some(step) = damped_step(&here, free, damping) else {
            damping = raised(damping);
            continue;
        };
        let trial = projected(&nuisances.to_array(), &step);
        let there = equations(&trial);
        if there.chi2 < here.chi2 {
            // Damping that is small is dropped: the last steps are Gauss-Newton's.
            damping = if damping < 1e-6 { 0.0 } else { 0.1 * damping };
            *nuisances = trial;
            here = there;
        } else if there.chi2 - here.chi2 < PRECISION && damping > 1e6 {
            // No step of any length gains: a minimum to rounding.
            return Ok(Profile {
                chi2: here.chi2,
                slope: here.slope,
            });
        } else {
            damping = raised(damping);
        }
    }
    Err(Error::Convergence {
        fit: "background of the ionisation spectrum",
        iterations: ITERATIONS,
    })
}

fn raised(damping: f64) -> f64 {
    if damping == 0.0 { 1e-3 } else { 10.0 * damping }
}

/// Which parameters may move: those inside their range, and those at a bound that the descent
/// direction leads away from.
fn free_parameters(values: &[f64; PARAMETERS], gradient: &[f64; PARAMETERS]) -> [bool; PARAMETERS] {
    std::array::from_fn(|index| {
        let (low, high) = IonisationNuisances::RANGES[index];
        !(values[index] <= low && gradient[index] >= 0.0 || values[index] >= high && gradient[index] <= 0.0)
    })
}

/// Solution of `(J^T J + damping diag) step = gradient` in the free parameters, zero in the others.
fn damped_step(here: &NormalEquations, free: [bool; PARAMETERS], damping: f64) -> Option<[f64; PARAMETERS]> {
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

fn projected(values: &[f64; PARAMETERS], step: &[f64; PARAMETERS]) -> IonisationNuisances {
    IonisationNuisances::from_array(std::array::from_fn(|index| {
        let (low, high) = IonisationNuisances::RANGES[index];
        (values[index] - step[index]).clamp(low, high)
    }))
}
