//! A curve while it is computed: mass by mass, so that a hand on a slider never waits for it.

use super::{Curve, CurvePoint, CurveRequest, Stretch};
use crate::analysis::Subject;

/// Masses of a curve that is computed while something is dragged.
pub const LIVE_MASSES: usize = 60;

/// Relative distance of the masses between which a curve begins or ends.
const EDGE_PRECISION: f64 = 2e-3;

/// Bend of a curve, as the distance of a limit from the straight line through its neighbours (in logarithms), from which on its stretches are halved: lines of a
/// source make steps that would be cut off.
const BEND: f64 = 0.03;

/// Distance of masses, in logarithms, that is not halved.
const NARROW: f64 = 0.03;

/// The points of a curve on given masses, and then on further ones: where it begins or ends, found by bisection, so that every
/// curve runs to where its limit leaves the plane; and where it bends.
#[derive(Debug)]
pub struct Trace {
    request: CurveRequest,
    subject: Box<dyn Subject>,
    /// Masses still to come, the next one last.
    waiting_mev: Vec<f64>,
    points: Vec<CurvePoint>,
    /// First pair of neighbours that may still be too far apart.
    looked_at: usize,
    /// First point whose next one may still be a bend.
    bent_at: usize,
}

impl Trace {
    /// Begins a curve on rising masses, in MeV.
    #[must_use]
    pub fn new(request: CurveRequest, subject: impl Into<Box<dyn Subject>>, masses_mev: &[f64]) -> Self {
        Self {
            request,
            subject: subject.into(),
            waiting_mev: masses_mev.iter().rev().copied().collect(),
            points: Vec::with_capacity(masses_mev.len() + 32),
            looked_at: 0,
            bent_at: 0,
        }
    }

    /// What it is computed for.
    #[must_use]
    pub fn request(&self) -> &CurveRequest {
        &self.request
    }

    /// Computes one more mass; `false` if none is left.
    pub fn step(&mut self) -> bool {
        if let Some(mass_mev) = self.waiting_mev.pop() {
            let point = self.point(mass_mev);
            self.points.push(point);
            return true;
        }
        let Some(index) = self.next_edge().or_else(|| self.next_bend()) else {
            return false;
        };
        let (low, high) = (self.points[index].mass_mev, self.points[index + 1].mass_mev);
        let point = self.point((low * high).sqrt());
        self.points.insert(index + 1, point);
        true
    }

    /// The next pair of neighbours between which the curve begins or ends, and which are too far apart.
    fn next_edge(&mut self) -> Option<usize> {
        let is_open = |pair: &[CurvePoint]| {
            let (before, after) = (&pair[0], &pair[1]);
            before.stretch() != after.stretch()
                && before.stretch() != Stretch::Unknown
                && after.stretch() != Stretch::Unknown
                && after.mass_mev > before.mass_mev * (1.0 + EDGE_PRECISION)
        };
        let next = self.points[self.looked_at..].windows(2).position(is_open)?;
        self.looked_at += next;
        Some(self.looked_at)
    }

    /// The next stretch at a bend that is wide enough to be halved.
    fn next_bend(&mut self) -> Option<usize> {
        while let [before, here, after, ..] = self.points.get(self.bent_at..).unwrap_or_default() {
            let widths = [here.mass_mev / before.mass_mev, after.mass_mev / here.mass_mev].map(f64::ln);
            let wider = usize::from(widths[1] > widths[0]);
            let bend = [before, here, after].map(CurvePoint::height);
            let is_bent = matches!(bend, [Some(before), Some(here), Some(after)] if {
                let share = widths[0] / (widths[0] + widths[1]);
                (before + share * (after - before) - here).abs() > BEND
            });
            if is_bent && widths[wider] > NARROW {
                let place = self.bent_at + wider;
                // The point that comes in may be a bend of its own, and so may its neighbours.
                self.bent_at = place.saturating_sub(1);
                return Some(place);
            }
            self.bent_at += 1;
        }
        None
    }

    fn point(&self, mass_mev: f64) -> CurvePoint {
        let CurveRequest { flavor, confidence, .. } = self.request;
        CurvePoint {
            mass_mev,
            limit_per_gev: self.subject.limit_per_gev(flavor, mass_mev, confidence),
            ceiling_per_gev: self.subject.ceiling_per_gev(flavor, mass_mev),
        }
    }

    /// The curve as far as it is computed.
    #[must_use]
    pub fn into_curve(self) -> Curve {
        Curve {
            request: self.request,
            points: self.points,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::grid::masses_mev;
    use crate::analysis::{Analysis, Settings};
    use crate::experiment::ExperimentId;
    use crate::statistics::Confidence;
    use crate::{ErrorKind, Flavor};

    fn curve(id: ExperimentId, flavor: Flavor) -> Curve {
        let analysis = Analysis::built_in(id, &Settings::default()).expect("sound tables");
        let request = CurveRequest::of(&analysis, flavor, Confidence::PAPER);
        let mut trace = Trace::new(request, analysis, &masses_mev(LIVE_MASSES));
        while trace.step() {}
        trace.into_curve()
    }

    /// 60 masses alone end the curve of COHERENT at 46 MeV; the limit leaves the plane at about 53.
    #[test]
    fn a_curve_runs_to_where_it_leaves_the_plane() {
        let coherent = curve(ExperimentId::COHERENT_CSI, Flavor::Muon);
        let (stretch, run) = coherent.stretches().next().expect("a curve");
        let last = run.last().expect("points");
        assert_eq!(stretch, Stretch::Limit);
        assert!(last.mass_mev > 50.0, "{} MeV", last.mass_mev);
        let beyond = coherent.points.iter().find(|point| point.mass_mev > last.mass_mev);
        let gap = beyond.expect("the plane goes on").mass_mev / last.mass_mev;
        assert!(gap < 1.0 + 2.0 * EDGE_PRECISION, "{gap}");
    }

    #[test]
    fn masses_rise_and_none_stands_twice() {
        let points = curve(ExperimentId::DRESDEN_II, Flavor::Electron).points;
        assert!(points.windows(2).all(|pair| pair[0].mass_mev < pair[1].mass_mev));
    }

    #[test]
    fn a_failed_point_interrupts_and_does_not_end_the_curve() {
        let mut failed = curve(ExperimentId::XENON1T, Flavor::Tau);
        let fit = "test".into();
        failed.points[10].limit_per_gev = Err(ErrorKind::Convergence { fit, iterations: 1 }.into());
        let runs: Vec<_> = failed.stretches().map(|(stretch, run)| (stretch, run.len())).collect();
        assert_eq!(runs[..2], [(Stretch::Limit, 10), (Stretch::Unknown, 1)]);
        assert_eq!(runs[2].0, Stretch::Limit);
        assert!(failed.first_error().is_some());
    }
}
