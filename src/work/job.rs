//! What a job is, and the words for what happens to it.

use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// A piece of work as data: it travels to a worker, and its answer travels back.
///
/// A job says everything that its answer depends on: a kind that draws random numbers carries its seed. It should take a
/// fraction of a second; one that takes longer says between its pieces that it is alive.
pub trait Job: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static {
    /// What comes back.
    type Answer: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static;
    /// Why nothing comes back.
    type Failure: Clone + Debug + PartialEq + Serialize + DeserializeOwned + 'static;
    /// What a worker keeps from job to job.
    type Store: Default + 'static;

    /// Computes the answer; `alive` is called now and then as a sign of life.
    ///
    /// # Errors
    /// What the kind of job documents.
    fn run(&self, store: &mut Self::Store, alive: &mut dyn FnMut()) -> Result<Self::Answer, Self::Failure>;
}

/// Which work goes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// A hand is waiting for it.
    Interactive,
    /// It was asked for and may take its time.
    Background,
}

impl Priority {
    /// All, the most urgent first.
    pub const ALL: [Self; 2] = [Self::Interactive, Self::Background];
}

/// Number of a submission. A new one makes the older one of the same priority void, with all that is still to come of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Generation(pub(super) u32);

/// Number of a job, never given twice by one pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct JobId(pub(super) u32);

/// Why a job has no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JobFailure<F> {
    /// Its own error.
    Own(F),
    /// Every worker that tried it died or fell silent over it.
    Lost {
        /// How many tried.
        attempts: usize,
    },
}

/// How far a generation is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Jobs that are answered or have failed.
    pub done: usize,
    /// All its jobs.
    pub all: usize,
    /// Milliseconds left at the pace so far; `None` until something is done.
    pub left_ms: Option<f64>,
}
