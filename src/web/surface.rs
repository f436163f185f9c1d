//! The canvas as a surface for charts.

use crate::chart::{Resolution, Surface};
use js_sys::Array;
use plotters::style::ShapeStyle;
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind, FontTransform,
};
use plotters_canvas::CanvasBackend;
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

impl Surface for FineCanvas {
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

    /// As plotters' canvas does it, but that it does not have the browser read the same font again for each text.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Outcome {
        if !matches!(style.transform(), FontTransform::None) {
            self.font_px = None;
            return self.backend.draw_text(text, style, (x, y));
        }
        let context = &self.context;
        if self.font_px != Some(style.size()) {
            context.set_font(&format!("{}px {}", style.size(), style.family().as_str()));
            self.font_px = Some(style.size());
        }
        context.set_text_align(match style.anchor().h_pos {
            HPos::Left => "left",
            HPos::Right => "right",
            HPos::Center => "center",
        });
        context.set_text_baseline(match style.anchor().v_pos {
            VPos::Top => "top",
            VPos::Center => "middle",
            VPos::Bottom => "bottom",
        });
        let BackendColor {
            rgb: (red, green, blue),
            alpha,
        } = style.color();
        context.set_fill_style_str(&format!("rgba({red},{green},{blue},{alpha})"));
        // A text that cannot be drawn is missing; what it says stands in the table, too.
        let _ = context.fill_text(text, f64::from(x), f64::from(y));
        Ok(())
    }
}
