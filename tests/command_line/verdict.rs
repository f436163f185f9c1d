//! `verdict`: points on both sides of every best fit and every limit.

use crate::common::number;
use crate::program::answer_with_messages;
use serde_json::Value;

struct Verdict {
    answer: Value,
    messages: String,
}

impl Verdict {
    fn of(options: &str) -> Self {
        let (answer, messages) = answer_with_messages(&format!("verdict {options}"));
        Self { answer, messages }
    }

    fn experiment(&self, name: &str) -> &Value {
        let rows = self.answer["experiments"].as_array().expect("a list");
        rows.iter()
            .find(|row| row["experiment"] == name)
            .expect("an experiment with this flavour")
    }
}

/// Flavour, experiment, mass in MeV, further options: among them fluxes at which the best fit is not the SM.
const CASES: [(&str, &str, f64, &str); 9] = [
    ("e", "dresden-ii", 0.1, ""),
    ("e", "dresden-ii", 1.0, "--quenching lindhard"),
    ("e", "dresden-ii", 1.0, "--quenching lindhard --flux 0.5"),
    ("e", "coherent-csi", 1.0, ""),
    ("e", "coherent-csi", 1.0, "--flux 0.5"),
    ("mu", "coherent-csi", 1.0, "--flux 0.5"),
    ("mu", "coherent-csi", 30.0, "--cl 0.95"),
    ("tau", "xenon1t", 1.0, ""),
    ("tau", "pandax-4t", 1.0, "--flux 0.5"),
];

#[test]
fn points_above_a_limit_are_excluded_and_those_below_are_not() {
    for (flavor, experiment, mass, options) in CASES {
        let at = |coupling: f64| {
            let line = format!("--flavor {flavor} --mass {mass} --coupling {coupling:e} {options}");
            Verdict::of(&line)
        };
        let first = at(1e-7);
        let row = first.experiment(experiment);
        let limit = number(&row["limit_per_GeV"]);
        let best = row["best_fit_per_GeV"].as_f64().unwrap_or(0.0);
        for (coupling, excluded) in [
            (0.999 * limit, false),
            (1.001 * limit, true),
            (10.0 * limit, true),
            (best, false),
        ] {
            let verdict = at(coupling);
            let row = verdict.experiment(experiment);
            assert_eq!(
                row["excluded"], excluded,
                "{experiment} {options} at {coupling:e}: {row}"
            );
            assert_eq!(row["disfavoured_from_below"], false, "{row}");
            assert!(row["below_best_fit"] == false || coupling <= best, "{row}");
            assert!(
                (number(&row["limit_per_GeV"]) / limit - 1.0).abs() < 1e-9,
                "the limit moves with the point"
            );
        }
    }
}

/// Regression: "excluded at 99.8 %" for a coupling far too small to be seen, because the data prefer a larger one.
#[test]
fn a_point_below_the_best_fit_is_disfavoured_from_below_and_never_excluded() {
    for (options, experiment) in [
        ("--flavor mu --mass 1 --coupling 1e-12 --flux 0.5", "coherent-csi"),
        ("--flavor mu --mass 1 --coupling 0 --flux-sns 0.5", "coherent-csi"),
        (
            "--flavor e --mass 1 --coupling 1e-12 --quenching lindhard --cl 0.8",
            "dresden-ii",
        ),
    ] {
        let verdict = Verdict::of(options);
        let row = verdict.experiment(experiment);
        assert_eq!(row["excluded"], false, "{row}");
        assert_eq!(row["below_best_fit"], true, "{row}");
        assert!(number(&row["best_fit_per_GeV"]) > 1e-9, "{row}");
        let above = number(&row["confidence"]) > if options.contains("0.8") { 0.8 } else { 0.9 };
        assert_eq!(row["disfavoured_from_below"], above, "{row}");
        assert_eq!(
            verdict.messages.contains("disfavoured from below"),
            above,
            "{}",
            verdict.messages
        );
    }
    let verdict = Verdict::of("--flavor mu --mass 1 --coupling 1e-12 --flux 0.5");
    let row = verdict.experiment("coherent-csi");
    assert!(
        number(&row["delta_chi2"]) > 2.71 && row["disfavoured_from_below"] == true,
        "{row}"
    );
}

