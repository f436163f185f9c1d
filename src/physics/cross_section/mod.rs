//! The four cross sections, each a polynomial of degree 2 in 1/E.
//!
//! That is what makes the page fast: a rate is the dot product of three coefficients
//! with three flux moments ([`crate::physics::source::Moments`]).

mod cevns;
mod dipole;
mod electron;
mod kinematics;
mod scatterer;

pub use cevns::cevns;
pub use dipole::{Sign, dipole};
pub use electron::electron;
pub use kinematics::{lowest_energy_mev, recoil_range_mev};
pub use scatterer::{Particles, Scatterer, Target, particles_of, scatterer};

/// Cross section `c0 + c1/E + c2/E^2` at fixed recoil energy, in MeV^-2 per MeV of recoil,
/// for E in MeV above the kinematic edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Polynomial(pub [f64; 3]);

impl Polynomial {
    /// Value at neutrino energy `energy_mev`; rounding below zero is cut off.
    #[must_use]
    pub fn at(self, energy_mev: f64) -> f64 {
        let [c0, c1, c2] = self.0;
        let inverse = 1.0 / energy_mev;
        (c0 + inverse * (c1 + inverse * c2)).max(0.0)
    }

    /// Integral over a flux, given its moments above the kinematic edge; rounding below zero is cut off.
    #[must_use]
    #[inline]
    pub fn fold(self, moments: [f64; 3]) -> f64 {
        let [c0, c1, c2] = self.0;
        let [k0, k1, k2] = moments;
        (c0 * k0 + c1 * k1 + c2 * k2).max(0.0)
    }

    /// The same cross section on `factor` scatterers.
    #[must_use]
    #[inline]
    pub fn scaled(self, factor: f64) -> Self {
        Self(self.0.map(|coefficient| factor * coefficient))
    }
}
