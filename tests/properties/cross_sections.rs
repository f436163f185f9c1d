//! Cross sections and kinematics at any energy, recoil and mass.

use crate::setups::{any_flavor, any_mass_mev, decades};
use dipole_portal::Choice;
use dipole_portal::Flavor;
use dipole_portal::physics::StandardModel;
use dipole_portal::physics::cross_section::{
    Polynomial, Scatterer, Sign, cevns, dipole, lowest_energy_mev, recoil_range_mev, scatterer,
};
use dipole_portal::physics::matter::nuclides;
use dipole_portal::physics::recoil::RecoilSpectrum;
use dipole_portal::physics::source::{Component, Spectrum, Timing};
use dipole_portal::physics::units::{ELECTRON_MASS_MEV, coupling_squared_per_mev2};
use proptest::prelude::*;

/// Mass of a target: the electron, the nuclides of the project, and anything else.
fn any_target_mass_mev() -> impl Strategy<Value = f64> {
    let nuclei: Vec<f64> = nuclides(&"nuclides".into())
        .expect("a sound table")
        .iter()
        .map(|nuclide| nuclide.mass_mev())
        .collect();
    prop_oneof![
        2 => Just(ELECTRON_MASS_MEV),
        2 => prop::sample::select(nuclei),
        1 => decades(1e-2..=1e6),
    ]
}

/// A kind of target particle of the project, with its recoils up to `highest_mev`.
fn any_scatterer() -> impl Strategy<Value = Scatterer> {
    prop::sample::select(vec![
        "Ge70", "Ge76", "Cs133", "I127", "Xe124", "Xe136", "Ge", "Xe", "Cs", "electron",
    ])
    .prop_map(|name| scatterer(name).expect("a known target"))
}

/// Value without the cut at zero, and the sum of the absolute values of its terms.
fn raw(Polynomial([c0, c1, c2]): Polynomial, energy_mev: f64) -> (f64, f64) {
    let (linear, quadratic) = (c1 / energy_mev, c2 / (energy_mev * energy_mev));
    (c0 + linear + quadratic, c0.abs() + linear.abs() + quadratic.abs())
}

