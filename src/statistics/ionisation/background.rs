//! Background of Dresden-II: a constant, an exponential and the electron-capture lines of germanium.

use crate::experiment::{IonisationData, IonisationFitSpec};
use crate::physics::detector::Resolution;
use crate::physics::units::KEV_PER_MEV;
use crate::statistics::{Parameter, Prior};

/// Number of nuisance parameters.
pub(super) const PARAMETERS: usize = 8;

/// Places of the parameters in every list of their values.
pub(super) const CONSTANT: usize = 0;
pub(super) const EXPONENTIAL: usize = 1;
pub(super) const SLOPE: usize = 2;
pub(super) const HEIGHT: usize = 3;
pub(super) const WIDTH: usize = 4;
pub(super) const ENERGY: usize = 5;
pub(super) const M_RATIO: usize = 6;
pub(super) const SIGNAL: usize = 7;

/// The parameters as the fit moves them: in the order of the places above, the last as the factor `1 + a` of the signal.
/// For a coupling far above every limit the factor goes to zero, where `a` has no digits left.
pub(super) type Values = [f64; PARAMETERS];
/// Allowed range of each of the [`Values`].
pub(super) type Ranges = [(f64, f64); PARAMETERS];
/// A symmetric matrix in the parameters, its lower triangle.
pub(super) type Matrix = [Values; PARAMETERS];

/// The ranges for an L1 line within `line_energy_kev`.
pub(super) fn ranges(line_energy_kev: (f64, f64)) -> Ranges {
    let mut ranges = [(0.0, f64::INFINITY); PARAMETERS];
    // A line narrower than a tenth of a bin is invisible; zero would divide.
    ranges[WIDTH] = (1e-3, f64::INFINITY);
    ranges[ENERGY] = line_energy_kev;
    ranges
}

/// The [`Values`] of nuisances, whose last is the shift `a`; `None` unless there are as many.
pub(super) fn to_values(nuisances: &[f64]) -> Option<Values> {
    let mut values: Values = nuisances.try_into().ok()?;
    values[SIGNAL] += 1.0;
    Some(values)
}

/// The nuisances of [`Values`].
pub(super) fn from_values(values: &Values, nuisances: &mut [f64]) {
    nuisances.copy_from_slice(values);
    nuisances[SIGNAL] -= 1.0;
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
    /// In the order of [`Values`]; the last, the signal's, is zero.
    pub(super) gradient: Values,
}

/// `exp(-x^2/2)`, zero where it is below 3e-18: most bins are far from the lines.
#[inline(always)]
fn gaussian(x: f64) -> f64 {
    if x * x > 81.0 { 0.0 } else { (-0.5 * x * x).exp() }
}

/// What value and derivatives of a bin are made of.
struct Shape {
    energy: f64,
    /// `exp(-C E)`.
    decay: f64,
    /// Distances from the L1 and the L2 line, in widths.
    pulls: [f64; 2],
    /// Their heights relative to h.
    lines: [f64; 2],
    /// That of the M line per r and w.
    m: f64,
}

impl Background {
    #[inline(always)]
    fn shape(&self, values: &Values, bin: usize) -> Shape {
        let energy = self.energy_kev[bin];
        let pulls = [values[ENERGY], self.l2_energy_kev].map(|centre| (energy - centre) / values[WIDTH]);
        Shape {
            energy,
            decay: (-values[SLOPE] * energy).exp(),
            pulls,
            lines: [gaussian(pulls[0]), self.l2_ratio * gaussian(pulls[1])],
            m: self.m_line[bin],
        }
    }

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

