//! Scintillation of CsI: recoil energy to photoelectrons, and the efficiencies of COHERENT.
//!
//! Response of the COHERENT CsI data release (arXiv:2110.07730).

use crate::physics::units::KEV_PER_MEV;

/// Coefficients of `E_ee = sum c_n T^n`, T and E_ee in MeV, n = 1 to 4.
const LIGHT_YIELD: [f64; 4] = [0.055_462_8, 4.306_81, -111.707, 840.384];
/// Photoelectrons per keV of electron-equivalent energy: the mean is `E_ee / 0.0749 keV`.
const KEV_PER_PHOTOELECTRON: f64 = 0.0749;
/// Shape parameter of the photoelectron distribution per keV of electron-equivalent energy.
const SHAPE_PER_KEV: f64 = 9.56;

/// Electron-equivalent energy, in MeV, of a nuclear recoil of `recoil_mev`.
#[must_use]
pub fn electron_equivalent_mev(recoil_mev: f64) -> f64 {
    let [c1, c2, c3, c4] = LIGHT_YIELD;
    recoil_mev * (c1 + recoil_mev * (c2 + recoil_mev * (c3 + recoil_mev * c4)))
}

/// Efficiency at `photoelectrons` reconstructed photoelectrons.
#[must_use]
pub fn photoelectron_efficiency(photoelectrons: f64) -> f64 {
    (1.320_45 / (1.0 + (-0.285_979 * (photoelectrons - 10.864_6)).exp()) - 0.333_322).max(0.0)
}

/// Efficiency at arrival time `time_us`.
#[must_use]
pub fn time_efficiency(time_us: f64) -> f64 {
    if time_us < 0.52 {
        1.0
    } else {
        (-0.0494 * (time_us - 0.52)).exp()
    }
}

/// Photoelectron spectrum with efficiency, integrated over bins by Gauss-Legendre quadrature.
///
/// Six points on panels of at most 2 photoelectrons, with a panel edge where the efficiency
/// rises from zero; relative error below 1e-6 for recoils that are seen at all (checked in the tests).
#[derive(Clone, Debug)]
pub struct Scintillation {
    bins: usize,
    points: Vec<Point>,
}

#[derive(Clone, Copy, Debug)]
struct Point {
    bin: usize,
    photoelectrons: f64,
    log_photoelectrons: f64,
    /// Quadrature weight times efficiency.
    weight: f64,
}

/// Six-point Gauss-Legendre rule on -1..1: abscissas and weights of its positive half.
const GAUSS_6: [(f64, f64); 3] = [
    (0.238_619_186_083_197, 0.467_913_934_572_691),
    (0.661_209_386_466_264_5, 0.360_761_573_048_138_6),
    (0.932_469_514_203_152, 0.171_324_492_379_170_3),
];

impl Scintillation {
    /// For bins between `edges` in photoelectrons.
    #[must_use]
    pub fn new(edges: &[f64]) -> Self {
        // Zero of the efficiency: 1.32045/(1 + e) = 0.333322.
        let onset = 10.864_6 - (1.320_45_f64 / 0.333_322 - 1.0).ln() / 0.285_979;
        let mut points = Vec::new();
        for (bin, edge) in edges.windows(2).enumerate() {
            let (low, high) = (edge[0].max(onset), edge[1]);
            let panels = ((high - low) / 2.0).ceil().max(0.0);
            for panel in 0..panels as usize {
                let half = 0.5 * (high - low) / panels;
                let middle = low + (2.0 * panel as f64 + 1.0) * half;
                for (abscissa, weight) in GAUSS_6 {
                    for photoelectrons in [middle - half * abscissa, middle + half * abscissa] {
                        points.push(Point {
                            bin,
                            photoelectrons,
                            log_photoelectrons: photoelectrons.ln(),
                            weight: half * weight * photoelectron_efficiency(photoelectrons),
                        });
                    }
                }
            }
        }
        Self {
            bins: edges.len().saturating_sub(1),
            points,
        }
    }

    /// Probability to be seen in each bin at electron-equivalent energy `electron_equivalent_mev`:
    /// gamma distribution of shape `1 + b` and rate `a (1 + b)`.
    #[must_use]
    pub fn bin_probabilities(&self, electron_equivalent_mev: f64) -> Vec<f64> {
        let mut bins = vec![0.0; self.bins];
        let energy_kev = electron_equivalent_mev * KEV_PER_MEV;
        if energy_kev <= 0.0 {
            return bins;
        }
        let shape = 1.0 + SHAPE_PER_KEV * energy_kev;
        let rate = KEV_PER_PHOTOELECTRON / energy_kev * shape;
        let log_norm = shape * rate.ln() - libm::lgamma(shape);
        for point in &self.points {
            let log_density = log_norm + (shape - 1.0) * point.log_photoelectrons - rate * point.photoelectrons;
            bins[point.bin] += point.weight * log_density.exp();
        }
        bins
    }
}
