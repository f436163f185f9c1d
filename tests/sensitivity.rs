//! How much each input matters, against changes made by hand.

use dipole_portal::analysis::jobs::{Answer, Job, JobStore, sensitivity_jobs};
use dipole_portal::analysis::sensitivity::{Quantity, Row, Sensitivity, pieces, sort};
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{ADJUSTABLE, DetectorSettings, ExperimentId};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Limit};
use dipole_portal::work::Job as _;
use dipole_portal::{Error, ErrorKind, Flavor};

const POINTS: [(ExperimentId, Flavor, f64); 4] = [
    (ExperimentId::DRESDEN_II, Flavor::Electron, 1.0),
    (ExperimentId::COHERENT_CSI, Flavor::Muon, 20.0),
    (ExperimentId::XENON1T, Flavor::Tau, 1.0),
    (ExperimentId::PANDAX_4T, Flavor::Electron, 5.0),
];

fn analysis(id: ExperimentId, settings: &Settings) -> Analysis {
    Analysis::built_in(id, settings).expect("sound values")
}

fn edited(id: ExperimentId, changes: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, value) in changes {
        settings.edits.set(id, key, Some(value));
    }
    settings
}

fn of(analysis: &Analysis, flavor: Flavor, mass_mev: f64) -> Sensitivity {
    Sensitivity::of(analysis, flavor, mass_mev, Confidence::PAPER).expect("sound values")
}

fn row<'a>(sensitivity: &'a Sensitivity, key: &str) -> &'a Row {
    let found = sensitivity.rows.iter().find(|row| row.key == key);
    found.expect(key)
}

fn value(limit: &Result<Limit, Error>) -> f64 {
    limit.clone().expect("no error").value().expect("a limit")
}

fn relative(row: &Row) -> Vec<f64> {
    row.changes
        .iter()
        .map(|change| change.relative.expect("two limits"))
        .collect()
}

/// Two inputs of each experiment, with the values by hand; where other data would have been observed, both limits are expected ones.
#[test]
fn rows_are_changes_made_by_hand() {
    let cases: [(&str, &[&str], bool); 8] = [
        ("noise", &["65.075", "71.925"], true),
        ("signal-uncertainty", &["0.01", "0.03"], false),
        ("target-mass", &["14.454", "14.746"], true),
        ("light-yield-scale", &["0.962", "1.038"], false),
        ("flux", &["4644000", "5676000"], false),
        ("oscillation-set", &["maximal"], false),
        ("flux-bound", &["8.1e6", "9.9e6"], false),
        ("nuclear-radius-scale", &["0.97", "1.03"], false),
    ];
    for ((id, flavor, mass_mev), cases) in POINTS.into_iter().zip(cases.chunks(2)) {
        let sensitivity = of(&analysis(id, &Settings::default()), flavor, mass_mev);
        let limit_at = |changes: &[(&str, &str)], expected| {
            let settings = Settings {
                expected,
                ..edited(id, changes)
            };
            value(&analysis(id, &settings).limit_per_gev(flavor, mass_mev, Confidence::PAPER))
        };
        assert_eq!(value(&sensitivity.limit_per_gev), limit_at(&[], false));
        for (key, values, expected) in cases {
            let row = row(&sensitivity, key);
            assert_eq!(row.expected, *expected, "{id} {key}");
            assert_eq!(row.changes.len(), values.len(), "{id} {key}");
            let before = limit_at(&[], *expected);
            assert_eq!(value(&row.limit_per_gev), before, "{id} {key}");
            for (change, to) in row.changes.iter().zip(*values) {
                let after = limit_at(&[(key, to)], *expected);
                assert_eq!(change.value.parse::<f64>().ok(), to.parse::<f64>().ok(), "{id} {key}");
                let close = |got: f64, wanted: f64| (got - wanted).abs() <= 1e-9 * wanted.abs();
                assert!(close(value(&change.limit_per_gev), after), "{id} {key}={to}");
                let relative = change.relative.expect("two limits");
                assert!((relative - (after / before - 1.0)).abs() < 1e-9, "{id} {key}={to}");
            }
        }
    }
}

#[test]
fn every_input_that_can_be_changed_has_its_row_and_the_largest_come_first() {
    for (id, flavor, mass_mev) in POINTS {
        let analysis = analysis(id, &Settings::default());
        let sensitivity = of(&analysis, flavor, mass_mev);
        let keys: Vec<_> = sensitivity.rows.iter().map(|row| row.key.as_str()).collect();
        let has = |key: &str| analysis.experiment().spec().check_adjustable(key).is_ok();
        let mut expected: Vec<_> = ADJUSTABLE.iter().map(|row| row.key).filter(|key| has(key)).collect();
        expected.push("sign");
        if id == ExperimentId::DRESDEN_II {
            expected.extend(["quenching", "reactor-flux"]);
        }
        assert_eq!(sorted(keys), sorted(expected), "{id}");
        let sizes: Vec<_> = sensitivity.rows.iter().map(Row::largest).collect();
        assert!(sizes.is_sorted_by(|one, other| one >= other), "{id}: {sizes:?}");
        for row in &sensitivity.rows {
            assert!(!row.label.is_empty() && !row.changes.is_empty(), "{id} {}", row.key);
        }
    }
}

