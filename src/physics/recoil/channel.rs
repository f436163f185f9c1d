//! A kind of recoil and how the detector reports it: from rates to bins.

use super::Cell;
use super::grid::{NODES, Node};
use super::prepared::Prepared;
use crate::physics::cross_section::{Scatterer, Sign, recoil_range_mev};
use crate::physics::detector::Response;
use crate::physics::source::Component;
use std::sync::Arc;

/// Nodes that the response is interpolated through where a cell is covered in part.
const POINTS: usize = 4;

/// Scatterers, nodes of recoil energy and the response matrix: prepared once, folded for every mass.
///
/// Counts in a bin are the integral of rate times response over recoil energy, by the Gauss-Legendre rule of every cell:
/// both are known at its nodes, so that neither is taken as constant over a cell, and edges of cells stand where one of
/// them is not smooth. The ends of the kinematic range move with the mass: a cell that is covered in part gets nodes of
/// its own in that part, where the response is interpolated from its values around them.
#[derive(Clone, Debug)]
pub struct Channel {
    cells: Arc<[Cell]>,
    /// [`NODES`] of each cell, rising; without cells, rows that stand for themselves.
    nodes: Arc<[Node]>,
    scatterers: Arc<[Prepared]>,
    response: Arc<Response>,
    /// Bins that are those of the detector as it is thought to be.
    seen: usize,
}

impl Channel {
    /// Prepares `particles` (with their number times exposure) on `cells`; `response` gives the
    /// probability of each of `bins` bins at a recoil energy in MeV.
    #[must_use]
    pub fn new(
        cells: Vec<Cell>,
        particles: &[(Scatterer, f64)],
        bins: usize,
        response: impl Fn(f64) -> Vec<f64>,
    ) -> Self {
        let nodes: Arc<[Node]> = cells.iter().flat_map(Cell::nodes).collect();
        let rows = nodes.iter().map(|node| response(node.recoil_mev));
        Self {
            seen: bins,
            response: Arc::new(Response::from_rows(bins, rows)),
            scatterers: prepared(particles, &nodes),
            cells: cells.into(),
            nodes,
        }
    }

    /// Prepares `particles` at given rows of recoil energy alone, whose weights stand for cells: what lies between rows is not looked at.
    /// Each row of the response has what is reported in `seen` bins, and may go on with the same for other responses.
    #[must_use]
    pub fn at_rows(nodes: Vec<Node>, particles: &[(Scatterer, f64)], seen: usize, response: Vec<Vec<f64>>) -> Self {
        let bins = response.first().map_or(seen, Vec::len);
        Self {
            response: Arc::new(Response::from_rows(bins, response)),
            scatterers: prepared(particles, &nodes),
            cells: [].into(),
            nodes: nodes.into(),
            seen,
        }
    }

    /// The same cells and response with other numbers of particles, or another model of them.
    #[must_use]
    pub fn with_particles(&self, particles: &[(Scatterer, f64)]) -> Self {
        Self {
            scatterers: prepared(particles, &self.nodes),
            ..self.clone()
        }
    }

    /// The response matrix, one row per node; clones of a channel share it.
    #[must_use]
    pub fn response(&self) -> &Arc<Response> {
        &self.response
    }

