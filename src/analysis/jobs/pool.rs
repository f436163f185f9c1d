//! The pool of workers: who does what, who is late, who died.
//!
//! Plain logic on the clock that it is handed; the browser's side is in `web`.

use super::Task;
use std::collections::VecDeque;

/// Milliseconds without an answer after which a worker at work counts as dead: pieces of work take a fraction of a second.
pub const SILENCE_MS: f64 = 4_000.0;
/// Milliseconds that a worker may take to start, on a slow machine that starts several.
pub const START_MS: f64 = 15_000.0;
/// Deaths of the pool after which it gives up.
pub const DEATHS: usize = 5;

/// A worker as the pool sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seat {
    /// Started, not ready yet.
    Starting { since_ms: f64 },
    /// Ready and idle.
    Idle,
    /// At work on the task of this number.
    Busy { task: usize, since_ms: f64 },
}

/// What the pool wants done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// Send the task of this number to the worker of this seat.
    Send {
        /// The worker.
        seat: usize,
        /// The task.
        task: usize,
    },
    /// End the worker of this seat and start another in its place.
    Restart {
        /// The worker.
        seat: usize,
    },
    /// Give up: workers keep dying, or (if none has ever been ready) cannot be started at all.
    GiveUp {
        /// Whether any worker was ever ready.
        started: bool,
    },
}

/// One run of the pool over a list of tasks.
#[derive(Clone, Debug)]
pub struct Pool {
    tasks: Vec<Task>,
    waiting: VecDeque<usize>,
    done: Vec<bool>,
    seats: Vec<Seat>,
    deaths: usize,
    /// Whether any worker was ever ready.
    started: bool,
    started_ms: f64,
}

impl Pool {
    /// A pool of `workers` that are just being started.
    #[must_use]
    pub fn new(tasks: Vec<Task>, workers: usize, now_ms: f64) -> Self {
        Self {
            waiting: (0..tasks.len()).collect(),
            done: vec![false; tasks.len()],
            seats: vec![Seat::Starting { since_ms: now_ms }; workers],
            deaths: 0,
            started: false,
            started_ms: now_ms,
            tasks,
        }
    }

    /// The task of a number.
    #[must_use]
    pub fn task(&self, number: usize) -> Option<&Task> {
        self.tasks.get(number)
    }

    /// Pieces that are done, and all of them.
    #[must_use]
    pub fn progress(&self) -> (usize, usize) {
        (self.done.iter().filter(|done| **done).count(), self.done.len())
    }

    /// Milliseconds that are left at the pace so far; `None` until something is done.
    #[must_use]
    pub fn left_ms(&self, now_ms: f64) -> Option<f64> {
        let (done, all) = self.progress();
        (done > 0).then(|| (now_ms - self.started_ms) * (all - done) as f64 / done as f64)
    }

