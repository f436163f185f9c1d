//! Curves and the map on the precise grid, piece by piece.

use super::Job;
use crate::analysis::curve::{CurvePoint, CurveRequest, Trace};
use crate::analysis::grid::{MAP_COUPLINGS, PRECISE_MASSES, map_couplings_per_gev, masses_mev};
use crate::analysis::{Analysis, Subject};
use crate::physics::units::coupling_squared_per_mev2;
use crate::statistics::Confidence;
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};

/// Masses of a curve in one job.
const CURVE_PIECE: usize = 25;
/// Columns of the map in one job.
const MAP_PIECE: usize = 5;

/// Masses `first..first + count` of the precise grid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// What to compute.
    pub request: CurveRequest,
    /// Index of the first mass.
    pub first: usize,
    /// Number of masses.
    pub count: usize,
}

/// The jobs that make the curves of all flavours of an experiment, at the analysis' settings.
#[must_use]
pub fn curve_jobs(analysis: &Analysis, confidence: Confidence) -> Vec<Job> {
    // An experiment that gives nothing at this level has no curve to compute.
    if analysis.check_confidence(confidence).is_err() {
        return Vec::new();
    }
    let flavors = analysis.distinct_flavors();
    flavors
        .flat_map(|flavor| pieces(CurveRequest::of(analysis, flavor, confidence), CURVE_PIECE).map(Job::Curve))
        .collect()
}

/// The jobs that make the map of an experiment for a flavour, at the analysis' settings. There are none for a flavour that the
/// source does not have, and for an experiment that gives only a bound.
#[must_use]
pub fn map_jobs(analysis: &Analysis, flavor: Flavor, confidence: Confidence) -> Vec<Job> {
    if analysis.sm_fit().is_none() || analysis.check_flavor(flavor).is_err() {
        return Vec::new();
    }
    let request = CurveRequest::of(analysis, flavor, confidence);
    pieces(request, MAP_PIECE).map(Job::Map).collect()
}

fn pieces(request: CurveRequest, size: usize) -> impl Iterator<Item = Piece> {
    (0..PRECISE_MASSES).step_by(size).map(move |first| Piece {
        request: request.clone(),
        first,
        count: size.min(PRECISE_MASSES - first),
    })
}

impl Piece {
    /// Masses of the piece, in MeV.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a piece outside the grid.
    fn masses_mev(&self) -> Result<Vec<f64>, Error> {
        let Self { first, count, .. } = *self;
        let piece = masses_mev(PRECISE_MASSES);
        let piece = first.checked_add(count).and_then(|end| piece.get(first..end));
        piece.map(<[f64]>::to_vec).ok_or_else(|| {
            let allowed = format!("{PRECISE_MASSES} in all");
            Error::input("masses", format!("{first} + {count}"), allowed)
        })
    }

    /// The curve from the first mass of the piece to the first of the next.
    pub(super) fn limits(&self, subject: &dyn Subject, alive: &mut dyn FnMut()) -> Result<Vec<CurvePoint>, Error> {
        let mut masses = self.masses_mev()?;
        masses.extend(masses_mev(PRECISE_MASSES).get(self.first + self.count));
        let mut trace = Trace::new(self.request.clone(), subject.boxed(), &masses);
        while trace.step() {
            alive();
        }
        Ok(trace.into_curve().points)
    }

    /// Delta chi-square at all couplings of the map, mass by mass.
    pub(super) fn delta_chi2(&self, subject: &dyn Subject, alive: &mut dyn FnMut()) -> Result<Vec<f64>, Error> {
        let couplings = map_couplings_per_gev().into_iter();
        let strengths: Vec<f64> = couplings.map(coupling_squared_per_mev2).collect();
        let masses = self.masses_mev()?;
        let mut values = Vec::with_capacity(masses.len() * MAP_COUPLINGS);
        for mass_mev in masses {
            alive();
            let CurveRequest { flavor, confidence, .. } = self.request;
            let column = subject.column(flavor, mass_mev, confidence.dof)?;
            let above = column.map(|column| column.delta_chi2(&strengths)).transpose()?;
            let column = above.ok_or_else(|| {
                let experiment = self.request.experiment;
                Error::input("map", experiment, "an experiment with a chi-square of its own")
            })?;
            values.extend(column);
        }
        Ok(values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Choice;
    use crate::analysis::Settings;
    use crate::analysis::jobs::JobStore;
    use crate::experiment::ExperimentId;
    use crate::work::Job as _;

    fn piece(experiment: ExperimentId, flavor: Flavor, first: usize, count: usize) -> Piece {
        let request = CurveRequest {
            own: None,
            experiment,
            members: Vec::new(),
            flavor,
            settings: Settings::default(),
            confidence: Confidence::PAPER,
        };
        Piece { request, first, count }
    }

    #[test]
    fn every_flavour_of_every_source_has_its_pieces() {
        let mut store = JobStore::default();
        let (mut curves, mut maps) = (0, Vec::<usize>::new());
        for experiment in ExperimentId::PAPER {
            let analysis = store.at(experiment, &Settings::default()).expect("sound tables");
            curves += curve_jobs(analysis, Confidence::PAPER).len();
            maps.push(
                Flavor::ALL
                    .iter()
                    .map(|flavor| map_jobs(analysis, *flavor, Confidence::PAPER).len())
                    .sum(),
            );
        }
        // One flavour of Dresden-II, two of COHERENT, three of each xenon experiment; no map of a bare bound.
        assert_eq!(curves, 9 * PRECISE_MASSES / CURVE_PIECE);
        let map = PRECISE_MASSES / MAP_PIECE;
        assert_eq!(maps, [map, 2 * map, 0, 0]);
    }

    #[test]
    fn a_piece_outside_the_grid_is_an_error() {
        let piece = piece(ExperimentId::XENON1T, Flavor::Tau, usize::MAX, 2);
        let mut store = JobStore::default();
        assert!(Job::Curve(piece).run(&mut store, &mut || {}).is_err());
    }

    #[test]
    fn a_map_of_a_bare_bound_is_an_error() {
        let piece = piece(ExperimentId::XENON1T, Flavor::Tau, 0, 1);
        let mut store = JobStore::default();
        assert!(Job::Map(piece).run(&mut store, &mut || {}).is_err());
    }
}