    /// Cells of recoil energy.
    #[must_use]
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Bins of the response, with those behind the bins that are seen.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.response.bins()
    }

    /// Each recoil energy, in MeV, at which the response is known, with the probability to be reported in any bin.
    pub fn reported(&self) -> impl Iterator<Item = (f64, f64)> {
        let shares = (0..self.nodes.len()).map(|node| {
            let (first, row) = self.response.row(node);
            row.iter().take(self.seen.saturating_sub(first)).sum()
        });
        self.nodes.iter().map(|node| node.recoil_mev).zip(shares)
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
        self.fold(component, sterile_mass_mev, |scatterer, node, recoil_mev| {
            scatterer.dipole_rate(node, recoil_mev, component, sterile_mass_mev, sign)
        })
    }

    /// Counts per bin from a spectrum of recoils that is given, in counts per MeV at a recoil energy in MeV. It is looked at where the response is known, and
    /// should be smooth there: an end of it within a cell is not resolved.
    #[must_use]
    pub fn reported_of(&self, counts_per_mev: impl Fn(f64) -> f64) -> Vec<f64> {
        let nodes = self.nodes.iter();
        let counts: Vec<f64> = nodes
            .map(|node| counts_per_mev(node.recoil_mev) * node.weight_mev)
            .collect();
        let mut bins = vec![0.0; self.response.bins()];
        self.response.add_reported(&counts, &mut bins);
        bins
    }

    /// Sums rate times weight over scatterers at each node, then reports the nodes in bins; `rate` is told the node, or
    /// none for a recoil energy between nodes.
    fn fold(
        &self,
        component: &Component,
        final_mass_mev: f64,
        rate: impl Fn(&Prepared, Option<usize>, f64) -> f64,
    ) -> Vec<f64> {
        let highest_mev = component.spectrum.highest_energy_mev();
        let mut counts = vec![0.0; self.nodes.len()];
        for scatterer in self.scatterers.iter() {
            let Some((low, high)) = recoil_range_mev(highest_mev, scatterer.mass_mev(), final_mass_mev) else {
                continue;
            };
            if crate::WORKSHOP && self.cells.is_empty() {
                let inside = |node: &Node| (low..=high).contains(&node.recoil_mev);
                let nodes = self.nodes.iter().zip(&mut counts).enumerate();
                for (index, (node, count)) in nodes.filter(|(_, (node, _))| inside(node)) {
                    *count += rate(scatterer, Some(index), node.recoil_mev) * node.weight_mev;
                }
                continue;
            }
            // Cells that the range touches, and those of them that lie within it.
            let first = self.cells.partition_point(|cell| cell.high_mev <= low);
            let end = self.cells.partition_point(|cell| cell.low_mev < high);
            let first_whole = self.cells.partition_point(|cell| cell.low_mev < low).min(end);
            let end_whole = self
                .cells
                .partition_point(|cell| cell.high_mev <= high)
                .max(first_whole);
            let whole = NODES * first_whole..NODES * end_whole;
            for (index, count) in whole.clone().zip(&mut counts[whole]) {
                let Node { recoil_mev, weight_mev } = self.nodes[index];
                *count += rate(scatterer, Some(index), recoil_mev) * weight_mev;
            }
            for cell in (first..first_whole).chain(end_whole..end) {
                for Node { recoil_mev, weight_mev } in self.cells[cell].within(low, high).nodes() {
                    self.share(rate(scatterer, None, recoil_mev) * weight_mev, recoil_mev, &mut counts);
                }
            }
        }
        let mut bins = vec![0.0; self.response.bins()];
        self.response.add_reported(&counts, &mut bins);
        // Far from all recoils, in the tails of the response, what is interpolated may be a little below zero.
        bins.iter_mut().for_each(|bin| *bin = bin.max(0.0));
        bins
    }

    /// Gives a count at any recoil energy to the four nodes around it, by their weights in Lagrange's cubic: it is
    /// then reported with the response interpolated between theirs.
    fn share(&self, count: f64, recoil_mev: f64, counts: &mut [f64]) {
        let after = self.nodes.partition_point(|node| node.recoil_mev <= recoil_mev);
        let first = after
            .saturating_sub(POINTS / 2)
            .min(self.nodes.len().saturating_sub(POINTS));
        let around = first..(first + POINTS).min(self.nodes.len());
        for index in around.clone() {
            let here = self.nodes[index].recoil_mev;
            let others = around.clone().filter(|other| *other != index);
            let weight: f64 = others
                .map(|other| self.nodes[other].recoil_mev)
                .map(|other| (recoil_mev - other) / (here - other))
                .product();
            counts[index] += weight * count;
        }
    }
}

fn prepared(particles: &[(Scatterer, f64)], nodes: &[Node]) -> Arc<[Prepared]> {
    let recoil_mev: Vec<f64> = nodes.iter().map(|node| node.recoil_mev).collect();
    Prepared::all(particles, &recoil_mev).into()
}
