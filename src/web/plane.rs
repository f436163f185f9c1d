//! The plane on the page: its figure, the list of its curves, the verdict.

use super::controls::Controls;
use super::dom::{Result, around, element, fill, find, from_core, set_text};
use super::figure::Figure;
use crate::Choice;
use crate::analysis::literature::{PublishedCurve, published, texono};
use crate::analysis::precise::Precise;
use crate::analysis::verdict::{Opinion, opinions};
use crate::chart::exclusion::exclusion;
use crate::chart::{Theme, decimal, scientific};
use crate::experiment::ExperimentId;
use crate::page::state::State;
use crate::page::workbench::Workbench;
use crate::{
    analysis::curve::LiveCurves,
    page::plane::{Entry, entries, is_shown, view},
};
use web_sys::{Element, HtmlInputElement};

/// Milliseconds after the start of a redraw until which live curves are computed: what is left of a frame is for drawing.
const LIVE_UNTIL_MS: f64 = 3.5;
/// Milliseconds that they get in any case.
const LIVE_LEAST_MS: f64 = 1.0;

/// Everything of the page that is about the plane.
pub(super) struct Plane {
    root: Element,
    pub(super) figure: Figure,
    live: LiveCurves,
    pub(super) precise: Precise,
    published: Vec<PublishedCurve>,
    listed: Option<Vec<Entry>>,
}

impl Plane {
    /// Reads the published curves and finds the plane's place in the document.
    pub(super) fn new(root: Element) -> Result<Self> {
        let mut curves = published().map_err(from_core)?;
        curves.push(texono().map_err(from_core)?);
        Ok(Self {
            figure: Figure::new(&root, "exclusion")?,
            live: LiveCurves::default(),
            precise: Precise::default(),
            published: curves,
            listed: None,
            root,
        })
    }

    /// Asks for the curves of a state and computes for a part of the frame that began at `start_ms` on the clock `now`; returns whether
    /// there is more to do.
    pub(super) fn compute(
        &mut self,
        workbench: &mut Workbench,
        state: &State,
        start_ms: f64,
        now: impl Fn() -> f64,
    ) -> Result<bool> {
        let level = (state.level, state.dof);
        let flavor = state.benchmark.flavor;
        self.live
            .ask(workbench, flavor, state.settings, level)
            .map_err(from_core)?;
        let end = (start_ms + LIVE_UNTIL_MS).max(now() + LIVE_LEAST_MS);
        self.live.advance(workbench, || now() >= end).map_err(from_core)?;
        Ok(!self.live.is_complete())
    }

    /// Whether the curves of the plane are the precise ones, at the present settings.
    pub(super) fn is_precise(&self) -> bool {
        self.precise.is_complete_for(self.live.all_wanted())
    }

    /// Draws the plane.
    pub(super) fn draw(&mut self, state: &State, theme: &Theme) -> Result<()> {
        let chart = exclusion(&view(state, &self.live, &self.precise, &self.published));
        self.figure.draw(chart, theme)
    }

    /// Moves the state's point to a pixel of the canvas.
    pub(super) fn move_point(&self, x: f64, y: f64, controls: &Controls, state: &mut State) -> Result<()> {
        if let Some((mass_mev, coupling_per_gev)) = self.figure.values_at(x, y) {
            controls.set_number(state, "mass", mass_mev)?;
            controls.set_number(state, "coupling", coupling_per_gev)?;
        }
        Ok(())
    }

    /// Whether a pixel is on the state's point, for a finger.
    pub(super) fn is_on_point(&self, x: f64, y: f64, state: &State) -> bool {
        /// Half the width of a fingertip, in CSS pixels.
        const FINGER_PX: f64 = 36.0;
        let benchmark = state.benchmark;
        let point = self.figure.pixel_of(benchmark.mass_mev, benchmark.coupling_per_gev);
        point.is_some_and(|(px, py)| (px - x).hypot(py - y) < FINGER_PX)
    }

    /// Lists the curves with their provenance, as check boxes.
    pub(super) fn list(&mut self, workbench: &mut Workbench, state: &State) -> Result<()> {
        let mut own = Vec::new();
        for &experiment in ExperimentId::ALL {
            if self.live.wanted(experiment).is_some() {
                let analysis = workbench.analysis(experiment, state.settings).map_err(from_core)?;
                own.push((experiment, analysis.experiment().name().to_owned()));
            }
        }
        let entries = entries(state, &own, &self.published);
        if self.listed.as_ref() == Some(&entries) {
            return Ok(());
        }
        let mut items = Vec::new();
        for entry in &entries {
            items.push(item(entry)?);
        }
        fill(&find::<Element>(&self.root, "[data-curves]")?, &items)?;
        self.listed = Some(entries);
        Ok(())
    }

