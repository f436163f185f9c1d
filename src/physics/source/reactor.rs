//! Reactor antineutrinos.

use super::{Component, PiecewiseLinear, ReactorModel, Spectrum, Timing};
use crate::Error;
use crate::Flavor;
use crate::data::table::Table;
use crate::data::{NamedTable, Reader};

/// Row and column of each fissile isotope.
const ISOTOPES: [(&str, &str); 4] = [
    ("fission-u235", "U235"),
    ("fission-pu239", "Pu239"),
    ("fission-u238", "U238"),
    ("fission-pu241", "Pu241"),
];

/// Shares that can be asked for: of 1 or of 100, or numbers of anything like that.
const SHARES: (f64, f64) = (0.0, 1000.0);

/// What gives a reactor's spectrum its shape.
#[derive(Clone, Debug, PartialEq)]
pub struct ReactorFuel {
    spectra_table: NamedTable,
    /// In the order of [`ISOTOPES`].
    fission_fractions: [f64; 4],
    /// Which spectrum is made of it.
    pub(crate) model: ReactorModel,
    /// How many fissions there are over the sphere at the detector, in 1/cm^2/s, where that says how large the flux is.
    pub(crate) fissions_per_cm2_s: Option<f64>,
}

/// A spectrum per fission, through rows: energies in MeV, antineutrinos per fission and MeV.
pub(super) type Rows = (Vec<f64>, Vec<f64>);

impl ReactorFuel {
    /// Reads the rows `spectra-table` and `fission-u235`, `-pu239`, `-u238`, `-pu241`. Only ratios of the shares matter. The model
    /// is that of the paper.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for missing or negative shares, or none above zero.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        let mut fission_fractions = [0.0; 4];
        for (fraction, (key, _)) in fission_fractions.iter_mut().zip(ISOTOPES) {
            *fraction = reader.within(key, SHARES)?;
        }
        if fission_fractions.iter().sum::<f64>() <= 0.0 {
            return Err(reader.error_at("fission-u235", say!("there are no fissions")));
        }
        Ok(Self {
            spectra_table: reader.table("spectra-table")?,
            fission_fractions,
            model: ReactorModel::MuellerVogel,
            fissions_per_cm2_s: None,
        })
    }

    /// Antineutrinos of a mean fission, as many as the model has.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is malformed.
    pub fn antineutrinos_per_fission(&self) -> Result<f64, Error> {
        Ok(self.spectrum()?.moments_above(0.0)[0])
    }

    /// Antineutrinos of a mean fission, per MeV.
    fn spectrum(&self) -> Result<PiecewiseLinear, Error> {
        let (energies_mev, per_mev) = self.model.rows(self)?;
        let spectrum = PiecewiseLinear::new(self.spectra_table.name(), &energies_mev, &per_mev)?;
        if spectrum.moments_above(0.0)[0] > 0.0 {
            Ok(spectrum)
        } else {
            Err(Error::table(self.spectra_table.name(), say!("there is no flux")))
        }
    }

    /// The spectra of its own table of fissile isotopes, by their shares.
    pub(super) fn own_rows(&self) -> Result<Rows, Error> {
        let table = self.spectra_table.read()?;
        table.rising("energy")?;
        self.per_fission(&table)
    }

    /// The spectra of a table of fissile isotopes, by their shares.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed.
    pub(super) fn per_fission(&self, table: &Table) -> Result<Rows, Error> {
        let [energies_mev] = table.columns(["energy"])?;
        let isotopes = table.not_negative(ISOTOPES.map(|(_, isotope)| isotope))?;
        let all: f64 = self.fission_fractions.iter().sum();
        let per_mev = (0..energies_mev.len())
            .map(|row| {
                let shares = isotopes.iter().zip(self.fission_fractions);
                shares.map(|(column, fraction)| fraction / all * column[row]).sum()
            })
            .collect();
        Ok((energies_mev, per_mev))
    }
}

/// J in one MeV (exact in the SI since 2019).
const JOULE_PER_MEV: f64 = 1.602_176_634e-13;
/// cm in one m.
const CM_PER_M: f64 = 100.0;

/// Fissions of a reactor over the sphere at a distance, in 1/cm^2/s.
///
/// `power_gw` is its thermal power in GW, `distance_m` how far it is, in m, and `fission_mev` the energy of a fission, in MeV.
#[must_use]
pub fn fissions_per_cm2_s(power_gw: f64, distance_m: f64, fission_mev: f64) -> f64 {
    let fissions_per_s = power_gw * 1e9 / (fission_mev * JOULE_PER_MEV);
    fissions_per_s / (4.0 * std::f64::consts::PI * (CM_PER_M * distance_m).powi(2))
}

/// Electron antineutrinos of a power reactor, scaled so that the trapezoid integral of the spectrum is `flux_per_cm2_s`, unless it is known
/// how many fissions there are.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is missing or malformed.
pub fn reactor(flux_per_cm2_s: f64, fuel: &ReactorFuel) -> Result<Component, Error> {
    let spectrum = fuel.spectrum()?;
    let [area, ..] = spectrum.moments_above(0.0);
    Ok(Component {
        label: "reactor anti-nu_e",
        flavor: Flavor::Electron,
        anti: true,
        timing: Timing::Steady,
        spectrum: Spectrum::Tabulated(spectrum),
        scale: fuel.fissions_per_cm2_s.unwrap_or(flux_per_cm2_s / area),
    })
}
