//! A chart on the page: canvas, read-out for pointer and keys, and the same values as a table.

use super::canvas::{Canvas, Purpose};
use super::dom::{Result, around, element, fill, find, set_text};
use crate::chart::{Amount, Arrangement, Chart, Layout, NearestLine, Panel, Theme, ThemeName, nearest_line};
use crate::page::view::PlaneReadout;
use crate::page::words;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlCanvasElement, HtmlElement};

/// Rows of the table: enough to follow a curve by ear.
const TABLE_ROWS: usize = 25;

/// A figure of the page with the chart that it shows.
pub(super) struct Figure {
    figure: Element,
    canvas: Canvas,
    cursor: HtmlElement,
    readout: HtmlElement,
    table: Element,
    chart: Option<Rc<Chart>>,
    layout: Layout,
    /// Panel and index that are read out.
    reading: Option<(usize, usize)>,
    /// Whether words of the page are read out.
    speaks: bool,
    /// Pixel beside which words of the page are read out.
    spoken_at: (f64, f64),
    /// Whether the chart is kept but could not be drawn.
    undrawn: bool,
    /// Colours of what is drawn.
    theme: Theme,
}

impl Figure {
    /// The figure of this name.
    pub(super) fn new(root: &Element, name: &str) -> Result<Self> {
        let figure: Element = find(root, &format!("figure[data-chart='{name}']"))?;
        Ok(Self {
            canvas: Canvas::new(find(&figure, "canvas")?)?,
            cursor: find(&figure, ".cursor")?,
            readout: find(&figure, ".readout")?,
            table: find(&figure, "table")?,
            chart: None,
            layout: Layout::default(),
            reading: None,
            speaks: false,
            spoken_at: (0.0, 0.0),
            undrawn: false,
            theme: Theme::new(ThemeName::Light),
            figure,
        })
    }

    /// The canvas, for listeners.
    pub(super) fn canvas(&self) -> &HtmlCanvasElement {
        self.canvas.element()
    }

    /// The canvas may have another size by now.
    pub(super) fn resized(&mut self) {
        self.canvas.resized();
    }

    /// The next drawing is for the printer, or for the screen again.
    pub(super) fn print(&mut self, printing: bool) {
        let purpose = if printing { Purpose::Paper } else { Purpose::Screen };
        self.canvas.draw_for(purpose);
    }

    /// Draws the same chart sharp enough for a picture of it; the next drawing is for the screen again.
    pub(super) fn sharpen(&mut self) -> Result<()> {
        let Some(chart) = self.chart.clone() else { return Ok(()) };
        let theme = self.theme;
        self.canvas.draw_for(Purpose::Picture);
        let drawn = self.draw(chart, &theme);
        self.canvas.draw_for(Purpose::Screen);
        drawn
    }

    /// The browser has taken back what was drawn.
    pub(super) fn lose(&mut self) {
        self.canvas.lose();
    }

    /// The browser lets the chart be drawn again.
    pub(super) fn regain(&mut self) -> Result<()> {
        self.canvas.regain()
    }

