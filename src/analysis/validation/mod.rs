//! Published results beside ours, like with like. None of ours is tuned to them, but for what the row of LZ says.

mod later;
mod paper;
mod wimp;

use crate::Error;
use crate::analysis::{Analysis, Settings};
use crate::experiment::ExperimentId;
use crate::statistics::{Counts, minimum};
use serde::Serialize;
use std::fmt::Write;

/// A published result and what this program computes for it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// What is compared, in which convention.
    pub quantity: &'static str,
    /// The published value, in [`Self::unit`].
    pub published: f64,
    /// What the source says beside the number, where like is not quite compared with like.
    pub remark: &'static str,
    /// The values between which ours must lie to agree, in [`Self::unit`].
    pub band: (f64, f64),
    /// Where the band is from.
    pub band_from: &'static str,
    /// The value computed here, in [`Self::unit`].
    pub ours: f64,
    /// Why ours is known to lie outside of the band; `None` where it must lie within.
    pub outside: Option<&'static str>,
    /// Unit of all values; empty for pure numbers.
    pub unit: &'static str,
    /// Where the published value is from.
    pub source: &'static str,
    /// Whether the value was read in the source; if not, it is no citation and must be marked so.
    pub read_in_source: bool,
    /// Digits after the point.
    pub decimals: usize,
}

impl Comparison {
    /// Whether ours lies in the band.
    #[must_use]
    pub fn agrees(&self) -> bool {
        (self.band.0..=self.band.1).contains(&self.ours)
    }

    /// By how much ours is above what is published, relative.
    #[must_use]
    pub fn deviation(&self) -> f64 {
        self.ours / self.published - 1.0
    }

    /// A value without its unit.
    #[must_use]
    pub fn digits(&self, value: f64) -> String {
        format!("{value:.*}", self.decimals)
    }

    /// A value with its unit.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        let times = if self.unit.starts_with(|first: char| first.is_ascii_digit()) {
            "x "
        } else {
            ""
        };
        format!("{} {times}{}", self.digits(value), self.unit)
            .trim_end()
            .to_owned()
    }

    /// The source, with a mark if it was not read again.
    #[must_use]
    pub fn marked_source(&self) -> String {
        let mark = if self.read_in_source {
            ""
        } else {
            "; not re-read in the source"
        };
        format!("{}{mark}", self.source)
    }
}

/// Every comparison.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table, [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
pub fn comparisons() -> Result<Vec<Comparison>, Error> {
    let mut rows = paper::moments()?;
    rows.extend(paper::counts()?);
    rows.extend(later::conus_plus()?);
    rows.extend(later::argon()?);
    rows.extend(later::xenonnt_s2()?);
    rows.extend(later::electrons()?);
    Ok(rows)
}

/// The comparisons as a Markdown table.
///
/// # Errors
/// As [`comparisons`].
pub fn table() -> Result<String, Error> {
    let mut text = "| quantity | published | ours | agrees if within | because of | source |\n\
                    | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    for row in comparisons()? {
        let remark = if row.remark.is_empty() {
            String::new()
        } else {
            format!(", {}", row.remark)
        };
        let ours = match row.outside {
            Some(why) => format!("{}, outside: {why}", row.text(row.ours)),
            None => row.text(row.ours),
        };
        // Writing to a string does not fail.
        let _ = writeln!(
            text,
            "| {} | {}{remark} | {ours} | {} to {} | {} | {} |",
            row.quantity,
            row.text(row.published),
            row.digits(row.band.0),
            row.text(row.band.1),
            row.band_from,
            row.marked_source(),
        );
    }
    Ok(text)
}

/// Events of CEvNS with their normalisation free, and the significance of this signal in sigma: the SM takes the place of the dipole, and nothing that
/// of the SM.
fn free_cevns(id: ExperimentId) -> Result<(f64, f64), Error> {
    let analysis = Analysis::built_in(id, &Settings::default())?;
    let Some(likelihood) = analysis.statistic().likelihood() else {
        return Err(analysis.experiment().inputs().error("the experiment has no data"));
    };
    let sm = analysis.standard_model().sum();
    let nothing = vec![0.0; sm.len()];
    let counts = Counts::new(likelihood.observed(), &nothing, &sm);
    let without = likelihood.profile(counts, 0.0, &mut likelihood.start(counts)?)?;
    let best = minimum(likelihood, counts, &likelihood.start(counts)?)?;
    let sigma = (without.chi2 - best.chi2).max(0.0).sqrt();
    Ok((best.strength * analysis.standard_model().total(), sigma))
}
