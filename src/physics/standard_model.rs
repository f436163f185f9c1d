//! What all cross sections share: weak couplings and the nuclear surface.

use super::Flavor;
use crate::Error;
use crate::choice::named_choice;
use crate::data::{self, Inputs, NamedTable, Reader};

named_choice! {
    /// Which electrons can recoil.
    "electron-binding": pub enum ElectronBinding {
        /// Those that are bound by less than the recoil energy (paper eq. 6).
        Steps = "steps",
        /// All.
        Free = "free",
        /// None: electrons do not count.
        None = "none",
    }
}

/// Weak couplings at low momentum transfer, the shape of nuclei, and the tables that describe targets: the rows of
/// `data/standard_model.csv`.
#[derive(Clone, Debug, PartialEq)]
pub struct StandardModel {
    /// Neutrino-proton vector coupling g_p, by [`Flavor::index`] (paper eq. 4).
    pub proton_coupling: [f64; 3],
    /// Neutrino-neutron vector coupling g_n (paper eq. 4).
    pub neutron_coupling: f64,
    /// sin^2 theta_W at low momentum transfer (paper eq. 6).
    pub sin2_weak_angle: f64,
    /// Surface thickness s of the Helm form factor, in fm.
    pub surface_fm: f64,
    /// Radii of nuclei relative to those of the table.
    pub radius_scale: f64,
    /// Which electrons can recoil.
    pub electron_binding: ElectronBinding,
    /// Name of the table of nuclides.
    pub nuclides_table: NamedTable,
    /// Name of the table of electron shells.
    pub shells_table: NamedTable,
}

impl StandardModel {
    /// Name of the table.
    pub const TABLE: &'static str = "standard_model";

    /// Reads its rows.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a missing row or one out of range.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            proton_coupling: [
                reader.number("proton-coupling-e")?,
                reader.number("proton-coupling-mu")?,
                reader.number("proton-coupling-tau")?,
            ],
            neutron_coupling: reader.number("neutron-coupling")?,
            sin2_weak_angle: reader.within("sin2-weak-angle", (0.0, 1.0))?,
            surface_fm: reader.positive("form-factor-surface")?,
            radius_scale: reader.positive("nuclear-radius-scale")?,
            electron_binding: reader.choice("electron-binding")?,
            nuclides_table: reader.table("nuclides-table")?,
            shells_table: reader.table("shells-table")?,
        })
    }

    /// That of `data/standard_model.csv`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed.
    pub fn built_in() -> Result<Self, Error> {
        let inputs = Inputs::new(&data::table(Self::TABLE)?)?;
        let mut reader = Reader::new(&inputs);
        let model = Self::read(&mut reader)?;
        reader.finish().map(|()| model)
    }

    /// g_p of a flavour.
    #[must_use]
    pub fn proton_coupling(&self, flavor: Flavor) -> f64 {
        self.proton_coupling[flavor.index()]
    }
}
