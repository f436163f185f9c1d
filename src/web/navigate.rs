//! Moving about in the plane: wheel, two fingers, a drag with shift or the middle button, keys and buttons; and pointing at its curves.

use super::dom::{Result, has_focus};
use super::events::{on, place};
use super::listen::Listener;
use super::page::{Page, Shared};
use crate::page::action::Action;
use crate::page::plane_frame::PlaneFrame;
use crate::page::pointer::Pointer;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, KeyboardEvent, MouseEvent, PointerEvent, TouchEvent, WheelEvent};

/// How much a key, a button or a double click makes the frame smaller.
const STEP: f64 = 0.5;
/// Share of the frame by which a key moves it.
const PAN: f64 = 0.1;
/// Distance at which a pointer is on a line, in CSS pixels.
const REACH_PX: f64 = 12.0;

/// A movement of the frame: where it was at the beginning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gesture {
    /// The pointer that moves it; `None` for two fingers.
    pointer: Option<i32>,
    frame: PlaneFrame,
    /// The place that is held, as fractions of the frame.
    from: (f64, f64),
    /// Distance of the fingers, in CSS pixels; 1 for a pointer.
    spread_px: f64,
}

/// Listens to what moves the frame, and to what points at curves in their list.
pub(super) fn listen(page: &Shared) -> Result<Vec<Listener>> {
    let canvas = page.borrow().elements.plane.canvas().clone();
    let list: EventTarget = page.borrow().elements.curves.clone().into();
    let tools: EventTarget = page.borrow().elements.plane_tools.clone().into();
    let left = |page: &mut Page, _: Event| Ok(page.session.points().then_some(Action::Point(None)));
    Ok(vec![
        on(page, &canvas, "wheel", false, wheeled)?,
        on(page, &canvas, "dblclick", false, |page, event: MouseEvent| {
            let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            let factor = if event.shift_key() { 1.0 / STEP } else { STEP };
            Ok(page
                .elements
                .plane
                .fraction_at(x, y)
                .map(|at| zoom(page, at, factor, false)))
        })?,
        on(page, &canvas, "touchmove", false, pinched)?,
        on(page, &canvas, "touchend", true, lifted)?,
        on(page, &canvas, "touchcancel", true, lifted)?,
        on(page, &tools, "click", true, |page, event: Event| {
            let button: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
            let what = button.and_then(|button| button.get_attribute("data-plane"));
            Ok(what.and_then(|what| order(page, &what)))
        })?,
        on(page, &list, "pointerover", true, listed)?,
        on(page, &list, "focusin", true, listed)?,
        on(page, &list, "pointerleave", true, left)?,
        on(page, &list, "focusout", true, left)?,
    ])
}

fn frame_of(page: &Page) -> PlaneFrame {
    page.session.state().plane
}

fn zoom(page: &Page, about: (f64, f64), factor: f64, moving: bool) -> Action {
    let frame = frame_of(page).zoomed(about, factor);
    Action::ShowPlane { frame, moving }
}

/// The wheel scrolls the page until the plane has the focus; with Ctrl, as a pinch on a pad says it, it belongs to the plane at once.
fn wheeled(page: &mut Page, event: WheelEvent) -> Result<Option<Action>> {
    /// Share of the width for each pixel of a wheel, in logarithms.
    const PER_PX: f64 = 0.0016;
    /// Height of a line and of a page, for wheels that count these.
    const LINE_PX: f64 = 16.0;
    const PAGE_PX: f64 = 400.0;
    let plane = &page.elements.plane;
    let is_ours = event.ctrl_key() || event.meta_key() || has_focus(plane.canvas());
    let at = plane.fraction_at(f64::from(event.offset_x()), f64::from(event.offset_y()));
    let Some(at) = at.filter(|_| is_ours) else {
        return Ok(None);
    };
    event.prevent_default();
    let unit_px = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE_PX,
        WheelEvent::DOM_DELTA_PAGE => PAGE_PX,
        _ => 1.0,
    };
    // A pinch on a pad comes as small steps.
    let gain = if event.ctrl_key() { 4.0 } else { 1.0 };
    let factor = (event.delta_y() * unit_px * PER_PX * gain).clamp(-0.7, 0.7).exp();
    Ok(Some(zoom(page, at, factor, true)))
}

/// What a key does with the frame.
pub(super) fn keyed(page: &Page, event: &KeyboardEvent) -> Option<Action> {
    let key = event.key();
    let what = match (key.as_str(), event.alt_key()) {
        ("ArrowLeft", true) => "left",
        ("ArrowRight", true) => "right",
        ("ArrowUp", true) => "up",
        ("ArrowDown", true) => "down",
        ("+" | "=", false) => "in",
        ("-" | "_", false) => "out",
        ("0", false) => "start",
        _ => return None,
    };
    if event.ctrl_key() || event.meta_key() {
        return None;
    }
    event.prevent_default();
    order(page, what)
}

