//! The page's side of the workers: carries out what the pool orders and hands in what the workers say.

use super::dom::{Result, listen, report, window};
use crate::work::{Assignment, Event, Fall, Generation, Job, Order, Pool, Priority, Progress};
use js_sys::{Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{MessageEvent, Worker, WorkerOptions, WorkerType};

/// Most workers of the pool: more do not help work of a second or two.
const MOST_WORKERS: usize = 8;
/// Milliseconds between looks at the workers.
const TICK_MS: i32 = 500;

/// The one pool of the page. Workers are started with the first submission, kept as [`Pool`] says, and ended with the service
/// or when the page goes.
pub(super) struct WorkerService<J: Job> {
    shared: Shared<J>,
}

type Shared<J> = Rc<RefCell<Inner<J>>>;

struct Inner<J: Job> {
    pool: Pool<J>,
    /// The workers there are, by index.
    handles: Vec<Option<Handle>>,
    on_event: Rc<dyn Fn(Event<J>)>,
    /// Address of the page's own glue script.
    glue: String,
    ticking: Ticking,
    /// Passes news on from a task of its own: whoever submits may be holding what the listener needs.
    deliver: Option<Closure<dyn FnMut()>>,
}

/// A worker with what listens to it; dropping it ends both.
struct Handle {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(web_sys::Event)>,
}

impl Drop for Handle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// The timer that looks at the workers while there are any.
struct Ticking {
    look: Option<Closure<dyn FnMut()>>,
    timer: Option<i32>,
}

impl Ticking {
    /// Ticks, or does not.
    fn set(&mut self, is_wanted: bool) -> Result<()> {
        match (is_wanted, self.timer, &self.look) {
            (true, None, Some(look)) => {
                let look = look.as_ref().unchecked_ref();
                let timer = window()?.set_interval_with_callback_and_timeout_and_arguments_0(look, TICK_MS)?;
                self.timer = Some(timer);
            }
            (false, Some(timer), _) => {
                window()?.clear_interval_with_handle(timer);
                self.timer = None;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Drop for Ticking {
    fn drop(&mut self) {
        report(self.set(false));
    }
}

impl<J: Job> WorkerService<J> {
    /// A service for the page whose glue script has this address; `on_event` hears the news, never from within a call to the
    /// service. It starts no worker yet.
    pub(super) fn new(glue: String, on_event: impl Fn(Event<J>) + 'static) -> Result<Self> {
        let cores = window()?.navigator().hardware_concurrency() as usize;
        let pool = Pool::new(cores.clamp(1, MOST_WORKERS), build_of(&glue));
        let shared = Rc::new(RefCell::new(Inner {
            pool,
            handles: Vec::new(),
            on_event: Rc::new(on_event),
            glue,
            ticking: Ticking {
                look: None,
                timer: None,
            },
            deliver: None,
        }));
        let heard = Rc::downgrade(&shared);
        let look = Closure::<dyn FnMut()>::new(move || {
            if let Some(shared) = heard.upgrade() {
                report(act(&shared, Pool::tick));
            }
        });
        let heard = Rc::downgrade(&shared);
        let deliver = Closure::<dyn FnMut()>::new(move || {
            if let Some(shared) = heard.upgrade() {
                pass_on(&shared);
            }
        });
        {
            let mut inner = shared.borrow_mut();
            inner.ticking.look = Some(look);
            inner.deliver = Some(deliver);
        }
        // A page that goes may come back from the browser's memory: it goes on where it was.
        for (event, change) in [
            ("pagehide", Pool::suspend as fn(&mut Pool<J>, f64)),
            ("pageshow", Pool::resume),
        ] {
            let heard = Rc::downgrade(&shared);
            listen(window()?, event, move |_: web_sys::Event| {
                if let Some(shared) = heard.upgrade() {
                    report(act(&shared, change));
                }
            })?;
        }
        Ok(Self { shared })
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

/// Changes the pool at the present time, and does what it then orders.
fn act<J: Job, T>(shared: &Shared<J>, change: impl FnOnce(&mut Pool<J>, f64) -> T) -> Result<T> {
    let now_ms = now_ms()?;
    let value = change(&mut shared.borrow_mut().pool, now_ms);
    settle(shared, now_ms)?;
    Ok(value)
}

fn now_ms() -> Result<f64> {
    Ok(window()?.performance().ok_or("there is no performance clock")?.now())
}

/// What the address of a worker of this build ends with.
fn build_of(glue: &str) -> String {
    format!("?{}", glue.rsplit('/').next().unwrap_or_default())
}

/// Carries out all orders, and has the news passed on.
fn settle<J: Job>(shared: &Shared<J>, now_ms: f64) -> Result<()> {
    loop {
        let order = shared.borrow_mut().pool.next_order();
        let Some(order) = order else { break };
        carry_out(shared, order, now_ms);
    }
    let mut inner = shared.borrow_mut();
    let has_workers = inner.pool.has_workers();
    inner.ticking.set(has_workers)?;
    if let Some(deliver) = &inner.deliver {
        window()?.queue_microtask(deliver.as_ref().unchecked_ref());
    }
    Ok(())
}

fn carry_out<J: Job>(shared: &Shared<J>, order: Order<J>, now_ms: f64) {
    match order {
        Order::Start { worker } | Order::Restart { worker } => {
            let made = make(shared, worker);
            let mut inner = shared.borrow_mut();
            let Ok(handle) = made else {
                inner.put(worker, None);
                inner.pool.fell(worker, Fall::Refused, now_ms);
                return;
            };
            inner.put(worker, Some(handle));
        }
        Order::Send { worker, id, job } => {
            let mut inner = shared.borrow_mut();
            let handle = inner.handles.get(worker).and_then(Option::as_ref);
            let sent = handle.is_some_and(|handle| {
                let message = serde_wasm_bindgen::to_value(&Assignment { id, job });
                message.is_ok_and(|message| handle.worker.post_message(&message).is_ok())
            });
            if !sent {
                inner.pool.fell(worker, Fall::Crashed, now_ms);
            }
        }
        Order::Stop { worker } => shared.borrow_mut().put(worker, None),
    }
}

impl<J: Job> Inner<J> {
    /// Puts a worker, or none, in the place of another, which ends.
    fn put(&mut self, worker: usize, handle: Option<Handle>) {
        if self.handles.len() <= worker {
            self.handles.resize_with(worker + 1, || None);
        }
        if let Some(place) = self.handles.get_mut(worker) {
            *place = handle;
        }
    }
}

/// Makes a worker and hands it the page's module.
fn make<J: Job>(shared: &Shared<J>, worker: usize) -> Result<Handle> {
    let glue = shared.borrow().glue.clone();
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let handle = Worker::new_with_options(&format!("worker.js{}", build_of(&glue)), &options)?;
    let weak = Rc::downgrade(shared);
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(shared) = weak.upgrade() else { return };
        report(act(&shared, |pool, now_ms| {
            match serde_wasm_bindgen::from_value(event.data()) {
                Ok(said) => pool.hear(worker, said, now_ms),
                // Who speaks another language is of no use.
                Err(_) => pool.fell(worker, Fall::Crashed, now_ms),
            }
        }));
    });
    handle.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    let weak = Rc::downgrade(shared);
    let on_error = Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        // The pool deals with it; the console need not hear of it, too.
        event.prevent_default();
        if let Some(shared) = weak.upgrade() {
            report(act(&shared, |pool, now_ms| pool.fell(worker, Fall::Crashed, now_ms)));
        }
    });
    handle.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    let made = Handle {
        worker: handle,
        _on_message: on_message,
        _on_error: on_error,
    };
    let start = Object::new();
    Reflect::set(&start, &"glue".into(), &glue.into())?;
    Reflect::set(&start, &"module".into(), &wasm_bindgen::module())?;
    made.worker.post_message(&start)?;
    Ok(made)
}

/// Passes all news on.
fn pass_on<J: Job>(shared: &Shared<J>) {
    loop {
        let (event, on_event) = {
            let mut inner = shared.borrow_mut();
            (inner.pool.next_event(), Rc::clone(&inner.on_event))
        };
        let Some(event) = event else { break };
        on_event(event);
    }
}
