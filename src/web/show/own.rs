//! Experiments that are added, and the text of one's own.

use super::super::dom::{Result, around, element, fill, find_all, set_text};
use super::super::elements::Drawers;
use crate::language::translated;
use crate::page::view::OwnPane;
use web_sys::Element;

/// Shows what can be added and what is.
pub(super) fn show(drawers: &Drawers, pane: &OwnPane, shown: Option<&OwnPane>) -> Result<()> {
    if find_all::<Element>(&drawers.own_offered, "option")?.len() != pane.offered.len() {
        let options = pane.offered.iter().map(|(name, title)| {
            let option = element("option", translated(title))?;
            option.set_attribute("value", name)?;
            Ok(option)
        });
        fill(&drawers.own_offered, &options.collect::<Result<Vec<_>>>()?)?;
    }
    set_text(&drawers.own_sentence, &pane.sentence);
    if let Some(draft) = &pane.draft
        && shown.is_none_or(|shown| shown.draft.as_ref() != Some(draft))
    {
        drawers.own_text.set_value(draft);
    }
    let items = pane.added.iter().map(|(name, label)| {
        let button = element("button", say!("Remove"))?;
        button.set_attribute("type", "button")?;
        button.set_class_name("quiet");
        button.set_attribute("data-own", &format!("remove {name}"))?;
        button.set_attribute("aria-label", &say!("Remove {}", label))?;
        around("li", &[element("span", &format!("{label} "))?, button])
    });
    fill(&drawers.own_added, &items.collect::<Result<Vec<_>>>()?)
}
