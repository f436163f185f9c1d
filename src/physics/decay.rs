//! Decay of N by the dipole that makes it, N -> nu gamma.

use super::units::HBAR_C_MEV_FM;
use crate::choice::named_choice;
use std::f64::consts::{LN_2, PI};

/// Metres in one fm.
const METRE_PER_FM: f64 = 1e-15;

named_choice! {
    /// Whether N is its own antiparticle.
    "nature": pub enum Nature {
        /// It is not: `N -> nu gamma` alone, the paper's convention and what everything else here takes N for.
        Dirac = "dirac",
        /// It is: `N -> nu gamma` and `N -> anti-nu gamma`, each with the width of a Dirac N.
        Majorana = "majorana",
    }
}

impl Nature {
    /// Width at the same coupling over that of a Dirac N.
    #[must_use]
    pub fn widths(self) -> f64 {
        match self {
            Self::Dirac => 1.0,
            Self::Majorana => 2.0,
        }
    }
}

/// Width in MeV of a Dirac N of `mass_mev` per d^2 (d in MeV^-1): `d^2 m^3/(16 pi)`, half of what a Majorana N has ([`Nature::widths`]).
///
/// For L = (d/2) N̄ σ_{μν} ν F^{μν} with a left-handed neutrino: Pal & Wolfenstein, PRD 25, 766 (1982), `(|mu|^2 + |epsilon|^2) m^3/(8 pi)` for moments
/// mu = epsilon = d/2; Magill et al., PRD 98, 115015 (2018), arXiv:1803.03262, have `d^2 m^3/(4 pi)` for a d half as large.
#[must_use]
pub fn width_mev(mass_mev: f64, strength_per_mev2: f64) -> f64 {
    strength_per_mev2 * mass_mev.powi(3) / (16.0 * PI)
}

/// Mean length in m that an N of `energy_mev` flies before it decays, `(p/m) hbar c/width`; infinite for a stable N, NaN
/// below its mass.
#[must_use]
pub fn length_m(energy_mev: f64, mass_mev: f64, strength_per_mev2: f64) -> f64 {
    let momentum_mev = ((energy_mev - mass_mev) * (energy_mev + mass_mev)).sqrt();
    momentum_mev / mass_mev * HBAR_C_MEV_FM * METRE_PER_FM / width_mev(mass_mev, strength_per_mev2)
}

/// Strength d^2 in MeV^-2 at which N of `energy_mev` fly `length_m` on average before they decay; `None` unless the energy is above a mass above zero,
/// and the length above zero.
#[must_use]
pub fn strength_for_length(length_m: f64, energy_mev: f64, mass_mev: f64, nature: Nature) -> Option<f64> {
    let possible = mass_mev > 0.0 && energy_mev > mass_mev && length_m > 0.0;
    // The length goes like 1/d^2.
    possible.then(|| self::length_m(energy_mev, mass_mev, 1.0) / (length_m * nature.widths()))
}

/// Share of N of `energy_mev` that decay within `size_m`.
#[must_use]
pub fn share_within(size_m: f64, energy_mev: f64, mass_mev: f64, strength_per_mev2: f64) -> f64 {
    -(-size_m / length_m(energy_mev, mass_mev, strength_per_mev2)).exp_m1()
}

/// Strength d^2 in MeV^-2 at which half of N of `energy_mev` decay within `size_m`; `None` unless the energy is above a
/// mass above zero.
#[must_use]
pub fn half_decay_strength(size_m: f64, energy_mev: f64, mass_mev: f64) -> Option<f64> {
    let possible = mass_mev > 0.0 && energy_mev > mass_mev && size_m > 0.0;
    // The length goes like 1/d^2.
    possible.then(|| length_m(energy_mev, mass_mev, 1.0) * LN_2 / size_m)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::units::{coupling_per_gev, coupling_squared_per_mev2};

    fn close(got: f64, expected: f64) -> bool {
        (got / expected - 1.0).abs() < 1e-12
    }

    #[test]
    fn length_falls_with_coupling_squared_and_mass_cubed() {
        let at = length_m(1e6, 1.0, 1e-16);
        assert!(close(length_m(1e6, 1.0, 4e-16), at / 4.0));
        // Far above the mass the boost has one more power of it.
        assert!((length_m(1e6, 2.0, 1e-16) / (at / 16.0) - 1.0).abs() < 1e-9);
        assert!(close(width_mev(2.0, 1e-16), 8.0 * width_mev(1.0, 1e-16)));
        // At the same boost only the width counts.
        assert!(close(length_m(2e6, 2.0, 1e-16), at / 8.0));
    }

    #[test]
    fn half_decays_at_the_strength_for_half() {
        let strength = half_decay_strength(0.15, 48.0, 40.0).expect("N is made");
        assert!(close(share_within(0.15, 48.0, 40.0, strength), 0.5));
        // Within 15 cm most N of 40 MeV decay for couplings above 2e-5 GeV^-1.
        let coupling = coupling_per_gev(strength);
        assert!((1.7e-5..2.5e-5).contains(&coupling), "{coupling:e}");
        assert!(share_within(0.15, 48.0, 40.0, coupling_squared_per_mev2(1e-5)) < 0.2);
    }

    /// 10 MeV and 1e-6 GeV^-1 by hand: `1e-18 MeV^-2 x 1000 MeV^3/50.2655` = 1.98944e-17 MeV, so that c tau = `1.973270e-13 MeV m/1.98944e-17 MeV`
    /// = 9918.74 m; at 30 MeV times `sqrt(900 - 100)/10`.
    #[test]
    fn a_width_by_hand() {
        let strength = coupling_squared_per_mev2(1e-6);
        assert!((width_mev(10.0, strength) / 1.989_437e-17 - 1.0).abs() < 1e-6);
        let boost = 8.0_f64.sqrt();
        assert!((length_m(30.0, 10.0, strength) / (9_918.74 * boost) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn a_majorana_n_has_a_coupling_smaller_by_the_root_of_two() {
        let at = |length, nature| coupling_per_gev(strength_for_length(length, 30.0, 10.0, nature).expect("N is made"));
        let dirac = at(20.0, Nature::Dirac);
        assert!(close(length_m(30.0, 10.0, coupling_squared_per_mev2(dirac)), 20.0));
        assert!(close(at(20.0, Nature::Majorana), dirac / 2.0_f64.sqrt()));
        assert!(close(at(80.0, Nature::Dirac), dirac / 2.0));
    }

    #[test]
    fn no_decay_of_what_is_not_there() {
        assert_eq!(strength_for_length(1.0, 40.0, 40.0, Nature::Dirac), None);
        assert_eq!(strength_for_length(1.0, 40.0, 0.0, Nature::Dirac), None);
        assert_eq!(strength_for_length(0.0, 40.0, 1.0, Nature::Majorana), None);
        assert_eq!(half_decay_strength(0.15, 30.0, 40.0), None);
        assert_eq!(half_decay_strength(0.15, 40.0, 40.0), None);
        assert_eq!(half_decay_strength(0.15, 40.0, 0.0), None);
    }
}
