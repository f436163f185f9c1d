//! What a legend needs of room.

use crate::chart::model::{Chart, Layer, Panel};
use crate::chart::theme::Theme;

/// Columns of a legend in a band of its own.
pub(in crate::chart) const BAND_COLUMNS: usize = 2;

/// Sizes of a legend, in CSS pixels.
pub(in crate::chart) struct Sizes {
    /// Size of its text.
    pub(in crate::chart) em: f64,
    /// Width of the sample of a line.
    pub(in crate::chart) sample: f64,
    /// Between sample and text.
    pub(in crate::chart) gap: f64,
    /// Height of a row.
    pub(in crate::chart) row: f64,
}

impl Sizes {
    pub(in crate::chart) fn new(theme: &Theme) -> Self {
        let em = 0.93 * theme.font_px;
        Self {
            em,
            sample: 2.0 * em,
            gap: 0.5 * em,
            row: 1.45 * em,
        }
    }
}

/// The layers of a panel that its legend names.
pub(in crate::chart) fn named(panel: &Panel) -> impl Iterator<Item = &Layer> + Clone {
    panel
        .layers
        .iter()
        .filter(|layer| panel.legend_names && !layer.name.is_empty())
}

/// Height of the band that the chart's legends need below the frames.
pub(in crate::chart) fn band_height(chart: &Chart, theme: &Theme) -> f64 {
    let entries: usize = chart
        .panels
        .iter()
        .filter(|panel| panel.legend.is_some())
        .map(|panel| named(panel).count())
        .sum();
    Sizes::new(theme).row * (entries.div_ceil(BAND_COLUMNS) as f64 + 0.3)
}
