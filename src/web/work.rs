//! "Compute precisely": the button, the bar, and what comes back.

use super::dom::{Result, find, from_core, set_text};
use super::workers::{News, SharedWorkers, run};
use crate::analysis::jobs::Task;
use crate::chart::decimal;
use crate::page::state::State;
use crate::page::workbench::Workbench;
use std::rc::Rc;
use web_sys::{Element, HtmlElement, HtmlProgressElement};

/// The precise computation on the page.
pub(super) struct Work {
    root: Element,
    button: HtmlElement,
    cancel: HtmlElement,
    bar: HtmlProgressElement,
    status: Element,
    workers: Option<SharedWorkers>,
}

impl Work {
    /// Finds its place in the document.
    pub(super) fn new(root: Element) -> Result<Self> {
        Ok(Self {
            button: find(&root, "[data-precise]")?,
            cancel: find(&root, "[data-cancel]")?,
            bar: find(&root, "[data-progress]")?,
            status: find(&root, "[data-work-status]")?,
            workers: None,
            root,
        })
    }

    /// The button that starts it.
    pub(super) fn button(&self) -> &HtmlElement {
        &self.button
    }

    /// The button that ends it.
    pub(super) fn cancel_button(&self) -> &HtmlElement {
        &self.cancel
    }

    /// Starts over: what was running is ended.
    pub(super) fn start(&mut self, workbench: &mut Workbench, state: &State, listener: Rc<dyn Fn(News)>) -> Result<()> {
        self.stop();
        let map = (state.experiment, state.benchmark.flavor);
        let tasks = Task::all(workbench, state.settings, (state.level, state.dof), map).map_err(from_core)?;
        self.bar.set_value(0.0);
        self.show_running(true);
        set_text(&self.status, "starting");
        self.workers = Some(run(&self.root, tasks, listener)?);
        Ok(())
    }

    /// Ends what is running.
    pub(super) fn cancel(&mut self) {
        self.stop();
        self.show_running(false);
        set_text(&self.status, "cancelled");
    }

    /// Shows how far it is.
    pub(super) fn hear(&mut self, news: &News) {
        match news {
            News::Answer(..) => {}
            News::Progress(done, all, left_ms) => {
                self.bar.set_value(*done as f64 / (*all).max(1) as f64);
                let left = left_ms.map_or(String::new(), |left| format!(", {} s left", decimal(left / 1e3, 1)));
                set_text(&self.status, &format!("{done} of {all}{left}"));
            }
            News::Done => {
                self.show_running(false);
                set_text(&self.status, "curves on 200 masses are drawn");
                self.stop();
            }
            News::Failed(why) => {
                self.show_running(false);
                set_text(&self.status, why);
                self.stop();
            }
        }
    }

    fn stop(&mut self) {
        if let Some(workers) = self.workers.take() {
            // From within their own news the workers are in use and have ended themselves.
            if let Ok(mut workers) = workers.try_borrow_mut() {
                workers.end();
            }
        }
    }

    fn show_running(&self, running: bool) {
        // A hidden button cannot keep the focus: it goes to the one beside it.
        let cancel: &Element = self.cancel.as_ref();
        let focused = super::dom::document()
            .ok()
            .and_then(|document| document.active_element());
        if !running && focused.is_some_and(|focused| focused.is_same_node(Some(cancel))) {
            super::dom::report(self.button.focus());
        }
        self.cancel.set_hidden(!running);
        let bar: &HtmlElement = self.bar.as_ref();
        bar.set_hidden(!running);
    }
}
