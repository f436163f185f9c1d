//! Bars beside each other, and the threshold that they are held against.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::surface::Surface;
use crate::chart::layout::text::width_em;
use crate::chart::{Color, Dash, Mark, Panel, Placed, Theme};

use plotters::style::text_anchor::{HPos, VPos};

/// Height of the text above a bar, in em of its own size.
const TEXT_ROW_EM: f64 = 1.25;
/// Lanes lower than this, in em, have no room for a text above the bar: it stands on the bar.
const LEAST_LANE_EM: f64 = 1.8;

/// Height of a lane, and size of the text in it.
fn lane_sizes(lanes: usize, frame: &Placed, theme: &Theme) -> (f64, f64) {
    let height = (frame.bottom - frame.top) / lanes.max(1) as f64;
    (height, (0.93 * theme.font_px).min(0.85 * height))
}

fn left_aligned(size_px: f64, color: Color) -> Type {
    Type {
        size_px,
        color,
        anchor: Anchor(HPos::Left, VPos::Center),
        turn: Turn::Level,
    }
}

/// Vertical middle of the text of a lane, and the upper side of its bar, from the top of the lane.
fn rows(height: f64, em: f64) -> (f64, f64) {
    if height < LEAST_LANE_EM * em {
        (0.5 * height, 0.08 * height)
    } else {
        (0.5 * TEXT_ROW_EM * em + 1.5, TEXT_ROW_EM * em + 1.0)
    }
}

/// A bar with its text above it, in lane `lane` of `lanes`. One that leaves the frame ends in an arrow.
pub(super) fn bar<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    (value, lane, lanes): (f64, usize, usize),
    text: &str,
    frame: &Placed,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let (height, em) = lane_sizes(lanes, frame, theme);
    let (middle, upper) = rows(height, em);
    let top = frame.top + height * lane as f64;
    let (from_y, to_y) = (top + upper, top + 0.9 * height);
    let fraction = panel.x.fraction(value);
    let (end, _) = frame.pixel(fraction.clamp(0.0, 1.0), 0.0);
    let head = if fraction > 1.0 { 0.7 * em } else { 0.0 };
    let opacity = theme.fill_opacity.max(0.5);
    pen.rectangle((frame.left, from_y), (end - head, to_y), color, opacity)?;
    if head > 0.0 {
        let tip = [(end - head, from_y), (end, 0.5 * (from_y + to_y)), (end - head, to_y)];
        pen.polygon(&tip, color, opacity)?;
    }
    pen.line(&[(frame.left, to_y), (end - head, to_y)], color, 0.6 * theme.line_px)?;
    let place = (frame.left + 0.6 * em, top + middle);
    pen.text(text, place, left_aligned(em, theme.ink))
}

/// A dashed line through the frame with a shade beyond it and its text at the top, on the side that has room.
pub(super) fn threshold<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    value: f64,
    text: &str,
    frame: &Placed,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let (x, _) = frame.pixel(panel.x.fraction(value).clamp(0.0, 1.0), 0.0);
    pen.rectangle((x, frame.top), (frame.right, frame.bottom), color, 0.12)?;
    let line = [(x, frame.top), (x, frame.bottom)];
    pen.dashed(&line, Dash::Dashed, color, theme.line_px)?;
    let lanes = panel.layers.iter().find_map(|layer| match layer.mark {
        Mark::Bar { lanes, .. } => Some(lanes),
        _ => None,
    });
    let (height, em) = lane_sizes(lanes.unwrap_or(1), frame, theme);
    let width = width_em(text) * em;
    let left = (x + 0.5 * em).min(frame.right - 0.5 * em - width);
    pen.text(text, (left, frame.top + rows(height, em).0), left_aligned(em, color))
}
