//! Inputs that are changed: this program beside the independent computation in `tests/independent`.

use dipole_portal::analysis::{Analysis, Settings, Weights};
use dipole_portal::experiment::{ADJUSTABLE, DetectorSettings, ExperimentId, Registry};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, Limit, Sides};
use dipole_portal::{Choice, ErrorKind, Flavor};
use serde_json::Value;

/// Relative, of a limit.
pub(crate) const LIMITS: f64 = 1e-2;
/// Relative and absolute, of a chi-square.
pub(crate) const CHI_SQUARES: f64 = 1e-3;

/// The cases of the file.
pub(crate) fn overrides() -> Vec<Value> {
    serde_json::from_str(include_str!("../data/independent-overrides.json")).expect("the file is JSON")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn text<'a>(case: &'a Value, key: &str) -> &'a str {
    case[key].as_str().expect("a text")
}

pub(crate) fn experiment(case: &Value) -> ExperimentId {
    ExperimentId::new(text(case, "experiment")).expect("a name")
}

pub(crate) fn changes(case: &Value) -> impl Iterator<Item = (&str, &str)> {
    let set = case["set"].as_object().expect("keys with values");
    set.iter()
        .map(|(key, value)| (key.as_str(), value.as_str().expect("a text")))
}

fn settings(registry: &Registry, case: &Value) -> Settings {
    let mut settings = Settings {
        detector: DetectorSettings {
            quenching: Quenching::from_name(text(case, "quenching")).expect("a model"),
            ..DetectorSettings::default()
        },
        expected: case["expected"].as_bool().expect("a truth value"),
        ..Settings::default()
    };
    if case["printed_sign"] == Value::Bool(true) {
        settings.sign = Sign::Printed;
    }
    if let Some(weights) = case.get("weights") {
        settings.weights = Weights::new(["e", "mu", "tau"].map(|flavor| number(&weights[flavor]))).expect("weights");
    }
    for (key, value) in changes(case) {
        match key {
            // A setting of the detector, where other inputs are rows that are changed.
            "lindhard-k" => settings.detector.lindhard_k = Some(value.parse().expect("a number")),
            _ => {
                let name = format!("{}.{key}", experiment(case));
                settings
                    .edits
                    .set_named(registry, &name, value)
                    .expect("an input that can be changed");
            }
        }
    }
    // The experiment itself finds out that it is only expected where an input says so.
    let marked = |key| ADJUSTABLE.iter().any(|row| row.key == key && row.changes_the_data);
    if changes(case).any(|(key, _)| marked(key)) {
        settings.expected = false;
    }
    settings
}

/// What there is instead of a limit, in the words of the file, or the limit.
fn limit(analysis: &Analysis, case: &Value) -> Result<f64, &'static str> {
    let flavor = Flavor::from_name(text(case, "flavor")).expect("a flavour");
    let one = case.get("sides").is_some_and(|sides| sides == "one");
    let confidence = Confidence {
        sides: if one { Sides::One } else { Sides::Two },
        ..Confidence::PAPER
    };
    match analysis.limit_per_gev(flavor, number(&case["mass_mev"]), confidence) {
        Ok(Limit::At(limit)) => Ok(limit),
        Ok(Limit::NoSensitivity) => Err("no sensitivity"),
        Ok(Limit::EverythingExcluded) => Err("everything excluded"),
        Err(error) if matches!(error.kind(), ErrorKind::Unavailable { .. }) => Err("no expectation"),
        Err(_) => Err("another error"),
    }
}

/// All deviations of one run, so that one run shows every one of them.
#[derive(Default)]
pub(crate) struct Deviations {
    pub(crate) limits: usize,
    pub(crate) largest_limit: (f64, String),
    pub(crate) chi_squares: usize,
    pub(crate) largest_chi2: (f64, String),
    pub(crate) beyond: Vec<String>,
}

impl Deviations {
    fn limit(&mut self, case: &Value, got: Result<f64, &'static str>) {
        self.limits += 1;
        let deviation = match (&got, case["limit_per_gev"].as_f64()) {
            (Ok(got), Some(limit)) => (got / limit - 1.0).abs(),
            (Err(got), None) if *got == text(case, "no_limit") => 0.0,
            _ => f64::INFINITY,
        };
        if deviation >= self.largest_limit.0 {
            self.largest_limit = (deviation, case.to_string());
        }
        if deviation > LIMITS {
            self.beyond.push(format!("{case}: limit {got:?}, {deviation:.1e}"));
        }
    }

    fn chi2(&mut self, case: &Value, got: Option<f64>) {
        self.chi_squares += usize::from(got.is_some());
        let deviation = match (got, case["chi2_sm"].as_f64()) {
            (Some(got), Some(chi2)) => (got - chi2).abs() / (1.0 + chi2),
            (None, None) => 0.0,
            _ => f64::INFINITY,
        };
        if deviation >= self.largest_chi2.0 {
            self.largest_chi2 = (deviation, case.to_string());
        }
        if deviation > CHI_SQUARES {
            self.beyond.push(format!("{case}: chi-square {got:?}, {deviation:.1e}"));
        }
    }
}

/// Every case of an experiment.
pub(crate) fn compare(id: ExperimentId) -> Deviations {
    let registry = Registry::built_in().expect("sound tables");
    let mut deviations = Deviations::default();
    let mut last: Option<(Settings, Analysis)> = None;
    for case in overrides().iter().filter(|case| experiment(case) == id) {
        let (settings, name) = (settings(&registry, case), case.to_string());
        let analysis = match last.take() {
            Some((before, analysis)) if before == settings => analysis,
            _ => Analysis::built_in(id, &settings).expect(&name),
        };
        assert_eq!(Value::Bool(analysis.is_expected()), case["expected"], "{case}");
        deviations.limit(case, limit(&analysis, case));
        deviations.chi2(case, analysis.sm_fit().map(|fit| fit.chi2));
        last = Some((settings, analysis));
    }
    deviations
}
