//! Draws the values of a layer.

use super::clip::{Fraction, clipped, clipped_polygon};
use super::hatch::hatch;
use super::pen::{DOT_LINES, Pen, PenResult};
use super::surface::Surface;
use super::{bars, heat, width_px};
use crate::chart::{Color, Dash, Layer, Mark, Panel, Placed, Theme, Weight};

/// Opacity of shades, as shares of that of filled histograms: on the paper, and weak and strong above it.
const FLAT: f64 = 0.3;
const WEAK: f64 = 0.12;
const STRONG: f64 = 0.5;

/// Draws a layer, cut off at the frame.
pub(super) fn draw<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    layer: &Layer,
    frame: &Placed,
    theme: &Theme,
) -> PenResult<DB> {
    let color = theme.color(layer.role);
    let stroke = Stroke {
        dash: layer.dash,
        color,
        width_px: width_px(layer, theme),
    };
    let fraction = |(x, y): (&f64, &f64)| (panel.x.fraction(*x), panel.y.fraction(*y));
    match &layer.mark {
        Mark::Curve { x, y } | Mark::Contour { x, y } => match (&x[..], &y[..]) {
            // A line needs two points, and one point is still a result.
            ([x], [y]) => spot(pen, fraction((x, y)), frame, &stroke),
            _ => line(pen, x.iter().zip(y).map(fraction), frame, &stroke),
        },
        Mark::Floor { x, lane, .. } => {
            let points = floor(x.first().zip(x.last()), *lane, panel, frame);
            line(pen, points, frame, &stroke)
        }
        Mark::Steps { edges, y } => {
            let bins = edges.windows(2).zip(y);
            let points = bins.flat_map(|(edge, y)| [fraction((&edge[0], y)), fraction((&edge[1], y))]);
            line(pen, points, frame, &stroke)
        }
        Mark::Region { x, y } => {
            let closed = x.iter().zip(y).chain(x.first().zip(y.first()));
            line(pen, closed.map(fraction), frame, &stroke)
        }
        Mark::Shade { x, y } => {
            let inside = clipped_polygon(x.iter().zip(y).map(fraction));
            let corners: Vec<_> = inside.into_iter().map(|(x, y)| frame.pixel(x, y)).collect();
            let strength = |share: f64| share * theme.fill_opacity;
            match (layer.still, layer.weight) {
                (true, _) => pen.polygon(&corners, theme.washed(color, strength(FLAT)), 1.0),
                (false, Weight::Normal | Weight::Heavy) => pen.polygon(&corners, color, strength(STRONG)),
                (false, Weight::Thin) => pen.polygon(&corners, color, strength(WEAK)),
            }
        }
        Mark::Heat { x, y, values, levels } => heat::draw(pen, (x, y, values, levels), panel, frame, theme),
        Mark::Point { x, y } => point(pen, fraction((x, y)), frame, (theme, color)),
        Mark::Cross { x, y } => match fraction((x, y)) {
            (x, y) if is_inside((x, y)) => cross(pen, frame.pixel(x, y), (theme, color)),
            _ => Ok(()),
        },
        Mark::Stack { edges, base, top } => stack(pen, panel, (edges, base, top), frame, (theme, layer)),
        Mark::Points { x, y, error } => points(pen, panel, (x, y, error), frame, (theme, color)),
        Mark::Bar { value, lane, lanes } => {
            let text = layer.label.as_deref().unwrap_or_default();
            bars::bar(pen, panel, (*value, *lane, *lanes), text, frame, (theme, color))
        }
        Mark::Threshold { value } => {
            let text = layer.label.as_deref().unwrap_or_default();
            bars::threshold(pen, panel, *value, text, frame, (theme, color))
        }
    }
}

/// How a line looks.
struct Stroke {
    dash: Dash,
    color: Color,
    width_px: f64,
}

fn is_inside((x, y): Fraction) -> bool {
    (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y)
}

/// The ends of a line along the lower edge of the frame, as fractions: a little above it and above those of other lanes, so that each
/// is seen.
pub(super) fn floor(ends: Option<(&f64, &f64)>, lane: usize, panel: &Panel, frame: &Placed) -> Vec<Fraction> {
    /// Distance between lanes, and of the first from the edge, in CSS pixels.
    const LANE_PX: f64 = 5.0;
    let y = LANE_PX * (lane as f64 + 1.0) / (frame.bottom - frame.top);
    ends.map(|(first, last)| [*first, *last].map(|x| (panel.x.fraction(x), y)).to_vec())
        .unwrap_or_default()
}