    /// Says what the experiments and the published limits say about the state's point.
    pub(super) fn judge(&self, workbench: &mut Workbench, state: &State) -> Result<()> {
        let level = (state.level, state.dof);
        let opinions = opinions(workbench, state.benchmark, state.settings, level).map_err(from_core)?;
        let benchmark = state.benchmark;
        let elsewhere: Vec<&str> = self
            .published
            .iter()
            // Of rivals for the same observation only the one that is shown counts.
            .filter(|curve| is_shown(state, curve))
            .filter(|curve| curve.excludes(benchmark.mass_mev, benchmark.coupling_per_gev) == Some(true))
            .map(|curve| curve.label.as_str())
            .collect();
        set_text(
            &find::<Element>(&self.root, "[data-verdict]")?,
            &sentence(state, &opinions, &elsewhere),
        );
        let mut rows = vec![head(state)?];
        for opinion in &opinions {
            rows.push(row(opinion)?);
        }
        fill(&find::<Element>(&self.root, "[data-opinions]")?, &rows)
    }
}

fn item(entry: &Entry) -> Result<Element> {
    let input = element("input", "")?;
    input.set_attribute("type", "checkbox")?;
    input.set_attribute("data-curve", &entry.name)?;
    if let Some(input) = wasm_bindgen::JsCast::dyn_ref::<HtmlInputElement>(&input) {
        input.set_checked(entry.visible);
    }
    let label = around("label", &[input, element("span", &entry.label)?])?;
    let about = if entry.link.is_empty() {
        element("small", &entry.about)?
    } else {
        let link = element("a", "source")?;
        link.set_attribute("href", &entry.link)?;
        around("small", &[element("span", &format!("{} ", entry.about))?, link])?
    };
    around("li", &[label, about])
}

fn sentence(state: &State, opinions: &[Opinion], elsewhere: &[&str]) -> String {
    // A tenth of a per cent is what the slider gives: 90, 99.9.
    let level = format!("{} %", (1e3 * state.level.level()).round() / 10.0);
    let excluding: Vec<&str> = opinions
        .iter()
        .filter(|opinion| opinion.excluded == Some(true))
        .map(|opinion| opinion.name.as_str())
        .collect();
    let ours = if excluding.is_empty() {
        format!("None of the experiments here excludes this point at {level}")
    } else {
        format!("Excluded at {level} by {}", excluding.join(" and "))
    };
    let theirs = if elsewhere.is_empty() {
        "no published limit shown here does either".to_owned()
    } else {
        format!("published limits that exclude it: {}", elsewhere.join(", "))
    };
    let theirs = match (excluding.is_empty(), elsewhere.is_empty()) {
        (false, true) => "no published limit shown here covers it".to_owned(),
        _ => theirs,
    };
    // A label may end with the full stop of an abbreviation.
    format!("{ours}; {}.", theirs.trim_end_matches('.'))
}

fn head(state: &State) -> Result<Element> {
    let dof = if state.dof.name() == "1" { "" } else { " (2 d.o.f.)" };
    let mut cells = Vec::new();
    for text in [
        "",
        &format!("Δχ²{dof}"),
        "excluded at",
        "dipole events",
        "SM events",
        "lowest Eν for N, seen",
    ] {
        cells.push(element("th", text)?);
    }
    around("thead", &[around("tr", &cells)?])
}

fn row(opinion: &Opinion) -> Result<Element> {
    let confidence = match (opinion.confidence, opinion.excluded) {
        (Some(confidence), _) => percent(confidence),
        (None, Some(true)) => "its 90 % bound".to_owned(),
        (None, Some(false)) => "not at 90 %".to_owned(),
        (None, None) => "bound only at 90 %, 1 d.o.f.".to_owned(),
    };
    let count = |value: f64| format!("{} {}", scientific(value, 3), opinion.unit);
    let reach = if opinion.lowest_energy_mev > opinion.highest_energy_mev {
        format!(
            "{} MeV, above the source's {}",
            decimal(opinion.lowest_energy_mev, 1),
            decimal(opinion.highest_energy_mev, 1)
        )
    } else {
        format!("{} MeV", scientific(opinion.lowest_energy_mev, 3))
    };
    let delta = opinion.delta_chi2.map_or("–".to_owned(), |delta| scientific(delta, 3));
    let name = element("th", &opinion.name)?;
    let verdict = element("td", &confidence)?;
    if opinion.excluded == Some(true) {
        verdict.set_class_name("out");
    }
    let row = around(
        "tr",
        &[
            name,
            element("td", &delta)?,
            verdict,
            element("td", &count(opinion.dipole_counts))?,
            element("td", &count(opinion.sm_counts))?,
            element("td", &reach)?,
        ],
    )?;
    row.set_attribute("data-opinion", opinion.experiment.name())?;
    Ok(row)
}

/// A confidence level; what is beyond five digits of certainty is said so.
fn percent(confidence: f64) -> String {
    if confidence > 0.99999 {
        "> 99.999 %".to_owned()
    } else if confidence > 0.999 {
        format!("{} %", decimal(100.0 * confidence, 3))
    } else {
        format!("{} %", decimal(100.0 * confidence, 1))
    }
}
