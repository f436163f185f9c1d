//! Words and numbers beside the spectrum.

use super::super::dom::{Result, around, element, fill, find_all, set_text};
use super::super::elements::Elements;
use crate::page::view::{Fact, SpectrumPane};
use web_sys::Element;

/// Shows message, facts, nuisances and notes.
pub(super) fn show(elements: &Elements, pane: &SpectrumPane, shown: Option<&SpectrumPane>) -> Result<()> {
    set_text(&elements.spectrum_caption, &pane.caption);
    set_text(&elements.message, pane.message.as_deref().unwrap_or_default());
    facts(&elements.facts, &pane.facts, shown.map(|shown| &shown.facts[..]))?;
    elements.nuisance_drawer.set_hidden(pane.nuisances.is_empty());
    if elements.nuisance_drawer.open() {
        nuisances(elements, pane)?;
    }
    if shown.is_some_and(|shown| shown.notes == pane.notes) {
        return Ok(());
    }
    let notes = pane.notes.iter().map(|note| element("li", note));
    fill(&elements.notes, &notes.collect::<Result<Vec<_>>>()?)
}

/// Writes the texts that differ from those shown, and new elements only where other facts are told.
fn facts(place: &Element, facts: &[Fact], shown: Option<&[Fact]>) -> Result<()> {
    let keys = |fact: &Fact| fact.key;
    if let Some(shown) = shown.filter(|shown| shown.iter().map(keys).eq(facts.iter().map(keys))) {
        let places: Vec<Element> = find_all(place, "dd")?;
        for ((place, fact), before) in places.iter().zip(facts).zip(shown) {
            if fact.text != before.text {
                place.set_text_content(Some(&fact.text));
            }
        }
        return Ok(());
    }
    let mut entries = Vec::new();
    for fact in facts {
        let value = element("dd", &fact.text)?;
        value.set_attribute("data-fact", fact.key)?;
        entries.push(around("div", &[element("dt", &fact.label)?, value])?);
    }
    fill(place, &entries)
}

/// Writes the table of fitted nuisance parameters; only while its drawer is open.
pub(in crate::web) fn nuisances(elements: &Elements, pane: &SpectrumPane) -> Result<()> {
    let mut rows = Vec::new();
    let head = pane.nuisance_head.iter().map(|text| element("th", text));
    rows.push(around("tr", &head.collect::<Result<Vec<_>>>()?)?);
    for nuisance in &pane.nuisances {
        let value = element("td", &nuisance.text)?;
        value.set_class_name("number");
        let cells = [element("td", &nuisance.label)?, value, element("td", &nuisance.pull)?];
        rows.push(around("tr", &cells)?);
    }
    fill(&elements.nuisances, &rows)
}
