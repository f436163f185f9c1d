//! Reactor antineutrinos.

use super::{Component, PiecewiseLinear, ReactorModel, Spectrum, Timing};
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
    pub(super) spectra_table: String,
    /// In the order of [`ISOTOPES`].
    fission_fractions: [f64; 4],
    /// Which spectrum is made of it.
    pub(crate) model: ReactorModel,
}

/// A spectrum per fission, through rows: energies in MeV, antineutrinos per fission and MeV.
pub(super) type Rows = (Vec<f64>, Vec<f64>);

impl ReactorFuel {
    /// Reads the rows `spectra-table` and `fission-u235`, `-pu239`, `-u238`, `-pu241`. Only ratios of the shares matter to the
    /// model of the paper, which is the one that is read; to the others each is a share of one fission.
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
            model: ReactorModel::MuellerVogel,
        })
    }

    /// The spectra of a table of fissile isotopes, by their shares.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is missing or malformed.
    pub(super) fn per_fission(&self, table: &str) -> Result<Rows, Error> {
        let table = data::table(table)?;
        let [energies_mev] = table.columns(["energy"])?;
        let isotopes = table.columns(ISOTOPES.map(|(_, isotope)| isotope))?;
        let per_fission = (0..energies_mev.len())
            .map(|row| {
                isotopes
                    .iter()
                    .zip(self.fission_fractions)
                    .map(|(column, fraction)| fraction * column[row])
                    .sum()
            })
            .collect();
        Ok((energies_mev, per_fission))
    }
}

/// Electron antineutrinos of a power reactor, scaled so that the trapezoid integral of the spectrum is `flux_per_cm2_s`.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is missing or malformed.
pub fn reactor(flux_per_cm2_s: f64, fuel: &ReactorFuel) -> Result<Component, Error> {
    let (energies_mev, per_fission) = fuel.model.rows(fuel)?;
    let spectrum = PiecewiseLinear::new(&fuel.spectra_table, &energies_mev, &per_fission)?;
    let [area, ..] = spectrum.moments_above(0.0);
    if area <= 0.0 {
        return Err(Error::table(&fuel.spectra_table, "there is no flux"));
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
