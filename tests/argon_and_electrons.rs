//! COHERENT's argon and solar neutrinos on electrons with everything that other experiments can do, too.

use dipole_portal::Flavor;
use dipole_portal::analysis::verdict::point_result;
use dipole_portal::analysis::{Analysis, Benchmark, Combination, Settings, Shares, Subject};
use dipole_portal::experiment::{ADJUSTABLE, ExperimentId, ExperimentSpec, Registry};
use dipole_portal::statistics::{Confidence, Sides};
use std::sync::Arc;

/// Each with a flavour and a mass in MeV where every part of its source counts.
const CASES: [(&str, Flavor, f64); 3] = [
    ("coherent-lar", Flavor::Muon, 20.0),
    ("xenonnt-er", Flavor::Electron, 0.1),
    ("lz-er", Flavor::Electron, 0.1),
];

fn id(name: &str) -> ExperimentId {
    ExperimentId::new(name).expect("a name")
}

fn spec(name: &str) -> Arc<ExperimentSpec> {
    let registry = Registry::built_in().expect("sound tables");
    Arc::clone(registry.get(id(name)).expect("a built-in experiment"))
}

fn changed(name: &str, changes: &[(&str, &str)]) -> Analysis {
    let mut settings = Settings::default();
    for (key, value) in changes {
        settings.edits.set(id(name), key, Some(value));
    }
    Analysis::new(&spec(name), &settings).expect("sound values")
}

fn with(name: &str, settings: &Settings) -> Analysis {
    Analysis::new(&spec(name), settings).expect("sound values")
}

fn expected() -> Settings {
    Settings {
        expected: true,
        ..Settings::default()
    }
}

fn limit(subject: &dyn Subject, flavor: Flavor, mass_mev: f64) -> f64 {
    let limit = subject.limit_per_gev(flavor, mass_mev, Confidence::PAPER);
    limit.expect("converges").value().expect("a limit")
}

fn close(got: f64, wanted: f64, tolerance: f64) {
    assert!(
        (got - wanted).abs() <= tolerance * wanted.abs().max(1.0),
        "{got:e} for {wanted:e}"
    );
}

#[test]
fn an_expectation_fits_itself() {
    for (name, flavor, mass_mev) in CASES {
        let analysis = with(name, &expected());
        assert!(analysis.is_expected());
        assert!(analysis.sm_fit().expect("a fit").chi2.abs() < 1e-9, "{name}");
        let ratio = limit(&analysis, flavor, mass_mev) / limit(&changed(name, &[]), flavor, mass_mev);
        assert!((0.5..2.0).contains(&ratio), "{name}: {ratio}");
        // Ten times as much of it is better, by less than without backgrounds.
        let key = if name == "xenonnt-er" {
            "target-exposure"
        } else {
            "target-mass"
        };
        let value: f64 = spec(name).inputs().number(key).expect("a row");
        let more = changed(name, &[(key, &(10.0 * value).to_string())]);
        assert!(more.is_expected());
        let gain = limit(&analysis, flavor, mass_mev) / limit(&more, flavor, mass_mev);
        assert!((1.1..10_f64.powf(0.5)).contains(&gain), "{name}: {gain}");
    }
}

/// Without a prior the normalisation of the background stays where the data have put it.
#[test]
fn free_backgrounds_stay_where_the_data_are() {
    let measured = changed("xenonnt-er", &[]);
    let observed: f64 = measured.statistic().likelihood().expect("data").observed().iter().sum();
    let analysis = with("xenonnt-er", &expected());
    let expected: f64 = analysis
        .statistic()
        .likelihood()
        .expect("an expectation")
        .observed()
        .iter()
        .sum();
    // A free normalisation fits the sum of the counts.
    close(expected, observed, 1e-6);
    let fit = measured.sm_fit().expect("a fit");
    assert!(fit.nuisances[0].abs() > 1e-3);
}

