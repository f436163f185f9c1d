//! Units in which values are shown that are kept in another.

/// A unit for the eye: values stay in the unit in which they are computed, and only text is in this one.
#[derive(Clone, Debug, PartialEq)]
pub struct DisplayUnit {
    /// The unit as it is written.
    pub symbol: String,
    /// What one of it is in the unit of the values: 296.3 for a Bohr magneton where values are in GeV^-1.
    pub size: f64,
}

impl DisplayUnit {
    /// The unit of the values themselves.
    #[must_use]
    pub fn own(symbol: impl Into<String>) -> Self {
        Self {
            symbol: symbol.into(),
            size: 1.0,
        }
    }

    /// A value of the axis in this unit.
    #[must_use]
    pub fn shown(&self, value: f64) -> f64 {
        value / self.size
    }
}
