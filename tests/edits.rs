//! Inputs that are changed: what they change, what they leave, and what takes the place of data that no longer belong to an experiment.

use dipole_portal::analysis::{Analysis, Edits, Fluxes, Settings};
use dipole_portal::experiment::{ADJUSTABLE, ExperimentId, ExperimentSpec, Range, Registry};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::Confidence;
use dipole_portal::{ErrorKind, Flavor};
use std::sync::Arc;

fn spec(id: ExperimentId) -> Arc<ExperimentSpec> {
    let registry = Registry::built_in().expect("sound tables");
    Arc::clone(registry.get(id).expect("a built-in experiment"))
}

fn settings(id: ExperimentId, changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in changes {
        settings.edits.set(id, key, Some(value));
    }
    settings
}

fn analysis(id: ExperimentId, changes: &[(&str, &str)]) -> Analysis {
    Analysis::new(&spec(id), &settings(id, changes)).expect("sound values")
}

/// Limit on d^2 relative to that of other settings.
fn ratio_of_strengths(flavor: Flavor, mass_mev: f64, of: &Analysis, to: &Analysis) -> f64 {
    let limit = |analysis: &Analysis| {
        let limit = analysis
            .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
            .expect("converges");
        limit.value().expect("a limit")
    };
    (limit(of) / limit(to)).powi(2)
}

#[test]
fn every_adjustable_row_is_one_of_an_experiment_and_its_options_are_taken() {
    for row in ADJUSTABLE {
        let samples = ["reactor-counting", "sun-efficiency"];
        let samples = samples.map(|name| Registry::sample(name).expect("a sample").expect("a sound table"));
        let registry = Registry::built_in().expect("sound tables");
        let specs = registry.specs().cloned().chain(samples.map(Arc::new));
        let having: Vec<_> = specs.filter(|spec| spec.check_adjustable(row.key).is_ok()).collect();
        assert!(!having.is_empty(), "{}", row.key);
        let Range::Options(options) = row.range else { continue };
        for spec in having {
            for option in options {
                assert!(
                    spec.edited(&[(row.key, option)]).is_ok(),
                    "{}: {}={option}",
                    spec.id(),
                    row.key
                );
            }
        }
    }
}

#[test]
fn edits_are_the_same_however_one_came_to_them() {
    let id = ExperimentId::DRESDEN_II;
    let one = settings(id, &[("exposure", "100"), ("noise", "70")]);
    let other = settings(
        id,
        &[("noise", "60"), ("fano", "0.2"), ("exposure", "100"), ("noise", "70")],
    );
    let mut other = other.edits;
    other.set(id, "fano", None);
    assert_eq!(one.edits, other);
    other.reset(id);
    assert_eq!(other, Edits::default());
}

#[test]
fn changed_in_steps_is_changed_at_once() {
    let id = ExperimentId::DRESDEN_II;
    let mut walked = analysis(id, &[]);
    for changes in [
        &[("exposure", "20")][..],
        &[("exposure", "200"), ("noise", "80")],
        &[("noise", "80"), ("flux", "4e13")],
        &[("flux", "4e13")],
    ] {
        walked.set(&settings(id, changes)).expect("sound values");
    }
    let at_once = analysis(id, &[("flux", "4e13")]);
    assert_eq!(walked.sm_fit(), at_once.sm_fit());
    assert_eq!(ratio_of_strengths(Flavor::Electron, 1.0, &walked, &at_once), 1.0);
    walked.set(&Settings::default()).expect("the table's values");
    assert_eq!(walked.sm_fit(), analysis(id, &[]).sm_fit());
}

/// What was observed is fitted once for many expectations, but not for those at another flux or quenching.
#[test]
fn an_expectation_in_steps_is_the_one_at_once() {
    let id = ExperimentId::DRESDEN_II;
    let mut walked = analysis(id, &[("exposure", "200")]);
    for (changes, quenching, flux) in [
        (&[("exposure", "1000")][..], Quenching::Fef, 1.0),
        (&[("exposure", "1000"), ("noise", "60")], Quenching::Ybe, 1.0),
        (&[("noise", "60")], Quenching::Ybe, 1.2),
        (&[], Quenching::Fef, 1.0),
    ] {
        let mut settings = settings(id, changes);
        settings.detector.quenching = quenching;
        settings.fluxes = Fluxes::all(flux);
        settings.expected = changes.is_empty();
        walked.set(&settings).expect("sound values");
        let at_once = Analysis::new(&spec(id), &settings).expect("sound values");
        assert!(walked.is_expected());
        assert_eq!(walked.sm_fit(), at_once.sm_fit(), "{changes:?}");
        assert_eq!(ratio_of_strengths(Flavor::Electron, 1.0, &walked, &at_once), 1.0);
    }
}

#[test]
fn theory_and_uncertainties_leave_the_data_and_other_exposures_do_not() {
    let measured = analysis(ExperimentId::DRESDEN_II, &[]);
    let observed = |analysis: &Analysis| analysis.statistic().likelihood().expect("data").observed().to_vec();
    for change in [
        ("flux", "3.7e13"),
        ("signal-uncertainty", "0.1"),
        ("ionisation-threshold", "50"),
        ("m-shell-prior", "off"),
    ] {
        let changed = analysis(ExperimentId::DRESDEN_II, &[change]);
        assert!(!changed.is_expected());
        assert_eq!(observed(&changed), observed(&measured), "{change:?}");
    }
    for change in [
        ("exposure", "964"),
        ("atoms", "1e26"),
        ("noise", "60"),
        ("background-level", "0.1"),
    ] {
        let changed = analysis(ExperimentId::DRESDEN_II, &[change]);
        assert!(changed.is_expected());
        assert_ne!(observed(&changed), observed(&measured), "{change:?}");
    }
}

