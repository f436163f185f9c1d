//! How an experiment sees recoils.

use crate::Error;
use crate::choice::named_choice;
use crate::data::Reader;
use crate::physics::detector::{LINDHARD_K_RANGE, Light, Resolution};
use crate::physics::units::KEV_PER_MEV;

named_choice! {
    /// How an experiment detects recoils.
    "detector": pub enum Detector {
        /// Ionisation in germanium: quenching, resolution.
        Ionisation = "ionisation",
        /// Scintillation of CsI: photoelectrons and arrival time.
        Scintillation = "scintillation",
        /// Efficiency over recoil energy, one bin.
        Efficiency = "efficiency",
    }
}

named_choice! {
    /// Whether something is part of an analysis.
    "switch": pub enum Switch {
        /// It is.
        On = "on",
        /// It is not.
        Off = "off",
    }
}

/// A detector, with all its numbers and the table of its data.
#[derive(Clone, Debug, PartialEq)]
pub enum DetectorSpec {
    /// Ionisation.
    Ionisation(IonisationSpec),
    /// Scintillation.
    Scintillation {
        /// Light and efficiencies.
        light: Light,
        /// Name of the table of data and backgrounds.
        data: String,
        /// Whether arrival times are used, or their sum.
        timing: Switch,
    },
    /// Efficiency.
    Efficiency {
        /// Name of the table.
        table: String,
        /// Its column.
        column: String,
        /// Lowest and highest recoil that count, in MeV.
        recoils_mev: (f64, f64),
    },
}

/// Ionisation of quenched nuclear recoils and of electron recoils.
#[derive(Clone, Debug, PartialEq)]
pub struct IonisationSpec {
    /// Name of the table of measured quenching factors.
    pub quenching_table: String,
    /// Lindhard parameter of the experiment; what is used is that of the settings.
    pub lindhard_k: f64,
    /// Lowest ionisation energy that gives a signal, in MeV.
    pub threshold_mev: f64,
    /// Energy resolution.
    pub resolution: Resolution,
    /// Name of the table of the spectrum.
    pub data: String,
    /// Width of its bins, in keV.
    pub bin_width_kev: f64,
}

impl DetectorSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(match reader.choice::<Detector>("detector")? {
            Detector::Ionisation => Self::Ionisation(IonisationSpec::read(reader)?),
            Detector::Scintillation => Self::Scintillation {
                light: Light::read(reader)?,
                data: reader.text("data")?,
                timing: reader.choice("timing")?,
            },
            Detector::Efficiency => Self::Efficiency {
                table: reader.text("efficiency-table")?,
                column: reader.text("efficiency-column")?,
                recoils_mev: (
                    reader.not_negative("recoil-low")? / KEV_PER_MEV,
                    reader.positive("recoil-high")? / KEV_PER_MEV,
                ),
            },
        })
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Detector {
        match self {
            Self::Ionisation(_) => Detector::Ionisation,
            Self::Scintillation { .. } => Detector::Scintillation,
            Self::Efficiency { .. } => Detector::Efficiency,
        }
    }
}

impl IonisationSpec {
    fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            quenching_table: reader.text("quenching-table")?,
            lindhard_k: reader.within("lindhard-k", LINDHARD_K_RANGE)?,
            threshold_mev: reader.positive("ionisation-threshold")? * 1e-6,
            resolution: Resolution {
                noise_mev: reader.positive("noise")? * 1e-6,
                fano: reader.not_negative("fano")?,
                pair_mev: reader.not_negative("pair-energy")? * 1e-6,
            },
            data: reader.text("data")?,
            bin_width_kev: reader.positive("bin-width")?,
        })
    }
}
