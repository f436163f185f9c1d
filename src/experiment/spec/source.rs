//! Where the neutrinos of an experiment are from.

use crate::Error;
use crate::data::Reader;
use crate::physics::source::{Boron8Tables, Component, ReactorFuel, SnsBeam, SourceKind, boron8, reactor};

/// A source, with all its numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum SourceSpec {
    /// A power reactor.
    Reactor {
        /// Antineutrinos at the detector, in 1/cm^2/s.
        flux_per_cm2_s: f64,
        /// Shape of their spectrum.
        fuel: ReactorFuel,
    },
    /// The Spallation Neutron Source.
    Sns {
        /// Protons, neutrinos, distance.
        beam: SnsBeam,
        /// Name of the table of arrival times.
        arrival_table: String,
    },
    /// The Sun.
    Sun {
        /// 8B neutrinos of all flavours, in 1/cm^2/s.
        flux_per_cm2_s: f64,
        /// Spectrum and flavours.
        tables: Boron8Tables,
    },
}

impl SourceSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(match reader.choice::<SourceKind>("source")? {
            SourceKind::Reactor => Self::Reactor {
                flux_per_cm2_s: reader.positive("flux")?,
                fuel: ReactorFuel::read(reader)?,
            },
            SourceKind::Sns => Self::Sns {
                beam: SnsBeam {
                    protons_on_target: reader.positive("protons-on-target")?,
                    neutrinos_per_proton: reader.positive("neutrinos-per-proton")?,
                    distance_m: reader.positive("distance")?,
                },
                arrival_table: reader.text("arrival-table")?,
            },
            SourceKind::Sun => Self::Sun {
                flux_per_cm2_s: reader.positive("flux")?,
                tables: Boron8Tables::read(reader)?,
            },
        })
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> SourceKind {
        match self {
            Self::Reactor { .. } => SourceKind::Reactor,
            Self::Sns { .. } => SourceKind::Sns,
            Self::Sun { .. } => SourceKind::Sun,
        }
    }

    /// Flux in 1/cm^2/s; `None` where the source gives a fluence over its run.
    #[must_use]
    pub fn flux_per_cm2_s(&self) -> Option<f64> {
        match self {
            Self::Reactor { flux_per_cm2_s, .. } | Self::Sun { flux_per_cm2_s, .. } => Some(*flux_per_cm2_s),
            Self::Sns { .. } => None,
        }
    }

    /// The kinds of neutrino at the detector.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table that it names is missing or malformed.
    pub fn components(&self) -> Result<Vec<Component>, Error> {
        Ok(match self {
            Self::Reactor { flux_per_cm2_s, fuel } => vec![reactor(*flux_per_cm2_s, fuel)?],
            Self::Sns { beam, .. } => beam.components().into(),
            Self::Sun { flux_per_cm2_s, tables } => boron8(*flux_per_cm2_s, tables)?.into(),
        })
    }
}
