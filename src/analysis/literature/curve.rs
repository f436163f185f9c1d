//! One curve of the literature, read from its table.

use super::{ExcludedSide, FlavorSet, Frame, polygon, region};
use crate::analysis::Weights;
use crate::choice::{Choice, named_choice};
use crate::data::table::Table;
use crate::numerics::decimal;
use crate::{Error, Flavor};

named_choice! {
    /// What a curve means.
    "kind": pub enum CurveKind {
        /// Couplings above it are excluded (and, where it turns back, those below its upper branch).
        UpperLimit = "upper limit",
        /// The inside is excluded.
        Contour = "contour",
        /// A contour that ends at the border of its figure: the side of a point is excluded.
        OpenContour = "open contour",
        /// What an experiment to come could reach: excludes nothing yet.
        Projection = "projection",
    }
}

named_choice! {
    /// Where an observation was made.
    "family": pub enum Family {
        /// With a detector on Earth, whatever the source of the neutrinos.
        Laboratory = "laboratory",
        /// In stars and supernovae.
        Astrophysics = "astrophysics",
        /// In the early universe.
        Cosmology = "cosmology",
    }
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CurvePoint {
    /// Mass of N, in MeV.
    pub mass_mev: f64,
    /// Coupling d, in GeV^-1.
    pub coupling_per_gev: f64,
}

/// Another curve of the same observation, with other assumptions.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// Name of the other curve.
    pub name: String,
    /// Flavours for which there are both, so that only one of the two should be shown or counted.
    pub flavors: FlavorSet,
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
    pub flavors: FlavorSet,
    /// Confidence level between 0 and 1, where one is stated.
    pub confidence_level: Option<f64>,
    /// Where the observation was made.
    pub family: Family,
    /// What it means.
    pub kind: CurveKind,
    /// Which side of it is excluded.
    pub excluded: ExcludedSide,
    /// The curve that this one competes with, if any.
    pub alternative_to: Option<Alternative>,
    /// What is special about the numbers: set for a curve that is recast, not published.
    pub status: Option<String>,
    /// Where it is from.
    pub source: String,
    /// Address of the source.
    pub link: String,
    /// The curve in the order in which it is drawn, not always one of rising mass.
    pub points: Vec<CurvePoint>,
    /// Other edge of the band in which a recast curve lies, if its uncertainty is known.
    pub band: Option<Vec<CurvePoint>>,
}

impl PublishedCurve {
    /// Reads a table of `data/limits/`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a header key that is missing or malformed, for an excluded side that does not fit the
    /// points, and for malformed points.
    pub fn new(table: &Table) -> Result<Self, Error> {
        let problem = |problem: String| Error::table(table.name(), problem);
        let text = |key: &str| {
            let missing = || problem(format!("header has no '{key}'"));
            table.get(key).map(str::to_owned).ok_or_else(missing)
        };
        let malformed = |error: Error| problem(error.to_string());
        let flavors = FlavorSet::parse(&text("flavor")?).map_err(malformed)?;
        let curve = Self {
            name: table
                .name()
                .strip_prefix(super::FOLDER)
                .unwrap_or(table.name())
                .to_owned(),
            label: text("label")?,
            title: text("title")?,
            flavors,
            confidence_level: confidence_level(table, &text("confidence-level")?)?,
            family: Family::from_name(&text("family")?).map_err(malformed)?,
            kind: CurveKind::from_name(&text("kind")?).map_err(malformed)?,
            excluded: ExcludedSide::parse(&text("excluded")?, table.get("frame")).map_err(malformed)?,
            alternative_to: table.get("alternative-to").map(|name| Alternative {
                name: name.to_owned(),
                flavors,
            }),
            status: table.get("status").map(str::to_owned),
            source: text("source")?,
            link: text("link")?,
            points: points(table)?,
            band: None,
        };
        curve.excluded.check(curve.kind, &curve.points).map_err(problem)?;
        Ok(curve)
    }

    /// Whether the curve says anything about this flavour.
    #[must_use]
    pub fn is_about(&self, flavor: Flavor) -> bool {
        self.flavors.contains(flavor)
    }

    /// By what the overall coupling d has to be multiplied for this curve to be about it; `None` where the curve says nothing.
    ///
    /// Without weights a curve says something about its own flavours. With weights that are all alike only those say something that are for one coupling
    /// common to all, and that coupling is d times the weight; for other weights there are none: what a curve for one flavour, or for a common
    /// coupling, becomes with another mixture depends on fluxes that it does not tell.
    #[must_use]
    pub fn applies_to(&self, flavor: Flavor, weights: Weights) -> Option<f64> {
        match weights.given() {
            None => self.is_about(flavor).then_some(1.0),
            Some(ratios) if self.flavors == FlavorSet::UNIVERSAL => ratios.common(),
            Some(_) => None,
        }
    }

    /// Whether there is another curve of the same observation for this flavour, which goes before this one.
    #[must_use]
    pub fn is_alternative_for(&self, flavor: Flavor) -> bool {
        self.alternative_to
            .as_ref()
            .is_some_and(|other| other.flavors.contains(flavor))
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
        self.excluded == ExcludedSide::Inside
    }

    /// Whether the curve excludes the dipole of a flavour at a mass of N in MeV and a coupling in GeV^-1; `None` where
    /// it does not say.
    ///
    /// Between its points the curve is straight in the logarithms. It says nothing about other flavours, outside its
    /// masses (an open contour: outside its frame), and above its last point where it turns back towards lower masses,
    /// because the source's figure ends there. A projection excludes nothing.
    #[must_use]
    pub fn excludes(&self, flavor: Flavor, mass_mev: f64, coupling_per_gev: f64) -> Option<bool> {
        let is_point = mass_mev > 0.0 && coupling_per_gev >= 0.0;
        if !is_point || !self.is_about(flavor) {
            return None;
        }
        let point = CurvePoint {
            mass_mev,
            coupling_per_gev,
        };
        region::excludes(self, point)
    }

    /// What the curve excludes within a part of the plane, as polygons to be shaded with the even-odd rule; each corner
    /// is a mass in MeV and a coupling in GeV^-1, and edges are straight in the logarithms. Nothing for a projection.
    ///
    /// A polygon holds exactly the points for which [`PublishedCurve::excludes`] answers `Some(true)` (on its edges
    /// either may hold). Where the known region ends, as above the last point of an upper branch, it ends too.
    #[must_use]
    pub fn excluded_polygons(&self, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
        polygon::excluded(self, frame)
    }
}

/// `90 %`, or `-` where none is stated.
fn confidence_level(table: &Table, text: &str) -> Result<Option<f64>, Error> {
    if text == "-" {
        return Ok(None);
    }
    text.strip_suffix(" %")
        .and_then(decimal::parse)
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
