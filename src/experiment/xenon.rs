//! Solar 8B searches with xenon: nuclear recoils times efficiency in one bin, and a bound on the flux.

use super::prediction::Timed;
use super::{Axis, Binning, Experiment, Prediction};
use crate::physics::detector::Efficiency;
use crate::physics::recoil::{Channel, cells};
use crate::physics::units::KEV_PER_MEV;
use crate::{Error, data};

/// Highest recoil energy, in MeV: above what 8B neutrinos can give to xenon (4.3 keV).
const HIGHEST_RECOIL_MEV: f64 = 6e-3;
/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 60.0;

/// Upper bound on the 8B flux from a search without dipole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FluxBound {
    /// The bound at 90 %, in 1/cm^2/s.
    pub bound_per_cm2_s: f64,
    /// The flux that the prediction uses, in 1/cm^2/s.
    pub flux_per_cm2_s: f64,
}

impl FluxBound {
    /// Confidence level of the published bounds; others cannot be derived from them.
    pub const CONFIDENCE: f64 = 0.9;

    /// The bound of an experiment's table.
    ///
    /// # Errors
    /// [`Error::Table`] for missing inputs.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        Ok(Self {
            bound_per_cm2_s: experiment.inputs().number("flux-bound")?,
            flux_per_cm2_s: experiment.inputs().number("flux")?,
        })
    }

    /// Largest ratio of all counts to SM counts at the nominal flux (paper eq. 14).
    #[must_use]
    pub fn largest_ratio(&self) -> f64 {
        self.bound_per_cm2_s / self.flux_per_cm2_s
    }

    /// Largest strength of the dipole, in MeV^-2, for one bin expected at `flux` times the nominal
    /// flux; `None` if the dipole gives nothing, zero if the SM alone is above the bound.
    #[must_use]
    pub fn largest_strength(&self, sm: f64, dipole: f64, flux: f64) -> Option<f64> {
        // Both counts carry the factor `flux`; the bound is on what the nominal SM would give.
        let room = (self.largest_ratio() / flux - 1.0).max(0.0) * sm;
        (dipole > 0.0).then(|| room / dipole)
    }
}

/// Efficiency of an experiment with this detector.
///
/// # Errors
/// [`Error::Table`] if the table is missing or malformed.
pub fn recoil_efficiency(experiment: &Experiment) -> Result<Efficiency, Error> {
    let inputs = experiment.inputs();
    let table = data::table(inputs.text("efficiency-table")?)?;
    Efficiency::new(&table, inputs.text("efficiency-column")?)
}

pub(super) fn prediction(experiment: &Experiment) -> Result<Prediction, Error> {
    let efficiency = recoil_efficiency(experiment)?;
    let low_mev = efficiency.threshold_mev();
    let grid = cells(
        low_mev,
        HIGHEST_RECOIL_MEV,
        CELLS_PER_E_FOLD,
        efficiency.rows_mev().iter().copied(),
    );
    let nucleus = Channel::new(grid, experiment.nuclei(), 1, |cell| {
        vec![efficiency.at(cell.middle_mev)]
    });
    Ok(Prediction {
        binning: Binning {
            energy: Axis {
                name: "recoil",
                unit: "keV",
                edges: vec![low_mev * KEV_PER_MEV, HIGHEST_RECOIL_MEV * KEV_PER_MEV],
            },
            time: None,
        },
        unit: "counts",
        per_exposure: 1.0,
        timed: Timed::steady(experiment),
        nucleus,
        electron: None,
    })
}
