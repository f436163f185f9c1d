//! Nuclear form factor.

use crate::physics::units::HBAR_C_MEV_FM;

/// Helm form factor `3 j1(q R0)/(q R0) exp(-(q s)^2/2)` with `R0^2 = 5/3 (R^2 - 3 s^2)`
/// for momentum transfer `q_mev` in MeV, rms radius `rms_fm` and surface thickness `surface_fm` in fm; 1 at q = 0.
///
/// Helm, Phys. Rev. 104, 1466 (1956). For `q R0 < 0.1`, where the closed form of j1 loses
/// digits, the series to `(q R0)^6` is used (relative error below 1e-12). Above `q R0 = 1e4` it is 0 (it is below 3e-8).
#[must_use]
pub fn helm(q_mev: f64, rms_fm: f64, surface_fm: f64) -> f64 {
    let box_radius_fm = (5.0 / 3.0 * (rms_fm * rms_fm - 3.0 * surface_fm * surface_fm))
        .max(0.0)
        .sqrt();
    let q_per_fm = q_mev / HBAR_C_MEV_FM;
    let x = q_per_fm * box_radius_fm;
    let bessel_ratio = if x > LARGEST {
        // Below 3/x^2, and there is no such recoil.
        0.0
    } else if x < 0.1 {
        let x2 = x * x;
        1.0 - x2 / 10.0 * (1.0 - x2 / 28.0 * (1.0 - x2 / 54.0))
    } else {
        let (sin, cos) = sin_cos(x);
        3.0 * (sin / x - cos) / (x * x)
    };
    bessel_ratio * (-0.5 * (q_per_fm * surface_fm).powi(2)).exp()
}

/// Largest `q R0` that is evaluated: its form factor is below 3e-8.
const LARGEST: f64 = 1e4;

/// Sine and cosine of an angle between 0 and [`LARGEST`], within 6e-16 up to 150 (tested). Those of the standard library also reduce
/// angles of any size: code of the page for angles at which a nucleus scatters nothing.
fn sin_cos(x: f64) -> (f64, f64) {
    /// Half of pi: its first 33 bits, and the rest.
    const HALF_PI: (f64, f64) = (1.570_796_326_734_125_6, 6.077_100_506_506_192e-11);
    let quarters = (x / (HALF_PI.0 + HALF_PI.1)).round();
    let rest = (x - quarters * HALF_PI.0) - quarters * HALF_PI.1;
    // Taylor series up to the 17th power: the next term is below 1e-18 for half of a quarter.
    let series = |first: f64, from: u32| {
        let (mut term, mut sum) = (first, first);
        for power in (from..from + 16).step_by(2) {
            term *= -rest * rest / f64::from(power * (power + 1));
            sum += term;
        }
        sum
    };
    let (sin, cos) = (series(rest, 2), series(1.0, 1));
    match quarters as i64 % 4 {
        0 => (sin, cos),
        1 => (cos, -sin),
        2 => (-sin, -cos),
        _ => (-cos, sin),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sine_and_cosine_are_those_of_the_standard_library() {
        for step in 0..4000_u32 {
            let x = 0.037 * f64::from(step);
            let (sin, cos) = sin_cos(x);
            assert!((sin - x.sin()).abs() < 6e-16 && (cos - x.cos()).abs() < 6e-16, "{x}");
        }
    }

    #[test]
    fn no_momentum_transfer_sees_the_whole_charge() {
        assert!((helm(0.0, 4.8, 0.9) - 1.0).abs() < 1e-15);
    }

    #[test]
    fn series_meets_closed_form() {
        // Around x = 0.1 both branches describe the same function.
        let radius = (5.0_f64 / 3.0 * (4.8 * 4.8 - 3.0 * 0.81)).sqrt();
        let q = 0.1 / radius * HBAR_C_MEV_FM;
        assert!((helm(q * (1.0 - 1e-9), 4.8, 0.9) - helm(q * (1.0 + 1e-9), 4.8, 0.9)).abs() < 1e-11);
    }

    #[test]
    fn small_momentum_measures_the_rms_radius() {
        // F = 1 - q^2 R^2/6 defines the rms radius, whatever the model of the density.
        let (q_mev, rms_fm) = (1.0, 4.8);
        let slope = (1.0 - helm(q_mev, rms_fm, 0.9)) * 6.0 * (HBAR_C_MEV_FM / q_mev).powi(2);
        assert!((slope.sqrt() - rms_fm).abs() < 1e-3);
    }
}
