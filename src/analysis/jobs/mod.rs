//! What takes longer than a frame, cut into jobs that a worker answers within a fraction of a second.

mod precise;

pub use precise::{Piece, curve_jobs, map_jobs};

use crate::Error;
use crate::analysis::curve::CurvePoint;
use crate::analysis::{Settings, Store};
use crate::experiment::{ExperimentId, Registry};
use serde::{Deserialize, Serialize};

/// A job of this program. A kind that draws random numbers would carry its seed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Job {
    /// Limits at some masses of the precise grid: [`Answer::Limits`].
    Curve(Piece),
    /// Chi-square above the best fit at all couplings of the map for some masses of the precise grid: [`Answer::DeltaChi2`]. The level
    /// does not matter.
    Map(Piece),
}

/// The answer to a [`Job`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// The curve at the masses of the piece and where it begins or ends among them; the first mass of the next piece
    /// stands at the end.
    Limits(Vec<CurvePoint>),
    /// Delta chi-square column by column: for each mass, one value for each coupling.
    DeltaChi2(Vec<f64>),
}

impl crate::work::Job for Job {
    type Answer = Answer;
    type Failure = Error;
    type Store = JobStore;

    /// Computes the job; says that it is alive after each mass.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge, [`ErrorKind::Input`](crate::ErrorKind::Input) for masses outside the grid, settings out of range or a
    /// map of an experiment that gives only a bound, [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
    fn run(&self, analyses: &mut JobStore, alive: &mut dyn FnMut()) -> Result<Answer, Error> {
        let (Self::Curve(piece) | Self::Map(piece)) = self;
        let subject = analyses.store()?.subject(&piece.request)?;
        match self {
            Self::Curve(_) => piece.limits(subject, alive).map(Answer::Limits),
            Self::Map(_) => piece.delta_chi2(subject, alive).map(Answer::DeltaChi2),
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
    pub fn at(&mut self, experiment: ExperimentId, settings: &Settings) -> Result<&crate::analysis::Analysis, Error> {
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
