//! Kinematics of nu + target at rest -> (nu or N) + target with recoil T.

/// Lowest neutrino energy, in MeV, for recoil T on a target of mass M into a state of mass m
/// (paper eq. 8 and 10; m = 0 for the SM).
///
/// The printed denominator `2 (sqrt(T(T+2M)) - T)` is expanded by `sqrt(T(T+2M)) + T`, so that
/// nothing cancels for a recoil far above the target mass.
#[must_use]
#[inline]
pub fn lowest_energy_mev(recoil_mev: f64, target_mass_mev: f64, sterile_mass_mev: f64) -> f64 {
    let root = (recoil_mev * (recoil_mev + 2.0 * target_mass_mev)).sqrt();
    let twice_mt = 2.0 * target_mass_mev * recoil_mev;
    (sterile_mass_mev * sterile_mass_mev + twice_mt) * (root + recoil_mev) / (2.0 * twice_mt)
}

/// Smallest and largest recoil, in MeV, that a neutrino of this energy can give; `None` below threshold.
///
/// The inverse of [`lowest_energy_mev`]: the two roots of `E_min(T) = E`. Their product is
/// `m^4 / (4 M (M + 2E))`, which gives the small root without cancellation.
#[must_use]
pub fn recoil_range_mev(energy_mev: f64, target_mass_mev: f64, sterile_mass_mev: f64) -> Option<(f64, f64)> {
    let (e, m_target, m2) = (energy_mev, target_mass_mev, sterile_mass_mev * sterile_mass_mev);
    let available = 2.0 * m_target * e - m2;
    let discriminant = available * available - 4.0 * m_target * m_target * m2;
    if available < 0.0 || discriminant < 0.0 {
        return None;
    }
    let s = m_target + 2.0 * e;
    let high = (2.0 * m_target * e * e - m2 * (e + m_target) + e * discriminant.sqrt()) / (2.0 * m_target * s);
    let low = m2 * m2 / (4.0 * m_target * s * high);
    Some((low, high))
}