proptest! {
    /// A negative cross section would take events away.
    #[test]
    fn dipole_is_not_negative_above_its_edge(
        recoil in decades(1e-9..=1e2),
        target in any_target_mass_mev(),
        mass in any_mass_mev(),
        above in prop_oneof![Just(0.0), decades(1e-15..=1e4)],
    ) {
        let energy = lowest_energy_mev(recoil, target, mass) * (1.0 + above);
        let cross_section = dipole(recoil, target, mass, Sign::Correct);
        let (value, terms) = raw(cross_section, energy);
        prop_assert!(value >= -1e-14 * terms, "{value:e} of terms {terms:e}");
        prop_assert!((cross_section.at(energy) - value).abs() <= 1e-14 * terms);
    }

    #[test]
    fn standard_model_is_not_negative_above_its_edge(
        target in any_scatterer(),
        recoil in decades(1e-6..=1e1),
        flavor in any_flavor(),
        anti: bool,
        above in prop_oneof![Just(0.0), decades(1e-15..=1e4)],
    ) {
        let energy = lowest_energy_mev(recoil, target.mass_mev(), 0.0) * (1.0 + above);
        let (value, terms) = raw(target.standard_model(recoil, flavor, anti), energy);
        prop_assert!(value >= -1e-14 * terms, "{value:e} of terms {terms:e}");
    }

    /// A step inside the allowed region would be drawn as a feature of the spectrum.
    #[test]
    fn continuous_in_energy(
        target in any_scatterer(),
        recoil in decades(1e-6..=1e-1),
        mass in any_mass_mev(),
        flavor in any_flavor(),
        anti: bool,
        above in decades(1e-6..=1e3),
    ) {
        let energy = lowest_energy_mev(recoil, target.mass_mev(), mass) * (1.0 + above);
        let step = 1e-7;
        for cross_section in [target.dipole(recoil, mass, Sign::Correct), target.standard_model(recoil, flavor, anti)] {
            let (_, terms) = raw(cross_section, energy);
            let change = cross_section.at(energy * (1.0 + step)) - cross_section.at(energy);
            // A polynomial of degree 2 in 1/E changes by at most twice the step in every term.
            prop_assert!(change.abs() <= 3.0 * step * terms, "{change:e} of {terms:e}");
        }
    }

    #[test]
    fn continuous_in_recoil_between_shells(
        target in any_scatterer(),
        recoil in decades(1e-6..=1e-1),
        mass in any_mass_mev(),
        flavor in any_flavor(),
        anti: bool,
        above in decades(1e-5..=1e3),
    ) {
        let step = 1e-7;
        let (here, there) = (recoil, recoil * (1.0 + step));
        prop_assume!(target.charge_weight(here) > 0.0);
        prop_assume!(!target.steps_mev().any(|binding| (here..=there).contains(&binding)));
        let energy = lowest_energy_mev(here, target.mass_mev(), mass) * (1.0 + above);
        prop_assume!(energy >= lowest_energy_mev(there, target.mass_mev(), mass));
        for (before, after, uncut) in [
            (
                target.dipole(here, mass, Sign::Correct),
                target.dipole(there, mass, Sign::Correct),
                dipole(here, target.mass_mev(), mass, Sign::Correct).scaled(3e3),
            ),
            (
                target.standard_model(here, flavor, anti),
                target.standard_model(there, flavor, anti),
                target.standard_model(here.min(1e-3), flavor, anti),
            ),
        ] {
            // Near a zero of the form factor only the size without it sets a scale; 3e3 is above Z^2.
            let (_, terms) = raw(uncut, energy);
            let (_, own) = raw(before, energy);
            let change = (after.at(energy) - before.at(energy)).abs();
            prop_assert!(change <= 100.0 * step * terms.max(own), "{change:e} of {terms:e}");
        }
    }

    /// The recoils that a line can give are those between the roots of the kinematics, and no others.
    #[test]
    fn a_line_gives_recoils_within_its_kinematic_range_only(
        target in any_scatterer(),
        mass in any_mass_mev(),
        energy in decades(1e-1..=1e2),
        recoils in prop::collection::vec(decades(1e-6..=1e2), 20),
    ) {
        let line = Component {
            label: "line",
            flavor: Flavor::Electron,
            anti: false,
            timing: Timing::Steady,
            spectrum: Spectrum::Line(energy),
            scale: 1e20,
        };
        let range = recoil_range_mev(energy, target.mass_mev(), mass);
        let spectrum = RecoilSpectrum::new(recoils.clone(), &[(target.clone(), 1e20)]);
        let mut rates = vec![0.0; recoils.len()];
        spectrum.add_dipole(&line, mass, Sign::Correct, &mut rates);
        for (recoil, rate) in recoils.into_iter().zip(rates) {
            let inside = range.is_some_and(|(low, high)| low * (1.0 + 1e-9) < recoil && recoil < high * (1.0 - 1e-9));
            let outside = range.is_none_or(|(low, high)| recoil < low * (1.0 - 1e-9) || recoil > high * (1.0 + 1e-9));
            let visible = target.charge_weight(recoil) > 0.0;
            prop_assert!(!outside || rate == 0.0, "{rate:e} at {recoil} outside {range:?}");
            prop_assert!(!(inside && visible) || rate > 0.0, "{rate:e} at {recoil} inside {range:?}");
        }
    }

    /// `E_min(T)` and the range of T at fixed E are each other's inverse.
    #[test]
    fn lowest_energy_inverts_the_kinematics(
        target in any_target_mass_mev(),
        mass in any_mass_mev(),
        above in decades(1e-9..=1e6),
        massless_energy in decades(1e-3..=1e3),
    ) {
        let threshold = mass + 0.5 * mass * mass / target;
        // With a mass too small to matter, the energy is what a source can have.
        let energy = if threshold < 1e-12 { massless_energy } else { threshold * (1.0 + above) };
        let (low, high) = recoil_range_mev(energy, target, mass).expect("above threshold");
        prop_assert!(0.0 <= low && low <= high * (1.0 + 1e-6) && high.is_finite(), "{low:e} {high:e}");
        let close = |recoil: f64| (lowest_energy_mev(recoil, target, mass) / energy - 1.0).abs();
        prop_assert!(close(high) < 1e-9, "upper edge {high:e}: {:e}", close(high));
        if low > 1e-300 {
            prop_assert!(close(low) < 1e-9, "lower edge {low:e}: {:e}", close(low));
        }
    }

    /// Energy and momentum conservation, written out: the N that leaves has its mass.
    #[test]
    fn edges_conserve_energy_and_momentum(
        target in any_target_mass_mev(),
        mass in decades(1e-2..=1e2),
        above in decades(1e-3..=1e3),
    ) {
        let energy = (mass + 0.5 * mass * mass / target) * (1.0 + above);
        let (low, high) = recoil_range_mev(energy, target, mass).expect("above threshold");
        for recoil in [low, high] {
            let momentum = energy - (recoil * (recoil + 2.0 * target)).sqrt();
            let invariant = (energy - recoil).powi(2) - momentum * momentum;
            let scale = energy * energy;
            prop_assert!((invariant - mass * mass).abs() < 1e-9 * scale, "{invariant:e} for {:e}", mass * mass);
        }
    }

    #[test]
    fn nothing_below_threshold(target in any_target_mass_mev(), mass in decades(1e-6..=1e3), share in 0.0..0.999_999) {
        let threshold = mass + 0.5 * mass * mass / target;
        prop_assert_eq!(recoil_range_mev(threshold * share, target, mass), None);
    }

    #[test]
    fn a_vanishing_mass_is_no_mass(recoil in decades(1e-6..=1e1), target in any_target_mass_mev(), above in decades(1e-6..=1e3)) {
        let energy = lowest_energy_mev(recoil, target, 0.0) * (1.0 + above);
        for sign in [Sign::Correct, Sign::Printed] {
            let massless = dipole(recoil, target, 0.0, sign).at(energy);
            let light = dipole(recoil, target, 1e-7 * (2.0 * target * recoil).sqrt(), sign).at(energy);
            prop_assert!((light - massless).abs() <= 1e-12 * raw(dipole(recoil, target, 0.0, sign), energy).1);
        }
    }

    #[test]
    fn strength_is_the_square_of_the_coupling(coupling in decades(1e-15..=1.0), factor in decades(1e-6..=1e6)) {
        let ratio = coupling_squared_per_mev2(coupling * factor) / coupling_squared_per_mev2(coupling);
        prop_assert!((ratio / (factor * factor) - 1.0).abs() < 1e-14);
    }
}

/// The flavours differ only by radiative corrections to the proton's coupling, at most a few per cent of CEvNS.
#[test]
fn cevns_hardly_knows_the_flavor() {
    let model = StandardModel::built_in().expect("a sound table");
    for nuclide in nuclides(&"nuclides".into()).expect("a sound table") {
        for recoil_mev in [1e-5, 1e-3, 1e-2] {
            let energy_mev = 2.0 * lowest_energy_mev(recoil_mev, nuclide.mass_mev(), 0.0);
            let [e, mu, tau] = [Flavor::Electron, Flavor::Muon, Flavor::Tau]
                .map(|flavor| cevns(&nuclide, recoil_mev, flavor, &model).at(energy_mev));
            assert!(
                e < mu && mu < tau && tau < 1.06 * e,
                "{}: {e:e} {mu:e} {tau:e}",
                nuclide.name()
            );
        }
    }
    assert_eq!(Flavor::ALL.len(), 3);
}
