//! What the workers have computed so far.

use crate::Flavor;
use crate::analysis::Settings;
use crate::analysis::curve::Curve;
use crate::analysis::grid::{MAP_COUPLINGS, PRECISE_MASSES, masses_mev};
use crate::analysis::jobs::{Answer, Job, Piece};
use crate::analysis::request::CurveRequest;
use crate::experiment::ExperimentId;
use crate::statistics::{ConfidenceLevel, Dof};
use std::collections::BTreeMap;

/// Curves on the fine grid and the map.
///
/// What is complete stays until it is complete for other settings; what is still growing is dropped with the work that
/// makes it grow ([`Precise::drop_incomplete`]). A curve is shown when it is complete; the map also while it grows.
#[derive(Clone, Debug, Default)]
pub struct Precise {
    complete: Grids,
    growing: Grids,
}

#[derive(Clone, Debug, Default)]
struct Grids {
    curves: BTreeMap<(ExperimentId, Flavor), Grid<Option<f64>>>,
    map: Option<Grid<f64>>,
}

/// Values on the precise grid.
#[derive(Clone, Debug)]
struct Grid<T> {
    request: CurveRequest,
    /// So many for each mass, one mass after the other.
    values: Vec<T>,
    /// Whether the values of a mass are there.
    is_there: Vec<bool>,
}

impl<T: Clone> Grid<T> {
    /// A grid of `missing` values.
    fn new(request: CurveRequest, per_mass: usize, missing: T) -> Self {
        Self {
            request,
            values: vec![missing; PRECISE_MASSES * per_mass],
            is_there: vec![false; PRECISE_MASSES],
        }
    }

    /// Takes a piece; one that does not fit the grid is not taken.
    fn fill(&mut self, piece: &Piece, values: &[T]) {
        let per_mass = self.values.len() / PRECISE_MASSES;
        let Some(end) = piece.first.checked_add(piece.count) else {
            return;
        };
        let there = self.is_there.get_mut(piece.first..end);
        let place = self
            .values
            .get_mut(piece.first.saturating_mul(per_mass)..end.saturating_mul(per_mass));
        if let (Some(there), Some(place)) = (there, place.filter(|place| place.len() == values.len())) {
            place.clone_from_slice(values);
            there.fill(true);
        }
    }

    fn is_complete(&self) -> bool {
        self.is_there.iter().all(|there| *there)
    }
}

impl Precise {
    /// Takes the answer to a job; one that does not belong to it is not taken.
    pub fn accept(&mut self, job: &Job, answer: &Answer) {
        match (job, answer) {
            (Job::Curve(piece), Answer::Limits(limits)) => self.accept_limits(piece, limits),
            (Job::Map(piece), Answer::DeltaChi2(values)) => self.accept_map(piece, values),
            (Job::Curve(_), Answer::DeltaChi2(_)) | (Job::Map(_), Answer::Limits(_)) => {}
        }
    }

    fn accept_limits(&mut self, piece: &Piece, limits: &[Option<f64>]) {
        let key = (piece.request.experiment, piece.request.flavor);
        let fresh = || Grid::new(piece.request, 1, None);
        let grid = self.growing.curves.entry(key).or_insert_with(fresh);
        if grid.request != piece.request {
            *grid = fresh();
        }
        grid.fill(piece, limits);
        if grid.is_complete()
            && let Some(curve) = self.growing.curves.remove(&key)
        {
            self.complete.curves.insert(key, curve);
        }
    }

    fn accept_map(&mut self, piece: &Piece, values: &[f64]) {
        let fresh = || Grid::new(piece.request, MAP_COUPLINGS, f64::NAN);
        let map = self.growing.map.get_or_insert_with(fresh);
        if !is_same_map(&map.request, &piece.request) {
            *map = fresh();
        }
        map.fill(piece, values);
        if map.is_complete() {
            self.complete.map = self.growing.map.take();
        }
    }

    /// Drops what is not complete: the work is cancelled, over or begun anew, and the rest would never come.
    pub fn drop_incomplete(&mut self) {
        self.growing = Grids::default();
    }

    /// The whole curve for exactly this request, if it is there.
    #[must_use]
    pub fn curve(&self, request: &CurveRequest, name: &str) -> Option<Curve> {
        self.complete_curve(request).map(|grid| Curve {
            request: *request,
            name: name.to_owned(),
            masses_mev: masses_mev(PRECISE_MASSES),
            couplings_per_gev: grid.values.clone(),
        })
    }

    /// Whether the whole curve is there for each of these requests, and for one at least.
    #[must_use]
    pub fn is_complete_for<'a>(&self, requests: impl IntoIterator<Item = &'a CurveRequest>) -> bool {
        let mut requests = requests.into_iter().peekable();
        requests.peek().is_some() && requests.all(|request| self.complete_curve(request).is_some())
    }

    fn complete_curve(&self, request: &CurveRequest) -> Option<&Grid<Option<f64>>> {
        let grid = self.complete.curves.get(&(request.experiment, request.flavor))?;
        (grid.request == *request).then_some(grid)
    }

    /// Delta chi-square over the plane for an experiment, flavour and settings, mass by mass; not a number where it is still to
    /// come from the work that is going on.
    #[must_use]
    pub fn map(&self, experiment: ExperimentId, flavor: Flavor, settings: Settings) -> Option<&[f64]> {
        let maps = [self.complete.map.as_ref(), self.growing.map.as_ref()];
        let map = maps.into_iter().flatten().find(|map| {
            let request = &map.request;
            (request.experiment, request.flavor, request.settings) == (experiment, flavor, settings)
        });
        map.map(|map| map.values.as_slice())
    }
}

