//! The legend inside a frame.

use super::hatch::hatch;
use super::pen::{Anchor, Pen, PenResult, Turn, Type};
use super::surface::Surface;
use crate::chart::layout::legend::{Band, Sizes, named, place};
use crate::chart::{Chart, Color, Layer, Mark, Panel, Placed, Theme};

use plotters::style::text_anchor::{HPos, VPos};

fn type_of(sizes: &Sizes, color: Color) -> Type {
    Type {
        size_px: sizes.em,
        color,
        anchor: Anchor(HPos::Left, VPos::Center),
        turn: Turn::Level,
    }
}

/// Draws the chart's legends in columns from `top` downwards.
pub(super) fn draw_band<DB: Surface>(
    pen: &Pen<DB>,
    chart: &Chart,
    (top, width): (f64, f64),
    theme: &Theme,
) -> PenResult<DB> {
    let sizes = Sizes::new(theme);
    let band = Band::new(chart, theme, width);
    for (index, layer) in band.entries.iter().enumerate() {
        let x = sizes.em + (index / band.rows) as f64 * band.column;
        let y = top + ((index % band.rows) as f64 + 0.5) * sizes.row;
        draw_entry(pen, layer, (x, y), &sizes, theme)?;
    }
    Ok(())
}

/// Draws title and legend of a panel in its corner, on a veil of paper that keeps it readable; the title alone where the legend has a
/// band.
pub(super) fn draw<DB: Surface>(
    pen: &Pen<DB>,
    panel: &Panel,
    has_band: bool,
    frame: &Placed,
    theme: &Theme,
) -> PenResult<DB> {
    let Some([(left, top), (right, bottom)]) = place(panel, has_band, frame, theme) else {
        return Ok(());
    };
    let sizes = Sizes::new(theme);
    let em = sizes.em;
    let title_rows = usize::from(!panel.title.is_empty());
    let pad = 0.4 * em;
    pen.rectangle((left - pad, top), (right + pad, bottom), theme.paper, 0.82)?;
    if title_rows > 0 {
        pen.text(
            &panel.title,
            (left, top + 0.5 * sizes.row),
            type_of(&sizes, theme.faint),
        )?;
    }
    for (index, layer) in named(panel).filter(|_| !has_band).enumerate() {
        let y = top + ((index + title_rows) as f64 + 0.5) * sizes.row;
        draw_entry(pen, layer, (left, y), &sizes, theme)?;
    }
    Ok(())
}

fn draw_entry<DB: Surface>(
    pen: &Pen<DB>,
    layer: &Layer,
    (x, y): (f64, f64),
    sizes: &Sizes,
    theme: &Theme,
) -> PenResult<DB> {
    sample_of(pen, layer, (x, y), sizes.sample, theme)?;
    pen.text(
        &layer.name,
        (x + sizes.sample + sizes.gap, y),
        type_of(sizes, theme.ink),
    )
}

fn sample_of<DB: Surface>(
    pen: &Pen<DB>,
    layer: &Layer,
    (x, y): (f64, f64),
    width: f64,
    theme: &Theme,
) -> PenResult<DB> {
    let color = theme.color(layer.role);
    match &layer.mark {
        Mark::Curve { .. }
        | Mark::Contour { .. }
        | Mark::Steps { .. }
        | Mark::Floor { .. }
        | Mark::Threshold { .. } => pen.dashed(
            &[(x, y), (x + width, y)],
            layer.dash,
            color,
            super::width_px(layer, theme),
        ),
        Mark::Stack { .. } | Mark::Region { .. } | Mark::Shade { .. } | Mark::Heat { .. } | Mark::Bar { .. } => {
            let half = 0.35 * theme.font_px;
            let corners = [(x, y - half), (x + width, y + half)];
            pen.rectangle(corners[0], corners[1], color, theme.fill_opacity)?;
            match layer.mark {
                Mark::Stack { .. } => hatch(pen, &[corners], layer.dash, (theme, color)),
                _ => Ok(()),
            }
        }
        Mark::Cross { .. } => super::marks::cross(pen, (x + 0.5 * width, y), (theme, color)),
        Mark::Points { .. } | Mark::Point { .. } => {
            let middle = x + 0.5 * width;
            let half = 0.5 * theme.font_px;
            pen.line(&[(middle, y - half), (middle, y + half)], color, 0.6 * theme.line_px)?;
            pen.dot((middle, y), super::pen::DOT_LINES * theme.line_px, color)
        }
    }
}
