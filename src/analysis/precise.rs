//! What the workers have computed so far.

use crate::Flavor;
use crate::analysis::curve::{Curve, CurvePoint, CurveRequest};
use crate::analysis::grid::{MAP_COUPLINGS, PRECISE_MASSES};
use crate::analysis::jobs::{Answer, Job, Piece};
use crate::experiment::ExperimentId;
use crate::small_map::SmallMap;
use crate::statistics::{Confidence, ConfidenceLevel, Dof, Sides};
use std::sync::Arc;

/// Curves on the fine grid and the map.
///
/// What is complete stays until it is complete for other settings; what is still growing is dropped with the work that
/// makes it grow ([`Precise::drop_incomplete`]). A curve is shown when it is complete; the map also while it grows.
#[derive(Clone, Debug, Default)]
pub struct Precise {
    curves: SmallMap<(ExperimentId, Flavor), Arc<Curve>>,
    map: Option<Map>,
    growing_curves: SmallMap<(ExperimentId, Flavor), GrowingCurve>,
    growing_map: Option<Map>,
}

/// Pieces of a curve by the index of their first mass.
#[derive(Clone, Debug)]
struct GrowingCurve {
    request: CurveRequest,
    pieces: SmallMap<usize, (usize, Vec<CurvePoint>)>,
}

impl GrowingCurve {
    fn is_complete(&self) -> bool {
        let mut end = 0;
        for (first, (count, _)) in self.pieces.iter() {
            if *first != end {
                return false;
            }
            end += count;
        }
        end == PRECISE_MASSES
    }

    /// The pieces joined; the mass at which two of them meet counts once.
    fn joined(self) -> Curve {
        let mut points: Vec<CurvePoint> = self.pieces.into_values().flat_map(|(_, points)| points).collect();
        points.dedup_by(|next, kept| next.mass_mev <= kept.mass_mev);
        Curve {
            request: self.request,
            points,
        }
    }
}

/// Delta chi-square over the plane, mass by mass; not a number where it is still to come.
#[derive(Clone, Debug)]
struct Map {
    request: CurveRequest,
    values: Arc<[f64]>,
    /// Whether the values of a mass are there.
    is_there: Vec<bool>,
}

impl Map {
    fn new(request: CurveRequest) -> Self {
        Self {
            request,
            values: vec![f64::NAN; PRECISE_MASSES * MAP_COUPLINGS].into(),
            is_there: vec![false; PRECISE_MASSES],
        }
    }

    /// Whether it is the map for a request: neither level nor sides matter to it, the degrees of freedom say what it is counted from.
    fn is_for(&self, request: &CurveRequest) -> bool {
        let of_its_level = CurveRequest {
            confidence: Confidence {
                dof: request.confidence.dof,
                ..self.request.confidence
            },
            ..request.clone()
        };
        self.request == of_its_level
    }

    /// Takes a piece; one that does not fit is not taken.
    fn fill(&mut self, piece: &Piece, values: &[f64]) {
        let Some(end) = piece
            .first
            .checked_add(piece.count)
            .filter(|end| *end <= PRECISE_MASSES)
        else {
            return;
        };
        let range = piece.first * MAP_COUPLINGS..end * MAP_COUPLINGS;
        if values.len() == range.len() {
            // Nobody else holds the values while the map grows between two drawings.
            let mut all = self.values.to_vec();
            all[range].copy_from_slice(values);
            self.values = all.into();
            self.is_there[piece.first..end].fill(true);
        }
    }

    fn is_complete(&self) -> bool {
        self.is_there.iter().all(|there| *there)
    }
}

impl Precise {
    /// Takes the answer to a job; one that does not belong to it is not taken.
    pub fn accept(&mut self, job: &Job, answer: Answer) {
        match (job, answer) {
            (Job::Curve(piece), Answer::Limits(points)) => self.accept_curve(piece, points),
            (Job::Map(piece), Answer::DeltaChi2(values)) => self.accept_map(piece, &values),
            (Job::Curve(_) | Job::Map(_) | Job::Sensitivity(_), _) => {}
        }
    }

