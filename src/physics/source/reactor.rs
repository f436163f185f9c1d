//! Reactor antineutrinos.

use super::{Component, PiecewiseLinear, Spectrum, Timing};
use crate::Flavor;
use crate::data::Reader;
use crate::{Error, data};

/// Row and column of each fissile isotope.
const ISOTOPES: [(&str, &str); 4] = [
    ("fission-u235", "U235"),
    ("fission-pu239", "Pu239"),
    ("fission-u238", "U238"),
    ("fission-pu241", "Pu241"),
];

/// What gives a reactor's spectrum its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct ReactorFuel {
    spectra_table: String,
    /// In the order of [`ISOTOPES`].
    fission_fractions: [f64; 4],
}

impl ReactorFuel {
    /// Reads the rows `spectra-table` and `fission-u235`, `-pu239`, `-u238`, `-pu241`. Only ratios of the shares matter.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for missing or negative shares, or none above zero.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        let mut fission_fractions = [0.0; 4];
        for (fraction, (key, _)) in fission_fractions.iter_mut().zip(ISOTOPES) {
            *fraction = reader.not_negative(key)?;
        }
        if fission_fractions.iter().sum::<f64>() <= 0.0 {
            return Err(reader.error("there are no fissions"));
        }
        Ok(Self {
            spectra_table: reader.text("spectra-table")?,
            fission_fractions,
        })
    }
}

/// Electron antineutrinos of a power reactor, scaled so that the trapezoid integral of the table
/// is `flux_per_cm2_s`.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed.
pub fn reactor(flux_per_cm2_s: f64, fuel: &ReactorFuel) -> Result<Component, Error> {
    let table = data::table(&fuel.spectra_table)?;
    let [energies_mev] = table.columns(["energy"])?;
    let isotopes = table.columns(ISOTOPES.map(|(_, isotope)| isotope))?;
    let per_fission: Vec<f64> = (0..energies_mev.len())
        .map(|row| {
            isotopes
                .iter()
                .zip(fuel.fission_fractions)
                .map(|(column, fraction)| fraction * column[row])
                .sum()
        })
        .collect();
    let spectrum = PiecewiseLinear::new(table.name(), &energies_mev, &per_fission)?;
    let [area, ..] = spectrum.moments_above(0.0);
    if area <= 0.0 {
        return Err(Error::table(table.name(), "there is no flux"));
    }
    Ok(Component {
        label: "reactor anti-nu_e",
        flavor: Flavor::Electron,
        anti: true,
        timing: Timing::Steady,
        spectrum: Spectrum::Tabulated(spectrum),
        scale: flux_per_cm2_s / area,
    })
}
