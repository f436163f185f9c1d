//! Where the frames are: from a chart's size to rectangles, and back from a pixel to values.

pub(super) mod legend;
mod nearest;
pub(super) mod text;

use self::legend::Band;
pub use self::nearest::{NearestLine, nearest_line};

use super::model::{Arrangement, Chart, Panel};
use super::scale::Scale;
use super::theme::Theme;

/// Least width, in em, at which panels lie side by side.
const COLUMNS_EM: f64 = 52.0;

/// Largest shares of a frame that a legend may cover; a larger one gets a band of its own below the frames.
const MOST_OF_HEIGHT: f64 = 0.55;
const MOST_OF_WIDTH: f64 = 0.85;

/// A panel's frame in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Placed {
    /// Left side.
    pub left: f64,
    /// Top side.
    pub top: f64,
    /// Right side.
    pub right: f64,
    /// Bottom side.
    pub bottom: f64,
    /// Whether labels of the horizontal axis are drawn below it.
    pub x_labels: bool,
}

impl Placed {
    /// Pixel of a point given as fractions.
    #[must_use]
    pub fn pixel(&self, x: f64, y: f64) -> (f64, f64) {
        (
            self.left + x * (self.right - self.left),
            self.bottom - y * (self.bottom - self.top),
        )
    }

    /// Fractions of a pixel.
    #[must_use]
    pub fn fraction(&self, x: f64, y: f64) -> (f64, f64) {
        (
            (x - self.left) / (self.right - self.left),
            (self.bottom - y) / (self.bottom - self.top),
        )
    }

    /// Whether a pixel is within the frame.
    #[must_use]
    pub fn contains(&self, x: f64, y: f64) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// The frames of a chart, in the order of its panels.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Layout {
    /// One frame per panel.
    pub frames: Vec<Placed>,
    /// Top of a band below the frames that the legend has for itself, where it would cover the chart inside of them.
    pub legend_band: Option<f64>,
}

/// Room around frames, in CSS pixels.
struct Margins {
    top: f64,
    right: f64,
    bottom: f64,
    gap: f64,
}

impl Layout {
    /// Lays a chart out in `width` times `height` CSS pixels.
    #[must_use]
    pub fn new(chart: &Chart, theme: &Theme, width: f64, height: f64) -> Self {
        let em = theme.font_px;
        let margins = Margins {
            top: 0.8 * em,
            right: 1.1 * em,
            bottom: 3.4 * em,
            gap: 0.7 * em,
        };
        let inside = Self::without_band(chart, theme, &margins, (width, height));
        let covers = |(panel, frame): (&Panel, &Placed)| {
            let (legend_width, legend_height) = legend::size(panel, theme);
            panel.legend.is_some()
                && (legend_height > MOST_OF_HEIGHT * (frame.bottom - frame.top)
                    || legend_width > MOST_OF_WIDTH * (frame.right - frame.left))
        };
        let band = height - Band::new(chart, theme, width).height(theme);
        // Where the band would be the larger part, nothing is gained.
        if band < 0.5 * height || !chart.panels.iter().zip(&inside.frames).any(covers) {
            return inside;
        }
        Self {
            legend_band: Some(band),
            ..Self::without_band(chart, theme, &margins, (width, band))
        }
    }

    /// The frames, with legends inside of them.
    fn without_band(chart: &Chart, theme: &Theme, margins: &Margins, (width, height): (f64, f64)) -> Self {
        let em = theme.font_px;
        match chart.arrangement {
            Arrangement::Rows => Self::rows(chart, em, margins, (width, height)),
            Arrangement::Stack => Self::stack(chart, em, margins, (width, height)),
            // Side by side needs room; without it they lie one below the other.
            Arrangement::Columns if width < COLUMNS_EM * em => Self::stack(chart, em, margins, (width, height)),
            Arrangement::Columns => Self::columns(chart, em, margins, (width, height)),
        }
    }

    /// Frames that share the horizontal axis of the last.
    fn rows(chart: &Chart, em: f64, margins: &Margins, (width, height): (f64, f64)) -> Self {
        let last = chart.panels.len().saturating_sub(1);
        let room = height - margins.top - margins.bottom - margins.gap * last as f64;
        let (left, mut top) = (common_left(chart, em), margins.top);
        let frames = shares(chart).enumerate().map(|(index, share)| {
            let frame = Placed {
                left,
                top,
                right: width - margins.right,
                bottom: top + room * share,
                x_labels: index == last,
            };
            top = frame.bottom + margins.gap;
            frame
        });
        Self {
            frames: frames.collect(),
            legend_band: None,
        }
    }

    /// Frames one below the other, each with its own axes.
    fn stack(chart: &Chart, em: f64, margins: &Margins, (width, height): (f64, f64)) -> Self {
        let (left, mut top) = (common_left(chart, em), 0.0);
        let frames = shares(chart).map(|share| {
            let frame = Placed {
                left,
                top: top + margins.top,
                right: width - margins.right,
                bottom: top + height * share - margins.bottom,
                x_labels: true,
            };
            top += height * share;
            frame
        });
        Self {
            frames: frames.collect(),
            legend_band: None,
        }
    }

    /// Frames side by side.
    fn columns(chart: &Chart, em: f64, margins: &Margins, (width, height): (f64, f64)) -> Self {
        let mut x = 0.0;
        let frames = chart.panels.iter().zip(shares(chart)).map(|(panel, share)| {
            let frame = Placed {
                left: x + left_margin(panel, em),
                top: margins.top,
                right: x + width * share - margins.right,
                bottom: height - margins.bottom,
                x_labels: true,
            };
            x += width * share;
            frame
        });
        Self {
            frames: frames.collect(),
            legend_band: None,
        }
    }

    /// The panel under a pixel.
    #[must_use]
    pub fn panel_at(&self, x: f64, y: f64) -> Option<usize> {
        self.frames.iter().position(|frame| frame.contains(x, y))
    }
}

/// Shares of the panels, of 1 in all.
fn shares(chart: &Chart) -> impl Iterator<Item = f64> {
    let all: f64 = chart.panels.iter().map(|panel| panel.share).sum();
    chart.panels.iter().map(move |panel| panel.share / all)
}

/// Room for the vertical axes of frames that are flush.
fn common_left(chart: &Chart, em: f64) -> f64 {
    chart
        .panels
        .iter()
        .map(|panel| left_margin(panel, em))
        .fold(0.0, f64::max)
}

/// Room for the vertical axis: its label, turned, and the widest number. The width of a number does not
/// change while values move, so that the frame does not jump.
pub(super) fn left_margin(panel: &Panel, em: f64) -> f64 {
    let number = match panel.y.scale {
        Scale::Logarithmic if panel.y.has_labels_between_powers() => 3.9,
        Scale::Logarithmic => 2.3,
        // Five digits, or a power of ten.
        Scale::Linear if panel.y.high >= 1e3 => 3.5,
        Scale::Linear | Scale::SquareRoot | Scale::Lanes => 2.5,
    };
    (number + 1.9) * em
}
