//! The line of a layer, in pixels.

use crate::chart::paint::marks::floor;
use crate::chart::{Layer, Mark, Panel, Placed};

/// Distance between the points of an outline, in px.
const STEP_PX: f64 = 7.0;

/// A line as points at most [`STEP_PX`] apart, in pixels, as far as they are inside the frame.
#[derive(Clone, Debug, Default)]
pub(super) struct Outline {
    pub(super) points: Vec<(f64, f64)>,
}

impl Outline {
    pub(super) fn new(layer: &Layer, panel: &Panel, frame: &Placed) -> Self {
        let corners = corners(layer, panel, frame);
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
        Self { points }
    }

    /// The place on the line nearest to a pixel, between its points too: a name must not hop from point to point as its line
    /// moves. `None` if nothing of the line is inside the frame.
    pub(super) fn nearest(&self, (x, y): (f64, f64)) -> Option<(f64, f64)> {
        let distance = |point: &(f64, f64)| (point.0 - x).hypot(point.1 - y);
        let on_segments = self.points.windows(2).filter_map(|pair| {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let length = (x1 - x0).hypot(y1 - y0);
            // Longer ones are gaps where the line is outside.
            let share = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / (length * length);
            (length <= 1.01 * STEP_PX && (0.0..=1.0).contains(&share))
                .then_some((x0 + share * (x1 - x0), y0 + share * (y1 - y0)))
        });
        self.points
            .iter()
            .copied()
            .chain(on_segments)
            .min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }
}

/// The points between which a layer's line is straight, in pixels; none for what is no line.
fn corners(layer: &Layer, panel: &Panel, frame: &Placed) -> Vec<(f64, f64)> {
    let pixel = |(x, y): (&f64, &f64)| frame.pixel(panel.x.fraction(*x), panel.y.fraction(*y));
    match &layer.mark {
        Mark::Curve { x, y } | Mark::Region { x, y } => x.iter().zip(y).map(pixel).collect(),
        Mark::Cross { x, y } => vec![pixel((x, y))],
        Mark::Floor { x, lane, .. } => floor(x.first().zip(x.last()), *lane, panel, frame)
            .into_iter()
            .map(|(x, y)| frame.pixel(x.clamp(0.0, 1.0), y))
            .collect(),
        _ => Vec::new(),
    }
}
