//! Reconstructed energy, pulse shape and arrival time, as of liquid argon at a spallation source.

use crate::Error;
use crate::data::{NamedTable, Reader};
use crate::physics::source::BeamPulse;

/// Scintillation of a liquid noble gas: quenched light, Gaussian resolution, acceptance over reconstructed energy; the shape of a pulse tells
/// nuclear recoils from those of electrons, which are not counted.
#[derive(Clone, Debug, PartialEq)]
pub struct PulseShapeSpec {
    /// `E_ee = (a + b T) T`: a, and b in 1/keV.
    pub light_yield: [f64; 2],
    /// Factor on this light.
    pub light_yield_scale: f64,
    /// Standard deviation of the reconstructed energy over the root of the light, in keV^(1/2).
    pub resolution_sqrt_kev: f64,
    /// Name of the table of the acceptance.
    pub efficiency_table: NamedTable,
    /// Factor on the acceptance.
    pub efficiency_scale: f64,
    /// Name of the table of data, backgrounds and shapes.
    pub data: NamedTable,
    /// Begin of the first bin of arrival time, in us.
    pub time_low_us: f64,
    /// Width of these bins, in us.
    pub time_width_us: f64,
    /// When neutrinos arrive.
    pub pulse: BeamPulse,
}

/// Factors on efficiencies: from nothing to a multiple that only an expectation can have.
pub(super) const EFFICIENCY_SCALES: (f64, f64) = (0.0, 100.0);

/// Resolutions over the root of the energy, in keV^(1/2), that can be asked for: the best of any detector here is 0.3.
pub(super) const RESOLUTIONS_SQRT_KEV: (f64, f64) = (1e-3, 100.0);

impl PulseShapeSpec {
    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            light_yield: [reader.positive("light-yield-1")?, reader.number("light-yield-2")?],
            light_yield_scale: reader.positive("light-yield-scale")?,
            resolution_sqrt_kev: reader.within("resolution-sqrt", RESOLUTIONS_SQRT_KEV)?,
            efficiency_table: reader.table("efficiency-table")?,
            efficiency_scale: reader.within("efficiency-scale", EFFICIENCY_SCALES)?,
            data: reader.table("data")?,
            time_low_us: reader.number("time-low")?,
            time_width_us: reader.positive("time-width")?,
            pulse: BeamPulse {
                mean_us: reader.number("pulse-mean")?,
                shift_us: reader.positive("pulse-shift")?,
                width_us: reader.positive("pulse-width")?,
            },
        })
    }

    /// Light of a nuclear recoil as the energy of an electron that gives as much, in keV; never below zero.
    #[must_use]
    pub fn electron_equivalent_kev(&self, recoil_kev: f64) -> f64 {
        let [linear, quadratic] = self.light_yield;
        (self.light_yield_scale * (linear + quadratic * recoil_kev) * recoil_kev).max(0.0)
    }
}

/// Poisson chi-square of these bins, with normalisations and shapes of signal and backgrounds as nuisances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShapedCountingSpec {
    /// Widths of the priors on the normalisations of signal, prompt and late beam-related neutrons and steady-state background.
    pub uncertainties: [f64; 4],
    /// The three backgrounds relative to those of the table of data.
    pub normalisations: [f64; 3],
    /// Late over prompt beam-related neutrons.
    pub late_ratio: f64,
    /// The bin of arrival time, from zero, that late ones are in.
    pub late_bin: usize,
    /// How many of the first bins of arrival time prompt ones are in.
    pub prompt_bins: usize,
    /// Arrival of prompt ones, a Gaussian: mean and width in us.
    pub arrival_us: (f64, f64),
    /// By how much one standard deviation moves the mean, and narrows the width, in us.
    pub arrival_shifts_us: (f64, f64),
}

/// Most bins of arrival time that a table can have.
const MOST_TIMES: usize = 100;

impl ShapedCountingSpec {
    /// Keys of the normalisations, in the order of [`Self::uncertainties`].
    pub const PARTS: [&str; 4] = ["signal", "brn", "late-brn", "ssb"];

    pub(super) fn read(reader: &mut Reader) -> Result<Self, Error> {
        let mut uncertainties = [0.0; 4];
        for (uncertainty, part) in uncertainties.iter_mut().zip(Self::PARTS) {
            *uncertainty = reader.positive(&format!("{part}-uncertainty"))?;
        }
        let mut normalisations = [1.0; 3];
        for (normalisation, part) in normalisations.iter_mut().zip(&Self::PARTS[1..]) {
            *normalisation = reader.not_negative(&format!("{part}-normalisation"))?;
        }
        Ok(Self {
            uncertainties,
            normalisations,
            late_ratio: reader.not_negative("late-brn-counts")? / reader.positive("brn-counts")?,
            late_bin: reader.whole("late-brn-bin", (0, MOST_TIMES))?,
            prompt_bins: reader.whole("brn-bins", (1, MOST_TIMES))?,
            arrival_us: (reader.number("brn-time")?, reader.positive("brn-width")?),
            arrival_shifts_us: (
                reader.not_negative("brn-time-shift")?,
                reader.not_negative("brn-width-shift")?,
            ),
        })
    }
}
