//! Elastic neutrino-electron scattering.

use super::Polynomial;
use crate::Flavor;
use crate::physics::units::{ELECTRON_MASS_MEV, FERMI_CONSTANT};
use std::f64::consts::PI;

/// Cross section on one free electron,
/// `(G_F^2 m_e/2pi) [(gV-gA)^2 (1-T/E)^2 + (gV+gA)^2 - (gV^2-gA^2) m_e T/E^2]`
/// (paper eq. 5-6), in MeV^-2 per MeV; for antineutrinos gA changes sign;
/// `sin2_weak_angle` as in [`StandardModel`](crate::physics::StandardModel).
#[must_use]
pub fn electron(recoil_mev: f64, flavor: Flavor, anti: bool, sin2_weak_angle: f64) -> Polynomial {
    let isospin = if flavor == Flavor::Electron { 0.5 } else { -0.5 };
    let vector = 2.0 * sin2_weak_angle + isospin;
    let axial = if anti { -isospin } else { isospin };
    let (minus, plus) = ((vector - axial).powi(2), (vector + axial).powi(2));
    let t = recoil_mev;
    Polynomial([
        minus + plus,
        -2.0 * minus * t,
        minus * t * t - (vector * vector - axial * axial) * ELECTRON_MASS_MEV * t,
    ])
    .scaled(FERMI_CONSTANT * FERMI_CONSTANT * ELECTRON_MASS_MEV / (2.0 * PI))
}
