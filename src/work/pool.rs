//! The pool: who does what, who is late, who is given up.

use super::batch::Batch;
use super::clock::AwakeClock;
use super::worker::{Activity, Fall, Unavailable, Worker};
use super::{Generation, Job, JobFailure, JobId, Priority, Progress, Report};
use std::collections::VecDeque;

/// Milliseconds without a sign of life after which a worker at a job is restarted.
pub const SILENCE_MS: f64 = 4_000.0;
/// Milliseconds that a worker may take to start, on a slow machine that starts several.
pub const START_MS: f64 = 15_000.0;
/// Milliseconds after which a worker is restarted that is still at a job nobody wants, if other work waits for it.
pub const VOID_MS: f64 = 1_000.0;
/// Milliseconds of nothing to do after which a worker is ended: it holds megabytes of prepared analyses.
pub const IDLE_MS: f64 = 30_000.0;
/// Starts in a row without any sign of life after which a worker is given up.
pub const START_ATTEMPTS: usize = 3;
/// Workers that may die or fall silent over one job before it counts as lost.
pub const JOB_ATTEMPTS: usize = 3;

/// What the pool wants done, by index of the worker.
#[derive(Clone, Debug, PartialEq)]
pub enum Order<J> {
    /// Make a worker.
    Start {
        /// Its index.
        worker: usize,
    },
    /// Give a job to a worker that is ready.
    Send {
        /// Its index.
        worker: usize,
        /// Number of the job.
        id: JobId,
        /// The job.
        job: J,
    },
    /// End a worker and make another in its place.
    Restart {
        /// Its index.
        worker: usize,
    },
    /// End a worker.
    Stop {
        /// Its index.
        worker: usize,
    },
}

/// What is news to whoever submitted the jobs.
#[derive(Clone, Debug, PartialEq)]
pub enum Event<J: Job> {
    /// A job is answered.
    Answered {
        /// The submission.
        generation: Generation,
        /// The job.
        job: J,
        /// Its answer.
        answer: J::Answer,
    },
    /// A job has no answer; the others go on.
    Failed {
        /// The submission.
        generation: Generation,
        /// The job.
        job: J,
        /// Why.
        failure: JobFailure<J::Failure>,
    },
    /// Every job of a submission is answered or has failed.
    Finished {
        /// The submission.
        generation: Generation,
    },
    /// There are no workers, and all that was submitted is void. The next submission tries again.
    Unavailable {
        /// Why.
        reason: Unavailable,
    },
}

impl<J: Job> Event<J> {
    /// The submission that it is about, if it is about one.
    #[must_use]
    pub fn generation(&self) -> Option<Generation> {
        match self {
            Self::Answered { generation, .. } | Self::Failed { generation, .. } | Self::Finished { generation } => {
                Some(*generation)
            }
            Self::Unavailable { .. } => None,
        }
    }
}

/// A pool of workers that is kept from submission to submission.
///
/// Workers are started when there is work for them. Every call takes the present time in milliseconds, of any clock that does not
/// run back; what the pool wants done and what it has to tell is fetched with [`Pool::next_order`] and [`Pool::next_event`].
#[derive(Clone, Debug)]
pub struct Pool<J: Job> {
    build: String,
    workers: Vec<Worker>,
    /// The current submission of each priority.
    batches: [Option<Batch<J>>; Priority::ALL.len()],
    clock: AwakeClock,
    is_suspended: bool,
    unavailable: Option<Unavailable>,
    last_generation: u32,
    last_id: u32,
    orders: VecDeque<Order<J>>,
    events: VecDeque<Event<J>>,
}

impl<J: Job> Pool<J> {
    /// A pool of at most `size` workers (at least one), which must all be of this build of the program.
    #[must_use]
    pub fn new(size: usize, build: impl Into<String>) -> Self {
        Self {
            build: build.into(),
            workers: vec![Worker::OFF; size.max(1)],
            batches: [None, None],
            clock: AwakeClock::default(),
            is_suspended: false,
            unavailable: None,
            last_generation: 0,
            last_id: 0,
            orders: VecDeque::new(),
            events: VecDeque::new(),
        }
    }

    /// Takes jobs. What was submitted before with the same priority is void from here on. A pool without workers tries again.
    pub fn submit(&mut self, jobs: Vec<J>, priority: Priority, now_ms: f64) -> Generation {
        self.clock.advance(now_ms);
        self.last_generation = self.last_generation.wrapping_add(1);
        let generation = Generation(self.last_generation);
        let mut numbered = Vec::new();
        for job in jobs {
            self.last_id = self.last_id.wrapping_add(1);
            numbered.push((JobId(self.last_id), job));
        }
        self.unavailable = None;
        for worker in &mut self.workers {
            // What could not be started a while ago may start now.
            if worker.activity == Activity::GivenUp {
                *worker = Worker::OFF;
            }
        }
        self.void(priority);
        let batch = Batch::new(generation, numbered, now_ms);
        if batch.is_done() {
            self.events.push_back(Event::Finished { generation });
        }
        self.batches[priority as usize] = Some(batch);
        self.assign();
        generation
    }