/// What a button or a key asks for.
fn order(page: &Page, what: &str) -> Option<Action> {
    let middle = (0.5, 0.5);
    let panned = |dx: f64, dy: f64| frame_of(page).moved((0.5 + dx, 0.5 + dy), middle, 1.0);
    let frame = match what {
        "in" => frame_of(page).zoomed(middle, STEP),
        "out" => frame_of(page).zoomed(middle, 1.0 / STEP),
        "left" => panned(-PAN, 0.0),
        "right" => panned(PAN, 0.0),
        "up" => panned(0.0, PAN),
        "down" => panned(0.0, -PAN),
        "all" => PlaneFrame::ALL,
        "start" => PlaneFrame::default(),
        "2026" if crate::WORKSHOP => return Some(Action::ShowEveryResult),
        _ => return None,
    };
    Some(Action::ShowPlane { frame, moving: false })
}

/// A drag that takes the frame along begins: with shift, or with the middle button.
pub(super) fn grasped(page: &mut Page, event: &PointerEvent) -> bool {
    let is_grasp = event.button() == 1 || (event.button() == 0 && event.shift_key());
    let (x, y) = place(event);
    let from = page.elements.plane.fraction_at(x, y);
    let Some(from) = from.filter(|_| is_grasp && event.pointer_type() != "touch") else {
        return false;
    };
    page.gesture = Some(Gesture {
        pointer: Some(event.pointer_id()),
        frame: frame_of(page),
        from,
        spread_px: 1.0,
    });
    true
}

/// Where a drag that takes the frame along has come to; `None` if there is none of this pointer.
pub(super) fn dragged(page: &Page, event: &PointerEvent) -> Option<Action> {
    let gesture = page
        .gesture
        .filter(|gesture| gesture.pointer == Some(event.pointer_id()))?;
    let (x, y) = place(event);
    let to = page.elements.plane.fraction_beside(x, y)?;
    let frame = gesture.frame.moved(gesture.from, to, 1.0);
    Some(Action::ShowPlane { frame, moving: true })
}

/// Ends the movement of a pointer, or of two fingers.
pub(super) fn end(page: &mut Page, pointer: Option<i32>) -> Option<Action> {
    page.gesture.take_if(|gesture| gesture.pointer == pointer)?;
    Some(Action::Leave {
        key: "plane-from".to_owned(),
    })
}

/// Middle of two fingers and their distance, in CSS pixels of the canvas.
fn fingers(page: &Page, event: &TouchEvent) -> Option<((f64, f64), f64)> {
    let (one, other) = (event.touches().get(0)?, event.touches().get(1)?);
    let canvas = page.elements.plane.canvas().get_bounding_client_rect();
    let (x0, y0) = (f64::from(one.client_x()), f64::from(one.client_y()));
    let (x1, y1) = (f64::from(other.client_x()), f64::from(other.client_y()));
    let middle = (0.5 * (x0 + x1) - canvas.left(), 0.5 * (y0 + y1) - canvas.top());
    Some((middle, (x1 - x0).hypot(y1 - y0).max(1.0)))
}

/// Two fingers come down: they take the frame, and no point any more.
pub(super) fn two_fingers(page: &mut Page, event: &TouchEvent) -> bool {
    let Some(((x, y), spread_px)) = fingers(page, event) else {
        return false;
    };
    let Some(from) = page.elements.plane.fraction_at(x, y) else {
        return false;
    };
    page.dragging = None;
    page.gesture = Some(Gesture {
        pointer: None,
        frame: frame_of(page),
        from,
        spread_px,
    });
    true
}

/// The last of two fingers ends their movement: until then one of them is no tap.
fn lifted(page: &mut Page, event: TouchEvent) -> Result<Option<Action>> {
    let is_last = event.touches().length() == 0;
    Ok(is_last.then(|| end(page, None)).flatten())
}

/// Whether two fingers have the frame.
pub(super) fn is_pinching(page: &Page) -> bool {
    page.gesture.is_some_and(|gesture| gesture.pointer.is_none())
}

fn pinched(page: &mut Page, event: TouchEvent) -> Result<Option<Action>> {
    let gesture = page.gesture.filter(|gesture| gesture.pointer.is_none());
    let (Some(gesture), Some(((x, y), spread_px))) = (gesture, fingers(page, &event)) else {
        return Ok(None);
    };
    event.prevent_default();
    let to = page.elements.plane.fraction_beside(x, y);
    Ok(to.map(|to| Action::ShowPlane {
        frame: gesture.frame.moved(gesture.from, to, gesture.spread_px / spread_px),
        moving: true,
    }))
}

/// Points at the place under a pointer, and at the curve that is there.
pub(super) fn point_at(page: &mut Page, x: f64, y: f64) -> Action {
    let plane = &mut page.elements.plane;
    let values = plane.values_at(x, y).filter(|_| plane.is_inside(x, y));
    let line = plane.nearest_line(x, y, REACH_PX);
    plane.speak_at(x, y);
    Action::Point(values.map(|(mass_mev, coupling_per_gev)| Pointer::Place {
        mass_mev,
        coupling_per_gev,
        line: line.map(|line| (line.name, line.x, line.y)),
    }))
}

/// A curve of the list is under the pointer, or has the focus.
fn listed(page: &mut Page, event: Event) -> Result<Option<Action>> {
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let item = match target {
        Some(target) => target.closest("li")?,
        None => None,
    };
    let input = item.and_then(|item| item.query_selector("[data-curve]").ok().flatten());
    let name = input.and_then(|input| input.get_attribute("data-curve"));
    page.elements.plane.speak_in_corner();
    Ok(name.map(|name| Action::Point(Some(Pointer::Curve(name)))))
}
