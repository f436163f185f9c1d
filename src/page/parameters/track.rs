//! Positions of a slider.

use super::table::{Number, Scale};
use crate::numerics::decimal;

/// Ends and step of a slider.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Track {
    /// Leftmost position.
    pub low: f64,
    /// Rightmost position.
    pub high: f64,
    /// Distance of two positions.
    pub step: f64,
}

impl Number {
    /// The track of its slider.
    #[must_use]
    pub fn track(&self) -> Track {
        // The ends are round numbers: without the last bit of noise of a logarithm.
        let end = |value: f64| (1e9 * self.place(value)).round() / 1e9;
        Track {
            low: end(self.offered.0),
            high: end(self.offered.1),
            step: self.step,
        }
    }

    fn place(&self, value: f64) -> f64 {
        match self.scale {
            Scale::Linear => value,
            Scale::Logarithmic => value.log10(),
        }
    }

    /// Position of a value; the ends of what is offered are the ends of the track, what is beyond them too.
    #[must_use]
    pub fn position(&self, value: f64) -> f64 {
        let Track { low, high, .. } = self.track();
        if value >= self.offered.1 {
            high
        } else if value > self.offered.0 {
            self.place(value).clamp(low, high)
        } else {
            low
        }
    }

    /// Value at a position, with the precision of a hand; exact at the ends and beyond them.
    #[must_use]
    pub fn value_at(&self, position: f64) -> f64 {
        let Track { low, high, .. } = self.track();
        if position >= high {
            self.offered.1
        } else if position > low {
            let value = match self.scale {
                Scale::Linear => position,
                Scale::Logarithmic => 10_f64.powf(position),
            };
            self.by_hand(value).clamp(self.offered.0, self.offered.1)
        } else {
            self.offered.0
        }
    }

    /// A value with the precision of a hand: enough for one, and readable.
    #[must_use]
    pub fn by_hand(&self, value: f64) -> f64 {
        rounded(value, self.hand_digits)
    }

    /// Value some steps away: from the nearest position that is a whole number of steps from the left end.
    #[must_use]
    pub fn stepped(&self, value: f64, steps: f64) -> f64 {
        let Track { low, step, .. } = self.track();
        let place = ((self.position(value) - low) / step).round() + steps;
        self.value_at(low + place * step)
    }
}

/// A number with so many significant digits.
pub(in crate::page) fn rounded(value: f64, digits: usize) -> f64 {
    decimal::parse(&format!("{value:.*e}", digits.saturating_sub(1))).unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::super::NumberKey;
    use super::*;
    use crate::Choice;

    #[test]
    fn ends_are_exact_both_ways() {
        for row in NumberKey::ALL.iter().map(|key| key.row()) {
            let Track { low, high, .. } = row.track();
            assert_eq!((row.value_at(low), row.value_at(high)), row.offered);
            assert_eq!((row.position(row.offered.0), row.position(row.offered.1)), (low, high));
            assert_eq!((row.value_at(low - 9.0), row.value_at(high + 9.0)), row.offered);
        }
        let track = NumberKey::Coupling.row().track();
        assert_eq!((track.low, track.high), (-12.0, -3.0));
    }

    #[test]
    fn positions_and_values_belong_together() {
        for row in NumberKey::ALL.iter().map(|key| key.row()) {
            let Track { low, high, .. } = row.track();
            for part in 1..200 {
                let position = low + (high - low) * f64::from(part) / 200.0;
                // Half a unit of the third digit, at worst.
                let tolerance = match row.scale {
                    Scale::Linear => 0.5e-3 + 1e-12,
                    Scale::Logarithmic => 0.0022,
                };
                let back = row.position(row.value_at(position));
                assert!((back - position).abs() <= tolerance, "{}: {position} {back}", row.key);
            }
        }
    }

    #[test]
    fn every_step_moves_the_value_and_the_opposite_one_brings_it_back() {
        for row in NumberKey::ALL.iter().map(|key| key.row()) {
            let mut value = row.offered.0;
            let mut steps = 0;
            while value < row.offered.1 {
                let next = row.stepped(value, 1.0);
                assert!(next > value, "{}: {value} {next}", row.key);
                assert_eq!(row.stepped(next, -1.0), value, "{}", row.key);
                value = next;
                steps += 1;
            }
            let Track { low, high, step } = row.track();
            assert_eq!(f64::from(steps), ((high - low) / step).round(), "{}", row.key);
        }
    }
}
