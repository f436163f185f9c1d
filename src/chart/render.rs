//! Draws a chart on any plotters backend.

use super::clip::{Fraction, clipped, clipped_polygon};
use super::pen::{Pen, PenResult};
use super::{Chart, Dash, Layer, Layout, Mark, Panel, Placed, Role, Theme, frame, heat, label, legend};
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind, DrawingBackend};

/// What a backend may fail with.
pub type RenderError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Draws `chart` over the whole of `area`, whose pixels are `scale` times finer than CSS pixels, and says where its
/// frames are (in CSS pixels).
///
/// `text_scale` is what the backend needs to draw text at its nominal size (1 on a canvas).
///
/// # Errors
/// Whatever the backend fails with.
pub fn render<DB: DrawingBackend>(
    chart: &Chart,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
    scale: f64,
    text_scale: f64,
) -> Result<Layout, RenderError<DB>> {
    let (width, height) = area.dim_in_pixel();
    let layout = Layout::new(chart, theme, f64::from(width) / scale, f64::from(height) / scale);
    let pen = Pen::new(area, scale, text_scale);
    pen.clear(theme.paper)?;
    for (panel, frame) in chart.panels.iter().zip(&layout.frames) {
        // A page narrower than its margins leaves nothing to draw in.
        if frame.right <= frame.left || frame.bottom <= frame.top {
            continue;
        }
        for layer in &panel.layers {
            draw_layer(&pen, panel, layer, frame, theme)?;
        }
        label::draw(&pen, panel, frame, theme)?;
        frame::draw(&pen, panel, frame, theme)?;
        if layout.legend_band.is_none() {
            legend::draw(&pen, panel, frame, theme)?;
        }
    }
    if let Some(top) = layout.legend_band {
        legend::draw_band(&pen, chart, (top, f64::from(width) / scale), theme)?;
    }
    Ok(layout)
}

fn draw_layer<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panel: &Panel,
    layer: &Layer,
    frame: &Placed,
    theme: &Theme,
) -> PenResult<DB> {
    let color = theme.color(layer.role);
    let width = match (layer.role, layer.dash) {
        (Role::Published | Role::Projection, _) => 0.65 * theme.line_px,
        (_, Dash::Solid) => theme.line_px,
        (_, Dash::Dashed | Dash::Dotted) => 0.85 * theme.line_px,
    };
    let fraction = |x: f64, y: f64| (panel.x.fraction(x), panel.y.fraction(y));
    match &layer.mark {
        Mark::Curve { x, y } | Mark::Contour { x, y } => {
            let points = x.iter().zip(y).map(|(x, y)| fraction(*x, *y));
            draw_line(pen, points, frame, layer.dash, color, width)
        }
        Mark::Steps { edges, y } => {
            let points = edges
                .windows(2)
                .zip(y)
                .flat_map(|(edge, y)| [fraction(edge[0], *y), fraction(edge[1], *y)]);
            draw_line(pen, points, frame, layer.dash, color, width)
        }
        Mark::Region { x, y } => {
            let inside = clipped_polygon(x.iter().zip(y).map(|(x, y)| fraction(*x, *y)));
            let corners: Vec<_> = inside.into_iter().map(|(x, y)| frame.pixel(x, y)).collect();
            pen.polygon(&corners, color, 0.45 * theme.fill_opacity)?;
            let closed = x.iter().zip(y).chain(x.first().zip(y.first()));
            draw_line(
                pen,
                closed.map(|(x, y)| fraction(*x, *y)),
                frame,
                layer.dash,
                color,
                width,
            )
        }
        Mark::Heat { x, y, values, levels } => heat::draw(pen, (x, y, values, levels), panel, frame, theme),
        Mark::Point { x, y } => draw_point(pen, panel, (*x, *y), frame, (theme, color)),
        Mark::Stack { edges, base, top } => draw_stack(pen, panel, (edges, base, top), frame, (theme, color)),
        Mark::Points { x, y, error } => draw_points(pen, panel, (x, y, error), frame, (theme, color)),
    }
}

/// A ring with dotted lines to both axes.
fn draw_point<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panel: &Panel,
    (x, y): (f64, f64),
    frame: &Placed,
    (theme, color): (&Theme, super::Color),
) -> PenResult<DB> {
    let fraction = |x: f64, y: f64| (panel.x.fraction(x), panel.y.fraction(y));
    let (x, y) = fraction(x, y);
    let (x, y) = frame.pixel(x.clamp(0.0, 1.0), y.clamp(0.0, 1.0));
    let hair = 0.5 * theme.line_px;
    pen.dashed(&[(frame.left, y), (x, y)], Dash::Dotted, color, hair)?;
    pen.dashed(&[(x, y), (x, frame.bottom)], Dash::Dotted, color, hair)?;
    pen.dot((x, y), 0.52 * theme.font_px, theme.paper)?;
    pen.dot((x, y), 0.40 * theme.font_px, color)?;
    pen.dot((x, y), 0.20 * theme.font_px, theme.paper)
}

/// A filled histogram between two heights.
fn draw_stack<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panel: &Panel,
    (edges, base, top): (&[f64], &[f64], &[f64]),
    frame: &Placed,
    (theme, color): (&Theme, super::Color),
) -> PenResult<DB> {
    let fraction = |x: f64, y: f64| (panel.x.fraction(x), panel.y.fraction(y));
    for ((edge, base), top) in edges.windows(2).zip(base).zip(top) {
        let (left, low) = fraction(edge[0], *base);
        let (right, high) = fraction(edge[1], *top);
        let inside = |value: f64| value.clamp(0.0, 1.0);
        let (from, to) = ((inside(left), inside(low)), (inside(right), inside(high)));
        if to.1 > from.1 {
            let (from, to) = (frame.pixel(from.0, to.1), frame.pixel(to.0, from.1));
            pen.rectangle(from, to, color, theme.fill_opacity)?;
        }
    }
    Ok(())
}

/// Dots with error bars.
fn draw_points<DB: DrawingBackend>(
    pen: &Pen<DB>,
    panel: &Panel,
    (x, y, error): (&[f64], &[f64], &[f64]),
    frame: &Placed,
    (theme, color): (&Theme, super::Color),
) -> PenResult<DB> {
    let fraction = |x: f64, y: f64| (panel.x.fraction(x), panel.y.fraction(y));
    for ((x, y), error) in x.iter().zip(y).zip(error) {
        let bar = [fraction(*x, y - error), fraction(*x, y + error)];
        draw_line(pen, bar, frame, Dash::Solid, color, 0.5 * theme.line_px)?;
        let (x, y) = fraction(*x, *y);
        if (0.0..=1.0).contains(&x) && (0.0..=1.0).contains(&y) {
            pen.dot(frame.pixel(x, y), super::pen::DOT_LINES * theme.line_px, color)?;
        }
    }
    Ok(())
}

fn draw_line<DB: DrawingBackend>(
    pen: &Pen<DB>,
    points: impl IntoIterator<Item = Fraction>,
    frame: &Placed,
    dash: Dash,
    color: super::Color,
    width_px: f64,
) -> PenResult<DB> {
    for piece in clipped(points) {
        let pixels: Vec<_> = piece.into_iter().map(|(x, y)| frame.pixel(x, y)).collect();
        pen.dashed(&pixels, dash, color, width_px)?;
    }
    Ok(())
}
