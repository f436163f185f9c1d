//! Coherent elastic neutrino-nucleus scattering.

use super::Polynomial;
use crate::Flavor;
use crate::physics::StandardModel;
use crate::physics::matter::Nuclide;
use crate::physics::units::FERMI_CONSTANT;
use std::f64::consts::PI;

/// CEvNS cross section `(G_F^2 M/pi) (1 - M T/(2 E^2)) (g_p Z F_Z + g_n N F_N)^2`
/// (paper eq. 2-4), in MeV^-2 per MeV.
#[must_use]
pub fn cevns(nuclide: &Nuclide, recoil_mev: f64, flavor: Flavor, model: &StandardModel) -> Polynomial {
    let mass = nuclide.mass_mev();
    let weak_charge = model.proton_coupling(flavor) * nuclide.coherent_protons(recoil_mev, model.surface_fm)
        + model.neutron_coupling * nuclide.coherent_neutrons(recoil_mev, model.surface_fm);
    let scale = FERMI_CONSTANT * FERMI_CONSTANT * mass / PI * weak_charge * weak_charge;
    Polynomial([scale, 0.0, -0.5 * scale * mass * recoil_mev])
}
