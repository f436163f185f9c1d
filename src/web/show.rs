//! From the page as data to the document: only what differs is written.

mod curves;
mod inputs;
mod own;
mod pins;
mod sensitivity;
mod spectrum;
mod verdict;

use super::dom::{Result, around, element, fill, is_of_the_web, set_text};
use super::elements::{Drawers, Elements};
use crate::experiment::Input;
use crate::page::view::{PageView, Past, WorkPane};
pub(super) use spectrum::nuisances;
use std::rc::Rc;

/// Shows everything of `view` that differs from what is `shown`, but for charts and controls.
pub(super) fn show(elements: &Elements, view: &PageView, shown: Option<&PageView>) -> Result<()> {
    let differs = |same: fn(&PageView, &PageView) -> bool| shown.is_none_or(|shown| !same(view, shown));
    if differs(|view, shown| view.problems == shown.problems) {
        complaints(elements, &view.problems)?;
    }
    if differs(|view, shown| view.past == shown.past) {
        past(elements, view.past)?;
    }
    if differs(|view, shown| Rc::ptr_eq(&view.spectrum.content, &shown.spectrum.content)) {
        spectrum::show(
            elements,
            &view.spectrum.content,
            shown.map(|shown| &*shown.spectrum.content),
        )?;
    }
    let curves_shown = shown.map(|shown| &shown.plane.content.curves[..]);
    curves::show(elements, &view.plane.content.curves, curves_shown)?;
    set_text(&elements.plane_caption, &view.plane.content.caption);
    if differs(|view, shown| Rc::ptr_eq(&view.verdict.content, &shown.verdict.content)) {
        verdict::show(elements, &view.verdict.content)?;
    }
    if differs(|view, shown| Rc::ptr_eq(&view.pins.content, &shown.pins.content)) {
        pins::show(elements, &view.pins.content)?;
    }
    if crate::WORKSHOP && differs(|view, shown| view.work == shown.work) {
        work(elements, &view.work.content)?;
    }
    match &elements.drawers {
        Some(drawers) if crate::WORKSHOP => fill_drawers(drawers, view, shown),
        _ => Ok(()),
    }
}

/// Shows everything that differs of what only the workshop has.
fn fill_drawers(drawers: &Drawers, view: &PageView, shown: Option<&PageView>) -> Result<()> {
    let differs = |same: fn(&PageView, &PageView) -> bool| shown.is_none_or(|shown| !same(view, shown));
    let (leads, late) = &view.plane.content.leads;
    set_text(&drawers.leads, leads);
    drawers
        .leads
        .set_attribute("aria-busy", if *late { "true" } else { "false" })?;
    if differs(|view, shown| view.matched == shown.matched) {
        set_text(&drawers.matched, &view.matched.content.text);
        drawers.best_fit.set_hidden(!view.matched.content.possible);
    }
    if differs(|view, shown| Rc::ptr_eq(&view.own.content, &shown.own.content)) {
        own::show(drawers, &view.own.content, shown.map(|shown| &*shown.own.content))?;
    }
    if differs(|view, shown| view.combine == shown.combine) {
        inputs::combine(drawers, &view.combine)?;
    }
    if differs(|view, shown| view.inputs == shown.inputs) {
        inputs::show(drawers, &view.inputs)?;
    }
    if differs(|view, shown| view.sensitivity == shown.sensitivity) {
        sensitivity::show(drawers, &view.sensitivity)?;
    }
    if differs(|view, shown| Rc::ptr_eq(&view.assumptions.content, &shown.assumptions.content)) {
        assumptions(drawers, &view.assumptions.content)?;
    }
    Ok(())
}

/// Says in each region what is wrong with it: with what was computed, or with the drawing.
pub(super) fn problems(elements: &Elements, view: &PageView) {
    let spectrum = view.spectrum.problem.as_deref().or(elements.spectrum.problem());
    let plane = view.plane.problem.as_deref().or(elements.plane.problem());
    elements.say("spectrum", spectrum);
    elements.say("plane", plane);
    elements.say("verdict", view.verdict.problem.as_deref());
    elements.say("match", view.matched.problem.as_deref());
    if crate::WORKSHOP {
        elements.say("own", view.own.problem.as_deref());
    }
    elements.say("work", view.work.problem.as_deref());
    elements.say("assumptions", view.assumptions.problem.as_deref());
}

/// Says which of the buttons that go back have something to do. They keep the focus when they have not.
fn past(elements: &Elements, past: Past) -> Result<()> {
    for (button, possible) in elements.past.iter().zip([past.undo, past.redo, past.reset]) {
        button.set_attribute("aria-disabled", if possible { "false" } else { "true" })?;
    }
    Ok(())
}

/// Lists what of the address could not be used.
fn complaints(elements: &Elements, problems: &[String]) -> Result<()> {
    let items = problems
        .iter()
        .map(|problem| element("li", problem))
        .collect::<Result<Vec<_>>>()?;
    elements.problems.set_hidden(items.is_empty());
    fill(&elements.problems, &items)
}

/// Shows how far the workers are.
fn work(elements: &Elements, pane: &WorkPane) -> Result<()> {
    set_text(&elements.work_status, &pane.status);
    let running = pane.progress.is_some();
    elements.bar.set_value(pane.progress.unwrap_or_default());
    if !running && super::dom::has_focus(&elements.cancel) {
        // A hidden button cannot keep the focus: it goes to the one beside it.
        elements.compute.focus()?;
    }
    elements.cancel.set_hidden(!running);
    elements.bar.set_hidden(!running);
    Ok(())
}

/// Lists the inputs of an experiment with value, source and link.
fn assumptions(drawers: &Drawers, inputs: &[Input]) -> Result<()> {
    let mut rows = Vec::new();
    for input in inputs {
        let value = element("td", format!("{} {}", input.value, input.unit).trim())?;
        value.set_class_name("number");
        // Tables speak English, whatever the page does.
        value.set_attribute("lang", "en")?;
        let source = if !is_of_the_web(&input.link) {
            element("td", &input.source)?
        } else {
            let link = element("a", &input.source)?;
            link.set_attribute("href", &input.link)?;
            around("td", &[link])?
        };
        source.set_attribute("lang", "en")?;
        rows.push(around("tr", &[element("th", &input.label)?, value, source])?);
    }
    fill(&drawers.assumptions, &rows)
}