#[test]
fn a_bound_says_nothing_at_another_level() {
    for level in ["--cl 0.901", "--dof 2"] {
        let verdict = Verdict::of(&format!("--flavor tau --mass 1 --coupling 1e-3 {level}"));
        for experiment in ["xenon1t", "pandax-4t"] {
            let row = verdict.experiment(experiment);
            assert!(row["excluded"].is_null() && row["limit_per_GeV"].is_null(), "{row}");
        }
        assert!(
            verdict.answer["notes"].to_string().contains("no result for"),
            "{}",
            verdict.answer["notes"]
        );
    }
    let verdict = Verdict::of("--flavor tau --mass 1 --coupling 1e-3");
    assert_eq!(verdict.experiment("xenon1t")["excluded"], true);
}

/// At twice the Sun's flux the SM alone is above PandaX-4T's bound: not the merit of 0.09 dipole events.
#[test]
fn a_bound_below_the_standard_model_is_said_to_exclude_everything() {
    let verdict = Verdict::of("--flavor tau --mass 1 --coupling 1e-9 --flux-sun 2");
    let row = verdict.experiment("pandax-4t");
    assert_eq!(
        (&row["everything_excluded"], &row["excluded"]),
        (&Value::Bool(true), &Value::Bool(true))
    );
    assert!(row["limit_per_GeV"].is_null(), "{row}");
    assert!(
        verdict.messages.contains("the SM is above the bound"),
        "{}",
        verdict.messages
    );
    assert_eq!(verdict.experiment("xenon1t")["everything_excluded"], false);
}

/// Each source has a flux of its own.
#[test]
fn a_flux_belongs_to_its_source() {
    let point = "--flavor e --mass 1 --coupling 3e-7";
    let nominal = Verdict::of(point);
    let sns = Verdict::of(&format!("{point} --flux-sns 2"));
    let counts = |verdict: &Verdict, name: &str| number(&verdict.experiment(name)["sm_counts"]);
    for (experiment, factor) in [("dresden-ii", 1.0), ("coherent-csi", 2.0), ("xenon1t", 1.0)] {
        let ratio = counts(&sns, experiment) / counts(&nominal, experiment);
        assert!((ratio - factor).abs() < 1e-12, "{experiment}: {ratio}");
    }
    let all = Verdict::of(&format!("{point} --flux 2 --flux-sun 1"));
    assert!((counts(&all, "dresden-ii") / counts(&nominal, "dresden-ii") - 2.0).abs() < 1e-12);
    assert!((counts(&all, "xenon1t") / counts(&nominal, "xenon1t") - 1.0).abs() < 1e-12);
}

/// Five times the flux: chi-square 238 in 130 bins, a standard model that does not fit.
#[test]
fn a_standard_model_that_does_not_fit_is_said() {
    let verdict = Verdict::of("--flavor e --mass 1 --coupling 1e-9 --flux 5");
    let row = verdict.experiment("dresden-ii");
    assert_eq!(row["sm_misfit"], true, "{row}");
    assert!(number(&row["sm_fit"]["p_value"]) < 1e-6, "{row}");
    assert!(verdict.messages.contains("does not fit"), "{}", verdict.messages);
    let row = Verdict::of("--flavor e --mass 1 --coupling 1e-9")
        .experiment("dresden-ii")
        .clone();
    assert_eq!(row["sm_misfit"], false, "{row}");
    assert_eq!(
        (&row["sm_fit"]["bins"], &row["sm_fit"]["free_parameters"]),
        (&Value::from(130), &Value::from(6))
    );
}

#[test]
fn published_curves_answer_at_their_own_level() {
    let verdict = Verdict::of("--flavor mu --mass 1 --coupling 1e-3 --cl 0.8");
    let curves = verdict.answer["published"].as_array().expect("a list");
    assert!(curves.len() > 5);
    for curve in curves {
        assert!(curve["name"].is_string() && curve["label"].is_string(), "{curve}");
        assert!(curve["excludes"].is_boolean() || curve["excludes"].is_null(), "{curve}");
        assert!(
            curve["confidence_level"].is_number() || curve["confidence_level"].is_null(),
            "{curve}"
        );
        assert_ne!(curve["confidence_level"], 0.8, "{curve}");
    }
    let charm = curves
        .iter()
        .find(|curve| curve["name"] == "charm_ii")
        .expect("a known curve");
    assert_eq!(charm["excludes"], true, "{charm}");
}
