//! Rules of the pool, on a clock of the test's own.

use super::super::Assignment;
use super::*;
use serde::{Deserialize, Serialize};

/// A job that is nothing but its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Number(u32);

impl Job for Number {
    type Answer = u32;
    type Failure = String;
    type Store = ();

    fn run(&self, (): &mut (), alive: &mut dyn FnMut()) -> Result<u32, String> {
        alive();
        Ok(10 * self.0)
    }
}

/// A pool with workers that do at once what they are told, except to answer.
struct Workshop {
    pool: Pool<Number>,
    now_ms: f64,
    /// What each worker is at.
    at: Vec<Option<Assignment<Number>>>,
    starts: usize,
    stops: usize,
}

impl Workshop {
    fn new(size: usize) -> Self {
        Self {
            pool: Pool::new(size, "this"),
            now_ms: 0.0,
            at: vec![None; size],
            starts: 0,
            stops: 0,
        }
    }

    fn submit(&mut self, jobs: impl IntoIterator<Item = u32>, priority: Priority) -> Generation {
        let jobs = jobs.into_iter().map(Number).collect();
        let generation = self.pool.submit(jobs, priority, self.now_ms);
        self.obey(true);
        generation
    }

    /// Carries out all orders; workers that are started are ready at once, or never.
    fn obey(&mut self, are_ready: bool) {
        while let Some(order) = self.pool.next_order() {
            match order {
                Order::Start { worker } | Order::Restart { worker } => {
                    self.starts += 1;
                    self.at[worker] = None;
                    if are_ready {
                        let build = "this".to_owned();
                        self.pool.hear(worker, Report::Ready { build }, self.now_ms);
                    }
                }
                Order::Send { worker, id, job } => self.at[worker] = Some(Assignment { id, job }),
                Order::Stop { worker } => {
                    self.stops += 1;
                    self.at[worker] = None;
                }
            }
        }
    }

    /// Time passes with a page that is awake, and busy workers say that they are alive if asked to.
    fn pass(&mut self, duration_ms: f64, alive: bool) {
        let end_ms = self.now_ms + duration_ms;
        while self.now_ms < end_ms {
            self.now_ms += 500.0;
            if alive {
                for worker in 0..self.at.len() {
                    self.pool.hear(worker, Report::Alive, self.now_ms);
                }
            }
            self.pool.tick(self.now_ms);
            self.obey(true);
        }
    }

    fn answer(&mut self, worker: usize) {
        let Assignment { id, job } = self.at[worker].take().expect("the worker is at a job");
        let result = job.run(&mut (), &mut || {});
        self.pool.hear(worker, Report::Done { id, result }, self.now_ms);
        self.obey(true);
    }

    fn numbers(&self) -> Vec<Option<u32>> {
        let number = |at: &Option<Assignment<Number>>| at.as_ref().map(|at| at.job.0);
        self.at.iter().map(number).collect()
    }

    fn events(&mut self) -> Vec<Event<Number>> {
        std::iter::from_fn(|| self.pool.next_event()).collect()
    }
}

fn answered(generation: Generation, number: u32) -> Event<Number> {
    Event::Answered {
        generation,
        job: Number(number),
        answer: 10 * number,
    }
}

#[test]
fn every_job_is_answered_once_and_then_the_generation_is_finished() {
    let mut shop = Workshop::new(2);
    let generation = shop.submit(1..=3, Priority::Background);
    assert_eq!(shop.numbers(), [Some(1), Some(2)]);
    let second = shop.at[1].clone().expect("it has a job");
    shop.now_ms = 10.0;
    shop.answer(1);
    shop.answer(0);
    let progress = shop.pool.progress(generation, 10.0).expect("it is current");
    assert_eq!((progress.done, progress.all, progress.left_ms), (2, 3, Some(5.0)));
    let again = Report::Done {
        id: second.id,
        result: Ok(7),
    };
    shop.pool.hear(1, again, 11.0);
    shop.answer(1);
    assert_eq!(
        shop.events(),
        [
            answered(generation, 2),
            answered(generation, 1),
            answered(generation, 3),
            Event::Finished { generation }
        ]
    );
}

