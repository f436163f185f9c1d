//! Reactor flux models and newer experiments against the values of an independent computation (`tests/data/golden-2026-*.json`).
//! What an experiment is that this program does not have is left out.

mod excess;
mod reactor_flux;
mod runs;

use dipole_portal::analysis::{Analysis, Fluxes, Settings};
use dipole_portal::experiment::{DetectorSettings, Experiment, ExperimentId, Registry, Template};
use dipole_portal::physics::source::{ReactorModel, Spectrum};
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Counts, Dof, Limit};
use dipole_portal::{Choice, Flavor};
use serde_json::Value;

/// Tolerances: events and chi-square, limits.
const EVENTS: f64 = 1e-3;
const LIMITS: f64 = 1e-3;

const FILES: [&str; 2] = [
    include_str!("../data/golden-2026-reactor-solar.json"),
    include_str!("../data/golden-2026-xenon-argon.json"),
];

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

/// A list of numbers, or one number as a list.
fn numbers(value: &Value) -> Vec<f64> {
    match value {
        Value::Array(items) => items.iter().map(number).collect(),
        single => vec![number(single)],
    }
}

fn assert_close(what: &str, got: f64, expected: f64, tolerance: f64) {
    let off = got / expected - 1.0;
    let is_close = if expected == 0.0 {
        got == 0.0
    } else {
        off.abs() <= tolerance
    };
    assert!(
        is_close,
        "{what}: got {got:e}, reference {expected:e}, ratio - 1 = {off:e}"
    );
    println!("{off:+.1e} {what}");
}

/// The cases of one part of the files that are about experiments there are.
fn cases(part: &str) -> Vec<Value> {
    let registry = Registry::built_in().expect("sound tables");
    let files = FILES.map(|text| serde_json::from_str::<Value>(text).expect("JSON"));
    let lists = files.iter().map(|file| file[part].as_array().expect("a list"));
    let known = |case: &&Value| registry.position(id(case)).is_some();
    lists.flat_map(|list| list.iter().filter(known)).cloned().collect()
}

fn id(case: &Value) -> ExperimentId {
    ExperimentId::new(case["experiment"].as_str().expect("a name")).expect("a name")
}

fn named<C: Choice>(value: &Value) -> Option<C> {
    value.as_str().map(|name| C::from_name(name).expect("a known name"))
}

/// The experiment of a case at its settings.
fn analysis(case: &Value) -> Analysis {
    let settings = &case["settings"];
    let default = DetectorSettings::default();
    let model = named(&settings["flux_model"]).unwrap_or(ReactorModel::MuellerVogel);
    let settings = Settings {
        detector: DetectorSettings {
            quenching: named(&settings["quenching"]).unwrap_or(default.quenching),
            lindhard_k: settings["lindhard_k"].as_f64(),
        },
        fluxes: Fluxes::default().with_reactor_model(model),
        nuclei_only: settings["electrons"] == false,
        ..Settings::default()
    };
    Analysis::built_in(id(case), &settings).expect("sound tables")
}

/// Compares bins, but for those below 1 % of the largest.
fn assert_bins(what: &str, got: &[f64], expected: &[f64]) {
    let largest = expected.iter().copied().fold(0.0, f64::max);
    for (bin, (got, expected)) in got.iter().zip(expected).enumerate() {
        if *expected >= 0.01 * largest {
            assert_close(&format!("{what} {bin}"), *got, *expected, EVENTS);
        }
    }
}

fn dipole(analysis: &Analysis, case: &Value) -> (Template, f64) {
    let flavor = named::<Flavor>(&case["flavor"]).expect("a flavour");
    let coupling = number(&case["coupling_per_GeV"]);
    let strength = dipole_portal::physics::units::coupling_squared_per_mev2(coupling);
    (analysis.dipole(flavor, number(&case["mass_MeV"])), strength)
}

/// Counts of each run.
fn by_run(analysis: &Analysis, bins: &[f64]) -> Vec<f64> {
    let run = analysis.prediction().binning().energy.bins();
    bins.chunks(run).map(|run| run.iter().sum()).collect()
}

/// Recoils of nuclei, or of electrons where no others count.
fn seen(template: &Template) -> &Vec<f64> {
    if template.nucleus.iter().all(|count| *count == 0.0) {
        &template.electron
    } else {
        &template.nucleus
    }
}

#[test]
fn events_agree() {
    for case in cases("events") {
        let analysis = analysis(&case);
        let sm = analysis.standard_model();
        let (mut dipole, strength) = dipole(&analysis, &case);
        dipole.scale(strength);
        let sum = |bins: &[f64]| vec![bins.iter().sum::<f64>()];
        let quantities = [
            ("cevns_total", sum(&sm.nucleus)),
            ("electron_total", sum(&sm.electron)),
            ("sm_total", vec![sm.total()]),
            ("dipole_nucleus_total", sum(&dipole.nucleus)),
            ("dipole_electron_total", sum(&dipole.electron)),
            ("cevns_first_bins", sm.nucleus.clone()),
            ("sm_first_bins", seen(sm).clone()),
            ("dipole_first_bins", seen(&dipole).clone()),
            ("sm_by_run", by_run(&analysis, seen(sm))),
            ("dipole_by_run", by_run(&analysis, seen(&dipole))),
            ("sm_bins", sm.sum()),
            ("dipole_bins", dipole.sum()),
        ];
        for (name, got) in quantities {
            let Some(expected) = case.get(name) else { continue };
            assert_bins(&format!("{} {name}", case["experiment"]), &got, &numbers(expected));
        }
    }
}

#[test]
fn limits_agree() {
    let mut models = Vec::new();
    for case in cases("limits") {
        let (analysis, settings) = (analysis(&case), &case["settings"]);
        let confidence = Confidence {
            level: ConfidenceLevel::new(number(&settings["confidence"])).expect("a level"),
            ..Confidence::PAPER
        };
        models.push(analysis.settings().fluxes.reactor_model());
        for (mass_mev, expected) in numbers(&case["mass_MeV"])
            .into_iter()
            .zip(numbers(&case["coupling_per_GeV"]))
        {
            let flavor = named::<Flavor>(&case["flavor"]).expect("a flavour");
            let got = analysis.limit_per_gev(flavor, mass_mev, confidence).expect("converges");
            assert_close(
                &format!("{case} at {mass_mev} MeV"),
                got.value().expect("a limit"),
                expected,
                LIMITS,
            );
        }
    }
    assert!(models.contains(&ReactorModel::KopeikinMueller));
}

#[test]
fn chi_squares_agree() {
    for case in cases("chi2") {
        let analysis = analysis(&case);
        let likelihood = analysis.statistic().likelihood().expect("there are data");
        let (dipole, strength) = dipole(&analysis, &case);
        let dipole = dipole.sum();
        let mut sm = analysis.sm_beside_background().to_vec();
        if case["settings"]["signal"] == "none" {
            sm.fill(0.0);
        }
        let counts = Counts::new(likelihood.observed(), &sm, &dipole);
        let mut nuisances = likelihood.start(counts).expect("a start");
        let got = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
        assert_close(&case.to_string(), got.chi2, number(&case["chi2"]), EVENTS);
    }
}
