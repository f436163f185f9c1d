//! Limit curves in the plane of mass and coupling.

mod live;
mod trace;

pub use live::{CurveSlot, LiveCurves, live_masses_mev};
pub use trace::{LIVE_MASSES, Trace};

use crate::analysis::grid::{PLANE_COUPLING_PER_GEV, masses_mev};
use crate::analysis::{Analysis, Settings, Subject};
use crate::experiment::{ExperimentId, Registry};
use crate::statistics::{Confidence, Limit};
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};

/// What a limit curve depends on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurveRequest {
    /// The experiment, or [`ExperimentId::COMBINATION`] for several as one.
    pub experiment: ExperimentId,
    /// The experiments of a combination, in the order of their names; none for one experiment.
    pub members: Vec<ExperimentId>,
    /// The text of an experiment of one's own, which nobody else knows.
    pub own: Option<String>,
    /// Flavour of the dipole.
    pub flavor: Flavor,
    /// Settings of the analysis.
    pub settings: Settings,
    /// Level and degrees of freedom.
    pub confidence: Confidence,
}

impl CurveRequest {
    /// The curve of an experiment, or of several as one, at its present settings. Those that do not matter to it are at their
    /// defaults, so that a change of them asks for no new curve.
    #[must_use]
    pub fn of(subject: &dyn Subject, flavor: Flavor, confidence: Confidence) -> Self {
        let members = subject.members().into_iter().map(|member| member.experiment().id());
        let is_several = subject.id() == ExperimentId::COMBINATION;
        let own = subject.members().into_iter().map(Analysis::table);
        let mut own = own
            .filter(|table| crate::WORKSHOP && !is_several && table.is_own())
            .map(|table| table.to_text());
        Self {
            own: own.next(),
            experiment: subject.id(),
            members: members.filter(|_| is_several).collect(),
            flavor,
            settings: subject.relevant_settings(),
            confidence,
        }
    }
}

/// A limit at one mass.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Mass of N, in MeV.
    pub mass_mev: f64,
    /// Limit on the coupling, in GeV^-1, or why it could not be computed. The curve goes on beside it.
    pub limit_per_gev: Result<Limit, Error>,
    /// Coupling, in GeV^-1, above which N decays inside the detector, so that the recoil analysis excludes nothing.
    pub ceiling_per_gev: Option<f64>,
}

/// What a curve is at a mass: where this changes, the curve begins or ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// A limit within the plane.
    Limit,
    /// No limit, or one above the plane.
    Nothing,
    /// No coupling is allowed.
    EverythingExcluded,
    /// Not known: the computation failed.
    Unknown,
}

impl CurvePoint {
    /// What the curve is here.
    #[must_use]
    pub fn stretch(&self) -> Stretch {
        match &self.limit_per_gev {
            Ok(Limit::At(coupling_per_gev)) if *coupling_per_gev <= PLANE_COUPLING_PER_GEV.1 => Stretch::Limit,
            Ok(Limit::At(_) | Limit::NoSensitivity) => Stretch::Nothing,
            Ok(Limit::EverythingExcluded) => Stretch::EverythingExcluded,
            Err(_) => Stretch::Unknown,
        }
    }

    /// Logarithm of a limit within the plane.
    #[must_use]
    pub(in crate::analysis) fn height(&self) -> Option<f64> {
        let limit = self.limit_per_gev.as_ref().ok()?.value()?;
        (self.stretch() == Stretch::Limit).then(|| limit.ln())
    }
}

/// A limit curve, from the lowest mass of the plane to the highest.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it was computed for.
    pub request: CurveRequest,
    /// Limits at rising masses.
    pub points: Vec<CurvePoint>,
}

impl Curve {
    /// The curve of an experiment, computed to its end: `masses` of them over the plane, and those of [`Trace`].
    ///
    /// # Errors
    /// The first error of a point.
    pub fn traced(analysis: Analysis, flavor: Flavor, confidence: Confidence, masses: usize) -> Result<Self, Error> {
        let request = CurveRequest::of(&analysis, flavor, confidence);
        let mut trace = Trace::new(request, analysis, &masses_mev(masses));
        while trace.step() {}
        let curve = trace.into_curve();
        match curve.first_error() {
            Some(error) => Err(error.clone()),
            None => Ok(curve),
        }
    }

    /// The curve of every experiment of a registry whose source has the flavour, and which gives limits at this level, on as many masses as a live one.
    ///
    /// # Errors
    /// As [`Self::traced`], and [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
    pub fn of_all(
        registry: &Registry,
        flavor: Flavor,
        settings: &Settings,
        confidence: Confidence,
    ) -> Result<Vec<Self>, Error> {
        let mut curves = Vec::new();
        for spec in registry.specs() {
            let analysis = Analysis::new(spec, settings)?;
            if analysis.check_flavor(flavor).is_ok() && analysis.check_confidence(confidence).is_ok() {
                curves.push(Self::traced(analysis, flavor, confidence, LIVE_MASSES)?);
            }
        }
        Ok(curves)
    }

    /// Runs of points of the same stretch, in the order of the masses.
    pub fn stretches(&self) -> impl Iterator<Item = (Stretch, &[CurvePoint])> {
        self.points
            .chunk_by(|before, after| before.stretch() == after.stretch())
            .filter_map(|run| Some((run.first()?.stretch(), run)))
    }

    /// The first error of a point.
    #[must_use]
    pub fn first_error(&self) -> Option<&Error> {
        self.points.iter().find_map(|point| point.limit_per_gev.as_ref().err())
    }
}
