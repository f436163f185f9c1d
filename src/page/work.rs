//! The precise computation as the page sees it.

use super::action::WorkNews;
use super::state::State;
use super::words;
use crate::Error;
use crate::analysis::Store;
use crate::analysis::jobs::Job;
use crate::analysis::precise::Precise;

/// How far it is.
#[derive(Clone, Debug, Default, PartialEq)]
enum Stage {
    /// Nothing has been asked for, or what was asked for is there.
    #[default]
    Idle,
    /// Asked for.
    Running {
        done: usize,
        all: usize,
        left_ms: Option<f64>,
    },
    /// Ended by the visitor.
    Cancelled,
    /// Ended by itself.
    Failed(String),
}

/// What the workers are at, and what they have computed.
#[derive(Debug, Default)]
pub(super) struct Work {
    stage: Stage,
    precise: Precise,
}

impl Work {
    pub(super) fn precise(&self) -> &Precise {
        &self.precise
    }

    /// Starts over for a state: the pieces to compute.
    pub(super) fn start(&mut self, store: &mut Store, state: &State) -> Result<Vec<Job>, Error> {
        let map = (state.experiment, state.benchmark.flavor);
        let jobs = Job::all(store, state.settings, state.confidence, map)?;
        self.precise.drop_incomplete();
        self.stage = Stage::Running {
            done: 0,
            all: jobs.len(),
            left_ms: None,
        };
        Ok(jobs)
    }

    pub(super) fn cancel(&mut self) {
        if matches!(self.stage, Stage::Running { .. }) {
            self.precise.drop_incomplete();
            self.stage = Stage::Cancelled;
        }
    }

    pub(super) fn fail(&mut self, problem: String) {
        self.precise.drop_incomplete();
        self.stage = Stage::Failed(problem);
    }

    pub(super) fn hear(&mut self, news: WorkNews) {
        // What was on its way when the visitor cancelled is not heard any more.
        if !matches!(self.stage, Stage::Running { .. }) {
            return;
        }
        match news {
            WorkNews::Answer(job, Ok(values)) => self.precise.accept(&job, &values),
            WorkNews::Answer(_, Err(error)) => self.fail(words::error(&error)),
            WorkNews::Progress { done, all, left_ms } => self.stage = Stage::Running { done, all, left_ms },
            WorkNews::Done => self.stage = Stage::Idle,
            WorkNews::Unavailable(reason) => self.fail(reason),
        }
    }

    pub(super) fn progress(&self) -> Option<f64> {
        match self.stage {
            Stage::Running { done, all, .. } => Some(done as f64 / all.max(1) as f64),
            Stage::Idle | Stage::Cancelled | Stage::Failed(_) => None,
        }
    }

    pub(super) fn problem(&self) -> Option<&str> {
        match &self.stage {
            Stage::Failed(problem) => Some(problem),
            Stage::Idle | Stage::Running { .. } | Stage::Cancelled => None,
        }
    }

    /// What it is at, in words: what is said of curves is always of those for the present state.
    pub(super) fn status(&self, state: &State) -> String {
        match &self.stage {
            Stage::Running { done: 0, .. } => words::STARTING.to_owned(),
            Stage::Running { done, all, left_ms } => words::progress(*done, *all, *left_ms),
            Stage::Cancelled => words::CANCELLED.to_owned(),
            Stage::Idle if self.precise.is_complete_for(state.settings, state.confidence, state.benchmark.flavor) => {
                words::PRECISE_DRAWN.to_owned()
            }
            Stage::Idle | Stage::Failed(_) => String::new(),
        }
    }
}
