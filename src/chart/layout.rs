//! Where the frames are: from a chart's size to rectangles, and back from a pixel to values.

use super::{Arrangement, Chart, Panel, Theme};

/// Least width, in em, at which panels lie side by side.
const COLUMNS_EM: f64 = 38.0;

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
}

impl Layout {
    /// Lays a chart out in `width` times `height` CSS pixels.
    #[must_use]
    pub fn new(chart: &Chart, theme: &Theme, width: f64, height: f64) -> Self {
        let em = theme.font_px;
        let shares: f64 = chart.panels.iter().map(|panel| panel.share).sum();
        let (top, right, bottom) = (0.8 * em, 1.1 * em, 3.4 * em);
        let mut frames = Vec::new();
        match chart.arrangement {
            Arrangement::Rows => {
                let gap = 0.7 * em;
                let left = chart
                    .panels
                    .iter()
                    .map(|panel| left_margin(panel, em))
                    .fold(0.0, f64::max);
                let room = height - top - bottom - gap * (chart.panels.len() as f64 - 1.0);
                let mut y = top;
                for (index, panel) in chart.panels.iter().enumerate() {
                    let share = room * panel.share / shares;
                    frames.push(Placed {
                        left,
                        top: y,
                        right: width - right,
                        bottom: y + share,
                        x_labels: index + 1 == chart.panels.len(),
                    });
                    y += share + gap;
                }
            }
            arrangement if arrangement == Arrangement::Stack || width < COLUMNS_EM * em => {
                let left = chart
                    .panels
                    .iter()
                    .map(|panel| left_margin(panel, em))
                    .fold(0.0, f64::max);
                let mut y = 0.0;
                for panel in &chart.panels {
                    let share = height * panel.share / shares;
                    frames.push(Placed {
                        left,
                        top: y + top,
                        right: width - right,
                        bottom: y + share - bottom,
                        x_labels: true,
                    });
                    y += share;
                }
            }
            Arrangement::Columns | Arrangement::Stack => {
                let mut x = 0.0;
                for panel in &chart.panels {
                    let share = width * panel.share / shares;
                    frames.push(Placed {
                        left: x + left_margin(panel, em),
                        top,
                        right: x + share - right,
                        bottom: height - bottom,
                        x_labels: true,
                    });
                    x += share;
                }
            }
        }
        Self { frames }
    }

    /// The panel under a pixel.
    #[must_use]
    pub fn panel_at(&self, x: f64, y: f64) -> Option<usize> {
        self.frames.iter().position(|frame| frame.contains(x, y))
    }
}

/// Room for the vertical axis: its label, turned, and the widest number. The width of a number does not
/// change while values move, so that the frame does not jump.
pub(super) fn left_margin(panel: &Panel, em: f64) -> f64 {
    let number = match panel.y.scale {
        super::Scale::Logarithmic => 2.3,
        super::Scale::Linear | super::Scale::SquareRoot => 2.5,
    };
    (number + 1.9) * em
}