/// Pseudo-data without fluctuations are what the fit expects of them.
#[test]
fn an_expectation_fits_itself() {
    for (id, changes) in [
        (ExperimentId::DRESDEN_II, &[][..]),
        (ExperimentId::DRESDEN_II, &[("exposure", "1000"), ("atoms", "1e26")]),
        (ExperimentId::COHERENT_CSI, &[]),
        (ExperimentId::COHERENT_CSI, &[("timing", "off"), ("target-mass", "100")]),
    ] {
        let expected = Analysis::new(
            &spec(id),
            &Settings {
                expected: true,
                ..settings(id, changes)
            },
        );
        let expected = expected.expect("sound values");
        let chi2 = expected.sm_fit().expect("data").chi2;
        assert!(chi2.abs() < 1e-6, "{id} {changes:?}: {chi2}");
    }
}

/// Background-dominated, with systematic uncertainties out of the way: four times the exposure halves the expected limit on d^2.
#[test]
fn expected_limits_scale_with_the_root_of_the_exposure() {
    let id = ExperimentId::DRESDEN_II;
    let sure = [("signal-uncertainty", "1e-4"), ("m-shell-prior", "off")];
    let at = |changes: &[(&str, &str)]| analysis(id, &[changes, &sure].concat());
    let (short, long) = (at(&[("exposure", "1000")]), at(&[("exposure", "4000")]));
    let ratio = ratio_of_strengths(Flavor::Electron, 0.1, &long, &short);
    assert!((ratio - 0.5).abs() < 5e-3, "{ratio}");
    // Twice the germanium for the same time is as good as twice the time.
    let (heavy, twice) = (
        at(&[("atoms", "4.86e25"), ("exposure", "100")]),
        at(&[("exposure", "200")]),
    );
    let ratio = ratio_of_strengths(Flavor::Electron, 0.1, &heavy, &twice);
    assert!((ratio - 1.0).abs() < 2e-3, "{ratio}");
}

/// Counts without background: the limit on a number of events is a number, so that d^2 goes with one over the exposure.
#[test]
fn without_background_expected_limits_go_with_the_exposure() {
    let id = ExperimentId::COHERENT_CSI;
    let nothing = [
        ("brn-normalisation", "0"),
        ("nin-normalisation", "0"),
        ("ssb-normalisation", "0"),
        ("signal-uncertainty", "1e-4"),
        // The SM is a background, too: none of it is left.
        ("proton-coupling-mu", "1e-9"),
        ("proton-coupling-e", "1e-9"),
        ("neutron-coupling", "-1e-9"),
        ("electron-binding", "none"),
    ];
    let with = |protons| {
        let mut changes = nothing.to_vec();
        changes.push(("protons-on-target", protons));
        analysis(id, &changes)
    };
    let ratio = ratio_of_strengths(Flavor::Muon, 10.0, &with("12.792e23"), &with("3.198e23"));
    assert!((ratio - 0.25).abs() < 1e-3, "{ratio}");
}

/// An efficiency that is 0 below a recoil energy and 1 above is the same as a threshold there.
#[test]
fn a_threshold_is_a_step_of_the_efficiency() {
    let id = ExperimentId::XENON1T;
    let counts = |low: &str| analysis(id, &[("recoil-low", low)]).standard_model().total();
    assert_eq!(counts("0"), counts("0.1"), "below the first row nothing counts anyway");
    assert!(counts("1") < counts("0.7"));
    assert_eq!(counts("5"), 0.0, "the Sun gives xenon no more than 4.3 keV");
}

#[test]
fn a_bound_has_no_expectation() {
    let id = ExperimentId::XENON1T;
    let longer = analysis(id, &[("target-exposure", "6")]);
    let error = longer
        .limit_per_gev(Flavor::Tau, 1.0, Confidence::PAPER)
        .expect_err("a bound belongs to its data");
    assert!(matches!(error.kind(), ErrorKind::Unavailable { .. }));
}

#[test]
fn what_cannot_be_changed_says_what_can() {
    let id = ExperimentId::DRESDEN_II;
    let refused = |key: &str, value: &str| {
        let settings = settings(id, &[(key, value)]);
        Analysis::new(&spec(id), &settings).expect_err(key).to_string()
    };
    for key in ["order", "source", "spectra-table", "colour", "distance"] {
        let said = refused(key, "1");
        assert!(
            said.contains(&format!("'dresden-ii.{key}'")) && said.contains("exposure"),
            "{said}"
        );
    }
    for (key, value) in [
        ("exposure", "-1"),
        ("exposure", "long"),
        ("exposure", ""),
        ("noise", "NaN"),
        ("m-shell-prior", "perhaps"),
    ] {
        assert!(refused(key, value).contains(key), "{key}={value}");
    }
    let mut edits = Edits::default();
    let registry = Registry::built_in().expect("sound tables");
    assert!(edits.set_named(&registry, "nowhere.exposure", "1").is_err());
    assert!(edits.set_named(&registry, "dresden-ii.colour", "1").is_err());
    assert!(edits.set_named(&registry, "colour", "1").is_err());
    assert!(edits.set_named(&registry, "sin2-weak-angle", "0.23").is_ok());
    assert_eq!(edits.list().len(), registry.ids().count(), "every experiment has it");
}
