//! The jobs of one generation.

use super::{Generation, JobId, Progress};
use crate::small_map::SmallMap;
use std::collections::VecDeque;

/// A job that has no answer yet.
#[derive(Clone, Debug)]
struct Open<J> {
    job: J,
    /// Workers that died or fell silent over it.
    attempts: usize,
}

/// Jobs that were submitted together.
#[derive(Clone, Debug)]
pub(super) struct Batch<J> {
    pub(super) generation: Generation,
    /// Jobs that nobody is at.
    waiting: VecDeque<JobId>,
    /// Jobs without an answer, those that wait among them.
    open: SmallMap<JobId, Open<J>>,
    all: usize,
    submitted_ms: f64,
}

impl<J: Clone> Batch<J> {
    pub(super) fn new(generation: Generation, jobs: Vec<(JobId, J)>, now_ms: f64) -> Self {
        Self {
            generation,
            waiting: jobs.iter().map(|(id, _)| *id).collect(),
            all: jobs.len(),
            open: jobs
                .into_iter()
                .map(|(id, job)| (id, Open { job, attempts: 0 }))
                .collect(),
            submitted_ms: now_ms,
        }
    }

    pub(super) fn contains(&self, id: JobId) -> bool {
        self.open.get(&id).is_some()
    }

    pub(super) fn waiting(&self) -> usize {
        self.waiting.len()
    }

    pub(super) fn is_done(&self) -> bool {
        self.open.len() == 0
    }

    /// The next job that nobody is at.
    pub(super) fn take(&mut self) -> Option<(JobId, J)> {
        let id = self.waiting.pop_front()?;
        self.open.get(&id).map(|open| (id, open.job.clone()))
    }

    /// Takes out a job that has ended.
    pub(super) fn close(&mut self, id: JobId) -> Option<J> {
        self.waiting.retain(|waiting| *waiting != id);
        self.open.remove(&id).map(|open| open.job)
    }

    /// Puts a job back that its worker has dropped, to be taken first; returns how many have failed at it.
    pub(super) fn put_back(&mut self, id: JobId, is_its_fault: bool) -> Option<usize> {
        let open = self.open.get_mut(&id)?;
        open.attempts += usize::from(is_its_fault);
        self.waiting.push_front(id);
        Some(open.attempts)
    }

    pub(super) fn progress(&self, now_ms: f64) -> Progress {
        let done = self.all - self.open.len();
        Progress {
            done,
            all: self.all,
            left_ms: (done > 0).then(|| (now_ms - self.submitted_ms) * self.open.len() as f64 / done as f64),
        }
    }
}
