//! What a legend needs of room.

use crate::chart::model::{Chart, Corner, Layer, Panel, Weight};
use crate::chart::theme::Theme;

use super::Placed;
use super::text::width_em;

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

    /// Width of an entry: sample and name.
    fn entry(&self, layer: &Layer) -> f64 {
        self.sample + self.gap + self.em * width_em(&layer.name)
    }
}

/// The layers of a panel that its legend names: those without a label of their own that do not merely go with another.
pub(in crate::chart) fn named(panel: &Panel) -> impl Iterator<Item = &Layer> + Clone {
    panel
        .layers
        .iter()
        .filter(|layer| panel.legend_names && !layer.name.is_empty())
        .filter(|layer| layer.label.is_none() && layer.weight == Weight::Normal)
}

/// Width and height that a panel's legend needs in its frame, heading included.
pub(in crate::chart) fn size(panel: &Panel, theme: &Theme) -> (f64, f64) {
    let sizes = Sizes::new(theme);
    let names = named(panel).map(|layer| sizes.entry(layer)).fold(0.0, f64::max);
    let rows = named(panel).count() + usize::from(!panel.title.is_empty());
    (names.max(sizes.em * width_em(&panel.title)), sizes.row * rows as f64)
}

/// Left upper and right lower corner of what a panel's legend covers in its frame: the heading alone where the names have a band.
pub(in crate::chart) fn place(panel: &Panel, has_band: bool, frame: &Placed, theme: &Theme) -> Option<[(f64, f64); 2]> {
    let corner = panel.legend?;
    let em = Sizes::new(theme).em;
    let (width, height) = if has_band {
        let rows = if panel.title.is_empty() { 0.0 } else { 1.0 };
        (em * width_em(&panel.title), rows * Sizes::new(theme).row)
    } else {
        size(panel, theme)
    };
    let inset = 0.9 * em;
    let left = match corner {
        Corner::TopRight => frame.right - inset - width,
        Corner::TopLeft | Corner::BottomLeft => frame.left + inset,
        Corner::Top => 0.5 * (frame.left + frame.right - width),
    };
    let top = match corner {
        Corner::TopLeft | Corner::TopRight | Corner::Top => frame.top + 0.6 * em,
        Corner::BottomLeft => frame.bottom - 0.6 * em - height,
    };
    (height > 0.0).then_some([(left, top), (left + width, top + height)])
}

/// The entries of a legend in a band of its own, in columns.
pub(in crate::chart) struct Band<'a> {
    /// The layers, each name once.
    pub(in crate::chart) entries: Vec<&'a Layer>,
    /// Rows in each column.
    pub(in crate::chart) rows: usize,
    /// Width of a column, in CSS pixels.
    pub(in crate::chart) column: f64,
}

impl<'a> Band<'a> {
    /// As many columns as the longest name allows.
    pub(in crate::chart) fn new(chart: &'a Chart, theme: &Theme, width: f64) -> Self {
        let sizes = Sizes::new(theme);
        let mut entries: Vec<&Layer> = Vec::new();
        for layer in chart
            .panels
            .iter()
            .filter(|panel| panel.legend.is_some())
            .flat_map(named)
        {
            if entries.iter().all(|known| known.name != layer.name) {
                entries.push(layer);
            }
        }
        let widest = entries.iter().map(|layer| sizes.entry(layer)).fold(1.0, f64::max) + 0.8 * sizes.em;
        let columns = ((width / widest) as usize).clamp(1, entries.len().max(1));
        Self {
            rows: entries.len().div_ceil(columns).max(1),
            column: width / columns as f64,
            entries,
        }
    }

    /// Height of the band, in CSS pixels.
    pub(in crate::chart) fn height(&self, theme: &Theme) -> f64 {
        Sizes::new(theme).row * (self.rows as f64 + 0.3)
    }
}
