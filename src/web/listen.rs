//! The one way in: what is listened to, and what it means.

use super::crash::report;
use super::dom::Result;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::convert::FromWasmAbi;
use web_sys::{AddEventListenerOptions, EventTarget};

/// Takes the listener away from a target and an event; owns the closure.
type Stop = Box<dyn Fn(&EventTarget, &str)>;

/// A listener for as long as it is kept: dropped, it listens no more and its closure is freed.
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    stop: Stop,
}

impl Listener {
    /// Hears `event` at `target` until dropped. `passive` listeners cannot stop the browser from scrolling.
    pub(super) fn new<E: FromWasmAbi + 'static>(
        target: &EventTarget,
        event: &'static str,
        passive: bool,
        handler: impl FnMut(E) + 'static,
    ) -> Result<Self> {
        let closure = Closure::<dyn FnMut(E)>::new(handler);
        let options = AddEventListenerOptions::new();
        options.set_passive(passive);
        target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            closure.as_ref().unchecked_ref(),
            &options,
        )?;
        let stop = move |target: &EventTarget, event: &str| {
            report(target.remove_event_listener_with_callback(event, closure.as_ref().unchecked_ref()));
        };
        Ok(Self {
            target: target.clone(),
            event,
            stop: Box::new(stop),
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        (self.stop)(&self.target, self.event);
    }
}