/// Every row of these experiments that can be changed changes a limit when it is varied, and leaves the data where they belong to it.
#[test]
fn every_input_that_can_be_changed_counts() {
    for (name, flavor, mass_mev) in CASES {
        let (measured, plain) = (changed(name, &[]), with(name, &expected()));
        let rows = ADJUSTABLE
            .iter()
            .filter(|row| spec(name).check_adjustable(row.key).is_ok());
        let mut seen = 0;
        for row in rows {
            let value = spec(name).inputs().text(row.key).expect("a row").to_owned();
            for other in row.varied(row.variation, &value, &value) {
                let varied = changed(name, &[(row.key, &other)]);
                assert_eq!(varied.is_expected(), row.changes_the_data, "{name} {}", row.key);
                // Without electrons there is nothing to see.
                if row.key == "electron-binding" {
                    continue;
                }
                let before = if row.changes_the_data { &plain } else { &measured };
                let moved = limit(&varied, flavor, mass_mev) / limit(before, flavor, mass_mev) - 1.0;
                // Weak couplings and nuclei where the SM is in the background and electrons alone are seen, and the height that N may fly, make no limit.
                let nuclear = ["neutron-coupling", "form-factor-surface", "nuclear-radius-scale"];
                let may_be_idle = ["detector-size", "sin2-weak-angle"].contains(&row.key)
                    || row.key.starts_with("proton-coupling-")
                    || name != "coherent-lar" && nuclear.contains(&row.key);
                assert!(
                    (may_be_idle || moved != 0.0) && moved.abs() < 0.6,
                    "{name} {}={other}: {moved}",
                    row.key
                );
                seen += 1;
            }
        }
        assert!(seen > 20, "{name}: {seen}");
    }
}

#[test]
fn weights_and_sides_are_asked_as_elsewhere() {
    let one_sided = Confidence {
        sides: Sides::One,
        ..Confidence::PAPER
    };
    for (name, flavor, mass_mev) in CASES {
        let settings = |weights: &str| Settings {
            weights: weights.parse().expect("sound weights"),
            ..Settings::default()
        };
        let alone = changed(name, &[]);
        let twice = if flavor == Flavor::Muon { "0:2:0" } else { "2:0:0" };
        let both = limit(&with(name, &settings(twice)), flavor, mass_mev);
        close(both / limit(&alone, flavor, mass_mev), 0.5, 1e-6);
        assert!(limit(&with(name, &settings("1:1:1")), flavor, mass_mev) < limit(&alone, flavor, mass_mev));
        let one = alone.limit_per_gev(flavor, mass_mev, one_sided).expect("converges");
        assert!(one.value().expect("a limit") < limit(&alone, flavor, mass_mev));
        assert!(alone.ceiling_per_gev(flavor, mass_mev).expect("N decays") > limit(&alone, flavor, mass_mev));
    }
}

fn joint(names: [&str; 2], settings: &Settings) -> Combination {
    let specs = names.map(spec);
    Combination::with_shares(&specs, settings, &Shares::built_in().expect("a sound table")).expect("can be combined")
}

/// CsI and argon share the flux of the SNS at 10 %; what argon knows of its signal leaves it out.
#[test]
fn both_detectors_at_the_sns_share_its_flux() {
    let both = joint(["coherent-csi", "coherent-lar"], &Settings::default());
    let parameters = both.likelihood().parameters();
    assert_eq!(parameters[0].name, "sns-flux");
    assert_eq!(parameters[0].prior.expect("a prior").width, 0.1);
    let argon = parameters
        .iter()
        .find(|parameter| parameter.name == "1.signal")
        .expect("argon's own");
    close(
        argon.prior.expect("a prior").width,
        (0.13_f64.powi(2) - 0.1_f64.powi(2)).sqrt(),
        1e-9,
    );
    for mass_mev in [1.0, 20.0, 35.0] {
        let alone = ["coherent-csi", "coherent-lar"].map(|name| limit(&changed(name, &[]), Flavor::Muon, mass_mev));
        assert!(limit(&both, Flavor::Muon, mass_mev) < 1.03 * alone[0].min(alone[1]));
    }
    let expected = joint(["coherent-csi", "coherent-lar"], &expected());
    assert!(expected.sm_fit().chi2.abs() < 1e-9);
    let signal = both
        .likelihood()
        .signal_of(both.standard_model(), &both.sm_fit().nuisances);
    assert_eq!(signal.len(), 99 + 960);
}

/// Fluxes of the Sun count as known where electrons are seen: nothing is shared, and chi-squares add.
#[test]
fn electron_recoils_share_nothing() {
    for names in [["xenonnt-er", "lz-er"], ["xenonnt-s2", "lz-er"]] {
        let both = joint(names, &Settings::default());
        assert!(both.likelihood().parameters().iter().all(|one| one.name != "sun-flux"));
        let chi2: f64 = names
            .iter()
            .map(|name| changed(name, &[]).sm_fit().expect("data").chi2)
            .sum();
        close(both.sm_fit().chi2, chi2, 1e-9);
        let alone = names.map(|name| limit(&changed(name, &[]), Flavor::Electron, 0.1));
        assert!(limit(&both, Flavor::Electron, 0.1) < alone[0].max(alone[1]));
    }
}

