//! Bars beside each other, and the threshold that they are held against.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use crate::chart::layout::text::width_em;
use crate::chart::{Color, Dash, Panel, Placed, Theme};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Height of the text above a bar, in em of its own size.
const TEXT_ROW_EM: f64 = 1.25;

fn text_px(theme: &Theme) -> f64 {
    0.93 * theme.font_px
}

fn left_aligned(color: Color, theme: &Theme) -> Type {
    Type {
        size_px: text_px(theme),
        color,
        anchor: Anchor(HPos::Left, VPos::Center),
        turn: Turn::Level,
    }
}

/// A bar with its text above it, in lane `lane` of `lanes`. One that leaves the frame ends in an arrow.
pub(super) fn bar<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panel: &Panel,
    (value, lane, lanes): (f64, usize, usize),
    text: &str,
    frame: &Placed,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let height = (frame.bottom - frame.top) / lanes.max(1) as f64;
    let top = frame.top + height * lane as f64;
    let em = text_px(theme);
    // Where there is no room for both, the text stands on the bar.
    let text_row = (TEXT_ROW_EM * em).min(0.6 * height);
    let (from_y, to_y) = (top + text_row + 1.0, top + height - 0.12 * height);
    let fraction = panel.x.fraction(value);
    let (end, _) = frame.pixel(fraction.clamp(0.0, 1.0), 0.0);
    let head = if fraction > 1.0 { 0.7 * em } else { 0.0 };
    pen.rectangle(
        (frame.left, from_y),
        (end - head, to_y),
        color,
        theme.fill_opacity.max(0.5),
    )?;
    if head > 0.0 {
        let tip = [(end - head, from_y), (end, 0.5 * (from_y + to_y)), (end - head, to_y)];
        pen.polygon(&tip, color, theme.fill_opacity.max(0.5))?;
    }
    pen.line(&[(frame.left, to_y), (end - head, to_y)], color, 0.6 * theme.line_px)?;
    pen.text(
        text,
        (frame.left + 0.6 * em, top + 0.5 * text_row + 1.5),
        left_aligned(theme.ink, theme),
    )
}

/// A dashed line through the frame with a shade beyond it and its text at the top, on the side that has room.
pub(super) fn threshold<DB: DrawingBackend>(
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
    let em = text_px(theme);
    let width = width_em(text) * em;
    let left = (x + 0.5 * em).min(frame.right - 0.5 * em - width);
    pen.text(
        text,
        (left, frame.top + 0.5 * TEXT_ROW_EM * em + 1.5),
        left_aligned(color, theme),
    )
}
