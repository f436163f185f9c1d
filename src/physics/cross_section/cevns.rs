//! Coherent elastic neutrino-nucleus scattering.

use super::Polynomial;
use crate::Flavor;
use crate::physics::matter::Nuclide;
use crate::physics::units::FERMI_CONSTANT;
use std::f64::consts::PI;

/// Neutrino-neutron vector coupling, paper eq. 4.
const NEUTRON_COUPLING: f64 = -0.5094;

/// Neutrino-proton vector coupling by flavour (radiative corrections included), paper eq. 4.
fn proton_coupling(flavor: Flavor) -> f64 {
    match flavor {
        Flavor::Electron => 0.0401,
        Flavor::Muon => 0.0318,
        Flavor::Tau => 0.0275,
    }
}

/// CEvNS cross section `(G_F^2 M/pi) (1 - M T/(2 E^2)) (g_p Z F_Z + g_n N F_N)^2`
/// (paper eq. 2-4), in MeV^-2 per MeV.
#[must_use]
pub fn cevns(nuclide: &Nuclide, recoil_mev: f64, flavor: Flavor) -> Polynomial {
    let mass = nuclide.mass_mev();
    let weak_charge = proton_coupling(flavor) * nuclide.coherent_protons(recoil_mev)
        + NEUTRON_COUPLING * nuclide.coherent_neutrons(recoil_mev);
    let scale = FERMI_CONSTANT * FERMI_CONSTANT * mass / PI * weak_charge * weak_charge;
    Polynomial([scale, 0.0, -0.5 * scale * mass * recoil_mev])
}
