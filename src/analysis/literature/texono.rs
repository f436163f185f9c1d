//! TEXONO has published a limit on the magnetic moment, at zero mass of N, but no curve: this one is recast.

use super::{CurveKind, CurvePoint, ExcludedSide, Family, FlavorSet, PublishedCurve};
use crate::experiment::Inputs;
use crate::physics::cross_section::{Scatterer, Sign};
use crate::physics::matter::Shells;
use crate::physics::recoil::{Channel, cells};
use crate::physics::source::{Component, reactor};
use crate::physics::units::BOHR_MAGNETON_PER_GEV;
use crate::{Error, Flavor, data};

/// Name of the curve.
const NAME: &str = "texono";
/// Name of the table of inputs.
const TABLE: &str = "recast/texono";
/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 60.0;
/// Masses that are tried, in MeV: from where the limit is flat to above the last within reach (2.1 MeV).
const MASSES_MEV: (f64, f64) = (0.01, 3.0);
const MASSES: u32 = 200;

/// Masses, in MeV, for which the status says how far below the curve the other edge of the band is.
const STATED_MASSES_MEV: [f64; 2] = [1.5, 2.0];

/// The limit of TEXONO (arXiv:0911.1597) on the dipole of the electron flavour, carried over from zero mass:
/// `d(m) = d(0) sqrt(N(0)/N(m))`, N the dipole counts between the recoil energies of the measurement, from reactor
/// antineutrinos on electrons that are all free at these energies.
///
/// Only ratios of counts enter, so neither flux nor mass of the detector matter. The published limit comes from a
/// fit of the recoil spectrum, in which for a massless N the lowest recoils decide: the counts of these alone give the
/// other edge of the curve's band. The status says how far it is.
///
/// # Errors
/// [`Error::Table`] if the table of inputs is missing or malformed.
pub fn texono() -> Result<PublishedCurve, Error> {
    let table = data::table(TABLE)?;
    let inputs = Inputs::new(&table)?;
    let massless_per_gev = inputs.number("moment")? * BOHR_MAGNETON_PER_GEV;
    let header = |key: &str| table.get(key).unwrap_or_default().to_owned();
    let [low, decisive, high] = ["recoil-low", "recoil-decisive", "recoil-high"].map(|key| inputs.number(key));
    let (low, decisive, high) = (low?, decisive?, high?);
    if !(0.0 < low && low < decisive && decisive < high) {
        return Err(inputs.error("recoil energies are not in rising order"));
    }
    let whole = Recast::new(low, high, massless_per_gev)?;
    let lowest = Recast::new(low, decisive, massless_per_gev)?;
    Ok(PublishedCurve {
        name: NAME.to_owned(),
        label: inputs.text("name")?.to_owned(),
        title: "TEXONO neutrino-electron scattering, recast".to_owned(),
        flavors: FlavorSet::one(Flavor::Electron),
        confidence_level: Some(inputs.number("confidence-level")?),
        family: Family::Laboratory,
        kind: CurveKind::UpperLimit,
        excluded: ExcludedSide::Above,
        alternative_to: None,
        status: Some(format!("{}; {}", header("status"), band_in_words(&whole, &lowest))),
        source: header("source"),
        link: header("link"),
        convention: header("convention"),
        points: whole.curve(),
        band: Some(lowest.curve()),
    })
}

/// The published limit carried over by the counts in one window of recoil energies.
struct Recast {
    low_mev: f64,
    high_mev: f64,
    massless_per_gev: f64,
    antineutrinos: Component,
    channel: Channel,
}

impl Recast {
    fn new(low_mev: f64, high_mev: f64, massless_per_gev: f64) -> Result<Self, Error> {
        let electron = Scatterer::Electrons(Shells::free_electron());
        let grid = cells(low_mev, high_mev, CELLS_PER_E_FOLD, []);
        Ok(Self {
            low_mev,
            high_mev,
            massless_per_gev,
            antineutrinos: reactor(1.0)?,
            channel: Channel::new(grid, &[(electron, 1.0)], 1, |_| vec![1.0]),
        })
    }

    /// Dipole counts on one free electron, over the mass of N in MeV and in arbitrary units.
    fn counts(&self, mass_mev: f64) -> f64 {
        let per_cell = self.channel.dipole(&self.antineutrinos, mass_mev, Sign::Correct);
        per_cell.iter().sum()
    }

    /// Limit on d, in GeV^-1; infinite for a mass in MeV that no antineutrino makes.
    fn limit_per_gev(&self, mass_mev: f64) -> f64 {
        self.massless_per_gev * (self.counts(0.0) / self.counts(mass_mev)).sqrt()
    }

    /// The limit at masses within reach.
    fn curve(&self) -> Vec<CurvePoint> {
        let step = (MASSES_MEV.1 / MASSES_MEV.0).ln() / f64::from(MASSES);
        (0..=MASSES)
            .map(|index| MASSES_MEV.0 * (step * f64::from(index)).exp())
            .map(|mass_mev| CurvePoint {
                mass_mev,
                coupling_per_gev: self.limit_per_gev(mass_mev),
            })
            .take_while(|point| point.coupling_per_gev.is_finite())
            .collect()
    }
}

/// How far below the curve of all recoils that of the lowest is.
fn band_in_words(whole: &Recast, lowest: &Recast) -> String {
    let lower = STATED_MASSES_MEV.map(|mass_mev| {
        let share = 1.0 - lowest.limit_per_gev(mass_mev) / whole.limit_per_gev(mass_mev);
        format!("{:.0} % lower at {mass_mev} MeV", 100.0 * share)
    });
    format!(
        "counts of {} to {} MeV as one bin; if those below {} MeV decide, as for a massless N, d is {}",
        whole.low_mev,
        whole.high_mev,
        lowest.high_mev,
        lower.join(" and ")
    )
}
