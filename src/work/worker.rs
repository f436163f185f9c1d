//! One worker as the pool sees it.

use super::JobId;

/// How a worker ends that was not told to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fall {
    /// It could not be made at all.
    Refused,
    /// It ended with an error of its own, or said that it could not load the program.
    Crashed,
    /// Nothing was heard of it for too long.
    Silent,
}

/// Why nothing can be given to workers. What to say about it is the page's affair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unavailable {
    /// The browser does not let the page make workers.
    Refused,
    /// No worker could load the program: no connection, or a policy that forbids it.
    NotLoaded,
    /// Workers were started, and none was heard of.
    Silent,
    /// A worker is of another build than the page.
    OtherBuild {
        /// Build of the worker.
        build: String,
    },
}

impl From<Fall> for Unavailable {
    fn from(fall: Fall) -> Self {
        match fall {
            Fall::Refused => Self::Refused,
            Fall::Crashed => Self::NotLoaded,
            Fall::Silent => Self::Silent,
        }
    }
}

/// What a worker is at; times are milliseconds in which the page was awake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Activity {
    /// There is none: not needed yet, or ended after a rest.
    Off,
    /// Started, nothing heard yet.
    Starting { since_ms: f64 },
    /// Ready for a job.
    Idle { since_ms: f64 },
    /// At a job; `void_since_ms` is when the job's answer ceased to be wanted.
    Busy {
        id: JobId,
        heard_ms: f64,
        void_since_ms: Option<f64>,
    },
    /// Started in vain too often.
    GivenUp,
}

/// A worker, or its empty place.
#[derive(Clone, Copy, Debug)]
pub(super) struct Worker {
    pub(super) activity: Activity,
    /// Starts in a row that ended without any sign of life.
    pub(super) vain_starts: usize,
}

impl Worker {
    pub(super) const OFF: Self = Self {
        activity: Activity::Off,
        vain_starts: 0,
    };

    /// Whether a worker is there, in whatever condition.
    pub(super) fn exists(&self) -> bool {
        !matches!(self.activity, Activity::Off | Activity::GivenUp)
    }

    pub(super) fn is_idle(&self) -> bool {
        matches!(self.activity, Activity::Idle { .. })
    }
}
