//! Electron recoils in one run or several, as in xenon: efficiency at the recoil energy, then resolution.

use super::prediction::Timed;
use super::{Axis, Binning, ElectronRecoilsSpec, Experiment, Prediction, RunCountsSpec};
use crate::Error;
use crate::data::table::Table;
use crate::numerics::gauss::bin_probabilities;
use crate::physics::detector::Efficiency;
use crate::physics::recoil::{Channel, cells_along};
use crate::physics::units::KEV_PER_MEV;

/// Largest width of a cell of recoil energy in ln T, and in standard deviations of the resolution.
const WIDEST_CELL: f64 = 0.1;
const CELL_SIGMA: f64 = 1.0;

/// Recoils up to this many standard deviations above the last bin can be reported in it, but none that are this many times higher.
const REACH_SIGMA: f64 = 8.0;
const REACH_FACTOR: f64 = 10.0;
/// Steps in which that is found.
const REACH_STEPS: usize = 50;

/// Counts and backgrounds, run by run.
#[derive(Clone, Debug)]
pub struct ElectronRunData {
    /// Edges of the bins, in keV, the same for every run.
    pub edges_kev: Vec<f64>,
    /// Observed counts.
    pub observed: Vec<f64>,
    /// The background with a free normalisation, with what the SM gives in it.
    pub background: Vec<f64>,
    /// Each known background, in the order of the specification.
    pub known: Vec<Vec<f64>>,
}

/// Edges of the bins of a table, in keV: the same for each of `runs`, which follow one another.
fn edges_kev(table: &Table, runs: &[String]) -> Result<Vec<f64>, Error> {
    let names = table.rows(["run"])?;
    let [low, high] = table.columns(["recoil_low", "recoil_high"])?;
    let bins = (names.len() / runs.len().max(1)).max(1);
    let in_order = |row: usize| {
        let bin = row % bins;
        runs.get(row / bins) == Some(&names[row][0])
            && low[row] == low[bin]
            && high[row] == high[bin]
            && low[row] < high[row]
            && (bin == 0 || low[row] == high[row - 1])
            && low[row] >= 0.0
    };
    let missing = (names.len() != bins * runs.len()).then(|| names.len().saturating_sub(1));
    if let Some(row) = (0..names.len()).find(|row| !in_order(*row)).or(missing) {
        let allowed = say!(
            "bins that touch, the same for each of the runs {}, in their order",
            runs.join(" ")
        );
        return Err(table.wrong(row, "recoil_low", &allowed));
    }
    Ok(low
        .iter()
        .copied()
        .take(1)
        .chain(high.iter().copied().take(bins))
        .collect())
}

/// Data of an experiment with this detector and the statistic of runs.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if they are malformed, of other runs, or have not what the specification names.
pub fn electron_run_data(spec: &ElectronRecoilsSpec, counts: &RunCountsSpec) -> Result<ElectronRunData, Error> {
    let table = spec.data.read()?;
    let [observed, background] = table.not_negative(["observed", "background"])?;
    let known = counts.known.iter().map(|(column, _)| {
        let [counts] = table.not_negative([column.as_str()])?;
        Ok(counts)
    });
    Ok(ElectronRunData {
        edges_kev: edges_kev(&table, &spec.runs)?,
        observed,
        background,
        known: known.collect::<Result<_, Error>>()?,
    })
}

/// Highest recoil, in keV, that may be reported in the last bin.
fn highest_kev(spec: &ElectronRecoilsSpec, edges_kev: &[f64]) -> f64 {
    let last_kev = edges_kev.last().copied().unwrap_or_default();
    let mut high_kev = last_kev;
    // A resolution that is worse than that has no such recoil.
    for _ in 0..REACH_STEPS {
        high_kev = (last_kev + REACH_SIGMA * spec.sigma_kev(high_kev)).min(REACH_FACTOR * last_kev);
    }
    high_kev
}

/// The bins of all runs, and electron recoils in them.
pub(super) fn prediction(
    experiment: &Experiment,
    spec: &ElectronRecoilsSpec,
    refinement: f64,
) -> Result<Prediction, Error> {
    let edges_kev = edges_kev(&spec.data.read()?, &spec.runs)?;
    let table = spec.efficiency_table.read()?;
    let exposure: f64 = spec.run_exposures.iter().sum();
    let mut runs = Vec::new();
    for (run, share) in spec.runs.iter().zip(&spec.run_exposures) {
        runs.push((Efficiency::new(&table, run)?, spec.efficiency_scale * share / exposure));
    }
    let low_mev = runs
        .iter()
        .map(|(efficiency, _)| efficiency.threshold_mev())
        .fold(f64::INFINITY, f64::min);
    let high_mev = highest_kev(spec, &edges_kev) / KEV_PER_MEV;
    if low_mev >= high_mev {
        let threshold_kev = (low_mev * KEV_PER_MEV).to_string();
        let allowed = say!("bins above {} keV, where recoils begin to count", threshold_kev);
        return Err(experiment.inputs().wrong("data", &allowed));
    }
    let electrons = experiment.electrons();
    let steps = electrons.iter().flat_map(|(scatterer, _)| scatterer.steps_mev());
    let rows = runs.iter().flat_map(|(efficiency, _)| efficiency.rows_mev()).copied();
    let width = |recoil_mev: f64| {
        let recoil_kev = recoil_mev * KEV_PER_MEV;
        WIDEST_CELL.min(CELL_SIGMA * spec.sigma_kev(recoil_kev) / recoil_kev) / refinement
    };
    let bins = runs.len() * (edges_kev.len() - 1);
    let reported = |recoil_mev: f64| {
        let recoil_kev = recoil_mev * KEV_PER_MEV;
        let probabilities = bin_probabilities(recoil_kev, spec.sigma_kev(recoil_kev), &edges_kev);
        let of_run = |(efficiency, share): &(Efficiency, f64)| -> Vec<f64> {
            let seen = share * efficiency.at(recoil_mev);
            probabilities.iter().map(|probability| seen * probability).collect()
        };
        runs.iter().flat_map(of_run).collect()
    };
    let grid = cells_along(low_mev, high_mev, width, steps.chain(rows));
    Ok(Prediction {
        nucleus: Channel::new(Vec::new(), &[], bins, |_| Vec::new()),
        electron: Some(Channel::new(grid, electrons, bins, reported)),
        binning: Binning {
            runs: if spec.runs.len() > 1 {
                spec.runs.clone()
            } else {
                Vec::new()
            },
            energy: Axis {
                name: "recoil",
                unit: "keV",
                edges: edges_kev,
            },
            pulse: None,
            time: None,
        },
        unit: word!("counts"),
        per_exposure: 1.0,
        timed: Timed::steady(experiment),
    })
}
