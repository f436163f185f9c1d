//! The page's side of the workers: starts, feeds, watches and ends them.

use super::dom::{self, Result, report, window};
use super::worker::{Assignment, Report};
use crate::analysis::jobs::{Order, Pool, Task};
use js_sys::{Array, Float64Array, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlLinkElement, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Most workers of the pool: more do not help work of a second or two.
const MOST_WORKERS: usize = 8;
/// Milliseconds between looks at silent workers.
const WATCH_MS: i32 = 500;

/// What happens while the workers work.
pub(super) enum News {
    /// Values of a task.
    Answer(Task, Vec<f64>),
    /// Pieces done, all pieces, milliseconds left.
    Progress(usize, usize, Option<f64>),
    /// All is done.
    Done,
    /// It cannot be done, and why.
    Failed(String),
}

/// What hears a worker's messages.
type Listener = Closure<dyn FnMut(MessageEvent)>;

/// One run of workers; dropping it ends them.
pub(super) struct Workers {
    pool: Pool,
    handles: Vec<Worker>,
    /// Listeners of the workers, kept alive as long as these.
    listeners: Vec<Listener>,
    watch: Option<(i32, Closure<dyn FnMut()>)>,
    listener: Rc<dyn Fn(News)>,
    glue: String,
    over: bool,
}

/// A run as its callbacks share it.
pub(super) type SharedWorkers = Rc<RefCell<Workers>>;

impl Drop for Workers {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a run over `tasks`; `listener` hears the news.
pub(super) fn run(root: &Element, tasks: Vec<Task>, listener: Rc<dyn Fn(News)>) -> Result<SharedWorkers> {
    let glue = dom::find::<HtmlLinkElement>(root, "link[rel='modulepreload']")?.href();
    let window = window()?;
    let cores = window.navigator().hardware_concurrency() as usize;
    let count = cores.clamp(1, MOST_WORKERS).min(tasks.len().max(1));
    let workers = Rc::new(RefCell::new(Workers {
        pool: Pool::new(tasks, count, now()?),
        handles: Vec::new(),
        listeners: Vec::new(),
        watch: None,
        listener,
        glue,
        over: false,
    }));
    for seat in 0..count {
        let (handle, listener) = hire(&workers, seat)?;
        let mut workers = workers.borrow_mut();
        workers.handles.push(handle);
        workers.listeners.push(listener);
    }
    let watched = Rc::downgrade(&workers);
    let look = Closure::<dyn FnMut()>::new(move || {
        if let Some(workers) = watched.upgrade() {
            let orders = now().map(|now| workers.borrow_mut().pool.watch(now));
            report(orders.and_then(|orders| carry_out(&workers, orders)));
        }
    });
    let timer =
        window.set_interval_with_callback_and_timeout_and_arguments_0(look.as_ref().unchecked_ref(), WATCH_MS)?;
    workers.borrow_mut().watch = Some((timer, look));
    Ok(workers)
}

fn now() -> Result<f64> {
    Ok(window()?.performance().ok_or("there is no performance clock")?.now())
}

impl Workers {
    /// Ends the workers; nothing is heard from them any more.
    pub(super) fn end(&mut self) {
        self.over = true;
        for handle in self.handles.drain(..) {
            handle.terminate();
        }
        if let (Some((timer, _)), Ok(window)) = (self.watch.take(), window()) {
            window.clear_interval_with_handle(timer);
        }
    }

    /// What the address of a worker of this build ends with.
    fn build(&self) -> String {
        format!("?{}", self.glue.rsplit('/').next().unwrap_or_default())
    }
}

/// Starts a worker for a seat and hands it the page's module.
fn hire(workers: &SharedWorkers, seat: usize) -> Result<(Worker, Listener)> {
    let (glue, build) = {
        let workers = workers.borrow();
        (workers.glue.clone(), workers.build())
    };
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    let worker = Worker::new_with_options(&format!("worker.js{build}"), &options)?;
    let heard = Rc::downgrade(workers);
    let listener = Listener::new(move |event: MessageEvent| {
        if let Some(workers) = heard.upgrade() {
            report(hear(&workers, seat, event.data()));
        }
    });
    worker.set_onmessage(Some(listener.as_ref().unchecked_ref()));
    let failed = Rc::downgrade(workers);
    let death = Closure::once_into_js(move |event: web_sys::Event| {
        // The pool deals with it; the console need not hear of it, too.
        event.prevent_default();
        if let Some(workers) = failed.upgrade() {
            let orders = now().map(|now| workers.borrow_mut().pool.died(seat, now));
            report(orders.and_then(|orders| carry_out(&workers, orders)));
        }
    });
    worker.set_onerror(Some(death.unchecked_ref()));
    let start = Object::new();
    Reflect::set(&start, &"glue".into(), &glue.into())?;
    Reflect::set(&start, &"module".into(), &wasm_bindgen::module())?;
    worker.post_message(&start)?;
    Ok((worker, listener))
}

/// Takes a worker's message.
fn hear(workers: &SharedWorkers, seat: usize, data: JsValue) -> Result<()> {
    let message: Array = data.dyn_into()?;
    let (orders, news) = {
        let mut workers = workers.borrow_mut();
        if workers.over {
            return Ok(());
        }
        match serde_wasm_bindgen::from_value(message.get(0))? {
            Report::Ready { build } if build == workers.build() => (workers.pool.ready(seat, now()?), None),
            Report::Ready { build } => {
                let text = format!("a worker is of another build ({build}): reload the page");
                (Vec::new(), Some(News::Failed(text)))
            }
            Report::Failed { error, .. } => (Vec::new(), Some(News::Failed(error))),
            Report::Answer { number } => {
                let values = message.get(1).dyn_into::<Float64Array>()?.to_vec();
                let (new, orders) = workers.pool.answered(seat, number, now()?);
                let task = workers.pool.task(number).filter(|_| new).cloned();
                (orders, task.map(|task| News::Answer(task, values)))
            }
        }
    };
    carry_out(workers, orders)?;
    if let Some(news) = news {
        tell(workers, news)?;
    }
    Ok(())
}

/// Passes news on, with the progress that they mean.
fn tell(workers: &SharedWorkers, news: News) -> Result<()> {
    let (listener, progress, done) = {
        let mut workers = workers.borrow_mut();
        if matches!(news, News::Failed(_)) {
            workers.end();
        }
        let (done, all) = workers.pool.progress();
        let left = workers.pool.left_ms(now()?);
        (
            Rc::clone(&workers.listener),
            News::Progress(done, all, left),
            workers.pool.is_done(),
        )
    };
    let failed = matches!(news, News::Failed(_));
    listener(news);
    if done {
        workers.borrow_mut().end();
        listener(News::Done);
    } else if !failed {
        listener(progress);
    }
    Ok(())
}

fn carry_out(workers: &SharedWorkers, orders: Vec<Order>) -> Result<()> {
    for order in orders {
        match order {
            Order::Send { seat, task: number } => {
                let workers = workers.borrow();
                if let (Some(handle), Some(task)) = (workers.handles.get(seat), workers.pool.task(number)) {
                    let task = task.clone();
                    handle.post_message(&serde_wasm_bindgen::to_value(&Assignment { number, task })?)?;
                }
            }
            Order::Restart { seat } => {
                let (handle, listener) = hire(workers, seat)?;
                let mut workers = workers.borrow_mut();
                if let Some(old) = workers.handles.get_mut(seat) {
                    std::mem::replace(old, handle).terminate();
                }
                if let Some(old) = workers.listeners.get_mut(seat) {
                    *old = listener;
                }
            }
            Order::GiveUp { started } => {
                let text = if started {
                    "the workers keep dying: this browser may be short of memory"
                } else {
                    "the workers could not be loaded: without a connection only the live curves can be computed"
                };
                tell(workers, News::Failed(text.to_owned()))?;
            }
        }
    }
    Ok(())
}
