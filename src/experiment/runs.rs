//! What several runs have counted, and their backgrounds.

use super::response::{matrices, order};
use super::{ResponseSpec, RunsSpec};
use crate::Error;

/// A background in one run.
#[derive(Clone, Debug)]
pub struct BackgroundCounts {
    /// Place of the run.
    pub run: usize,
    /// Place of the background among those of the specification.
    pub background: usize,
    /// Width of the prior on its rate, relative.
    pub uncertainty: f64,
    /// Anchors of its shape parameter, rising; one alone where its shape is certain.
    pub anchors: Vec<f64>,
    /// Counts per bin at each anchor.
    pub counts: Vec<Vec<f64>>,
}

/// Data of several runs.
#[derive(Clone, Debug)]
pub struct RunData {
    /// Observed counts, run by run.
    pub observed: Vec<f64>,
    /// Backgrounds, each with its runs in order.
    pub backgrounds: Vec<BackgroundCounts>,
    /// Anchors of the shape parameter of the signal, rising.
    pub signal_anchors: Vec<f64>,
    /// Order in which a template has them.
    pub signal_order: Vec<usize>,
}

/// A row of the table: run, component, anchor or nothing, counts.
type Row = (String, String, Option<f64>, Vec<f64>);

/// Data and backgrounds of several runs.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed, has not what the specification names, or something else.
pub fn run_data(response: &ResponseSpec, runs: &RunsSpec) -> Result<RunData, Error> {
    let table = response.data.read()?;
    let bins: Vec<String> = (0..response.bins).map(|bin| format!("bin{bin}")).collect();
    let columns = table.columns_of(&bins)?;
    let mut rows = Vec::new();
    for (index, [run, component, anchor]) in table.rows(["run", "component", "t_sys"])?.into_iter().enumerate() {
        let anchor = if anchor.is_empty() {
            None
        } else {
            Some(table.number(&anchor)?)
        };
        let counts = columns.iter().map(|column| column[index]).collect();
        rows.push((run, component, anchor, counts));
    }
    let of = |run: &str, component: &str| -> Vec<&Row> {
        let ours = rows
            .iter()
            .filter(|row| (row.0.as_str(), row.1.as_str()) == (run, component));
        ours.collect()
    };
    let misfit =
        |run: &str, component: &str| Error::table(table.name(), say!("{}, {}: rows do not fit", run, component));
    let (mut observed, mut backgrounds, mut read) = (Vec::new(), Vec::new(), 0);
    for run in &response.runs {
        let [row] = of(run, "observed")[..] else {
            return Err(misfit(run, "observed"));
        };
        observed.extend_from_slice(&row.3);
        read += 1;
    }
    for (background, (component, uncertainties)) in runs.backgrounds.iter().enumerate() {
        for (run, (name, uncertainty)) in response.runs.iter().zip(uncertainties).enumerate() {
            let rows = of(name, component);
            if rows.is_empty() && *uncertainty == 0.0 {
                continue;
            }
            let anchors: Vec<f64> = rows.iter().filter_map(|row| row.2).collect();
            let is_certain = rows.len() == 1 && anchors.is_empty();
            let rises = anchors.len() > 1 && anchors.windows(2).all(|pair| pair[0] < pair[1]);
            if *uncertainty == 0.0 || !(is_certain || rises && anchors.len() == rows.len()) {
                return Err(misfit(name, component));
            }
            read += rows.len();
            backgrounds.push(BackgroundCounts {
                run,
                background,
                uncertainty: *uncertainty,
                anchors: if is_certain { vec![0.0] } else { anchors },
                counts: rows.iter().map(|row| row.3.clone()).collect(),
            });
        }
    }
    if read != rows.len() || rows.iter().any(|row| row.3.iter().any(|count| *count < 0.0)) {
        return Err(Error::table(
            table.name(),
            say!("a row is negative, or of no run and background"),
        ));
    }
    let signal_anchors = matrices(response)?.anchors;
    Ok(RunData {
        observed,
        backgrounds,
        signal_order: order(&signal_anchors),
        signal_anchors,
    })
}
