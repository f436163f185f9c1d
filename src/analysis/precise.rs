//! What the workers have computed so far.

use crate::Flavor;
use crate::analysis::curve::{Curve, CurveRequest, masses_mev};
use crate::analysis::jobs::{MAP_COUPLINGS, PRECISE_MASSES, Task};
use crate::experiment::ExperimentId;
use crate::statistics::{ConfidenceLevel, Dof, Limit};
use std::collections::BTreeMap;

/// Curves on the fine grid and the map, filled piece by piece.
#[derive(Clone, Debug, Default)]
pub struct Precise {
    curves: BTreeMap<(ExperimentId, Flavor), Grid>,
    map: Option<Grid>,
}

/// Values on the precise grid; not a number where they are still missing.
#[derive(Clone, Debug)]
struct Grid {
    request: CurveRequest,
    values: Vec<f64>,
    /// Masses that are there.
    masses: usize,
}

impl Grid {
    fn new(request: CurveRequest, per_mass: usize) -> Self {
        Self {
            request,
            values: vec![f64::NAN; PRECISE_MASSES * per_mass],
            masses: 0,
        }
    }

    fn fill(&mut self, first: usize, count: usize, values: &[f64]) {
        let per_mass = self.values.len() / PRECISE_MASSES;
        let place = self.values.get_mut(first * per_mass..(first + count) * per_mass);
        if let Some(place) = place.filter(|place| place.len() == values.len()) {
            place.copy_from_slice(values);
            self.masses += count;
        }
    }
}

impl Precise {
    /// Takes the answer to a task.
    pub fn accept(&mut self, task: &Task, values: &[f64]) {
        match task {
            Task::Curve { request, first, count } => {
                let key = (request.experiment, request.flavor);
                let grid = self.curves.entry(key).or_insert_with(|| Grid::new(*request, 1));
                if grid.request != *request {
                    *grid = Grid::new(*request, 1);
                }
                grid.fill(*first, *count, values);
            }
            Task::Map { request, first, count } => {
                let fresh = self.map.as_ref().is_none_or(|map| map.request != *request);
                if fresh {
                    self.map = Some(Grid::new(*request, MAP_COUPLINGS));
                }
                if let Some(map) = &mut self.map {
                    map.fill(*first, *count, values);
                }
            }
        }
    }

    /// The whole curve for exactly this request, if it is there.
    #[must_use]
    pub fn curve(&self, request: &CurveRequest, name: &str) -> Option<Curve> {
        let grid = self.curves.get(&(request.experiment, request.flavor))?;
        (grid.request == *request && grid.masses >= PRECISE_MASSES).then(|| Curve {
            request: *request,
            name: name.to_owned(),
            masses_mev: masses_mev(PRECISE_MASSES),
            limits_per_gev: grid
                .values
                .iter()
                .map(|limit| {
                    if limit.is_finite() {
                        Limit::At(*limit)
                    } else {
                        Limit::NoSensitivity
                    }
                })
                .collect(),
        })
    }

    /// Chi-square above the best fit over the plane, as far as it is there, for the experiment, flavour, settings and
    /// degrees of freedom of a request: its level does not matter.
    #[must_use]
    pub fn map(&self, request: &CurveRequest) -> Option<&[f64]> {
        let map = self.map.as_ref()?;
        let same = CurveRequest {
            confidence: map.request.confidence,
            ..*request
        };
        let same_dof = map.request.confidence.dof == request.confidence.dof;
        (same_dof && same == map.request).then_some(map.values.as_slice())
    }
}

/// Levels of the contours of the map.
#[must_use]
pub fn contour_levels(dof: Dof) -> Vec<(String, f64)> {
    [0.68, 0.9, 0.95, 0.99]
        .into_iter()
        .filter_map(|level| {
            let step = ConfidenceLevel::new(level).ok()?.delta_chi2(dof);
            Some((format!("{:.0} %", 100.0 * level), step))
        })
        .collect()
}
