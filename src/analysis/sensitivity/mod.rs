//! How much each input matters: by how much the limit on the coupling changes when one of them is varied and the others stay.
//!
//! Each quantity is a piece of work of its own, so that workers can share them: [`pieces`] lists them, [`Piece::row`] computes one, [`sort`] orders what comes
//! back in any order. [`Sensitivity::of`] does all of it.
//!
//! Like is compared with like: where a change means that other data would have been observed, both limits are expected ones, and the row says so.

mod quantity;

pub use quantity::Quantity;

use crate::analysis::curve::CurveRequest;
use crate::analysis::{Analysis, checked_mass_mev};
use crate::statistics::{Confidence, Limit};
use crate::{Error, Flavor};
use quantity::Now;
use serde::{Deserialize, Serialize};

/// One quantity to be varied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Piece {
    /// Whose limit, at the settings that the changes start from: they ask for expected limits where the quantity changes the data.
    pub request: CurveRequest,
    /// Mass of N, in MeV.
    pub mass_mev: f64,
    /// What is varied.
    pub quantity: Quantity,
}

/// What varying one quantity does to the limit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What it is called in the computation: [`Quantity::key`].
    pub key: String,
    /// What it is, for people, in English; [`translated`](crate::language::translated) says it.
    pub label: String,
    /// Unit of the values, empty where there is none.
    pub unit: String,
    /// Its value before the changes.
    pub value: String,
    /// Whether all limits of the row are expected ones.
    pub expected: bool,
    /// Whether the changes are by one standard deviation; else by what is usual to ask, or to what others take.
    pub is_deviation: bool,
    /// Limit on the coupling before the changes, in GeV^-1, or why there is none.
    pub limit_per_gev: Result<Limit, Error>,
    /// The changes: down and up, or each other option.
    pub changes: Vec<Change>,
}

/// One change of a quantity.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// The value it was changed to.
    pub value: String,
    /// Limit on the coupling there, in GeV^-1, or why there is none.
    pub limit_per_gev: Result<Limit, Error>,
    /// This limit over that before, less one; `None` unless both are there.
    pub relative: Option<f64>,
}

/// What every quantity does to a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// The limit on the coupling, in GeV^-1, or why there is none.
    pub limit_per_gev: Result<Limit, Error>,
    /// The rows, what changes the limit most first; none where there is no limit to be changed.
    pub rows: Vec<Row>,
}

impl Sensitivity {
    /// Varies everything about an analysis at its present settings.
    ///
    /// # Errors
    /// As [`Piece::row`]. Why there is no limit, or none after a change, stands in what is returned.
    pub fn of(analysis: &Analysis, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Self, Error> {
        let pieces = match pieces(analysis, flavor, mass_mev, confidence) {
            Ok(pieces) => pieces,
            Err(error) => return Ok(Self::none(Err(error))),
        };
        let limit_per_gev = analysis.limit_per_gev(flavor, mass_mev, confidence);
        if !matches!(limit_per_gev, Ok(Limit::At(_))) {
            return Ok(Self::none(limit_per_gev));
        }
        let mut base = analysis.clone();
        let mut rows = Vec::with_capacity(pieces.len());
        for piece in pieces {
            base.set(&piece.request.settings)?;
            rows.push(piece.row(&base, &mut || {})?);
        }
        sort(&mut rows);
        Ok(Self { limit_per_gev, rows })
    }

    fn none(limit_per_gev: Result<Limit, Error>) -> Self {
        Self {
            limit_per_gev,
            rows: Vec::new(),
        }
    }
}

/// The pieces of work that vary everything about an analysis at its present settings, those that ask for expected limits last, so that whoever goes through
/// them prepares these once.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) for a flavour that the source does not have and a mass out of range,
/// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) for a level that the experiment has no limit at.
pub fn pieces(analysis: &Analysis, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Vec<Piece>, Error> {
    analysis.check_flavor(flavor)?;
    analysis.check_confidence(confidence)?;
    let mass_mev = checked_mass_mev(mass_mev)?;
    let mut quantities = Quantity::all(analysis);
    quantities.sort_by_key(Quantity::changes_the_data);
    let of = |quantity: Quantity| {
        let mut request = CurveRequest::of(analysis, flavor, confidence);
        request.settings.expected |= quantity.changes_the_data();
        Piece {
            request,
            mass_mev,
            quantity,
        }
    };
    Ok(quantities.into_iter().map(of).collect())
}

impl Piece {
    /// Varies the quantity. `analysis` is of the piece's experiment; it is quickest at the settings of its request. `alive` is called before each limit.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a quantity that the experiment does not have and for settings out of range.
    pub fn row(&self, analysis: &Analysis, alive: &mut dyn FnMut()) -> Result<Row, Error> {
        let mut base = analysis.clone();
        base.set(&self.request.settings)?;
        let Now {
            label,
            unit,
            value,
            varied,
            is_deviation,
        } = self.quantity.now(&base)?;
        alive();
        let limit_per_gev = self.limit(&base);
        let mut changes = Vec::with_capacity(varied.len());
        for value in varied {
            alive();
            changes.push(self.change(&base, &limit_per_gev, value));
        }
        Ok(Row {
            key: self.quantity.key().to_owned(),
            label,
            unit,
            value,
            expected: base.is_expected(),
            is_deviation,
            limit_per_gev,
            changes,
        })
    }

    fn change(&self, base: &Analysis, before: &Result<Limit, Error>, value: String) -> Change {
        let changed = || {
            let mut changed = base.clone();
            changed.set(&self.quantity.set(base, &value)?)?;
            self.limit(&changed)
        };
        let limit_per_gev = changed();
        let relative = match (&limit_per_gev, before) {
            (Ok(Limit::At(after)), Ok(Limit::At(before))) if *before > 0.0 => Some(after / before - 1.0),
            _ => None,
        };
        Change {
            value,
            limit_per_gev,
            relative,
        }
    }

    fn limit(&self, analysis: &Analysis) -> Result<Limit, Error> {
        let CurveRequest { flavor, confidence, .. } = self.request;
        analysis.limit_per_gev(flavor, self.mass_mev, confidence)
    }
}

impl Row {
    /// Size of the largest relative change; infinite where a change leaves no limit at all, `None` where nothing can be compared.
    #[must_use]
    pub fn largest(&self) -> Option<f64> {
        let size = |change: &Change| match (change.relative, &change.limit_per_gev) {
            (Some(relative), _) => Some(relative.abs()),
            (None, Ok(Limit::NoSensitivity | Limit::EverythingExcluded)) => Some(f64::INFINITY),
            (None, _) => None,
        };
        self.changes.iter().filter_map(size).reduce(f64::max)
    }
}

/// Orders rows by their largest change, the largest first; those of the same size by their keys, so that it does not matter how they came.
pub fn sort(rows: &mut [Row]) {
    let size = |row: &Row| row.largest().unwrap_or(-1.0);
    rows.sort_by(|one, other| size(other).total_cmp(&size(one)).then_with(|| one.key.cmp(&other.key)));
}
