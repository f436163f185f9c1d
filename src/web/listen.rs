//! The one way in: what is listened to, and what it means.

use super::crash::report;
use super::dom::Result;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{AddEventListenerOptions, Event, EventTarget};

/// A listener for as long as it is kept: dropped, it listens no more and its closure is freed.
pub(super) struct Listener {
    target: EventTarget,
    event: &'static str,
    handler: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Hears `event` at `target` until dropped. `passive` listeners cannot stop the browser from scrolling.
    ///
    /// Every kind of event comes as an [`Event`], so that there is one kind of closure and not one for each of them.
    pub(super) fn new(
        target: &EventTarget,
        event: &'static str,
        passive: bool,
        handler: Box<dyn FnMut(Event)>,
    ) -> Result<Self> {
        let handler = Closure::wrap(handler);
        let options = AddEventListenerOptions::new();
        options.set_passive(passive);
        target.add_event_listener_with_callback_and_add_event_listener_options(
            event,
            handler.as_ref().unchecked_ref(),
            &options,
        )?;
        Ok(Self {
            target: target.clone(),
            event,
            handler,
        })
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let handler = self.handler.as_ref().unchecked_ref();
        report(self.target.remove_event_listener_with_callback(self.event, handler));
    }
}
