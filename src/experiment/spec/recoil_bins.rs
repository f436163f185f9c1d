//! Bins of recoil energy, and what was counted in them.

use super::LEVELS;
use super::detector::HIGHEST_RECOIL_KEV;
use crate::Error;
use crate::data::Reader;
use crate::data::table::Table;

/// Most bins that a table can ask for by their number.
const MOST_BINS: f64 = 1000.0;

/// Bins of recoil energy, with the counts of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct RecoilBins {
    /// Edges, in keV.
    pub edges_kev: Vec<f64>,
    /// What was observed in each; `None` where nothing was, and the expectation is all there is.
    pub observed: Option<Vec<f64>>,
    /// Expected background in each.
    pub background: Vec<f64>,
}

/// Bins from the table `data` (columns `recoil_low` and `recoil_high`, and `observed` where there are data), or as many as `bins-number` says of the same width
/// from `bins-low` to `bins-high`, or one for all recoils that count; the background from `background-table`, times `background-level`, or from
/// `background-counts`, which is shared out by the widths of the bins.
pub(super) fn read(reader: &mut Reader, recoils_kev: (f64, f64)) -> Result<RecoilBins, Error> {
    let (edges_kev, observed) = if reader.has("data") {
        of_table(&reader.table("data")?.read()?)?
    } else if reader.has("bins-number") {
        let (low, high) = reader.range("bins-low", "bins-high")?;
        if is_too_high(&high) {
            return Err(reader.wrong("bins-high", &at_most()));
        }
        let number = reader.within("bins-number", (1.0, MOST_BINS))?;
        if number.fract() != 0.0 {
            return Err(reader.wrong("bins-number", word!("a whole number")));
        }
        let edge = |bin: f64| low + (high - low) * bin / number;
        let edges = (0..=number as u32).map(|bin| {
            if f64::from(bin) == number {
                high
            } else {
                edge(f64::from(bin))
            }
        });
        (edges.collect(), None)
    } else {
        (vec![recoils_kev.0, recoils_kev.1], None)
    };
    Ok(RecoilBins {
        background: background(reader, &edges_kev)?,
        edges_kev,
        observed,
    })
}

/// Whether a bin ends where no recoil is asked for, in keV.
fn is_too_high(end_kev: &f64) -> bool {
    *end_kev > HIGHEST_RECOIL_KEV.1
}

fn at_most() -> String {
    say!("at most {}", HIGHEST_RECOIL_KEV.1.to_string())
}

/// Edges of the bins in a table, in keV, and what was observed in them.
fn of_table(table: &Table) -> Result<(Vec<f64>, Option<Vec<f64>>), Error> {
    let [low, high] = table.columns(["recoil_low", "recoil_high"])?;
    if low.first().is_none_or(|low| *low < 0.0) {
        return Err(table.wrong(0, "recoil_low", word!("zero or above")));
    }
    for (row, (low, high)) in low.iter().zip(&high).enumerate() {
        if high <= low {
            return Err(table.wrong(
                row,
                "recoil_high",
                &say!("above '{}', which is {}", "recoil_low", low.to_string()),
            ));
        }
    }
    if let Some(row) = high.iter().position(is_too_high) {
        return Err(table.wrong(row, "recoil_high", &at_most()));
    }
    if let Some(row) = low.iter().skip(1).zip(&high).position(|(low, high)| low != high) {
        let end = high[row].to_string();
        return Err(table.wrong(row + 1, "recoil_low", &say!("{}, where the bin before ends", end)));
    }
    let observed = if table.has("observed") {
        table.not_negative(["observed"])?.into_iter().next()
    } else {
        None
    };
    Ok((low.iter().copied().take(1).chain(high).collect(), observed))
}

/// Expected background in each bin.
fn background(reader: &mut Reader, edges_kev: &[f64]) -> Result<Vec<f64>, Error> {
    let bins = edges_kev.len().saturating_sub(1);
    if reader.has("background-table") {
        let table = reader.table("background-table")?.read()?;
        let level = reader.within("background-level", LEVELS)?;
        let [counts] = table.not_negative(["background"])?;
        if counts.len() != bins {
            let rows = say!(
                "a table with a row for each of {} bins; it has {}",
                bins.to_string(),
                counts.len().to_string()
            );
            return Err(reader.wrong("background-table", &rows));
        }
        return Ok(counts.into_iter().map(|count| level * count).collect());
    }
    let total = reader.not_negative("background-counts")?;
    let whole = edges_kev
        .last()
        .zip(edges_kev.first())
        .map_or(1.0, |(last, first)| last - first);
    Ok(edges_kev
        .windows(2)
        .map(|edge| total * (edge[1] - edge[0]) / whole)
        .collect())
}
