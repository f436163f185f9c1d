//! "Compute precisely": the button, the bar, and what comes back.

use super::dom::{Result, document, find, from_core, report, set_text};
use super::workers::WorkerService;
use crate::analysis::jobs::{Job, curve_jobs, map_jobs};
use crate::analysis::precise::Precise;
use crate::experiment::ExperimentId;
use crate::page::state::State;
use crate::page::work::PreciseWork;
use crate::page::workbench::Workbench;
use crate::work::{Event, Generation, JobFailure, Priority};
use crate::{Choice, Error};
use web_sys::{Element, HtmlElement, HtmlProgressElement};

/// The precise computation on the page.
pub(super) struct Work {
    button: HtmlElement,
    cancel: HtmlElement,
    bar: HtmlProgressElement,
    status: Element,
    pub(super) service: Option<WorkerService<Job>>,
    work: PreciseWork,
    generation: Option<Generation>,
    /// The first failure of the present run.
    failure: Option<JobFailure<Error>>,
    /// What the document shows.
    shown: Option<(PreciseWork, bool)>,
}

impl Work {
    /// Finds its place in the document.
    pub(super) fn new(root: &Element) -> Result<Self> {
        Ok(Self {
            button: find(root, "[data-precise]")?,
            cancel: find(root, "[data-cancel]")?,
            bar: find(root, "[data-progress]")?,
            status: find(root, "[data-work-status]")?,
            service: None,
            work: PreciseWork::Rest,
            generation: None,
            failure: None,
            shown: None,
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

    /// Whether it is going on.
    pub(super) fn is_running(&self) -> bool {
        self.work.is_running()
    }

    /// Starts over: what was going on is void.
    pub(super) fn start(&mut self, workbench: &mut Workbench, state: &State) -> Result<()> {
        let mut jobs = Vec::new();
        for &experiment in ExperimentId::ALL {
            let analysis = workbench.analysis(experiment, state.settings).map_err(from_core)?;
            jobs.extend(curve_jobs(analysis, state.level, state.dof));
            if experiment == state.experiment {
                jobs.extend(map_jobs(analysis, state.benchmark.flavor));
            }
        }
        if let Some(service) = &self.service {
            self.failure = None;
            self.work = PreciseWork::Running(None);
            self.generation = Some(service.submit(jobs, Priority::Background)?);
        }
        Ok(())
    }

    /// Ends what is going on.
    pub(super) fn cancel(&mut self) -> Result<()> {
        self.work = PreciseWork::Cancelled;
        self.generation = None;
        match &self.service {
            Some(service) => service.cancel(Priority::Background),
            None => Ok(()),
        }
    }

    /// Takes the news of the workers.
    pub(super) fn hear(&mut self, event: Event<Job>, precise: &mut Precise) {
        match event {
            Event::Answered { job, answer, .. } => precise.accept(&job, &answer),
            Event::Failed { failure, .. } => self.failure = self.failure.take().or(Some(failure)),
            Event::Finished { .. } => {
                precise.drop_incomplete();
                self.work = self.failure.take().map_or(PreciseWork::Rest, PreciseWork::Failed);
            }
            Event::Unavailable { reason } => {
                precise.drop_incomplete();
                self.work = PreciseWork::Unavailable(reason);
            }
        }
        if let (PreciseWork::Running(progress), Some(service), Some(generation)) =
            (&mut self.work, &self.service, self.generation)
        {
            *progress = service.progress(generation);
        }
    }

    /// Shows how far it is; `is_drawn` tells whether the plane shows precise curves at the present settings.
    pub(super) fn show(&mut self, is_drawn: bool) {
        let shown = Some((self.work.clone(), is_drawn));
        if self.shown == shown {
            return;
        }
        self.shown = shown;
        self.bar.set_value(self.work.share());
        self.show_running(self.work.is_running());
        set_text(&self.status, &self.work.status(is_drawn));
    }

    fn show_running(&self, running: bool) {
        // A hidden button cannot keep the focus: it goes to the one beside it.
        let cancel: &Element = self.cancel.as_ref();
        let focused = document().ok().and_then(|document| document.active_element());
        if !running && focused.is_some_and(|focused| focused.is_same_node(Some(cancel))) {
            report(self.button.focus());
        }
        self.cancel.set_hidden(!running);
        let bar: &HtmlElement = self.bar.as_ref();
        bar.set_hidden(!running);
    }
}
