//! The canvas as a surface for charts.

use crate::chart::symbols::{DROP_EM, SUBSCRIPT_EM, pieces};
use crate::chart::{Resolution, Surface};
use js_sys::Array;
use plotters::style::ShapeStyle;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};
use plotters_canvas::CanvasBackend;
use std::f64::consts::FRAC_PI_2;
use wasm_bindgen::JsValue;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// Units to a dot of the canvas: plotters draws at whole units, and in these lines have no steps.
const UNITS_PER_DOT: i32 = 8;

/// plotters' canvas with finer units, and with the dashes of the browser: a dashed line is one stroke and not a hundred.
pub struct FineCanvas {
    backend: CanvasBackend,
    context: CanvasRenderingContext2d,
    solid: JsValue,
    /// Size of the font in force, in units; none before the first text.
    font_px: Option<f64>,
}

type Outcome = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl FineCanvas {
    /// Takes hold of a canvas.
    ///
    /// # Errors
    /// If the browser gives nothing to draw with.
    pub fn new(canvas: &HtmlCanvasElement, context: CanvasRenderingContext2d) -> Result<Self, JsValue> {
        let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or("the canvas cannot be drawn on")?;
        let dot = f64::from(UNITS_PER_DOT).recip();
        context.set_transform(dot, 0.0, 0.0, dot, 0.0, 0.0)?;
        context.set_line_join("round");
        Ok(Self {
            backend,
            context,
            solid: Array::new().into(),
            font_px: None,
        })
    }

    /// The resolution of a canvas with so many dots to a CSS pixel.
    #[must_use]
    pub fn resolution(dots_per_px: f64) -> Resolution {
        Resolution {
            units_per_px: dots_per_px * f64::from(UNITS_PER_DOT),
            units_per_dot: UNITS_PER_DOT,
            text_scale: 1.0,
        }
    }
}

impl FineCanvas {
    fn set_font(&mut self, size: f64, family: &str) {
        if self.font_px != Some(size) {
            self.context.set_font(&format!("{size}px {family}"));
            self.font_px = Some(size);
        }
    }

    /// Draws a text: as a whole, or one with subscripts piece by piece, where the browser says how wide each is.
    fn draw_pieces<S: BackendTextStyle>(&mut self, text: &str, style: &S, (mut x, y): (f64, f64)) {
        let (align, share) = match style.anchor().h_pos {
            HPos::Left => ("left", 0.0),
            HPos::Center => ("center", 0.5),
            HPos::Right => ("right", 1.0),
        };
        let pieces = pieces(text);
        if pieces.len() == 1 {
            self.context.set_text_align(align);
            let _ = self.context.fill_text(text, x, y);
            return;
        }
        self.context.set_text_align("left");
        let (size, family) = (style.size(), style.family());
        let sized = |is_lower| if is_lower { SUBSCRIPT_EM * size } else { size };
        let mut widths = Vec::new();
        for (piece, is_lower) in &pieces {
            self.set_font(sized(*is_lower), family.as_str());
            widths.push(self.context.measure_text(piece).map_or(0.0, |measure| measure.width()));
        }
        x -= share * widths.iter().sum::<f64>();
        for ((piece, is_lower), width) in pieces.iter().zip(widths) {
            self.set_font(sized(*is_lower), family.as_str());
            let drop = if *is_lower { DROP_EM * size } else { 0.0 };
            let _ = self.context.fill_text(piece, x, y + drop);
            x += width;
        }
    }
}

/// A colour as style sheets have it.
fn css(color: BackendColor) -> String {
    let (red, green, blue) = color.rgb;
    format!("rgba({red},{green},{blue},{})", color.alpha)
}

impl Surface for FineCanvas {
    /// One stroke: each costs the browser as much as its lines.
    fn draw_lines(&mut self, ends: &[BackendCoord], style: &ShapeStyle) -> Outcome {
        let context = &self.context;
        context.set_stroke_style_str(&css(BackendStyle::color(style)));
        context.set_line_width(style.stroke_width.into());
        context.begin_path();
        for line in ends.chunks(2) {
            for (index, (x, y)) in line.iter().enumerate() {
                let (x, y) = (f64::from(*x), f64::from(*y));
                if index == 0 {
                    context.move_to(x, y)
                } else {
                    context.line_to(x, y)
                }
            }
        }
        context.stroke();
        Ok(())
    }

    fn draw_dashed(&mut self, path: &[BackendCoord], (on, off): (f64, f64), style: &ShapeStyle) -> Outcome {
        // Without the pattern the line is whole: better than none.
        let _ = self.context.set_line_dash(&Array::of2(&on.into(), &off.into()));
        let drawn = self.backend.draw_path(path.iter().copied(), style);
        let _ = self.context.set_line_dash(&self.solid);
        drawn
    }
}

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.backend.get_size();
        (width * UNITS_PER_DOT as u32, height * UNITS_PER_DOT as u32)
    }

    fn ensure_prepared(&mut self) -> Outcome {
        self.backend.ensure_prepared()
    }

    fn present(&mut self) -> Outcome {
        self.backend.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Outcome {
        self.backend.draw_pixel(point, color)
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Outcome {
        self.backend.draw_line(from, to, style)
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, fill: bool) -> Outcome {
        self.backend.draw_rect(from, to, style, fill)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.backend.draw_path(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Outcome {
        self.backend.draw_circle(centre, radius, style, fill)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Outcome {
        self.backend.fill_polygon(path, style)
    }

    /// As plotters' canvas does it, but that it does not have the browser read the same font again for each text, and that subscripts are set
    /// lower.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Outcome {
        let (x, y) = (f64::from(x), f64::from(y));
        self.set_font(style.size(), style.family().as_str());
        let context = &self.context;
        context.set_text_baseline(match style.anchor().v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        context.set_fill_style_str(&css(style.color()));
        let turned = !matches!(style.transform(), FontTransform::None);
        // A text that cannot be drawn is missing; what it says stands in the table, too.
        if turned {
            context.save();
            let _ = context.translate(x, y);
            let _ = context.rotate(-FRAC_PI_2);
            self.draw_pieces(text, style, (0.0, 0.0));
            self.context.restore();
            self.font_px = None;
        } else {
            self.draw_pieces(text, style, (x, y));
        }
        Ok(())
    }
}
