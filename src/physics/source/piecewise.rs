//! Tabulated spectrum, linear between rows and zero outside.

use super::Moments;
use crate::Error;

/// Piecewise-linear spectrum with cumulative moments in closed form.
///
/// On a segment `phi = a + b E` the three moments are
/// `a dE + b/2 d(E^2)`, `a ln(E2/E1) + b dE` and `a (1/E1 - 1/E2) + b ln(E2/E1)`: exact, so the rate
/// at any recoil, mass and coupling costs a look-up and one logarithm. Checked against adaptive
/// quadrature to 1e-8 in `tests/properties.rs`.
#[derive(Clone, Debug)]
pub struct PiecewiseLinear {
    segments: Vec<Segment>,
    /// Lowest and highest energy, in MeV.
    range_mev: (f64, f64),
    /// From which energy on, in MeV, there is no flux.
    highest_mev: f64,
    /// `buckets[i]`: first segment that may hold an energy of the i-th of equal steps in E.
    buckets: Vec<u32>,
    buckets_per_mev: f64,
}

#[derive(Clone, Copy, Debug)]
struct Segment {
    high_mev: f64,
    inverse_high: f64,
    intercept: f64,
    slope: f64,
    /// Moments above `high_mev`.
    above: Moments,
}

impl Segment {
    #[inline]
    fn moments_from(&self, energy_mev: f64) -> Moments {
        let step = self.high_mev - energy_mev;
        let log = log_of_ratio(energy_mev, step);
        let [k0, k1, k2] = self.above;
        [
            k0 + step * (self.intercept + 0.5 * self.slope * (self.high_mev + energy_mev)),
            k1 + self.intercept * log + self.slope * step,
            k2 + self.intercept * step / energy_mev * self.inverse_high + self.slope * log,
        ]
    }
}

/// `ln((energy + step)/energy)` without losing the digits of a short step.
///
/// Up to a tenth of the energy as the series `2 (z + z^3/3 + ...)`, `z = step/(2 energy + step)`, to `z^9` (relative error below
/// 1e-14): the tables' rows are that close, and this is the innermost loop of everything.
#[inline]
fn log_of_ratio(energy: f64, step: f64) -> f64 {
    let z = step / (2.0 * energy + step);
    if z < 0.05 {
        let square = z * z;
        2.0 * z * (1.0 + square * (1.0 / 3.0 + square * (0.2 + square * (1.0 / 7.0 + square / 9.0))))
    } else {
        (step / energy).ln_1p()
    }
}

impl PiecewiseLinear {
    /// A spectrum through `(energy_mev, value)`, energies rising and positive, values not negative, all finite.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) (under `name`) if the rows are not such a spectrum.
    pub fn new(name: &str, energies_mev: &[f64], values: &[f64]) -> Result<Self, Error> {
        let rising = energies_mev.windows(2).all(|pair| pair[0] < pair[1]);
        let positive = energies_mev.iter().all(|energy| *energy > 0.0 && energy.is_finite());
        if energies_mev.len() < 2 || energies_mev.len() != values.len() || !rising || !positive {
            return Err(Error::table(name, "energies must be positive and rise"));
        }
        if values.iter().any(|value| !(value.is_finite() && *value >= 0.0)) {
            return Err(Error::table(name, "flux must not be negative"));
        }
        let mut segments: Vec<Segment> = energies_mev
            .windows(2)
            .zip(values.windows(2))
            .map(|(energy, value)| {
                let slope = (value[1] - value[0]) / (energy[1] - energy[0]);
                Segment {
                    high_mev: energy[1],
                    inverse_high: 1.0 / energy[1],
                    intercept: value[0] - slope * energy[0],
                    slope,
                    above: [0.0; 3],
                }
            })
            .collect();
        for index in (1..segments.len()).rev() {
            segments[index - 1].above = segments[index].moments_from(energies_mev[index]);
        }
        let range_mev = (energies_mev[0], energies_mev[energies_mev.len() - 1]);
        let last = values.iter().rposition(|value| *value > 0.0);
        let highest_mev = last.and_then(|last| energies_mev.get(last + 1)).copied();
        let (buckets, buckets_per_mev) = buckets(&segments, range_mev);
        Ok(Self {
            segments,
            range_mev,
            highest_mev: highest_mev.unwrap_or(range_mev.1),
            buckets,
            buckets_per_mev,
        })
    }

    /// Moments above `energy_mev`.
    #[must_use]
    #[inline]
    pub fn moments_above(&self, energy_mev: f64) -> Moments {
        let (low, high) = self.range_mev;
        if energy_mev >= high || energy_mev.is_nan() {
            return [0.0; 3];
        }
        let energy = energy_mev.max(low);
        let bucket = ((energy - low) * self.buckets_per_mev) as usize;
        let mut index = self.buckets[bucket.min(self.buckets.len() - 1)] as usize;
        while self.segments[index].high_mev < energy {
            index += 1;
        }
        self.segments[index].moments_from(energy)
    }

    /// Integral of flux times energy above `energy_mev`, segment by segment in closed form; zero above the table.
    #[must_use]
    pub fn energy_above(&self, energy_mev: f64) -> f64 {
        let mut from = self.range_mev.0;
        let mut sum = 0.0;
        for segment in &self.segments {
            let (low, high) = (from.max(energy_mev), segment.high_mev);
            from = high;
            if low < high {
                let squares = (low * low + low * high + high * high) / 3.0;
                sum += (high - low) * (segment.intercept * 0.5 * (low + high) + segment.slope * squares);
            }
        }
        sum
    }

    /// Energy, in MeV, from which on there is no flux: the last of the table, or the first of the zeros at its end.
    #[must_use]
    pub fn highest_energy_mev(&self) -> f64 {
        self.highest_mev
    }
}

/// Equal steps in energy, twice as many as segments, each with the first segment reaching into it.
fn buckets(segments: &[Segment], (low, high): (f64, f64)) -> (Vec<u32>, f64) {
    let count = 2 * segments.len();
    let per_mev = count as f64 / (high - low);
    let buckets = (0..count)
        .map(|bucket| {
            let start = low + bucket as f64 / per_mev;
            // A hair below, so that rounding never skips the segment that holds the energy.
            let start = start - 1e-9 * (high - low);
            segments.partition_point(|segment| segment.high_mev < start) as u32
        })
        .collect();
    (buckets, per_mev)
}