    #[inline(always)]
    pub(super) fn at(&self, values: &Values, bin: usize) -> Point {
        let (h, w, r) = (values[HEIGHT], values[WIDTH], values[M_RATIO]);
        let Shape {
            energy,
            decay,
            pulls: [pull1, pull2],
            lines: [l1, l2],
            m,
        } = self.shape(values, bin);
        Point {
            value: values[CONSTANT] + values[EXPONENTIAL] * decay + h * (l1 + l2 + r * w * m),
            gradient: [
                1.0,
                decay,
                -values[EXPONENTIAL] * energy * decay,
                l1 + l2 + r * w * m,
                h * ((l1 * pull1 * pull1 + l2 * pull2 * pull2) / w + r * m),
                h * l1 * pull1 / w,
                h * w * m,
                0.0,
            ],
        }
    }

    /// Adds `weight` times the second derivatives of the background in a bin.
    pub(super) fn add_curvature(&self, values: &Values, bin: usize, weight: f64, matrix: &mut Matrix) {
        let (h, w, r) = (values[HEIGHT], values[WIDTH], values[M_RATIO]);
        let Shape {
            energy,
            decay,
            pulls: [pull1, pull2],
            lines: [l1, l2],
            m,
        } = self.shape(values, bin);
        let (square1, square2) = (pull1 * pull1, pull2 * pull2);
        matrix[SLOPE][EXPONENTIAL] -= weight * energy * decay;
        matrix[SLOPE][SLOPE] += weight * values[EXPONENTIAL] * energy * energy * decay;
        matrix[WIDTH][HEIGHT] += weight * ((l1 * square1 + l2 * square2) / w + r * m);
        matrix[ENERGY][HEIGHT] += weight * l1 * pull1 / w;
        matrix[M_RATIO][HEIGHT] += weight * w * m;
        matrix[WIDTH][WIDTH] +=
            weight * h * (l1 * square1 * (square1 - 3.0) + l2 * square2 * (square2 - 3.0)) / (w * w);
        matrix[ENERGY][WIDTH] += weight * h * l1 * pull1 * (square1 - 2.0) / (w * w);
        matrix[ENERGY][ENERGY] += weight * h * l1 * (square1 - 1.0) / (w * w);
        matrix[M_RATIO][WIDTH] += weight * h * m;
    }

    /// Starting values read off a spectrum: its level between the lines, its rise to the threshold, the height of the
    /// L1 line.
    pub(super) fn start(&self, on: &[f64], m_ratio: f64) -> Values {
        let near = |energy_kev: f64| {
            let bin = self.energy_kev.partition_point(|energy| *energy < energy_kev);
            on.get(bin).copied().unwrap_or(0.0)
        };
        let constant = near(0.95).max(0.0);
        [
            constant,
            (2.0 * (near(0.35) - constant)).max(1.0),
            3.0,
            (near(1.297) - constant).max(1.0),
            0.07,
            1.297,
            m_ratio,
            1.0,
        ]
    }
}

/// The nuisances as data, with the starts that the spectrum suggests.
pub(super) fn parameters(
    background: &Background,
    data: &IonisationData,
    ranges: &Ranges,
    m_ratio: Prior,
    signal_width: f64,
) -> Vec<Parameter> {
    let start = background.start(&data.on, m_ratio.centre);
    let free = |place: usize, name: &str, label: &str, unit: &str| Parameter {
        range: ranges[place],
        ..Parameter::free(name, label, unit, start[place])
    };
    vec![
        free(CONSTANT, "constant", word!("constant A"), word!("/day")),
        free(EXPONENTIAL, "exponential", word!("exponential B"), word!("/day")),
        free(SLOPE, "slope_per_kev", word!("its slope C"), "/keV"),
        free(HEIGHT, "line_height", word!("L₁ line, height h"), word!("/day")),
        free(WIDTH, "line_width_kev", word!("L₁ line, width w"), "keV"),
        free(ENERGY, "line_energy_kev", word!("L₁ line, energy c"), "keV"),
        Parameter {
            prior: m_ratio.width.is_finite().then_some(m_ratio),
            ..free(M_RATIO, "m_ratio", word!("M/L ratio r"), "")
        },
        Parameter::shift("signal_shift", word!("signal shift a"), signal_width),
    ]
}
