//! What the neutrinos of an experiment hit, and for how long.

use super::SourceSpec;
use crate::data::Reader;
use crate::physics::StandardModel;
use crate::physics::cross_section::{Particles, Scatterer, Target, particles_of};
use crate::physics::units::{AVOGADRO, DAYS_PER_YEAR, SECONDS_PER_DAY};
use crate::{Choice, Error};

/// A target, with its exposure.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetSpec {
    /// Symbols of the elements of one formula unit.
    pub elements: Vec<String>,
    /// How much of it, and for how long.
    pub exposure: Exposure,
}

/// Amount of target times time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Exposure {
    /// Formula units (atoms of an element) and days.
    Atoms {
        /// Their number.
        atoms: f64,
        /// Time, in d.
        days: f64,
    },
    /// A mass in the fluence of a whole run.
    Mass {
        /// In kg.
        kg: f64,
    },
    /// A mass in a flux, and days.
    MassTime {
        /// In kg.
        kg: f64,
        /// Time, in d.
        days: f64,
    },
    /// A product of mass and time.
    TonneYears {
        /// In t yr.
        tonne_years: f64,
        /// Molar mass, in g/mol.
        molar_mass: f64,
    },
}

impl TargetSpec {
    pub(super) fn read(reader: &mut Reader, source: &SourceSpec) -> Result<Self, Error> {
        let fluence = source.flux_per_cm2_s().is_none();
        let elements = reader.text("elements")?.split(' ').map(str::to_owned).collect();
        // What is there beside the rows of one kind remains unread, which is an error too.
        let exposure = if reader.has("atoms") {
            Exposure::Atoms {
                atoms: reader.positive("atoms")?,
                days: reader.positive("exposure")?,
            }
        } else if reader.has("target-mass") {
            let kg = reader.positive("target-mass")?;
            if reader.has("exposure") && !fluence {
                let days = reader.positive("exposure")?;
                Exposure::MassTime { kg, days }
            } else {
                Exposure::Mass { kg }
            }
        } else if reader.has("target-exposure") {
            Exposure::TonneYears {
                tonne_years: reader.positive("target-exposure")?,
                molar_mass: reader.positive("molar-mass")?,
            }
        } else {
            return Err(reader.error(say!("there is none of {}", "'atoms', 'target-mass', 'target-exposure'")));
        };
        if fluence != matches!(exposure, Exposure::Mass { .. }) {
            let goes_with = if fluence {
                "'target-mass'"
            } else {
                "'atoms' + 'exposure', 'target-mass' + 'exposure', 'target-exposure'"
            };
            let problem = say!("source '{}' goes with {}", source.kind().name(), goes_with);
            return Err(reader.error_at("source", &problem));
        }
        Ok(Self { elements, exposure })
    }

    /// Nuclei and electrons with their number times exposure in s (times 1 for a fluence).
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for an element without nuclides or shells.
    pub fn particles(&self, model: &StandardModel) -> Result<(Particles, Particles), Error> {
        let (mut nuclei, mut electrons) = particles_of(&self.elements, model)?;
        let number = self.number(&nuclei);
        for (_, count) in nuclei.iter_mut().chain(&mut electrons) {
            *count *= number;
        }
        Ok((nuclei, electrons))
    }

    /// Formula units times time, in s.
    fn number(&self, nuclei: &[(Scatterer, f64)]) -> f64 {
        match self.exposure {
            Exposure::Atoms { atoms, days } => atoms * (days * SECONDS_PER_DAY),
            Exposure::Mass { kg } => formula_units(kg, nuclei),
            // Abundances of an element add up to 1 to three digits.
            Exposure::MassTime { kg, days } => {
                let shares: f64 = nuclei.iter().map(|(_, share)| share).sum();
                let per_atom = shares / self.elements.len() as f64;
                formula_units(kg, nuclei) * per_atom * (days * SECONDS_PER_DAY)
            }
            Exposure::TonneYears {
                tonne_years,
                molar_mass,
            } => tonne_years * 1e6 / molar_mass * AVOGADRO * (DAYS_PER_YEAR * SECONDS_PER_DAY),
        }
    }
}

/// Formula units in a mass.
fn formula_units(kg: f64, nuclei: &[(Scatterer, f64)]) -> f64 {
    let mass = |(scatterer, share): &(Scatterer, f64)| match scatterer.target() {
        Target::Nucleus(nuclide) => nuclide.atomic_mass_u * share,
        Target::Electrons(_) => 0.0,
    };
    let molar_mass: f64 = nuclei.iter().map(mass).sum();
    kg * 1e3 / molar_mass * AVOGADRO
}
