//! TEXONO has published a limit on the magnetic moment, at zero mass of N, but no curve: this one is recast.

use super::{CurveKind, CurvePoint, PublishedCurve, Scope};
use crate::data::{Inputs, Reader};
use crate::physics::cross_section::{Sign, scatterer};
use crate::physics::recoil::{Channel, cells};
use crate::physics::source::{ReactorFuel, reactor};
use crate::physics::units::BOHR_MAGNETON_PER_GEV;
use crate::{Error, Flavor, data};

/// Name of the table of inputs.
const TABLE: &str = "recast/texono";
/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 60.0;
/// Masses that are tried, in MeV: from where the limit is flat to above the last within reach (2.1 MeV).
const MASSES_MEV: (f64, f64) = (0.01, 3.0);
const MASSES: u32 = 200;

/// The limit of TEXONO (arXiv:0911.1597) on the dipole of the electron flavour, carried over from zero mass:
/// `d(m) = d(0) sqrt(N(0)/N(m))`, N the dipole counts between the recoil energies of the measurement, from reactor
/// antineutrinos on electrons that are all free at these energies.
///
/// Only ratios of counts enter, so neither flux nor mass of the detector matter. The published limit comes from a
/// fit of the recoil spectrum; the change of its shape with the mass is left out.
///
/// # Errors
/// [`Error::Table`] if the table of inputs is missing or malformed.
pub fn texono() -> Result<PublishedCurve, Error> {
    let table = data::table(TABLE)?;
    let inputs = Inputs::new(&table)?;
    let massless_per_gev = inputs.number("moment")? * BOHR_MAGNETON_PER_GEV;
    let header = |key: &str| table.get(key).unwrap_or_default().to_owned();
    let fuel = ReactorFuel::read(&mut Reader::new(&inputs))?;
    let counts = counts(&fuel, inputs.number("recoil-low")?, inputs.number("recoil-high")?)?;
    let massless = counts(0.0);
    let step = (MASSES_MEV.1 / MASSES_MEV.0).ln() / f64::from(MASSES);
    let points = (0..=MASSES)
        .map(|index| MASSES_MEV.0 * (step * f64::from(index)).exp())
        .map(|mass_mev| (mass_mev, counts(mass_mev)))
        .take_while(|(_, count)| *count > 0.0)
        .map(|(mass_mev, count)| CurvePoint {
            mass_mev,
            coupling_per_gev: massless_per_gev * (massless / count).sqrt(),
        })
        .collect();
    Ok(PublishedCurve {
        name: "texono".to_owned(),
        label: inputs.text("name")?.to_owned(),
        title: "TEXONO neutrino-electron scattering, recast".to_owned(),
        scope: Scope::Flavor(Flavor::Electron),
        confidence_level: Some(inputs.number("confidence-level")?),
        kind: CurveKind::UpperLimit,
        alternative_to: None,
        status: Some(header("status")),
        source: header("source"),
        link: header("link"),
        convention: header("convention"),
        points,
    })
}

/// Dipole counts on one free electron between two recoil energies in MeV, over the mass of N in MeV and in
/// arbitrary units.
fn counts(fuel: &ReactorFuel, low_mev: f64, high_mev: f64) -> Result<impl Fn(f64) -> f64, Error> {
    let antineutrinos = reactor(1.0, fuel)?;
    let electron = scatterer("electron")?;
    let grid = cells(low_mev, high_mev, CELLS_PER_E_FOLD, []);
    let channel = Channel::new(grid, &[(electron, 1.0)], 1, |_| vec![1.0]);
    Ok(move |mass_mev| {
        channel
            .dipole(&antineutrinos, mass_mev, Sign::Correct)
            .iter()
            .sum::<f64>()
    })
}
