//! The precise computation as the page sees it.

use super::state::State;
use super::words;
use crate::Error;
use crate::analysis::Store;
use crate::analysis::curve::LiveCurves;
use crate::analysis::jobs::{Job, curve_jobs, map_jobs};
use crate::analysis::precise::Precise;
use crate::work::{Event, JobFailure, Progress, Unavailable};

/// Where it is.
#[derive(Clone, Debug, Default, PartialEq)]
enum Stage {
    /// Nothing is going on.
    #[default]
    Rest,
    /// It is going on; `None` before the first news.
    Running(Option<Progress>),
    /// The visitor has ended it.
    Cancelled,
}

/// Why something is missing.
#[derive(Clone, Debug, PartialEq)]
enum Trouble {
    /// A piece could not be computed: the first reason.
    Failed(JobFailure<Error>),
    /// There are no workers.
    Unavailable(Unavailable),
    /// It could not even begin.
    NotBegun(Error),
}

/// What the workers are at, and what they have computed.
#[derive(Debug, Default)]
pub(super) struct Work {
    stage: Stage,
    trouble: Option<Trouble>,
    precise: Precise,
}

impl Work {
    pub(super) fn precise(&self) -> &Precise {
        &self.precise
    }

    /// Starts over for a state: the jobs to compute. What can not be prepared is left out, and said.
    pub(super) fn start(&mut self, store: &mut Store, state: &State) -> Vec<Job> {
        self.precise.drop_incomplete();
        self.trouble = None;
        let mut jobs = Vec::new();
        let experiments: Vec<_> = store.registry().ids().collect();
        for id in experiments {
            match store.analysis(id, &state.settings) {
                Ok(analysis) => {
                    jobs.extend(curve_jobs(analysis, state.confidence));
                    if id == state.experiment {
                        jobs.extend(map_jobs(analysis, state.benchmark.flavor, state.confidence));
                    }
                }
                Err(error) => self.trouble = self.trouble.take().or(Some(Trouble::NotBegun(error))),
            }
        }
        self.stage = if jobs.is_empty() {
            Stage::Rest
        } else {
            Stage::Running(None)
        };
        jobs
    }

    pub(super) fn cancel(&mut self) {
        if self.is_running() {
            self.precise.drop_incomplete();
            self.stage = Stage::Cancelled;
        }
    }

    /// Takes the news of the workers. What was on its way when the visitor cancelled is not heard any more.
    pub(super) fn hear(&mut self, event: Event<Job>, progress: Option<Progress>) {
        if !self.is_running() {
            return;
        }
        self.stage = Stage::Running(progress);
        match event {
            Event::Answered { job, answer, .. } => self.precise.accept(&job, answer),
            Event::Failed { failure, .. } => {
                self.trouble = self.trouble.take().or(Some(Trouble::Failed(failure)));
            }
            Event::Finished { .. } => {
                self.precise.drop_incomplete();
                self.stage = Stage::Rest;
            }
            Event::Unavailable { reason } => {
                self.precise.drop_incomplete();
                self.trouble = Some(Trouble::Unavailable(reason));
                self.stage = Stage::Rest;
            }
        }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self.stage, Stage::Running(_))
    }

    /// Share of the work that is done; `None` while nothing is going on.
    pub(super) fn progress(&self) -> Option<f64> {
        match &self.stage {
            Stage::Running(Some(progress)) => Some(progress.done as f64 / progress.all.max(1) as f64),
            Stage::Running(None) => Some(0.0),
            Stage::Rest | Stage::Cancelled => None,
        }
    }

    pub(super) fn problem(&self) -> Option<String> {
        self.trouble.as_ref().map(|trouble| match trouble {
            Trouble::Failed(JobFailure::Own(error)) | Trouble::NotBegun(error) => words::error(error),
            Trouble::Failed(JobFailure::Lost { .. }) => words::workers_die().to_owned(),
            Trouble::Unavailable(reason) => words::no_workers(reason).to_owned(),
        })
    }

    /// What it is at, in words: what is said of curves is always of those that the plane shows.
    pub(super) fn status(&self, live: &LiveCurves) -> String {
        match &self.stage {
            Stage::Running(Some(Progress { done, all, left_ms })) if *done > 0 => {
                words::progress(*done, *all, *left_ms)
            }
            Stage::Running(_) => words::starting().to_owned(),
            stage => {
                // Curves of an earlier time may be those for what is chosen, also after a run that was cancelled.
                let drawn = self.precise.is_complete_for(live.wanted());
                let drawn = drawn.then(words::precise_drawn);
                let cancelled = (*stage == Stage::Cancelled).then(|| words::cancelled().to_owned());
                cancelled.into_iter().chain(drawn).collect::<Vec<_>>().join("; ")
            }
        }
    }
}
