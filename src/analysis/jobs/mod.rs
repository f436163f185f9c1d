//! What takes longer than a frame, cut into pieces that a worker answers within a fraction of a second.

mod pool;

pub use pool::{DEATHS, Order, Pool, SILENCE_MS, START_MS};

use crate::analysis::curve::CurveRequest;
use crate::analysis::curve::masses_mev;
use crate::analysis::{Settings, Store};
use crate::experiment::ExperimentId;
use crate::numerics::grid::logarithmic;
use crate::page::state::COUPLING_PER_GEV;
use crate::physics::units::coupling_squared_per_mev2;
use crate::statistics::Confidence;
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};

/// Masses of a precise curve and of the map.
pub const PRECISE_MASSES: usize = 200;
/// Couplings of the map.
pub const MAP_COUPLINGS: usize = 200;
/// Masses of a curve in one piece of work.
const CURVE_PIECE: usize = 25;
/// Columns of the map in one piece of work.
const MAP_PIECE: usize = 5;

/// A piece of work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Task {
    /// Limits at masses `first..first + count` of the precise grid.
    Curve {
        /// What to compute.
        request: CurveRequest,
        /// Index of the first mass.
        first: usize,
        /// Number of masses.
        count: usize,
    },
    /// Chi-square above the best fit at all couplings for masses `first..first + count`, column by column.
    Map {
        /// What to compute; the level does not matter.
        request: CurveRequest,
        /// Index of the first mass.
        first: usize,
        /// Number of masses.
        count: usize,
    },
}

/// Couplings of the map, in GeV^-1, logarithmic over the range of the page.
#[must_use]
pub fn map_couplings_per_gev() -> Vec<f64> {
    logarithmic(COUPLING_PER_GEV.0, COUPLING_PER_GEV.1, MAP_COUPLINGS)
}

impl Task {
    /// All curves of all flavours, and the map of one experiment and flavour.
    ///
    /// # Errors
    /// [`Error::Table`] if an experiment cannot be prepared.
    pub fn all(
        store: &mut Store,
        settings: Settings,
        confidence: Confidence,
        (map_experiment, map_flavor): (ExperimentId, Flavor),
    ) -> Result<Vec<Self>, Error> {
        let mut tasks = Vec::new();
        let experiments: Vec<_> = store.registry().ids().collect();
        for experiment in experiments {
            let analysis = store.analysis(experiment, settings)?;
            for flavor in analysis.experiment().flavors() {
                let request = CurveRequest {
                    experiment,
                    flavor,
                    settings: analysis.relevant_settings(),
                    confidence,
                };
                tasks.extend(pieces(CURVE_PIECE).map(|(first, count)| Self::Curve { request, first, count }));
                if (experiment, flavor) == (map_experiment, map_flavor) && analysis.sm_fit().is_some() {
                    tasks.extend(pieces(MAP_PIECE).map(|(first, count)| Self::Map { request, first, count }));
                }
            }
        }
        Ok(tasks)
    }

    /// Computes the piece: couplings in GeV^-1 (not a number where there is no limit), or delta chi-square.
    ///
    /// # Errors
    /// [`Error::Convergence`] if a fit does not converge, [`Error::Input`] for a piece outside the grid.
    pub fn run(&self, store: &mut Store) -> Result<Vec<f64>, Error> {
        let (Self::Curve { request, first, count } | Self::Map { request, first, count }) = self;
        let masses = masses_mev(PRECISE_MASSES);
        let masses = first
            .checked_add(*count)
            .and_then(|end| masses.get(*first..end))
            .ok_or_else(|| {
                Error::input(
                    "masses",
                    format!("{first} + {count}"),
                    format!("{PRECISE_MASSES} in all"),
                )
            })?;
        let analysis = store.analysis(request.experiment, request.settings)?;
        let mut values = Vec::new();
        for mass_mev in masses {
            match self {
                Self::Curve { .. } => {
                    let limit = analysis.limit_per_gev(request.flavor, *mass_mev, request.confidence)?;
                    values.push(limit.value().unwrap_or(f64::NAN));
                }
                Self::Map { .. } => {
                    let strengths: Vec<f64> = map_couplings_per_gev()
                        .into_iter()
                        .map(coupling_squared_per_mev2)
                        .collect();
                    let above = analysis.delta_chi2(request.flavor, *mass_mev, request.confidence.dof, &strengths)?;
                    values.extend(above.unwrap_or_default());
                }
            }
        }
        Ok(values)
    }
}

/// The precise grid in pieces: first mass and number of masses.
fn pieces(size: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..PRECISE_MASSES)
        .step_by(size)
        .map(move |first| (first, size.min(PRECISE_MASSES - first)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::contour;

    fn request(experiment: ExperimentId, flavor: Flavor) -> CurveRequest {
        CurveRequest {
            experiment,
            flavor,
            settings: Settings::default(),
            confidence: Confidence::PAPER,
        }
    }

    #[test]
    fn contours_of_the_map_are_the_curves() {
        let mut store = Store::built_in().expect("sound tables");
        let (first, count) = (100, 5);
        let request = request(ExperimentId::COHERENT_CSI, Flavor::Muon);
        let map = Task::Map { request, first, count }
            .run(&mut store)
            .expect("the fits converge");
        let curve = Task::Curve { request, first, count }
            .run(&mut store)
            .expect("the fits converge");
        let columns: Vec<f64> = (0..count).map(|index| index as f64).collect();
        let rows: Vec<f64> = map_couplings_per_gev().iter().map(|coupling| coupling.ln()).collect();
        let smooth: Vec<f64> = map.iter().map(|delta| (delta + 1.0).ln()).collect();
        let level = (Confidence::PAPER.delta_chi2() + 1.0).ln();
        let lines = contour(&columns, &rows, &smooth, level);
        let mut compared = 0;
        for (column, coupling) in lines.into_iter().flatten().filter(|(column, _)| column.fract() == 0.0) {
            let expected = curve[column as usize];
            // Half a row of the map is 5 %; linear interpolation between rows is better than 1 %.
            assert!(
                (coupling.exp() / expected - 1.0).abs() < 1e-2,
                "{} for {expected}",
                coupling.exp()
            );
            compared += 1;
        }
        assert!(compared >= count);
    }

    #[test]
    fn every_flavour_of_every_source_has_its_pieces() {
        let mut store = Store::built_in().expect("sound tables");
        let map = (ExperimentId::XENON1T, Flavor::Tau);
        let tasks = Task::all(&mut store, Settings::default(), Confidence::PAPER, map).expect("sound tables");
        // One flavour of Dresden-II, two of COHERENT, three of each xenon experiment; no map of a bare bound.
        assert_eq!(tasks.len(), 9 * PRECISE_MASSES / CURVE_PIECE);
    }

    #[test]
    fn a_piece_outside_the_grid_is_an_error() {
        let request = request(ExperimentId::XENON1T, Flavor::Tau);
        let task = Task::Curve {
            request,
            first: usize::MAX,
            count: 2,
        };
        assert!(task.run(&mut Store::built_in().expect("sound tables")).is_err());
    }
}