#[test]
fn workers_are_started_when_needed_kept_and_ended_after_a_rest() {
    let mut shop = Workshop::new(4);
    assert_eq!(shop.starts, 0, "no work, no workers");
    shop.submit(1..=2, Priority::Background);
    assert_eq!(shop.starts, 2, "no more than there is work for");
    shop.answer(0);
    shop.answer(1);
    shop.pass(IDLE_MS - 1_000.0, false);
    shop.submit(3..=4, Priority::Background);
    assert_eq!((shop.starts, shop.stops), (2, 0), "the same workers go on");
    shop.answer(0);
    shop.answer(1);
    shop.pass(IDLE_MS + 1_000.0, false);
    assert_eq!(shop.stops, 2);
    assert!(!shop.pool.has_workers());
    shop.submit(5..=5, Priority::Background);
    assert_eq!(shop.numbers()[0], Some(5), "they come back");
}

#[test]
fn a_hand_that_waits_goes_first() {
    let mut shop = Workshop::new(1);
    let background = shop.submit(1..=3, Priority::Background);
    let interactive = shop.submit(10..=11, Priority::Interactive);
    assert_eq!(shop.numbers(), [Some(1)], "what has been begun is finished");
    let mut order = Vec::new();
    while let Some(number) = shop.numbers()[0] {
        order.push(number);
        shop.answer(0);
    }
    assert_eq!(order, [1, 10, 11, 2, 3]);
    let events = shop.events();
    assert!(events.contains(&Event::Finished {
        generation: interactive
    }));
    assert!(events.contains(&Event::Finished { generation: background }));
}

#[test]
fn a_new_generation_makes_the_old_one_void() {
    let mut shop = Workshop::new(1);
    let old = shop.submit(1..=3, Priority::Interactive);
    let new = shop.submit(4..=4, Priority::Interactive);
    assert_eq!(shop.pool.progress(old, 0.0), None);
    // The late answer to the old one frees the worker, and is not heard.
    shop.answer(0);
    assert_eq!(shop.numbers(), [Some(4)]);
    shop.answer(0);
    assert_eq!(shop.events(), [answered(new, 4), Event::Finished { generation: new }]);
}

#[test]
fn news_that_nobody_has_heard_yet_is_void_with_its_generation() {
    let mut shop = Workshop::new(1);
    let other = shop.submit([9], Priority::Interactive);
    shop.answer(0);
    shop.submit(1..=2, Priority::Background);
    shop.answer(0);
    shop.pool.cancel(Priority::Background, 0.0);
    assert_eq!(
        shop.events(),
        [answered(other, 9), Event::Finished { generation: other }]
    );
    shop.answer(0);
    assert_eq!(shop.events(), []);
    assert_eq!(shop.numbers(), [None], "what was waiting is not begun");
}

#[test]
fn a_long_void_job_does_not_hold_up_what_is_wanted() {
    let mut shop = Workshop::new(1);
    shop.submit([1], Priority::Background);
    shop.pool.cancel(Priority::Background, shop.now_ms);
    shop.pass(2.0 * VOID_MS, true);
    assert_eq!(shop.starts, 1, "nothing waits for it");
    shop.submit([2], Priority::Background);
    shop.pass(500.0, true);
    assert_eq!(shop.numbers(), [Some(2)]);
    assert_eq!(shop.starts, 2);
}

#[test]
fn the_job_of_a_silent_worker_goes_to_another() {
    let mut shop = Workshop::new(2);
    shop.submit(1..=2, Priority::Background);
    shop.answer(1);
    shop.pass(SILENCE_MS, false);
    assert_eq!(shop.numbers(), [Some(1), None]);
    shop.pass(500.0, false);
    assert_eq!(shop.numbers(), [None, Some(1)]);
}

#[test]
fn a_long_job_that_says_it_is_alive_is_left_in_peace() {
    let mut shop = Workshop::new(1);
    let generation = shop.submit([1], Priority::Background);
    shop.pass(20.0 * SILENCE_MS, true);
    assert_eq!(shop.starts, 1);
    shop.answer(0);
    assert_eq!(shop.events(), [answered(generation, 1), Event::Finished { generation }]);
}

#[test]
fn silence_counts_for_each_worker_since_its_own_last_sign_of_life() {
    let mut shop = Workshop::new(2);
    shop.submit(1..=2, Priority::Background);
    for _ in 0..4 {
        shop.pass(SILENCE_MS / 2.0, false);
        shop.pool.hear(1, Report::Alive, shop.now_ms);
    }
    assert_eq!(shop.numbers()[1], Some(2), "the one that speaks keeps its job");
    assert_eq!(shop.starts, 3, "the other was restarted, once");
}

