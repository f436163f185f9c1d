//! Names written on curves, where they fit.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::{Layer, Mark, Panel, Placed, Role, Theme};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Mean width of a character and height of a line, in em.
const TEXT_EM: (f64, f64) = (0.56, 1.15);
/// Distance between places that are tried, in px.
const STEP_PX: f64 = 7.0;
/// Line points under a name that do not make it unreadable.
const BEARABLE: u32 = 2;

/// A rectangle in pixels: left, top, right, bottom.
#[derive(Clone, Copy)]
struct Box {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Box {
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// How many line points lie in each square of the frame: what a place costs is read off a few squares instead of off every line.
struct Crowd {
    columns: usize,
    counts: Vec<u16>,
    left: f64,
    top: f64,
}

impl Crowd {
    /// Side of a square, in px.
    const SQUARE_PX: f64 = 8.0;

    fn new<'a>(points: impl Iterator<Item = &'a (f64, f64)>, frame: &Placed) -> Self {
        let squares = |length: f64| (length / Self::SQUARE_PX).ceil().max(1.0) as usize + 1;
        let (columns, rows) = (squares(frame.right - frame.left), squares(frame.bottom - frame.top));
        let mut crowd = Self {
            columns,
            counts: vec![0; columns * rows],
            left: frame.left,
            top: frame.top,
        };
        for (x, y) in points {
            let square = crowd.column(*x) + crowd.columns * crowd.row(*y);
            if let Some(count) = crowd.counts.get_mut(square) {
                *count = count.saturating_add(1);
            }
        }
        crowd
    }

    fn column(&self, x: f64) -> usize {
        ((x - self.left) / Self::SQUARE_PX).max(0.0) as usize
    }

    fn row(&self, y: f64) -> usize {
        ((y - self.top) / Self::SQUARE_PX).max(0.0) as usize
    }

    /// Points in the squares that a place covers.
    fn within(&self, place: &Box) -> u32 {
        let columns = self.column(place.left)..=self.column(place.right);
        let rows = self.row(place.top)..=self.row(place.bottom);
        rows.flat_map(|row| columns.clone().map(move |column| column + self.columns * row))
            .filter_map(|square| self.counts.get(square))
            .map(|count| u32::from(*count))
            .sum()
    }
}

/// Writes the name of each labelled layer just above or below its line, at the place where the fewest lines run through
/// it; a name that would hide another, or more than a line or two, is left to the legend.
pub(super) fn draw<DB: DrawingBackend>(pen: &Pen<DB>, panel: &Panel, frame: &Placed, theme: &Theme) -> PenResult<DB> {
    let lines: Vec<Vec<(f64, f64)>> = panel.layers.iter().map(|layer| outline(layer, panel, frame)).collect();
    let em = 0.82 * theme.font_px;
    let crowd = Crowd::new(lines.iter().flatten(), frame);
    let mut taken: Vec<Box> = Vec::new();
    let labelled = || panel.layers.iter().zip(&lines).filter(|(layer, _)| layer.labelled);
    let is_foreign = |layer: &Layer| matches!(layer.role, Role::Published | Role::Projection);
    // Our own curves choose first.
    let own_first = labelled()
        .filter(|(layer, _)| !is_foreign(layer))
        .chain(labelled().filter(|(layer, _)| is_foreign(layer)));
    for (layer, line) in own_first {
        let width = TEXT_EM.0 * em * layer.name.chars().count() as f64;
        let places = line
            .iter()
            .step_by(2)
            .flat_map(|point| around(*point, width, TEXT_EM.1 * em));
        let inside = |place: &Box| {
            place.left > frame.left + 3.0
                && place.right < frame.right - 3.0
                && place.top > frame.top + 3.0
                && place.bottom < frame.bottom - 3.0
        };
        let free = |place: &Box| !taken.iter().any(|other| place.overlaps(other));
        let best = places
            .filter(inside)
            .filter(free)
            .map(|place| (crowd.within(&place), place))
            .min_by_key(|(count, _)| *count);
        // A few points of its own line, or of one that crosses it, are what a name can bear; our own
        // curves are named in any case, on a veil of paper.
        let own = !is_foreign(layer);
        if let Some((count, place)) = best.filter(|(count, _)| own || *count <= BEARABLE) {
            if count > BEARABLE {
                let inset = 0.1 * em;
                let (from, to) = ((place.left, place.top + inset), (place.right, place.bottom - inset));
                pen.rectangle(from, to, theme.paper, 0.8)?;
            }
            let looks = Type {
                size_px: em,
                color: theme.color(layer.role),
                anchor: Anchor(HPos::Center, VPos::Center),
                turn: Turn::Level,
            };
            let middle = (0.5 * (place.left + place.right), 0.5 * (place.top + place.bottom));
            pen.text(&layer.name, middle, looks)?;
            taken.push(place);
        }
    }
    Ok(())
}

/// Places for a text above, below and beside a point of a line.
fn around((x, y): (f64, f64), width: f64, height: f64) -> [Box; 4] {
    let place = |x: f64, y: f64| Box {
        left: x - 0.5 * width,
        top: y - 0.5 * height,
        right: x + 0.5 * width,
        bottom: y + 0.5 * height,
    };
    let (dx, dy) = (0.5 * width + 5.0, 0.5 * height + 3.0);
    [place(x, y - dy), place(x, y + dy), place(x + dx, y), place(x - dx, y)]
}

/// The line of a layer as points at most [`STEP_PX`] apart, in pixels, as far as they are inside the frame.
fn outline(layer: &Layer, panel: &Panel, frame: &Placed) -> Vec<(f64, f64)> {
    let (x, y) = match &layer.mark {
        Mark::Curve { x, y } | Mark::Region { x, y } => (x, y),
        _ => return Vec::new(),
    };
    let corners: Vec<_> = x
        .iter()
        .zip(y)
        .map(|(x, y)| frame.pixel(panel.x.fraction(*x), panel.y.fraction(*y)))
        .collect();
    let mut points = Vec::new();
    for pair in corners.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let steps = ((x1 - x0).hypot(y1 - y0) / STEP_PX).ceil().clamp(1.0, 200.0);
        points.extend((0..steps as usize).map(|step| {
            let share = step as f64 / steps;
            (x0 + share * (x1 - x0), y0 + share * (y1 - y0))
        }));
    }
    points.extend(corners.last());
    points.retain(|(x, y)| frame.contains(*x, *y));
    points
}
