//! The few strokes that charts are made of, on any plotters backend.

use crate::chart::{Color, Dash};
use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// A drawing area with a scale: positions and sizes are in CSS pixels, the backend's pixels are
/// `scale` times finer.
pub(super) struct Pen<'a, DB: DrawingBackend> {
    area: &'a DrawingArea<DB, plotters::coord::Shift>,
    scale: f64,
    /// What a font size must be multiplied with to come out in pixels.
    text_scale: f64,
}

/// Radius of a data point in line widths.
pub(super) const DOT_LINES: f64 = 0.95;

/// What drawing on a backend may fail with.
pub(super) type PenResult<DB> = Result<(), DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>>;

/// Where a text lies relative to its point.
#[derive(Clone, Copy)]
pub(super) struct Anchor(pub(super) HPos, pub(super) VPos);

/// Turn of a text.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Turn {
    Level,
    Upwards,
}

/// A text's looks.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) size_px: f64,
    pub(super) color: Color,
    pub(super) anchor: Anchor,
    pub(super) turn: Turn,
}

const FONT: &str = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif";

impl<'a, DB: DrawingBackend> Pen<'a, DB> {
    pub(super) fn new(area: &'a DrawingArea<DB, plotters::coord::Shift>, scale: f64, text_scale: f64) -> Self {
        Self {
            area,
            scale,
            text_scale,
        }
    }

    fn at(&self, point: (f64, f64)) -> (i32, i32) {
        (
            (point.0 * self.scale).round() as i32,
            (point.1 * self.scale).round() as i32,
        )
    }

    fn width(&self, width_px: f64) -> u32 {
        (width_px * self.scale).round().max(1.0) as u32
    }

    pub(super) fn clear(&self, color: Color) -> PenResult<DB> {
        self.area.fill(&rgb(color))
    }

    pub(super) fn line(&self, points: &[(f64, f64)], color: Color, width_px: f64) -> PenResult<DB> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        self.area
            .draw(&PathElement::new(points, rgb(color).stroke_width(self.width(width_px))))
    }

    /// A line with a dash pattern measured along it.
    pub(super) fn dashed(&self, points: &[(f64, f64)], dash: Dash, color: Color, width_px: f64) -> PenResult<DB> {
        let (on, off) = match dash {
            Dash::Solid => return self.line(points, color, width_px),
            Dash::Dashed => (6.0, 3.5),
            Dash::Dotted => (1.5, 3.0),
        };
        for piece in dashes(points, on * (0.5 + 0.3 * width_px), off * (0.5 + 0.3 * width_px)) {
            self.line(&piece, color, width_px)?;
        }
        Ok(())
    }

    pub(super) fn polygon(&self, points: &[(f64, f64)], color: Color, opacity: f64) -> PenResult<DB> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        self.area.draw(&Polygon::new(points, rgb(color).mix(opacity)))
    }

    pub(super) fn rectangle(&self, from: (f64, f64), to: (f64, f64), color: Color, opacity: f64) -> PenResult<DB> {
        self.area.draw(&Rectangle::new(
            [self.at(from), self.at(to)],
            rgb(color).mix(opacity).filled(),
        ))
    }

    pub(super) fn dot(&self, centre: (f64, f64), radius_px: f64, color: Color) -> PenResult<DB> {
        let radius = (radius_px * self.scale).round().max(1.0) as i32;
        self.area
            .draw(&Circle::new(self.at(centre), radius, rgb(color).filled()))
    }

    pub(super) fn text(&self, text: &str, point: (f64, f64), looks: Type) -> PenResult<DB> {
        let font = FontDesc::new(
            FontFamily::Name(FONT),
            looks.size_px * self.scale * self.text_scale,
            FontStyle::Normal,
        );
        let font = match looks.turn {
            Turn::Level => font,
            Turn::Upwards => font.transform(FontTransform::Rotate270),
        };
        let color = rgb(looks.color);
        let style = TextStyle::from(font)
            .color(&color)
            .pos(Pos::new(looks.anchor.0, looks.anchor.1));
        self.area.draw(&Text::new(text.to_owned(), self.at(point), style))
    }
}

fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

/// Cuts a line into dashes of length `on` with gaps `off`.
fn dashes(points: &[(f64, f64)], on: f64, off: f64) -> Vec<Vec<(f64, f64)>> {
    let mut pieces = Vec::new();
    let mut piece: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let point = (x0 + (x1 - x0) * done / length, y0 + (y1 - y0) * done / length);
            if drawing {
                piece.push(point);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![point];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            piece.push((x1, y1));
        }
    }
    if drawing && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_a_line() {
        let pieces = dashes(&[(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)], 6.0, 4.0);
        assert_eq!(pieces.len(), 10);
        let drawn: f64 = pieces.iter().map(|piece| piece[piece.len() - 1].0 - piece[0].0).sum();
        assert!((drawn - 60.0).abs() < 1e-9);
    }
}
