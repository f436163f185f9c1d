//! The list of curves beside the plane.

use super::super::dom::{Result, around, element, fill, find_all, set_text};
use super::super::elements::Elements;
use crate::page::view::CurveEntry;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Shows the list. As long as it names the same curves its elements stay, and with them the focus.
pub(super) fn show(elements: &Elements, entries: &[CurveEntry]) -> Result<()> {
    let boxes: Vec<HtmlInputElement> = find_all(&elements.curves, "input")?;
    let is_same = boxes.len() == entries.len()
        && boxes
            .iter()
            .zip(entries)
            .all(|(input, entry)| input.get_attribute("data-curve").as_deref() == Some(&entry.name));
    if !is_same {
        let items = entries.iter().map(item).collect::<Result<Vec<_>>>()?;
        return fill(&elements.curves, &items);
    }
    for (input, entry) in boxes.iter().zip(entries) {
        input.set_checked(entry.visible);
        if let Some(about) = input
            .closest("li")?
            .and_then(|item| item.query_selector("[data-about]").ok()?)
        {
            set_text(&about, about_text(entry));
        }
    }
    Ok(())
}

fn about_text(entry: &CurveEntry) -> &str {
    entry.problem.as_deref().unwrap_or(&entry.about)
}

fn item(entry: &CurveEntry) -> Result<Element> {
    let input = element("input", "")?;
    input.set_attribute("type", "checkbox")?;
    input.set_attribute("data-curve", &entry.name)?;
    if let Some(input) = input.dyn_ref::<HtmlInputElement>() {
        input.set_checked(entry.visible);
    }
    let label = around("label", &[input, element("span", &entry.label)?])?;
    let text = element("span", about_text(entry))?;
    text.set_attribute("data-about", "")?;
    let mut about = vec![text];
    if !entry.link.is_empty() {
        let link = element("a", say!("source"))?;
        link.set_attribute("href", &entry.link)?;
        about.extend([element("span", " ")?, link]);
    }
    around("li", &[label, around("small", &about)?])
}