#[test]
fn a_long_frame_of_the_page_is_nobodys_silence() {
    let mut shop = Workshop::new(8);
    shop.submit(1..=8, Priority::Background);
    // The page is asleep for an hour; then its timer fires before the messages of its workers are heard.
    shop.now_ms += 3.6e6;
    shop.pool.tick(shop.now_ms);
    shop.obey(true);
    assert_eq!(shop.starts, 8);
    for worker in 0..8 {
        shop.answer(worker);
    }
    assert_eq!(shop.events().len(), 9);
}

#[test]
fn eight_workers_late_together_are_restarted_and_the_work_is_done() {
    let mut shop = Workshop::new(8);
    let generation = shop.submit(1..=16, Priority::Background);
    shop.pass(SILENCE_MS + 500.0, false);
    assert_eq!(shop.starts, 16);
    assert_eq!(shop.pool.unavailable(), None);
    while let Some(worker) = shop.at.iter().position(Option::is_some) {
        shop.answer(worker);
    }
    let events = shop.events();
    assert_eq!(events.last(), Some(&Event::Finished { generation }));
    assert_eq!(events.len(), 17, "{events:?}");
}

#[test]
fn eight_workers_late_to_start_together_are_restarted() {
    let mut shop = Workshop::new(8);
    shop.pool
        .submit((1..=8).map(Number).collect(), Priority::Background, 0.0);
    shop.obey(false);
    shop.pass(START_MS + 500.0, false);
    assert_eq!(shop.starts, 16);
    assert_eq!(shop.numbers().into_iter().flatten().count(), 8);
    assert_eq!(shop.pool.unavailable(), None);
}

#[test]
fn workers_that_never_load_make_the_pool_unavailable_until_it_is_asked_again() {
    for (how, reason) in [
        (Some(Report::NotLoaded), Unavailable::NotLoaded),
        (None, Unavailable::NotLoaded),
    ] {
        let mut shop = Workshop::new(2);
        let generation = shop.pool.submit(vec![Number(1), Number(2)], Priority::Background, 0.0);
        for _ in 0..START_ATTEMPTS {
            shop.obey(false);
            for worker in 0..2 {
                match how.clone() {
                    Some(report) => shop.pool.hear(worker, report, 0.0),
                    None => shop.pool.fell(worker, Fall::Crashed, 0.0),
                }
            }
        }
        shop.obey(false);
        assert_eq!(shop.starts, 2 * START_ATTEMPTS);
        assert_eq!(shop.stops, 2);
        assert_eq!(shop.events(), [Event::Unavailable { reason: reason.clone() }]);
        assert_eq!(shop.pool.unavailable(), Some(&reason));
        assert_eq!(shop.pool.progress(generation, 0.0), None);
        shop.submit([3], Priority::Background);
        assert_eq!(shop.numbers()[0], Some(3));
        assert_eq!(shop.pool.unavailable(), None);
    }
}

#[test]
fn workers_that_never_say_a_word_are_given_up_in_the_end() {
    let mut shop = Workshop::new(1);
    shop.pool.submit(vec![Number(1)], Priority::Background, 0.0);
    let mut looks = 0;
    while shop.pool.unavailable().is_none() && looks < 1_000 {
        looks += 1;
        shop.obey(false);
        shop.now_ms += 500.0;
        shop.pool.tick(shop.now_ms);
    }
    assert_eq!(shop.pool.unavailable(), Some(&Unavailable::Silent));
    assert_eq!(shop.starts, START_ATTEMPTS);
}

#[test]
fn a_refusal_is_not_tried_again_and_those_who_work_go_on() {
    let mut shop = Workshop::new(2);
    shop.pool
        .submit((1..=3).map(Number).collect(), Priority::Background, 0.0);
    assert_eq!(shop.pool.next_order(), Some(Order::Start { worker: 0 }));
    shop.pool.fell(0, Fall::Refused, 0.0);
    shop.obey(true);
    assert_eq!(shop.pool.unavailable(), None);
    for _ in 0..3 {
        shop.answer(1);
    }
    assert!(matches!(shop.events().last(), Some(Event::Finished { .. })));

    let mut shop = Workshop::new(1);
    shop.pool.submit(vec![Number(1)], Priority::Background, 0.0);
    shop.pool.next_order();
    shop.pool.fell(0, Fall::Refused, 0.0);
    let reason = Unavailable::Refused;
    assert_eq!(shop.events(), [Event::Unavailable { reason }]);
}

