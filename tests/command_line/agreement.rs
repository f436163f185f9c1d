//! Every case of the reference through the command line, within the tolerances of the core.

use crate::common::{
    CROSS_SECTIONS, IDEAL_SPECTRA, LIMITS, assert_close, assert_templates_close, number, numbers, reference,
};
use crate::program::answer_with_messages;
use serde_json::Value;

/// `--key value` for those of `keys` (name of the option, name in the reference) that the case has.
fn options(case: &Value, keys: &[(&str, &str)]) -> String {
    let option = |(option, key): &(&str, &str)| {
        let value = case.get(*key)?;
        let text = match value {
            Value::String(name) => name.clone(),
            Value::Array(items) => items.iter().map(Value::to_string).collect::<Vec<_>>().join(","),
            number => number.to_string(),
        };
        Some(format!(" --{option} {text}"))
    };
    keys.iter().filter_map(option).collect()
}

fn answer_to(command: &str, case: &Value, keys: &[(&str, &str)]) -> Value {
    let anti = if case["anti"] == true { " --anti" } else { "" };
    answer_with_messages(&format!("{command}{}{anti}", options(case, keys))).0
}

const POINT: [(&str, &str); 5] = [
    ("experiment", "experiment"),
    ("flavor", "flavor"),
    ("quenching", "quenching"),
    ("mass", "mass_MeV"),
    ("coupling", "coupling_per_GeV"),
];

#[test]
fn cross_sections_agree() {
    let keys = [
        ("process", "process"),
        ("target", "target"),
        ("flavor", "flavor"),
        ("energy", "energy_MeV"),
        ("recoil", "recoil_keV"),
        ("mass", "mass_MeV"),
        ("coupling", "coupling_per_GeV"),
    ];
    for case in reference("cross_sections") {
        let got = number(&answer_to("cross-section", &case, &keys)["cm2_per_MeV"]);
        assert_close(&case.to_string(), got, number(&case["cm2_per_MeV"]), CROSS_SECTIONS);
    }
}

#[test]
fn ideal_spectra_agree() {
    for case in reference("ideal_spectra") {
        let keys = [&POINT[..], &[("recoil", "recoil_keV")]].concat();
        let answer = answer_to("spectrum", &case, &keys);
        assert_eq!(answer["recoil_keV"], case["recoil_keV"]);
        for key in ["sm_per_keV", "dipole_per_keV"] {
            let (got, expected) = (numbers(&answer[key]), numbers(&case[key]));
            assert_eq!(got.len(), expected.len());
            for (got, expected) in got.into_iter().zip(expected) {
                assert_close(&format!("{case} {key}"), got, expected, IDEAL_SPECTRA);
            }
        }
    }
}

#[test]
fn events_agree() {
    for case in reference("events") {
        let answer = answer_to("events", &case, &POINT);
        let bins = answer["bins"].as_array().expect("a list of bins");
        let total = |key: &str| number(&answer["totals"][key]);
        let first = |key: &str| bins[..5].iter().map(|bin| number(&bin[key])).collect::<Vec<_>>();
        let sm = |bin: &Value| number(&bin["cevns"]) + number(&bin["electron"]);
        let dipole = |bin: &Value| number(&bin["dipole_nucleus"]);
        let quantities = [
            ("cevns_total", vec![total("cevns")]),
            ("electron_total", vec![total("electron")]),
            ("sm_total", vec![total("cevns") + total("electron")]),
            ("dipole_nucleus_total", vec![total("dipole_nucleus")]),
            ("dipole_electron_total", vec![total("dipole_electron")]),
            ("cevns_first_bins", first("cevns")),
            ("dipole_first_bins", first("dipole_nucleus")),
            ("sm_by_pe", by_edge(bins, "photoelectrons_low", sm)),
            ("sm_by_time", by_edge(bins, "time_low_us", sm)),
            ("dipole_by_pe", by_edge(bins, "photoelectrons_low", dipole)),
            ("dipole_by_time", by_edge(bins, "time_low_us", dipole)),
        ];
        let known = quantities.iter().filter(|(name, _)| case.get(*name).is_some());
        for (name, got) in known {
            let expected = numbers(&case[*name]);
            assert_eq!(got.len(), expected.len(), "{name}");
            assert_templates_close(&format!("{} {name}", case["experiment"]), got, &expected);
        }
    }
}

/// Sums of the bins that share an edge, in the order in which the edges first come.
fn by_edge(bins: &[Value], edge: &str, count: impl Fn(&Value) -> f64) -> Vec<f64> {
    let mut sums: Vec<(&Value, f64)> = Vec::new();
    for bin in bins {
        match sums.iter_mut().find(|(known, _)| **known == bin[edge]) {
            Some((_, sum)) => *sum += count(bin),
            None => sums.push((&bin[edge], count(bin))),
        }
    }
    sums.into_iter().map(|(_, sum)| sum).collect()
}

#[test]
fn limits_agree() {
    for case in reference("limits") {
        let answer = answer_to("limit", &case, &POINT);
        assert_eq!(answer["mass_MeV"], case["mass_MeV"]);
        let expected = numbers(&case["limit90_per_GeV"]);
        let got = numbers(&answer["coupling_per_GeV"]);
        assert_eq!(got.len(), expected.len());
        for (got, expected) in got.into_iter().zip(expected) {
            assert_close(&case.to_string(), got, expected, LIMITS);
        }
    }
}

/// The erratum that a referee asks about: the size of it is known.
#[test]
fn the_printed_sign_is_26_percent_too_large_at_20_mev() {
    let line = "cross-section --process dipole-nucleus --target Cs133 --flavor mu --energy 30 --recoil 10 --mass 20 \
                --coupling 1e-6";
    let correct = number(&answer_with_messages(line).0["cm2_per_MeV"]);
    let printed = number(&answer_with_messages(&format!("{line} --printed-sign")).0["cm2_per_MeV"]);
    assert!((printed / correct - 1.26).abs() < 0.005, "{}", printed / correct);
}

#[test]
fn chi_square_of_the_standard_model_is_the_published_one() {
    for (experiment, expected) in [("dresden-ii", 103.81), ("coherent-csi", 84.32)] {
        let answer = answer_with_messages(&format!("events --experiment {experiment} --coupling 0")).0;
        let (chi2, chi2_sm) = (number(&answer["chi2"]), number(&answer["chi2_sm"]));
        assert!((chi2_sm - expected).abs() < 0.05, "{experiment}: {chi2_sm}");
        assert_eq!(chi2, chi2_sm, "{experiment}: no coupling, no difference");
    }
}
