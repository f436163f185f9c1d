//! Scintillation of CsI: recoil energy to photoelectrons, and efficiencies in photoelectrons and time, in the form of the
//! COHERENT CsI data release (arXiv:2110.07730).

use crate::Error;
use crate::choice::named_choice;
use crate::data::Reader;
use crate::numerics::decimal;
use crate::physics::units::KEV_PER_MEV;

named_choice! {
    /// How much light nuclear recoils give, beside electrons of the same energy.
    "light-yield": pub enum LightYield {
        /// The fit of the COHERENT CsI data release, arXiv:2110.07730 and arXiv:2111.02477.
        Polynomial = "polynomial",
        /// The same share at all energies, as COHERENT took it in 2017, arXiv:1708.01294.
        Constant = "constant",
    }
}

/// Light yield, photoelectron distribution and efficiencies of a scintillation detector.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Light {
    /// Coefficients of `E_ee = sum c_n T^n`, T and E_ee in MeV, n = 1 to 4.
    pub yields: [f64; 4],
    /// Electron-equivalent energy per photoelectron, in keV: the mean number is `E_ee` over it (0.0749 keV, or
    /// 13.35 photoelectrons per keV).
    pub kev_per_photoelectron: f64,
    /// Shape parameter b of the photoelectron distribution per keV of electron-equivalent energy.
    pub shape_per_kev: f64,
    /// Efficiency in photoelectrons.
    pub photoelectron_efficiency: PhotoelectronEfficiency,
    /// Efficiency in time.
    pub time_efficiency: TimeEfficiency,
}

/// `max(0, amplitude/(1 + exp(-slope (x - middle))) - offset)` at x photoelectrons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PhotoelectronEfficiency {
    /// Height of the step.
    pub amplitude: f64,
    /// Steepness per photoelectron.
    pub slope: f64,
    /// Photoelectrons at its middle.
    pub middle: f64,
    /// What is taken off.
    pub offset: f64,
}

/// 1 until `start_us`, then `exp(-rate (t - start))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeEfficiency {
    /// End of full efficiency, in us.
    pub start_us: f64,
    /// Rate of the fall from there, per us.
    pub rate_per_us: f64,
}

impl Light {
    /// Reads the rows of light yield, photoelectrons and efficiencies.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a missing row or one out of range.
    pub fn read(reader: &mut Reader) -> Result<Self, Error> {
        let scale = reader.positive("light-yield-scale")?;
        let polynomial = [
            reader.number("light-yield-1")?,
            reader.number("light-yield-2")?,
            reader.number("light-yield-3")?,
            reader.number("light-yield-4")?,
        ];
        let constant = reader.positive("light-yield-constant")?;
        let yields = match reader.choice("light-yield")? {
            LightYield::Polynomial => polynomial,
            LightYield::Constant => [constant, 0.0, 0.0, 0.0],
        };
        let light = Self {
            yields: yields.map(|coefficient| scale * coefficient),
            kev_per_photoelectron: reader.positive("energy-per-photoelectron")?,
            shape_per_kev: reader.positive("photoelectron-shape")?,
            photoelectron_efficiency: PhotoelectronEfficiency {
                amplitude: reader.positive("efficiency-amplitude")?,
                slope: reader.positive("efficiency-slope")?,
                middle: reader.number("efficiency-middle")?,
                offset: reader.positive("efficiency-offset")?,
            },
            time_efficiency: TimeEfficiency {
                start_us: reader.not_negative("time-efficiency-start")?,
                rate_per_us: reader.not_negative("time-efficiency-rate")?,
            },
        };
        let PhotoelectronEfficiency { amplitude, offset, .. } = light.photoelectron_efficiency;
        // At a large number of photoelectrons the efficiency is their difference.
        if !(0.0..=1.0).contains(&(amplitude - offset)) {
            let range = say!(
                "'efficiency-offset', which is {}, and up to 1 above it",
                offset.to_string()
            );
            return Err(reader.wrong("efficiency-amplitude", &range));
        }
        // Else every recoil would be seen, however small, and how many there are has no end.
        let least = light.photoelectron_efficiency.least_middle();
        if light.photoelectron_efficiency.middle < least {
            let range = say!(
                "{} or more, so that nothing is seen without photoelectrons",
                decimal::text(least)
            );
            return Err(reader.wrong("efficiency-middle", &range));
        }
        Ok(light)
    }

    /// Electron-equivalent energy, in MeV, of a nuclear recoil of `recoil_mev`.
    #[must_use]
    pub fn electron_equivalent_mev(&self, recoil_mev: f64) -> f64 {
        let [c1, c2, c3, c4] = self.yields;
        recoil_mev * (c1 + recoil_mev * (c2 + recoil_mev * (c3 + recoil_mev * c4)))
    }
}

impl PhotoelectronEfficiency {
    /// Efficiency at `photoelectrons` reconstructed photoelectrons.
    #[must_use]
    pub fn at(&self, photoelectrons: f64) -> f64 {
        let step = 1.0 + (-self.slope * (photoelectrons - self.middle)).exp();
        (self.amplitude / step - self.offset).max(0.0)
    }

    /// Photoelectrons at which it rises from zero.
    fn onset(&self) -> f64 {
        self.middle - self.least_middle()
    }

    /// Middle at which it rises from zero at no photoelectrons.
    fn least_middle(&self) -> f64 {
        (self.amplitude / self.offset - 1.0).ln() / self.slope
    }
}

impl TimeEfficiency {
    /// Efficiency at arrival time `time_us`.
    #[must_use]
    pub fn at(&self, time_us: f64) -> f64 {
        if time_us < self.start_us {
            1.0
        } else {
            (-self.rate_per_us * (time_us - self.start_us)).exp()
        }
    }
}

/// Photoelectron spectrum with efficiency, integrated over bins by Gauss-Legendre quadrature.
///
/// Six points on panels of at most 2 photoelectrons, with a panel edge where the efficiency
/// rises from zero; relative error below 1e-6 for recoils that are seen at all (checked in the tests).
#[derive(Clone, Debug)]
pub struct Scintillation {
    light: Light,
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
    /// The light of a detector in bins between `edges` in photoelectrons.
    #[must_use]
    pub fn new(light: Light, edges: &[f64]) -> Self {
        let efficiency = light.photoelectron_efficiency;
        let onset = efficiency.onset();
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
                            weight: half * weight * efficiency.at(photoelectrons),
                        });
                    }
                }
            }
        }
        Self {
            light,
            bins: edges.len().saturating_sub(1),
            points,
        }
    }

    /// Probability to be seen in each bin at electron-equivalent energy `electron_equivalent_mev`:
    /// gamma distribution of shape `1 + b` and rate `a (1 + b)`
    /// per photoelectron, `a` the energy per photoelectron over `E_ee`, `b` the shape per energy times `E_ee`.
    #[must_use]
    pub fn bin_probabilities(&self, electron_equivalent_mev: f64) -> Vec<f64> {
        let mut bins = vec![0.0; self.bins];
        let energy_kev = electron_equivalent_mev * KEV_PER_MEV;
        if energy_kev <= 0.0 {
            return bins;
        }
        let shape = 1.0 + self.light.shape_per_kev * energy_kev;
        let rate = self.light.kev_per_photoelectron / energy_kev * shape;
        let log_norm = shape * rate.ln() - libm::lgamma(shape);
        for point in &self.points {
            let log_density = log_norm + (shape - 1.0) * point.log_photoelectrons - rate * point.photoelectrons;
            bins[point.bin] += point.weight * log_density.exp();
        }
        bins
    }
}