    /// Whether every task is done.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.done.iter().all(|done| *done)
    }

    /// A worker says that it is ready.
    pub fn ready(&mut self, seat: usize, now_ms: f64) -> Vec<Order> {
        self.started = true;
        if let Some(place) = self.seats.get_mut(seat) {
            *place = Seat::Idle;
        }
        self.next(seat, now_ms)
    }

    /// A worker has answered a task; a second answer to the same task is not counted twice.
    pub fn answered(&mut self, seat: usize, task: usize, now_ms: f64) -> (bool, Vec<Order>) {
        let new = self
            .done
            .get_mut(task)
            .is_some_and(|done| !std::mem::replace(done, true));
        if let Some(place) = self.seats.get_mut(seat) {
            *place = Seat::Idle;
        }
        (new, self.next(seat, now_ms))
    }

    /// A worker has reported an error of its own, or the browser one of the worker.
    pub fn died(&mut self, seat: usize, now_ms: f64) -> Vec<Order> {
        self.deaths += 1;
        if self.deaths > DEATHS {
            return vec![Order::GiveUp { started: self.started }];
        }
        let Some(place) = self.seats.get_mut(seat) else {
            return Vec::new();
        };
        let lost = match std::mem::replace(place, Seat::Starting { since_ms: now_ms }) {
            Seat::Busy { task, .. } => Some(task),
            Seat::Starting { .. } | Seat::Idle => None,
        };
        let mut orders = vec![Order::Restart { seat }];
        // What it was at goes first, to one who is free if there is any.
        if let Some(task) = lost {
            self.waiting.push_front(task);
            if let Some(idle) = self.seats.iter().position(|seat| *seat == Seat::Idle) {
                orders.extend(self.next(idle, now_ms));
            }
        }
        orders
    }

    /// Looks for workers that have been silent for too long.
    pub fn watch(&mut self, now_ms: f64) -> Vec<Order> {
        let late: Vec<usize> = (0..self.seats.len())
            .filter(|seat| match self.seats[*seat] {
                Seat::Starting { since_ms } => now_ms - since_ms > START_MS,
                Seat::Busy { since_ms, .. } => now_ms - since_ms > SILENCE_MS,
                Seat::Idle => false,
            })
            .collect();
        late.into_iter().flat_map(|seat| self.died(seat, now_ms)).collect()
    }

    fn next(&mut self, seat: usize, now_ms: f64) -> Vec<Order> {
        let Some(task) = self.waiting.pop_front() else {
            return Vec::new();
        };
        let Some(place) = self.seats.get_mut(seat) else {
            return Vec::new();
        };
        *place = Seat::Busy { task, since_ms: now_ms };
        vec![Order::Send { seat, task }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Settings;
    use crate::analysis::Store;
    use crate::analysis::jobs::Task;
    use crate::statistics::Confidence;
    use crate::{Flavor, experiment::ExperimentId};

    fn pool(tasks: usize, workers: usize) -> Pool {
        let map = (ExperimentId::DRESDEN_II, Flavor::Electron);
        let all = Task::all(
            &mut Store::built_in().expect("sound tables"),
            Settings::default(),
            Confidence::PAPER,
            map,
        )
        .expect("sound tables");
        Pool::new(all.into_iter().take(tasks).collect(), workers, 0.0)
    }

    #[test]
    fn every_task_is_done_once() {
        let mut pool = pool(3, 2);
        assert_eq!(pool.ready(0, 0.0), [Order::Send { seat: 0, task: 0 }]);
        assert_eq!(pool.ready(1, 0.0), [Order::Send { seat: 1, task: 1 }]);
        assert_eq!(
            pool.answered(1, 1, 10.0),
            (true, vec![Order::Send { seat: 1, task: 2 }])
        );
        assert_eq!(pool.answered(0, 0, 10.0), (true, vec![]));
        assert_eq!(pool.left_ms(10.0), Some(5.0));
        assert!(!pool.is_done());
        assert_eq!(pool.answered(1, 2, 20.0), (true, vec![]));
        assert!(pool.is_done());
        assert!(!pool.answered(1, 2, 20.0).0, "a second answer does not count");
    }

    #[test]
    fn the_work_of_a_silent_worker_goes_to_another() {
        let mut pool = pool(2, 2);
        pool.ready(0, 0.0);
        pool.ready(1, 0.0);
        pool.answered(1, 1, 5.0);
        assert_eq!(pool.watch(SILENCE_MS - 1.0), []);
        let orders = pool.watch(SILENCE_MS + 1.0);
        assert_eq!(orders, [Order::Restart { seat: 0 }, Order::Send { seat: 1, task: 0 }]);
    }

    #[test]
    fn a_pool_whose_workers_keep_dying_gives_up() {
        let mut pool = pool(1, 1);
        for _ in 0..DEATHS {
            assert_eq!(pool.died(0, 0.0), [Order::Restart { seat: 0 }]);
        }
        assert_eq!(pool.died(0, 0.0), [Order::GiveUp { started: false }]);
    }
}
