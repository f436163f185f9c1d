//! To which values an input is varied to see how much it matters.

use super::{Adjustable, Range, Step, Variation};
use crate::numerics::decimal;

impl Adjustable {
    /// Values that an input is varied to from `value`, as they would stand in its table, whose value is `table`, by a variation: towards zero and away from it, or each other option.
    ///
    /// A variation ends where the input may go no further, and one that arrives where it starts is left out. What already has the value that others
    /// take is varied back to that of the table.
    #[must_use]
    pub fn varied(&self, variation: Variation, value: &str, table: &str) -> Vec<String> {
        let mut values = match (variation, self.range) {
            (Variation::Deviation(step) | Variation::Stated(step), _) => self.around(value, step),
            (Variation::To(other), _) if decimal::is_same(value, other) => vec![table.to_owned()],
            (Variation::To(other), _) => vec![other.to_owned()],
            (Variation::Others, Range::Options(options)) => options.iter().map(|option| (*option).to_owned()).collect(),
            (Variation::Others, _) => Vec::new(),
        };
        values.retain(|other| !decimal::is_same(other, value));
        values
    }

    fn around(&self, value: &str, step: Step) -> Vec<String> {
        let Some(center) = decimal::parse(value) else {
            return Vec::new();
        };
        let step = match step {
            Step::Share(share) => share * center,
            Step::Amount(amount) => amount.copysign(center),
        };
        let varied = [center - step, center + step];
        varied
            .map(|other| decimal::text(self.range.ended(center, other)))
            .into()
    }
}

impl Range {
    /// A value that an input is moved to from `start`, no further than it may go. Where it starts outside, nothing holds it.
    fn ended(self, start: f64, value: f64) -> f64 {
        match self {
            Self::Between { low, high } if (low..=high).contains(&start) => value.clamp(low, high),
            _ => value,
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::experiment::adjustable;

    fn varied(key: &str, value: &str, table: &str) -> Vec<String> {
        let row = adjustable(key).expect("an adjustable input");
        row.varied(row.variation, value, table)
    }

    #[test]
    fn inputs_are_varied_from_where_they_are() {
        assert_eq!(varied("exposure", "96.4", "96.4"), ["86.76", "106.04"]);
        assert_eq!(varied("exposure", "1000", "96.4"), ["900", "1100"]);
        assert_eq!(varied("m-shell-ratio", "0.16", "0.16"), ["0.13", "0.19"]);
        assert_eq!(
            varied("neutron-coupling", "-0.5", "-0.5"),
            ["-0.499", "-0.501"],
            "by size"
        );
        assert_eq!(varied("ionisation-threshold", "2.96", "2.96"), ["50"]);
        assert_eq!(varied("ionisation-threshold", "50.0", "2.96"), ["2.96"]);
        assert_eq!(varied("electron-binding", "free", "steps"), ["steps", "none"]);
        assert_eq!(varied("timing", "off", "on"), ["on"]);
    }

    #[test]
    fn variations_end_where_the_input_does() {
        assert_eq!(varied("fission-u235", "0.97", "0.58"), ["0.9215", "1"]);
        assert_eq!(varied("fission-u235", "1", "0.58"), ["0.95"]);
        assert!(varied("background-level", "0", "1").is_empty());
        assert!(varied("exposure", "long", "1").is_empty());
    }
}
