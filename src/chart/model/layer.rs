//! One thing in a panel: what it stands for and how it is drawn.

use super::Mark;

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
    /// The largest signal that a published bound allows.
    Bound,
    /// Something that the visitor keeps to compare with.
    Pinned,
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
    /// The sixth of them.
    Sixth,
    /// The seventh of them.
    Seventh,
    /// The eighth of them.
    Eighth,
    /// The ninth of them.
    Ninth,
    /// The tenth of them.
    Tenth,
    /// Somebody else's result from a laboratory.
    Published,
    /// Somebody else's result from the sky.
    Astrophysics,
    /// Somebody else's result from the early universe.
    Cosmology,
    /// Somebody else's projection.
    Projection,
}

impl Role {
    /// Colours of experiments in one chart, in their order. The fifth is too near to the fourth for a line beside it.
    pub const EXPERIMENTS: [Self; 9] = [
        Self::First,
        Self::Second,
        Self::Third,
        Self::Fourth,
        Self::Sixth,
        Self::Seventh,
        Self::Eighth,
        Self::Ninth,
        Self::Tenth,
    ];
}

impl Role {
    /// Whether it is somebody else's result or projection: it steps back behind what is computed here.
    #[must_use]
    pub fn is_published(self) -> bool {
        matches!(
            self,
            Self::Published | Self::Astrophysics | Self::Cosmology | Self::Projection
        )
    }
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

/// How heavy a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// What the panel is about.
    Normal,
    /// What goes with it.
    Thin,
    /// What is pointed at.
    Heavy,
}

/// One thing in a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// What it is called in legend, read-out and table.
    pub name: String,
    /// What it stands for.
    pub role: Role,
    /// How its line is drawn; a band of a stack with another than an unbroken line is hatched.
    pub dash: Dash,
    /// How heavy its line is.
    pub weight: Weight,
    /// What is written on its line, where it fits.
    pub label: Option<String>,
    /// Whether it stays as it is while the visitor drags: the page draws such layers once. They lie below all others.
    pub still: bool,
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
            weight: Weight::Normal,
            label: None,
            still: false,
            mark,
        }
    }

    /// The same with its name on its line.
    #[must_use]
    pub fn labelled(self) -> Self {
        let name = self.name.clone();
        self.labelled_as(name)
    }

    /// The same with a text on its line.
    #[must_use]
    pub fn labelled_as(self, text: impl Into<String>) -> Self {
        Self {
            label: Some(text.into()),
            ..self
        }
    }

    /// The same with another line.
    #[must_use]
    pub fn dashed(self, dash: Dash) -> Self {
        Self { dash, ..self }
    }

    /// The same with a thin line.
    #[must_use]
    pub fn thin(self) -> Self {
        Self {
            weight: Weight::Thin,
            ..self
        }
    }

    /// The same with a heavy line, in the moving part, and without its name.
    #[must_use]
    pub fn heavy(self) -> Self {
        Self {
            weight: Weight::Heavy,
            label: None,
            still: false,
            ..self
        }
    }

    /// The same as one that stays while the visitor drags.
    #[must_use]
    pub fn still(self) -> Self {
        Self { still: true, ..self }
    }
}
