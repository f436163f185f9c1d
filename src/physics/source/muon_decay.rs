//! Neutrinos of muon decay at rest.

use super::Moments;
use crate::physics::units::MUON_MASS_MEV;

/// Which neutrino of `mu+ -> e+ nu_e anti-nu_mu`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MichelNeutrino {
    /// `192 E^2/m_mu^3 (1/2 - E/m_mu)`.
    Electron,
    /// `64 E^2/m_mu^3 (3/4 - E/m_mu)`.
    AntiMuon,
}

/// Spectrum of unit area of one neutrino of muon decay at rest (Michel spectrum), up to m_mu/2.
#[derive(Clone, Copy, Debug)]
pub struct MuonDecay(pub MichelNeutrino);

impl MuonDecay {
    /// End point `m_mu/2`, in MeV.
    pub const HIGHEST_ENERGY_MEV: f64 = 0.5 * MUON_MASS_MEV;

    /// Moments above `energy_mev`, in closed form: polynomials of `y = 1/2 - E/m_mu`, so that
    /// nothing cancels at the end point.
    #[must_use]
    #[inline]
    pub fn moments_above(&self, energy_mev: f64) -> Moments {
        let y = 0.5 - energy_mev.max(0.0) / MUON_MASS_MEV;
        // NaN is not above zero either.
        if y.is_nan() || y <= 0.0 {
            return [0.0; 3];
        }
        let [k0, k1, k2] = match self.0 {
            MichelNeutrino::Electron => [
                192.0 * y * y * (1.0 / 8.0 + y * (-1.0 / 3.0 + y / 4.0)),
                192.0 * y * y * (1.0 / 4.0 - y / 3.0),
                96.0 * y * y,
            ],
            MichelNeutrino::AntiMuon => [
                64.0 * y * (1.0 / 16.0 + y * y * (-1.0 / 4.0 + y / 4.0)),
                64.0 * y * (1.0 / 8.0 + y * (1.0 / 8.0 - y / 3.0)),
                64.0 * y * (1.0 / 4.0 + y / 2.0),
            ],
        };
        [k0, k1 / MUON_MASS_MEV, k2 / (MUON_MASS_MEV * MUON_MASS_MEV)]
    }

    /// Integral of spectrum times energy above `energy_mev`, in MeV: polynomials as those of the moments. Above 0 they are the mean
    /// energies 3/10 and 7/20 of the muon mass.
    #[must_use]
    pub fn energy_above(&self, energy_mev: f64) -> f64 {
        let y = 0.5 - energy_mev.max(0.0) / MUON_MASS_MEV;
        if y.is_nan() || y <= 0.0 {
            return 0.0;
        }
        let share = match self.0 {
            MichelNeutrino::Electron => 192.0 * y * y * (1.0 / 16.0 + y * (-1.0 / 4.0 + y * (3.0 / 8.0 - y / 5.0))),
            MichelNeutrino::AntiMuon => {
                64.0 * y * (1.0 / 32.0 + y * (-1.0 / 32.0 + y * (-1.0 / 8.0 + y * (5.0 / 16.0 - y / 5.0))))
            }
        };
        share * MUON_MASS_MEV
    }
}
