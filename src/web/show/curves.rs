//! The list of curves beside the plane.

use super::super::dom::{Result, around, element, fill, find, find_all, set_text};
use super::super::elements::Elements;
use crate::page::view::CurveEntry;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

/// Shows the list. As long as it names the same curves its elements stay, and with them the focus.
pub(super) fn show(elements: &Elements, entries: &[CurveEntry], shown: Option<&[CurveEntry]>) -> Result<()> {
    let boxes: Vec<HtmlInputElement> = find_all(&elements.curves, "input")?;
    let is_same = match shown {
        Some(shown) => shown.iter().map(names).eq(entries.iter().map(names)),
        // The workshop takes over what the live page has left.
        None => {
            let present = boxes
                .iter()
                .map(|input| input.get_attribute("data-curve").unwrap_or_default());
            present.eq(entries.iter().map(|entry| entry.name.as_str()))
        }
    };
    if !is_same {
        let items = entries.iter().map(item).collect::<Result<Vec<_>>>()?;
        return fill(&elements.curves, &items);
    }
    for (index, (input, entry)) in boxes.iter().zip(entries).enumerate() {
        // Always: a box that was ticked, and taken back before this frame, differs from what is shown while the entry does not.
        input.set_checked(entry.visible);
        let before = shown.and_then(|shown| shown.get(index));
        if before.is_none_or(|before| about_text(entry) != about_text(before))
            && let Some(item) = input.closest("li")?
        {
            set_text(&find(&item, "[data-about]")?, about_text(entry));
        }
    }
    Ok(())
}

fn names(entry: &CurveEntry) -> [&str; 3] {
    [&entry.name, &entry.label, &entry.link]
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
