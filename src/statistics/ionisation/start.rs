//! Where a fit starts that knows nothing of its data.

use super::Ionisation;
use super::background::{CONSTANT, ENERGY, EXPONENTIAL, HEIGHT, PARAMETERS, SIGNAL, SLOPE, Values, WIDTH};
use super::fit::minimise;
use crate::numerics::cholesky;
use crate::numerics::order::sort_few;
use crate::statistics::Counts;
use crate::{Error, ErrorKind};

/// Slopes of the exponential and widths of the L1 line that are tried: what enters the model other than
/// linearly.
const SLOPES_PER_KEV: [f64; 10] = [0.1, 0.7, 2.0, 5.0, 9.0, 14.0, 22.0, 40.0, 100.0, 300.0];
const WIDTHS_KEV: [f64; 7] = [0.005, 0.015, 0.04, 0.07, 0.15, 0.4, 1.5];
/// How many energies of the L1 line, from the lowest to the highest that is allowed.
const ENERGIES: usize = 11;
/// How many lines are followed to their minimum for each slope.
const FOLLOWED: usize = 4;

/// Parameters that enter linearly once the others, the ratio of M to L line among them, are fixed.
const LINEAR: [usize; 4] = [CONSTANT, EXPONENTIAL, HEIGHT, SIGNAL];

impl Ionisation {
    /// The deepest minimum without dipole that is reached from the spectrum's own suggestion and from the best points of
    /// a grid in slope, width and energy, at each of which the linear parameters have their best values within their
    /// bounds. Some tens of fits: pseudo-data that are close to an expectation start better from its own nuisances.
    pub(super) fn search(&self, counts: Counts) -> Result<Values, Error> {
        let (low_kev, high_kev) = self.ranges[ENERGY];
        let mut starts: Vec<(f64, Values)> = Vec::new();
        for slope in SLOPES_PER_KEV {
            let mut lines: Vec<(f64, Values)> = Vec::new();
            for width in WIDTHS_KEV {
                for index in 0..ENERGIES {
                    let energy = low_kev + (high_kev - low_kev) * index as f64 / (ENERGIES - 1) as f64;
                    let mut values = self.background.start(counts.observed, self.m_ratio.centre);
                    (values[SLOPE], values[WIDTH], values[ENERGY]) = (slope, width, energy);
                    lines.push(self.best_linear(counts, values));
                }
            }
            sort_few(&mut lines, |one, other| one.0.total_cmp(&other.0));
            lines.truncate(FOLLOWED);
            starts.extend(lines);
        }
        starts.push((0.0, self.background.start(counts.observed, self.m_ratio.centre)));
        let mut best: Option<(f64, Values)> = None;
        let mut failure = None;
        for (_, mut values) in starts {
            match minimise(
                |trial, exact| self.normal_equations(counts, 0.0, trial, exact),
                &self.ranges,
                &mut values,
            ) {
                Ok(profile) if best.as_ref().is_none_or(|(chi2, _)| profile.chi2 < *chi2) => {
                    best = Some((profile.chi2, values));
                }
                Ok(_) => {}
                Err(error) => failure = Some(error),
            }
        }
        match (best, failure) {
            (Some((_, values)), _) => Ok(values),
            (None, Some(error)) => Err(error),
            (None, None) => Err(ErrorKind::Convergence {
                fit: word!("start of the ionisation spectrum").into(),
                iterations: 0,
            }
            .into()),
        }
    }

    /// Chi-square and values with the linear parameters at their best: every choice of those held at zero is tried, and
    /// the deepest allowed one is taken.
    fn best_linear(&self, counts: Counts, mut values: Values) -> (f64, Values) {
        for place in LINEAR {
            values[place] = 0.0;
        }
        // At a height of one the line is its own derivative.
        let unit = Values::from(std::array::from_fn::<f64, PARAMETERS, _>(|place| {
            if LINEAR.contains(&place) { 1.0 } else { values[place] }
        }));
        let mut matrix = [[0.0; 4]; 4];
        let mut right = [0.0; 4];
        for bin in 0..counts.observed.len() {
            let gradient = self.background.at(&unit, bin).gradient;
            let weight = self.weights[bin];
            let row = LINEAR.map(|place| match place {
                SIGNAL => counts.factor * counts.sm[bin] * weight,
                place => gradient[place] * weight,
            });
            for i in 0..4 {
                right[i] += row[i] * counts.observed[bin] * weight;
                for j in 0..=i {
                    matrix[i][j] += row[i] * row[j];
                }
            }
        }
        let inverse = self.signal_width.recip();
        matrix[3][3] += inverse * inverse;
        right[3] += inverse * inverse;
        let mut best = (f64::INFINITY, values);
        for choice in 0..16_u32 {
            let free = std::array::from_fn(|index| choice & (1 << index) != 0);
            let Some(solution) = cholesky::solve_free(matrix, right, free, 1e-12) else {
                continue;
            };
            if solution.iter().any(|value| *value < 0.0) {
                continue;
            }
            for (place, value) in LINEAR.into_iter().zip(solution) {
                values[place] = value.clamp(self.ranges[place].0, self.ranges[place].1);
            }
            let chi2 = self.chi2_at(counts, 0.0, &values);
            if chi2 < best.0 {
                best = (chi2, values);
            }
        }
        best
    }
}
