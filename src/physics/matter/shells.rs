//! Electron shells, as in `data/electron_shells.csv` in the free-electron approximation.

use crate::physics::standard_model::ElectronBinding;
use crate::physics::units::KEV_PER_MEV;
use crate::{Error, data};

/// Electrons of one element that a recoil of a given energy can set free.
#[derive(Clone, Debug, PartialEq)]
pub struct Shells {
    electrons: u32,
    /// Binding energy in MeV and number of electrons, of every shell of the table.
    bound: Vec<(f64, u32)>,
}

impl Shells {
    /// A single electron at rest.
    #[must_use]
    pub fn free_electron() -> Self {
        Self {
            electrons: 1,
            bound: Vec::new(),
        }
    }

    /// The same with electrons bound in another way.
    #[must_use]
    pub fn bound(self, binding: ElectronBinding) -> Self {
        match binding {
            ElectronBinding::Steps => self,
            ElectronBinding::Free => Self {
                bound: Vec::new(),
                ..self
            },
            ElectronBinding::None => Self {
                electrons: 0,
                bound: Vec::new(),
            },
        }
    }

    /// `Z_eff(T)`: the electrons bound by less than the recoil energy; valence electrons always count.
    #[must_use]
    pub fn effective_charge(&self, recoil_mev: f64) -> f64 {
        let held: u32 = self
            .bound
            .iter()
            .filter(|(binding_mev, _)| *binding_mev >= recoil_mev)
            .map(|(_, electrons)| electrons)
            .sum();
        f64::from(self.electrons - held)
    }

    /// Binding energies in MeV, where [`Self::effective_charge`] steps.
    pub fn steps_mev(&self) -> impl Iterator<Item = f64> {
        self.bound.iter().map(|(binding_mev, _)| *binding_mev)
    }
}

/// The shells in a table (`electron_shells`) of an element of proton number `protons`.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table does not know the element, or gives it more electrons than protons.
pub fn shells(table: &str, element: &str, protons: u32) -> Result<Shells, Error> {
    let table = data::table(table)?;
    let mut bound = Vec::new();
    for [name, binding_kev, electrons] in table.rows(["element", "binding", "electrons"])? {
        if name == element {
            bound.push((table.number(&binding_kev)? / KEV_PER_MEV, table.whole(&electrons)?));
        }
    }
    let listed: u32 = bound.iter().map(|(_, electrons)| electrons).sum();
    if bound.is_empty() || listed > protons {
        return Err(Error::table(
            table.name(),
            format!("{element}: {listed} electrons for proton number {protons}"),
        ));
    }
    Ok(Shells {
        electrons: protons,
        bound,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn germanium_counts_its_electrons() {
        let germanium = shells("electron_shells", "Ge", 32).expect("the table has germanium");
        // Only the four valence electrons below every listed shell, all 32 above the K edge.
        assert_eq!(germanium.effective_charge(1e-6), 4.0);
        assert_eq!(germanium.effective_charge(0.0298e-3 + 1e-9), 14.0);
        assert_eq!(germanium.effective_charge(12e-3), 32.0);
    }

    #[test]
    fn unknown_element_is_an_error() {
        assert!(shells("electron_shells", "Uuo", 118).is_err());
    }
}
