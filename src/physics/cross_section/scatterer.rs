//! What a neutrino scatters on, with its SM and dipole cross sections.

use super::{Polynomial, Sign, cevns, dipole, electron};
use crate::Error;
use crate::Flavor;
use crate::physics::matter::{Nuclide, Shells, nuclides, shells};
use crate::physics::units::ELECTRON_MASS_MEV;

/// One kind of target particle.
#[derive(Clone, Debug)]
pub enum Scatterer {
    /// A nucleus: CEvNS and the dipole on its charge.
    Nucleus(Nuclide),
    /// The electrons of one atom (or one free electron).
    Electrons(Shells),
}

impl Scatterer {
    /// Mass of the recoiling particle, in MeV.
    #[must_use]
    pub fn mass_mev(&self) -> f64 {
        match self {
            Self::Nucleus(nuclide) => nuclide.mass_mev(),
            Self::Electrons(_) => ELECTRON_MASS_MEV,
        }
    }

    /// What multiplies the dipole cross section of a unit charge: `Z^2 F_Z^2` or `Z_eff(T)`.
    #[must_use]
    pub fn charge_weight(&self, recoil_mev: f64) -> f64 {
        match self {
            Self::Nucleus(nuclide) => nuclide.coherent_protons(recoil_mev).powi(2),
            Self::Electrons(shells) => shells.effective_charge(recoil_mev),
        }
    }

    /// Recoil energies, in MeV, at which the charge weight steps (shell edges; none for a nucleus).
    pub fn steps_mev(&self) -> impl Iterator<Item = f64> {
        let shells = match self {
            Self::Nucleus(_) => None,
            Self::Electrons(shells) => Some(shells),
        };
        shells.into_iter().flat_map(Shells::steps_mev)
    }

    /// SM cross section: CEvNS or neutrino-electron scattering, in MeV^-2 per MeV.
    #[must_use]
    pub fn standard_model(&self, recoil_mev: f64, flavor: Flavor, anti: bool) -> Polynomial {
        match self {
            Self::Nucleus(nuclide) => cevns(nuclide, recoil_mev, flavor),
            Self::Electrons(shells) => electron(recoil_mev, flavor, anti).scaled(shells.effective_charge(recoil_mev)),
        }
    }

    /// Dipole cross section per d^2 (d in MeV^-1), in MeV^-2 per MeV.
    #[must_use]
    pub fn dipole(&self, recoil_mev: f64, sterile_mass_mev: f64, sign: Sign) -> Polynomial {
        dipole(recoil_mev, self.mass_mev(), sterile_mass_mev, sign).scaled(self.charge_weight(recoil_mev))
    }
}

/// The scatterer of this name: a nuclide (`Ge74`), the electrons of an element (`Ge`), or one
/// free `electron`.
///
/// # Errors
/// [`Error::Input`] listing the names there are.
pub fn scatterer(name: &str) -> Result<Scatterer, Error> {
    if name == "electron" {
        return Ok(Scatterer::Electrons(Shells::free_electron()));
    }
    let all = nuclides()?;
    if let Some(nuclide) = all.iter().find(|nuclide| nuclide.name() == name) {
        return Ok(Scatterer::Nucleus(nuclide.clone()));
    }
    if let Some(nuclide) = all.iter().find(|nuclide| nuclide.element == name) {
        return Ok(Scatterer::Electrons(shells(name, nuclide.protons)?));
    }
    let names: Vec<_> = all.iter().map(Nuclide::name).collect();
    Err(Error::input(
        "target",
        format!("'{name}'"),
        format!("{}, an element of these for its electrons, electron", names.join(", ")),
    ))
}

/// Scatterers, each with how many of them there are.
pub type Particles = Vec<(Scatterer, f64)>;

/// The nuclei and the electrons of `elements`, with how many of each there are per formula unit
/// (nuclei by natural abundance).
///
/// # Errors
/// [`Error::Table`] for an element without nuclides or shells.
pub fn particles_of(elements: &[&str]) -> Result<(Particles, Particles), Error> {
    let all = nuclides()?;
    let (mut nuclei, mut electrons) = (Vec::new(), Vec::new());
    for element in elements {
        let isotopes: Vec<_> = all.iter().filter(|nuclide| nuclide.element == *element).collect();
        let first = isotopes
            .first()
            .ok_or_else(|| Error::table("nuclides", format!("no nuclide of {element}")))?;
        electrons.push((Scatterer::Electrons(shells(element, first.protons)?), 1.0));
        nuclei.extend(
            isotopes
                .iter()
                .map(|nuclide| (Scatterer::Nucleus((*nuclide).clone()), nuclide.abundance)),
        );
    }
    Ok((nuclei, electrons))
}
