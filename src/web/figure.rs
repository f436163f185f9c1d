//! A chart on the page: canvas, pointer, keys, and the same values as a table.

use super::dom::{Result, around, element, fill, find};
use crate::chart::{
    Amount, Arrangement, Chart, LabelMemory, Layout, Panel, Theme, render_moving, render_still, scientific,
};
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, IntoDrawingArea};
use plotters_canvas::CanvasBackend;
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, Element, HtmlCanvasElement, HtmlElement};

/// Lines look smooth at this many canvas pixels to a CSS pixel, also on a coarse screen, although plotters draws on whole pixels.
const FINEST_NEEDED: f64 = 2.0;
/// Rows of the table: enough to follow a curve by ear.
const TABLE_ROWS: usize = 25;

/// A figure of the page with the chart that it shows.
pub(super) struct Figure {
    figure: Element,
    canvas: HtmlCanvasElement,
    cursor: HtmlElement,
    readout: HtmlElement,
    table: Element,
    chart: Option<Chart>,
    layout: Layout,
    /// Where the names on curves are, while a drag lasts.
    labels: LabelMemory,
    /// Picture of what does not move, and the theme that it was drawn in.
    still: Option<(HtmlCanvasElement, Theme)>,
    /// Width and height in CSS pixels, until they change: asking for them makes the browser lay the page out at once.
    size_px: Option<(f64, f64)>,
    /// Panel and index that are read out.
    reading: Option<(usize, usize)>,
}

impl Figure {
    /// The figure of this name.
    pub(super) fn new(root: &Element, name: &str) -> Result<Self> {
        let figure: Element = find(root, &format!("figure[data-chart='{name}']"))?;
        Ok(Self {
            canvas: find(&figure, "canvas")?,
            cursor: find(&figure, ".cursor")?,
            readout: find(&figure, ".readout")?,
            table: find(&figure, "table")?,
            chart: None,
            layout: Layout::default(),
            labels: LabelMemory::default(),
            still: None,
            size_px: None,
            reading: None,
            figure,
        })
    }

    /// The canvas, for listeners.
    pub(super) fn canvas(&self) -> &HtmlCanvasElement {
        &self.canvas
    }

    /// The canvas may have another size by now.
    pub(super) fn resized(&mut self) {
        self.size_px = None;
    }

    fn size(&mut self) -> (f64, f64) {
        *self.size_px.get_or_insert_with(|| {
            let place = self.canvas.get_bounding_client_rect();
            (place.width(), place.height())
        })
    }

    /// Gives panels that lie side by side the width of the page.
    pub(super) fn widen(&self, chart: &Chart) -> Result<()> {
        let wide = chart.arrangement == Arrangement::Columns;
        self.figure.toggle_attribute_with_force("data-wide", wide).map(|_| ())
    }

    /// Draws a chart at the canvas's present size and keeps it.
    pub(super) fn draw(&mut self, chart: Chart, theme: &Theme) -> Result<()> {
        let (width, height) = self.size();
        if width < 1.0 || height < 1.0 {
            // Hidden: there is nothing to draw on until it is shown.
            self.chart = Some(chart);
            self.still = None;
            return Ok(());
        }
        let scale = super::dom::window()?.device_pixel_ratio().max(FINEST_NEEDED);
        let (pixels_x, pixels_y) = ((width * scale).round() as u32, (height * scale).round() as u32);
        // Setting the size clears the canvas and costs an allocation: only when it changed.
        if self.canvas.width() != pixels_x || self.canvas.height() != pixels_y {
            self.canvas.set_width(pixels_x);
            self.canvas.set_height(pixels_y);
        }
        let context: CanvasRenderingContext2d = self
            .canvas
            .get_context("2d")?
            .and_then(|context| context.dyn_into().ok())
            .ok_or("the canvas has no 2d context")?;
        context.set_line_join("round");
        self.draw_still(&chart, theme, &context, scale)?;
        let area = area_of(&self.canvas)?;
        let drawn = render_moving(&chart, theme, &area, scale, 1.0, &mut self.labels);
        if drawn.is_err() {
            // The picture would be taken for that of the chart before.
            self.still = None;
        }
        self.layout = drawn.map_err(|error| error.to_string())?;
        self.canvas.set_attribute("aria-label", &chart.description)?;
        self.chart = Some(chart);
        self.show_reading()
    }

