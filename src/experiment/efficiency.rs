//! Efficiency over recoil energy, as in searches for solar 8B neutrinos with xenon: nuclear recoils in one bin.

use super::prediction::Timed;
use super::{Axis, Binning, DetectorSpec, Experiment, Prediction};
use crate::physics::detector::Efficiency;
use crate::physics::recoil::{Channel, cells};
use crate::physics::units::KEV_PER_MEV;
use crate::{Error, data};

/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 10.0;

/// Efficiency of an experiment with this detector.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if its detector is another one, or the table is missing or malformed.
pub fn recoil_efficiency(experiment: &Experiment) -> Result<Efficiency, Error> {
    match experiment.spec().detector() {
        DetectorSpec::Efficiency { table, column, .. } => Efficiency::new(&data::table(table)?, column),
        _ => Err(experiment
            .inputs()
            .error("the detector has no efficiency over recoil energy")),
    }
}

/// One bin of nuclear recoils between a lowest and a highest one that count.
pub(super) fn prediction(
    experiment: &Experiment,
    (lowest_mev, highest_mev): (f64, f64),
    refinement: f64,
) -> Result<Prediction, Error> {
    let efficiency = recoil_efficiency(experiment)?;
    let low_mev = efficiency.threshold_mev().max(lowest_mev);
    if highest_mev <= low_mev {
        return Err(experiment.inputs().error("'recoil-high' is below the threshold"));
    }
    let grid = cells(
        low_mev,
        highest_mev,
        refinement * CELLS_PER_E_FOLD,
        efficiency
            .rows_mev()
            .iter()
            .copied()
            .filter(|row_mev| *row_mev > low_mev),
    );
    let nucleus = Channel::new(grid, experiment.nuclei(), 1, |recoil_mev| {
        vec![efficiency.at(recoil_mev)]
    });
    Ok(Prediction {
        binning: Binning {
            energy: Axis {
                name: "recoil",
                unit: "keV",
                edges: vec![low_mev * KEV_PER_MEV, highest_mev * KEV_PER_MEV],
            },
            time: None,
        },
        unit: word!("counts"),
        per_exposure: 1.0,
        timed: Timed::steady(experiment),
        nucleus,
        electron: None,
    })
}
