//! What takes longer than a frame, cut into jobs that a worker answers within a fraction of a second.

mod precise;

pub use precise::{Piece, curve_jobs, map_jobs};

use crate::analysis::curve::CurvePoint;
use crate::analysis::{Analysis, Settings, Store, sensitivity};
use crate::experiment::{ExperimentId, Registry};
use crate::statistics::Confidence;
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};

/// A job of this program. A kind that draws random numbers would carry its seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Limits at some masses of the precise grid: [`Answer::Limits`].
    Curve(Piece),
    /// Chi-square above the best fit at all couplings of the map for some masses of the precise grid: [`Answer::DeltaChi2`]. The level
    /// does not matter.
    Map(Piece),
    /// What varying one quantity does to a limit: [`Answer::Sensitivity`].
    Sensitivity(sensitivity::Piece),
}

/// The answer to a [`Job`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The curve at the masses of the piece and where it begins or ends among them; the first mass of the next piece
    /// stands at the end.
    Limits(Vec<CurvePoint>),
    /// Delta chi-square column by column: for each mass, one value for each coupling.
    DeltaChi2(Vec<f64>),
    /// What the quantity does. The rows of all are to be put in order: [`sensitivity::sort`].
    Sensitivity(sensitivity::Row),
}

/// The jobs that vary everything about an analysis at its present settings; none where it has no limit for this flavour and level ([`sensitivity::pieces`] says why).
#[must_use]
pub fn sensitivity_jobs(analysis: &Analysis, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Vec<Job> {
    let pieces = sensitivity::pieces(analysis, flavor, mass_mev, confidence);
    pieces.into_iter().flatten().map(Job::Sensitivity).collect()
}

impl crate::work::Job for Job {
    type Answer = Answer;
    type Failure = Error;
    type Store = JobStore;

    /// Computes the job; says that it is alive with each mass, or each value that a quantity is varied to.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge, [`ErrorKind::Input`](crate::ErrorKind::Input) for masses outside the grid, settings out of range or a
    /// map of an experiment that gives only a bound, [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
    fn run(&self, analyses: &mut JobStore, alive: &mut dyn FnMut()) -> Result<Answer, Error> {
        let store = analyses.store()?;
        let (Self::Curve(Piece { request, .. })
        | Self::Map(Piece { request, .. })
        | Self::Sensitivity(sensitivity::Piece { request, .. })) = self;
        store.know(request)?;
        match self {
            Self::Curve(piece) => piece.limits(store.subject(&piece.request)?, alive).map(Answer::Limits),
            Self::Map(piece) => piece
                .delta_chi2(store.subject(&piece.request)?, alive)
                .map(Answer::DeltaChi2),
            Self::Sensitivity(piece) => {
                let analysis = store.analysis(piece.request.experiment, &piece.request.settings)?;
                piece.row(analysis, alive).map(Answer::Sensitivity)
            }
        }
    }
}

/// What a worker keeps from job to job: the experiments, read when the first job comes.
#[derive(Clone, Debug, Default)]
pub struct JobStore(Option<Store>);

impl JobStore {
    /// The analysis of an experiment at some settings.
    ///
    /// # Errors
    /// As [`Store::analysis`], and [`ErrorKind::Table`](crate::ErrorKind::Table) if the tables of the experiments are broken.
    pub fn at(&mut self, experiment: ExperimentId, settings: &Settings) -> Result<&Analysis, Error> {
        self.store()?.analysis(experiment, settings)
    }

    fn store(&mut self) -> Result<&mut Store, Error> {
        let store = match self.0.take() {
            Some(store) => store,
            None => Store::new(Registry::built_in()?),
        };
        Ok(self.0.insert(store))
    }
}
