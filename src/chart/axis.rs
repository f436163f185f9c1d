//! Axes: from values to a fraction of the frame, and their ticks.

use super::number::power_of_ten;

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By their square root, from zero: room for what is early without losing what is late.
    SquareRoot,
    /// By their logarithm; values at or below zero lie below the axis.
    Logarithmic,
}

/// One axis of a panel.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Quantity and unit, as printed beside the axis.
    pub label: String,
    /// Linear or logarithmic.
    pub scale: Scale,
    /// Value at the lower end.
    pub low: f64,
    /// Value at the upper end.
    pub high: f64,
}

/// Where an axis is marked.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Ticks {
    /// Labelled values.
    pub major: Vec<(f64, String)>,
    /// Values marked without label.
    pub minor: Vec<f64>,
}

impl Axis {
    /// A linear axis.
    #[must_use]
    pub fn linear(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self {
            label: label.into(),
            scale: Scale::Linear,
            low,
            high,
        }
    }

    /// A square-root axis from zero.
    #[must_use]
    pub fn square_root(label: impl Into<String>, high: f64) -> Self {
        Self {
            label: label.into(),
            scale: Scale::SquareRoot,
            low: 0.0,
            high,
        }
    }

    /// A logarithmic axis between two positive values.
    #[must_use]
    pub fn logarithmic(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self {
            label: label.into(),
            scale: Scale::Logarithmic,
            low,
            high,
        }
    }

    /// Position of a value: 0 at the lower end, 1 at the upper, beyond for values outside. What has
    /// no position on the axis (zero on a logarithmic one, NaN) is far below.
    #[must_use]
    pub fn fraction(&self, value: f64) -> f64 {
        /// Far below the frame, and still a number to interpolate towards.
        const FAR_BELOW: f64 = -10.0;
        let fraction = match self.scale {
            Scale::Linear => (value - self.low) / (self.high - self.low),
            Scale::SquareRoot => (value.max(0.0) / self.high).sqrt(),
            Scale::Logarithmic if value > 0.0 => (value / self.low).ln() / (self.high / self.low).ln(),
            Scale::Logarithmic => FAR_BELOW,
        };
        if fraction.is_nan() {
            FAR_BELOW
        } else {
            fraction.clamp(FAR_BELOW, -FAR_BELOW)
        }
    }

    /// Value at a position, the inverse of [`Self::fraction`].
    #[must_use]
    pub fn value(&self, fraction: f64) -> f64 {
        match self.scale {
            Scale::Linear => self.low + fraction * (self.high - self.low),
            Scale::SquareRoot => self.high * fraction * fraction,
            Scale::Logarithmic => self.low * (self.high / self.low).powf(fraction),
        }
    }

    /// Ticks, with at most about `labels` of them labelled.
    #[must_use]
    pub fn ticks(&self, labels: usize) -> Ticks {
        let labels = labels.max(2);
        match self.scale {
            Scale::Linear => linear_ticks(self.low, self.high, labels),
            Scale::SquareRoot => square_root_ticks(self.high, labels),
            Scale::Logarithmic => logarithmic_ticks(self.low, self.high, labels),
        }
    }
}

fn linear_ticks(low: f64, high: f64, labels: usize) -> Ticks {
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
            let label = format!("{:.decimals$}", if major.abs() < 1e-9 * span { 0.0 } else { major });
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
fn square_root_ticks(high: f64, labels: usize) -> Ticks {
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

fn logarithmic_ticks(low: f64, high: f64, labels: usize) -> Ticks {
    if !(low > 0.0 && high > low && high.is_finite()) {
        return Ticks::default();
    }
    let inside = |value: f64| value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
    let (first, last) = ((low.log10() - 1e-9).floor() as i32, (high.log10() + 1e-9).ceil() as i32);
    let decades = (high / low).log10();
    let every = (decades / labels as f64).ceil().max(1.0) as i32;
    let mut ticks = Ticks::default();
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
            // A short axis needs labels between the powers of ten, and has room for them.
            if decades <= 1.5 && matches!(digit, 2 | 5) {
                let label = if (-2..3).contains(&exponent) {
                    format!("{:.*}", (-exponent).max(0) as usize, value)
                } else {
                    format!("{digit} × {}", power_of_ten(exponent))
                };
                ticks.major.push((value, label));
            } else if every == 1 {
                ticks.minor.push(value);
            }
        }
    }
    ticks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fraction_and_value_are_inverse() {
        for axis in [
            Axis::linear("", -2.0, 5.0),
            Axis::logarithmic("", 1e-12, 1e-3),
            Axis::square_root("", 6.0),
        ] {
            for fraction in [0.0, 0.3, 1.0, 1.2] {
                assert!((axis.fraction(axis.value(fraction)) - fraction).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn what_has_no_position_is_below_the_frame() {
        let axis = Axis::logarithmic("", 1.0, 10.0);
        for value in [0.0, -3.0, f64::NAN] {
            assert!(axis.fraction(value) < 0.0);
        }
        assert!(axis.fraction(f64::INFINITY) > 1.0);
    }

    #[test]
    fn decades_are_labelled_as_powers_of_ten() {
        let labels: Vec<_> = Axis::logarithmic("", 0.01, 100.0)
            .ticks(6)
            .major
            .into_iter()
            .map(|tick| tick.1)
            .collect();
        assert_eq!(labels, ["10⁻²", "10⁻¹", "1", "10", "10²"]);
    }

    #[test]
    fn crowded_decades_are_thinned() {
        assert!(Axis::logarithmic("", 1e-12, 1e3).ticks(5).major.len() <= 6);
    }

    #[test]
    fn linear_labels_are_round() {
        let labels: Vec<_> = Axis::linear("", -10.0, 20.0)
            .ticks(4)
            .major
            .into_iter()
            .map(|tick| tick.1)
            .collect();
        assert_eq!(labels, ["−10", "0", "10", "20"]);
        assert_eq!(Axis::linear("", 1.0, 1.0).ticks(4), Ticks::default());
    }
}
