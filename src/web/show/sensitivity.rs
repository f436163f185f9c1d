//! The table of what matters most.

use super::super::dom::{Result, around, element, fill, set_text};
use super::super::elements::Drawers;
use crate::page::sensitivity::{SensitivityPane, SensitivityRow};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Shows sentence and table.
pub(super) fn show(drawers: &Drawers, pane: &SensitivityPane) -> Result<()> {
    set_text(&drawers.sensitivity_sentence, &pane.sentence);
    if pane.rows.is_empty() {
        return fill(&drawers.sensitivity, &[]);
    }
    let head = pane.head.iter().map(|text| element("th", text));
    let mut rows = vec![around("thead", &[around("tr", &head.collect::<Result<Vec<_>>>()?)?])?];
    // One scale for all bars, which the largest change that is not out of all proportion fills.
    let largest = pane.rows.iter().map(|row| row.span.1.max(-row.span.0));
    let scale = largest.fold(0.0, f64::max).clamp(1e-6, 1.0);
    for result in &pane.rows {
        rows.push(row(result, &pane.head, scale)?);
    }
    fill(&drawers.sensitivity, &rows)
}

/// A row; every cell says its column, for screens on which the columns stand one below the other.
fn row(result: &SensitivityRow, head: &[String], scale: f64) -> Result<Element> {
    let lines = |texts: &mut dyn Iterator<Item = &String>| -> Result<Element> {
        let lines = texts.map(|text| element("div", text)).collect::<Result<Vec<_>>>()?;
        around("td", &lines)
    };
    let values = lines(&mut result.changes.iter().map(|(value, _)| value))?;
    let limits = lines(&mut result.changes.iter().map(|(_, limit)| limit))?;
    let cells = [
        element("th", &result.label)?,
        values,
        limits,
        around("td", &[bar(result.span, scale)?])?,
    ];
    for (cell, name) in cells.iter().zip(head).skip(1) {
        cell.set_attribute("data-column", name)?;
    }
    let row = around("tr", &cells)?;
    row.set_attribute("data-sensitive", &result.key)?;
    Ok(row)
}

/// A bar from the lowest change to the highest, zero in its middle.
fn bar((low, high): (f64, f64), scale: f64) -> Result<Element> {
    let place = |change: f64| 50.0 + 50.0 * (change / scale).clamp(-1.0, 1.0);
    let bar = element("span", "")?;
    let (from, to) = (place(low), place(high));
    if let Some(style) = bar.dyn_ref::<HtmlElement>().map(HtmlElement::style) {
        style.set_property("left", &format!("{from:.1}%"))?;
        style.set_property("width", &format!("{:.1}%", to - from))?;
    }
    let track = around("span", &[bar])?;
    track.set_class_name("bar");
    track.set_attribute("aria-hidden", "true")?;
    Ok(track)
}
