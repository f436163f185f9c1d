//! TEXONO has published a limit on the magnetic moment, at zero mass of N, but no curve: this one is recast.

use super::{CurveKind, CurvePoint, ExcludedSide, Family, FlavorSet, PublishedCurve};
use crate::data::{Inputs, Reader};
use crate::language::translated;
use crate::physics::cross_section::{Sign, scatterer};
use crate::physics::recoil::{Channel, cells};
use crate::physics::source::{Component, ReactorFuel, reactor};
use crate::physics::units::BOHR_MAGNETON_PER_GEV;
use crate::{Error, Flavor, data};

/// Name of the curve.
const NAME: &str = "texono";
/// Name of the table of inputs.
const TABLE: &str = "recast/texono";
/// Cells of recoil energy per factor e: d is within 4e-5 at 1.5 MeV and within 6e-4 at 2 MeV, where few cells are in
/// reach, of that with 1000 cells.
const CELLS_PER_E_FOLD: f64 = 20.0;
/// Masses that are tried, in MeV: from where the limit is flat to above the last within reach (2.1 MeV).
const MASSES_MEV: (f64, f64) = (0.01, 3.0);
const MASSES: u32 = 200;

/// Masses, in MeV, for which the status says how far the curve is above the other edge of its band.
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
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table of inputs is missing or malformed.
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
    let fuel = ReactorFuel::read(&mut Reader::new(&inputs))?;
    let recast = Recast::new(low, decisive, high, massless_per_gev, &fuel)?;
    let (points, band) = recast.curves();
    Ok(PublishedCurve {
        name: NAME.to_owned(),
        label: inputs.text("name")?.to_owned(),
        title: word!("TEXONO neutrino-electron scattering, recast").to_owned(),
        flavors: FlavorSet::one(Flavor::Electron),
        confidence_level: Some(inputs.number("confidence-level")?),
        family: Family::Laboratory,
        kind: CurveKind::UpperLimit,
        excluded: ExcludedSide::Above,
        alternative_to: None,
        status: Some(format!("{}; {}", translated(&header("status")), recast.band_in_words())),
        source: header("source"),
        link: header("link"),
        points,
        band: Some(band),
    })
}

/// The published limit carried over by the counts of all recoils, and by those of the lowest.
struct Recast {
    low_mev: f64,
    decisive_mev: f64,
    high_mev: f64,
    massless_per_gev: f64,
    antineutrinos: Component,
    /// Recoils below `decisive_mev`, and those above.
    windows: [Channel; 2],
}

impl Recast {
    fn new(
        low_mev: f64,
        decisive_mev: f64,
        high_mev: f64,
        massless_per_gev: f64,
        fuel: &ReactorFuel,
    ) -> Result<Self, Error> {
        let electron = scatterer("electron")?;
        let window = |low_mev, high_mev| {
            let grid = cells(low_mev, high_mev, CELLS_PER_E_FOLD, []);
            Channel::new(grid, &[(electron.clone(), 1.0)], 1, |_| vec![1.0])
        };
        Ok(Self {
            low_mev,
            decisive_mev,
            high_mev,
            massless_per_gev,
            antineutrinos: reactor(1.0, fuel)?,
            windows: [window(low_mev, decisive_mev), window(decisive_mev, high_mev)],
        })
    }

    /// Dipole counts on one free electron of all recoils and of the lowest, over the mass of N in MeV and in arbitrary
    /// units.
    fn counts(&self, mass_mev: f64) -> [f64; 2] {
        let [lowest, others] = self.windows.each_ref().map(|window| {
            let counts = window.dipole(&self.antineutrinos, mass_mev, Sign::Correct);
            counts.iter().sum::<f64>()
        });
        [lowest + others, lowest]
    }

    /// Limits on d, in GeV^-1, by all recoils and by the lowest; infinite for a mass in MeV that no antineutrino makes.
    fn limits_per_gev(&self, massless_counts: [f64; 2], mass_mev: f64) -> [f64; 2] {
        let counts = self.counts(mass_mev);
        std::array::from_fn(|index| self.massless_per_gev * (massless_counts[index] / counts[index]).sqrt())
    }

    /// The limit by all recoils and that by the lowest, at masses within reach.
    fn curves(&self) -> (Vec<CurvePoint>, Vec<CurvePoint>) {
        let massless_counts = self.counts(0.0);
        let step = (MASSES_MEV.1 / MASSES_MEV.0).ln() / f64::from(MASSES);
        (0..=MASSES)
            .map(|index| MASSES_MEV.0 * (step * f64::from(index)).exp())
            .map(|mass_mev| {
                let limits = self.limits_per_gev(massless_counts, mass_mev);
                limits.map(|coupling_per_gev| CurvePoint {
                    mass_mev,
                    coupling_per_gev,
                })
            })
            .take_while(|limits| limits.iter().all(|point| point.coupling_per_gev.is_finite()))
            .map(|[whole, lowest]| (whole, lowest))
            .unzip()
    }

    /// How far above the limit by the lowest recoils that by all of them is.
    fn band_in_words(&self) -> String {
        let massless_counts = self.counts(0.0);
        let above = STATED_MASSES_MEV.map(|mass_mev| {
            let [whole, lowest] = self.limits_per_gev(massless_counts, mass_mev);
            say!(
                "{} % at {} MeV",
                format!("{:.0}", 100.0 * (whole / lowest - 1.0)),
                mass_mev.to_string()
            )
        });
        say!(
            "counts of {} to {} MeV as one bin; where those below {} MeV decide, as for a massless N, d is lower: \
             the curve is above that by {}",
            self.low_mev.to_string(),
            self.high_mev.to_string(),
            self.decisive_mev.to_string(),
            above.join(say!(" and "))
        )
    }
}
