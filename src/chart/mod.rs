//! Charts as data, and one renderer for them: on the page's canvas, as SVG for the command line
//! and for export.
//!
//! A [`Chart`] holds values and meaning ([`Role`]), not pixels or colours. Drawing, the read-out
//! under the pointer and the table for screen readers all come from the same values.

mod axis;
mod clip;
mod contour;
pub mod exclusion;
pub mod figures;
mod frame;
mod heat;
mod label;
mod layout;
mod legend;
mod model;
mod number;
mod pen;
mod readout;
mod render;
pub mod spectrum;
mod svg;
mod theme;

pub use axis::{Axis, Scale, Ticks};
pub use contour::contour;
pub use layout::{Layout, Placed};
pub use model::{Arrangement, Chart, Corner, Dash, Layer, Mark, Panel, Role};
pub use number::{decimal, power_of_ten, scientific};
pub use readout::{Reading, Row, ValueTable};
pub use render::{RenderError, render};
pub use svg::to_svg;
pub use theme::{Color, Theme, ThemeName};
