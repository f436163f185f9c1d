//! Every input that can be changed, with its control.

use super::super::dom::{Result, around, element, fill, find_all, is_of_the_web, set_text};
use super::super::elements::Drawers;
use crate::page::inputs::{InputControl, InputRow, InputsPane};
use crate::page::view::CombineEntry;
use web_sys::{Element, HtmlElement, HtmlInputElement, HtmlSelectElement};

/// Shows the list. As long as it is of the same experiment its elements stay, and with them the focus.
pub(super) fn show(drawers: &Drawers, pane: &InputsPane) -> Result<()> {
    set_text(&drawers.inputs_sentence, &pane.sentence);
    drawers
        .inputs_reset
        .set_attribute("data-reset-input", &pane.experiment)?;
    drawers.inputs_reset.set_hidden(!pane.edited);
    let mut places: Vec<Element> = find_all(&drawers.inputs, "[data-input]")?;
    let is_same = places.len() == pane.rows.len()
        && places
            .iter()
            .zip(&pane.rows)
            .all(|(place, row)| place.get_attribute("data-input").as_deref() == Some(&row.name));
    if !is_same {
        places = pane.rows.iter().map(made).collect::<Result<Vec<_>>>()?;
        fill(&drawers.inputs, &places)?;
    }
    places
        .iter()
        .zip(&pane.rows)
        .try_for_each(|(place, row)| renew(place, row))
}

/// Shows which experiments are drawn as one. As long as they are the same their boxes stay, and with them the focus.
pub(super) fn combine(drawers: &Drawers, entries: &[CombineEntry]) -> Result<()> {
    let mut boxes: Vec<HtmlInputElement> = find_all(&drawers.combine, "input")?;
    if boxes.len() != entries.len() {
        let items = entries.iter().map(|entry| {
            let input = element("input", "")?;
            input.set_attribute("type", "checkbox")?;
            input.set_attribute("data-combine-with", &entry.name)?;
            let label = around("label", &[input, element("span", &format!(" {}", entry.label))?])?;
            label.set_class_name("check");
            Ok(label)
        });
        fill(&drawers.combine, &items.collect::<Result<Vec<_>>>()?)?;
        boxes = find_all(&drawers.combine, "input")?;
    }
    for (input, entry) in boxes.iter().zip(entries) {
        input.set_checked(entry.chosen);
    }
    Ok(())
}

/// The elements of a row, as yet without its values.
fn made(row: &InputRow) -> Result<Element> {
    let label = element("label", &row.label)?;
    let id = format!("input-{}", row.name.replace('.', "-"));
    label.set_attribute("for", &id)?;
    let mut parts = vec![label];
    match &row.control {
        InputControl::Slider { track, .. } => parts.extend(numbers(row, &id, *track)?),
        InputControl::Options(options) => parts.push(choice(row, &id, options)?),
    }
    let error = element("small", "")?;
    error.set_class_name("error");
    error.set_attribute("role", "alert")?;
    error.set_attribute("id", &format!("{id}-error"))?;
    let source = if !is_of_the_web(&row.link) {
        element("span", &row.source)?
    } else {
        let link = element("a", &row.source)?;
        link.set_attribute("href", &row.link)?;
        link
    };
    // Tables speak English, whatever the page does.
    source.set_attribute("lang", "en")?;
    let mark = element("span", "")?;
    mark.set_attribute("data-mark", "")?;
    let reset = element("button", say!("Reset"))?;
    reset.set_attribute("type", "button")?;
    reset.set_class_name("quiet");
    reset.set_attribute("data-reset-input", &row.name)?;
    reset.set_attribute("aria-label", &say!("Reset {}", row.label))?;
    let changed = around("small", &[mark, element("span", " ")?, reset])?;
    changed.set_class_name("changed");
    let hint = around("small", &[source])?;
    hint.set_class_name("hint");
    parts.extend([error, changed, hint]);
    let place = around("div", &parts)?;
    place.set_class_name("quantity");
    place.set_attribute("data-input", &row.name)?;
    Ok(place)
}

/// A box with its unit, and a slider.
fn numbers(row: &InputRow, id: &str, (low, high, step): (f64, f64, f64)) -> Result<[Element; 2]> {
    let text = element("input", "")?;
    for (name, value) in [
        ("type", "text"),
        ("id", id),
        ("name", &row.name),
        ("inputmode", "decimal"),
        ("spellcheck", "false"),
        ("aria-describedby", &format!("{id}-error")),
    ] {
        text.set_attribute(name, value)?;
    }
    let unit = element("span", &row.unit)?;
    unit.set_class_name("unit");
    let value = around("span", &[text, unit])?;
    value.set_class_name("value");
    let slider = element("input", "")?;
    for (name, value) in [
        ("type", "range"),
        ("data-slider", &row.name),
        ("min", &low.to_string()),
        ("max", &high.to_string()),
        ("step", &step.to_string()),
        ("aria-label", &row.label),
    ] {
        slider.set_attribute(name, value)?;
    }
    Ok([value, slider])
}

/// A list of options.
fn choice(row: &InputRow, id: &str, options: &[(String, String)]) -> Result<Element> {
    let mut entries = Vec::new();
    for (name, label) in options {
        let entry = element("option", label)?;
        entry.set_attribute("value", name)?;
        entries.push(entry);
    }
    let select = around("select", &entries)?;
    select.set_attribute("id", id)?;
    select.set_attribute("name", &row.name)?;
    Ok(select)
}

/// Writes what differs from what the elements of a row show. The text of a box that is typed in is the visitor's.
fn renew(place: &Element, row: &InputRow) -> Result<()> {
    place.toggle_attribute_with_force("data-edited", row.table.is_some())?;
    for input in find_all::<HtmlInputElement>(place, "input")? {
        match &row.control {
            InputControl::Slider { position, .. } if input.type_() == "range" => {
                input.set_value_as_number(*position);
                let spoken = format!("{} {}", row.text, row.unit);
                input.set_attribute("aria-valuetext", spoken.trim())?;
            }
            _ => {
                if input.value() != row.text {
                    input.set_value(&row.text);
                }
                let invalid = if row.problem.is_some() { "true" } else { "false" };
                input.set_attribute("aria-invalid", invalid)?;
            }
        }
    }
    for select in find_all::<HtmlSelectElement>(place, "select")? {
        if select.value() != row.text {
            select.set_value(&row.text);
        }
    }
    for error in find_all::<Element>(place, ".error")? {
        set_text(&error, row.problem.as_deref().unwrap_or_default());
    }
    for mark in find_all::<Element>(place, "[data-mark]")? {
        set_text(&mark, row.table.as_deref().unwrap_or_default());
    }
    for changed in find_all::<HtmlElement>(place, ".changed")? {
        changed.set_hidden(row.table.is_none());
    }
    Ok(())
}
