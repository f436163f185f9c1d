//! Solar 8B neutrinos after oscillation.

use super::{Component, PiecewiseLinear, Spectrum, Timing};
use crate::Error;
use crate::Flavor;
use crate::data::{NamedTable, Reader};
use crate::numerics::interpolate::interpolate;
use crate::numerics::order::sort_numbers;

/// Where spectrum and flavours of 8B neutrinos are from.
#[derive(Clone, Debug, PartialEq)]
pub struct Boron8Tables {
    /// The table of the spectrum.
    pub spectrum: NamedTable,
    /// The table of flavour probabilities.
    pub oscillation: NamedTable,
    /// Which of its sets of oscillation parameters: the first part of its columns' names.
    pub set: String,
}

impl Boron8Tables {
    /// Reads the rows `spectrum-table`, `oscillation-table` and `oscillation-set`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a missing row.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            spectrum: reader.table("spectrum-table")?,
            oscillation: reader.table("oscillation-table")?,
            set: reader.text("oscillation-set")?,
        })
    }
}

/// The three flavours of 8B neutrinos on Earth for a total flux of `flux_per_cm2_s`.
///
/// The product of two piecewise-linear tables is drawn as piecewise linear through the rows of
/// both; between rows it differs by less than 1e-6 of the peak (the steps are 20 keV).
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is malformed.
pub fn boron8(flux_per_cm2_s: f64, tables: &Boron8Tables) -> Result<[Component; 3], Error> {
    let shape = tables.spectrum.read()?;
    let (energies_mev, [pdf]) = (shape.rising("energy")?, shape.not_negative(["pdf"])?);
    let oscillation = tables.oscillation.read()?;
    let rows_mev = oscillation.rising("energy")?;
    let columns = ["e", "mu", "tau"].map(|flavor| format!("{}_{flavor}", tables.set));
    let probabilities = oscillation.not_negative(columns.each_ref().map(String::as_str))?;
    let (first, last) = (energies_mev[0], energies_mev[energies_mev.len() - 1]);
    let mut nodes_mev: Vec<f64> = energies_mev
        .iter()
        .chain(rows_mev.iter().filter(|energy| (first..last).contains(*energy)))
        .copied()
        .collect();
    sort_numbers(&mut nodes_mev);
    nodes_mev.dedup();
    let component = |label, flavor: Flavor| -> Result<Component, Error> {
        let probability = &probabilities[flavor.index()];
        let values: Vec<f64> = nodes_mev
            .iter()
            .map(|energy| interpolate(&energies_mev, &pdf, *energy) * interpolate(&rows_mev, probability, *energy))
            .collect();
        Ok(Component {
            label,
            flavor,
            anti: false,
            timing: Timing::Steady,
            spectrum: Spectrum::Tabulated(PiecewiseLinear::new(shape.name(), &nodes_mev, &values)?),
            scale: flux_per_cm2_s,
        })
    };
    Ok([
        component("solar nu_e", Flavor::Electron)?,
        component("solar nu_mu", Flavor::Muon)?,
        component("solar nu_tau", Flavor::Tau)?,
    ])
}
