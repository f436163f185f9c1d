//! Where the neutrinos of an experiment are from.

use crate::Error;
use crate::data::{NamedTable, Reader};
use crate::physics::source::{
    Boron8Tables, Component, ReactorFuel, SnsBeam, SolarSources, SourceKind, boron8, fissions_per_cm2_s, reactor,
};

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
        /// Name of the table of arrival times; `None` where the detector says when neutrinos arrive.
        arrival_table: Option<NamedTable>,
    },
    /// The Sun.
    Sun {
        /// 8B neutrinos of all flavours, in 1/cm^2/s.
        flux_per_cm2_s: f64,
        /// Spectrum and flavours.
        tables: Boron8Tables,
        /// Other neutrinos than those of 8B, where they count.
        others: Option<SolarSources>,
    },
}

/// Flux in a table, in 1/cm^2/s: as it stands there, or from power and distance with as many antineutrinos per fission as the spectra have.
fn reactor_flux_per_cm2_s(reader: &mut Reader, fuel: &mut ReactorFuel) -> Result<f64, Error> {
    if !crate::WORKSHOP || !reader.has("thermal-power") {
        return reader.positive("flux");
    }
    let (power_gw, distance_m) = (reader.positive("thermal-power")?, reader.positive("distance")?);
    let fission_mev = reader.within("energy-per-fission", FISSION_MEV)?;
    let fissions_per_cm2_s = fissions_per_cm2_s(power_gw, distance_m, fission_mev);
    fuel.fissions_per_cm2_s = Some(fissions_per_cm2_s);
    Ok(fuel.antineutrinos_per_fission()? * fissions_per_cm2_s)
}

/// Energy that a fission may release, in MeV: the four isotopes give 202 to 214.
const FISSION_MEV: (f64, f64) = (150.0, 250.0);

impl SourceSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(match reader.choice::<SourceKind>("source")? {
            SourceKind::Reactor => {
                let mut fuel = ReactorFuel::read(reader)?;
                let flux_per_cm2_s = reactor_flux_per_cm2_s(reader, &mut fuel)?;
                Self::Reactor { flux_per_cm2_s, fuel }
            }
            SourceKind::Sns => Self::Sns {
                beam: SnsBeam {
                    protons_on_target: reader.positive("protons-on-target")?,
                    neutrinos_per_proton: reader.positive("neutrinos-per-proton")?,
                    distance_m: reader.positive("distance")?,
                },
                arrival_table: if crate::WORKSHOP
                    && (reader.has("pulse-mean") || reader.says("detector", "pulse-shape"))
                {
                    None
                } else {
                    Some(reader.table("arrival-table")?)
                },
            },
            SourceKind::Sun => Self::Sun {
                flux_per_cm2_s: reader.positive("flux")?,
                tables: Boron8Tables::read(reader)?,
                others: if crate::WORKSHOP && (reader.has("sources-table") || reader.has("pp-spectrum-table")) {
                    Some(SolarSources::read(reader)?)
                } else {
                    None
                },
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
            Self::Sun {
                flux_per_cm2_s,
                tables,
                others,
            } => {
                let mut components: Vec<Component> = boron8(*flux_per_cm2_s, tables)?.into();
                if let Some(others) = others.as_ref().filter(|_| crate::WORKSHOP) {
                    components.extend(others.components()?);
                }
                components
            }
        })
    }
}
