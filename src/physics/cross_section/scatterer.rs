//! What a neutrino scatters on, with its SM and dipole cross sections.

use super::{Polynomial, Sign, cevns, dipole, electron};
use crate::Error;
use crate::Flavor;
use crate::error::quoted;
use crate::physics::StandardModel;
use crate::physics::matter::{Nuclide, Shells, nuclides, shells};
use crate::physics::units::ELECTRON_MASS_MEV;
use std::sync::Arc;

/// One kind of target particle, with the couplings and shapes that its cross sections need.
#[derive(Clone, Debug)]
pub struct Scatterer {
    target: Target,
    model: Arc<StandardModel>,
}

/// What recoils.
#[derive(Clone, Debug)]
pub enum Target {
    /// A nucleus: CEvNS and the dipole on its charge.
    Nucleus(Nuclide),
    /// The electrons of one atom (or one free electron).
    Electrons(Shells),
}

impl Scatterer {
    /// A target particle in a model.
    #[must_use]
    pub fn new(target: Target, model: Arc<StandardModel>) -> Self {
        Self { target, model }
    }

    /// What recoils.
    #[must_use]
    pub fn target(&self) -> &Target {
        &self.target
    }

    /// Mass of the recoiling particle, in MeV.
    #[must_use]
    pub fn mass_mev(&self) -> f64 {
        match &self.target {
            Target::Nucleus(nuclide) => nuclide.mass_mev(),
            Target::Electrons(_) => ELECTRON_MASS_MEV,
        }
    }

    /// What multiplies the dipole cross section of a unit charge: `Z^2 F_Z^2` or `Z_eff(T)`.
    #[must_use]
    pub fn charge_weight(&self, recoil_mev: f64) -> f64 {
        match &self.target {
            Target::Nucleus(nuclide) => nuclide.coherent_protons(recoil_mev, self.model.surface_fm).powi(2),
            Target::Electrons(shells) => shells.effective_charge(recoil_mev),
        }
    }

    /// Recoil energies, in MeV, at which the charge weight steps (shell edges; none for a nucleus).
    pub fn steps_mev(&self) -> impl Iterator<Item = f64> {
        let shells = match &self.target {
            Target::Nucleus(_) => None,
            Target::Electrons(shells) => Some(shells),
        };
        shells.into_iter().flat_map(Shells::steps_mev)
    }

    /// SM cross section: CEvNS or neutrino-electron scattering, in MeV^-2 per MeV.
    #[must_use]
    pub fn standard_model(&self, recoil_mev: f64, flavor: Flavor, anti: bool) -> Polynomial {
        match &self.target {
            Target::Nucleus(nuclide) => cevns(nuclide, recoil_mev, flavor, &self.model),
            Target::Electrons(shells) => electron(recoil_mev, flavor, anti, self.model.sin2_weak_angle)
                .scaled(shells.effective_charge(recoil_mev)),
        }
    }

    /// Dipole cross section per d^2 (d in MeV^-1), in MeV^-2 per MeV.
    #[must_use]
    pub fn dipole(&self, recoil_mev: f64, sterile_mass_mev: f64, sign: Sign) -> Polynomial {
        dipole(recoil_mev, self.mass_mev(), sterile_mass_mev, sign).scaled(self.charge_weight(recoil_mev))
    }
}

/// The scatterer of this name: a nuclide (`Ge74`), the electrons of an element (`Ge`), or one
/// free `electron`, with the couplings of `data/standard_model.csv`.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) listing the names there are.
pub fn scatterer(name: &str) -> Result<Scatterer, Error> {
    let model = Arc::new(StandardModel::built_in()?);
    if name == "electron" {
        return Ok(Scatterer::new(Target::Electrons(Shells::free_electron()), model));
    }
    let all = nuclides(&model.nuclides_table)?;
    if let Some(nuclide) = all.iter().find(|nuclide| nuclide.name() == name) {
        return Ok(Scatterer::new(Target::Nucleus(nuclide.clone()), model));
    }
    if let Some(nuclide) = all.iter().find(|nuclide| nuclide.element == name) {
        let shells = shells(&model.shells_table, name, nuclide.protons)?;
        return Ok(Scatterer::new(Target::Electrons(shells), model));
    }
    let names: Vec<_> = all.iter().map(Nuclide::name).collect();
    Err(Error::input(
        "target",
        quoted(name),
        format!("{}, an element of these for its electrons, electron", names.join(", ")),
    ))
}

/// Scatterers, each with how many of them there are.
pub type Particles = Vec<(Scatterer, f64)>;

/// The nuclei and the electrons of `elements`, with how many of each there are per formula unit
/// (nuclei by natural abundance).
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for an element without nuclides or shells.
pub fn particles_of(elements: &[String], model: &StandardModel) -> Result<(Particles, Particles), Error> {
    let all = nuclides(&model.nuclides_table)?;
    let model = Arc::new(model.clone());
    let scatterer = |target| Scatterer::new(target, Arc::clone(&model));
    let (mut nuclei, mut electrons) = (Vec::new(), Vec::new());
    for element in elements {
        let isotopes: Vec<_> = all.iter().filter(|nuclide| nuclide.element == *element).collect();
        let first = isotopes
            .first()
            .ok_or_else(|| Error::table(model.nuclides_table.name(), format!("no nuclide of {element}")))?;
        let shells = shells(&model.shells_table, element, first.protons)?.bound(model.electron_binding);
        electrons.push((scatterer(Target::Electrons(shells)), 1.0));
        nuclei.extend(isotopes.iter().map(|nuclide| {
            let sized = nuclide.sized(model.radius_scale);
            (scatterer(Target::Nucleus(sized)), nuclide.abundance)
        }));
    }
    Ok((nuclei, electrons))
}
