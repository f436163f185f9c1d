//! The verdict on the point.

use super::super::dom::{Result, around, element, fill, set_text};
use super::super::elements::Elements;
use crate::page::view::{VerdictPane, VerdictRow};
use web_sys::Element;

/// Shows sentence, warnings and table.
pub(super) fn show(elements: &Elements, pane: &VerdictPane) -> Result<()> {
    set_text(&elements.verdict, &pane.sentence);
    set_text(&elements.warnings, &pane.warnings.join(" "));
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

/// A row; every cell says its column, for screens on which the columns stand one below the other.
fn row(result: &VerdictRow, head: &[String]) -> Result<Element> {
    let mut cells = vec![element("th", &result.name)?];
    for (index, text) in result.cells.iter().enumerate() {
        let cell = element("td", text)?;
        if let Some(name) = head.get(index + 1) {
            cell.set_attribute("data-column", name)?;
        }
        if result.excludes && index == VerdictRow::CONFIDENCE {
            cell.set_class_name("out");
        }
        cells.push(cell);
    }
    let row = around("tr", &cells)?;
    row.set_attribute("data-opinion", &result.experiment)?;
    Ok(row)
}
