//! The page's side of the workers: carries out what the pool orders and hands in what the workers say.

use super::crash::report;
use super::dom::{Result, window};
use super::listen::Listener;
use super::message;
use super::worker_handle::{Timer, WorkerHandle, build_of};
use crate::work::{Assignment, Event, Fall, Generation, Job, Order, Pool, Priority, Progress, Report};
use std::cell::RefCell;
use std::rc::{Rc, Weak};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

/// Most workers of the pool: more do not help work of a second or two.
const MOST_WORKERS: usize = 8;
/// What `www/worker.js` says when the program could not be loaded.
const NOT_LOADED: &str = "NotLoaded";
/// Milliseconds between looks at the workers.
const TICK_MS: i32 = 500;

/// The one pool of the page. Workers are started with the first submission, kept as [`Pool`] says, and ended with the service
/// or when the page goes.
pub(super) struct WorkerService<J: Job> {
    shared: Shared<J>,
    /// A page that goes may come back from the browser's memory: it goes on where it was.
    _leaving: [Listener; 2],
}

type Shared<J> = Rc<RefCell<Inner<J>>>;

struct Inner<J: Job> {
    pool: Pool<J>,
    /// The workers there are, by index.
    handles: Vec<Option<WorkerHandle>>,
    /// Address of the page's own glue script.
    glue: String,
    /// Looks at the workers while there are any.
    timer: Timer,
    /// Passes news on from a task of its own: whoever submits may be holding what the listener needs.
    pass_on: Closure<dyn FnMut()>,
}

impl<J: Job> WorkerService<J> {
    /// A service for the page whose glue script has this address; `on_event` hears the news, never from within a call to the
    /// service. It starts no worker yet.
    pub(super) fn new(glue: String, on_event: impl Fn(Event<J>) + 'static) -> Result<Self> {
        let cores = window()?.navigator().hardware_concurrency() as usize;
        let pool = Pool::new(cores.clamp(1, MOST_WORKERS), build_of(&glue));
        let shared = Rc::new_cyclic(|weak: &Weak<RefCell<Inner<J>>>| {
            let heard = weak.clone();
            RefCell::new(Inner {
                pool,
                handles: Vec::new(),
                glue,
                timer: Timer::new(TICK_MS, later(weak, Pool::tick)),
                pass_on: Closure::new(move || pass_on(&heard, &on_event)),
            })
        });
        let weak = Rc::downgrade(&shared);
        let (mut leave, mut come_back) = (later(&weak, Pool::suspend), later(&weak, Pool::resume));
        let window = window()?;
        let leaving = [
            Listener::new(&window, "pagehide", true, Box::new(move |_: web_sys::Event| leave()))?,
            Listener::new(
                &window,
                "pageshow",
                true,
                Box::new(move |_: web_sys::Event| come_back()),
            )?,
        ];
        Ok(Self {
            shared,
            _leaving: leaving,
        })
    }

    /// Takes jobs; those that were submitted before with the same priority are void.
    pub(super) fn submit(&self, jobs: Vec<J>, priority: Priority) -> Result<Generation> {
        act(&self.shared, |pool, now_ms| pool.submit(jobs, priority, now_ms))
    }

    /// Makes what was submitted with a priority void.
    pub(super) fn cancel(&self, priority: Priority) -> Result<()> {
        act(&self.shared, |pool, now_ms| pool.cancel(priority, now_ms))
    }

    /// How far a submission is; `None` if it is void.
    pub(super) fn progress(&self, generation: Generation) -> Option<Progress> {
        self.shared.borrow().pool.progress(generation, now_ms().ok()?)
    }
}

fn now_ms() -> Result<f64> {
    Ok(window()?.performance().ok_or("there is no performance clock")?.now())
}

/// Changes the pool at the present time, and does what it then orders.
fn act<J: Job, T>(shared: &Shared<J>, change: impl FnOnce(&mut Pool<J>, f64) -> T) -> Result<T> {
    let now_ms = now_ms()?;
    let value = change(&mut shared.borrow_mut().pool, now_ms);
    loop {
        let order = shared.borrow_mut().pool.next_order();
        let Some(order) = order else { break };
        carry_out(shared, order, now_ms);
    }
    let inner = &mut *shared.borrow_mut();
    inner.timer.set(inner.pool.has_workers())?;
    window()?.queue_microtask(inner.pass_on.as_ref().unchecked_ref());
    Ok(value)
}

/// The same, later and as long as the service is there.
fn later<J: Job>(weak: &Weak<RefCell<Inner<J>>>, change: fn(&mut Pool<J>, f64)) -> impl FnMut() + use<J> {
    let weak = weak.clone();
    move || {
        if let Some(shared) = weak.upgrade() {
            report(act(&shared, change));
        }
    }
}

fn carry_out<J: Job>(shared: &Shared<J>, order: Order<J>, now_ms: f64) {
    let inner = &mut *shared.borrow_mut();
    match order {
        Order::Start { worker } | Order::Restart { worker } => {
            // First the old one ends: never more workers than asked for.
            inner.put(worker, None);
            let made = make(shared, &inner.glue, worker);
            if made.is_err() {
                inner.pool.fell(worker, Fall::Refused, now_ms);
            }
            inner.put(worker, made.ok());
        }
        Order::Send { worker, id, job } => {
            let handle = inner.handles.get(worker).and_then(Option::as_ref);
            let sent = handle.is_some_and(|handle| {
                let message = message::pack(&Assignment { id, job });
                message.is_ok_and(|message| handle.send(&message).is_ok())
            });
            if !sent {
                inner.pool.fell(worker, Fall::Crashed, now_ms);
            }
        }
        Order::Stop { worker } => inner.put(worker, None),
    }
}

impl<J: Job> Inner<J> {
    /// Puts a worker, or none, in the place of another, which ends.
    fn put(&mut self, worker: usize, handle: Option<WorkerHandle>) {
        if self.handles.len() <= worker {
            self.handles.resize_with(worker + 1, || None);
        }
        if let Some(place) = self.handles.get_mut(worker) {
            *place = handle;
        }
    }
}

fn make<J: Job>(shared: &Shared<J>, glue: &str, worker: usize) -> Result<WorkerHandle> {
    let weak = Rc::downgrade(shared);
    let hear = move |message: JsValue| {
        let Some(shared) = weak.upgrade() else { return };
        // A program that could not be loaded cannot pack its words: its start script says the bare one.
        let said = match message.as_string() {
            Some(word) if word == NOT_LOADED => Ok(Report::NotLoaded),
            _ => message::unpack(message),
        };
        report(act(&shared, |pool, now_ms| {
            match said {
                Ok(said) => pool.hear(worker, said, now_ms),
                // Who speaks another language is of no use.
                Err(_) => pool.fell(worker, Fall::Crashed, now_ms),
            }
        }));
    };
    let weak = Rc::downgrade(shared);
    let fall = move || {
        if let Some(shared) = weak.upgrade() {
            report(act(&shared, |pool, now_ms| pool.fell(worker, Fall::Crashed, now_ms)));
        }
    };
    WorkerHandle::new(glue, hear, fall)
}

/// Passes all news on.
fn pass_on<J: Job>(weak: &Weak<RefCell<Inner<J>>>, on_event: &impl Fn(Event<J>)) {
    while let Some(shared) = weak.upgrade() {
        let event = shared.borrow_mut().pool.next_event();
        let Some(event) = event else { break };
        on_event(event);
    }
}
