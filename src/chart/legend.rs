//! The legend inside a frame.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::{Corner, Layer, Mark, Panel, Placed, Theme};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Mean width of a character, in em: enough to lay a legend out where text cannot be measured.
const CHARACTER_EM: f64 = 0.57;

/// Draws title and legend of a panel in its corner, on a veil of paper that keeps it readable.
pub(super) fn draw<DB: DrawingBackend>(pen: &Pen<DB>, panel: &Panel, frame: &Placed, theme: &Theme) -> PenResult<DB> {
    let Some(corner) = panel.legend else { return Ok(()) };
    let em = 0.93 * theme.font_px;
    let (sample, gap, row, pad) = (2.0 * em, 0.5 * em, 1.45 * em, 0.4 * em);
    let named = panel
        .layers
        .iter()
        .filter(|layer| panel.legend_names && !layer.name.is_empty());
    let longest = named.clone().map(|layer| layer.name.chars().count()).max().unwrap_or(0) as f64;
    let title_width = CHARACTER_EM * em * panel.title.chars().count() as f64;
    let width = (sample + gap + longest * CHARACTER_EM * em).max(title_width);
    let title_rows = usize::from(!panel.title.is_empty());
    let height = row * (named.clone().count() + title_rows) as f64;
    let inset = 0.9 * em;
    let left = match corner {
        Corner::TopRight => frame.right - inset - width,
        Corner::TopLeft | Corner::BottomLeft => frame.left + inset,
        Corner::Top => 0.5 * (frame.left + frame.right - width),
    };
    let top = match corner {
        Corner::TopLeft | Corner::TopRight | Corner::Top => frame.top + 0.6 * em,
        Corner::BottomLeft => frame.bottom - 0.6 * em - height,
    };
    pen.rectangle((left - pad, top), (left + width + pad, top + height), theme.paper, 0.82)?;
    let looks = |color| Type {
        size_px: em,
        color,
        anchor: Anchor(HPos::Left, VPos::Center),
        turn: Turn::Level,
    };
    if title_rows > 0 {
        pen.text(&panel.title, (left, top + 0.5 * row), looks(theme.faint))?;
    }
    for (index, layer) in named.enumerate() {
        let y = top + (index + title_rows) as f64 * row + 0.5 * row;
        sample_of(pen, layer, (left, y), sample, theme)?;
        pen.text(&layer.name, (left + sample + gap, y), looks(theme.ink))?;
    }
    Ok(())
}

fn sample_of<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layer: &Layer,
    (x, y): (f64, f64),
    width: f64,
    theme: &Theme,
) -> PenResult<DB> {
    let color = theme.color(layer.role);
    match &layer.mark {
        Mark::Curve { .. } | Mark::Steps { .. } => {
            pen.dashed(&[(x, y), (x + width, y)], layer.dash, color, theme.line_px)
        }
        Mark::Stack { .. } | Mark::Region { .. } | Mark::Heat { .. } => {
            let half = 0.35 * theme.font_px;
            pen.rectangle((x, y - half), (x + width, y + half), color, theme.fill_opacity)
        }
        Mark::Points { .. } | Mark::Point { .. } => {
            let middle = x + 0.5 * width;
            let half = 0.5 * theme.font_px;
            pen.line(&[(middle, y - half), (middle, y + half)], color, 0.6 * theme.line_px)?;
            pen.dot((middle, y), super::render::DOT_LINES * theme.line_px, color)
        }
    }
}
