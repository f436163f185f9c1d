//! Background of Dresden-II: a constant, an exponential and the electron-capture lines of germanium.

use crate::experiment::{IonisationData, IonisationFitSpec};
use crate::physics::detector::Resolution;
use crate::physics::units::KEV_PER_MEV;
use serde::Serialize;

/// Number of nuisance parameters.
pub(super) const PARAMETERS: usize = 8;

/// The parameters as the fit moves them: the fields of [`IonisationNuisances`] in their order, the
/// last as the factor `1 + a` of the signal. For a coupling far above every limit the factor goes to zero,
/// where `a` has no digits left.
pub(super) type Values = [f64; PARAMETERS];

/// Allowed range of each of the [`Values`].
pub(super) type Ranges = [(f64, f64); PARAMETERS];

/// Parameters of background and signal normalisation, energies in keV, heights in counts per day and bin.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IonisationNuisances {
    /// A: constant.
    pub constant: f64,
    /// B: height of the exponential at zero energy.
    pub exponential: f64,
    /// C: its slope, per keV.
    pub slope_per_kev: f64,
    /// h: height of the L1 line.
    pub line_height: f64,
    /// w: its width, in keV.
    pub line_width_kev: f64,
    /// c: its energy, in keV.
    pub line_energy_kev: f64,
    /// r: ratio of the M- to the L-shell line.
    pub m_ratio: f64,
    /// a: relative shift of the signal.
    pub signal_shift: f64,
}

impl IonisationNuisances {
    /// The ranges for an L1 line within `line_energy_kev`.
    pub(super) fn ranges(line_energy_kev: (f64, f64)) -> Ranges {
        [
            (0.0, f64::INFINITY),
            (0.0, f64::INFINITY),
            (0.0, f64::INFINITY),
            (0.0, f64::INFINITY),
            // A line narrower than a tenth of a bin is invisible; zero would divide.
            (1e-3, f64::INFINITY),
            line_energy_kev,
            (0.0, f64::INFINITY),
            (0.0, f64::INFINITY),
        ]
    }

    pub(super) fn to_values(self) -> Values {
        [
            self.constant,
            self.exponential,
            self.slope_per_kev,
            self.line_height,
            self.line_width_kev,
            self.line_energy_kev,
            self.m_ratio,
            1.0 + self.signal_shift,
        ]
    }

    pub(super) fn from_values(values: Values) -> Self {
        let [
            constant,
            exponential,
            slope_per_kev,
            line_height,
            line_width_kev,
            line_energy_kev,
            m_ratio,
            signal_scale,
        ] = values;
        Self {
            constant,
            exponential,
            slope_per_kev,
            line_height,
            line_width_kev,
            line_energy_kev,
            m_ratio,
            signal_shift: signal_scale - 1.0,
        }
    }
}

/// `A + B exp(-C E) + G(h, c, w) + G(0.008 h, 1.142 keV, w) + G(r h w/s_M, 0.158 keV, s_M)` with
/// `G(h, c, w) = h exp(-(E-c)^2/2w^2)` at the bin centres.
#[derive(Clone, Debug)]
pub(super) struct Background {
    energy_kev: Vec<f64>,
    l2_ratio: f64,
    l2_energy_kev: f64,
    /// `exp(-(E - 0.158 keV)^2/2 s_M^2) / s_M` per bin: the M line has no free shape.
    m_line: Vec<f64>,
}

/// Background and its derivatives in a bin.
pub(super) struct Point {
    pub(super) value: f64,
    /// In the order of the fields of [`IonisationNuisances`]; the last, the signal's, is zero.
    pub(super) gradient: [f64; PARAMETERS],
}

/// `exp(-x^2/2)`, zero where it is below 3e-18: most bins are far from the lines.
#[inline]
fn gaussian(x: f64) -> f64 {
    if x * x > 81.0 { 0.0 } else { (-0.5 * x * x).exp() }
}

impl Background {
    pub(super) fn new(spec: &IonisationFitSpec, resolution: &Resolution, energy_kev: &[f64]) -> Self {
        let m_energy_kev = spec.m_energy_kev;
        let m_width_kev = resolution.sigma_mev(m_energy_kev / KEV_PER_MEV) * KEV_PER_MEV;
        let m_line = energy_kev
            .iter()
            .map(|energy| (-0.5 * ((energy - m_energy_kev) / m_width_kev).powi(2)).exp() / m_width_kev)
            .collect();
        Self {
            energy_kev: energy_kev.to_vec(),
            l2_ratio: spec.l2_ratio,
            l2_energy_kev: spec.l2_energy_kev,
            m_line,
        }
    }

    #[inline]
    pub(super) fn at(&self, nuisances: &IonisationNuisances, bin: usize) -> Point {
        let energy = self.energy_kev[bin];
        let (h, w, r) = (nuisances.line_height, nuisances.line_width_kev, nuisances.m_ratio);
        let decay = (-nuisances.slope_per_kev * energy).exp();
        let pull1 = (energy - nuisances.line_energy_kev) / w;
        let pull2 = (energy - self.l2_energy_kev) / w;
        let (l1, l2) = (gaussian(pull1), self.l2_ratio * gaussian(pull2));
        let m = self.m_line[bin];
        Point {
            value: nuisances.constant + nuisances.exponential * decay + h * (l1 + l2 + r * w * m),
            gradient: [
                1.0,
                decay,
                -nuisances.exponential * energy * decay,
                l1 + l2 + r * w * m,
                h * ((l1 * pull1 * pull1 + l2 * pull2 * pull2) / w + r * m),
                h * l1 * pull1 / w,
                h * w * m,
                0.0,
            ],
        }
    }

    /// Starting values read off the spectrum: its level between the lines, its rise to the
    /// threshold, the height of the L1 line.
    pub(super) fn start(&self, data: &IonisationData, m_ratio: f64) -> IonisationNuisances {
        let near = |energy_kev: f64| {
            let bin = data.energy_kev.partition_point(|energy| *energy < energy_kev);
            data.on.get(bin).copied().unwrap_or(0.0)
        };
        let constant = near(0.95);
        IonisationNuisances {
            constant,
            exponential: (2.0 * (near(0.35) - constant)).max(1.0),
            slope_per_kev: 3.0,
            line_height: (near(1.297) - constant).max(1.0),
            line_width_kev: 0.07,
            line_energy_kev: 1.297,
            m_ratio,
            signal_shift: 0.0,
        }
    }
}
