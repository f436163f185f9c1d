//! The legend inside a frame.

use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::{Chart, Color, Corner, Layer, Mark, Panel, Placed, Theme};
use plotters::prelude::DrawingBackend;
use plotters::style::text_anchor::{HPos, VPos};

/// Mean width of a character, in em: enough to lay a legend out where text cannot be measured.
const CHARACTER_EM: f64 = 0.57;

/// Sizes of a legend, in CSS pixels.
struct Sizes {
    em: f64,
    sample: f64,
    gap: f64,
    row: f64,
}

impl Sizes {
    fn new(theme: &Theme) -> Self {
        let em = 0.93 * theme.font_px;
        Self {
            em,
            sample: 2.0 * em,
            gap: 0.5 * em,
            row: 1.45 * em,
        }
    }

    fn text(&self, color: Color) -> Type {
        Type {
            size_px: self.em,
            color,
            anchor: Anchor(HPos::Left, VPos::Center),
            turn: Turn::Level,
        }
    }
}

/// Columns of a legend in a band of its own.
const BAND_COLUMNS: usize = 2;

fn named(panel: &Panel) -> impl Iterator<Item = &Layer> + Clone {
    panel
        .layers
        .iter()
        .filter(|layer| panel.legend_names && !layer.name.is_empty())
}

/// Height of the band that the chart's legends need below the frames.
pub(super) fn band_height(chart: &Chart, theme: &Theme) -> f64 {
    let entries: usize = chart
        .panels
        .iter()
        .filter(|panel| panel.legend.is_some())
        .map(|panel| named(panel).count())
        .sum();
    Sizes::new(theme).row * (entries.div_ceil(BAND_COLUMNS) as f64 + 0.3)
}

/// Draws the chart's legends in columns from `top` downwards.
pub(super) fn draw_band<DB: DrawingBackend>(
    pen: &Pen<DB>,
    chart: &Chart,
    (top, width): (f64, f64),
    theme: &Theme,
) -> PenResult<DB> {
    let sizes = Sizes::new(theme);
    let entries: Vec<&Layer> = chart
        .panels
        .iter()
        .filter(|panel| panel.legend.is_some())
        .flat_map(named)
        .collect();
    let rows = entries.len().div_ceil(BAND_COLUMNS).max(1);
    for (index, layer) in entries.into_iter().enumerate() {
        let x = sizes.em + (index / rows) as f64 * width / BAND_COLUMNS as f64;
        let y = top + ((index % rows) as f64 + 0.5) * sizes.row;
        draw_entry(pen, layer, (x, y), &sizes, theme)?;
    }
    Ok(())
}

/// Draws title and legend of a panel in its corner, on a veil of paper that keeps it readable.
pub(super) fn draw<DB: DrawingBackend>(pen: &Pen<DB>, panel: &Panel, frame: &Placed, theme: &Theme) -> PenResult<DB> {
    let Some(corner) = panel.legend else { return Ok(()) };
    let sizes = Sizes::new(theme);
    let em = sizes.em;
    let text_width = |text: &str| CHARACTER_EM * em * text.chars().count() as f64;
    let longest = named(panel).map(|layer| text_width(&layer.name)).fold(0.0, f64::max);
    let width = (sizes.sample + sizes.gap + longest).max(text_width(&panel.title));
    let title_rows = usize::from(!panel.title.is_empty());
    let height = sizes.row * (named(panel).count() + title_rows) as f64;
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
    let pad = 0.4 * em;
    pen.rectangle((left - pad, top), (left + width + pad, top + height), theme.paper, 0.82)?;
    if title_rows > 0 {
        pen.text(&panel.title, (left, top + 0.5 * sizes.row), sizes.text(theme.faint))?;
    }
    for (index, layer) in named(panel).enumerate() {
        let y = top + ((index + title_rows) as f64 + 0.5) * sizes.row;
        draw_entry(pen, layer, (left, y), &sizes, theme)?;
    }
    Ok(())
}

fn draw_entry<DB: DrawingBackend>(
    pen: &Pen<DB>,
    layer: &Layer,
    (x, y): (f64, f64),
    sizes: &Sizes,
    theme: &Theme,
) -> PenResult<DB> {
    sample_of(pen, layer, (x, y), sizes.sample, theme)?;
    pen.text(&layer.name, (x + sizes.sample + sizes.gap, y), sizes.text(theme.ink))
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
        Mark::Curve { .. } | Mark::Contour { .. } | Mark::Steps { .. } => {
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
            pen.dot((middle, y), super::pen::DOT_LINES * theme.line_px, color)
        }
    }
}
