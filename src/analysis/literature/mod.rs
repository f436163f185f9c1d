//! Published limits and projections in the plane of mass and coupling, with their provenance.
//!
//! Every table of `data/limits/` is one curve; all are in this project's convention of d (see
//! [`crate::physics::units`]). [`texono`] adds the one curve that has to be derived. [`Literature`] reads them all once.

mod curve;
mod flavors;
mod polygon;
mod region;
mod side;
mod texono;

pub use curve::{Alternative, CurveKind, CurvePoint, Family, PublishedCurve};
pub use flavors::FlavorSet;
pub use side::{ExcludedSide, Frame};
pub use texono::texono;

use crate::data;
use crate::data::table::Table;
use crate::{Error, Flavor};
use std::sync::Arc;

/// Where the tables of published curves are.
pub(crate) const FOLDER: &str = "limits/";

/// Every curve of the literature, read once; a clone shares them.
///
/// ```
/// use dipole_portal::Flavor;
/// use dipole_portal::analysis::literature::Literature;
///
/// let literature = Literature::new();
/// assert!(literature.errors().is_empty());
/// let supernova = literature.curve("sn1987a").expect("a table of this name");
/// // A contour: excluded inside, and neither above nor below.
/// let excluded = |coupling_per_gev| supernova.excludes(Flavor::Tau, 1.0, coupling_per_gev);
/// assert_eq!([1e-12, 1e-9, 1e-3].map(excluded), [Some(false), Some(true), Some(false)]);
/// ```
#[derive(Clone, Debug)]
pub struct Literature {
    curves: Arc<[PublishedCurve]>,
    errors: Arc<[Error]>,
}

impl Literature {
    /// Reads the tables of `data/limits/` in the order of their names, and recasts TEXONO.
    ///
    /// A curve that cannot be read is left out and its error kept: the others stay.
    #[must_use]
    pub fn new() -> Self {
        Self::from_curves(tables().map(read).chain([texono()]))
    }

    /// The curves of other tables, such as those of a visitor; those that cannot be read leave their error.
    #[must_use]
    pub fn from_tables(tables: impl IntoIterator<Item = Result<Table, Error>>) -> Self {
        Self::from_curves(tables.into_iter().map(read))
    }

    fn from_curves(read: impl Iterator<Item = Result<PublishedCurve, Error>>) -> Self {
        let mut curves = Vec::new();
        let mut errors = Vec::new();
        for result in read {
            match result {
                Ok(curve) => curves.push(curve),
                Err(error) => errors.push(error),
            }
        }
        settle_alternatives(&mut curves);
        Self {
            curves: curves.into(),
            errors: errors.into(),
        }
    }

    /// Every curve that could be read: published ones by the names of their tables, recast ones last.
    #[must_use]
    pub fn curves(&self) -> &[PublishedCurve] {
        &self.curves
    }

    /// What is wrong with the curves that are left out, an [`ErrorKind::Table`](crate::ErrorKind::Table) each.
    #[must_use]
    pub fn errors(&self) -> &[Error] {
        &self.errors
    }

    /// The curves that say something about a flavour: its own, and those for a coupling common to all.
    pub fn for_flavor(&self, flavor: Flavor) -> impl Iterator<Item = &PublishedCurve> {
        self.curves.iter().filter(move |curve| curve.is_about(flavor))
    }

    /// The curve of this name.
    #[must_use]
    pub fn curve(&self, name: &str) -> Option<&PublishedCurve> {
        self.curves.iter().find(|curve| curve.name == name)
    }
}

impl Default for Literature {
    fn default() -> Self {
        Self::new()
    }
}

fn read(table: Result<Table, Error>) -> Result<PublishedCurve, Error> {
    PublishedCurve::new(&table?)
}

/// Limits every alternative to the flavours for which the curve that goes before it is there.
fn settle_alternatives(curves: &mut [PublishedCurve]) {
    let flavors: Vec<(String, FlavorSet)> = curves.iter().map(|curve| (curve.name.clone(), curve.flavors)).collect();
    for curve in curves {
        curve.alternative_to = curve.alternative_to.take().and_then(|alternative| {
            let (_, other) = flavors.iter().find(|(name, _)| *name == alternative.name)?;
            let flavors = curve.flavors.shared_with(*other)?;
            Some(Alternative { flavors, ..alternative })
        });
    }
}

/// Every curve of `data/limits/`, in the order of their names.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for the first malformed table; [`Literature`] keeps the others.
pub fn published() -> Result<Vec<PublishedCurve>, Error> {
    let literature = Literature::from_tables(tables());
    match literature.errors.first() {
        Some(error) => Err(error.clone()),
        None => Ok(literature.curves.to_vec()),
    }
}

fn tables() -> impl Iterator<Item = Result<Table, Error>> {
    let names = data::names().into_iter();
    names.filter(|name| name.starts_with(FOLDER)).map(data::table)
}

#[cfg(test)]
mod tests;
