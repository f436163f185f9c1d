//! The table of points that are kept.

use super::super::dom::{Result, around, document, element, fill, find_all, has_focus, set_text};
use super::super::elements::Elements;
use crate::language::translated;
use crate::page::view::{PinRow, PinsPane};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// What the buttons of a row do, and what they say.
const BUTTONS: [(&str, &str); 3] = [
    ("show", word!("Show")),
    ("first", word!("First")),
    ("remove", word!("Remove")),
];

/// Shows button and table. As long as there are as many pins their elements stay, and with them the focus.
pub(super) fn show(elements: &Elements, pane: &PinsPane) -> Result<()> {
    set_text(&elements.pin, &pane.button);
    elements
        .pin
        .set_attribute("aria-disabled", if pane.possible { "false" } else { "true" })?;
    elements.ratio.set_hidden(pane.rows.is_empty());
    elements.pins_drawer.set_hidden(pane.rows.is_empty());
    let boxes: Vec<HtmlInputElement> = find_all(&elements.pins, "input")?;
    if boxes.len() != pane.rows.len() {
        let mut head = vec![element("th", say!("pin"))?];
        for text in &pane.head {
            head.push(element("th", text)?);
        }
        // Buttons have no name in common.
        head.push(element("td", "")?);
        let mut rows = vec![around("thead", &[around("tr", &head)?])?];
        for (index, pin) in pane.rows.iter().enumerate() {
            rows.push(row(index, pin, &pane.head)?);
        }
        let is_used = elements.pins.contains(document()?.active_element().as_deref());
        fill(&elements.pins, &rows)?;
        // What had the focus is gone.
        if is_used && let Some(button) = elements.pin.dyn_ref::<web_sys::HtmlElement>() {
            button.focus()?;
        }
    }
    for (place, pin) in find_all::<Element>(&elements.pins, "[data-pinned]")?
        .iter()
        .zip(&pane.rows)
    {
        for (cell, text) in find_all::<Element>(place, "td[data-column]")?.iter().zip(texts(pin)) {
            set_text(cell, text);
        }
        for input in find_all::<HtmlInputElement>(place, "input")? {
            // The number stands before the box.
            let derived = pin.label.split_once(' ').map_or("", |(_, name)| name);
            input.set_placeholder(derived);
            if !has_focus(&input) {
                input.set_value(&pin.name);
            }
        }
    }
    Ok(())
}

/// The texts of its cells; where there is a problem instead, the rest is empty.
fn texts(pin: &PinRow) -> impl Iterator<Item = &str> {
    pin.cells.iter().map(String::as_str).chain(std::iter::repeat(""))
}

fn row(index: usize, pin: &PinRow, head: &[String]) -> Result<Element> {
    let number = index + 1;
    let input = element("input", "")?;
    input.set_attribute("type", "text")?;
    input.set_attribute("data-pin-name", &index.to_string())?;
    input.set_attribute("aria-label", &say!("name of pin {}", number.to_string()))?;
    let mut cells = vec![around("th", &[element("span", &format!("{number} "))?, input])?];
    for (name, text) in head.iter().zip(texts(pin)) {
        let cell = element("td", text)?;
        cell.set_attribute("data-column", name)?;
        cells.push(cell);
    }
    let mut buttons = Vec::new();
    // The first has none before it.
    let useful = BUTTONS.iter().filter(|(what, _)| index > 0 || *what != "first");
    for (what, text) in useful {
        let text = translated(text);
        let button = element("button", text)?;
        button.set_attribute("type", "button")?;
        button.set_class_name("quiet");
        button.set_attribute("data-pin", &format!("{what} {index}"))?;
        button.set_attribute("aria-label", &say!("{} pin {}", text, number.to_string()))?;
        buttons.push(button);
    }
    let cell = around("td", &buttons)?;
    cell.set_class_name("tools");
    cells.push(cell);
    let row = around("tr", &cells)?;
    row.set_attribute("data-pinned", &number.to_string())?;
    Ok(row)
}