    /// Why the chart is not to be seen, if so.
    pub(super) fn problem(&self) -> Option<&'static str> {
        self.undrawn.then(words::not_drawn)
    }

    /// Draws the same chart once more, with its names in the best places and not in those that they had.
    pub(super) fn tidy(&mut self, theme: &Theme) -> Result<()> {
        let Some(chart) = self.chart.clone() else { return Ok(()) };
        self.canvas.settle();
        self.draw(chart, theme)
    }

    /// Whether size or resolution are other ones than those of the drawing.
    pub(super) fn is_outgrown(&self) -> bool {
        self.canvas.is_outgrown()
    }

    /// Gives panels that lie side by side the width of the page.
    fn widen(&mut self, chart: &Chart) -> Result<()> {
        let wide = chart.arrangement == Arrangement::Columns;
        if self.figure.has_attribute("data-wide") != wide {
            self.figure.toggle_attribute_with_force("data-wide", wide)?;
            self.canvas.resized();
        }
        Ok(())
    }

    /// Draws a chart at the canvas's present size and keeps it. One that cannot be drawn is kept all the same, for its table.
    pub(super) fn draw(&mut self, chart: Rc<Chart>, theme: &Theme) -> Result<()> {
        self.widen(&chart)?;
        self.theme = *theme;
        let drawn = self.canvas.draw(&chart, self.chart.as_deref(), theme);
        self.chart = Some(chart);
        let was_undrawn = std::mem::replace(&mut self.undrawn, drawn.is_err());
        let layout = match drawn {
            Ok(layout) => layout,
            Err(reason) => {
                // The page says it in its own words; the browser's are for those who look for the cause.
                if !was_undrawn {
                    web_sys::console::warn_1(&reason);
                }
                None
            }
        };
        // Hidden, there is nothing to draw on until it is shown.
        let Some(layout) = layout else { return Ok(()) };
        self.layout = layout;
        self.show_reading()
    }

    /// Whether a pixel of the canvas (CSS pixels) is within the frame of the first panel.
    pub(super) fn is_inside(&self, x: f64, y: f64) -> bool {
        self.layout.frames.first().is_some_and(|frame| frame.contains(x, y))
    }

    /// Fractions of the first frame at a pixel of the canvas (CSS pixels); `None` beside it.
    pub(super) fn fraction_at(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        self.fraction_beside(x, y).filter(|_| self.is_inside(x, y))
    }

    /// The same, also beside the frame.
    pub(super) fn fraction_beside(&self, x: f64, y: f64) -> Option<(f64, f64)> {
        Some(self.layout.frames.first()?.fraction(x, y))
    }

    /// The named line nearest to a pixel of the canvas, if it is within reach.
    pub(super) fn nearest_line(&self, x: f64, y: f64, reach_px: f64) -> Option<NearestLine> {
        nearest_line(self.panel(0)?, self.layout.frames.first()?, (x, y), reach_px)
    }

    /// Words of the page are read out beside this pixel.
    pub(super) fn speak_at(&mut self, x: f64, y: f64) {
        self.spoken_at = (x, y);
    }

    /// Words of the page are read out in the left upper corner of the frame.
    pub(super) fn speak_in_corner(&mut self) {
        let corner = self.layout.frames.first().map(|frame| (frame.left, frame.top));
        self.spoken_at = corner.unwrap_or_default();
    }

    /// Reads out words of the page, with a sample of the colour that they are about.
    pub(super) fn speak(&mut self, readout: Option<&PlaneReadout>, theme: &Theme) -> Result<()> {
        self.speaks = readout.is_some();
        self.readout.set_hidden(!self.speaks);
        let Some(readout) = readout else { return Ok(()) };
        set_text(&self.readout, &readout.text);
        let color = readout.curve.as_ref().map(|(_, role)| theme.color(*role));
        let (red, green, blue) = color.unwrap_or(theme.paper);
        let style = self.readout.style();
        style.set_property("border-left-color", &format!("rgb({red} {green} {blue})"))?;
        let (x, y) = self.spoken_at;
        let top = self.layout.frames.first().map_or(0.0, |frame| frame.top);
        self.place_readout(x, (y - 70.0).max(top + 8.0))
    }

    /// Abscissa and ordinate at a pixel of the canvas (CSS pixels), the nearest of the frame's beside it.
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

    fn show_reading(&mut self) -> Result<()> {
        let shown = self.reading.and_then(|(panel, index)| {
            let frame = self.layout.frames.get(panel)?;
            let panel = self.panel(panel)?;
            Some((frame, panel, panel.reading(index)?))
        });
        self.cursor.set_hidden(shown.is_none());
        self.readout.set_hidden(shown.is_none() && !self.speaks);
        let Some((frame, panel, reading)) = shown else {
            return Ok(());
        };
        let mut lines = vec![element("span", &words::abscissa(panel, &reading))?];
        for row in &reading.rows {
            lines[lines.len() - 1].append_with_str_1("\n")?;
            let line = element("span", &words::ordinate(panel, row))?;
            let (red, green, blue) = self.theme.color(row.role);
            let style = line.unchecked_ref::<HtmlElement>().style();
            style.set_property("--sample", &format!("rgb({red} {green} {blue})"))?;
            lines.push(line);
        }
        fill(&self.readout, &lines)?;
        let (x, _) = frame.pixel(panel.x.fraction(reading.x), 0.0);
        let style = self.cursor.style();
        style.set_property("left", &format!("{x:.1}px"))?;
        style.set_property("top", &format!("{:.1}px", frame.top))?;
        style.set_property("height", &format!("{:.1}px", frame.bottom - frame.top))?;
        let top = frame.top;
        self.place_readout(x, top + 8.0)
    }

    /// Puts the read-out on the side of a pixel that has more room.
    fn place_readout(&mut self, x: f64, top: f64) -> Result<()> {
        let (width, _) = self.canvas.size_px();
        let style = self.readout.style();
        let (side, other, distance) = if x < 0.5 * width {
            ("left", "right", x)
        } else {
            ("right", "left", width - x)
        };
        style.set_property(side, &format!("{:.1}px", distance + 10.0))?;
        style.set_property(other, "auto")?;
        style.set_property("top", &format!("{top:.1}px"))
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
                let x = x.map_or_else(String::new, |x| format!("{x:.5e}"));
                let mut cells = vec![element("td", &x)?];
                for value in values {
                    cells.push(element("td", &value.as_ref().map_or_else(String::new, table_text))?);
                }
                rows.push(around("tr", &cells)?);
            }
        }
        fill(&self.table, &rows)
    }
}

/// A value as a cell of the table: more digits than a read-out has, without unit.
fn table_text(amount: &Amount) -> String {
    match amount {
        Amount::Number { value, .. } => format!("{value:.5e}"),
        Amount::Word(word) => word.clone(),
    }
}
