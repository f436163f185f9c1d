//! Charts as SVG: one drawing, of the still part and of the moving one.

use crate::chart::symbols::{DROP_EM, SUBSCRIPT_EM, pieces};
use crate::chart::{Chart, Resolution, Theme, render};
use plotters::prelude::{IntoDrawingArea, SVGBackend};

/// plotters' SVG backend counts in whole units: this many to a CSS pixel.
const UNITS_PER_PX: u32 = 8;
const RESOLUTION: Resolution = Resolution {
    units_per_px: UNITS_PER_PX as f64,
    units_per_dot: 1,
    // The same backend divides font sizes by this figure.
    text_scale: 1.24,
};

/// A chart as an SVG document of `width` times `height` CSS pixels; `None` if it could not be drawn (which a buffer in memory
/// does not do).
#[must_use]
pub fn to_svg(chart: &Chart, theme: &Theme, width: u32, height: u32) -> Option<String> {
    let size = (width * UNITS_PER_PX, height * UNITS_PER_PX);
    let mut text = String::new();
    {
        let area = SVGBackend::with_string(&mut text, size).into_drawing_area();
        render(chart, theme, &area, RESOLUTION).ok()?;
        area.present().ok()?;
    }
    let text = with_subscripts(&text);
    // The view box keeps the fine units; the document's size is that asked for.
    Some(text.replacen(
        &format!("width=\"{}\" height=\"{}\"", size.0, size.1),
        &format!("width=\"{width}\" height=\"{height}\""),
        1,
    ))
}

/// Sets subscripts lower. Only texts have any: no letter of a symbol stands in what plotters writes of its own.
pub(super) fn with_subscripts(text: &str) -> String {
    let drop_em = DROP_EM / SUBSCRIPT_EM;
    let set = |(piece, is_lower): (String, bool)| match is_lower {
        // A shift lasts to the end of its text, so a space without width takes it back.
        true => format!(
            "<tspan dy=\"{drop_em:.2}em\" font-size=\"{SUBSCRIPT_EM}em\">{piece}</tspan><tspan dy=\"-{DROP_EM}em\">\u{200b}</tspan>"
        ),
        false => piece,
    };
    pieces(text).into_iter().map(set).collect()
}
