//! Detection efficiency as a table over recoil energy.

use crate::Error;
use crate::data::table::Table;
use crate::numerics::interpolate::interpolate;
use crate::physics::units::KEV_PER_MEV;

/// Efficiency over recoil energy, or another one: zero below the first row, linear between, constant above the last.
#[derive(Clone, Debug)]
pub struct Efficiency {
    recoil_mev: Vec<f64>,
    efficiency: Vec<f64>,
}

impl Efficiency {
    /// Reads the columns `recoil` (keV) and `column` of a table.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if recoils do not rise or an efficiency is not within 0 to 1.
    pub fn new(table: &Table, column: &str) -> Result<Self, Error> {
        Self::over("recoil", table, column)
    }

    /// The same over another energy of the table, in keV.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn over(energy: &str, table: &Table, column: &str) -> Result<Self, Error> {
        let recoil_kev = table.rising(energy)?;
        let [efficiency] = table.columns([column])?;
        if let Some(row) = efficiency.iter().position(|value| !(0.0..=1.0).contains(value)) {
            return Err(table.wrong(row, column, &say!("within {} and {}", "0", "1")));
        }
        Ok(Self {
            recoil_mev: recoil_kev.iter().map(|recoil| recoil / KEV_PER_MEV).collect(),
            efficiency,
        })
    }

    /// The same from `threshold_mev`, in MeV, on.
    #[must_use]
    pub fn constant(threshold_mev: f64, efficiency: f64) -> Self {
        Self {
            recoil_mev: vec![threshold_mev],
            efficiency: vec![efficiency],
        }
    }

    /// First recoil energy, in MeV, that counts.
    #[must_use]
    pub fn threshold_mev(&self) -> f64 {
        self.recoil_mev[0]
    }

    /// Recoil energies of the rows, in MeV, between which the efficiency is linear.
    #[must_use]
    pub fn rows_mev(&self) -> &[f64] {
        &self.recoil_mev
    }

    /// Efficiency at recoil energy `recoil_mev`.
    #[must_use]
    pub fn at(&self, recoil_mev: f64) -> f64 {
        if recoil_mev < self.threshold_mev() {
            0.0
        } else {
            interpolate(&self.recoil_mev, &self.efficiency, recoil_mev)
        }
    }
}
