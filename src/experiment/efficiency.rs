//! Efficiency over recoil energy, as in searches for solar 8B neutrinos with xenon: recoils in one bin, or in bins of their energy.

use super::prediction::Timed;
use super::{Axis, Binning, DetectorSpec, EfficiencySpec, Experiment, Prediction, Switch};
use crate::Error;
use crate::physics::cross_section::Scatterer;
use crate::physics::detector::Efficiency;
use crate::physics::recoil::{Channel, cells};
use crate::physics::units::KEV_PER_MEV;

/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 10.0;

/// Efficiency of an experiment with this detector.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if its detector is another one, or the table is missing or malformed.
pub fn recoil_efficiency(experiment: &Experiment) -> Result<Efficiency, Error> {
    match experiment.spec().detector() {
        DetectorSpec::Efficiency {
            efficiency,
            recoils_mev,
            ..
        } => match efficiency {
            EfficiencySpec::Table(table, column) => Efficiency::new(&table.read()?, column),
            EfficiencySpec::Constant(value) => Ok(Efficiency::constant(recoils_mev.0, *value)),
        },
        _ => Err(experiment
            .inputs()
            .error(say!("the detector has no efficiency over recoil energy"))),
    }
}

/// Recoils between a lowest and a highest one that count, in the bins of the detector.
pub(super) fn prediction(experiment: &Experiment, refinement: f64) -> Result<Prediction, Error> {
    let DetectorSpec::Efficiency {
        recoils_mev: (lowest_mev, highest_mev),
        bins,
        electrons,
        ..
    } = experiment.spec().detector()
    else {
        return Err(experiment
            .inputs()
            .error(say!("the detector has no efficiency over recoil energy")));
    };
    let efficiency = recoil_efficiency(experiment)?;
    let mut low_mev = efficiency.threshold_mev().max(*lowest_mev);
    let mut high_mev = *highest_mev;
    if crate::WORKSHOP
        && let Some(bins) = bins
    {
        let ends_mev = [bins.edges_kev.first(), bins.edges_kev.last()].map(|edge| edge.map(|edge| edge / KEV_PER_MEV));
        low_mev = ends_mev[0].unwrap_or_default().max(low_mev);
        high_mev = ends_mev[1].unwrap_or_default().min(high_mev);
    }
    if high_mev <= low_mev {
        let threshold_kev = (low_mev * KEV_PER_MEV).to_string();
        return Err(experiment.inputs().wrong(
            "recoil-high",
            &say!(
                "recoils and bins above {} keV, where recoils begin to count",
                threshold_kev
            ),
        ));
    }
    let edges_kev = match bins {
        Some(bins) => bins.edges_kev.clone(),
        None => vec![low_mev * KEV_PER_MEV, high_mev * KEV_PER_MEV],
    };
    let seen = Seen {
        efficiency,
        recoils_mev: (low_mev, high_mev),
        edges_mev: edges_kev.iter().map(|edge| edge / KEV_PER_MEV).collect(),
        per_e_fold: refinement * CELLS_PER_E_FOLD,
    };
    Ok(Prediction {
        nucleus: seen.channel(experiment.nuclei()),
        electron: (crate::WORKSHOP && *electrons == Switch::On).then(|| seen.channel(experiment.electrons())),
        binning: Binning {
            runs: Vec::new(),
            pulse: None,
            energy: Axis {
                name: "recoil",
                unit: "keV",
                edges: edges_kev,
            },
            time: None,
        },
        unit: word!("counts"),
        per_exposure: 1.0,
        timed: Timed::steady(experiment),
    })
}

/// How recoils of either kind are seen.
struct Seen {
    efficiency: Efficiency,
    /// Lowest and highest that count, in MeV.
    recoils_mev: (f64, f64),
    /// Edges of the bins, in MeV.
    edges_mev: Vec<f64>,
    /// Cells of recoil energy per factor e.
    per_e_fold: f64,
}

impl Seen {
    fn channel(&self, particles: &[(Scatterer, f64)]) -> Channel {
        let (low_mev, high_mev) = self.recoils_mev;
        let rows = self.efficiency.rows_mev().iter().filter(|row_mev| **row_mev > low_mev);
        let steps = particles.iter().flat_map(|(scatterer, _)| scatterer.steps_mev());
        let breaks = rows.chain(&self.edges_mev).copied().chain(steps);
        let grid = cells(low_mev, high_mev, self.per_e_fold, breaks);
        let bins = self.edges_mev.len() - 1;
        Channel::new(grid, particles, bins, |recoil_mev| {
            let bin = self.edges_mev.partition_point(|edge| *edge <= recoil_mev);
            let mut seen = vec![0.0; bins];
            if let Some(seen) = bin.checked_sub(1).and_then(|bin| seen.get_mut(bin)) {
                *seen = self.efficiency.at(recoil_mev);
            }
            seen
        })
    }
}
