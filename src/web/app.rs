//! The page at work: events change the state, the state is shown once per frame.

use super::controls::Controls;
use super::dom::{self, Result, document, find, from_core, listen, report, window};
use super::figure::Figure;
use super::plane::Plane;
use super::timing::Stopwatch;
use super::work::Work;
use super::workers::News;
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
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent, ResizeObserver, TouchEvent};

/// Milliseconds of rest after which address and tables follow.
const REST_MS: i32 = 250;

/// State, computation and document of the page.
struct App {
    root: Element,
    state: State,
    workbench: Workbench,
    controls: Controls,
    spectrum: Figure,
    plane: Plane,
    work: Work,
    /// Whether the state has changed since the spectrum was drawn.
    changed: bool,
    /// Whether the point of the plane is being dragged.
    dragging: bool,
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
        plane: Plane::new(root.clone())?,
        work: Work::new(root.clone())?,
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
    listen_to_controls(&shared)?;
    listen_to_spectrum(&shared)?;
    listen_to_plane(&shared)?;
    listen_to_work(&shared)?;
    listen_to_surroundings(&shared)?;
    listen_to_resolution(&shared)?;
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
fn ask_frame(shared: &Shared) -> Result<()> {
    shared.borrow_mut().changed = true;
    ask_rest(shared)?;
    ask_drawing(shared)
}

/// Goes on with the next frame: with all that has changed, or with the curves of the plane alone.
fn ask_drawing(shared: &Shared) -> Result<()> {
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

fn listen_to_spectrum(shared: &Shared) -> Result<()> {
    let canvas = shared.borrow().spectrum.canvas().clone();
    // A finger that taps does not move.
    for event in ["pointermove", "pointerdown"] {
        let app = Rc::clone(shared);
        listen(&canvas, event, move |event: PointerEvent| {
            let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            report(app.borrow_mut().spectrum.point_at(x, y));
        })?;
    }
    let app = Rc::clone(shared);
    listen(&canvas, "pointerleave", move |event: PointerEvent| {
        // A finger leaves when it is lifted: what it has read out stays.
        if event.pointer_type() == "mouse" {
            report(app.borrow_mut().spectrum.leave());
        }
    })?;
    let app = Rc::clone(shared);
    listen(&canvas, "blur", move |_: Event| {
        report(app.borrow_mut().spectrum.leave())
    })?;
    let app = Rc::clone(shared);
    listen(&canvas, "keydown", move |event: KeyboardEvent| {
        let far = if event.shift_key() { 10 } else { 1 };
        let figure = &mut app.borrow_mut().spectrum;
        let moved = match event.key().as_str() {
            "ArrowLeft" => figure.step(-far),
            "ArrowRight" => figure.step(far),
            "ArrowUp" => figure.step_panel(-1),
            "ArrowDown" => figure.step_panel(1),
            _ => return,
        };
        event.prevent_default();
        report(moved);
    })
}

fn listen_to_plane(shared: &Shared) -> Result<()> {
    let canvas = shared.borrow().plane.figure.canvas().clone();
    let app = Rc::clone(shared);
    let captured = canvas.clone();
    listen(&canvas, "pointerdown", move |event: PointerEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        {
            let app = &mut *app.borrow_mut();
            // A finger that is not on the point scrolls the page.
            app.dragging = event.pointer_type() == "mouse" || app.plane.is_on_point(x, y, &app.state);
            if !app.dragging {
                return;
            }
        }
        report(captured.set_pointer_capture(event.pointer_id()));
        report(drag(&app, x, y));
    })?;
    let app = Rc::clone(shared);
    listen(&canvas, "pointermove", move |event: PointerEvent| {
        let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
        let dragging = app.borrow().dragging;
        report(if dragging {
            drag(&app, x, y)
        } else {
            app.borrow_mut().plane.figure.point_at(x, y)
        });
    })?;
    for event in ["pointerup", "pointercancel"] {
        let app = Rc::clone(shared);
        listen(&canvas, event, move |_: Event| app.borrow_mut().dragging = false)?;
    }
    let app = Rc::clone(shared);
    listen(&canvas, "touchstart", move |event: TouchEvent| {
        let Some(touch) = event.touches().get(0) else { return };
        let app = app.borrow();
        let place = app.plane.figure.canvas().get_bounding_client_rect();
        let (x, y) = (
            f64::from(touch.client_x()) - place.left(),
            f64::from(touch.client_y()) - place.top(),
        );
        if app.plane.is_on_point(x, y, &app.state) {
            event.prevent_default();
        }
    })?;
    let app = Rc::clone(shared);
    listen(&canvas, "pointerleave", move |_: Event| {
        report(app.borrow_mut().plane.figure.leave())
    })?;
    let app = Rc::clone(shared);
    listen(&canvas, "keydown", move |event: KeyboardEvent| {
        report(step_point(&app, &event))
    })?;
    let list: Element = find(&shared.borrow().root, "[data-curves]")?;
    let app = Rc::clone(shared);
    listen(&list, "change", move |event: Event| {
        let input = event
            .target()
            .and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
        let Some(name) = input.and_then(|input| input.get_attribute("data-curve")) else {
            return;
        };
        {
            let toggled = &mut app.borrow_mut().state.toggled;
            if !toggled.remove(&name) {
                toggled.insert(name);
            }
        }
        report(ask_frame(&app));
    })
}

fn listen_to_work(shared: &Shared) -> Result<()> {
    let heard = Rc::downgrade(shared);
    let news: Rc<dyn Fn(News)> = Rc::new(move |news| {
        let Some(app) = heard.upgrade() else { return };
        {
            let mut app = app.borrow_mut();
            app.work.hear(&news);
            if let News::Answer(task, values) = &news {
                app.plane.precise.accept(task, values);
            }
        }
        // The table follows when the curves have come to rest.
        report(if matches!(news, News::Done) {
            ask_frame(&app)
        } else {
            ask_drawing(&app)
        });
    });
    let (start, cancel) = {
        let app = shared.borrow();
        (app.work.button().clone(), app.work.cancel_button().clone())
    };
    let app = Rc::clone(shared);
    listen(start, "click", move |_: Event| {
        let App {
            work, workbench, state, ..
        } = &mut *app.borrow_mut();
        report(work.start(workbench, state, Rc::clone(&news)));
    })?;
    let app = Rc::clone(shared);
    listen(cancel, "click", move |_: Event| app.borrow_mut().work.cancel())
}

/// Draws anew when the page comes to a screen of another resolution, and waits for the next such move.
fn listen_to_resolution(shared: &Shared) -> Result<()> {
    let window = window()?;
    let query = format!("(resolution: {}dppx)", window.device_pixel_ratio());
    let Some(resolution) = window.match_media(&query)? else {
        return Ok(());
    };
    let app = Rc::clone(shared);
    let moved = Closure::once_into_js(move || report(ask_frame(&app).and_then(|()| listen_to_resolution(&app))));
    let once = web_sys::AddEventListenerOptions::new();
    once.set_once(true);
    resolution.add_event_listener_with_callback_and_add_event_listener_options("change", moved.unchecked_ref(), &once)
}

/// Moves the point of the plane to a pixel.
fn drag(shared: &Shared, x: f64, y: f64) -> Result<()> {
    {
        let app = &mut *shared.borrow_mut();
        app.plane.figure.leave()?;
        app.plane.move_point(x, y, &app.controls, &mut app.state)?;
        app.controls.show(&app.state, None)?;
    }
    ask_frame(shared)
}

/// Arrow keys on the plane move the point by the steps of the sliders, ten with shift.
fn step_point(shared: &Shared, event: &KeyboardEvent) -> Result<()> {
    let (key, direction) = match event.key().as_str() {
        "ArrowLeft" => ("mass", -1.0),
        "ArrowRight" => ("mass", 1.0),
        "ArrowDown" => ("coupling", -1.0),
        "ArrowUp" => ("coupling", 1.0),
        _ => return Ok(()),
    };
    event.prevent_default();
    let steps = direction * if event.shift_key() { 10.0 } else { 1.0 };
    {
        let app = &mut *shared.borrow_mut();
        app.controls.step(key, steps, &mut app.state)?;
        app.controls.show(&app.state, None)?;
    }
    ask_frame(shared)
}

fn listen_to_surroundings(shared: &Shared) -> Result<()> {
    let app = Rc::clone(shared);
    listen(window()?, "hashchange", move |_: Event| {
        let read = address::read().and_then(|(state, problems)| {
            let mut app = app.borrow_mut();
            app.state = state;
            panels::show_problems(&app.root, &problems)?;
            // Also in a box that has the focus: this is not its typing.
            app.controls.show(&app.state, None)
        });
        report(read.and_then(|()| ask_frame(&app)));
    })?;
    if let Some(dark) = window()?.match_media("(prefers-color-scheme: dark)")? {
        let app = Rc::clone(shared);
        listen(&dark, "change", move |_: Event| report(ask_frame(&app)))?;
    }
    let drawer: HtmlElement = find(&shared.borrow().root, "[data-nuisance-drawer]")?;
    let app = Rc::clone(shared);
    listen(&drawer, "toggle", move |_: Event| report(ask_frame(&app)))?;
    let app = Rc::clone(shared);
    let resized = Closure::<dyn FnMut()>::new(move || {
        {
            let mut app = app.borrow_mut();
            app.spectrum.resized();
            app.plane.figure.resized();
        }
        report(ask_frame(&app));
    });
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref())?;
    resized.forget();
    observer.observe(shared.borrow().spectrum.canvas());
    observer.observe(shared.borrow().plane.figure.canvas());
    Ok(())
}
