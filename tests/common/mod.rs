//! The values of the independent computation, and how closely they have to be reached.

// Not every test needs all of it.
#![allow(dead_code)]

pub(crate) mod overrides;

use dipole_portal::physics::cross_section::{Sign, lowest_energy_mev, scatterer};
use dipole_portal::physics::units::{CM2_PER_INVERSE_MEV2, coupling_squared_per_mev2};
use dipole_portal::{Choice, Flavor};
use serde_json::Value;

/// Tolerances of the reference, relative.
pub(crate) const CROSS_SECTIONS: f64 = 1e-6;
pub(crate) const IDEAL_SPECTRA: f64 = 1e-5;
pub(crate) const TEMPLATES: f64 = 2e-3;
pub(crate) const LIMITS: f64 = 2e-3;

/// The cases of one part of the file.
pub(crate) fn reference(part: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../data/reference.json")).expect("the file is JSON");
    all[part].as_array().expect("the part is a list").clone()
}

pub(crate) fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// A list of numbers, or one number as a list.
pub(crate) fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().map(number).collect(),
        single => vec![number(single)],
    }
}

pub(crate) fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance * expected.abs(),
        "{what}: got {got:e}, reference {expected:e}, ratio - 1 = {:e}",
        got / expected - 1.0
    );
}

/// Compares templates; bins below 1 % of the largest are not part of the comparison.
pub(crate) fn assert_templates_close(what: &str, got: &[f64], expected: &[f64]) {
    let largest = expected.iter().copied().fold(0.0, f64::max);
    for (bin, (got, expected)) in got.iter().zip(expected).enumerate() {
        if *expected >= 0.01 * largest {
            assert_close(&format!("{what} {bin}"), *got, *expected, TEMPLATES);
        }
    }
}

/// The cross section of a case, in cm^2 per MeV of recoil energy: zero where the neutrino has too little energy.
pub(crate) fn cross_section_cm2_per_mev(case: &Value) -> f64 {
    let process = case["process"].as_str().expect("a process");
    let target = scatterer(case["target"].as_str().expect("a target")).expect("a known target");
    let (energy_mev, recoil_mev) = (number(&case["energy_MeV"]), number(&case["recoil_keV"]) * 1e-3);
    let mass_mev = number(&case["mass_MeV"]);
    let (cross_section, strength) = if process.starts_with("dipole") {
        let strength = coupling_squared_per_mev2(number(&case["coupling_per_GeV"]));
        (target.dipole(recoil_mev, mass_mev, Sign::Correct), strength)
    } else {
        let flavor = Flavor::from_name(case["flavor"].as_str().expect("a name")).expect("a flavour");
        let anti = case["anti"].as_bool().expect("a truth value");
        (target.standard_model(recoil_mev, flavor, anti), 1.0)
    };
    let is_allowed = energy_mev >= lowest_energy_mev(recoil_mev, target.mass_mev(), mass_mev);
    let got = if is_allowed { cross_section.at(energy_mev) } else { 0.0 };
    got * strength * CM2_PER_INVERSE_MEV2
}
