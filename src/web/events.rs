//! What the page listens to: hands on controls and charts, and what changes around it.

use super::app::{App, Shared, ask_drawing, ask_frame, changed};
use super::dom::{Result, document, find, listen, report, window};
use super::workers::News;
use super::{address, panels};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, KeyboardEvent, PointerEvent, ResizeObserver, TouchEvent};

/// Starts listening, for the life of the page.
pub(super) fn listen_to_all(shared: &Shared) -> Result<()> {
    listen_to_controls(shared)?;
    listen_to_spectrum(shared)?;
    listen_to_plane(shared)?;
    listen_to_work(shared)?;
    listen_to_surroundings(shared)?;
    listen_to_resolution(shared)?;
    Ok(())
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
        listen(&canvas, event, move |_: Event| {
            if std::mem::take(&mut app.borrow_mut().dragging) {
                app.borrow_mut().plane.figure.settle();
                report(ask_drawing(&app));
            }
        })?;
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
