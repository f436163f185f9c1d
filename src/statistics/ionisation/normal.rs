//! Chi-square of an ionisation spectrum with its derivatives.

use super::Ionisation;
use super::background::{M_RATIO, Matrix, PARAMETERS, Point, SIGNAL, Values};
use crate::numerics::block::{BLOCK, Column, dot};
use crate::statistics::{Counts, Profile};

/// Chi-square with half its gradient, the halves of its Hessian and its slopes.
#[derive(Clone, Default)]
pub(super) struct NormalEquations {
    pub(super) chi2: f64,
    pub(super) gradient: Values,
    /// Gauss's half of the Hessian: products of first derivatives.
    pub(super) matrix: Matrix,
    /// The other part of it, from second derivatives; zero unless asked for.
    pub(super) curvature: Matrix,
    slope: f64,
    factor_slope: f64,
}

/// Derivatives and residuals of some bins, in units of their errors.
#[derive(Default)]
struct Block {
    derivatives: [Column; PARAMETERS],
    residuals: Column,
}

impl NormalEquations {
    fn add(&mut self, block: &Block) {
        self.chi2 += dot(&block.residuals, &block.residuals);
        for (i, column) in block.derivatives.iter().enumerate() {
            self.gradient[i] += dot(column, &block.residuals);
            for (j, other) in block.derivatives[..=i].iter().enumerate() {
                self.matrix[i][j] += dot(column, other);
            }
        }
    }

    pub(super) fn profile(&self) -> Profile {
        Profile {
            chi2: self.chi2,
            slope: self.slope,
            factor_slope: self.factor_slope,
        }
    }
}

impl Ionisation {
    /// Evaluates everything at some parameters; the exact curvature only where it is asked for.
    pub(super) fn normal_equations(
        &self,
        counts: Counts,
        strength: f64,
        values: &Values,
        exact: bool,
    ) -> NormalEquations {
        let scale = values[SIGNAL];
        let mut result = NormalEquations::default();
        let mut block = Block::default();
        for bin in 0..counts.observed.len() {
            let weight = self.weights[bin];
            let signal = counts.signal(strength, bin);
            let expected = counts.factor * signal;
            let Point { value, gradient } = self.background.at(values, bin);
            let residual = (value + scale * expected - counts.observed[bin]) * weight;
            let place = bin % BLOCK;
            for (column, derivative) in block.derivatives.iter_mut().zip(&gradient) {
                column[place] = derivative * weight;
            }
            block.derivatives[SIGNAL][place] = expected * weight;
            block.residuals[place] = residual;
            result.slope += 2.0 * residual * scale * (counts.factor * counts.dipole[bin]) * weight;
            result.factor_slope += 2.0 * residual * scale * signal * weight;
            if exact {
                self.background
                    .add_curvature(values, bin, residual * weight, &mut result.curvature);
            }
            if place == BLOCK - 1 {
                result.add(&block);
                block = Block::default();
            }
        }
        result.add(&block);
        for (index, (pull, inverse)) in [M_RATIO, SIGNAL].into_iter().zip(self.priors(values)) {
            result.chi2 += pull * pull;
            result.gradient[index] += pull * inverse;
            result.matrix[index][index] += inverse * inverse;
        }
        result
    }

    /// Pull and inverse width of the two priors: M-shell ratio, signal normalisation.
    fn priors(&self, values: &Values) -> [(f64, f64); 2] {
        let inverse = self.signal_width.recip();
        [
            (self.m_ratio.pull(values[M_RATIO]), self.m_ratio.width.recip()),
            ((values[SIGNAL] - 1.0) / self.signal_width, inverse),
        ]
    }

    /// What every bin adds to the chi-square.
    pub(super) fn chi2_bins_at(&self, counts: Counts, strength: f64, values: &Values) -> impl Iterator<Item = f64> {
        (0..counts.observed.len()).map(move |bin| {
            let expected = counts.factor * counts.signal(strength, bin);
            let value = self.background.at(values, bin).value + values[SIGNAL] * expected;
            ((counts.observed[bin] - value) * self.weights[bin]).powi(2)
        })
    }

    /// Chi-square alone.
    pub(super) fn chi2_at(&self, counts: Counts, strength: f64, values: &Values) -> f64 {
        let bins = self.chi2_bins_at(counts, strength, values);
        let priors = self.priors(values).into_iter().map(|(pull, _)| pull * pull);
        bins.sum::<f64>() + priors.sum::<f64>()
    }
}