    /// Makes what was submitted with a priority void. Workers stay, and what they are at is not heard any more.
    pub fn cancel(&mut self, priority: Priority, now_ms: f64) {
        self.clock.advance(now_ms);
        self.void(priority);
    }

    /// Takes what a worker says.
    pub fn hear(&mut self, worker: usize, report: Report<J::Answer, J::Failure>, now_ms: f64) {
        self.clock.advance(now_ms);
        let awake_ms = self.clock.awake_ms();
        let Some(place) = self.workers.get_mut(worker).filter(|place| place.exists()) else {
            return;
        };
        if report != Report::NotLoaded {
            place.vain_starts = 0;
            if let Activity::Busy { heard_ms, .. } = &mut place.activity {
                *heard_ms = awake_ms;
            }
        }
        match report {
            Report::Ready { build } if build != self.build => self.give_up(Unavailable::OtherBuild { build }),
            Report::Ready { .. } => {
                if matches!(place.activity, Activity::Starting { .. }) {
                    place.activity = Activity::Idle { since_ms: awake_ms };
                }
            }
            Report::Alive => {}
            Report::NotLoaded => self.fall(worker, Fall::Crashed),
            Report::Done { id, result } => {
                if matches!(place.activity, Activity::Busy { id: at, .. } if at == id) {
                    place.activity = Activity::Idle { since_ms: awake_ms };
                }
                self.close(id, result.map_err(JobFailure::Own));
            }
        }
        self.assign();
    }

    /// Takes that a worker has ended, or could not be made.
    pub fn fell(&mut self, worker: usize, fall: Fall, now_ms: f64) {
        self.clock.advance(now_ms);
        if self.workers.get(worker).is_some_and(Worker::exists) {
            self.fall(worker, fall);
            self.assign();
        }
    }

    /// Looks for workers that are late, and for those that have had nothing to do for long. To be called about twice a second
    /// while there are workers ([`Pool::has_workers`]).
    pub fn tick(&mut self, now_ms: f64) {
        self.clock.advance(now_ms);
        let awake_ms = self.clock.awake_ms();
        for worker in 0..self.workers.len() {
            match self.workers[worker].activity {
                Activity::Starting { since_ms } if awake_ms - since_ms > START_MS => self.fall(worker, Fall::Silent),
                Activity::Busy { heard_ms, .. } if awake_ms - heard_ms > SILENCE_MS => self.fall(worker, Fall::Silent),
                Activity::Busy {
                    void_since_ms: Some(void_ms),
                    ..
                } if awake_ms - void_ms > VOID_MS && self.waiting() > 0 => self.restart(worker),
                Activity::Idle { since_ms } if awake_ms - since_ms > IDLE_MS => self.stop(worker),
                _ => {}
            }
        }
        self.assign();
    }

    /// Ends all workers until [`Pool::resume`], for a page that goes and may come back; no job is lost.
    pub fn suspend(&mut self, now_ms: f64) {
        self.clock.advance(now_ms);
        self.is_suspended = true;
        for worker in 0..self.workers.len() {
            if let Activity::Busy { id, .. } = self.workers[worker].activity {
                self.put_back(id, false);
            }
            self.stop(worker);
        }
    }

    /// Goes on after [`Pool::suspend`].
    pub fn resume(&mut self, now_ms: f64) {
        self.clock.advance(now_ms);
        self.is_suspended = false;
        self.assign();
    }

    /// The next thing to be done.
    pub fn next_order(&mut self) -> Option<Order<J>> {
        self.orders.pop_front()
    }

    /// The next news.
    pub fn next_event(&mut self) -> Option<Event<J>> {
        self.events.pop_front()
    }

    /// How far a submission is; `None` if it is void.
    #[must_use]
    pub fn progress(&self, generation: Generation, now_ms: f64) -> Option<Progress> {
        let batch = self
            .batches
            .iter()
            .flatten()
            .find(|batch| batch.generation == generation);
        batch.map(|batch| batch.progress(now_ms))
    }

    /// Whether there are any workers, and so a reason to call [`Pool::tick`].
    #[must_use]
    pub fn has_workers(&self) -> bool {
        self.workers.iter().any(Worker::exists)
    }

    /// Why there are no workers, since the last submission.
    #[must_use]
    pub fn unavailable(&self) -> Option<&Unavailable> {
        self.unavailable.as_ref()
    }