    fn accept_curve(&mut self, piece: &Piece, points: Vec<CurvePoint>) {
        let request = piece.request.clone();
        let key = (request.experiment, request.flavor);
        let fresh = || GrowingCurve {
            request: request.clone(),
            pieces: SmallMap::default(),
        };
        let curve = self.growing_curves.get_or_insert_with(key, &fresh);
        if curve.request != request {
            *curve = fresh();
        }
        curve.pieces.insert(piece.first, (piece.count, points));
        if curve.is_complete()
            && let Some(curve) = self.growing_curves.remove(&key)
        {
            self.curves.insert(key, Arc::new(curve.joined()));
        }
    }

    fn accept_map(&mut self, piece: &Piece, values: &[f64]) {
        let map = self.growing_map.get_or_insert_with(|| Map::new(piece.request.clone()));
        if !map.is_for(&piece.request) {
            *map = Map::new(piece.request.clone());
        }
        map.fill(piece, values);
        if map.is_complete() {
            self.map = self.growing_map.take();
        }
    }

    /// Drops what is not complete: the work is cancelled, over or begun anew, and the rest would never come.
    pub fn drop_incomplete(&mut self) {
        self.growing_curves.clear();
        self.growing_map = None;
    }

    /// The whole curve for exactly this request, if it is there.
    #[must_use]
    pub fn curve(&self, request: &CurveRequest) -> Option<&Arc<Curve>> {
        let curve = self.curves.get(&(request.experiment, request.flavor))?;
        (curve.request == *request).then_some(curve)
    }

    /// Whether the whole curve is there for each of these requests, and for one at least.
    #[must_use]
    pub fn is_complete_for<'a>(&self, requests: impl IntoIterator<Item = &'a CurveRequest>) -> bool {
        let mut requests = requests.into_iter().peekable();
        requests.peek().is_some() && requests.all(|request| self.curve(request).is_some())
    }

    /// Delta chi-square over the plane, mass by mass; not a number where it is still to come from the work that is going on.
    #[must_use]
    pub fn map(&self, request: &CurveRequest) -> Option<&Arc<[f64]>> {
        let maps = [self.map.as_ref(), self.growing_map.as_ref()];
        let map = maps.into_iter().flatten().find(|map| map.is_for(request))?;
        Some(&map.values)
    }
}

