//! How an experiment sees recoils.

use super::recoil_bins::{self, RecoilBins};
use super::runs;
use super::{ElectronRecoilsSpec, PulseShapeSpec};
use crate::Error;
use crate::choice::named_choice;
use crate::data::{NamedTable, Reader};
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
        /// Efficiency over recoil energy, in one bin or several.
        Efficiency = "efficiency",
        /// Response matrices over recoil energy, for several runs.
        Response = "response",
        /// Light and pulse shape of a liquid noble gas: reconstructed energy, pulse shape and arrival time.
        PulseShape = "pulse-shape",
        /// Electron recoils in one run or several: efficiency over recoil energy, then resolution.
        ElectronRecoils = "electron-recoils",
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
        data: NamedTable,
        /// Whether arrival times are used, or their sum.
        timing: Switch,
    },
    /// Efficiency.
    Efficiency {
        /// Efficiency over recoil energy.
        efficiency: EfficiencySpec,
        /// Lowest and highest recoil that count, in MeV.
        recoils_mev: (f64, f64),
        /// Bins of recoil energy, with what was counted there; `None` for all recoils in one bin, of which a published bound tells.
        bins: Option<RecoilBins>,
        /// Whether electrons that recoil are seen as nuclei are.
        electrons: Switch,
    },
    /// Response.
    Response(ResponseSpec),
    /// Reconstructed energy, pulse shape and arrival time.
    PulseShape(PulseShapeSpec),
    /// Electron recoils in runs.
    ElectronRecoils(ElectronRecoilsSpec),
}

/// Response matrices over recoil energy.
#[derive(Clone, Debug, PartialEq)]
pub struct ResponseSpec {
    /// Their table.
    pub table: NamedTable,
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
    /// Table of data and backgrounds.
    pub data: NamedTable,
}

/// Efficiency over recoil energy.
#[derive(Clone, Debug, PartialEq)]
pub enum EfficiencySpec {
    /// A table, and its column.
    Table(NamedTable, String),
    /// The same for all recoils that count.
    Constant(f64),
}

/// Ionisation of quenched nuclear recoils and of electron recoils.
#[derive(Clone, Debug, PartialEq)]
pub struct IonisationSpec {
    /// Name of the table of measured quenching factors; `None` where Lindhard's formula is the only model.
    pub quenching_table: Option<NamedTable>,
    /// Lindhard parameter of the experiment; what is used is that of the settings.
    pub lindhard_k: f64,
    /// Lowest ionisation energy that gives a signal, in MeV.
    pub threshold_mev: f64,
    /// Energy resolution.
    pub resolution: Resolution,
    /// Name of the table of the spectrum.
    pub data: NamedTable,
    /// Width of its bins, in keV; `None` for an excess, whose table has edges.
    pub bin_width_kev: Option<f64>,
}

impl DetectorSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(match reader.choice::<Detector>("detector")? {
            Detector::Ionisation => Self::Ionisation(IonisationSpec::read(reader, false)?),
            Detector::IonisationExcess if crate::WORKSHOP => Self::Ionisation(IonisationSpec::read(reader, true)?),
            Detector::Scintillation => Self::Scintillation {
                light: Light::read(reader)?,
                data: reader.table("data")?,
                timing: reader.choice("timing")?,
            },
            Detector::Efficiency => Self::efficiency(reader)?,
            Detector::Response if crate::WORKSHOP => Self::Response(ResponseSpec::read(reader)?),
            Detector::PulseShape if crate::WORKSHOP => Self::PulseShape(PulseShapeSpec::read(reader)?),
            Detector::ElectronRecoils if crate::WORKSHOP => Self::ElectronRecoils(ElectronRecoilsSpec::read(reader)?),
            // No table of the program that is loaded first has these.
            Detector::IonisationExcess | Detector::Response | Detector::PulseShape | Detector::ElectronRecoils => {
                return Err(reader.error("detector"));
            }
        })
    }

    fn efficiency(reader: &mut Reader) -> Result<Self, Error> {
        let efficiency = EfficiencySpec::read(reader)?;
        let low_kev = match efficiency {
            EfficiencySpec::Table(..) => reader.not_negative("recoil-low")?,
            // Nothing else says where it begins.
            EfficiencySpec::Constant(_) => reader.positive("recoil-low")?,
        };
        let high_kev = reader.within("recoil-high", HIGHEST_RECOIL_KEV)?;
        if high_kev <= low_kev {
            return Err(reader.wrong(
                "recoil-high",
                &say!("above '{}', which is {}", "recoil-low", low_kev.to_string()),
            ));
        }
        // A bound on the flux is about all recoils in one bin, and about nuclei alone. The experiments that the page begins with have no more.
        let counts = crate::WORKSHOP && reader.says("statistic", "binned-counts");
        Ok(Self::Efficiency {
            efficiency,
            recoils_mev: (low_kev / KEV_PER_MEV, high_kev / KEV_PER_MEV),
            bins: if counts {
                Some(recoil_bins::read(reader, (low_kev, high_kev))?)
            } else {
                None
            },
            electrons: if counts {
                reader.choice("electron-recoils")?
            } else {
                Switch::Off
            },
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
            Self::PulseShape(_) => Detector::PulseShape,
            Self::ElectronRecoils(_) => Detector::ElectronRecoils,
        }
    }
}

impl EfficiencySpec {
    fn read(reader: &mut Reader) -> Result<Self, Error> {
        if crate::WORKSHOP && reader.has("efficiency") {
            return Ok(Self::Constant(reader.within("efficiency", (0.0, 1.0))?));
        }
        let table = reader.table("efficiency-table")?;
        Ok(Self::Table(table, reader.text("efficiency-column")?))
    }
}

/// Highest recoil energies that can be asked for, in keV: those of any source here are far below the last, and the grid has an end.
pub(super) const HIGHEST_RECOIL_KEV: (f64, f64) = (1e-3, 1e5);

impl ResponseSpec {
    /// Most bins that a run can have.
    const MOST_BINS: usize = 1000;

    fn read(reader: &mut Reader) -> Result<Self, Error> {
        let (runs, exposures) = runs::read(reader)?;
        Ok(Self {
            table: reader.table("response-table")?,
            unit: reader.positive("response-unit")?,
            exposures,
            runs,
            signal_pe: reader.range("signal-low", "signal-high")?,
            bins: reader.whole("signal-bins", (1, Self::MOST_BINS))?,
            data: reader.table("data")?,
        })
    }
}

impl IonisationSpec {
    /// Whether its data are an excess over the background, per kg and run, and not what was counted per day.
    #[must_use]
    pub fn is_excess(&self) -> bool {
        crate::WORKSHOP && self.bin_width_kev.is_none()
    }

    fn read(reader: &mut Reader, is_excess: bool) -> Result<Self, Error> {
        let quenching_table = if is_excess {
            None
        } else {
            Some(reader.table("quenching-table")?)
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
            data: reader.table("data")?,
            bin_width_kev: if is_excess {
                None
            } else {
                Some(reader.positive("bin-width")?)
            },
        })
    }
}