/// Level and degrees of freedom do not matter to a map.
fn is_same_map(a: &CurveRequest, b: &CurveRequest) -> bool {
    (a.experiment, a.flavor, a.settings) == (b.experiment, b.flavor, b.settings)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Analysis, jobs};

    fn analysis(flux: f64) -> Analysis {
        let settings = Settings {
            flux,
            ..Settings::default()
        };
        Analysis::new(ExperimentId::CoherentCsi, settings).expect("sound tables")
    }

    /// Jobs of the map and of the curves, with answers that are all the same number.
    fn answers(analysis: &Analysis, value: f64) -> Vec<(Job, Answer)> {
        let mut jobs = jobs::map_jobs(analysis, Flavor::Muon);
        jobs.extend(jobs::curve_jobs(analysis, ConfidenceLevel::NINETY, Dof::One));
        let answer = |job: Job| match job {
            Job::Curve(piece) => Answer::Limits(vec![Some(value); piece.count]),
            Job::Map(piece) => Answer::DeltaChi2(vec![value; piece.count * MAP_COUPLINGS]),
        };
        jobs.into_iter().map(|job| (job, answer(job))).collect()
    }

    fn request(analysis: &Analysis) -> CurveRequest {
        CurveRequest {
            experiment: ExperimentId::CoherentCsi,
            flavor: Flavor::Muon,
            settings: analysis.relevant_settings(),
            level: ConfidenceLevel::NINETY,
            dof: Dof::One,
        }
    }

    fn map(precise: &Precise, settings: Settings) -> Option<&[f64]> {
        precise.map(ExperimentId::CoherentCsi, Flavor::Muon, settings)
    }

    #[test]
    fn cancelled_work_leaves_no_fragment() {
        let (analysis, mut precise) = (analysis(1.0), Precise::default());
        let request = request(&analysis);
        let answers = answers(&analysis, 1.0);
        for (job, answer) in &answers[..3] {
            precise.accept(job, answer);
        }
        let growing = map(&precise, request.settings).expect("the map grows before the eye");
        let there = growing.iter().filter(|value| value.is_finite()).count();
        assert!(there > 0 && there < growing.len(), "{there}");
        precise.drop_incomplete();
        assert!(map(&precise, request.settings).is_none());
        // What was there of the old run does not complete the next one.
        for (job, answer) in &answers[3..] {
            precise.accept(job, answer);
        }
        precise.drop_incomplete();
        assert!(map(&precise, request.settings).is_none());
        assert!(precise.is_complete_for([&request]));
    }

    #[test]
    fn what_is_complete_outlives_a_run_that_is_cancelled() {
        let mut precise = Precise::default();
        let (old, new) = (analysis(1.0), analysis(2.0));
        for (job, answer) in answers(&old, 1.0) {
            precise.accept(&job, &answer);
        }
        let begun = answers(&new, 2.0);
        for (job, answer) in &begun[..begun.len() - 1] {
            precise.accept(job, answer);
        }
        precise.drop_incomplete();
        assert!(
            precise.is_complete_for([&request(&old)]),
            "the electron's curve was the last of the new run"
        );
        assert_eq!(
            precise
                .curve(&request(&old), "COHERENT")
                .map(|curve| curve.couplings_per_gev[0]),
            Some(Some(1.0))
        );
    }

    #[test]
    fn complete_is_said_of_the_present_settings_alone() {
        let (analysis, mut precise) = (analysis(1.0), Precise::default());
        let request = request(&analysis);
        assert!(!precise.is_complete_for([]));
        let answers = answers(&analysis, 1.0);
        for (job, answer) in &answers {
            assert!(!precise.is_complete_for([&request]));
            // An answer that comes twice does not stand for another that is missing.
            precise.accept(job, answer);
            precise.accept(job, answer);
            if matches!(job, Job::Curve(Piece { request: CurveRequest { flavor: Flavor::Muon, .. }, first, count }) if first + count == PRECISE_MASSES)
            {
                break;
            }
        }
        assert!(precise.is_complete_for([&request]));
        let other = CurveRequest {
            dof: Dof::Two,
            ..request
        };
        assert!(!precise.is_complete_for([&request, &other]));
    }

    #[test]
    fn an_answer_that_does_not_fit_is_not_taken() {
        let (analysis, mut precise) = (analysis(1.0), Precise::default());
        let request = request(&analysis);
        let piece = |first, count| Piece { request, first, count };
        precise.accept(&Job::Map(piece(usize::MAX, 2)), &Answer::DeltaChi2(vec![1.0]));
        precise.accept(&Job::Map(piece(0, 1)), &Answer::DeltaChi2(vec![1.0]));
        precise.accept(&Job::Curve(piece(0, PRECISE_MASSES)), &Answer::Limits(vec![None]));
        precise.accept(
            &Job::Curve(piece(0, PRECISE_MASSES)),
            &Answer::DeltaChi2(vec![1.0; PRECISE_MASSES]),
        );
        assert!(!precise.is_complete_for([&request]));
        assert!(map(&precise, request.settings).is_none_or(|map| map.iter().all(|value| value.is_nan())));
    }
}