    /// Draws what does not move: from the picture of it, where there is one that still holds.
    fn draw_still(
        &mut self,
        chart: &Chart,
        theme: &Theme,
        context: &CanvasRenderingContext2d,
        scale: f64,
    ) -> Result<()> {
        let draw = |canvas: &HtmlCanvasElement| -> Result<()> {
            render_still(chart, theme, &area_of(canvas)?, scale, 1.0)
                .map(|_| ())
                .map_err(|error| error.to_string().into())
        };
        if !chart.panels.iter().any(Panel::has_still_part) {
            self.still = None;
            return draw(&self.canvas);
        }
        let size = (self.canvas.width(), self.canvas.height());
        let holds = self.still.as_ref().is_some_and(|(picture, drawn_in)| {
            (picture.width(), picture.height()) == size
                && drawn_in == theme
                && self
                    .chart
                    .as_ref()
                    .is_some_and(|before| before.has_same_still_part(chart))
        });
        if !holds {
            let picture = match self.still.take() {
                Some((picture, _)) => picture,
                None => element("canvas", "")?
                    .dyn_into()
                    .map_err(|_| "a canvas element is no canvas")?,
            };
            picture.set_width(size.0);
            picture.set_height(size.1);
            draw(&picture)?;
            self.still = Some((picture, *theme));
        }
        if let Some((picture, _)) = &self.still {
            context.draw_image_with_html_canvas_element(picture, 0.0, 0.0)?;
        }
        Ok(())
    }

    /// A drag has ended: with the next drawing the names on curves look for their best places.
    pub(super) fn settle(&mut self) {
        self.labels.forget();
    }

    /// Abscissa and ordinate at a pixel of the canvas (CSS pixels), also beside the frame of the first panel.
    pub(super) fn values_at(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (frame, panel) = (self.layout.frames.first()?, self.panel(0)?);
        let (x, y) = frame.fraction(x, y);
        Some((panel.x.value(x.clamp(0.0, 1.0)), panel.y.value(y.clamp(0.0, 1.0))))
    }

    /// Pixel of the canvas (CSS pixels) at which the first panel has these values.
    pub(super) fn pixel_of(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        let (frame, panel) = (self.layout.frames.first()?, self.panel(0)?);
        Some(frame.pixel(panel.x.fraction(x), panel.y.fraction(y)))
    }

    fn panel(&self, index: usize) -> Option<&Panel> {
        self.chart.as_ref()?.panels.get(index)
    }

    /// Reads out the values under a pixel of the canvas (CSS pixels), or none outside the frames.
    pub(super) fn point_at(&mut self, x: f64, y: f64) -> Result<()> {
        self.reading = self.layout.panel_at(x, y).and_then(|index| {
            let (fraction, _) = self.layout.frames.get(index)?.fraction(x, y);
            let panel = self.panel(index)?;
            Some((index, panel.nearest(panel.x.value(fraction))?))
        });
        self.show_reading()
    }

    /// Moves the read-out by a number of values, starting in the middle; beyond the last value of a
    /// panel comes the first of the next.
    pub(super) fn step(&mut self, steps: isize) -> Result<()> {
        let count = |panel: usize| self.panel(panel).map_or(0, |panel| panel.abscissas().len());
        let Some((panel, index)) = self.reading else {
            self.reading = (count(0) > 0).then(|| (0, count(0) / 2));
            return self.show_reading();
        };
        let next = index.checked_add_signed(steps);
        self.reading = match (next, panel.checked_sub(1)) {
            (Some(next), _) if next < count(panel) => Some((panel, next)),
            (Some(_), _) if count(panel + 1) > 0 => Some((panel + 1, 0)),
            (None, Some(before)) if count(before) > 0 => Some((before, count(before) - 1)),
            (Some(_), _) => Some((panel, count(panel).saturating_sub(1))),
            (None, _) => Some((panel, 0)),
        };
        self.show_reading()
    }

