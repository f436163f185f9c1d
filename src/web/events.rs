//! The table of everything that the page listens to.

use super::controls;
use super::crash::{self, report};
use super::dom::{Result, document, window};
use super::figure::Figure;
use super::listen::Listener;
use super::navigate;
use super::page::{Page, Shared};
use super::take::TO_BE_TAKEN;
use crate::page::action::Action;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    CustomEvent, Event, EventTarget, HtmlCanvasElement, KeyboardEvent, PointerEvent, ResizeObserver, TouchEvent,
};

/// Everything that keeps the page listening; dropped, it hears nothing any more.
pub(super) struct Listening {
    _listeners: Vec<Listener>,
    resize: (ResizeObserver, Closure<dyn FnMut()>),
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.resize.0.disconnect();
    }
}

/// Listens to `event` at `target`: `meaning` says what it does, and errors are said on the page.
pub(super) fn on<E: JsCast + 'static>(
    page: &Shared,
    target: &EventTarget,
    event: &'static str,
    passive: bool,
    meaning: impl Fn(&mut Page, E) -> Result<Option<Action>> + 'static,
) -> Result<Listener> {
    let meaning = move |page: &mut Page, event: Event| meaning(page, event.unchecked_into());
    hear(page, target, event, passive, Box::new(meaning))
}

/// What an event does.
type Meaning = Box<dyn Fn(&mut Page, Event) -> Result<Option<Action>>>;

/// The same for any event, in one place for all.
fn hear(page: &Shared, target: &EventTarget, event: &'static str, passive: bool, meaning: Meaning) -> Result<Listener> {
    let page = Rc::downgrade(page);
    let handler = move |event: Event| {
        let Some(page) = page.upgrade() else { return };
        let Ok(mut page) = page.try_borrow_mut() else {
            return crash::expect_end_of_work(&page);
        };
        let page = &mut *page;
        report(meaning(page, event).and_then(|action| action.map_or(Ok(()), |action| page.dispatch(action))));
    };
    Listener::new(target, event, passive, Box::new(handler))
}

/// Starts listening.
pub(super) fn listen(page: &Shared) -> Result<Listening> {
    let mut listeners = of_controls(page)?;
    listeners.extend(of_spectrum(page)?);
    listeners.extend(of_plane(page)?);
    listeners.extend(navigate::listen(page)?);
    listeners.extend(of_drawings(page)?);
    listeners.extend(of_surroundings(page)?);
    Ok(Listening {
        _listeners: listeners,
        resize: watch_size(page)?,
    })
}

fn of_controls(page: &Shared) -> Result<Vec<Listener>> {
    let document: EventTarget = document()?.into();
    let (compute, cancel) = {
        let elements = &page.borrow().elements;
        (elements.compute.clone(), elements.cancel.clone())
    };
    Ok(vec![
        on(page, &document, "input", true, |_, event: Event| {
            Ok(controls::said(&event))
        })?,
        on(page, &document, "change", true, |page, event: Event| {
            page.forget_inputs();
            Ok(controls::left(&event))
        })?,
        on(page, &document, "focusout", true, |_, event: Event| {
            Ok(controls::left(&event))
        })?,
        on(page, &document, "keydown", false, |_, event: KeyboardEvent| {
            Ok(controls::keyed(&event))
        })?,
        on(page, &document, "click", true, |page, event: Event| {
            let action = controls::pressed(&event);
            if action.is_some() {
                page.forget_controls();
            }
            Ok(action)
        })?,
        on(page, &compute, "click", true, |_, _: Event| Ok(Some(Action::Compute)))?,
        on(page, &cancel, "click", true, |_, _: Event| Ok(Some(Action::Cancel)))?,
    ])
}

/// Position of a pointer on its target, in CSS pixels.
pub(super) fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}

fn of_spectrum(page: &Shared) -> Result<Vec<Listener>> {
    let canvas = page.borrow().elements.spectrum.canvas().clone();
    let read = |page: &mut Page, event: PointerEvent| {
        let (x, y) = place(&event);
        page.elements.spectrum.point_at(x, y).map(|()| None)
    };
    Ok(vec![
        on(page, &canvas, "pointermove", true, read)?,
        // A finger that taps does not move.
        on(page, &canvas, "pointerdown", true, read)?,
        on(page, &canvas, "pointerleave", true, |page, event: PointerEvent| {
            // A finger leaves when it is lifted: what it has read out stays.
            let leaves = event.pointer_type() == "mouse";
            if leaves {
                page.elements.spectrum.leave().map(|()| None)
            } else {
                Ok(None)
            }
        })?,
        on(page, &canvas, "blur", true, |page, _: Event| {
            page.elements.spectrum.leave().map(|()| None)
        })?,
        on(page, &canvas, "keydown", false, |page, event: KeyboardEvent| {
            let far = if event.shift_key() { 10 } else { 1 };
            let figure = &mut page.elements.spectrum;
            let moved = match event.key().as_str() {
                "ArrowLeft" => figure.step(-far),
                "ArrowRight" => figure.step(far),
                "ArrowUp" => figure.step_panel(-1),
                "ArrowDown" => figure.step_panel(1),
                "Escape" => figure.leave(),
                _ => return Ok(None),
            };
            event.prevent_default();
            moved.map(|()| None)
        })?,
    ])
}

