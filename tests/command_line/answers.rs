//! What the answers look like, and what they say besides numbers.

use crate::common::{number, numbers};
use crate::program::{answer, answer_with_messages, run};
use dipole_portal::experiment::ExperimentId;
use serde_json::{Value, json};

const COUNTS: [&str; 6] = [
    "cevns",
    "electron",
    "dipole_nucleus",
    "dipole_electron",
    "background",
    "observed",
];

fn keys(object: &Value) -> Vec<&str> {
    let mut keys: Vec<_> = object
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect();
    keys.sort_unstable();
    keys
}

fn sorted<'a>(names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<_> = names.into_iter().collect();
    names.sort_unstable();
    names
}

fn events(experiment: &str) -> Value {
    answer(&format!("events --experiment {experiment}"))
}

#[test]
fn events_have_the_bins_of_the_experiment() {
    let photoelectrons = [
        "photoelectrons_low",
        "photoelectrons_high",
        "time_low_us",
        "time_high_us",
    ];
    let cases: [(&str, &str, usize, &[&str]); 4] = [
        ("dresden-ii", "counts/day", 130, &["energy_low_keV", "energy_high_keV"]),
        ("coherent-csi", "counts", 99, &photoelectrons),
        ("xenon1t", "counts", 1, &["recoil_low_keV", "recoil_high_keV"]),
        ("pandax-4t", "counts", 1, &["recoil_low_keV", "recoil_high_keV"]),
    ];
    for (experiment, unit, bins, edges) in cases {
        let answer = events(experiment);
        assert_eq!(answer["unit"], unit);
        assert_eq!(answer["bins"].as_array().expect("a list").len(), bins, "{experiment}");
        for bin in answer["bins"].as_array().expect("a list") {
            assert_eq!(keys(bin), sorted(COUNTS.into_iter().chain(edges.iter().copied())));
        }
        assert_eq!(keys(&answer["totals"]), sorted(COUNTS));
    }
}

#[test]
fn totals_are_the_sums_of_the_bins() {
    for experiment in &ExperimentId::PAPER {
        let answer = events(experiment.name());
        let bins = answer["bins"].as_array().expect("a list");
        for key in COUNTS {
            let total = &answer["totals"][key];
            if total.is_null() {
                assert!(bins.iter().all(|bin| bin[key].is_null()), "{experiment} {key}");
                continue;
            }
            let sum: f64 = bins.iter().map(|bin| number(&bin[key])).sum();
            assert!((sum - number(total)).abs() <= 1e-12 * sum.abs(), "{experiment} {key}");
        }
    }
}

#[test]
fn germanium_bins_touch_and_cesium_iodide_bins_run_over_time_first() {
    let germanium = events("dresden-ii");
    for pair in germanium["bins"].as_array().expect("a list").windows(2) {
        assert_eq!(pair[0]["energy_high_keV"], pair[1]["energy_low_keV"]);
    }
    let csi = events("coherent-csi");
    for (index, bin) in csi["bins"].as_array().expect("a list").iter().enumerate() {
        let first_of_row = &csi["bins"][index / 11 * 11];
        let first_of_column = &csi["bins"][index % 11];
        assert_eq!(bin["photoelectrons_low"], first_of_row["photoelectrons_low"]);
        assert_eq!(bin["time_low_us"], first_of_column["time_low_us"]);
    }
}

/// Expectation and data can be laid over each other: within the 3 % of the nominal backgrounds of CsI,
/// much closer with the fitted one of germanium.
#[test]
fn background_and_signal_add_up_to_the_data() {
    for (experiment, tolerance) in [("dresden-ii", 0.01), ("coherent-csi", 0.04)] {
        let totals = &answer(&format!("events --experiment {experiment} --coupling 0"))["totals"];
        let expected = number(&totals["cevns"]) + number(&totals["electron"]) + number(&totals["background"]);
        let ratio = expected / number(&totals["observed"]);
        assert!((ratio - 1.0).abs() < tolerance, "{experiment}: {ratio}");
    }
}

#[test]
fn what_a_flux_bound_does_not_have_is_null() {
    for experiment in ["xenon1t", "pandax-4t"] {
        let answer = events(experiment);
        for value in [&answer["chi2"], &answer["chi2_sm"], &answer["nuisances"]] {
            assert!(value.is_null(), "{experiment}");
        }
        assert!(answer["totals"]["background"].is_null() && answer["totals"]["observed"].is_null());
        assert_eq!(answer["totals"]["electron"], 0.0);
        assert_eq!(answer["totals"]["dipole_electron"], 0.0);
    }
}

