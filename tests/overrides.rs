//! Inputs that are changed, against the independent computation in `tests/independent`: limits and chi-squares of every input that can be changed,
//! at values other than the table's.

mod common;

use common::overrides::{changes, compare, experiment, overrides};
use dipole_portal::experiment::{ADJUSTABLE, ExperimentId, Range, Registry};
use std::collections::BTreeSet;

fn assert_agrees(id: ExperimentId) {
    let deviations = compare(id);
    for (what, (deviation, case)) in [
        ("limits", &deviations.largest_limit),
        ("chi-squares", &deviations.largest_chi2),
    ] {
        println!("{id}: largest deviation of {what} {deviation:.1e}, {case}");
    }
    assert!(deviations.beyond.is_empty(), "{}", deviations.beyond.join("\n"));
}

#[test]
fn dresden_ii_agrees() {
    assert_agrees(ExperimentId::DRESDEN_II);
}

#[test]
fn coherent_csi_agrees() {
    assert_agrees(ExperimentId::COHERENT_CSI);
}

#[test]
fn xenon1t_agrees() {
    assert_agrees(ExperimentId::XENON1T);
}

#[test]
fn pandax_4t_agrees() {
    assert_agrees(ExperimentId::PANDAX_4T);
}

/// Inputs that can be changed, but that the independent computation does not change yet.
const NOT_COMPUTED: [&str; 12] = [
    "l1-energy-low",
    "l1-energy-high",
    "l2-energy",
    "m-energy",
    "light-yield",
    "light-yield-1",
    "light-yield-2",
    "light-yield-3",
    "light-yield-4",
    "light-yield-constant",
    "molar-mass",
    "recoil-high",
];

/// An input that nobody computed independently would be one that nothing here can find wrong.
#[test]
fn every_input_that_can_be_changed_is_compared_at_two_values() {
    let registry = Registry::built_in().expect("sound tables");
    let cases = overrides();
    for id in ExperimentId::PAPER {
        let spec = registry.get(id).expect("an experiment");
        for row in ADJUSTABLE.iter().filter(|row| spec.check_adjustable(row.key).is_ok()) {
            let values: BTreeSet<String> = cases
                .iter()
                .filter(|case| experiment(case) == id)
                .filter_map(|case| {
                    changes(case)
                        .find(|(key, _)| *key == row.key)
                        .map(|(_, value)| value.to_owned())
                })
                .collect();
            let wanted = match row.range {
                Range::Options(options) => options.len() - 1,
                _ => 2,
            };
            let is_left_out = NOT_COMPUTED.contains(&row.key);
            assert_eq!(values.len() < wanted, is_left_out, "{id}: {} at {values:?}", row.key);
        }
    }
}
