//! A canvas that shows charts: what does not move is drawn once and kept as a picture.

use super::dom::{Result, document, window};
use super::surface::FineCanvas;
use crate::chart::{Chart, LabelMemory, Layout, Theme, layout_on, render_moving, render_still};
use plotters::prelude::IntoDrawingArea;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// What a drawing is for.
#[derive(Clone, Copy)]
pub(super) enum Purpose {
    Screen,
    /// A picture that is saved, and looked at elsewhere.
    Picture,
    Paper,
}

impl Purpose {
    /// The least of dots to a CSS pixel. More than the screen can show would only take time.
    fn dots_per_px(self) -> f64 {
        match self {
            Self::Screen => 1.0,
            Self::Picture => 2.0,
            Self::Paper => 4.0,
        }
    }
}

/// A canvas of the document, with the picture of what stays on it.
pub(super) struct Canvas {
    canvas: HtmlCanvasElement,
    /// What it is drawn with, asked for with the first drawing: a browser may refuse it, or take it back.
    context: Option<CanvasRenderingContext2d>,
    /// Whether the browser has taken back what was drawn.
    lost: bool,
    /// Off the document: paper, published curves and frame.
    still: HtmlCanvasElement,
    /// Whether the picture is that of the chart drawn last, in this theme.
    still_theme: Option<Theme>,
    /// Where its frames lie.
    still_layout: Layout,
    memory: LabelMemory,
    /// Width and height in CSS pixels, until they change: asking for them makes the browser lay the page out at once.
    size_px: Option<(f64, f64)>,
    /// Canvas pixels to a CSS pixel at the last drawing.
    scale: f64,
    purpose: Purpose,
}

impl Canvas {
    pub(super) fn new(canvas: HtmlCanvasElement) -> Result<Self> {
        // Another program may have drawn on it: the first drawing gives it a size, and with that everything else, anew.
        canvas.set_width(0);
        Ok(Self {
            canvas,
            context: None,
            lost: false,
            still: new_canvas()?,
            still_theme: None,
            still_layout: Layout::default(),
            memory: LabelMemory::default(),
            size_px: None,
            scale: 0.0,
            purpose: Purpose::Screen,
        })
    }

    pub(super) fn element(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// The canvas may have another size by now.
    pub(super) fn resized(&mut self) {
        self.size_px = None;
    }

    /// The next drawing is for something else than the last.
    pub(super) fn draw_for(&mut self, purpose: Purpose) {
        self.purpose = purpose;
        self.size_px = None;
    }

    /// The browser has taken back what was drawn.
    pub(super) fn lose(&mut self) {
        self.lost = true;
        self.size_px = None;
    }

    /// The browser lets the canvas be drawn on again: everything on it is to be drawn anew.
    pub(super) fn regain(&mut self) -> Result<()> {
        self.lost = false;
        self.size_px = None;
        self.still_theme = None;
        self.still = new_canvas()?;
        // The new one has no size yet; setting that of the other makes both alike.
        self.canvas.set_width(0);
        Ok(())
    }

    /// With the next drawing the names of curves look for the best places.
    pub(super) fn settle(&mut self) {
        self.memory.forget();
    }

    /// Whether the size or the resolution of the screen is another one than that of the drawing.
    pub(super) fn is_outgrown(&self) -> bool {
        self.size_px.is_none() || self.finest_scale().is_ok_and(|scale| scale != self.scale)
    }

    fn finest_scale(&self) -> Result<f64> {
        Ok(window()?.device_pixel_ratio().max(self.purpose.dots_per_px()))
    }

    /// Width and height in CSS pixels.
    pub(super) fn size_px(&mut self) -> (f64, f64) {
        *self.size_px.get_or_insert_with(|| {
            let place = self.canvas.get_bounding_client_rect();
            (place.width(), place.height())
        })
    }

    /// Draws a chart, where `before` was drawn last; `None` while there is no room to draw in.
    ///
    /// # Errors
    /// What the browser says where it gives nothing to draw with.
    pub(super) fn draw(&mut self, chart: &Chart, before: Option<&Chart>, theme: &Theme) -> Result<Option<Layout>> {
        let (width, height) = self.size_px();
        if width < 1.0 || height < 1.0 {
            return Ok(None);
        }
        if self.lost {
            return Err("the browser has taken the drawing back".into());
        }
        self.scale = self.finest_scale()?;
        let context = match self.context.take() {
            Some(context) => context,
            None => context_of(&self.canvas)?,
        };
        let context = &*self.context.insert(context);
        let size = (
            (width * self.scale).round() as u32,
            (height * self.scale).round() as u32,
        );
        // Setting the size clears the canvas and costs an allocation: only when it changed.
        if (self.canvas.width(), self.canvas.height()) != size {
            for canvas in [&self.canvas, &self.still] {
                canvas.set_width(size.0);
                canvas.set_height(size.1);
            }
            self.still_theme = None;
        }
        let resolution = FineCanvas::resolution(self.scale);
        let fine = FineCanvas::new(&self.canvas, context.clone())?.into_drawing_area();
        // A legend that grows moves the frames.
        let lies_alike = self.still_layout == layout_on(chart, theme, &fine, resolution);
        let keeps = lies_alike && before.is_some_and(|before| before.has_same_still_part(chart));
        if !keeps || self.still_theme != Some(*theme) {
            let area = FineCanvas::new(&self.still, context_of(&self.still)?)?.into_drawing_area();
            self.still_layout = render_still(chart, theme, &area, resolution).map_err(|error| error.to_string())?;
            self.still_theme = Some(*theme);
        }
        context.reset_transform()?;
        context.draw_image_with_html_canvas_element(&self.still, 0.0, 0.0)?;
        // Anew: the picture was laid without the canvas's fine units.
        let fine = FineCanvas::new(&self.canvas, context.clone())?.into_drawing_area();
        let layout =
            render_moving(chart, theme, &fine, resolution, &mut self.memory).map_err(|error| error.to_string())?;
        self.canvas.set_attribute("aria-label", &chart.description)?;
        Ok(Some(layout))
    }
}

fn new_canvas() -> Result<HtmlCanvasElement> {
    Ok(document()?.create_element("canvas")?.dyn_into()?)
}

fn context_of(canvas: &HtmlCanvasElement) -> Result<CanvasRenderingContext2d> {
    let context = canvas.get_context("2d")?.and_then(|context| context.dyn_into().ok());
    Ok(context.ok_or("the browser gives the canvas no 2d context")?)
}
