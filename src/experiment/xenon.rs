//! Solar 8B searches with xenon: nuclear recoils times efficiency in one bin.

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
