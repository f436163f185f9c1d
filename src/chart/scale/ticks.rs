//! Round values along an axis.

use super::number::power_of_ten;

/// Where an axis is marked.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ticks {
    /// Labelled values.
    pub major: Vec<(f64, String)>,
    /// Values marked without label.
    pub minor: Vec<f64>,
}

impl Ticks {
    /// The same marks at `factor` times their values.
    pub(super) fn times(mut self, factor: f64) -> Self {
        self.major.iter_mut().for_each(|(value, _)| *value *= factor);
        self.minor.iter_mut().for_each(|value| *value *= factor);
        self
    }
}

/// A step from which on labels have a power of ten: there is no room for six digits beside an axis.
const LONG: f64 = 1e4;

/// Steps of 1, 2 or 5 times a power of ten.
#[inline(never)]
pub(super) fn linear(low: f64, high: f64, labels: usize) -> Ticks {
    let span = high - low;
    if !(span > 0.0 && span.is_finite()) {
        return Ticks::default();
    }
    let raw = span / labels as f64;
    let decade = 10_f64.powf(raw.log10().floor());
    let (factor, parts) = [(1.0, 5), (2.0, 4), (5.0, 5), (10.0, 5)]
        .into_iter()
        .find(|(factor, _)| factor * decade >= raw * (1.0 - 1e-9))
        .unwrap_or((10.0, 5));
    let step = factor * decade;
    let decimals = (-step.log10().floor()).max(0.0) as usize;
    let inside = |value: f64| value >= low - 1e-9 * span && value <= high + 1e-9 * span;
    let mut ticks = Ticks::default();
    let first = (low / step).floor() as i64;
    for index in first..=first + 2 * labels as i64 + 3 {
        let major = index as f64 * step;
        if inside(major) {
            // Rounding must not leave a "-0".
            let round = if major.abs() < 1e-9 * span { 0.0 } else { major };
            let label = if step < LONG || round == 0.0 {
                format!("{round:.decimals$}")
            } else {
                let power = high.abs().max(low.abs()).log10().floor();
                let digits = (power - step.log10().floor()).max(0.0) as usize;
                format!("{:.digits$}×{}", round / 10_f64.powf(power), power_of_ten(power as i32))
            };
            ticks.major.push((major, label.replace('-', "−")));
        }
        ticks.minor.extend(
            (1..parts)
                .map(|part| major + step * f64::from(part) / f64::from(parts))
                .filter(|minor| inside(*minor)),
        );
    }
    ticks
}

/// Zero, whole numbers thinned to what there is room for, and the quarters below one.
pub(super) fn square_root(high: f64, labels: usize) -> Ticks {
    if !(high > 0.0 && high.is_finite()) {
        return Ticks::default();
    }
    let every = (high / labels as f64).ceil().max(1.0);
    let whole = (1..=high as i32).map(f64::from);
    let (major, minor): (Vec<f64>, Vec<f64>) = whole.partition(|value| value.rem_euclid(every) < 0.5 || *value == 1.0);
    let label = |value: f64| (value, value.to_string());
    Ticks {
        major: [0.0, 0.5]
            .into_iter()
            .chain(major)
            .filter(|value| *value <= high)
            .map(label)
            .collect(),
        minor: [0.125, 0.25, 0.375, 0.625, 0.75, 0.875]
            .into_iter()
            .chain(minor)
            .filter(|value| *value <= high)
            .collect(),
    }
}

/// Whether an axis is so short that it needs labels between the powers of ten.
pub(super) fn has_labels_between_powers(low: f64, high: f64) -> bool {
    (high / low).log10() <= 1.5
}

pub(super) fn logarithmic(low: f64, high: f64, labels: usize) -> Ticks {
    if !(low > 0.0 && high > low && high.is_finite()) {
        return Ticks::default();
    }
    let inside = |value: f64| value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
    let (first, last) = ((low.log10() - 1e-9).floor() as i32, (high.log10() + 1e-9).ceil() as i32);
    let decades = (high / low).log10();
    let every = (decades / labels as f64).ceil().max(1.0) as i32;
    let mut ticks = Ticks::default();
    // A longer one has two labels of 1, 2 and 5.
    let is_very_short = high < 5.0 * low;
    for exponent in first..=last {
        let decade = 10_f64.powi(exponent);
        if inside(decade) {
            if exponent.rem_euclid(every) == 0 {
                ticks.major.push((decade, power_of_ten(exponent)));
            } else {
                ticks.minor.push(decade);
            }
        }
        for digit in 2..10 {
            let value = f64::from(digit) * decade;
            if !inside(value) {
                continue;
            }
            if has_labels_between_powers(low, high) && (is_very_short || matches!(digit, 2 | 5)) {
                let label = if (-2..3).contains(&exponent) {
                    format!("{:.*}", (-exponent).max(0) as usize, value)
                } else {
                    format!("{digit}×{}", power_of_ten(exponent))
                };
                ticks.major.push((value, label));
            } else if every == 1 {
                ticks.minor.push(value);
            }
        }
    }
    // Nothing is round in powers of ten: as on an even axis, where its labels are short.
    if ticks.major.len() < 2 && low >= 1e-2 {
        return linear(low, high, labels);
    }
    ticks
}