fn spot<DB: Surface>(pen: &Pen<DB>, at: Fraction, frame: &Placed, stroke: &Stroke) -> PenResult<DB> {
    if !is_inside(at) {
        return Ok(());
    }
    pen.dot(frame.pixel(at.0, at.1), stroke.width_px, stroke.color)
}

/// A ring with dotted lines to both axes.
fn point<DB: Surface>(
    pen: &Pen<DB>,
    (x, y): Fraction,
    frame: &Placed,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let (x, y) = frame.pixel(x.clamp(0.0, 1.0), y.clamp(0.0, 1.0));
    let hair = 0.5 * theme.line_px;
    pen.dashed(&[(frame.left, y), (x, y)], Dash::Dotted, color, hair)?;
    pen.dashed(&[(x, y), (x, frame.bottom)], Dash::Dotted, color, hair)?;
    pen.dot((x, y), point_radius_px(theme), theme.paper)?;
    pen.dot((x, y), 0.40 * theme.font_px, color)?;
    pen.dot((x, y), 0.20 * theme.font_px, theme.paper)
}

/// Radius of the visitor's point with the paper around it, in CSS pixels.
pub(super) fn point_radius_px(theme: &Theme) -> f64 {
    0.52 * theme.font_px
}

/// A small cross on a pixel, on a veil of paper that keeps it apart from the lines below it.
pub(super) fn cross<DB: Surface>(pen: &Pen<DB>, (x, y): (f64, f64), (theme, color): (&Theme, Color)) -> PenResult<DB> {
    let arm = 0.30 * theme.font_px;
    for (width_px, color) in [(2.2 * theme.line_px, theme.paper), (theme.line_px, color)] {
        pen.line(&[(x - arm, y - arm), (x + arm, y + arm)], color, width_px)?;
        pen.line(&[(x - arm, y + arm), (x + arm, y - arm)], color, width_px)?;
    }
    Ok(())
}

/// A filled histogram between two heights.
fn stack<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    (edges, base, top): (&[f64], &[f64], &[f64]),
    frame: &Placed,
    (theme, layer): (&Theme, &Layer),
) -> PenResult<DB> {
    let color = theme.color(layer.role);
    let mut filled = Vec::new();
    for ((edge, base), top) in edges.windows(2).zip(base).zip(top) {
        let inside = |fraction: f64| fraction.clamp(0.0, 1.0);
        let (left, right) = (inside(panel.x.fraction(edge[0])), inside(panel.x.fraction(edge[1])));
        let (low, high) = (inside(panel.y.fraction(*base)), inside(panel.y.fraction(*top)));
        if high > low {
            let (from, to) = (frame.pixel(left, high), frame.pixel(right, low));
            pen.rectangle(from, to, color, theme.fill_opacity)?;
            filled.push([from, to]);
        }
    }
    hatch(pen, &filled, layer.dash, (theme, color))?;
    // The upper edge of every band tells it from its neighbour without colour.
    let bins = edges.windows(2).zip(top);
    let steps = bins.flat_map(|(edge, top)| [edge[0], edge[1]].map(|x| (panel.x.fraction(x), panel.y.fraction(*top))));
    let outline = Stroke {
        dash: Dash::Solid,
        color: theme.washed(color, 0.85),
        width_px: 0.4 * theme.line_px,
    };
    line(pen, steps, frame, &outline)
}

/// Dots with error bars.
fn points<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    (x, y, error): (&[f64], &[f64], &[f64]),
    frame: &Placed,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let fraction = |x: f64, y: f64| (panel.x.fraction(x), panel.y.fraction(y));
    let stroke = Stroke {
        dash: Dash::Solid,
        color,
        width_px: 0.5 * theme.line_px,
    };
    for ((x, y), error) in x.iter().zip(y).zip(error) {
        line(pen, [fraction(*x, y - error), fraction(*x, y + error)], frame, &stroke)?;
        let at = fraction(*x, *y);
        if is_inside(at) {
            pen.dot(frame.pixel(at.0, at.1), DOT_LINES * theme.line_px, color)?;
        }
    }
    Ok(())
}

fn line<DB: Surface>(
    pen: &Pen<DB>,
    points: impl IntoIterator<Item = Fraction>,
    frame: &Placed,
    stroke: &Stroke,
) -> PenResult<DB> {
    for piece in clipped(points) {
        let pixels: Vec<_> = piece.into_iter().map(|(x, y)| frame.pixel(x, y)).collect();
        pen.dashed(&pixels, stroke.dash, stroke.color, stroke.width_px)?;
    }
    Ok(())
}
