//! Confidence levels as steps of chi-square.

use crate::Error;
use crate::choice::named_choice;
use crate::error::in_range;
use std::f64::consts::{FRAC_2_SQRT_PI, SQRT_2};

named_choice! {
    /// Degrees of freedom of a limit.
    "dof": pub enum Dof {
        /// One: the coupling at fixed mass.
        One = "1",
        /// Two: coupling and mass.
        Two = "2",
    }
}

named_choice! {
    /// Sides of a limit on one parameter. For two parameters it has no meaning.
    "sides": pub enum Sides {
        /// One: an upper limit, below which the level lies; the other tail counts as allowed.
        One = "one",
        /// Two: the end of an interval that holds the level, as in the paper.
        Two = "two",
    }
}

/// A confidence level between 50 and 99.9 %.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct ConfidenceLevel(f64);

impl ConfidenceLevel {
    /// 90 %, the level of the paper.
    pub const NINETY: Self = Self(0.9);

    /// Levels that can be asked for.
    pub const RANGE: (f64, f64) = (0.5, 0.999);

    /// Checks the level.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) outside 0.5 to 0.999.
    pub fn new(level: f64) -> Result<Self, Error> {
        in_range("cl", level, Self::RANGE.0, Self::RANGE.1).map(Self)
    }

    /// The level as a number.
    #[must_use]
    pub const fn level(self) -> f64 {
        self.0
    }

    /// Step of chi-square that belongs to this level: the quantile of its distribution; for one side the square of the
    /// Gaussian quantile, zero at 50 %.
    #[must_use]
    pub fn delta_chi2(self, dof: Dof, sides: Sides) -> f64 {
        match (dof, sides) {
            (Dof::One, Sides::Two) => squared_quantile(self.0),
            // Both tails are alike: what lies between them is less by the one that is allowed.
            (Dof::One, Sides::One) => squared_quantile(2.0 * self.0 - 1.0),
            (Dof::Two, _) => -2.0 * (1.0 - self.0).ln(),
        }
    }

    /// Level at which a step of chi-square excludes: between 0 and 1, for one side between 0.5 and 1.
    #[must_use]
    pub fn of_delta_chi2(delta_chi2: f64, dof: Dof, sides: Sides) -> f64 {
        let step = delta_chi2.max(0.0);
        let between = || libm::erf((0.5 * step).sqrt());
        match (dof, sides) {
            (Dof::One, Sides::Two) => between(),
            (Dof::One, Sides::One) => 0.5 * (1.0 + between()),
            (Dof::Two, _) => 1.0 - (-0.5 * step).exp(),
        }
    }
}

/// What a limit is asked for: a level, how many parameters are free, and from how many sides one is limited.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Confidence {
    /// The level.
    pub level: ConfidenceLevel,
    /// The number of free parameters.
    pub dof: Dof,
    /// From how many sides; without effect for two parameters.
    pub sides: Sides,
}

impl Confidence {
    /// 90 % for the coupling at fixed mass, of an interval with two ends: that of the paper.
    pub const PAPER: Self = Self {
        level: ConfidenceLevel::NINETY,
        dof: Dof::One,
        sides: Sides::Two,
    };

    /// Step of chi-square that belongs to it.
    #[must_use]
    pub fn delta_chi2(self) -> f64 {
        self.level.delta_chi2(self.dof, self.sides)
    }

    /// Whether limits are of one side: with two degrees of freedom there are none.
    #[must_use]
    pub fn is_one_sided(self) -> bool {
        self.sides == Sides::One && self.dof == Dof::One
    }

    /// Level at which a step of chi-square excludes, by the same parameters and sides.
    #[must_use]
    pub fn level_of(self, delta_chi2: f64) -> f64 {
        ConfidenceLevel::of_delta_chi2(delta_chi2, self.dof, self.sides)
    }
}

impl std::fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A hundredth of a per cent without the noise of the product.
        let percent = (1e4 * self.level.level()).round() / 1e2;
        let degrees = match (self.dof, self.sides) {
            (Dof::One, Sides::Two) => say!("1 degree of freedom"),
            (Dof::One, Sides::One) => say!("1 degree of freedom, one-sided"),
            (Dof::Two, _) => say!("2 degrees of freedom"),
        };
        write!(formatter, "{percent} %, {degrees}")
    }
}

impl TryFrom<f64> for ConfidenceLevel {
    type Error = Error;

    fn try_from(level: f64) -> Result<Self, Error> {
        Self::new(level)
    }
}

impl From<ConfidenceLevel> for f64 {
    fn from(level: ConfidenceLevel) -> Self {
        level.0
    }
}

/// Square of the Gaussian quantile that holds a share between itself and its mirror image.
fn squared_quantile(share: f64) -> f64 {
    (SQRT_2 * inverse_erf(share)).powi(2)
}

/// Inverse error function for 0 <= y < 1: Newton's method on erf (concave there, so it converges
/// from below without overshoot), to full precision.
fn inverse_erf(y: f64) -> f64 {
    let mut x = 0.0;
    for _ in 0..100 {
        let step = (y - libm::erf(x)) / (FRAC_2_SQRT_PI * (-x * x).exp());
        x += step;
        if step.abs() <= 1e-15 * x {
            break;
        }
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_quantiles() {
        let level = |level, dof, sides| ConfidenceLevel::new(level).expect("a level").delta_chi2(dof, sides);
        assert!((level(0.9, Dof::One, Sides::Two) - 2.705_543_454).abs() < 1e-8);
        assert!((level(0.999, Dof::One, Sides::Two) - 10.827_566_17).abs() < 1e-7);
        assert!((level(0.9, Dof::Two, Sides::Two) - 4.605_170_186).abs() < 1e-8);
        assert!((level(0.9, Dof::One, Sides::One) - 1.642_374_415).abs() < 1e-8);
        assert!((level(0.95, Dof::One, Sides::One) - 2.705_543_454).abs() < 1e-8);
        assert_eq!(level(0.5, Dof::One, Sides::One), 0.0);
        // What it means is the same for one parameter only.
        assert_eq!(level(0.9, Dof::Two, Sides::One), level(0.9, Dof::Two, Sides::Two));
    }

    #[test]
    fn level_and_step_are_inverse() {
        for (dof, sides) in [
            (Dof::One, Sides::One),
            (Dof::One, Sides::Two),
            (Dof::Two, Sides::One),
            (Dof::Two, Sides::Two),
        ] {
            for level in [0.5, 0.6827, 0.95, 0.999] {
                let level = ConfidenceLevel::new(level).expect("a level");
                let confidence = Confidence { level, dof, sides };
                assert!((confidence.level_of(confidence.delta_chi2()) - level.level()).abs() < 1e-12);
            }
        }
    }

    #[test]
    fn levels_out_of_range_are_errors() {
        for level in [0.49, 1.0, -1.0, f64::NAN] {
            assert!(ConfidenceLevel::new(level).is_err());
        }
    }
}
