//! The few strokes that charts are made of, on any plotters backend.

use super::surface::{Resolution, Surface};
use crate::chart::{Color, Dash};
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;
use plotters::style::Color as _;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{BackendCoord, DrawingErrorKind};

/// A drawing area whose positions and sizes are in CSS pixels.
pub(super) struct Pen<'a, DB: Surface> {
    area: &'a DrawingArea<DB, plotters::coord::Shift>,
    resolution: Resolution,
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

impl<'a, DB: Surface> Pen<'a, DB> {
    pub(super) fn new(area: &'a DrawingArea<DB, plotters::coord::Shift>, resolution: Resolution) -> Self {
        Self { area, resolution }
    }

    fn at(&self, (x, y): (f64, f64)) -> BackendCoord {
        let scale = self.resolution.units_per_px;
        ((x * scale).round() as i32, (y * scale).round() as i32)
    }

    /// The nearest point between dots, or, for a line with an odd number of dots across, in the middle of one.
    fn on_dots(&self, (x, y): BackendCoord, width: u32) -> BackendCoord {
        let dot = self.resolution.units_per_dot;
        let shift = if dot > 1 && (width as i32 / dot) % 2 == 1 {
            dot / 2
        } else {
            0
        };
        let snapped = |value: i32| (value - shift + dot / 2).div_euclid(dot) * dot + shift;
        (snapped(x), snapped(y))
    }

    fn width(&self, width_px: f64) -> u32 {
        (width_px * self.resolution.units_per_px).round().max(1.0) as u32
    }

    /// The nearest width of at least one whole dot.
    fn whole_width(&self, width_px: f64) -> u32 {
        let dot = self.resolution.units_per_dot as u32;
        ((self.width(width_px) + dot / 2) / dot).max(1) * dot
    }

    /// A line as the backend has it. One of level and upright pieces lies on whole dots, as do its sides.
    fn stroke(&self, points: &[(f64, f64)], color: Color, width_px: f64) -> (Vec<BackendCoord>, ShapeStyle) {
        let upright = points
            .windows(2)
            .all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1);
        let ends = points.iter().map(|point| self.at(*point));
        let (path, width) = if upright {
            let width = self.whole_width(width_px);
            (ends.map(|end| self.on_dots(end, width)).collect(), width)
        } else {
            (ends.collect(), self.width(width_px))
        };
        (path, rgb(color).stroke_width(width))
    }

    pub(super) fn clear(&self, color: Color) -> PenResult<DB> {
        self.area.fill(&rgb(color))
    }

    pub(super) fn line(&self, points: &[(f64, f64)], color: Color, width_px: f64) -> PenResult<DB> {
        let (path, style) = self.stroke(points, color, width_px);
        self.area.draw(&PathElement::new(path, style))
    }

    /// Straight lines that look alike and do not cross.
    pub(super) fn lines(&self, lines: &[[(f64, f64); 2]], color: Color, width_px: f64) -> PenResult<DB> {
        let (mut points, mut style) = (Vec::new(), rgb(color).stroke_width(0));
        for line in lines {
            let (ends, looks) = self.stroke(line, color, width_px);
            points.extend(ends);
            style = looks;
        }
        self.area.draw(&Stroke {
            points,
            kind: Kind::Lines,
            style,
        })
    }

    /// A line with a dash pattern measured along it.
    pub(super) fn dashed(&self, points: &[(f64, f64)], dash: Dash, color: Color, width_px: f64) -> PenResult<DB> {
        let (on, off) = match dash {
            Dash::Solid => return self.line(points, color, width_px),
            Dash::Dashed => (6.0, 3.5),
            Dash::Dotted => (1.5, 3.0),
        };
        let unit = self.resolution.units_per_px * (0.5 + 0.3 * width_px);
        let (path, style) = self.stroke(points, color, width_px);
        self.area.draw(&Stroke {
            points: path,
            kind: Kind::Dashed(on * unit, off * unit),
            style,
        })
    }

    pub(super) fn polygon(&self, points: &[(f64, f64)], color: Color, opacity: f64) -> PenResult<DB> {
        let points: Vec<_> = points.iter().map(|point| self.at(*point)).collect();
        self.area.draw(&Polygon::new(points, rgb(color).mix(opacity)))
    }

    pub(super) fn rectangle(&self, from: (f64, f64), to: (f64, f64), color: Color, opacity: f64) -> PenResult<DB> {
        self.area.draw(&Rectangle::new(
            [from, to].map(|corner| self.on_dots(self.at(corner), 0)),
            rgb(color).mix(opacity).filled(),
        ))
    }

    pub(super) fn dot(&self, centre: (f64, f64), radius_px: f64, color: Color) -> PenResult<DB> {
        let radius = (radius_px * self.resolution.units_per_px).round().max(1.0) as i32;
        self.area
            .draw(&Circle::new(self.at(centre), radius, rgb(color).filled()))
    }

    pub(super) fn text(&self, text: &str, point: (f64, f64), looks: Type) -> PenResult<DB> {
        let font = FontDesc::new(
            FontFamily::Name(FONT),
            looks.size_px * self.resolution.units_per_px * self.resolution.text_scale,
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

/// A stroke that surfaces have a way of their own for, as plotters draws it.
struct Stroke {
    points: Vec<BackendCoord>,
    kind: Kind,
    style: ShapeStyle,
}

/// How the points of a stroke belong together.
enum Kind {
    /// Each two of them are the ends of a line.
    Lines,
    /// They are a path of dashes and gaps of these lengths.
    Dashed(f64, f64),
}

impl<'a> PointCollection<'a, BackendCoord> for &'a Stroke {
    type Point = &'a BackendCoord;
    type IntoIter = std::slice::Iter<'a, BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        self.points.iter()
    }
}

impl<DB: Surface> Drawable<DB> for Stroke {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        points: I,
        backend: &mut DB,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<DB::ErrorType>> {
        let points: Vec<_> = points.collect();
        match self.kind {
            Kind::Lines => backend.draw_lines(&points, &self.style),
            Kind::Dashed(on, off) => backend.draw_dashed(&points, (on, off), &self.style),
        }
    }
}

fn rgb(color: Color) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}
