//! The values of a layer.

use super::Values;

/// The values of a layer.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points.
    Curve {
        /// Abscissas.
        x: Values,
        /// Ordinates.
        y: Values,
    },
    /// A line along the lower edge of the frame: its ordinate is below everything that the panel can show.
    Floor {
        /// Abscissas, of which the first and the last bound the line.
        x: Values,
        /// What is to be read there in place of a number.
        word: String,
        /// How many such lines lie below it.
        lane: usize,
    },
    /// A histogram as a line, `edges` one longer than `y`.
    Steps {
        /// Edges of the bins.
        edges: Values,
        /// Heights.
        y: Values,
    },
    /// A filled histogram between two heights.
    Stack {
        /// Edges of the bins.
        edges: Values,
        /// Lower heights.
        base: Values,
        /// Upper heights.
        top: Values,
    },
    /// A line of equal values: it may turn back, so there is no one ordinate to read out.
    Contour {
        /// Abscissas.
        x: Values,
        /// Ordinates.
        y: Values,
    },
    /// The outline of a closed region.
    Region {
        /// Abscissas of its corners.
        x: Values,
        /// Ordinates of its corners.
        y: Values,
    },
    /// A closed, filled region without an outline, strong or (of a thin layer) weak. One that stays lies on the paper itself and hides
    /// those below, so that many of them do not add up to darkness; others let through what is below.
    Shade {
        /// Abscissas of its corners.
        x: Values,
        /// Ordinates of its corners.
        y: Values,
    },
    /// A value on a grid, as bands of colour.
    Heat {
        /// Abscissas of the columns.
        x: Values,
        /// Ordinates of the rows.
        y: Values,
        /// Values, column by column.
        values: Values,
        /// Rising values between which a band has one colour; below the first there is none.
        levels: Values,
    },
    /// The visitor's point, with lines to both axes.
    Point {
        /// Abscissa.
        x: f64,
        /// Ordinate.
        y: f64,
    },
    /// A place of note, as a small cross.
    Cross {
        /// Abscissa.
        x: f64,
        /// Ordinate.
        y: f64,
    },
    /// Points with symmetric errors.
    Points {
        /// Abscissas.
        x: Values,
        /// Ordinates.
        y: Values,
        /// Errors of the ordinates.
        error: Values,
    },
    /// A horizontal bar from the left side to a value, with the layer's label above it; one in each lane.
    Bar {
        /// Length of the bar, on the horizontal axis.
        value: f64,
        /// Lane, from the top.
        lane: usize,
        /// Number of lanes in the panel.
        lanes: usize,
    },
    /// A vertical line through the frame, with the layer's label beside it, and a shade over all beyond it.
    Threshold {
        /// Its place on the horizontal axis.
        value: f64,
    },
}
