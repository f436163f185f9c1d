//! Reactor antineutrinos.

use super::{Component, PiecewiseLinear, Spectrum, Timing};
use crate::Flavor;
use crate::{Error, data};

/// Isotope column of `data/reactor_spectra.csv` and its share of the fissions.
const FISSION_FRACTIONS: [(&str, f64); 4] = [("U235", 0.58), ("Pu239", 0.29), ("U238", 0.08), ("Pu241", 0.05)];

/// Electron antineutrinos of a power reactor, scaled so that the trapezoid integral of the table
/// is `flux_per_cm2_s`.
///
/// # Errors
/// [`Error::Table`] if the table is malformed.
pub fn reactor(flux_per_cm2_s: f64) -> Result<Component, Error> {
    let table = data::table("reactor_spectra")?;
    let [energies_mev] = table.columns(["energy"])?;
    let isotopes = table.columns(FISSION_FRACTIONS.map(|(isotope, _)| isotope))?;
    let per_fission: Vec<f64> = (0..energies_mev.len())
        .map(|row| {
            isotopes
                .iter()
                .zip(FISSION_FRACTIONS)
                .map(|(column, (_, fraction))| fraction * column[row])
                .sum()
        })
        .collect();
    let spectrum = PiecewiseLinear::new(table.name(), &energies_mev, &per_fission)?;
    let [area, ..] = spectrum.moments_above(0.0);
    Ok(Component {
        label: "reactor anti-nu_e",
        flavor: Flavor::Electron,
        anti: true,
        timing: Timing::Steady,
        spectrum: Spectrum::Tabulated(spectrum),
        scale: flux_per_cm2_s / area,
    })
}
