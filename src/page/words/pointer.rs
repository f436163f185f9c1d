//! Words of the read-out of the plane.

use crate::chart::{decimal, scientific};
use crate::physics::units::CouplingUnit;

/// What is read off a drawing has no more digits than that.
fn coupling(coupling_per_gev: f64, digits: usize, unit: CouplingUnit) -> String {
    let number = scientific(coupling_per_gev / unit.per_gev(), digits);
    format!("{number} {}", unit.symbol())
}

/// A place of the plane.
#[must_use]
pub fn place(mass_mev: f64, coupling_per_gev: f64, unit: CouplingUnit) -> String {
    let mass = scientific(mass_mev, 3);
    format!("m = {mass} MeV, d = {}", coupling(coupling_per_gev, 3, unit))
}

/// A place on a curve, and how it compares with the limit of the chosen experiment at this mass.
#[must_use]
pub fn on_curve(mass_mev: f64, coupling_per_gev: f64, unit: CouplingUnit, other: Option<(&str, f64)>) -> String {
    let here = say!(
        "{} at {} MeV",
        coupling(coupling_per_gev, 2, unit),
        scientific(mass_mev, 3)
    );
    match other {
        Some((name, limit_per_gev)) => {
            say!("{}: {} that of {}", here, times(coupling_per_gev / limit_per_gev), name)
        }
        None => here,
    }
}

/// `× 1.3`; what is far from 1 with a power of ten.
#[must_use]
pub fn times(ratio: f64) -> String {
    if (0.01..1000.0).contains(&ratio) {
        let decimals = if ratio < 0.1 {
            3
        } else if ratio < 9.95 {
            2
        } else {
            0
        };
        format!("× {}", decimal(ratio, decimals))
    } else {
        format!("× {}", scientific(ratio, 2))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_are_short() {
        let said = [1.3, 0.4711, 0.0523, 42.4, 2.5e5].map(times);
        assert_eq!(said, ["× 1.30", "× 0.47", "× 0.052", "× 42", "× 2.5 × 10⁵"]);
    }
}