    /// Nothing is heard any more of what was submitted with a priority.
    fn void(&mut self, priority: Priority) {
        if let Some(batch) = self.batches[priority as usize].take() {
            self.events.retain(|event| event.generation() != Some(batch.generation));
            self.mark_void();
        }
    }

    fn waiting(&self) -> usize {
        self.batches.iter().flatten().map(Batch::waiting).sum()
    }

    /// Gives what waits to those who are idle, and starts workers for the rest.
    fn assign(&mut self) {
        if self.is_suspended {
            return;
        }
        let awake_ms = self.clock.awake_ms();
        while let Some(worker) = self.workers.iter().position(Worker::is_idle) {
            let Some((id, job)) = self.batches.iter_mut().flatten().find_map(Batch::take) else {
                break;
            };
            self.workers[worker].activity = Activity::Busy {
                id,
                heard_ms: awake_ms,
                void_since_ms: None,
            };
            self.orders.push_back(Order::Send { worker, id, job });
        }
        let is_starting = |worker: &&Worker| matches!(worker.activity, Activity::Starting { .. });
        let starting = self.workers.iter().filter(is_starting).count();
        for _ in starting..self.waiting() {
            let Some(worker) = self.workers.iter().position(|worker| worker.activity == Activity::Off) else {
                break;
            };
            self.workers[worker].activity = Activity::Starting { since_ms: awake_ms };
            self.orders.push_back(Order::Start { worker });
        }
    }

    /// Takes the end of a job; one that is void or has ended before is not heard.
    fn close(&mut self, id: JobId, result: Result<J::Answer, JobFailure<J::Failure>>) {
        for batch in self.batches.iter_mut().flatten() {
            let Some(job) = batch.close(id) else { continue };
            let generation = batch.generation;
            self.events.push_back(match result {
                Ok(answer) => Event::Answered {
                    generation,
                    job,
                    answer,
                },
                Err(failure) => Event::Failed {
                    generation,
                    job,
                    failure,
                },
            });
            if batch.is_done() {
                self.events.push_back(Event::Finished { generation });
            }
            break;
        }
        // Another worker may be at the same job, given to it when this one seemed dead.
        self.mark_void();
    }

    /// A worker has ended by itself or is taken for dead.
    fn fall(&mut self, worker: usize, fall: Fall) {
        let place = self.workers[worker];
        match place.activity {
            Activity::Off | Activity::GivenUp => {}
            Activity::Idle { .. } => self.stop(worker),
            Activity::Busy { id, .. } => {
                if let Some(attempts) = self.put_back(id, true).filter(|attempts| *attempts >= JOB_ATTEMPTS) {
                    self.close(id, Err(JobFailure::Lost { attempts }));
                }
                self.restart(worker);
            }
            Activity::Starting { .. } => {
                let vain_starts = place.vain_starts + 1;
                self.workers[worker].vain_starts = vain_starts;
                // What the browser refuses it refuses again.
                if fall == Fall::Refused || vain_starts >= START_ATTEMPTS {
                    self.stop(worker);
                    self.workers[worker].activity = Activity::GivenUp;
                    // Without work nobody need know.
                    if self.waiting() > 0 && !self.has_workers() {
                        self.give_up(fall.into());
                    }
                } else {
                    self.restart(worker);
                }
            }
        }
    }

    /// Makes a worker anew if there is work for it; else it is made when there is.
    fn restart(&mut self, worker: usize) {
        if self.waiting() == 0 {
            return self.stop(worker);
        }
        self.workers[worker].activity = Activity::Starting {
            since_ms: self.clock.awake_ms(),
        };
        self.orders.push_back(Order::Restart { worker });
    }

    fn stop(&mut self, worker: usize) {
        if self.workers[worker].exists() {
            self.workers[worker].activity = Activity::Off;
            self.orders.push_back(Order::Stop { worker });
        }
    }

    /// Ends everything.
    fn give_up(&mut self, reason: Unavailable) {
        for worker in 0..self.workers.len() {
            self.stop(worker);
        }
        self.batches = [None, None];
        self.unavailable = Some(reason.clone());
        self.events.push_back(Event::Unavailable { reason });
    }

    fn put_back(&mut self, id: JobId, is_its_fault: bool) -> Option<usize> {
        self.batches
            .iter_mut()
            .flatten()
            .find_map(|batch| batch.put_back(id, is_its_fault))
    }

    /// Remembers since when workers are at jobs that nobody wants.
    fn mark_void(&mut self) {
        let awake_ms = self.clock.awake_ms();
        for worker in &mut self.workers {
            if let Activity::Busy { id, void_since_ms, .. } = &mut worker.activity {
                let is_wanted = self.batches.iter().flatten().any(|batch| batch.contains(*id));
                if !is_wanted && void_since_ms.is_none() {
                    *void_since_ms = Some(awake_ms);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
