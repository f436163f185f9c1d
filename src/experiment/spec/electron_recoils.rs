//! Electron recoils in one run or several, as of xenon and the Sun.

use super::pulse_shape::{EFFICIENCY_SCALES, RESOLUTIONS_SQRT_KEV};
use super::{LEVELS, runs};
use crate::Error;
use crate::data::{NamedTable, Reader};

/// Electron recoils: efficiency at the recoil energy, then a Gaussian resolution. Nuclear recoils are not counted.
#[derive(Clone, Debug, PartialEq)]
pub struct ElectronRecoilsSpec {
    /// Names of the runs.
    pub runs: Vec<String>,
    /// What each run has of the exposure, relative to the others.
    pub run_exposures: Vec<f64>,
    /// Name of the table of efficiencies, a column for each run.
    pub efficiency_table: NamedTable,
    /// Factor on the efficiencies.
    pub efficiency_scale: f64,
    /// Standard deviation `a sqrt(T) + b T` of the reconstructed energy: a in keV^(1/2).
    pub resolution_sqrt_kev: f64,
    /// b.
    pub resolution_linear: f64,
    /// Name of the table of data and backgrounds.
    pub data: NamedTable,
}

impl ElectronRecoilsSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        let (runs, run_exposures) = runs::read(reader)?;
        Ok(Self {
            runs,
            run_exposures,
            efficiency_table: reader.table("efficiency-table")?,
            efficiency_scale: reader.within("efficiency-scale", EFFICIENCY_SCALES)?,
            resolution_sqrt_kev: reader.within("resolution-sqrt", RESOLUTIONS_SQRT_KEV)?,
            resolution_linear: reader.not_negative("resolution-linear")?,
            data: reader.table("data")?,
        })
    }

    /// Standard deviation of the reconstructed energy, in keV, of a recoil of `recoil_kev`.
    #[must_use]
    pub fn sigma_kev(&self, recoil_kev: f64) -> f64 {
        self.resolution_sqrt_kev * recoil_kev.sqrt() + self.resolution_linear * recoil_kev
    }
}

/// Poisson chi-square of several runs. The background of each has a free normalisation and what the SM gives in it; beside it there may be backgrounds
/// that are known.
#[derive(Clone, Debug, PartialEq)]
pub struct RunCountsSpec {
    /// The backgrounds of an expectation relative to those that the data have.
    pub background_level: f64,
    /// Column of each known background in the table of data, with the width of the prior on its normalisation.
    pub known: Vec<(String, f64)>,
    /// What has to be said beside its limits.
    pub remark: String,
}

/// What a row says that could name several, and names nothing.
const NONE: &str = "none";

impl RunCountsSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        let mut known = Vec::new();
        let names = reader.text("known-backgrounds")?;
        for name in names.split(' ').filter(|name| *name != NONE) {
            known.push((name.to_owned(), reader.positive(&format!("{name}-uncertainty"))?));
        }
        Ok(Self {
            background_level: reader.within("background-level", LEVELS)?,
            known,
            remark: reader.text("remark")?,
        })
    }
}
