//! A scatterer prepared on fixed recoil energies: the two rates that everything is made of.

use crate::physics::cross_section::{Scatterer, Sign, dipole, lowest_energy_mev};
use crate::physics::source::Component;
use crate::physics::units::CM2_PER_INVERSE_MEV2;

/// A scatterer with its number and its charge weight at each of a list of recoil energies, so that
/// no form factor is evaluated while a mass is dragged.
#[derive(Clone, Debug)]
pub(super) struct Prepared {
    scatterer: Scatterer,
    mass_mev: f64,
    /// Number of scatterers times exposure, in cm^2 of 1 MeV^-2.
    number: f64,
    /// `number` times charge weight, per recoil energy.
    charge: Vec<f64>,
}

impl Prepared {
    /// Prepares each of `particles` (with its number times exposure) at `recoil_mev`.
    pub(super) fn all(particles: &[(Scatterer, f64)], recoil_mev: &[f64]) -> Vec<Self> {
        particles
            .iter()
            .map(|(scatterer, number)| {
                let number = number * CM2_PER_INVERSE_MEV2;
                Self {
                    mass_mev: scatterer.mass_mev(),
                    number,
                    charge: recoil_mev
                        .iter()
                        .map(|recoil| number * scatterer.charge_weight(*recoil))
                        .collect(),
                    scatterer: scatterer.clone(),
                }
            })
            .collect()
    }

    /// Mass of the scatterer, in MeV.
    pub(super) fn mass_mev(&self) -> f64 {
        self.mass_mev
    }

    /// SM counts per MeV of recoil from one component of the flux.
    pub(super) fn standard_model_rate(&self, recoil_mev: f64, component: &Component) -> f64 {
        let energy_mev = lowest_energy_mev(recoil_mev, self.mass_mev, 0.0);
        let moments = component.spectrum.moments_above(energy_mev);
        let cross_section = self
            .scatterer
            .standard_model(recoil_mev, component.flavor, component.anti);
        self.number * component.scale * cross_section.fold(moments)
    }

    /// Dipole counts per MeV of recoil and per d^2 (d in MeV^-1) from one component of the flux; `index` says which of the
    /// prepared energies `recoil_mev` is, if it is one.
    #[inline]
    pub(super) fn dipole_rate(
        &self,
        index: Option<usize>,
        recoil_mev: f64,
        component: &Component,
        sterile_mass_mev: f64,
        sign: Sign,
    ) -> f64 {
        let energy_mev = lowest_energy_mev(recoil_mev, self.mass_mev, sterile_mass_mev);
        let moments = component.spectrum.moments_above(energy_mev);
        let cross_section = dipole(recoil_mev, self.mass_mev, sterile_mass_mev, sign);
        let charge = index.map_or_else(
            || self.number * self.scatterer.charge_weight(recoil_mev),
            |index| self.charge[index],
        );
        charge * component.scale * cross_section.fold(moments)
    }
}