    /// Moves the read-out to another panel, at about the same place.
    pub(super) fn step_panel(&mut self, steps: isize) -> Result<()> {
        let count = self.chart.as_ref().map_or(0, |chart| chart.panels.len());
        let (panel, index) = self.reading.unwrap_or((0, 0));
        let next = panel.saturating_add_signed(steps).min(count.saturating_sub(1));
        let values = self.panel(next).map_or(0, |panel| panel.abscissas().len());
        if values > 0 {
            self.reading = Some((next, index.min(values - 1)));
        }
        self.show_reading()
    }

    /// Ends the read-out.
    pub(super) fn leave(&mut self) -> Result<()> {
        self.reading = None;
        self.show_reading()
    }

    fn show_reading(&self) -> Result<()> {
        let shown = self.reading.and_then(|(panel, index)| {
            let frame = self.layout.frames.get(panel)?;
            let panel = self.panel(panel)?;
            Some((frame, panel, panel.reading(index)?))
        });
        self.cursor.set_hidden(shown.is_none());
        self.readout.set_hidden(shown.is_none());
        let Some((frame, panel, reading)) = shown else {
            return Ok(());
        };
        let (name, unit) = &panel.x_name;
        let mut text = format!("{name} = {} {unit}", scientific(reading.x, 4));
        for row in &reading.rows {
            text.push_str(&format!("\n{}: {}", row.name, row.amount.text(4, &panel.y_unit)));
        }
        self.readout.set_text_content(Some(&text));
        let (x, _) = frame.pixel(panel.x.fraction(reading.x), 0.0);
        let style = self.cursor.style();
        style.set_property("left", &format!("{x:.1}px"))?;
        style.set_property("top", &format!("{:.1}px", frame.top))?;
        style.set_property("height", &format!("{:.1}px", frame.bottom - frame.top))?;
        // On the side of the cursor that has more room.
        let (width, _) = self.size_px.unwrap_or_default();
        let style = self.readout.style();
        let (side, other, distance) = if x < 0.5 * width {
            ("left", "right", x)
        } else {
            ("right", "left", width - x)
        };
        style.set_property(side, &format!("{:.1}px", distance + 10.0))?;
        style.set_property(other, "auto")?;
        style.set_property("top", &format!("{:.1}px", frame.top + 8.0))
    }

    /// Writes the drawn values to the table that screen readers read.
    pub(super) fn write_table(&self) -> Result<()> {
        let Some(chart) = &self.chart else { return Ok(()) };
        let mut rows = vec![element("caption", &chart.description)?];
        for panel in &chart.panels {
            let table = panel.table(TABLE_ROWS);
            let (name, unit) = &panel.x_name;
            let mut head = vec![element("th", &format!("{name} [{unit}]"))?];
            for column in &table.columns {
                head.push(element("th", &format!("{column} [{}]", panel.y_unit))?);
            }
            rows.push(around("tr", &head)?);
            for (x, values) in &table.rows {
                let mut cells = vec![element("td", &x.map_or_else(String::new, |x| format!("{x:.5e}")))?];
                for value in values {
                    let text = match value {
                        None => String::new(),
                        Some(Amount::Number { value, .. }) => format!("{value:.5e}"),
                        Some(Amount::Word(word)) => word.clone(),
                    };
                    cells.push(element("td", &text)?);
                }
                rows.push(around("tr", &cells)?);
            }
        }
        fill(&self.table, &rows)
    }
}

fn area_of(canvas: &HtmlCanvasElement) -> Result<DrawingArea<CanvasBackend, Shift>> {
    let backend = CanvasBackend::with_canvas_object(canvas.clone()).ok_or("the canvas cannot be drawn on")?;
    Ok(backend.into_drawing_area())
}
