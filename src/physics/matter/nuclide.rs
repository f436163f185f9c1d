//! Nuclides, as in `data/nuclides.csv`.

use super::helm;
use crate::Error;
use crate::data::NamedTable;
use crate::physics::units::{ATOMIC_MASS_UNIT_MEV, ELECTRON_MASS_MEV};

/// One nuclide as a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Nuclide {
    /// Symbol of the element.
    pub element: String,
    /// Proton number.
    pub protons: u32,
    /// Mass number.
    pub nucleons: u32,
    /// Mole fraction in the natural element.
    pub abundance: f64,
    /// Mass of the neutral atom, in u.
    pub atomic_mass_u: f64,
    /// rms radius of the protons, in fm.
    pub proton_radius_fm: f64,
    /// rms radius of the neutrons, in fm.
    pub neutron_radius_fm: f64,
}

impl Nuclide {
    /// The same with radii of protons and neutrons that are larger by a factor.
    #[must_use]
    pub fn sized(&self, factor: f64) -> Self {
        Self {
            proton_radius_fm: factor * self.proton_radius_fm,
            neutron_radius_fm: factor * self.neutron_radius_fm,
            ..self.clone()
        }
    }

    /// Symbol and mass number, as on the command line: `Ge74`.
    #[must_use]
    pub fn name(&self) -> String {
        format!("{}{}", self.element, self.nucleons)
    }

    /// Mass of the bare nucleus, in MeV.
    #[must_use]
    pub fn mass_mev(&self) -> f64 {
        self.atomic_mass_u * ATOMIC_MASS_UNIT_MEV - f64::from(self.protons) * ELECTRON_MASS_MEV
    }

    /// Protons seen coherently, `Z F_Z(q)`, at recoil energy `recoil_mev` for a Helm surface of `surface_fm`.
    #[must_use]
    pub fn coherent_protons(&self, recoil_mev: f64, surface_fm: f64) -> f64 {
        f64::from(self.protons)
            * helm(
                self.momentum_transfer_mev(recoil_mev),
                self.proton_radius_fm,
                surface_fm,
            )
    }

    /// Neutrons seen coherently, `N F_N(q)`, at recoil energy `recoil_mev` for a Helm surface of `surface_fm`.
    #[must_use]
    pub fn coherent_neutrons(&self, recoil_mev: f64, surface_fm: f64) -> f64 {
        f64::from(self.nucleons - self.protons)
            * helm(
                self.momentum_transfer_mev(recoil_mev),
                self.neutron_radius_fm,
                surface_fm,
            )
    }

    /// `q = sqrt(2 M T)`, in MeV.
    fn momentum_transfer_mev(&self, recoil_mev: f64) -> f64 {
        (2.0 * self.mass_mev() * recoil_mev).sqrt()
    }
}

/// Every nuclide of a table.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed or a nuclide makes no sense.
pub fn nuclides(table: &NamedTable) -> Result<Vec<Nuclide>, Error> {
    let table = table.read()?;
    let elements = table.rows(["element"])?;
    let columns = ["Z", "A", "abundance", "atomic_mass", "r_proton", "r_neutron"];
    let [protons, nucleons, abundance, mass, proton_radius, neutron_radius] = table.columns(columns)?;
    let mut nuclides = Vec::new();
    for (row, [element]) in elements.into_iter().enumerate() {
        let number = |column: &str, value: f64| {
            let whole = (value.fract() == 0.0 && MOST_NUCLEONS.contains(&value)).then_some(value as u32);
            whole.ok_or_else(|| table.wrong(row, column, say!("a whole number from 1 to 300")))
        };
        let nuclide = Nuclide {
            element,
            protons: number("Z", protons[row])?,
            nucleons: number("A", nucleons[row])?,
            abundance: abundance[row],
            atomic_mass_u: mass[row],
            proton_radius_fm: proton_radius[row],
            neutron_radius_fm: neutron_radius[row],
        };
        if !is_sound(&nuclide) {
            return Err(table.wrong(
                row,
                "A",
                say!("nucleons at least as many as protons, an abundance up to 1, mass and radii above zero"),
            ));
        }
        nuclides.push(nuclide);
    }
    Ok(nuclides)
}

/// Protons or nucleons that a nuclide may have.
const MOST_NUCLEONS: std::ops::RangeInclusive<f64> = 1.0..=300.0;

fn is_sound(nuclide: &Nuclide) -> bool {
    nuclide.nucleons >= nuclide.protons
        && (0.0..=1.0).contains(&nuclide.abundance)
        && nuclide.atomic_mass_u > 0.0
        && nuclide.proton_radius_fm > 0.0
        && nuclide.neutron_radius_fm > 0.0
}