/// Written, called otherwise and read again, each gives the same.
#[test]
fn copies_of_ones_own_give_the_same() {
    for (name, flavor, mass_mev) in CASES {
        let text = dipole_portal::page::extra::copy(&spec(name));
        let own = ExperimentSpec::from_text(None, &text).expect("what was written");
        assert_ne!(own.id(), id(name));
        let copied = Analysis::new(&own, &Settings::default()).expect("sound tables");
        assert_eq!(
            limit(&copied, flavor, mass_mev),
            limit(&changed(name, &[]), flavor, mass_mev)
        );
    }
}

/// What is wrong with a table is said, and nothing panics.
#[test]
fn what_does_not_fit_is_refused() {
    let refused = |name: &str, changes: &[(&str, &str)], said: &str| {
        let mut text = dipole_portal::page::extra::copy(&spec(name));
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        let read = ExperimentSpec::from_text(None, &text);
        let read = read.and_then(|own| Analysis::new(&own, &Settings::default()));
        let error = read.expect_err(said).to_string();
        assert!(error.contains(said), "{said}: {error}");
    };
    refused("coherent-lar", &[("late-brn-bin,3", "late-brn-bin,10")], "10 bins");
    refused("coherent-lar", &[("brn-bins,3", "brn-bins,2.5")], "whole number");
    refused("coherent-lar", &[("pulse-width,0.15", "pulse-width,0")], "above zero");
    refused("coherent-lar", &[("data,coherent_lar", "data,coherent_csi")], "energy");
    refused(
        "coherent-lar",
        &[("statistic,shaped-counting", "statistic,counting")],
        "do not go together",
    );
    refused("lz-er", &[("run-exposures,60 220", "run-exposures,60")], "2 numbers");
    refused(
        "lz-er",
        &[("runs,ws2022 ws2024", "runs,ws2024 ws2022")],
        "in their order",
    );
    refused("lz-er", &[("runs,ws2022 ws2024", "runs,ws2022 ws2022")], "each once");
    // A resolution without an end would be a grid without one.
    refused(
        "xenonnt-er",
        &[("resolution-sqrt,0.31", "resolution-sqrt,1e-12")],
        "within",
    );
    refused("xenonnt-s2", &[("signal-bins,7", "signal-bins,7.5")], "whole number");
    refused(
        "lz-er",
        &[("known-backgrounds,argon37", "known-backgrounds,argon39")],
        "argon39",
    );
    refused(
        "xenonnt-er",
        &[(
            "sources-table,solar_electron_sources",
            "sources-table,solar_pp_spectrum",
        )],
        "source",
    );
    // Edges of what is allowed have a limit, or none, and no panic.
    for (name, key, value) in [
        ("coherent-lar", "pulse-width", "0.015"),
        ("coherent-lar", "pulse-width", "1.5"),
        ("coherent-lar", "pulse-mean", "2"),
        ("coherent-lar", "brn-width-shift", "0.96"),
        ("coherent-lar", "brn-time", "2"),
        ("coherent-lar", "ssb-normalisation", "0"),
        ("coherent-lar", "efficiency-scale", "0"),
        ("lz-er", "resolution-linear", "0.5"),
        ("lz-er", "background-level", "0"),
        ("lz-er", "efficiency-scale", "0"),
        ("xenonnt-er", "be7-flux-scale", "10"),
    ] {
        let (_, flavor, mass_mev) = CASES[CASES.iter().position(|case| case.0 == name).expect("a case")];
        let analysis = changed(name, &[(key, value)]);
        let limit = analysis.limit_per_gev(flavor, mass_mev, Confidence::PAPER);
        limit.unwrap_or_else(|error| panic!("{name} {key}={value}: {error}"));
    }
}

/// A detector of electrons alone needs no neutrino of any energy for recoils of nuclei that it does not see.
#[test]
fn what_counts_no_recoil_needs_no_energy() {
    let benchmark = Benchmark {
        flavor: Flavor::Electron,
        mass_mev: 1.0,
        coupling_per_gev: 1e-7,
    };
    for (nuclei_only, finite) in [(false, true), (true, false)] {
        let settings = Settings {
            nuclei_only,
            ..Settings::default()
        };
        let result = point_result(&with("lz-er", &settings), benchmark, Confidence::PAPER).expect("converges");
        assert_eq!(result.lowest_energy_mev.is_finite(), finite);
        let nuclei = point_result(&with("conus-plus", &settings), benchmark, Confidence::PAPER).expect("converges");
        assert!(nuclei.lowest_energy_mev.is_finite());
    }
}