/// The word delta chi-square belongs to the distance from the best fit; from the SM it has a name of its own.
#[test]
fn what_chi_square_is_counted_from_is_in_its_name() {
    for experiment in ["dresden-ii", "coherent-csi"] {
        let answer = answer(&format!("events --experiment {experiment} --coupling 3e-7"));
        let difference = number(&answer["chi2"]) - number(&answer["chi2_sm"]);
        assert_eq!(number(&answer["chi2_minus_chi2_sm"]), difference);
        assert!(answer.get("delta_chi2").is_none());
        assert!(number(&answer["degrees_of_freedom"]) >= 99.0);
    }
}

#[test]
fn fitted_nuisances_have_names() {
    let csi = &events("coherent-csi")["nuisances"];
    assert_eq!(keys(csi), ["brn", "nin", "signal", "ssb"]);
    assert!(keys(&events("dresden-ii")["nuisances"]).contains(&"line_energy_kev"));
}

/// A number that rests on a stand-in for unpublished data says so wherever it goes.
#[test]
fn surrogates_are_named_with_the_numbers() {
    for experiment in ["xenon1t", "pandax-4t"] {
        for line in [
            format!("events --experiment {experiment}"),
            format!("limit --experiment {experiment} --mass 1"),
        ] {
            let notes = &answer(&line)["notes"];
            assert!(
                notes[0].as_str().expect("a note").contains("surrogate"),
                "{line}: {notes}"
            );
        }
    }
    assert_eq!(events("dresden-ii")["notes"], json!([]));
}

#[test]
fn masses_out_of_reach_are_null_and_named() {
    let (answer, messages) = answer_with_messages("limit --experiment dresden-ii --mass 1,200,3,1000");
    let limits = answer["coupling_per_GeV"].as_array().expect("a list");
    assert!(limits[0].is_number() && limits[2].is_number());
    assert!(limits[1].is_null() && limits[3].is_null());
    assert_eq!(messages, "note: no sensitivity at masses (MeV): 200.0, 1000.0\n");
    for (masses, named) in [
        ("120,150,200,1,300,1000", "120.0 to 200.0, 300.0, 1000.0"),
        ("120,1000,150", "120.0, 1000.0, 150.0"),
    ] {
        let (_, messages) = answer_with_messages(&format!("limit --experiment dresden-ii --mass {masses}"));
        assert_eq!(messages, format!("note: no sensitivity at masses (MeV): {named}\n"));
    }
}

/// Other levels cannot be derived from a published bound; a rescaled number would be invented.
#[test]
fn a_published_bound_stands_for_its_own_level_only() {
    for level in ["--cl 0.95", "--dof 2"] {
        let (answer, messages) = answer_with_messages(&format!("limit --experiment xenon1t --mass 0.1,1 {level}"));
        assert_eq!(answer["coupling_per_GeV"], json!([null, null]));
        let why = "there is a published bound for 90 %, 1 degree of freedom";
        assert!(messages.contains(why), "{messages}");
        assert!(answer["notes"].to_string().contains(why), "{answer}");
    }
    answer("limit --experiment xenon1t --mass 0.1,1 --cl 0.90 --dof 1");
}

#[test]
fn a_bound_below_the_standard_model_excludes_every_coupling() {
    let (answer, messages) = answer_with_messages("limit --experiment pandax-4t --mass 1 --flux 10");
    assert_eq!(answer["coupling_per_GeV"], json!([null]));
    assert!(messages.contains("every coupling is excluded"), "{messages}");
    assert!(!messages.contains("no sensitivity"), "{messages}");
}

#[test]
fn limits_follow_level_and_degrees_of_freedom() {
    let limit = |options: &str| {
        number(&answer(&format!("limit --experiment coherent-csi --mass 10 {options}"))["coupling_per_GeV"][0])
    };
    assert_eq!(limit(""), limit("--cl 0.9 --dof 1"));
    assert!(limit("--cl 0.95") > limit("") && limit("--dof 2") > limit(""));
}

#[test]
fn a_range_of_masses_is_logarithmic_with_both_ends() {
    let answer = answer_with_messages("limit --experiment xenon1t --mass 0.1:50:60").0;
    let masses = numbers(&answer["mass_MeV"]);
    assert_eq!((masses.len(), masses[0], masses[59]), (60, 0.1, 50.0));
    for three in masses.windows(3) {
        assert!((three[0] * three[2] / (three[1] * three[1]) - 1.0).abs() < 1e-12);
    }
    assert_eq!(answer["coupling_per_GeV"].as_array().map(Vec::len), Some(60));
    // Up to the largest mass there is: rounding must not push the end out of range.
    answer_with_messages("limit --experiment xenon1t --mass 0.7:1000:7");
}

#[test]
fn a_spectrum_without_energies_covers_the_view_of_the_experiment() {
    let answer = answer("spectrum --experiment coherent-csi");
    let recoils = numbers(&answer["recoil_keV"]);
    assert_eq!((recoils.len(), recoils[0]), (200, 0.1));
    assert!((recoils[199] / 60.0 - 1.0).abs() < 1e-12);
    for key in ["sm_per_keV", "dipole_per_keV"] {
        assert_eq!(numbers(&answer[key]).len(), 200);
    }
}

