//! One worker as the browser has it, and the timer that looks after all of them.

use super::crash::report;
use super::dom::{Result, window};
use js_sys::{Object, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Event, MessageEvent, Worker, WorkerOptions, WorkerType};

/// A worker with what listens to it; dropping it ends both.
pub(super) struct WorkerHandle {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl WorkerHandle {
    /// Makes a worker and hands it the page's module. `glue` is the address of the page's glue script.
    pub(super) fn new(
        glue: &str,
        mut on_message: impl FnMut(JsValue) + 'static,
        mut on_error: impl FnMut() + 'static,
    ) -> Result<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let build = build_of(glue);
        options.set_name(&build);
        let worker = Worker::new_with_options(&format!("worker.js{build}"), &options)?;
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| on_message(event.data()));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            // The pool deals with it; the console need not hear of it, too.
            event.prevent_default();
            on_error();
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let handle = Self {
            worker,
            _on_message: on_message,
            _on_error: on_error,
        };
        let start = Object::new();
        Reflect::set(&start, &"glue".into(), &glue.into())?;
        Reflect::set(&start, &"module".into(), &wasm_bindgen::module())?;
        handle.send(&start)?;
        Ok(handle)
    }

    /// Sends it a message.
    pub(super) fn send(&self, message: &JsValue) -> Result<()> {
        self.worker.post_message(message)
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

/// What the address of a worker of this build ends with, and how it is called.
pub(super) fn build_of(glue: &str) -> String {
    format!("?{}", glue.rsplit('/').next().unwrap_or_default())
}

/// A timer that ticks or does not.
pub(super) struct Timer {
    every_ms: i32,
    tick: Closure<dyn FnMut()>,
    running: Option<i32>,
}

impl Timer {
    /// A timer that does not tick yet.
    pub(super) fn new(every_ms: i32, tick: impl FnMut() + 'static) -> Self {
        Self {
            every_ms,
            tick: Closure::new(tick),
            running: None,
        }
    }

    /// Ticks, or does not.
    pub(super) fn set(&mut self, is_wanted: bool) -> Result<()> {
        match (is_wanted, self.running) {
            (true, None) => {
                let tick = self.tick.as_ref().unchecked_ref();
                let timer = window()?.set_interval_with_callback_and_timeout_and_arguments_0(tick, self.every_ms)?;
                self.running = Some(timer);
            }
            (false, Some(timer)) => {
                window()?.clear_interval_with_handle(timer);
                self.running = None;
            }
            _ => {}
        }
        Ok(())
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        report(self.set(false));
    }
}
