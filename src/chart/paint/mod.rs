//! Draws charts, on any plotters backend.

mod bars;
mod clip;
mod frame;
mod hatch;
mod heat;
mod label;
mod legend;
mod marks;
mod pen;
mod render;
mod surface;

pub use label::LabelMemory;
pub use render::{RenderError, layout_on, render, render_moving, render_still};
pub use surface::{Resolution, Surface};

use crate::chart::{Dash, Layer, Theme, Weight};

/// Width of a layer's line, in CSS pixels: what is published, goes with something else or is broken steps back.
fn width_px(layer: &Layer, theme: &Theme) -> f64 {
    let share = match (layer.role.is_published(), layer.weight, layer.dash) {
        (_, Weight::Heavy, _) => 2.2,
        (true, ..) => 0.65,
        (false, Weight::Thin, _) => 0.55,
        (false, Weight::Normal, Dash::Solid) => 1.0,
        (false, Weight::Normal, Dash::Dashed | Dash::Dotted) => 0.85,
    };
    share * theme.line_px
}
