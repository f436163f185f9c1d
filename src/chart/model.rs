//! What a chart shows.

use super::Axis;

/// What a layer stands for; the theme gives it its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// SM expectation.
    StandardModel,
    /// SM and dipole together.
    Total,
    /// The dipole alone.
    Dipole,
    /// Measured values.
    Data,
    /// Background.
    Background,
    /// The visitor's own point.
    Accent,
    /// One of several things of the same kind.
    First,
    /// The second of them.
    Second,
    /// The third of them.
    Third,
    /// The fourth of them.
    Fourth,
    /// The fifth of them.
    Fifth,
    /// Somebody else's result.
    Published,
    /// Somebody else's projection.
    Projection,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dash {
    /// Unbroken.
    Solid,
    /// Long dashes.
    Dashed,
    /// Dots.
    Dotted,
}

/// The values of a layer.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A line through points.
    Curve {
        /// Abscissas.
        x: Vec<f64>,
        /// Ordinates.
        y: Vec<f64>,
    },
    /// A histogram as a line, `edges` one longer than `y`.
    Steps {
        /// Edges of the bins.
        edges: Vec<f64>,
        /// Heights.
        y: Vec<f64>,
    },
    /// A filled histogram between two heights.
    Stack {
        /// Edges of the bins.
        edges: Vec<f64>,
        /// Lower heights.
        base: Vec<f64>,
        /// Upper heights.
        top: Vec<f64>,
    },
    /// A line of equal values: it may turn back, so there is no one ordinate to read out.
    Contour {
        /// Abscissas.
        x: Vec<f64>,
        /// Ordinates.
        y: Vec<f64>,
    },
    /// A closed, filled region with its outline.
    Region {
        /// Abscissas of its corners.
        x: Vec<f64>,
        /// Ordinates of its corners.
        y: Vec<f64>,
    },
    /// A value on a grid, as bands of colour.
    Heat {
        /// Abscissas of the columns.
        x: Vec<f64>,
        /// Ordinates of the rows.
        y: Vec<f64>,
        /// Values, column by column.
        values: Vec<f64>,
        /// Rising values between which a band has one colour; below the first there is none.
        levels: Vec<f64>,
    },
    /// One marked point.
    Point {
        /// Abscissa.
        x: f64,
        /// Ordinate.
        y: f64,
    },
    /// Points with symmetric errors.
    Points {
        /// Abscissas.
        x: Vec<f64>,
        /// Ordinates.
        y: Vec<f64>,
        /// Errors of the ordinates.
        error: Vec<f64>,
    },
}

/// One thing in a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What it is called in legend, read-out and table.
    pub name: String,
    /// What it stands for.
    pub role: Role,
    /// How its line is drawn.
    pub dash: Dash,
    /// Whether its name is written on its line, where it fits.
    pub labelled: bool,
    /// Its values.
    pub mark: Mark,
}

impl Layer {
    /// A solid layer.
    #[must_use]
    pub fn new(name: impl Into<String>, role: Role, mark: Mark) -> Self {
        Self {
            name: name.into(),
            role,
            dash: Dash::Solid,
            labelled: false,
            mark,
        }
    }

    /// The same with its name on its line.
    #[must_use]
    pub fn labelled(self) -> Self {
        Self { labelled: true, ..self }
    }

    /// The same with another line.
    #[must_use]
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }
}

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
    /// Unit of the ordinates in the read-out.
    pub y_unit: String,
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
