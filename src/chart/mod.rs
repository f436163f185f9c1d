//! Charts as data, and one renderer for them: on the page's canvas, as SVG for the command line
//! and for export.
//!
//! A [`Chart`] holds values and meaning ([`Role`]), not pixels or colours. Drawing, the read-out
//! under the pointer and the table for screen readers all come from the same values.
//!
//! A chart goes one way: plain data → [`views`] → [`Chart`] (`model`, with axes of `scale`) → frames (`layout`) → strokes
//! (`paint`) → a canvas or a document (`export`). Nothing here knows an analysis, an experiment or the page.

mod export;
mod layout;
mod model;
mod paint;
mod scale;
pub mod symbols;
mod theme;
pub mod views;

pub use export::{Caption, to_captioned_svg, to_svg, wrapped};
pub use layout::{Layout, NearestLine, Placed, nearest_line};
pub use model::{
    Amount, Arrangement, Chart, Corner, Dash, Layer, Mark, Panel, Reading, Role, Row, ValueTable, Values, Weight,
};
pub use paint::{LabelMemory, RenderError, Resolution, Surface, layout_on, render, render_moving, render_still};
pub use scale::{Axis, DisplayUnit, Scale, Ticks, decade_above, decimal, power_of_ten, scientific, superscript};
pub use theme::{Color, Theme, ThemeName};
pub use views::exclusion::contour;
pub use views::{exclusion, spectrum};
