//! First and second derivatives of chi-square, block by block.

use super::Shaped;
use super::fit::{Looked, Problem, sum, times};
use super::model::{
    ARRIVAL, BRN, BRN_ENERGY, BRN_TIME, BRN_WIDTH, LATE, LEAST, NUISANCES, PULSE, SIGNAL, STEADY, Shapes, Values,
};
use crate::numerics::block::{BLOCK, Column, dot, product};

/// Second derivatives: the lower triangle.
pub(super) type Matrix = [[f64; NUISANCES]; NUISANCES];

/// Half the derivatives of chi-square.
pub(super) struct Derivatives {
    pub(super) gradient: Values,
    /// As if the means were linear in the nuisances: positive definite.
    pub(super) linear: Matrix,
    /// With their second derivatives.
    pub(super) whole: Matrix,
    pub(super) slope: f64,
    pub(super) factor_slope: f64,
}

/// A block in a time bin: what is expected there, and how what is observed differs from it.
struct Cell<'a> {
    shapes: &'a Shapes,
    time: usize,
    block: usize,
    looked: Looked,
    /// `1 - n/mu`; zero where the least is expected, behind the end too.
    excess: Column,
    /// `n/mu^2`.
    weights: Column,
}

/// Derivatives of the means of a block in the nuisances.
type Parts = [Column; NUISANCES];

impl Shaped {
    pub(super) fn derivatives(&self, problem: &Problem, values: &Values) -> Derivatives {
        let shapes = self.model.shapes(values);
        let mut result = Derivatives {
            gradient: [0.0; NUISANCES],
            linear: [[0.0; NUISANCES]; NUISANCES],
            whole: [[0.0; NUISANCES]; NUISANCES],
            slope: 0.0,
            factor_slope: 0.0,
        };
        for time in 0..self.model.times() {
            for block in 0..self.model.steady.len() {
                let cell = self.cell(problem, values, &shapes, (time, block));
                self.add(problem, values, &cell, &mut result);
            }
        }
        for (row, width) in self.widths.iter().enumerate() {
            result.gradient[row] += values[row] / (width * width);
            result.linear[row][row] += 1.0 / (width * width);
        }
        for (whole, linear) in result.whole.iter_mut().zip(&result.linear) {
            *whole = std::array::from_fn(|column| whole[column] + linear[column]);
        }
        result
    }