fn sorted(mut keys: Vec<&str>) -> Vec<&str> {
    keys.sort_unstable();
    keys
}

/// Paper eq. 14: (N_SM + d^2 N)/N_SM at a flux f times as large is f times that, and must not exceed bound/flux: d^2 goes with ratio/f - 1.
#[test]
fn a_bound_on_the_flux_changes_as_its_formula_says() {
    for (id, bound) in [(ExperimentId::XENON1T, 1.4e7), (ExperimentId::PANDAX_4T, 9.0e6)] {
        let sensitivity = of(&analysis(id, &Settings::default()), Flavor::Tau, 1.0);
        let ratio = bound / 5.16e6;
        let change = |ratio_after: f64| ((ratio_after - 1.0) / (ratio - 1.0)).sqrt() - 1.0;
        for (got, factor) in relative(row(&sensitivity, "flux")).into_iter().zip([0.9, 1.1]) {
            assert!((got - change(ratio / factor)).abs() < 1e-9, "{id}: {got}");
        }
        for (got, factor) in relative(row(&sensitivity, "flux-bound")).into_iter().zip([0.9, 1.1]) {
            assert!((got - change(ratio * factor)).abs() < 1e-9, "{id}: {got}");
        }
        // A bound belongs to its data.
        let longer = row(&sensitivity, "target-exposure");
        assert!(longer.expected && longer.largest().is_none());
        for change in &longer.changes {
            let error = change.limit_per_gev.as_ref().expect_err("no expectation of a bound");
            assert!(matches!(error.kind(), ErrorKind::Unavailable { .. }), "{error}");
        }
    }
}

/// More neutrinos per proton make more of the SM and of the dipole alike, and nothing else: as a factor on the flux.
#[test]
fn neutrinos_per_proton_are_flux() {
    let id = ExperimentId::COHERENT_CSI;
    let plain = analysis(id, &Settings::default());
    let more = analysis(id, &edited(id, &[("neutrinos-per-proton", "0.09328")]));
    let ratios = [
        more.standard_model().total() / plain.standard_model().total(),
        more.dipole(Flavor::Muon, 20.0).total() / plain.dipole(Flavor::Muon, 20.0).total(),
    ];
    for ratio in ratios {
        assert!((ratio - 1.1).abs() < 1e-12, "{ratio}");
    }
    let sensitivity = of(&plain, Flavor::Muon, 20.0);
    let neutrinos = relative(row(&sensitivity, "neutrinos-per-proton"));
    let limit_per_gev = |flux: f64| {
        let mut settings = Settings::default();
        settings.fluxes = settings.fluxes.with(plain.experiment().source(), flux);
        let limit = analysis(id, &settings).limit_per_gev(Flavor::Muon, 20.0, Confidence::PAPER);
        limit.ok().and_then(Limit::value).expect("a limit")
    };
    for (neutrinos, flux) in neutrinos.iter().zip([0.9, 1.1]) {
        let flux = limit_per_gev(flux) / limit_per_gev(1.0) - 1.0;
        assert!((neutrinos - flux).abs() < 1e-6, "{neutrinos} {flux}");
    }
    assert!(neutrinos[0] > 0.01 && neutrinos[1] < -0.01, "{neutrinos:?}");
}

#[test]
fn what_does_nothing_changes_nothing() {
    for (id, flavor, mass_mev) in POINTS {
        let sensitivity = of(&analysis(id, &Settings::default()), flavor, mass_mev);
        // The limit is below the coupling at which N decays in the detector; its size counts for nothing else.
        assert_eq!(row(&sensitivity, "detector-size").largest(), Some(0.0), "{id}");
    }
    let dresden = of(
        &analysis(ExperimentId::DRESDEN_II, &Settings::default()),
        Flavor::Electron,
        1.0,
    );
    // A reactor has no other flavours.
    for key in ["proton-coupling-mu", "proton-coupling-tau"] {
        assert_eq!(row(&dresden, key).largest(), Some(0.0), "{key}");
    }
}

#[test]
fn without_a_limit_there_is_nothing_to_change_and_it_is_said_why() {
    let reactor = analysis(ExperimentId::DRESDEN_II, &Settings::default());
    let no_flux = of(&reactor, Flavor::Tau, 1.0);
    assert!(no_flux.rows.is_empty());
    let error = no_flux.limit_per_gev.expect_err("no tau neutrinos").to_string();
    assert!(error.contains("'tau'") && error.contains("dresden-ii"), "{error}");
    assert!(sensitivity_jobs(&reactor, Flavor::Tau, 1.0, Confidence::PAPER).is_empty());

    let too_heavy = of(&reactor, Flavor::Electron, 20.0);
    assert_eq!(too_heavy.limit_per_gev, Ok(Limit::NoSensitivity));
    assert!(too_heavy.rows.is_empty());

    let xenon = analysis(ExperimentId::XENON1T, &Settings::default());
    let level = ConfidenceLevel::new(0.95).expect("a level");
    let other = Confidence {
        level,
        ..Confidence::PAPER
    };
    let other = Sensitivity::of(&xenon, Flavor::Tau, 1.0, other).expect("sound values");
    let error = other.limit_per_gev.expect_err("a bound is for its own level");
    assert!(matches!(error.kind(), ErrorKind::Unavailable { .. }), "{error}");
    let error = pieces(&xenon, Flavor::Tau, -1.0, Confidence::PAPER).expect_err("no mass");
    assert!(matches!(error.kind(), ErrorKind::Input { .. }), "{error}");
}

