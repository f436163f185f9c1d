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

    /// Step of chi-square that belongs to this level: the quantile of its distribution.
    #[must_use]
    pub fn delta_chi2(self, dof: Dof) -> f64 {
        match dof {
            Dof::One => (SQRT_2 * inverse_erf(self.0)).powi(2),
            Dof::Two => -2.0 * (1.0 - self.0).ln(),
        }
    }

    /// Level at which a step of chi-square excludes, between 0 and 1.
    #[must_use]
    pub fn of_delta_chi2(delta_chi2: f64, dof: Dof) -> f64 {
        let step = delta_chi2.max(0.0);
        match dof {
            Dof::One => libm::erf((0.5 * step).sqrt()),
            Dof::Two => 1.0 - (-0.5 * step).exp(),
        }
    }
}

/// What a limit is asked for: a level, and how many parameters are free.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Confidence {
    /// The level.
    pub level: ConfidenceLevel,
    /// The number of free parameters.
    pub dof: Dof,
}

impl Confidence {
    /// 90 % for the coupling at fixed mass: that of the paper.
    pub const PAPER: Self = Self {
        level: ConfidenceLevel::NINETY,
        dof: Dof::One,
    };

    /// Step of chi-square that belongs to it.
    #[must_use]
    pub fn delta_chi2(self) -> f64 {
        self.level.delta_chi2(self.dof)
    }
}

impl std::fmt::Display for Confidence {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // A hundredth of a per cent without the noise of the product.
        let percent = (1e4 * self.level.level()).round() / 1e2;
        let degrees = match self.dof {
            Dof::One => say!("1 degree of freedom"),
            Dof::Two => say!("2 degrees of freedom"),
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

/// Inverse error function for 0 < y < 1: Newton's method on erf (concave there, so it converges
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
        let level = |level, dof| ConfidenceLevel::new(level).expect("a level").delta_chi2(dof);
        assert!((level(0.9, Dof::One) - 2.705_543_454).abs() < 1e-8);
        assert!((level(0.999, Dof::One) - 10.827_566_17).abs() < 1e-7);
        assert!((level(0.9, Dof::Two) - 4.605_170_186).abs() < 1e-8);
    }

    #[test]
    fn level_and_step_are_inverse() {
        for dof in [Dof::One, Dof::Two] {
            for level in [0.5, 0.6827, 0.95, 0.999] {
                let step = ConfidenceLevel::new(level).expect("a level").delta_chi2(dof);
                assert!((ConfidenceLevel::of_delta_chi2(step, dof) - level).abs() < 1e-12);
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
