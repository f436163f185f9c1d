//! Upscattering nu -> N through the dipole portal.

use super::Polynomial;
use crate::choice::named_choice;
use crate::physics::units::FINE_STRUCTURE;

named_choice! {
    /// Sign inside the round bracket of paper eq. 7 and 9.
    "sign": pub enum Sign {
        /// Plus, as a trace calculation for spin 0 and 1/2 and the wider literature have it.
        Correct = "correct",
        /// Minus, as printed in the paper: kept so that a referee can see what it changes.
        Printed = "printed",
    }
}

/// Dipole cross section on a target of unit charge, spin 1/2 and mass M **per d^2**
/// (paper eq. 7 and 9 with the sign corrected): with d in MeV^-1 the result times d^2 is in
/// MeV^-2 per MeV. It is
/// `alpha [1/T - 1/E - m^2/(2 E M T) (1 + (M-T)/(2E)) - m^4 (M-T)/(8 E^2 M^2 T^2)]`.
#[must_use]
#[inline]
pub fn dipole(recoil_mev: f64, target_mass_mev: f64, sterile_mass_mev: f64, sign: Sign) -> Polynomial {
    let (t, big_m) = (recoil_mev, target_mass_mev);
    let m2 = sterile_mass_mev * sterile_mass_mev;
    let linear = m2 / (2.0 * big_m * t);
    let quadratic = match sign {
        Sign::Correct => 0.5 * linear,
        Sign::Printed => -0.5 * linear,
    };
    Polynomial([
        FINE_STRUCTURE / t,
        -FINE_STRUCTURE * (1.0 + linear),
        -FINE_STRUCTURE * (big_m - t) * (quadratic + 0.5 * linear * linear),
    ])
}
