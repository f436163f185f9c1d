//! What the neutrinos of an experiment hit, and for how long.

use super::SourceSpec;
use crate::Error;
use crate::data::Reader;
use crate::physics::StandardModel;
use crate::physics::cross_section::{Particles, Scatterer, Target, particles_of};
use crate::physics::units::{AVOGADRO, DAYS_PER_YEAR, SECONDS_PER_DAY};

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
        let elements = reader.text("elements")?.split(' ').map(str::to_owned).collect();
        // What is there beside the rows of one kind remains unread, which is an error too.
        let exposure = if reader.has("atoms") {
            Exposure::Atoms {
                atoms: reader.positive("atoms")?,
                days: reader.positive("exposure")?,
            }
        } else if reader.has("target-mass") {
            Exposure::Mass {
                kg: reader.positive("target-mass")?,
            }
        } else if reader.has("target-exposure") {
            Exposure::TonneYears {
                tonne_years: reader.positive("target-exposure")?,
                molar_mass: reader.positive("molar-mass")?,
            }
        } else {
            return Err(reader.error("there is none of 'atoms', 'target-mass', 'target-exposure'"));
        };
        let fluence = source.flux_per_cm2_s().is_none();
        if fluence != matches!(exposure, Exposure::Mass { .. }) {
            let kind = source.kind();
            return Err(reader.error(format!(
                "source '{kind}' goes with {}",
                if fluence {
                    "'target-mass'"
                } else {
                    "'atoms' or 'target-exposure'"
                }
            )));
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
            Exposure::Mass { kg } => {
                let molar_mass: f64 = nuclei
                    .iter()
                    .map(|(scatterer, share)| match scatterer.target() {
                        Target::Nucleus(nuclide) => nuclide.atomic_mass_u * share,
                        Target::Electrons(_) => 0.0,
                    })
                    .sum();
                kg * 1e3 / molar_mass * AVOGADRO
            }
            Exposure::TonneYears {
                tonne_years,
                molar_mass,
            } => tonne_years * 1e6 / molar_mass * AVOGADRO * (DAYS_PER_YEAR * SECONDS_PER_DAY),
        }
    }
}
