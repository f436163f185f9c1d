//! Axes: from values to a fraction of the frame and back.

use super::ticks::{self, Ticks};

/// How values are spread along an axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// Evenly.
    Linear,
    /// By their square root, from zero: room for what is early without losing what is late.
    SquareRoot,
    /// By their logarithm; values at or below zero lie below the axis.
    Logarithmic,
    /// Places below each other that have names and no numbers; the axis has no ticks.
    Lanes,
}

/// Far below the frame, and still a number to interpolate towards.
const FAR_BELOW: f64 = -10.0;

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
    /// What one of the unit of the label is in the unit of the values; 1 where both are the same. Ticks are round in the
    /// unit of the label.
    pub unit: f64,
}

impl Axis {
    fn new(label: impl Into<String>, scale: Scale, (low, high): (f64, f64)) -> Self {
        Self {
            label: label.into(),
            scale,
            low,
            high,
            unit: 1.0,
        }
    }

    /// A linear axis.
    #[must_use]
    pub fn linear(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self::new(label, Scale::Linear, (low, high))
    }

    /// A square-root axis from zero.
    #[must_use]
    pub fn square_root(label: impl Into<String>, high: f64) -> Self {
        Self::new(label, Scale::SquareRoot, (0.0, high))
    }

    /// A logarithmic axis between two positive values.
    #[must_use]
    pub fn logarithmic(label: impl Into<String>, low: f64, high: f64) -> Self {
        Self::new(label, Scale::Logarithmic, (low, high))
    }

    /// An axis of places with names, without ticks.
    #[must_use]
    pub fn lanes() -> Self {
        Self::new("", Scale::Lanes, (0.0, 1.0))
    }

    /// The same with ticks that are round in another unit, of which one is `size` in the unit of the values.
    #[must_use]
    pub fn in_unit(self, size: f64) -> Self {
        Self { unit: size, ..self }
    }

    /// Position of a value: 0 at the lower end, 1 at the upper, beyond for values outside. What has
    /// no position on the axis (zero on a logarithmic one, NaN) is far below.
    #[must_use]
    pub fn place(&self, value: f64) -> f64 {
        let place = match self.scale {
            Scale::Linear | Scale::Lanes => (value - self.low) / (self.high - self.low),
            Scale::SquareRoot => (value.max(0.0) / self.high).sqrt(),
            Scale::Logarithmic if value > 0.0 => (value / self.low).ln() / (self.high / self.low).ln(),
            Scale::Logarithmic => FAR_BELOW,
        };
        if place.is_nan() { FAR_BELOW } else { place }
    }

    /// The same for drawing: what is farther outside than any chart reaches is drawn there.
    #[must_use]
    pub fn fraction(&self, value: f64) -> f64 {
        self.place(value).clamp(FAR_BELOW, -FAR_BELOW)
    }

    /// Value at a position, the inverse of [`Self::place`].
    #[must_use]
    pub fn value(&self, fraction: f64) -> f64 {
        match self.scale {
            Scale::Linear | Scale::Lanes => self.low + fraction * (self.high - self.low),
            Scale::SquareRoot => self.high * fraction * fraction,
            Scale::Logarithmic => self.low * (self.high / self.low).powf(fraction),
        }
    }

    /// Whether a value lies on the axis.
    #[must_use]
    pub fn shows(&self, value: f64) -> bool {
        (-1e-9..=1.0 + 1e-9).contains(&self.fraction(value))
    }

    /// Whether a logarithmic axis has labels between the powers of ten: a short one needs them, and has room for them.
    #[must_use]
    pub fn has_labels_between_powers(&self) -> bool {
        self.scale == Scale::Logarithmic && ticks::has_labels_between_powers(self.low, self.high)
    }

    /// Ticks, with at most about `labels` of them labelled.
    #[must_use]
    pub fn ticks(&self, labels: usize) -> Ticks {
        let labels = labels.max(2);
        let (low, high) = (self.low / self.unit, self.high / self.unit);
        let shown = match self.scale {
            Scale::Linear => ticks::linear(low, high, labels),
            Scale::SquareRoot => ticks::square_root(high, labels),
            Scale::Logarithmic => ticks::logarithmic(low, high, labels),
            Scale::Lanes => Ticks::default(),
        };
        shown.times(self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One label alone does not say where the axis goes.
    #[test]
    fn a_short_logarithmic_axis_has_two_labels_at_least() {
        for (low, high) in [
            (20.0, 25.0),
            (50.0, 60.0),
            (0.02, 0.03),
            (2.0, 4.0),
            (1e-7, 2e-7),
            (3e-7, 4.5e-7),
            (0.9, 30.0),
        ] {
            let axis = Axis::logarithmic("", low, high);
            let labels = axis.ticks(6).major;
            assert!((2..=12).contains(&labels.len()), "{low} to {high}: {labels:?}");
            assert!(labels.iter().all(|(value, _)| axis.shows(*value)), "{labels:?}");
            let mut texts: Vec<_> = labels.iter().map(|(_, text)| text).collect();
            texts.dedup();
            assert_eq!(texts.len(), labels.len(), "{labels:?}");
        }
    }

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

    #[test]
    fn ticks_are_round_in_the_unit_of_the_label() {
        let ticks = Axis::logarithmic("", 1e-12, 1e-3).in_unit(296.3).ticks(20).major;
        assert_eq!(ticks[0].1, "10⁻¹⁴");
        for (value, label) in ticks {
            let exponent = (value / 296.3).log10();
            assert!(
                (exponent - exponent.round()).abs() < 1e-9,
                "{label} stands at {value:e}"
            );
            assert!((1e-12..=1e-3).contains(&value));
        }
    }
}
