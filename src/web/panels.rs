//! Words and numbers beside the charts.

use super::dom::{Result, around, element, fill, find, find_all, set_text};
use crate::Error;
use crate::experiment::Input;
use crate::page::workbench::Shown;
use web_sys::{Element, HtmlElement};

/// Shows message, facts, nuisances and notes.
pub(super) fn show(root: &Element, shown: &Shown) -> Result<()> {
    set_text(
        &find::<Element>(root, "[data-message]")?,
        shown.message.as_deref().unwrap_or_default(),
    );
    let facts: Element = find(root, "[data-facts]")?;
    let present: Vec<Element> = find_all(&facts, "dd")?;
    let same = present.len() == shown.facts.len()
        && present
            .iter()
            .zip(&shown.facts)
            .all(|(element, fact)| element.get_attribute("data-fact").as_deref() == Some(fact.key));
    if same {
        for (element, fact) in present.iter().zip(&shown.facts) {
            set_text(element, &fact.text);
        }
    } else {
        let mut entries = Vec::new();
        for fact in &shown.facts {
            let value = element("dd", &fact.text)?;
            value.set_attribute("data-fact", fact.key)?;
            entries.push(around("div", &[element("dt", &fact.label)?, value])?);
        }
        fill(&facts, &entries)?;
    }
    show_nuisances(root, shown)?;
    let mut notes = Vec::new();
    for note in &shown.notes {
        notes.push(element("li", note)?);
    }
    let list: Element = find(root, "[data-notes]")?;
    if list.child_element_count() != notes.len() as u32 || list.text_content() != Some(shown.notes.concat()) {
        fill(&list, &notes)?;
    }
    Ok(())
}

fn show_nuisances(root: &Element, shown: &Shown) -> Result<()> {
    let drawer: HtmlElement = find(root, "[data-nuisance-drawer]")?;
    drawer.set_hidden(shown.nuisances.is_empty());
    if !drawer.has_attribute("open") {
        return Ok(());
    }
    let mut rows = vec![around(
        "tr",
        &[
            element("th", "parameter")?,
            element("th", "fit")?,
            element("th", "from its prior")?,
        ],
    )?];
    for nuisance in &shown.nuisances {
        let pull = nuisance.pull.map_or("free".to_owned(), |pull| {
            format!("{} σ", crate::chart::decimal(pull, 2))
        });
        let value = element("td", &nuisance.text)?;
        value.set_class_name("number");
        rows.push(around(
            "tr",
            &[element("td", nuisance.label)?, value, element("td", &pull)?],
        )?);
    }
    fill(&find::<Element>(root, "[data-nuisances]")?, &rows)
}

/// Lists the inputs of an experiment with value, source and link.
pub(super) fn show_assumptions(root: &Element, inputs: &[Input]) -> Result<()> {
    let mut rows = Vec::new();
    for input in inputs {
        let value = element("td", &format!("{} {}", input.value, input.unit))?;
        value.set_class_name("number");
        let source = if input.link.is_empty() {
            element("td", &input.source)?
        } else {
            let link = element("a", &input.source)?;
            link.set_attribute("href", &input.link)?;
            around("td", &[link])?
        };
        rows.push(around("tr", &[element("th", &input.label)?, value, source])?);
    }
    fill(&find::<Element>(root, "[data-assumptions]")?, &rows)
}

/// Lists what of the address could not be used.
pub(super) fn show_problems(root: &Element, problems: &[Error]) -> Result<()> {
    let list: HtmlElement = find(root, "[data-problems]")?;
    let mut items = Vec::new();
    for problem in problems {
        items.push(element("li", &format!("{problem}; the default is used"))?);
    }
    list.set_hidden(items.is_empty());
    fill(&list, &items)
}
