//! The whole page without a browser: what a visitor does, and what he then sees.

mod argon;
#[path = "../common/dice.rs"]
mod dice;
mod hand;
mod monkey;
mod own;
mod parts;
mod past;
mod pins;
mod pointing;
mod reactor;
mod runs;
mod sayings;
mod today;
mod ways;
mod what_if;

use dipole_portal::analysis::jobs::{Job, JobStore};
use dipole_portal::page::action::{Action, WorkOrder};
use dipole_portal::page::session::Session;
use dipole_portal::work::{Event, Generation, Job as _, Pool, Priority};

/// What stands beside the spectrum at an address under a key.
fn fact(address: &str, key: &str) -> Option<String> {
    let view = settled(address).view();
    let fact = view.spectrum.content.facts.iter().find(|fact| fact.key == key);
    fact.map(|fact| fact.text.clone())
}

/// A session at an address, with everything computed.
fn settled(address: &str) -> Session {
    let mut session = Session::built_in(address).expect("sound tables");
    settle(&mut session);
    session
}

/// Ticks until nothing is left to do, on a clock that stands still.
fn settle(session: &mut Session) {
    while session.tick(&mut || 0.0) {}
}

fn choose(key: &str, option: &str) -> Action {
    Action::Choose {
        key: key.to_owned(),
        option: option.to_owned(),
    }
}

fn typed(key: &str, text: &str) -> Action {
    Action::Type {
        key: key.to_owned(),
        text: text.to_owned(),
    }
}

/// The workers of a page, run here as they run there.
#[derive(Default)]
struct Worker {
    store: JobStore,
    jobs: Vec<Job>,
    generation: Option<Generation>,
}

impl Worker {
    fn take(&mut self, order: WorkOrder) {
        (self.jobs, self.generation) = match order {
            WorkOrder::Start(jobs, _) => {
                let mut pool = Pool::new(1, "test");
                let generation = pool.submit(jobs.clone(), Priority::Background, 0.0);
                (jobs, Some(generation))
            }
            WorkOrder::Stop => (Vec::new(), None),
        };
    }

    fn left(&self) -> usize {
        self.jobs.len()
    }

    /// Does so many of the jobs that are left and tells the page, also that it is done with all of them.
    fn work(&mut self, session: &mut Session, count: usize) {
        let Some(generation) = self.generation else { return };
        for job in self.jobs.drain(..count.min(self.jobs.len())) {
            let answer = job.run(&mut self.store, &mut || {}).expect("the fits converge");
            let answered = Event::Answered {
                generation,
                job,
                answer,
            };
            session.apply(Action::Work(Box::new(answered), None));
        }
        if self.jobs.is_empty() {
            self.generation = None;
            session.apply(Action::Work(Box::new(Event::Finished { generation }), None));
        }
    }
}