fn of_plane(page: &Shared) -> Result<Vec<Listener>> {
    let canvas = page.borrow().elements.plane.canvas().clone();
    let ended = |page: &mut Page, event: PointerEvent| {
        if page.dragging == Some(event.pointer_id()) {
            end_drag(page)
        } else {
            Ok(navigate::end(page, Some(event.pointer_id())))
        }
    };
    Ok(vec![
        on(page, &canvas, "pointerdown", true, pressed)?,
        on(page, &canvas, "pointermove", true, moved)?,
        on(page, &canvas, "pointerup", true, released)?,
        on(page, &canvas, "pointercancel", true, ended)?,
        // A capture that is lost (a dialog, another window) ends the drag.
        on(page, &canvas, "lostpointercapture", true, ended)?,
        on(page, &canvas, "touchstart", false, |page, event: TouchEvent| {
            // A finger on the point drags it, two of them take the frame; elsewhere a finger scrolls the page.
            if navigate::two_fingers(page, &event) || page.is_touched(&event) {
                event.prevent_default();
            }
            Ok(None)
        })?,
        on(page, &canvas, "pointerleave", true, |_, event: PointerEvent| {
            let leaves = event.pointer_type() == "mouse";
            Ok(leaves.then_some(Action::Point(None)))
        })?,
        on(page, &canvas, "blur", true, |page, _: Event| {
            Ok(page.session.points().then_some(Action::Point(None)))
        })?,
        on(page, &canvas, "keydown", false, |page, event: KeyboardEvent| {
            if let Some(action) = navigate::keyed(page, &event) {
                return Ok(Some(action));
            }
            let (key, direction) = match event.key().as_str() {
                "ArrowLeft" => ("mass", -1.0),
                "ArrowRight" => ("mass", 1.0),
                "ArrowDown" => ("coupling", -1.0),
                "ArrowUp" => ("coupling", 1.0),
                "w" | "W" => return Ok(Some(Action::WalkAlongLimit(!page.session.walks()))),
                "Escape" => return Ok(Some(Action::Point(None))),
                _ => return Ok(None),
            };
            event.prevent_default();
            Ok(Some(Action::Step {
                key: key.to_owned(),
                steps: direction * if event.shift_key() { 10.0 } else { 1.0 },
            }))
        })?,
    ])
}

/// The primary button, pressed within the frame, takes the point along; so does a finger on the point.
fn pressed(page: &mut Page, event: PointerEvent) -> Result<Option<Action>> {
    if navigate::grasped(page, &event) {
        return capture(page, &event).map(|()| None);
    }
    let (x, y) = place(&event);
    let is_primary = event.button() == 0 && event.is_primary();
    let is_mouse = event.pointer_type() == "mouse";
    let takes = is_primary && page.elements.plane.is_inside(x, y) && (is_mouse || page.is_on_point(x, y));
    if !takes {
        return Ok(None);
    }
    page.dragging = Some(event.pointer_id());
    capture(page, &event)?;
    page.move_point(x, y).map(|()| None)
}

/// Keeps a pointer until its button is let go.
fn capture(page: &mut Page, event: &PointerEvent) -> Result<()> {
    // A pointer that has gone by now cannot be captured: then the drag ends with its next event.
    let canvas: Option<HtmlCanvasElement> = event.target().and_then(|target| target.dyn_into().ok());
    if let Some(canvas) = canvas
        && canvas.set_pointer_capture(event.pointer_id()).is_err()
    {
        (page.dragging, page.gesture) = (None, None);
    }
    Ok(())
}

fn moved(page: &mut Page, event: PointerEvent) -> Result<Option<Action>> {
    let (x, y) = place(&event);
    if let Some(action) = navigate::dragged(page, &event) {
        let is_over = event.buttons() == 0;
        return Ok(if is_over {
            navigate::end(page, Some(event.pointer_id()))
        } else {
            Some(action)
        });
    }
    if page.dragging == Some(event.pointer_id()) {
        // No button is down any more: it was let go where the page could not hear it.
        if event.buttons() & 1 == 0 && event.pointer_type() == "mouse" {
            return end_drag(page);
        }
        page.move_point(x, y)?;
    } else if page.dragging.is_none() && event.pointer_type() == "mouse" {
        return Ok(Some(navigate::point_at(page, x, y)));
    }
    Ok(None)
}