    #[inline(always)]
    fn cell<'a>(
        &self,
        problem: &Problem,
        values: &Values,
        shapes: &'a Shapes,
        (time, block): (usize, usize),
    ) -> Cell<'a> {
        let looked = self.look(problem, values, shapes, (time, block));
        let (mut excess, mut weights) = ([0.0; BLOCK], [0.0; BLOCK]);
        let cells = BLOCK * block..self.model.cells.min(BLOCK * (block + 1));
        for (place, cell) in cells.enumerate() {
            let mean = looked.mean[place];
            if mean > LEAST {
                let ratio = problem.observed[cell * self.model.times() + time] / mean;
                excess[place] = 1.0 - ratio;
                weights[place] = ratio / mean;
            }
        }
        Cell {
            shapes,
            time,
            block,
            looked,
            excess,
            weights,
        }
    }

    /// What a block adds. The second derivatives of its means go into [`Derivatives::whole`], without those that are there as if they were linear.
    #[inline(always)]
    fn add(&self, problem: &Problem, values: &Values, cell: &Cell, result: &mut Derivatives) {
        let mut parts = [[0.0; BLOCK]; NUISANCES];
        self.add_signal(problem, values, cell, &mut parts, result);
        parts[STEADY] = self.model.steady[cell.block];
        let is_prompt = self.model.is_prompt(cell.time);
        if is_prompt {
            self.add_neutrons(values, cell, &mut parts, &mut result.whole);
        }
        let is_late = self.model.is_late(cell.time);
        if is_late {
            parts[LATE] = self.model.late[cell.block];
        }
        let is_active = |nuisance: &usize| match *nuisance {
            BRN | BRN_ENERGY | BRN_TIME | BRN_WIDTH => is_prompt,
            LATE => is_late,
            _ => true,
        };
        for row in (0..NUISANCES).filter(is_active) {
            result.gradient[row] += dot(&parts[row], &cell.excess);
            let weighted = product(&parts[row], &cell.weights);
            for column in (0..=row).filter(is_active) {
                result.linear[row][column] += dot(&weighted, &parts[column]);
            }
        }
    }

    /// Signal: its normalisation, its shares in pulse shape, its arrival; and the slopes in strength and factor.
    #[inline(always)]
    fn add_signal(&self, problem: &Problem, values: &Values, cell: &Cell, parts: &mut Parts, result: &mut Derivatives) {
        let Cell {
            looked,
            excess,
            time,
            block,
            ..
        } = cell;
        let (early, late) = (&cell.shapes.prompt[*time], &cell.shapes.delayed[*time]);
        let (prompt, delayed) = (&problem.signal.prompt[*block], &problem.signal.delayed[*block]);
        let arriving = |order: usize| {
            sum(
                problem.factor * early[order],
                prompt,
                problem.factor * late[order],
                delayed,
            )
        };
        let dipole = sum(
            early[0],
            &problem.dipole.prompt[*block],
            late[0],
            &problem.dipole.delayed[*block],
        );
        let scale = 1.0 + values[SIGNAL];
        let seen = product(&looked.share, excess);
        result.slope += 2.0 * scale * problem.factor * dot(&seen, &dipole);
        result.factor_slope += 2.0 * scale * dot(&seen, &looked.arriving);
        let [_, linear, quadratic] = &self.model.shares;
        let now = times(problem.factor, &looked.arriving);
        let (moved, bent) = (arriving(1), arriving(2));
        let tilt = sum(1.0, &linear[*block], 2.0 * values[PULSE], &quadratic[*block]);
        parts[SIGNAL] = product(&looked.share, &now);
        parts[PULSE] = times(scale, &product(&tilt, &now));
        parts[ARRIVAL] = times(scale, &product(&looked.share, &moved));
        let second = &mut result.whole;
        second[PULSE][SIGNAL] += dot(&product(&tilt, excess), &now);
        second[ARRIVAL][SIGNAL] += dot(&seen, &moved);
        second[PULSE][PULSE] += 2.0 * scale * dot(&product(&quadratic[*block], excess), &now);
        second[ARRIVAL][PULSE] += scale * dot(&product(&tilt, excess), &moved);
        second[ARRIVAL][ARRIVAL] += scale * dot(&seen, &bent);
    }

    /// Prompt beam-related neutrons: their normalisation, energy, arrival and width in time.
    #[inline(always)]
    fn add_neutrons(&self, values: &Values, cell: &Cell, parts: &mut Parts, second: &mut Matrix) {
        let scale = 1.0 + values[BRN];
        let arrival = &cell.shapes.arrival[cell.time];
        let (brn, energy) = (&cell.looked.brn, &self.model.brn_energy[cell.block]);
        let (here, there) = (dot(brn, &cell.excess), dot(energy, &cell.excess));
        parts[BRN] = times(arrival[0], brn);
        parts[BRN_ENERGY] = times(scale * arrival[0], energy);
        parts[BRN_TIME] = times(scale * arrival[1], brn);
        parts[BRN_WIDTH] = times(scale * arrival[2], brn);
        second[BRN_ENERGY][BRN] += arrival[0] * there;
        second[BRN_TIME][BRN] += arrival[1] * here;
        second[BRN_WIDTH][BRN] += arrival[2] * here;
        second[BRN_TIME][BRN_ENERGY] += scale * arrival[1] * there;
        second[BRN_WIDTH][BRN_ENERGY] += scale * arrival[2] * there;
        second[BRN_TIME][BRN_TIME] += scale * arrival[3] * here;
        second[BRN_WIDTH][BRN_TIME] += scale * arrival[4] * here;
        second[BRN_WIDTH][BRN_WIDTH] += scale * arrival[5] * here;
    }
}