/// Levels of the contours of the map: regions, which have an end on every side.
#[must_use]
pub fn contour_levels(dof: Dof) -> Vec<(String, f64)> {
    [0.68, 0.9, 0.95, 0.99]
        .into_iter()
        .filter_map(|level| {
            let step = ConfidenceLevel::new(level).ok()?.delta_chi2(dof, Sides::Two);
            Some((format!("{:.0} %", 100.0 * level), step))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::grid::masses_mev;
    use crate::analysis::{Analysis, Fluxes, Settings, jobs};
    use crate::statistics::{Confidence, Limit};

    fn analysis(flux: f64) -> Analysis {
        let settings = Settings {
            fluxes: Fluxes::all(flux),
            ..Settings::default()
        };
        Analysis::built_in(ExperimentId::COHERENT_CSI, &settings).expect("sound tables")
    }

    /// Jobs of the map and of the curves, with answers that are all the same number.
    fn answers(analysis: &Analysis, value: f64) -> Vec<(Job, Answer)> {
        let mut jobs = jobs::map_jobs(analysis, Flavor::Muon, Confidence::PAPER);
        jobs.extend(jobs::curve_jobs(analysis, Confidence::PAPER));
        let answer = |job: Job| match job {
            Job::Curve(piece) => Answer::Limits(points(&piece, value)),
            Job::Map(piece) => Answer::DeltaChi2(vec![value; piece.count * MAP_COUPLINGS]),
            Job::Sensitivity(_) => panic!("neither a curve nor a map"),
        };
        jobs.into_iter().map(|job| (job.clone(), answer(job))).collect()
    }

    fn request(analysis: &Analysis) -> CurveRequest {
        CurveRequest::of(analysis, Flavor::Muon, Confidence::PAPER)
    }

    /// The masses of a piece and the first of the next, all with the same limit.
    fn points(piece: &Piece, value: f64) -> Vec<CurvePoint> {
        let masses = masses_mev(PRECISE_MASSES);
        let masses = masses.iter().skip(piece.first).take(piece.count + 1);
        let point = |mass_mev: &f64| CurvePoint {
            mass_mev: *mass_mev,
            limit_per_gev: Ok(Limit::At(value)),
            ceiling_per_gev: None,
        };
        masses.map(point).collect()
    }

    #[test]
    fn cancelled_work_leaves_no_fragment() {
        let (analysis, mut precise) = (analysis(1.0), Precise::default());
        let request = request(&analysis);
        let answers = answers(&analysis, 1.0);
        for (job, answer) in &answers[..3] {
            precise.accept(job, answer.clone());
        }
        let growing = precise.map(&request).expect("the map grows before the eye");
        let there = growing.iter().filter(|value| value.is_finite()).count();
        assert!(there > 0 && there < growing.len(), "{there}");
        precise.drop_incomplete();
        assert!(precise.map(&request).is_none());
        // What was there of the old run does not complete the next one.
        for (job, answer) in &answers[3..] {
            precise.accept(job, answer.clone());
        }
        precise.drop_incomplete();
        assert!(precise.map(&request).is_none());
        assert!(precise.is_complete_for([&request]));
    }

    #[test]
    fn what_is_complete_outlives_a_run_that_is_cancelled() {
        let mut precise = Precise::default();
        let (old, new) = (analysis(1.0), analysis(2.0));
        for (job, answer) in answers(&old, 1.0) {
            precise.accept(&job, answer);
        }
        let begun = answers(&new, 2.0);
        for (job, answer) in &begun[..begun.len() - 1] {
            precise.accept(job, answer.clone());
        }
        precise.drop_incomplete();
        assert!(
            precise.is_complete_for([&request(&old)]),
            "the electron's curve was the last of the new run"
        );
        let curve = precise.curve(&request(&old)).expect("complete");
        assert_eq!(curve.points[0].limit_per_gev, Ok(Limit::At(1.0)));
        let masses: Vec<f64> = curve.points.iter().map(|point| point.mass_mev).collect();
        assert_eq!(
            masses,
            masses_mev(PRECISE_MASSES),
            "pieces meet without a gap, and no mass stands twice"
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
            precise.accept(job, answer.clone());
            precise.accept(job, answer.clone());
            if matches!(job, Job::Curve(Piece { request: CurveRequest { flavor: Flavor::Muon, .. }, first, count }) if first + count == PRECISE_MASSES)
            {
                break;
            }
        }
        assert!(precise.is_complete_for([&request]));
        let other = CurveRequest {
            confidence: Confidence {
                dof: Dof::Two,
                ..request.confidence
            },
            ..request.clone()
        };
        assert!(!precise.is_complete_for([&request, &other]));
    }

    #[test]
    fn an_answer_that_does_not_fit_is_not_taken() {
        let (analysis, mut precise) = (analysis(1.0), Precise::default());
        let request = request(&analysis);
        let piece = |first, count| Piece {
            request: request.clone(),
            first,
            count,
        };
        precise.accept(&Job::Map(piece(usize::MAX, 2)), Answer::DeltaChi2(vec![1.0]));
        precise.accept(&Job::Map(piece(0, 1)), Answer::DeltaChi2(vec![1.0]));
        precise.accept(&Job::Curve(piece(0, 25)), Answer::Limits(Vec::new()));
        precise.accept(
            &Job::Curve(piece(0, PRECISE_MASSES)),
            Answer::DeltaChi2(vec![1.0; PRECISE_MASSES]),
        );
        assert!(!precise.is_complete_for([&request]));
        assert!(
            precise
                .map(&request)
                .is_none_or(|map| map.iter().all(|value| value.is_nan()))
        );
    }
}
