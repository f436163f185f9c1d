//! The values of the independent computation, and how closely they have to be reached.

// Not every test needs all of it.
#![allow(dead_code)]

pub(crate) mod overrides;

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
