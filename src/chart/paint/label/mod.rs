//! Names written on curves, where they fit, and where they were.

mod crowd;
mod memory;
mod outline;
mod place;

pub use memory::LabelMemory;

use self::crowd::Crowd;
use self::outline::Outline;
use self::place::{Place, Side};
use super::marks::point_radius_px;
use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::surface::Surface;
use crate::chart::layout::text::{LINE_EM, width_em};
use crate::chart::{Layer, Mark, Panel, Placed, Theme};

use plotters::style::text_anchor::{HPos, VPos};

/// Line points under a name that do not make it unreadable.
const BEARABLE: u32 = 2;
/// How much farther a name goes rather than hide one more line point.
const HIDING_PX: f64 = 3.0;
/// How far a name steps aside that is not due; rather than go farther it waits until its place is free again.
const STEP_ASIDE_PX: f64 = 25.0;
/// Least distance of a name from the sides of the frame and from the visitor's point, in px.
const CLEARANCE_PX: f64 = 3.0;

/// A name to be written, with the line that it belongs to.
struct Name<'a> {
    layer: &'a Layer,
    text: &'a str,
    line: &'a Outline,
    size_px: (f64, f64),
    /// Whether it is written in any case, on a veil of paper if need be.
    is_due: bool,
}

/// Where a name goes: point of its line, side of it, and what it covers.
#[derive(Clone, Copy)]
struct Choice {
    anchor: (f64, f64),
    side: Side,
    place: Place,
    /// Points of lines that it covers.
    covered: u32,
}

/// What names have to keep clear of.
struct Room<'a> {
    frame: &'a Placed,
    crowd: Crowd,
    taken: Vec<Place>,
}

/// Writes the name of each labelled layer beside its line. A name stays where it was as long as it fits there: inside the frame, not on
/// another name, not on the visitor's point. Otherwise it goes to the nearest place that does, and without a place of its own to where
/// the fewest lines run through it. A name that would hide more than a line or two is left to the legend, unless it is
/// due.
pub(super) fn draw<DB: Surface>(
    pen: &Pen<DB>,
    (index, panel): (usize, &Panel),
    legend: Option<[(f64, f64); 2]>,
    frame: &Placed,
    theme: &Theme,
    memory: &mut LabelMemory,
) -> PenResult<DB> {
    if panel.layers.iter().all(|layer| layer.label.is_none()) {
        return Ok(());
    }
    memory.follow(index, frame);
    let lines = memory.outlines(index, panel, frame);
    let mut room = Room {
        frame,
        crowd: Crowd::new(lines.iter().flat_map(|line| line.points.iter()), frame),
        taken: obstacles(panel, frame, theme)
            .into_iter()
            .chain(legend.map(Place::between))
            .collect(),
    };
    let em = 0.93 * theme.font_px;
    let names = names(panel, &lines, em);
    // Names that can stay come first: no other may push them away.
    let mut choices: Vec<Option<Choice>> = Vec::with_capacity(names.len());
    for name in &names {
        let kept = memory.kept(index, &name.layer.name);
        choices.push(kept.and_then(|(anchor, side)| room.take(name.at(anchor, side, &room.crowd))));
    }
    for (name, choice) in names.iter().zip(&mut choices) {
        if choice.is_none() {
            let before = memory.kept(index, &name.layer.name);
            let before = before.map(|(anchor, side)| side.beside(anchor, name.size_px).middle());
            *choice = room.best(name, before).and_then(|best| room.take(Some(best)));
        }
    }
    for (name, choice) in names.iter().zip(choices) {
        if let Some(choice) = choice {
            memory.keep(index, &name.layer.name, (choice.anchor, choice.side));
            write(pen, name, &choice, em, theme)?;
        }
    }
    Ok(())
}

/// The names of a panel; those of what is computed here choose first.
fn names<'a>(panel: &'a Panel, lines: &'a [std::sync::Arc<Outline>], em: f64) -> Vec<Name<'a>> {
    let (mut names, published): (Vec<Name>, Vec<Name>) = panel
        .layers
        .iter()
        .zip(lines)
        .filter_map(|(layer, line)| {
            let text = layer.label.as_deref()?;
            Some(Name {
                layer,
                text,
                line,
                size_px: (width_em(text) * em, LINE_EM * em),
                is_due: !layer.role.is_published(),
            })
        })
        .partition(|name| name.is_due);
    names.extend(published);
    names
}

