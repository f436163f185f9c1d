//! Draws a chart on any plotters backend: at once, or in two parts of which one can be kept.

use super::pen::{Pen, PenResult};
use super::surface::{Resolution, Surface};
use super::{LabelMemory, frame, label, legend, marks};
use crate::chart::layout::legend::place as legend_place;
use crate::chart::{Chart, Layout, Panel, Placed, Theme};
use plotters::coord::Shift;
use plotters::prelude::{DrawingArea, DrawingAreaErrorKind, DrawingBackend};

/// What a backend may fail with.
pub type RenderError<DB> = DrawingAreaErrorKind<<DB as DrawingBackend>::ErrorType>;

/// Draws `chart` over the whole of `area` and says where its frames are (in CSS pixels). The drawing is that of
/// [`render_still`] with that of [`render_moving`] upon it.
///
/// # Errors
/// Whatever the backend fails with.
pub fn render<DB: Surface>(
    chart: &Chart,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
    resolution: Resolution,
) -> Result<Layout, RenderError<DB>> {
    render_still(chart, theme, area, resolution)?;
    render_moving(chart, theme, area, resolution, &mut LabelMemory::default())
}

/// Draws what stays while the visitor drags: paper, layers that are marked [`still`](crate::chart::Layer::still), and frames. A picture of it can be used again as long as size, theme and
/// [`layout_on`] are the same, and [`Chart::has_same_still_part`] says so.
///
/// # Errors
/// Whatever the backend fails with.
pub fn render_still<DB: Surface>(
    chart: &Chart,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
    resolution: Resolution,
) -> Result<Layout, RenderError<DB>> {
    let layout = layout_on(chart, theme, area, resolution);
    let pen = Pen::new(area, resolution);
    pen.clear(theme.paper)?;
    for (_, panel, frame) in roomy_panels(chart, &layout) {
        layers(&pen, (panel, true), frame, theme)?;
        frame::draw(&pen, panel, frame, theme)?;
    }
    Ok(layout)
}

/// Draws all the rest upon a picture of [`render_still`], without clearing it: the other layers, names on curves, legends. Names
/// keep their places as `memory` has them.
///
/// # Errors
/// Whatever the backend fails with.
pub fn render_moving<DB: Surface>(
    chart: &Chart,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
    resolution: Resolution,
    memory: &mut LabelMemory,
) -> Result<Layout, RenderError<DB>> {
    let layout = layout_on(chart, theme, area, resolution);
    let pen = Pen::new(area, resolution);
    for (index, panel, frame) in roomy_panels(chart, &layout) {
        layers(&pen, (panel, false), frame, theme)?;
        let has_band = layout.legend_band.is_some();
        let heading = legend_place(panel, has_band, frame, theme);
        label::draw(&pen, (index, panel), heading, frame, theme, memory)?;
        legend::draw(&pen, panel, has_band, frame, theme)?;
    }
    if let Some(top) = layout.legend_band {
        legend::draw_band(
            &pen,
            chart,
            (top, f64::from(area.dim_in_pixel().0) / resolution.units_per_px),
            theme,
        )?;
    }
    Ok(layout)
}

/// Where the frames of a chart lie on an area.
pub fn layout_on<DB: Surface>(
    chart: &Chart,
    theme: &Theme,
    area: &DrawingArea<DB, Shift>,
    resolution: Resolution,
) -> Layout {
    let (width, height) = area.dim_in_pixel();
    let scale = resolution.units_per_px;
    Layout::new(chart, theme, f64::from(width) / scale, f64::from(height) / scale)
}

/// Panels with their frames; a page narrower than its margins leaves nothing to draw in.
fn roomy_panels<'a>(chart: &'a Chart, layout: &'a Layout) -> impl Iterator<Item = (usize, &'a Panel, &'a Placed)> {
    let panels = chart.panels.iter().zip(&layout.frames).enumerate();
    panels
        .map(|(index, (panel, frame))| (index, panel, frame))
        .filter(|(_, _, frame)| frame.right > frame.left && frame.bottom > frame.top)
}

fn layers<DB: Surface>(pen: &Pen<DB>, (panel, still): (&Panel, bool), frame: &Placed, theme: &Theme) -> PenResult<DB> {
    for layer in panel.layers.iter().filter(|layer| layer.still == still) {
        marks::draw(pen, panel, layer, frame, theme)?;
    }
    Ok(())
}
