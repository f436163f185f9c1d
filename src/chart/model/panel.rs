//! Frames with their axes and layers, and how they lie.

use super::Layer;
use crate::chart::scale::Axis;

/// Where in the frame a legend goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Corner {
    /// Top, in the middle.
    Top,
    /// Top left.
    TopLeft,
    /// Top right.
    TopRight,
    /// Bottom left.
    BottomLeft,
}

/// A frame with its axes and layers.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// Heading inside the frame; may be empty.
    pub title: String,
    /// Horizontal axis.
    pub x: Axis,
    /// Vertical axis.
    pub y: Axis,
    /// Share of the chart's height or width.
    pub share: f64,
    /// Layers, the first at the bottom.
    pub layers: Vec<Layer>,
    /// Where the legend goes, if there is one.
    pub legend: Option<Corner>,
    /// Whether the legend names the layers, below the heading.
    pub legend_names: bool,
    /// Name and unit of the abscissa in the read-out.
    pub x_name: (String, String),
    /// Unit of the ordinates in the read-out and in the table.
    pub y_unit: String,
}

impl Panel {
    fn has_same_still_part(&self, other: &Self) -> bool {
        let still = self.layers.iter().filter(|layer| layer.still);
        let others = other.layers.iter().filter(|layer| layer.still);
        self.x == other.x && self.y == other.y && self.share == other.share && still.eq(others)
    }
}

/// How panels lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrangement {
    /// One below the other, with one horizontal axis for all.
    Rows,
    /// One below the other, each with its own axes.
    Stack,
    /// Side by side; a stack where there is no room for that.
    Columns,
}

/// Panels that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct Chart {
    /// What there is to see, in a sentence, for those who do not see it.
    pub description: String,
    /// How the panels lie.
    pub arrangement: Arrangement,
    /// The panels.
    pub panels: Vec<Panel>,
}

impl Chart {
    /// Whether what stays while the visitor drags is the same as in another chart, so that its picture (at the same size and in
    /// the same theme) can be used again.
    #[must_use]
    pub fn has_same_still_part(&self, other: &Self) -> bool {
        self.arrangement == other.arrangement
            && self.panels.len() == other.panels.len()
            && self
                .panels
                .iter()
                .zip(&other.panels)
                .all(|(panel, other)| panel.has_same_still_part(other))
    }
}
