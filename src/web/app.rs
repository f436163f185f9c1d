//! The page at work: events change the state, the state is shown once per frame.

use super::controls::Controls;
use super::dom::{self, Result, document, find, from_core, report, window};
use super::figure::Figure;
use super::plane::Plane;
use super::timing::Stopwatch;
use super::work::Work;
use super::{address, events, panels};
use crate::chart::{Theme, ThemeName};
use crate::experiment::{Detector, ExperimentId};
use crate::page::state::{State, ThemeChoice};
use crate::page::workbench::Workbench;
use crate::physics::detector::Quenching;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::Element;

/// Milliseconds of rest after which address and tables follow.
const REST_MS: i32 = 250;

/// State, computation and document of the page.
pub(super) struct App {
    pub(super) root: Element,
    pub(super) state: State,
    pub(super) workbench: Workbench,
    pub(super) controls: Controls,
    pub(super) spectrum: Figure,
    pub(super) plane: Plane,
    pub(super) work: Work,
    /// Whether the state has changed since the spectrum was drawn.
    pub(super) changed: bool,
    /// Whether the point of the plane is being dragged.
    pub(super) dragging: bool,
    pub(super) stopwatch: Stopwatch,
    /// The experiment whose inputs and controls are shown.
    pub(super) followed: Option<(ExperimentId, Quenching, f64)>,
    pub(super) frame_asked: bool,
    pub(super) rest_timer: Option<i32>,
}

/// The page as event handlers share it.
pub(super) type Shared = Rc<RefCell<App>>;

/// Reads the address, draws the first charts and starts listening.
pub(super) fn start() -> Result<()> {
    let root = dom::root()?;
    let (state, problems) = address::read()?;
    panels::show_problems(&root, &problems)?;
    let app = App {
        controls: Controls::new(root.clone())?,
        spectrum: Figure::new(&root, "spectrum")?,
        plane: Plane::new(root.clone())?,
        work: Work::new(&root)?,
        changed: true,
        dragging: false,
        stopwatch: Stopwatch::new()?,
        workbench: Workbench::default(),
        followed: None,
        frame_asked: false,
        rest_timer: None,
        state,
        root,
    };
    let shared = Rc::new(RefCell::new(app));
    {
        let mut app = shared.borrow_mut();
        app.controls.show(&app.state, None)?;
        while app.redraw()? {}
        app.rest()?;
    }
    events::listen_to_all(&shared)?;
    let root = dom::root()?;
    root.set_attribute("data-ready", "")?;
    super::bench::run_if_asked(&root)
}

impl App {
    fn theme(&self) -> Result<Theme> {
        let name = match self.state.theme {
            ThemeChoice::Light => ThemeName::Light,
            ThemeChoice::Dark => ThemeName::Dark,
            ThemeChoice::Projector => ThemeName::Projector,
            ThemeChoice::Auto => {
                let dark = window()?
                    .match_media("(prefers-color-scheme: dark)")?
                    .is_some_and(|query| query.matches());
                if dark { ThemeName::Dark } else { ThemeName::Light }
            }
        };
        self.root.set_attribute("data-theme", crate::Choice::name(name))?;
        Ok(Theme::new(name))
    }

    /// Computes and draws the present state; returns whether curves of the plane are still to come.
    fn redraw(&mut self) -> Result<bool> {
        self.stopwatch.start()?;
        let start_ms = self.stopwatch.now();
        let changed = std::mem::take(&mut self.changed);
        let shown = if changed {
            Some(self.workbench.show(&self.state).map_err(from_core)?)
        } else {
            None
        };
        let stopwatch = &self.stopwatch;
        let more = self
            .plane
            .compute(&mut self.workbench, &self.state, start_ms, || stopwatch.now())?;
        self.stopwatch.computed()?;
        self.work.show(self.plane.is_precise());
        let theme = self.theme()?;
        if let Some(shown) = shown {
            panels::show(&self.root, &shown)?;
            self.spectrum.widen(&shown.chart)?;
            self.spectrum.draw(shown.chart, &theme)?;
            self.plane.judge(&mut self.workbench, &self.state)?;
            self.plane.list(&mut self.workbench, &self.state)?;
        }
        self.plane.draw(&self.state, &theme)?;
        self.stopwatch.drawn()?;
        self.follow_experiment()?;
        Ok(more)
    }

