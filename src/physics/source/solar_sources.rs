//! Solar neutrinos of other reactions than 8B: the pp continuum and lines of electron capture.

use super::{Component, PiecewiseLinear, Spectrum, Timing};
use crate::data::{NamedTable, Reader};
use crate::numerics::decimal;
use crate::{Error, Flavor};

/// A spectrum begins at no energy; where it is said to be zero there, this close to it, in MeV.
const NEARLY_ZERO_MEV: f64 = 1e-9;
/// Factors on fluxes.
const SCALES: (f64, f64) = (0.0, 1e3);

/// Sources in a table, each with its flux and constant flavour probabilities.
#[derive(Clone, Debug, PartialEq)]
pub struct SolarSources {
    /// The table of the sources.
    table: NamedTable,
    /// The table of the spectrum of those that have one.
    spectrum: NamedTable,
    /// Factor on the flux of each row.
    scales: Vec<f64>,
}

/// A row of the table: kind (`line` or `spectrum`), energy of a line.
type Row = [String; 3];

impl SolarSources {
    /// Reads the rows `sources-table`, `pp-spectrum-table` and, for every reaction of the first (what its names have before `_`), `pp-flux-scale` and so on.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a missing row, and for a table that is missing or malformed.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        let table = reader.table("sources-table")?;
        let spectrum = reader.table("pp-spectrum-table")?;
        let mut scales = Vec::new();
        for [name, _, _] in rows(&table)? {
            let reaction = name.split('_').next().unwrap_or_default();
            scales.push(reader.within(&format!("{reaction}-flux-scale"), SCALES)?);
        }
        Ok(Self {
            table,
            spectrum,
            scales,
        })
    }

    /// Three flavours of each source, as they arrive.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is missing or malformed.
    pub fn components(&self) -> Result<Vec<Component>, Error> {
        let table = self.table.read()?;
        let [fluxes, shares @ ..] = table.not_negative(["flux", "p_e", "p_mu", "p_tau"])?;
        let mut components = Vec::new();
        let rows = rows(&self.table)?;
        for (row, (([_, kind, energy], flux), scale)) in rows.iter().zip(fluxes).zip(&self.scales).enumerate() {
            let (spectrum, area) = match kind.as_str() {
                "line" => {
                    let line_mev = decimal::parse(energy).filter(|line_mev| *line_mev > 0.0);
                    let line_mev = line_mev.ok_or_else(|| table.wrong(row, "energy", word!("above zero")))?;
                    (Spectrum::Line(line_mev), 1.0)
                }
                "spectrum" => {
                    let spectrum = self.continuum()?;
                    let [area, ..] = spectrum.moments_above(0.0);
                    (Spectrum::Tabulated(spectrum), area)
                }
                _ => return Err(table.wrong(row, "kind", say!("line, spectrum"))),
            };
            for ((label, flavor), shares) in LABELS.into_iter().zip(&shares) {
                components.push(Component {
                    label,
                    flavor,
                    anti: false,
                    timing: Timing::Steady,
                    spectrum: spectrum.clone(),
                    scale: scale * flux * shares[row] / area,
                });
            }
        }
        Ok(components)
    }

    /// The continuum: from zero at no energy on.
    fn continuum(&self) -> Result<PiecewiseLinear, Error> {
        let table = self.spectrum.read()?;
        let (energies_mev, [pdf]) = (table.rising("energy")?, table.not_negative(["pdf"])?);
        let energies_mev: Vec<f64> = std::iter::once(NEARLY_ZERO_MEV).chain(energies_mev).collect();
        let pdf: Vec<f64> = std::iter::once(0.0).chain(pdf).collect();
        let spectrum = PiecewiseLinear::new(table.name(), &energies_mev, &pdf)?;
        if spectrum.moments_above(0.0)[0] > 0.0 {
            Ok(spectrum)
        } else {
            Err(Error::table(table.name(), say!("there is no flux")))
        }
    }
}

const LABELS: [(&str, Flavor); 3] = [
    ("solar nu_e", Flavor::Electron),
    ("solar nu_mu", Flavor::Muon),
    ("solar nu_tau", Flavor::Tau),
];

/// Name, kind and energy of every source.
fn rows(table: &NamedTable) -> Result<Vec<Row>, Error> {
    table.read()?.rows(["source", "kind", "energy"])
}