#[test]
fn a_worker_that_shows_life_is_never_given_up_however_often_it_dies() {
    let mut shop = Workshop::new(1);
    let generation = shop.submit(1..=100, Priority::Background);
    for _ in 0..100 {
        shop.pool.fell(0, Fall::Crashed, shop.now_ms);
        shop.obey(true);
        if shop.at[0].is_some() {
            shop.answer(0);
        }
    }
    assert_eq!(shop.pool.unavailable(), None);
    let events = shop.events();
    assert_eq!(events.last(), Some(&Event::Finished { generation }));
    assert_eq!(events.len(), 101);
}

#[test]
fn a_job_that_kills_its_workers_is_lost_and_the_others_are_done() {
    let mut shop = Workshop::new(1);
    let generation = shop.submit(1..=2, Priority::Background);
    for _ in 0..JOB_ATTEMPTS {
        assert_eq!(shop.numbers(), [Some(1)]);
        shop.pool.fell(0, Fall::Crashed, 0.0);
        shop.obey(true);
    }
    shop.answer(0);
    let failure = JobFailure::Lost { attempts: JOB_ATTEMPTS };
    assert_eq!(
        shop.events(),
        [
            Event::Failed {
                generation,
                job: Number(1),
                failure
            },
            answered(generation, 2),
            Event::Finished { generation }
        ]
    );
}

#[test]
fn the_error_of_a_job_reaches_whoever_asked() {
    let mut shop = Workshop::new(1);
    let generation = shop.submit([1], Priority::Background);
    let id = shop.at[0].take().expect("it has a job").id;
    let result = Err("no convergence".to_owned());
    shop.pool.hear(0, Report::Done { id, result }, 0.0);
    let failed = Event::Failed {
        generation,
        job: Number(1),
        failure: JobFailure::Own("no convergence".to_owned()),
    };
    assert_eq!(shop.events(), [failed, Event::Finished { generation }]);
}

#[test]
fn a_worker_of_another_build_ends_it_at_once() {
    let mut shop = Workshop::new(2);
    shop.pool.submit(vec![Number(1), Number(2)], Priority::Background, 0.0);
    shop.obey(false);
    let build = "other".to_owned();
    shop.pool.hear(1, Report::Ready { build: build.clone() }, 0.0);
    shop.obey(false);
    assert_eq!(shop.stops, 2);
    let reason = Unavailable::OtherBuild { build };
    assert_eq!(shop.events(), [Event::Unavailable { reason }]);
}

#[test]
fn a_page_that_goes_and_comes_back_goes_on_where_it_was() {
    let mut shop = Workshop::new(2);
    let generation = shop.submit(1..=3, Priority::Background);
    shop.answer(0);
    shop.pool.suspend(shop.now_ms);
    shop.obey(true);
    assert_eq!(shop.stops, 2);
    shop.pass(10.0 * START_MS, false);
    assert!(!shop.pool.has_workers(), "no worker of a page that is gone");
    shop.pool.resume(shop.now_ms);
    shop.obey(true);
    shop.answer(0);
    shop.answer(1);
    assert_eq!(shop.events().last(), Some(&Event::Finished { generation }));
}

#[test]
fn nothing_to_do_is_done() {
    let mut shop = Workshop::new(1);
    let generation = shop.submit([], Priority::Background);
    assert_eq!(shop.events(), [Event::Finished { generation }]);
    assert_eq!(shop.starts, 0);
}

#[test]
fn who_has_cancelled_hears_no_complaint() {
    let mut shop = Workshop::new(1);
    shop.pool.submit(vec![Number(1)], Priority::Background, 0.0);
    shop.pool.next_order();
    shop.pool.cancel(Priority::Background, 0.0);
    shop.pool.fell(0, Fall::Refused, 0.0);
    assert_eq!(shop.events(), []);
    shop.submit([2], Priority::Background);
    assert_eq!(shop.numbers(), [Some(2)], "and it is tried again");
}