    /// Lets the page follow the choice of experiment: its controls, its inputs.
    fn follow_experiment(&mut self) -> Result<()> {
        let settings = self.state.settings;
        let shown = (self.state.experiment, settings.detector.quenching, settings.flux);
        if self.followed == Some(shown) {
            return Ok(());
        }
        let experiment = self.workbench.experiment(&self.state).map_err(from_core)?;
        let flavors: Vec<_> = experiment.flavors().collect();
        let flux = experiment.inputs().number("flux").map_or_else(
            |_| String::new(),
            |flux| format!("{} /cm²/s", crate::chart::scientific(flux * settings.flux, 3)),
        );
        let ionisation = experiment.detector() == Detector::Ionisation;
        if self.followed.is_none_or(|(id, ..)| id != self.state.experiment) {
            let assumptions = experiment.assumptions().map_err(from_core)?;
            panels::show_assumptions(&self.root, &assumptions)?;
            let stand_in = if experiment.notes().map_err(from_core)?.is_empty() {
                ""
            } else {
                " (surrogate efficiency)"
            };
            let caption = format!("{}{stand_in}", experiment.name());
            dom::set_text(
                &find::<Element>(&self.root, "[data-chart='spectrum'] [data-caption]")?,
                &caption,
            );
        }
        self.followed = Some(shown);
        let lindhard = settings.detector.quenching == Quenching::Lindhard;
        self.controls.follow(ionisation, lindhard, &flavors, &flux)
    }

    /// What may wait until the hand rests: address and tables.
    fn rest(&mut self) -> Result<()> {
        self.rest_timer = None;
        self.spectrum.write_table()?;
        self.plane.figure.write_table()?;
        address::write(&self.state)
    }
}

/// Redraws everything with the next frame, however many events come before it.
pub(super) fn ask_frame(shared: &Shared) -> Result<()> {
    shared.borrow_mut().changed = true;
    ask_rest(shared)?;
    ask_drawing(shared)
}

/// Goes on with the next frame: with all that has changed, or with the curves of the plane alone.
pub(super) fn ask_drawing(shared: &Shared) -> Result<()> {
    if std::mem::replace(&mut shared.borrow_mut().frame_asked, true) {
        return Ok(());
    }
    let at_frame = Rc::clone(shared);
    let draw = Closure::once_into_js(move || {
        let drawn = {
            let mut app = at_frame.borrow_mut();
            app.frame_asked = false;
            app.redraw()
        };
        report(drawn.and_then(|more| if more { ask_drawing(&at_frame) } else { Ok(()) }));
    });
    window()?.request_animation_frame(draw.unchecked_ref())?;
    Ok(())
}

fn ask_rest(shared: &Shared) -> Result<()> {
    let window = window()?;
    if let Some(timer) = shared.borrow_mut().rest_timer.take() {
        window.clear_timeout_with_handle(timer);
    }
    let at_rest = Rc::clone(shared);
    let rest = Closure::once_into_js(move || report(at_rest.borrow_mut().rest()));
    let timer = window.set_timeout_with_callback_and_timeout_and_arguments_0(rest.unchecked_ref(), REST_MS)?;
    shared.borrow_mut().rest_timer = Some(timer);
    Ok(())
}

/// The state has changed: show it in the controls and ask for a frame.
pub(super) fn changed(shared: &Shared) -> Result<()> {
    let focus = document()?.active_element();
    {
        let app = shared.borrow();
        app.controls.show(&app.state, focus.as_ref())?;
    }
    ask_frame(shared)
}
