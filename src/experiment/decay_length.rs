//! How far N flies in the laboratory before it decays, and at which coupling it flies a given length.

use super::Experiment;
use crate::Flavor;
use crate::physics::cross_section::Target;
use crate::physics::decay::{Nature, length_m, strength_for_length};
use crate::physics::units::{METRES_PER_AU, coupling_per_gev, coupling_squared_per_mev2};

/// Lengths, in m, at which it is usual to ask for the coupling: a detector, the way from the target of the SNS or from a reactor to one, the way from the Sun.
pub const USUAL_LENGTHS_M: [f64; 3] = [1.0, 20.0, METRES_PER_AU];

impl Experiment {
    /// Energy, in MeV, of N of `mass_mev` that neutrinos of this flavour make in the target; `None` where the source has none that can.
    ///
    /// It is the mean energy of these neutrinos, weighted with their flux, above the threshold `m + m^2/(2 M)` on the heaviest nucleus of the target. N
    /// has it but for the recoil, which takes 2 E^2/M of it at most (some keV at a reactor and the Sun, 50 keV at the SNS), and that is left out, as is that the cross section varies over the flux.
    #[must_use]
    pub fn sterile_energy_mev(&self, flavor: Flavor, mass_mev: f64) -> Option<f64> {
        let nuclei = self
            .nuclei()
            .iter()
            .filter(|(scatterer, _)| matches!(scatterer.target(), Target::Nucleus(_)));
        let heaviest_mev = nuclei.map(|(nucleus, _)| nucleus.mass_mev()).reduce(f64::max)?;
        let threshold_mev = mass_mev + mass_mev * mass_mev / (2.0 * heaviest_mev);
        let (mut flux, mut energy) = (0.0, 0.0);
        for component in self.components().iter().filter(|component| component.flavor == flavor) {
            let [above, ..] = component.spectrum.moments_above(threshold_mev);
            flux += component.scale * above;
            energy += component.scale * component.spectrum.energy_above(threshold_mev);
        }
        (flux > 0.0).then(|| energy / flux)
    }

    /// Coupling, in GeV^-1, at which N of [`Self::sterile_energy_mev`] fly `length_m` in the laboratory on average before they decay to neutrino and photon; `None`
    /// where no N is made, and for a massless one, which does not decay.
    ///
    /// `d^2 = 16 pi/m^3 (p/m) hbar c/length` for a Dirac N, half of that for a Majorana N ([`Nature`]).
    #[must_use]
    pub fn coupling_for_length_per_gev(
        &self,
        flavor: Flavor,
        mass_mev: f64,
        length_m: f64,
        nature: Nature,
    ) -> Option<f64> {
        let energy_mev = self.sterile_energy_mev(flavor, mass_mev)?;
        strength_for_length(length_m, energy_mev, mass_mev, nature).map(coupling_per_gev)
    }

    /// Length, in m, that N of [`Self::sterile_energy_mev`] fly on average before they decay, the inverse of
    /// [`Self::coupling_for_length_per_gev`]; `None` where that is, and infinite without a coupling.
    #[must_use]
    pub fn decay_length_m(&self, flavor: Flavor, mass_mev: f64, coupling_per_gev: f64, nature: Nature) -> Option<f64> {
        let energy_mev = self.sterile_energy_mev(flavor, mass_mev)?;
        let strength = coupling_squared_per_mev2(coupling_per_gev) * nature.widths();
        (mass_mev > 0.0 && energy_mev > mass_mev).then(|| length_m(energy_mev, mass_mev, strength))
    }
}
