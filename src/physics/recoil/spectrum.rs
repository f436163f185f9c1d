//! Recoil spectrum at given energies.

use super::prepared::Prepared;
use crate::physics::cross_section::{Scatterer, Sign};
use crate::physics::source::Component;
use crate::physics::units::KEV_PER_MEV;

/// Differential recoil rates of a set of scatterers at fixed recoil energies.
#[derive(Clone, Debug)]
pub struct RecoilSpectrum {
    recoil_mev: Vec<f64>,
    scatterers: Vec<Prepared>,
}

impl RecoilSpectrum {
    /// Prepares `particles` (with their number times exposure) at energies `recoil_mev`.
    #[must_use]
    pub fn new(recoil_mev: Vec<f64>, particles: &[(Scatterer, f64)]) -> Self {
        let scatterers = Prepared::all(particles, &recoil_mev);
        Self { recoil_mev, scatterers }
    }

    /// Recoil energies, in MeV.
    #[must_use]
    pub fn recoil_mev(&self) -> &[f64] {
        &self.recoil_mev
    }

    /// Adds the SM rate of one component of the flux, in counts per keV, to `rates`.
    pub fn add_standard_model(&self, component: &Component, rates: &mut [f64]) {
        for scatterer in &self.scatterers {
            for (rate, recoil) in rates.iter_mut().zip(&self.recoil_mev) {
                *rate += scatterer.standard_model_rate(*recoil, component) / KEV_PER_MEV;
            }
        }
    }

    /// Adds the dipole rate per d^2 (d in MeV^-1) of one component, in counts per keV, to `rates`.
    pub fn add_dipole(&self, component: &Component, sterile_mass_mev: f64, sign: Sign, rates: &mut [f64]) {
        for scatterer in &self.scatterers {
            for (index, (rate, recoil)) in rates.iter_mut().zip(&self.recoil_mev).enumerate() {
                *rate += scatterer.dipole_rate(Some(index), *recoil, component, sterile_mass_mev, sign) / KEV_PER_MEV;
            }
        }
    }
}