/// The point stays where it is, and with the next frame the names of curves may look for better places.
fn end_drag(page: &mut Page) -> Result<Option<Action>> {
    page.dragging = None;
    page.ask_frame()?;
    Ok(Some(Action::Leave { key: "mass".to_owned() }))
}

/// The end of a drag; or a tap of a finger elsewhere in the frame, which puts the point there.
fn released(page: &mut Page, event: PointerEvent) -> Result<Option<Action>> {
    let (x, y) = place(&event);
    if page.dragging == Some(event.pointer_id()) {
        return end_drag(page);
    }
    if let Some(action) = navigate::end(page, Some(event.pointer_id())) {
        return Ok(Some(action));
    }
    if event.pointer_type() != "mouse"
        && event.is_primary()
        && !navigate::is_pinching(page)
        && page.elements.plane.is_inside(x, y)
    {
        // A finger that scrolls the page is cancelled, not released. A tap also says what is there.
        page.move_point(x, y)?;
        return Ok(Some(navigate::point_at(page, x, y)));
    }
    Ok(None)
}

/// A browser that is short of memory takes drawings back, and says when they can be made again. A picture is taken of a sharper drawing.
fn of_drawings(page: &Shared) -> Result<Vec<Listener>> {
    let mut listeners = Vec::new();
    for figure in [spectrum as fn(&mut Page) -> &mut Figure, plane] {
        let canvas = figure(&mut page.borrow_mut()).canvas().clone();
        listeners.push(on(page, &canvas, "contextlost", true, move |page, _: Event| {
            figure(page).lose();
            page.ask_frame().map(|()| None)
        })?);
        listeners.push(on(page, &canvas, "contextrestored", true, move |page, _: Event| {
            figure(page).regain()?;
            page.ask_frame().map(|()| None)
        })?);
        listeners.push(on(page, &canvas, TO_BE_TAKEN, true, move |page, _: Event| {
            figure(page).sharpen()?;
            page.ask_frame().map(|()| None)
        })?);
    }
    Ok(listeners)
}

fn spectrum(page: &mut Page) -> &mut Figure {
    &mut page.elements.spectrum
}

fn plane(page: &mut Page) -> &mut Figure {
    &mut page.elements.plane
}

fn of_surroundings(page: &Shared) -> Result<Vec<Listener>> {
    let window = window()?;
    let drawer = page.borrow().elements.nuisance_drawer.clone();
    let mut listeners = vec![
        on(page, &window, "hashchange", true, |page, _: Event| {
            page.readdress().map(|()| None)
        })?,
        // What www/start.js has fetched.
        on(page, &window, "tables", true, |_, event: CustomEvent| {
            Ok(Some(Action::Tables(event.detail().as_string())))
        })?,
        // Where the query differs, too, browsers tell of no other fragment.
        on(page, &window, "popstate", true, |page, _: Event| {
            page.readdress().map(|()| None)
        })?,
        on(page, &drawer, "toggle", true, |page, _: Event| {
            page.toggle_nuisances().map(|()| None)
        })?,
    ];
    if crate::WORKSHOP {
        let drawer = page.borrow().elements.sensitivity_drawer.clone();
        listeners.push(on(page, &drawer, "toggle", true, |page, _: Event| {
            page.look_at_sensitivity().map(|()| None)
        })?);
    }
    for event in ["beforeprint", "afterprint"] {
        listeners.push(on(page, &window, event, true, |page, _: Event| {
            page.print().map(|()| None)
        })?);
    }
    for query in ["(prefers-color-scheme: dark)", "(forced-colors: active)"] {
        if let Some(query) = window.match_media(query)? {
            listeners.push(on(page, &query, "change", true, |page, _: Event| {
                page.ask_frame().map(|()| None)
            })?);
        }
    }
    Ok(listeners)
}

/// Draws anew when a chart has another size. A move to a screen of another resolution is seen with the next drawing.
fn watch_size(page: &Shared) -> Result<(ResizeObserver, Closure<dyn FnMut()>)> {
    let weak = Rc::downgrade(page);
    let resized = Closure::<dyn FnMut()>::new(move || {
        let Some(page) = weak.upgrade() else { return };
        match page.try_borrow_mut() {
            Ok(mut page) => report(page.resized()),
            Err(_) => crash::expect_end_of_work(&page),
        }
    });
    let observer = ResizeObserver::new(resized.as_ref().unchecked_ref())?;
    let page = page.borrow();
    observer.observe(page.elements.spectrum.canvas());
    observer.observe(page.elements.plane.canvas());
    Ok((observer, resized))
}
