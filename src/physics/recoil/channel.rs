//! A kind of recoil and how the detector reports it: from rates to bins.

use super::Cell;
use super::prepared::Prepared;
use crate::physics::cross_section::{Scatterer, Sign, recoil_range_mev};
use crate::physics::detector::Response;
use crate::physics::source::Component;
use std::sync::Arc;

/// Scatterers, cells of recoil energy and the response matrix: prepared once, folded for every mass.
#[derive(Clone, Debug)]
pub struct Channel {
    cells: Arc<[Cell]>,
    scatterers: Arc<[Prepared]>,
    response: Arc<Response>,
}

impl Channel {
    /// Prepares `particles` (with their number times exposure) on `cells`; `response` gives the
    /// probability of each of `bins` bins for the middle of a cell.
    #[must_use]
    pub fn new(
        cells: Vec<Cell>,
        particles: &[(Scatterer, f64)],
        bins: usize,
        response: impl Fn(&Cell) -> Vec<f64>,
    ) -> Self {
        let middles: Vec<f64> = cells.iter().map(|cell| cell.middle_mev).collect();
        Self {
            response: Arc::new(Response::from_rows(bins, cells.iter().map(response))),
            scatterers: Prepared::all(particles, &middles).into(),
            cells: cells.into(),
        }
    }

    /// The same cells and response with other numbers of particles, or another model of them.
    #[must_use]
    pub fn with_particles(&self, particles: &[(Scatterer, f64)]) -> Self {
        let middles: Vec<f64> = self.cells.iter().map(|cell| cell.middle_mev).collect();
        Self {
            scatterers: Prepared::all(particles, &middles).into(),
            ..self.clone()
        }
    }

    /// The response matrix, one row per cell.
    #[must_use]
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// Cells of recoil energy.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Each recoil energy, in MeV, at which the response is known, with the probability to be reported in any bin.
    pub fn reported(&self) -> impl Iterator<Item = (f64, f64)> {
        let shares = (0..self.cells.len()).map(|cell| self.response.row(cell).1.iter().sum());
        self.cells.iter().map(|cell| cell.middle_mev).zip(shares)
    }

    /// SM counts per bin from one component of the flux.
    #[must_use]
    pub fn standard_model(&self, component: &Component) -> Vec<f64> {
        self.fold(component, 0.0, |scatterer, _, recoil_mev| {
            scatterer.standard_model_rate(recoil_mev, component)
        })
    }

    /// Dipole counts per bin and per d^2 (d in MeV^-1) from one component of the flux.
    #[must_use]
    pub fn dipole(&self, component: &Component, sterile_mass_mev: f64, sign: Sign) -> Vec<f64> {
        self.fold(component, sterile_mass_mev, |scatterer, cell, recoil_mev| {
            scatterer.dipole_rate(cell, recoil_mev, component, sterile_mass_mev, sign)
        })
    }

    /// Sums rate times width over scatterers in each cell, then reports the cells in bins.
    ///
    /// A cell that the kinematic range of the component's highest energy covers in part counts by
    /// the covered part: the edge of a line, or of a table that ends above zero, is not smeared
    /// over the cell.
    fn fold(
        &self,
        component: &Component,
        final_mass_mev: f64,
        rate: impl Fn(&Prepared, usize, f64) -> f64,
    ) -> Vec<f64> {
        let highest_mev = component.spectrum.highest_energy_mev();
        let mut counts = vec![0.0; self.cells.len()];
        for scatterer in self.scatterers.iter() {
            let Some((low, high)) = recoil_range_mev(highest_mev, scatterer.mass_mev(), final_mass_mev) else {
                continue;
            };
            let first = self.cells.partition_point(|cell| cell.high_mev <= low);
            for (index, cell) in self.cells.iter().enumerate().skip(first) {
                if cell.low_mev >= high {
                    break;
                }
                let inside = if cell.low_mev >= low && cell.high_mev <= high {
                    *cell
                } else {
                    Cell::new(cell.low_mev.max(low), cell.high_mev.min(high))
                };
                counts[index] += rate(scatterer, index, inside.middle_mev) * inside.width_mev;
            }
        }
        let mut bins = vec![0.0; self.response.bins()];
        self.response.add_reported(&counts, &mut bins);
        bins
    }
}
