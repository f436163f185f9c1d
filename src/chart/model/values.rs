//! Numbers that a chart shares with who gave them.

use std::ops::Deref;
use std::sync::Arc;

/// A list of numbers that is cheap to clone: what does not change between two frames is not copied for each of them.
#[derive(Clone, Debug)]
pub struct Values(Arc<[f64]>);

impl Deref for Values {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.0
    }
}

/// The same list is equal to itself, also where it holds NaN.
impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

impl Default for Values {
    fn default() -> Self {
        Self(Arc::from([]))
    }
}

impl From<Vec<f64>> for Values {
    fn from(values: Vec<f64>) -> Self {
        Self(values.into())
    }
}

impl From<Arc<[f64]>> for Values {
    fn from(values: Arc<[f64]>) -> Self {
        Self(values)
    }
}

impl From<&[f64]> for Values {
    fn from(values: &[f64]) -> Self {
        Self(values.into())
    }
}

impl FromIterator<f64> for Values {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        Self(values.into_iter().collect())
    }
}

impl<'a> IntoIterator for &'a Values {
    type Item = &'a f64;
    type IntoIter = std::slice::Iter<'a, f64>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}
