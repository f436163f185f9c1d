//! The places of the document, looked up once.

use super::dom::{Result, find, find_all};
use super::figure::Figure;
use web_sys::{Element, HtmlButtonElement, HtmlDetailsElement, HtmlElement, HtmlProgressElement, HtmlTextAreaElement};

/// Every place that is written to or listened to, but for the controls.
pub(super) struct Elements {
    pub(super) root: Element,
    pub(super) spectrum: Figure,
    pub(super) plane: Figure,
    pub(super) problems: HtmlElement,
    /// Undo, redo, reset.
    pub(super) past: Vec<Element>,
    pub(super) spectrum_caption: Element,
    pub(super) plane_caption: Element,
    pub(super) plane_tools: Element,
    pub(super) message: Element,
    pub(super) facts: Element,
    pub(super) nuisances: Element,
    pub(super) nuisance_drawer: HtmlDetailsElement,
    pub(super) notes: Element,
    pub(super) sensitivity_drawer: HtmlDetailsElement,
    pub(super) curves: Element,
    pub(super) verdict: Element,
    pub(super) warnings: Element,
    pub(super) results: Element,
    pub(super) pin: Element,
    pub(super) pins: Element,
    pub(super) pins_drawer: HtmlElement,
    pub(super) ratio: HtmlElement,
    pub(super) compute: HtmlButtonElement,
    pub(super) cancel: HtmlButtonElement,
    pub(super) bar: HtmlProgressElement,
    pub(super) work_status: Element,
    /// What is in the drawers of the workshop, which come with it.
    pub(super) drawers: Option<Drawers>,
    /// Where each region says what is wrong with it, by name.
    region_problems: Vec<(String, HtmlElement)>,
}

/// Places of the drawers that are filled by the workshop alone (`www/drawers.html`), and of the plane's sentence.
pub(super) struct Drawers {
    /// Who leads where in the plane.
    pub(super) leads: Element,
    pub(super) assumptions: Element,
    /// Every input that can be changed, what is said of them, and the button that changes them back.
    pub(super) inputs: Element,
    pub(super) inputs_sentence: Element,
    pub(super) inputs_reset: HtmlElement,
    pub(super) combine: Element,
    /// Experiments that are added, and the text of one's own.
    pub(super) own_offered: Element,
    pub(super) own_added: Element,
    pub(super) own_sentence: Element,
    pub(super) own_text: HtmlTextAreaElement,
    pub(super) sensitivity: Element,
    pub(super) sensitivity_sentence: Element,
    pub(super) matched: Element,
    pub(super) best_fit: HtmlElement,
}

impl Drawers {
    fn new(root: &Element) -> Result<Self> {
        Ok(Self {
            leads: find(root, "[data-leads]")?,
            assumptions: find(root, "[data-assumptions]")?,
            inputs: find(root, "[data-inputs]")?,
            inputs_sentence: find(root, "[data-inputs-sentence]")?,
            inputs_reset: find(root, "[data-inputs-drawer] > [data-reset-input]")?,
            combine: find(root, "[data-combine]")?,
            own_offered: find(root, "[data-own-offered]")?,
            own_added: find(root, "[data-own-added]")?,
            own_sentence: find(root, "[data-own-sentence]")?,
            own_text: find(root, "[data-own-text]")?,
            sensitivity: find(root, "[data-sensitivity]")?,
            sensitivity_sentence: find(root, "[data-sensitivity-sentence]")?,
            matched: find(root, "[data-match]")?,
            best_fit: find(root, "[data-best-fit]")?,
        })
    }
}

impl Elements {
    /// Looks everything up.
    pub(super) fn new(root: Element) -> Result<Self> {
        let problems = find_all::<HtmlElement>(&root, "[data-problem]")?;
        let named = |place: HtmlElement| Some((place.get_attribute("data-problem")?, place));
        Ok(Self {
            spectrum: Figure::new(&root, "spectrum")?,
            plane: Figure::new(&root, "exclusion")?,
            problems: find(&root, "[data-problems]")?,
            past: find_all(&root, "[data-past]")?,
            spectrum_caption: find(&root, "[data-chart='spectrum'] [data-caption]")?,
            plane_tools: find(&root, "[data-plane-tools]")?,
            plane_caption: find(&root, "[data-chart='exclusion'] [data-caption]")?,
            message: find(&root, "[data-message]")?,
            facts: find(&root, "[data-facts]")?,
            nuisances: find(&root, "[data-nuisances]")?,
            nuisance_drawer: find(&root, "[data-nuisance-drawer]")?,
            notes: find(&root, "[data-notes]")?,
            sensitivity_drawer: find(&root, "[data-sensitivity-drawer]")?,
            curves: find(&root, "[data-curves]")?,
            verdict: find(&root, "[data-verdict]")?,
            warnings: find(&root, "[data-warnings]")?,
            results: find(&root, "[data-opinions]")?,
            pin: find(&root, "[data-pin='add']")?,
            pins: find(&root, "[data-pins]")?,
            pins_drawer: find(&root, "[data-pins-drawer]")?,
            ratio: find(&root, "[data-ratio]")?,
            compute: find(&root, "[data-precise]")?,
            cancel: find(&root, "[data-cancel]")?,
            bar: find(&root, "[data-progress]")?,
            work_status: find(&root, "[data-work-status]")?,
            drawers: if crate::WORKSHOP {
                Some(Drawers::new(&root)?)
            } else {
                None
            },
            region_problems: problems.into_iter().filter_map(named).collect(),
            root,
        })
    }

    /// Says in its own place what is wrong with a region, or takes that back.
    pub(super) fn say(&self, region: &str, problem: Option<&str>) {
        for (_, place) in self.region_problems.iter().filter(|(name, _)| name == region) {
            super::dom::set_text(place, problem.unwrap_or_default());
            place.set_hidden(problem.is_none());
        }
    }
}
