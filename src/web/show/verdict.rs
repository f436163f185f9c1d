//! The verdict on the point.

use super::super::dom::{Result, around, element, fill, find_all, set_text};
use super::super::elements::Elements;
use crate::page::view::{VerdictPane, VerdictRow};
use web_sys::Element;

/// Shows sentence, warnings and table. As long as it has the same rows and columns its cells stay, and those that differ from what is shown are written.
pub(super) fn show(elements: &Elements, pane: &VerdictPane, shown: Option<&VerdictPane>) -> Result<()> {
    set_text(&elements.verdict, &pane.sentence);
    set_text(&elements.warnings, &pane.warnings.join(" "));
    if let Some(shown) = shown.filter(|shown| has_same_table(shown, pane)) {
        return rewrite(elements, pane, shown);
    }
    let head = pane
        .head
        .iter()
        .map(|text| element("th", text))
        .collect::<Result<Vec<_>>>()?;
    let mut rows = vec![around("thead", &[around("tr", &head)?])?];
    for result in &pane.rows {
        rows.push(row(result, &pane.head)?);
    }
    fill(&elements.results, &rows)
}

fn has_same_table(shown: &VerdictPane, pane: &VerdictPane) -> bool {
    let mut rows = shown.rows.iter().zip(&pane.rows);
    shown.head == pane.head
        && shown.rows.len() == pane.rows.len()
        && rows.all(|(a, b)| a.experiment == b.experiment && a.name == b.name && a.cells.len() == b.cells.len())
}

fn rewrite(elements: &Elements, pane: &VerdictPane, shown: &VerdictPane) -> Result<()> {
    let mut places = find_all::<Element>(&elements.results, "td")?.into_iter();
    for (row, before) in pane.rows.iter().zip(&shown.rows) {
        for (index, text) in row.cells.iter().enumerate() {
            let Some(place) = places.next() else { return Ok(()) };
            if before.cells[index] != *text {
                place.set_text_content(Some(text));
            }
            if index == VerdictRow::CONFIDENCE && row.excludes != before.excludes {
                place.set_class_name(class(row));
            }
        }
    }
    Ok(())
}

/// Class of the cell with the confidence.
fn class(row: &VerdictRow) -> &'static str {
    if row.excludes { "out" } else { "" }
}

/// A row; every cell says its column, for screens on which the columns stand one below the other.
fn row(result: &VerdictRow, head: &[String]) -> Result<Element> {
    let mut cells = vec![element("th", &result.name)?];
    for (index, text) in result.cells.iter().enumerate() {
        let cell = element("td", text)?;
        if let Some(name) = head.get(index + 1) {
            cell.set_attribute("data-column", name)?;
        }
        if index == VerdictRow::CONFIDENCE {
            cell.set_class_name(class(result));
        }
        cells.push(cell);
    }
    let row = around("tr", &cells)?;
    row.set_attribute("data-opinion", &result.experiment)?;
    Ok(row)
}
