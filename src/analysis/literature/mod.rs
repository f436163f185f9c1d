//! Published limits and projections in the plane of mass and coupling, with their provenance.
//!
//! Every table of `data/limits/` is one curve; all are in this project's convention of d (see
//! [`crate::units`]). [`texono`] adds the one curve that has to be derived.

mod region;
mod texono;

pub use texono::texono;

use crate::choice::{Choice, named_choice};
use crate::data::table::Table;
use crate::data::{self, TABLES};
use crate::{Error, Flavor};

/// Where the tables of published curves are.
const FOLDER: &str = "limits/";

named_choice! {
    /// What a curve means.
    "kind": pub enum CurveKind {
        /// Couplings above it are excluded (and, where it turns back, those below its upper branch).
        UpperLimit = "upper limit",
        /// The inside is excluded.
        Contour = "contour",
        /// Lower edge of a contour whose other edge is not given.
        ContourEdge = "contour edge",
        /// What an experiment to come could reach: excludes nothing yet.
        Projection = "projection",
    }
}

/// Which flavours a curve is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The dipole of one flavour.
    Flavor(Flavor),
    /// The same coupling for all flavours.
    Universal,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Mass of N, in MeV.
    pub mass_mev: f64,
    /// Coupling d, in GeV^-1.
    pub coupling_per_gev: f64,
}

/// A curve from the literature.
#[derive(Clone, Debug, PartialEq)]
pub struct PublishedCurve {
    /// Name of the table below `data/limits/`.
    pub name: String,
    /// Short name, to be written beside the curve.
    pub label: String,
    /// What it is, in one line.
    pub title: String,
    /// Which flavours it is about.
    pub scope: Scope,
    /// Confidence level between 0 and 1, where one is stated.
    pub confidence_level: Option<f64>,
    /// What it means.
    pub kind: CurveKind,
    /// Name of another curve of the same observation that this one competes with: only one of the two should be shown
    /// or counted.
    pub alternative_to: Option<String>,
    /// What is special about the numbers: set for a curve that is recast, not published.
    pub status: Option<String>,
    /// Where it is from.
    pub source: String,
    /// Address of the source.
    pub link: String,
    /// Convention of the coupling.
    pub convention: String,
    /// The curve in the order in which it is drawn, not always one of rising mass.
    pub points: Vec<CurvePoint>,
}

impl PublishedCurve {
    fn new(table: &Table) -> Result<Self, Error> {
        let text = |key: &str| {
            let missing = || Error::table(table.name(), format!("header has no '{key}'"));
            table.get(key).map(str::to_owned).ok_or_else(missing)
        };
        let malformed = |error: Error| Error::table(table.name(), error.to_string());
        let flavor = text("flavor")?;
        Ok(Self {
            name: table.name().trim_start_matches(FOLDER).to_owned(),
            label: text("label")?,
            title: text("title")?,
            scope: match flavor.as_str() {
                "universal" => Scope::Universal,
                one => Scope::Flavor(Flavor::from_name(one).map_err(malformed)?),
            },
            confidence_level: confidence_level(table, &text("confidence-level")?)?,
            kind: CurveKind::from_name(&text("kind")?).map_err(malformed)?,
            alternative_to: table.get("alternative-to").map(str::to_owned),
            status: table.get("status").map(str::to_owned),
            source: text("source")?,
            link: text("link")?,
            convention: text("convention")?,
            points: points(table)?,
        })
    }

    /// Whether the curve says anything about this flavour.
    #[must_use]
    pub fn is_about(&self, flavor: Flavor) -> bool {
        self.scope == Scope::Universal || self.scope == Scope::Flavor(flavor)
    }

    /// Lowest and highest mass of the curve, in MeV.
    #[must_use]
    pub fn mass_range_mev(&self) -> (f64, f64) {
        self.points
            .iter()
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), point| {
                (low.min(point.mass_mev), high.max(point.mass_mev))
            })
    }

    /// Whether the curve encloses what it excludes.
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.kind == CurveKind::Contour && region::ends_meet(&self.points)
    }

    /// Whether the curve excludes a point of the plane; `None` where it does not say.
    ///
    /// Between its points the curve is straight in the logarithms. It says nothing outside its masses; above
    /// its last point where it turns back towards lower masses (the source's figure ends there); and above
    /// its lowest branch where it is one edge of a region whose rest is not given. A projection
    /// excludes nothing.
    #[must_use]
    pub fn excludes(&self, mass_mev: f64, coupling_per_gev: f64) -> Option<bool> {
        let (low, high) = self.mass_range_mev();
        if !(low..high).contains(&mass_mev) || coupling_per_gev.is_nan() {
            return None;
        }
        let inside = || region::is_above_odd_crossings(&self.points, mass_mev, coupling_per_gev);
        match self.kind {
            CurveKind::Projection => Some(false),
            CurveKind::UpperLimit if region::is_cut_off_below(&self.points, coupling_per_gev) => None,
            CurveKind::UpperLimit => Some(inside()),
            CurveKind::Contour if region::ends_meet(&self.points) => Some(inside()),
            CurveKind::Contour | CurveKind::ContourEdge => {
                let below = region::crossings(&self.points, mass_mev).all(|edge| coupling_per_gev < edge);
                below.then_some(false)
            }
        }
    }
}

/// `90 %`, or `-` where none is stated.
fn confidence_level(table: &Table, text: &str) -> Result<Option<f64>, Error> {
    if text == "-" {
        return Ok(None);
    }
    text.strip_suffix(" %")
        .and_then(|percent| percent.parse::<f64>().ok())
        .filter(|percent| (50.0..100.0).contains(percent))
        .map(|percent| Some(percent / 100.0))
        .ok_or_else(|| Error::table(table.name(), format!("not a confidence level: '{text}'")))
}

fn points(table: &Table) -> Result<Vec<CurvePoint>, Error> {
    let [masses_mev, couplings_per_gev] = table.columns(["m_N", "d"])?;
    if masses_mev.len() < 2 || masses_mev.iter().chain(&couplings_per_gev).any(|value| *value <= 0.0) {
        return Err(Error::table(table.name(), "a curve needs two points, all positive"));
    }
    Ok(masses_mev
        .into_iter()
        .zip(couplings_per_gev)
        .map(|(mass_mev, coupling_per_gev)| CurvePoint {
            mass_mev,
            coupling_per_gev,
        })
        .collect())
}

/// Every curve of `data/limits/`, in the order of their names.
///
/// # Errors
/// [`Error::Table`] for a malformed table.
pub fn published() -> Result<Vec<PublishedCurve>, Error> {
    TABLES
        .iter()
        .filter(|(name, _)| name.starts_with(FOLDER))
        .map(|(name, _)| PublishedCurve::new(&data::table(name)?))
        .collect()
}

/// The curves that say something about a flavour: its own, and those for a universal coupling.
///
/// # Errors
/// [`Error::Table`] for a malformed table.
pub fn for_flavor(flavor: Flavor) -> Result<Vec<PublishedCurve>, Error> {
    let mut curves = published()?;
    curves.retain(|curve| curve.is_about(flavor));
    Ok(curves)
}

#[cfg(test)]
mod tests;
