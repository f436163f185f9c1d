//! The page at work: events change the state, the state is shown once per frame.

use super::controls::Controls;
use super::dom::{self, Result, document, find, from_core, listen, report, window};
use super::figure::Figure;
use super::timing::Stopwatch;
use super::{address, panels};
use crate::chart::{Theme, ThemeName};
use crate::detector::Quenching;
use crate::experiment::{Detector, ExperimentId};
use crate::state::{State, ThemeChoice};
use crate::workbench::Workbench;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent, ResizeObserver};

/// Milliseconds of rest after which address and tables follow.
const REST_MS: i32 = 250;

/// State, computation and document of the page.
struct App {
    root: Element,
    state: State,
    workbench: Workbench,
    controls: Controls,
    spectrum: Figure,
    stopwatch: Stopwatch,
    /// The experiment whose inputs and controls are shown.
    followed: Option<(ExperimentId, Quenching, f64)>,
    frame_asked: bool,
    rest_timer: Option<i32>,
}

/// The page as event handlers share it.
type Shared = Rc<RefCell<App>>;

/// Reads the address, draws the first charts and starts listening.
pub(super) fn start() -> Result<()> {
    let root = dom::root()?;
    let (state, problems) = address::read()?;
    panels::show_problems(&root, &problems)?;
    let app = App {
        controls: Controls::new(root.clone())?,
        spectrum: Figure::new(&root, "spectrum")?,
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
        app.redraw()?;
        app.rest()?;
    }
    listen_to_controls(&shared)?;
    listen_to_chart(&shared)?;
    listen_to_surroundings(&shared)?;
    dom::root()?.set_attribute("data-ready", "")
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

    /// Computes and draws the present state.
    fn redraw(&mut self) -> Result<()> {
        self.stopwatch.start()?;
        let shown = self.workbench.show(&self.state).map_err(from_core)?;
        self.stopwatch.computed()?;
        let theme = self.theme()?;
        panels::show(&self.root, &shown)?;
        self.spectrum.draw(shown.chart, &theme)?;
        self.stopwatch.drawn()?;
        self.follow_experiment()
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
            panels::show_assumptions(&self.root, experiment.inputs().rows())?;
            let caption = experiment.inputs().text("name").unwrap_or_default();
            dom::set_text(
                &find::<Element>(&self.root, "[data-chart='spectrum'] [data-caption]")?,
                caption,
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
        address::write(&self.state)
    }
}

/// Redraws with the next frame, however many events come before it.
fn ask_frame(shared: &Shared) -> Result<()> {
    if std::mem::replace(&mut shared.borrow_mut().frame_asked, true) {
        return Ok(());
    }
    let at_frame = Rc::clone(shared);
    let draw = Closure::once_into_js(move || {
        let mut app = at_frame.borrow_mut();
        app.frame_asked = false;
        report(app.redraw());
    });
    window()?.request_animation_frame(draw.unchecked_ref())?;
    ask_rest(shared)
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
fn changed(shared: &Shared) -> Result<()> {
    let focus = document()?.active_element();
    {
        let app = shared.borrow();
        app.controls.show(&app.state, focus.as_ref())?;
    }
    ask_frame(shared)
}

fn listen_to_controls(shared: &Shared) -> Result<()> {
    let app = Rc::clone(shared);
    listen(document()?, "input", move |event: Event| {
        let taken = {
            let app = &mut *app.borrow_mut();
            app.controls.take(event.target(), &mut app.state)
        };
        report(taken.and_then(|taken| if taken { changed(&app) } else { Ok(()) }));
    })?;
    // Leaving a box shows the value that counts, also after a wrong one.
    let app = Rc::clone(shared);
    listen(document()?, "change", move |_: Event| {
        let app = app.borrow();
        report(app.controls.show(&app.state, None));
    })?;
    let app = Rc::clone(shared);
    listen(document()?, "keydown", move |event: KeyboardEvent| {
        report(step_number(&app, &event));
    })
}

/// Arrow keys in a number box move its slider: a step, or ten with shift.
fn step_number(shared: &Shared, event: &KeyboardEvent) -> Result<()> {
    let Some(input) = event
        .target()
        .and_then(|target| target.dyn_into::<HtmlInputElement>().ok())
    else {
        return Ok(());
    };
    let direction = match event.key().as_str() {
        "ArrowUp" => 1.0,
        "ArrowDown" => -1.0,
        _ => return Ok(()),
    };
    if input.type_() != "text" {
        return Ok(());
    }
    let steps = direction * if event.shift_key() { 10.0 } else { 1.0 };
    let stepped = {
        let app = &mut *shared.borrow_mut();
        app.controls.step(&input.name(), steps, &mut app.state)?
    };
    if stepped {
        event.prevent_default();
        let app = shared.borrow();
        app.controls.show(&app.state, None)?;
    }
    if stepped { ask_frame(shared) } else { Ok(()) }
}

fn listen_to_chart(shared: &Shared) -> Result<()> {
    let canvas = shared.borrow().spectrum.canvas().clone();
    let app = Rc::clone(shared);
    listen(&canvas, "pointermove", move |event: PointerEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        report(app.borrow_mut().spectrum.point_at(x, y));
    })?;
    for event in ["pointerleave", "blur"] {
        let app = Rc::clone(shared);
        listen(&canvas, event, move |_: Event| {
            report(app.borrow_mut().spectrum.leave())
        })?;
    }
    let app = Rc::clone(shared);
    listen(&canvas, "keydown", move |event: KeyboardEvent| {
        let far = if event.shift_key() { 10 } else { 1 };
        let steps = match event.key().as_str() {
            "ArrowLeft" => -far,
            "ArrowRight" => far,
            _ => return,
        };
        event.prevent_default();
        report(app.borrow_mut().spectrum.step(steps));
    })
}

fn listen_to_surroundings(shared: &Shared) -> Result<()> {
    let app = Rc::clone(shared);
    listen(window()?, "hashchange", move |_: Event| {
        let read = address::read().and_then(|(state, problems)| {
            let mut app = app.borrow_mut();
            app.state = state;
            panels::show_problems(&app.root, &problems)
        });
        report(read.and_then(|()| changed(&app)));
    })?;
    if let Some(dark) = window()?.match_media("(prefers-color-scheme: dark)")? {
        let app = Rc::clone(shared);
        listen(&dark, "change", move |_: Event| report(ask_frame(&app)))?;
    }
    let drawer: HtmlElement = find(&shared.borrow().root, "[data-nuisance-drawer]")?;
    let app = Rc::clone(shared);
    listen(&drawer, "toggle", move |_: Event| report(ask_frame(&app)))?;
    let app = Rc::clone(shared);
    let resized = Closure::<dyn FnMut()>::new(move || report(ask_frame(&app)));
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref())?;
    resized.forget();
    observer.observe(shared.borrow().spectrum.canvas());
    Ok(())
}
