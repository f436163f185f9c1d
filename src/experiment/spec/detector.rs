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
        /// The same, of which an excess over the background is published.
        IonisationExcess = "ionisation-excess",
        /// Scintillation of CsI: photoelectrons and arrival time.
        Scintillation = "scintillation",
        /// Efficiency over recoil energy, one bin.
        Efficiency = "efficiency",
        /// Response matrices over recoil energy, for several runs.
        Response = "response",
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
    },
    /// Efficiency.
    Efficiency {
        /// Name of the table.
        table: String,
        /// Its column.
        column: String,
        /// Highest recoil that counts, in MeV.
        highest_recoil_mev: f64,
    },
    /// Response.
    Response(ResponseSpec),
}

/// Response matrices over recoil energy.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseSpec {
    /// Name of their table.
    pub table: String,
    /// What its numbers are multiplied by.
    pub unit: f64,
    /// Names of the runs, in order.
    pub runs: Vec<String>,
    /// Their exposures, in t yr: shares of that of the target.
    pub exposures: Vec<f64>,
    /// Range of the signal, in PE.
    pub signal_pe: (f64, f64),
    /// Number of its equal bins.
    pub bins: usize,
    /// Name of the table of data and backgrounds.
    pub data: String,
}

/// Ionisation of quenched nuclear recoils and of electron recoils.
#[derive(Clone, Debug, PartialEq)]
pub struct IonisationSpec {
    /// Name of the table of measured quenching factors; `None` where Lindhard's formula is the only model.
    pub quenching_table: Option<String>,
    /// Lindhard parameter of the experiment; what is used is that of the settings.
    pub lindhard_k: f64,
    /// Lowest ionisation energy that gives a signal, in MeV.
    pub threshold_mev: f64,
    /// Energy resolution.
    pub resolution: Resolution,
    /// Name of the table of the spectrum.
    pub data: String,
    /// Width of its bins, in keV; `None` for an excess, whose table has edges.
    pub bin_width_kev: Option<f64>,
}

impl DetectorSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(match reader.choice::<Detector>("detector")? {
            Detector::Ionisation => Self::Ionisation(IonisationSpec::read(reader, false)?),
            Detector::IonisationExcess => Self::Ionisation(IonisationSpec::read(reader, true)?),
            Detector::Scintillation => Self::Scintillation {
                light: Light::read(reader)?,
                data: reader.text("data")?,
            },
            Detector::Efficiency => Self::Efficiency {
                table: reader.text("efficiency-table")?,
                column: reader.text("efficiency-column")?,
                highest_recoil_mev: reader.positive("recoil-high")? / KEV_PER_MEV,
            },
            Detector::Response => Self::Response(ResponseSpec::read(reader)?),
        })
    }

    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> Detector {
        match self {
            Self::Ionisation(spec) if spec.is_excess() => Detector::IonisationExcess,
            Self::Ionisation(_) => Detector::Ionisation,
            Self::Scintillation { .. } => Detector::Scintillation,
            Self::Efficiency { .. } => Detector::Efficiency,
            Self::Response(_) => Detector::Response,
        }
    }
}

impl ResponseSpec {
    /// Most bins that a run can have.
    const MOST_BINS: f64 = 1e3;

    fn read(reader: &mut Reader) -> Result<Self, Error> {
        let runs: Vec<String> = reader.text("runs")?.split(' ').map(str::to_owned).collect();
        let exposures = reader.list("run-exposures", runs.len())?;
        if exposures.iter().sum::<f64>() <= 0.0 {
            return Err(reader.error("'run-exposures' must be above zero"));
        }
        Ok(Self {
            table: reader.text("response-table")?,
            unit: reader.positive("response-unit")?,
            exposures,
            runs,
            signal_pe: reader.range("signal-low", "signal-high")?,
            bins: reader.within("signal-bins", (1.0, Self::MOST_BINS))? as usize,
            data: reader.text("data")?,
        })
    }
}

impl IonisationSpec {
    /// Whether its data are an excess over the background, per kg and run, and not what was counted per day.
    #[must_use]
    pub fn is_excess(&self) -> bool {
        self.bin_width_kev.is_none()
    }

    fn read(reader: &mut Reader, is_excess: bool) -> Result<Self, Error> {
        let quenching_table = if is_excess {
            None
        } else {
            Some(reader.text("quenching-table")?)
        };
        Ok(Self {
            quenching_table,
            lindhard_k: reader.within("lindhard-k", LINDHARD_K_RANGE)?,
            threshold_mev: reader.positive("ionisation-threshold")? * 1e-6,
            resolution: Resolution {
                noise_mev: reader.positive("noise")? * 1e-6,
                fano: reader.not_negative("fano")?,
                pair_mev: reader.not_negative("pair-energy")? * 1e-6,
            },
            data: reader.text("data")?,
            bin_width_kev: if is_excess {
                None
            } else {
                Some(reader.positive("bin-width")?)
            },
        })
    }
}
