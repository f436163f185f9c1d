//! Which of the charts a frame draws.

use super::Page;
use crate::chart::Theme;
use crate::chart::exclusion::exclusion;
use crate::page::view::PageView;
use crate::web::dom::Result;
use crate::web::figure::Figure;
use std::rc::Rc;

/// Milliseconds of a redraw after which the second chart waits for the next frame: half of what a redraw may take.
const SPARE_MS: f64 = 4.0;

/// A chart of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Spectrum,
    Plane,
}

impl Page {
    /// Draws the charts that differ from what is shown. Where the redraw has taken its time by then, the second of two waits for the next frame, in which it comes first:
    /// frames keep the pace of the hand, and each chart is in every other one at least. Returns whether one waits; `view` has then what is still to be seen of it.
    pub(super) fn draw_charts(&mut self, view: &mut PageView) -> Result<bool> {
        let theme = self.theme(view.theme)?;
        // Letters of another size come with charts of another size.
        let restyled = self.theme.replace(theme).map(|before| before.name) != Some(theme.name);
        if restyled {
            self.elements
                .root
                .set_attribute("data-theme", crate::Choice::name(theme.name))?;
        }
        // What is under the hand comes first, if nothing waits.
        let under_the_hand = if self.dragging.is_some() {
            Which::Plane
        } else {
            Which::Spectrum
        };
        let (first, second) = match self.waits.take().unwrap_or(under_the_hand) {
            Which::Plane => (Which::Plane, Which::Spectrum),
            Which::Spectrum => (Which::Spectrum, Which::Plane),
        };
        let both = self.draw_chart(first, view, &theme, restyled)?;
        if both && !restyled && !self.is_drawn(second, view) && self.puts_off(second, view) {
            self.waits = Some(second);
            return Ok(true);
        }
        self.draw_chart(second, view, &theme, restyled)?;
        Ok(false)
    }

    fn figure(&self, which: Which) -> &Figure {
        match which {
            Which::Spectrum => &self.elements.spectrum,
            Which::Plane => &self.elements.plane,
        }
    }

    /// Whether the chart of a view is what is to be seen.
    fn is_drawn(&self, which: Which, view: &PageView) -> bool {
        let is_same = self.shown.as_ref().is_some_and(|shown| match which {
            Which::Spectrum => Rc::ptr_eq(&shown.spectrum.content, &view.spectrum.content),
            Which::Plane => Rc::ptr_eq(&shown.plane.content, &view.plane.content),
        });
        is_same && !self.figure(which).is_outgrown()
    }

    /// Leaves what is shown of a chart in its place, if there is something of the right size and the frame has taken its time. The list of curves comes with the
    /// plane: a box that was ticked is not taken back for a frame.
    fn puts_off(&self, which: Which, view: &mut PageView) -> bool {
        let Some(shown) = &self.shown else { return false };
        if self.stopwatch.elapsed_ms() < SPARE_MS || self.figure(which).is_outgrown() {
            return false;
        }
        match which {
            Which::Spectrum => view.spectrum.content = Rc::clone(&shown.spectrum.content),
            Which::Plane if view.plane.content.curves != shown.plane.content.curves => return false,
            Which::Plane => view.plane.content = Rc::clone(&shown.plane.content),
        }
        true
    }

    /// Draws a chart if it is not what is to be seen, or looks different; returns whether it does.
    fn draw_chart(&mut self, which: Which, view: &PageView, theme: &Theme, restyled: bool) -> Result<bool> {
        if !restyled && self.is_drawn(which, view) {
            return Ok(false);
        }
        let plane = &view.plane.content;
        match (which, &view.spectrum.content.chart) {
            (Which::Spectrum, Some(chart)) => self.elements.spectrum.draw(Rc::clone(chart), theme)?,
            (Which::Spectrum, None) => return Ok(false),
            (Which::Plane, _) => {
                self.elements.plane.draw(Rc::new(exclusion(&plane.exclusion)), theme)?;
                self.elements.plane.speak(plane.readout.as_ref(), theme)?;
            }
        }
        (self.tables_due, self.untidy) = (true, true);
        Ok(true)
    }
}
