//! Response matrices over recoil energy, for several runs and at anchors of a shape parameter (XENONnT, ionisation alone).

use super::prediction::Timed;
use super::{Axis, Binning, Experiment, Prediction, ResponseSpec};
use crate::Error;
use crate::physics::recoil::{Channel, Node};
use crate::physics::units::KEV_PER_MEV;

/// A response as its table has it.
pub(super) struct Matrices {
    /// Rows of recoil energy, in MeV, with the width of the cell around each: to the middles between neighbours, the first and the
    /// last symmetric about their row.
    nodes: Vec<Node>,
    /// Anchors of the shape parameter, rising.
    pub(super) anchors: Vec<f64>,
    /// For each anchor and row what is reported in each bin of each run.
    reported: Vec<Vec<Vec<f64>>>,
}

/// Reads the matrices.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if rows do not rise, differ between anchors, or no anchor is zero.
pub(super) fn matrices(spec: &ResponseSpec) -> Result<Matrices, Error> {
    let table = spec.table.read()?;
    let [anchor, recoil_kev] = table.columns(["t_qy", "recoil"])?;
    let bins = spec
        .runs
        .iter()
        .flat_map(|run| (0..spec.bins).map(move |bin| format!("{run}_{bin}")));
    let columns = table.columns_of(&bins.collect::<Vec<_>>())?;
    let mut anchors = anchor.clone();
    anchors.dedup();
    let count = recoil_kev.len() / anchors.len().max(1);
    let first = &recoil_kev[..count];
    let misfit = |problem: &str| Error::table(table.name(), problem);
    let blocks = anchor.chunks(count).zip(recoil_kev.chunks(count)).zip(&anchors);
    let is_whole = count * anchors.len() == anchor.len();
    let mut blocks = blocks.map(|((own, rows), anchor)| own.iter().all(|own| own == anchor) && rows == first);
    if count < 2 || !is_whole || !blocks.all(|fits| fits) || !anchors.windows(2).all(|pair| pair[0] < pair[1]) {
        return Err(misfit(say!("anchors must rise, each with the same rows")));
    }
    if !first.windows(2).all(|pair| 0.0 < pair[0] && pair[0] < pair[1]) {
        return Err(misfit(say!("recoil energies must be positive and rise")));
    }
    if columns.iter().flatten().any(|value| *value < 0.0) || anchors.len() < 2 || !anchors.contains(&0.0) {
        return Err(misfit(say!(
            "it must not be negative, and needs an anchor at 0 and another"
        )));
    }
    let row = |row: usize| columns.iter().map(|column| spec.unit * column[row]).collect();
    Ok(Matrices {
        nodes: nodes(first),
        reported: (0..anchors.len())
            .map(|anchor| (0..count).map(|index| row(anchor * count + index)).collect())
            .collect(),
        anchors,
    })
}

/// Rows with the widths of their cells.
fn nodes(recoil_kev: &[f64]) -> Vec<Node> {
    let last = recoil_kev.len() - 1;
    let width_kev = |row: usize| match row {
        0 => recoil_kev[1] - recoil_kev[0],
        row if row == last => recoil_kev[last] - recoil_kev[last - 1],
        row => 0.5 * (recoil_kev[row + 1] - recoil_kev[row - 1]),
    };
    let rows = recoil_kev.iter().enumerate();
    rows.map(|(row, recoil)| Node {
        recoil_mev: recoil / KEV_PER_MEV,
        weight_mev: width_kev(row) / KEV_PER_MEV,
    })
    .collect()
}

/// Order in which a template has the anchors: that at zero, then the others as they rise.
pub(super) fn order(anchors: &[f64]) -> Vec<usize> {
    let (central, others): (Vec<usize>, Vec<usize>) = (0..anchors.len()).partition(|index| anchors[*index] == 0.0);
    central.into_iter().chain(others).collect()
}

/// The bins of all runs, at every anchor.
pub(super) fn prediction(experiment: &Experiment, spec: &ResponseSpec) -> Result<Prediction, Error> {
    let matrices = matrices(spec)?;
    let total: f64 = spec.exposures.iter().sum();
    let shares = spec
        .exposures
        .iter()
        .flat_map(|exposure| vec![exposure / total; spec.bins]);
    let shares: Vec<f64> = shares.collect();
    let order = order(&matrices.anchors);
    let rows = (0..matrices.nodes.len()).map(|row| {
        let blocks = order.iter().map(|anchor| &matrices.reported[*anchor][row]);
        let bins = blocks.flat_map(|bins| bins.iter().zip(&shares).map(|(bin, share)| bin * share));
        bins.collect()
    });
    let rows: Vec<Vec<f64>> = rows.collect();
    let (low, high) = spec.signal_pe;
    let edge = |index: usize| low + (high - low) * index as f64 / spec.bins as f64;
    Ok(Prediction {
        nucleus: Channel::at_rows(matrices.nodes, experiment.nuclei(), shares.len(), rows),
        binning: Binning {
            pulse: None,
            runs: spec.runs.clone(),
            energy: Axis {
                name: "cS2",
                unit: "PE",
                edges: (0..=spec.bins).map(edge).collect(),
            },
            time: None,
        },
        unit: "counts",
        per_exposure: 1.0,
        timed: Timed::steady(experiment),
        electron: None,
    })
}
