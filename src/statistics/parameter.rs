//! Nuisance parameters as data: one list for fits, facts on the page and the command line.

use serde::Serialize;

/// What is known of a parameter beforehand: a Gaussian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Prior {
    /// Its centre, in the parameter's unit.
    pub centre: f64,
    /// Its width (one standard deviation), in the same unit.
    pub width: f64,
}

impl Prior {
    /// Distance of a value from the centre, in widths.
    #[must_use]
    pub fn pull(self, value: f64) -> f64 {
        (value - self.centre) / self.width
    }
}

/// A nuisance parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Key in answers of the command line.
    pub name: String,
    /// Name for people.
    pub label: String,
    /// Unit; empty for pure numbers, among them relative shifts of normalisations.
    pub unit: String,
    /// Its prior, where there is one; without one it is free.
    pub prior: Option<Prior>,
    /// Allowed values, both ends included.
    pub range: (f64, f64),
    /// Where a fit to the experiment's own data starts.
    pub start: f64,
}

impl Parameter {
    /// A relative shift of a normalisation, `eta` in `1 + eta`, known to `width`: never below -1.
    #[must_use]
    pub fn shift(name: &str, label: &str, width: f64) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            unit: String::new(),
            prior: Some(Prior { centre: 0.0, width }),
            range: (-1.0, f64::INFINITY),
            start: 0.0,
        }
    }

    /// A free parameter that is not negative.
    #[must_use]
    pub fn free(name: &str, label: &str, unit: &str, start: f64) -> Self {
        Self {
            name: name.to_owned(),
            label: label.to_owned(),
            unit: unit.to_owned(),
            prior: None,
            range: (0.0, f64::INFINITY),
            start,
        }
    }

    /// Distance of a value from the prior, in widths; `None` for a free parameter.
    #[must_use]
    pub fn pull(&self, value: f64) -> Option<f64> {
        self.prior.map(|prior| prior.pull(value))
    }
}
