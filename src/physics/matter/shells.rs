//! Electron shells, as in `data/electron_shells.csv` in the free-electron approximation.

use crate::Error;
use crate::data::NamedTable;
use crate::physics::standard_model::ElectronBinding;
use crate::physics::units::KEV_PER_MEV;

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
pub fn shells(table: &NamedTable, element: &str, protons: u32) -> Result<Shells, Error> {
    let table = table.read()?;
    let [bindings_kev, electrons] = table.columns(["binding", "electrons"])?;
    let mut bound = Vec::new();
    for (row, [name]) in table.rows(["element"])?.iter().enumerate() {
        let (binding_kev, electrons) = (bindings_kev[row], electrons[row]);
        if electrons.fract() != 0.0 || !MOST_ELECTRONS.contains(&electrons) {
            return Err(table.wrong(row, "electrons", say!("a whole number from 1 to 50")));
        }
        if name == element {
            bound.push((binding_kev / KEV_PER_MEV, electrons as u32));
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

/// Electrons that a shell may have.
const MOST_ELECTRONS: std::ops::RangeInclusive<f64> = 1.0..=50.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn germanium_counts_its_electrons() {
        let germanium = shells(&"electron_shells".into(), "Ge", 32).expect("the table has germanium");
        // Only the four valence electrons below every listed shell, all 32 above the K edge.
        assert_eq!(germanium.effective_charge(1e-6), 4.0);
        assert_eq!(germanium.effective_charge(0.0298e-3 + 1e-9), 14.0);
        assert_eq!(germanium.effective_charge(12e-3), 32.0);
    }

    #[test]
    fn unknown_element_is_an_error() {
        assert!(shells(&"electron_shells".into(), "Uuo", 118).is_err());
    }
}