/// What no name may cover: the visitor's point, and crosses.
fn obstacles(panel: &Panel, frame: &Placed, theme: &Theme) -> Vec<Place> {
    /// Half a cross: its own name stands just beyond.
    const CROSS_PX: f64 = 2.9;
    let around = |x: f64, y: f64, radius: f64| {
        let (x, y) = (panel.x.fraction(x).clamp(0.0, 1.0), panel.y.fraction(y).clamp(0.0, 1.0));
        Place::new(frame.pixel(x, y), (2.0 * radius, 2.0 * radius))
    };
    let marks = panel.layers.iter().map(|layer| &layer.mark);
    marks
        .filter_map(|mark| match mark {
            Mark::Point { x, y } => Some(around(*x, *y, point_radius_px(theme) + CLEARANCE_PX)),
            Mark::Cross { x, y } => Some(around(*x, *y, CROSS_PX)),
            _ => None,
        })
        .collect()
}

impl Name<'_> {
    /// The name beside the point of its line that is nearest to `anchor`.
    fn at(&self, anchor: (f64, f64), side: Side, crowd: &Crowd) -> Option<Choice> {
        let anchor = self.line.nearest(anchor)?;
        Some(self.choice(anchor, side, crowd))
    }

    fn choice(&self, anchor: (f64, f64), side: Side, crowd: &Crowd) -> Choice {
        let place = side.beside(anchor, self.size_px);
        Choice {
            anchor,
            side,
            place,
            covered: crowd.within(&place),
        }
    }
}

impl Room<'_> {
    fn fits(&self, place: &Place) -> bool {
        place.is_within(self.frame, CLEARANCE_PX) && !self.taken.iter().any(|other| place.overlaps(other))
    }

    /// Takes a place if it is free.
    fn take(&mut self, choice: Option<Choice>) -> Option<Choice> {
        let choice = choice.filter(|choice| self.fits(&choice.place))?;
        self.taken.push(choice.place);
        Some(choice)
    }

    /// The free place nearest to where the middle of the name was `before`, or the one that hides least.
    fn best(&self, name: &Name, before: Option<(f64, f64)>) -> Option<Choice> {
        let choices = name
            .line
            .points
            .iter()
            .flat_map(|anchor| Side::ALL.map(|side| name.choice(*anchor, side, &self.crowd)))
            .filter(|choice| self.fits(&choice.place));
        let bearable = |choice: &Choice| choice.covered <= BEARABLE;
        let choices = choices.filter(|choice| name.is_due || bearable(choice));
        match before {
            None => choices.min_by_key(|choice| choice.covered),
            Some((x, y)) => {
                let distance = |choice: &Choice| {
                    let middle = choice.place.middle();
                    (middle.0 - x).hypot(middle.1 - y)
                };
                let cost = |choice: &Choice| {
                    let hidden = f64::from(choice.covered.saturating_sub(BEARABLE));
                    distance(choice) + HIDING_PX * hidden
                };
                choices
                    .filter(|choice| name.is_due || distance(choice) <= STEP_ASIDE_PX)
                    .min_by(|a, b| cost(a).total_cmp(&cost(b)))
            }
        }
    }
}

fn write<DB: Surface>(pen: &Pen<DB>, name: &Name, choice: &Choice, em: f64, theme: &Theme) -> PenResult<DB> {
    let place = &choice.place;
    if choice.covered > BEARABLE {
        let inset = 0.1 * em;
        let (from, to) = ((place.left, place.top + inset), (place.right, place.bottom - inset));
        pen.rectangle(from, to, theme.paper, 0.6)?;
    }
    let looks = Type {
        size_px: em,
        color: theme.lettering(name.layer.role),
        anchor: Anchor(HPos::Center, VPos::Center),
        turn: Turn::Level,
    };
    pen.text(name.text, place.middle(), looks)
}