#[test]
fn counts_follow_the_flux_and_the_square_of_the_coupling() {
    let line = "spectrum --experiment xenon1t --recoil 1 --mass 2 --coupling";
    let (once, more) = (
        answer(&format!("{line} 1e-7")),
        answer(&format!("{line} 3e-7 --flux 2")),
    );
    let ratio = |key: &str| number(&more[key][0]) / number(&once[key][0]);
    assert!((ratio("sm_per_keV") - 2.0).abs() < 1e-12);
    assert!((ratio("dipole_per_keV") - 18.0).abs() < 1e-12);
}

#[test]
fn the_flavor_is_by_default_that_of_the_paper() {
    for (experiment, flavor) in [
        ("dresden-ii", "e"),
        ("coherent-csi", "mu"),
        ("xenon1t", "tau"),
        ("pandax-4t", "tau"),
    ] {
        let line = format!("limit --experiment {experiment} --mass 1");
        assert_eq!(answer(&line), answer(&format!("{line} --flavor {flavor}")));
    }
}

/// The model of the reactor flux reaches spectrum, counts, limit, verdict and what is exported.
#[test]
fn the_model_of_the_reactor_flux_counts_everywhere() {
    for line in [
        "spectrum --experiment dresden-ii",
        "events --experiment dresden-ii",
        "limit --experiment dresden-ii --mass 1",
        "verdict --flavor e --mass 1 --coupling 1e-7",
        "best-fit --experiment dresden-ii",
    ] {
        let with = |model: &str| answer(&format!("{line} --reactor-flux {model}"));
        assert_eq!(with("mueller-vogel"), answer(line), "{line}");
        let models = ["mueller-vogel", "kopeikin-mueller", "estienne-fallot"].map(with);
        assert!(models[0] != models[1] && models[1] != models[2], "{line}");
    }
}

/// Scripts go through all experiments with the same options: not an error, but not in silence.
#[test]
fn options_without_effect_are_accepted_and_named() {
    for (line, idle) in [
        ("limit --mass 1 --experiment coherent-csi", "--quenching ybe"),
        ("events --experiment xenon1t", "--lindhard-k 0.2"),
        ("events --experiment dresden-ii --quenching ybe", "--lindhard-k 0.2"),
        ("spectrum --experiment dresden-ii", "--quenching ybe"),
        ("events --experiment xenon1t", "--reactor-flux kopeikin-mueller"),
    ] {
        let (with, messages) = answer_with_messages(&format!("{line} {idle}"));
        assert_eq!(with, answer(line), "{line}");
        let option = idle.split(' ').next().expect("an option");
        assert!(
            messages.starts_with(&format!("note: {option} has no effect")),
            "{messages}"
        );
    }
    let lindhard = "limit --experiment dresden-ii --mass 1 --quenching lindhard";
    assert_ne!(answer(lindhard), answer(&format!("{lindhard} --lindhard-k 0.2")));
}

#[test]
fn help_and_version_are_not_errors() {
    for line in ["--help", "-h", "--version", "limit --help", "help events"] {
        let run = run(line);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""), "{line}");
        assert!(!run.stdout.is_empty(), "{line}");
    }
    let help = run("events --help").stdout;
    for word in ["dresden-ii", "lindhard", "[default: 1e-7]", "--printed-sign"] {
        assert!(help.contains(word), "{word}: {help}");
    }
}

/// At the best fit the chi-square of the point is that of the fit, and no other point of a grid is better.
#[test]
fn the_best_fit_is_the_best() {
    let options = "--experiment dresden-ii --quenching lindhard";
    let best = answer(&format!("best-fit {options}"));
    let chi2_at = |mass: f64, coupling: f64| {
        number(&answer(&format!("events {options} --mass {mass} --coupling {coupling}"))["chi2"])
    };
    let (mass, coupling) = (number(&best["mass_MeV"]), number(&best["coupling_per_GeV"]));
    let lowest = number(&best["chi2"]);
    assert!((chi2_at(mass, coupling) - lowest).abs() < 1e-4, "{best}");
    for (of_mass, of_coupling) in [(0.9, 1.0), (1.1, 1.0), (1.0, 0.8), (1.0, 1.25), (0.2, 0.3)] {
        assert!(
            chi2_at(of_mass * mass, of_coupling * coupling) > lowest,
            "{of_mass} {of_coupling}"
        );
    }
    // A bound has no fit, and says so.
    let (bound, _) = answer_with_messages("best-fit --experiment xenon1t");
    assert!(
        bound["chi2"].is_null() && bound["notes"].to_string().contains("no fit"),
        "{bound}"
    );
}