#[test]
fn variations_start_from_what_is_set() {
    let id = ExperimentId::DRESDEN_II;
    let mut settings = edited(id, &[("exposure", "1000"), ("m-shell-prior", "off")]);
    settings.detector = DetectorSettings {
        quenching: Quenching::Lindhard,
        lindhard_k: Some(0.29),
    };
    let sensitivity = of(&analysis(id, &settings), Flavor::Electron, 1.0);
    let values = |key: &str| -> Vec<String> {
        let changes = row(&sensitivity, key).changes.iter();
        changes.map(|change| change.value.clone()).collect()
    };
    assert_eq!(values("exposure"), ["900", "1100"]);
    assert_eq!(values("m-shell-prior"), ["on"]);
    assert_eq!(values("quenching"), ["fef", "ybe"]);
    assert_eq!(values("lindhard-k"), ["0.27", "0.3"], "no further than k goes");
    assert_eq!(values("sign"), ["printed"]);
    // The data no longer belong to such an exposure: everything is expected.
    assert!(sensitivity.rows.iter().all(|row| row.expected));
    // An exposure is not known better for its size: a tenth more lowers the limit, a tenth less raises it.
    let exposure = relative(row(&sensitivity, "exposure"));
    assert!(exposure[0] > 0.0 && exposure[1] < 0.0, "{exposure:?}");
}

/// Workers take the pieces in any order, and one worker may have had another before.
#[test]
fn the_order_of_the_work_does_not_matter() {
    for (id, flavor, mass_mev) in POINTS {
        let mut analysis = analysis(id, &Settings::default());
        let expected = of(&analysis, flavor, mass_mev);
        let mut jobs = sensitivity_jobs(&analysis, flavor, mass_mev, Confidence::PAPER);
        assert_eq!(jobs.len(), expected.rows.len());
        // Every third, then what is left, each backwards.
        let mut shuffled: Vec<Job> = jobs.iter().step_by(3).rev().cloned().collect();
        jobs.retain(|job| !shuffled.contains(job));
        shuffled.extend(jobs.into_iter().rev());
        let mut store = JobStore::default();
        let mut rows = Vec::new();
        for job in shuffled {
            let mut signs = 0;
            let Ok(Answer::Sensitivity(row)) = job.run(&mut store, &mut || signs += 1) else {
                panic!("{id}: a row is a row")
            };
            assert_eq!(signs, 1 + row.changes.len(), "a sign of life with each limit");
            rows.push(row);
        }
        sort(&mut rows);
        assert_eq!(rows, expected.rows, "{id}");
        // Nor does what the analysis was at before.
        let pieces = pieces(&analysis, flavor, mass_mev, Confidence::PAPER).expect("a limit");
        analysis
            .set(&edited(id, &[("detector-size", "1")]))
            .expect("a sound value");
        let last = pieces.last().expect("a piece");
        let again = last.row(&analysis, &mut || {}).expect("a row");
        assert_eq!(&again, rows.iter().find(|row| row.key == again.key).expect("its row"));
    }
}

#[test]
fn a_job_and_its_answer_travel() {
    let analysis = analysis(ExperimentId::XENON1T, &Settings::default());
    let jobs = sensitivity_jobs(&analysis, Flavor::Tau, 1.0, Confidence::PAPER);
    for job in jobs {
        let text = serde_json::to_string(&job).expect("a message");
        let back: Job = serde_json::from_str(&text).expect("the same build");
        assert_eq!(back, job);
        let answer = job.run(&mut JobStore::default(), &mut || {}).expect("a row");
        let text = serde_json::to_string(&answer).expect("a message");
        assert!(
            matches!(serde_json::from_str(&text), Ok(Answer::Sensitivity(_))),
            "{text}"
        );
    }
}

#[test]
fn a_quantity_that_there_is_not_is_an_error() {
    let analysis = analysis(ExperimentId::XENON1T, &Settings::default());
    let mut piece = pieces(&analysis, Flavor::Tau, 1.0, Confidence::PAPER)
        .expect("a limit")
        .remove(0);
    for key in ["noise", "order", "colour"] {
        piece.quantity = Quantity::Input(key.to_owned());
        let error = piece.row(&analysis, &mut || {}).expect_err(key).to_string();
        assert!(error.contains(&format!("'xenon1t.{key}'")), "{error}");
    }
}
