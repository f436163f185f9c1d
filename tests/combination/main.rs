//! Several experiments as one.

mod sharing;

use dipole_portal::analysis::curve::{CurveRequest, LIVE_MASSES, Trace};
use dipole_portal::analysis::grid::masses_mev;
use dipole_portal::analysis::jobs::{Answer, Job, JobStore, Piece};
use dipole_portal::analysis::verdict::{combined_result, point_result};
use dipole_portal::analysis::{Analysis, Benchmark, Combination, Fluxes, Settings, Shares, Store, Subject, Weights};
use dipole_portal::data::table;
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::source::SourceKind;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Limit, Sides};
use dipole_portal::work::Job as _;
use dipole_portal::{Error, ErrorKind, Flavor};
use std::sync::Arc;

const DRESDEN: ExperimentId = ExperimentId::DRESDEN_II;
const COHERENT: ExperimentId = ExperimentId::COHERENT_CSI;
const PAIR: [ExperimentId; 2] = [DRESDEN, COHERENT];

fn registry() -> Registry {
    Registry::built_in().expect("sound tables")
}

fn spec(id: ExperimentId) -> Arc<ExperimentSpec> {
    Arc::clone(registry().get(id).expect("a built-in experiment"))
}

/// An experiment like a built-in one under another name, with other values of some rows.
fn copy(id: ExperimentId, name: &str, changes: &[(&str, &str)]) -> Arc<ExperimentSpec> {
    let own = table(&format!("experiments/{id}")).expect("a sound table");
    let id = ExperimentId::new(name).expect("a name");
    let spec = ExperimentSpec::new(id, &own).expect("sound rows");
    Arc::new(spec.edited(changes).expect("sound changes"))
}

fn combined(members: &[ExperimentId], settings: &Settings) -> Combination {
    Combination::new(&registry(), members, settings).expect("can be combined")
}

fn with(specs: &[Arc<ExperimentSpec>], settings: &Settings, shares: &Shares) -> Combination {
    Combination::with_shares(specs, settings, shares).expect("can be combined")
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

fn chi2(subject: &dyn Subject, flavor: Flavor, mass_mev: f64, strength: f64) -> f64 {
    let column = subject.column(flavor, mass_mev, Dof::One).expect("converges");
    column.expect("there are data").fit(strength).expect("converges").chi2
}

fn confidences() -> Vec<Confidence> {
    let mut all = Vec::new();
    for level in [0.68, 0.9, 0.95, 0.99] {
        let level = ConfidenceLevel::new(level).expect("a level");
        for (dof, sides) in [(Dof::One, Sides::One), (Dof::One, Sides::Two), (Dof::Two, Sides::Two)] {
            all.push(Confidence { level, dof, sides });
        }
    }
    all
}

fn close(got: f64, expected: f64, tolerance: f64) -> bool {
    (got - expected).abs() <= tolerance * expected.abs()
}

#[test]
fn a_combination_of_one_is_that_one() {
    for (id, flavor) in [(DRESDEN, Flavor::Electron), (COHERENT, Flavor::Muon)] {
        let alone = Analysis::built_in(id, &Settings::default()).expect("sound tables");
        let one = combined(&[id], &Settings::default());
        assert_eq!(one.best_fit(flavor), alone.best_fit(flavor));
        for mass in [0.1, 1.0, 10.0, 30.0] {
            for confidence in confidences() {
                let limits = (
                    one.limit_per_gev(flavor, mass, confidence).expect("converges"),
                    alone.limit_per_gev(flavor, mass, confidence).expect("converges"),
                );
                match limits {
                    (Limit::At(got), Limit::At(expected)) => assert!(close(got, expected, 1e-9), "{id} {mass}"),
                    (got, expected) => assert_eq!(got, expected, "{id} {mass}"),
                }
            }
            assert_eq!(one.ceiling_per_gev(flavor, mass), alone.ceiling_per_gev(flavor, mass));
            let strength = coupling_squared_per_mev2(1e-6);
            assert!(close(
                chi2(&one, flavor, mass, strength),
                chi2(&alone, flavor, mass, strength),
                1e-9
            ));
        }
    }
}

/// A reactor and the SNS have nothing in common but the coupling.
#[test]
fn chi_squares_add_where_nothing_is_shared() {
    let both = combined(&PAIR, &Settings::default());
    let alone = PAIR.map(|id| Analysis::built_in(id, &Settings::default()).expect("sound tables"));
    let sum = |mass, strength| -> f64 {
        let members = alone.iter();
        members
            .map(|member| chi2(member, Flavor::Electron, mass, strength))
            .sum()
    };
    for mass in [0.1, 1.0, 5.0, 20.0] {
        let column = both
            .column(Flavor::Electron, mass, Dof::One)
            .expect("converges")
            .expect("data");
        for coupling in [0.0, 3e-8, 1e-7, 1e-6, 5e-6] {
            let strength = coupling_squared_per_mev2(coupling);
            let (got, expected) = (chi2(&both, Flavor::Electron, mass, strength), sum(mass, strength));
            assert!((got - expected).abs() < 1e-6, "{mass} {coupling}: {got} {expected}");
            assert!(column.floor() <= expected + 1e-6);
        }
        // The limit is where the sum has risen by the step.
        let at = limit(&both, Flavor::Electron, mass);
        let lowest = sum(mass, column.minimum().strength);
        let rise = sum(mass, coupling_squared_per_mev2(at)) - lowest;
        assert!(close(rise, 2.705_543, 1e-4), "{mass}: {rise}");
        assert!(close(column.floor(), lowest, 1e-9));
        // The delta chi-squares of the members add, but for where each counts from.
        let strength = coupling_squared_per_mev2(at);
        let deltas: f64 = alone
            .iter()
            .map(|member| {
                let column = member
                    .column(Flavor::Electron, mass, Dof::One)
                    .expect("converges")
                    .expect("data");
                column.fit(strength).expect("converges").chi2 - column.floor()
            })
            .sum();
        let floors: f64 = alone
            .iter()
            .map(|member| {
                member
                    .column(Flavor::Electron, mass, Dof::One)
                    .expect("converges")
                    .expect("data")
                    .floor()
            })
            .sum();
        let got = both
            .delta_chi2_at(Flavor::Electron, mass, at, Dof::One)
            .expect("converges")
            .expect("data");
        assert!(
            (got - (deltas - (column.floor() - floors))).abs() < 1e-6,
            "{mass}: {got}"
        );
    }
}

/// A member whose source lacks the flavour adds a constant.
#[test]
fn a_member_without_the_flavour_changes_nothing() {
    let both = combined(&PAIR, &Settings::default());
    let coherent = Analysis::built_in(COHERENT, &Settings::default()).expect("sound tables");
    for mass in [0.1, 10.0, 35.0] {
        assert!(close(
            limit(&both, Flavor::Muon, mass),
            limit(&coherent, Flavor::Muon, mass),
            1e-6
        ));
        assert_eq!(
            both.ceiling_per_gev(Flavor::Muon, mass),
            coherent.ceiling_per_gev(Flavor::Muon, mass)
        );
    }
    let idle: Vec<_> = both.idle(Flavor::Muon).map(|member| member.experiment().id()).collect();
    assert_eq!(idle, [DRESDEN]);
    assert!(both.check_flavor(Flavor::Muon).is_ok());
    assert!(matches!(
        both.check_flavor(Flavor::Tau).expect_err("none").kind(),
        ErrorKind::Input { .. }
    ));
    let none = both.limit_per_gev(Flavor::Tau, 1.0, Confidence::PAPER);
    assert_eq!(none, Ok(Limit::NoSensitivity));
}

/// Two measurements that know nothing of each other have twice the chi-square of one.
#[test]
fn independent_copies_are_half_the_step() {
    let none = Shares::none();
    for (id, flavor) in [(DRESDEN, Flavor::Electron), (COHERENT, Flavor::Muon)] {
        let specs = [spec(id), copy(id, "copy", &[])];
        let twice = with(&specs, &expected(), &none);
        let once = Analysis::built_in(id, &expected()).expect("sound tables");
        for mass in [0.1, 5.0] {
            for step in [1.0, 2.705_543, 6.0] {
                let at = |subject: &dyn Subject, step| {
                    let column = subject
                        .column(flavor, mass, Dof::One)
                        .expect("converges")
                        .expect("data");
                    column.limit(step).expect("converges").value().expect("a limit")
                };
                let (got, expected) = (at(&twice, step), at(&once, 0.5 * step));
                assert!(close(got, expected, 1e-5), "{id} {mass} {step}: {got:e} {expected:e}");
            }
        }
        // With half the exposure the second adds less than another whole one, and something.
        let mut settings = expected();
        let (key, value) = if id == DRESDEN {
            ("exposure", "48.2")
        } else {
            ("target-mass", "7.3")
        };
        settings
            .edits
            .set(ExperimentId::new("copy").expect("a name"), key, Some(value));
        let half = with(&[spec(id), copy(id, "copy", &[])], &settings, &none);
        for mass in [0.1, 5.0] {
            let [twice, half, once] =
                [&twice as &dyn Subject, &half, &once].map(|subject| limit(subject, flavor, mass));
            assert!(twice < half && half < once, "{id} {mass}: {twice:e} {half:e} {once:e}");
        }
    }
}

#[test]
fn the_order_of_members_does_not_matter() {
    let orders = [[DRESDEN, COHERENT], [COHERENT, DRESDEN]];
    let [one, other] = orders.map(|order| combined(&order, &Settings::default()));
    assert_eq!(one.name(), other.name());
    for mass in [0.1, 3.0, 20.0] {
        assert_eq!(
            limit(&one, Flavor::Electron, mass),
            limit(&other, Flavor::Electron, mass)
        );
    }
    let request = |subject: &Combination| CurveRequest::of(subject, Flavor::Electron, Confidence::PAPER);
    assert_eq!(request(&one), request(&other));
}

fn refused(specs: &[Arc<ExperimentSpec>], settings: &Settings) -> Error {
    let shares = Shares::built_in().expect("a sound table");
    Combination::with_shares(specs, settings, &shares).expect_err("must be refused")
}

#[test]
fn what_cannot_be_combined_says_why() {
    for id in [ExperimentId::XENON1T, ExperimentId::PANDAX_4T] {
        let error = refused(&[spec(COHERENT), spec(id)], &Settings::default());
        assert!(matches!(error.kind(), ErrorKind::Unavailable { .. }), "{error}");
        assert!(error.to_string().contains("published bound"), "{error}");
    }
    let input = |specs: &[Arc<ExperimentSpec>], settings: &Settings, part: &str| {
        let error = refused(specs, settings);
        assert!(matches!(error.kind(), ErrorKind::Input { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    };
    input(&[], &Settings::default(), "at least one");
    input(
        &[spec(COHERENT), spec(COHERENT)],
        &Settings::default(),
        "COHERENT CsI twice",
    );
    // The same data under another name are no second measurement.
    input(
        &[spec(COHERENT), copy(COHERENT, "again", &[])],
        &Settings::default(),
        "share no data",
    );
    // Nobody knows the signal better than the flux that makes it.
    let better = copy(COHERENT, "better", &[("signal-uncertainty", "0.05")]);
    input(&[spec(COHERENT), better], &expected(), "at least the 10 %");
    let mut settings = expected();
    settings.edits.set(COHERENT, "signal-uncertainty", Some("0.0999"));
    input(&[spec(COHERENT), copy(COHERENT, "again", &[])], &settings, "9.99 %");
    // Alone it may.
    let alone = Combination::new(&registry(), &[COHERENT, DRESDEN], &settings);
    assert!(alone.is_ok());
    assert!(Combination::new(&registry(), &[ExperimentId::COMBINATION], &Settings::default()).is_err());
}

/// Every setting reaches the members, and what is changed is what would have been prepared afresh.
#[test]
fn settings_reach_the_members() {
    let mut edited = Settings::default();
    edited.edits.set(COHERENT, "target-mass", Some("29.2"));
    let mut lindhard = Settings::default();
    lindhard.detector.quenching = Quenching::Lindhard;
    let changes = [
        expected(),
        edited,
        lindhard,
        Settings {
            weights: Weights::UNIVERSAL,
            ..Settings::default()
        },
        Settings {
            fluxes: Fluxes::default().with(SourceKind::Reactor, 1.5),
            ..Settings::default()
        },
    ];
    let plain = combined(&PAIR, &Settings::default());
    let mut changed = plain.clone();
    for settings in &changes {
        let fresh = combined(&PAIR, settings);
        changed.set(settings).expect("sound settings");
        let [before, after, kept] = [&plain, &fresh, &changed].map(|subject| limit(subject, Flavor::Electron, 1.0));
        assert!(!close(before, after, 1e-4), "{settings:?} changes nothing: {before:e}");
        assert!(close(after, kept, 1e-7), "{settings:?}: {after:e} {kept:e}");
        assert_ne!(changed.relevant_settings(), plain.relevant_settings());
        assert_eq!(changed.relevant_settings(), fresh.relevant_settings());
    }
    let sun = Settings {
        fluxes: Fluxes::default().with(SourceKind::Sun, 3.0),
        ..Settings::default()
    };
    changed.set(&sun).expect("sound settings");
    assert_eq!(changed.relevant_settings(), plain.relevant_settings());
    let wrong = Settings {
        fluxes: Fluxes::all(1e3),
        ..Settings::default()
    };
    assert!(changed.set(&wrong).is_err());
    assert_eq!(changed.settings(), &sun);
}

/// Limits, the level at a point and the verdict follow one another, for every level, number of parameters and side.
#[test]
fn limit_and_confidence_agree() {
    let mut store = Store::built_in().expect("sound tables");
    let flavor = Flavor::Electron;
    for confidence in confidences() {
        let both = store.combination(&PAIR, &Settings::default()).expect("can be combined");
        let limit = both.limit_per_gev(flavor, 2.0, confidence).expect("converges");
        let at = limit.value().expect("a limit");
        let result = |coupling| {
            let benchmark = Benchmark::new(flavor, 2.0, coupling).expect("a point");
            combined_result(both, benchmark, confidence).expect("converges")
        };
        let got = result(at).confidence.expect("there are data");
        assert!((got - confidence.level.level()).abs() < 1e-3, "{confidence}: {got}");
        assert_eq!(result(1.01 * at).excluded, Some(true), "{confidence}");
        assert_eq!(result(0.99 * at).excluded, Some(false), "{confidence}");
        assert_eq!(result(at).experiment, ExperimentId::COMBINATION);
        let coherent = store.analysis(COHERENT, &Settings::default()).expect("sound tables");
        let at = coherent
            .limit_per_gev(flavor, 2.0, confidence)
            .expect("converges")
            .value()
            .expect("a limit");
        let benchmark = Benchmark::new(flavor, 2.0, at).expect("a point");
        let got = point_result(coherent, benchmark, confidence)
            .expect("converges")
            .confidence;
        assert!(
            (got.expect("data") - confidence.level.level()).abs() < 1e-3,
            "{confidence}: {got:?}"
        );
    }
}

/// An upper limit allows one tail only: stronger than the end of an interval, and 95 % of the one is 90 % of the other.
#[test]
fn limits_of_one_side() {
    let at = |level, sides| Confidence {
        level: ConfidenceLevel::new(level).expect("a level"),
        sides,
        ..Confidence::PAPER
    };
    assert!((at(0.9, Sides::One).delta_chi2() - 1.642_375).abs() < 1e-6);
    assert!((at(0.95, Sides::One).delta_chi2() - 2.705_543).abs() < 1e-6);
    assert!((at(0.9, Sides::Two).delta_chi2() - 2.705_543).abs() < 1e-6);
    let dresden = Analysis::built_in(DRESDEN, &Settings::default()).expect("sound tables");
    let limit = |confidence| {
        dresden
            .limit_per_gev(Flavor::Electron, 1.0, confidence)
            .expect("converges")
            .value()
    };
    assert!(limit(at(0.9, Sides::One)) < limit(at(0.9, Sides::Two)));
    let (one, two) = (limit(at(0.95, Sides::One)), limit(at(0.9, Sides::Two)));
    assert!(close(one.expect("a limit"), two.expect("a limit"), 1e-9));
    // A published bound stands for what was published.
    let xenon = Analysis::built_in(ExperimentId::XENON1T, &Settings::default()).expect("sound tables");
    for confidence in [at(0.9, Sides::One), at(0.95, Sides::One)] {
        let error = xenon.check_confidence(confidence).expect_err("not published");
        assert!(error.to_string().contains("one-sided"), "{error}");
    }
    assert!(xenon.check_confidence(at(0.9, Sides::Two)).is_ok());
}

/// Expected, two are better than one; and the best fit of both is no worse than that of a scan.
#[test]
fn the_combination_is_stronger_and_its_best_fit_is_the_lowest() {
    let both = combined(&PAIR, &expected());
    let alone = PAIR.map(|id| Analysis::built_in(id, &expected()).expect("sound tables"));
    for mass in [0.1, 1.0, 5.0] {
        let got = limit(&both, Flavor::Electron, mass);
        let each = alone.iter().map(|member| limit(member, Flavor::Electron, mass));
        assert!(got <= 1.0001 * each.fold(f64::INFINITY, f64::min), "{mass}: {got:e}");
    }
    let both = combined(&PAIR, &Settings::default());
    let best = both.best_fit(Flavor::Electron).expect("converges").expect("data");
    assert_eq!(both.known_best_fit(Flavor::Electron), Some(best));
    assert!(best.chi2 <= both.sm_fit().chi2 + 1e-6);
    for mass in masses_mev(40) {
        let column = both
            .column(Flavor::Electron, mass, Dof::One)
            .expect("converges")
            .expect("data");
        assert!(column.minimum().chi2 > best.chi2 - 1e-4, "{mass}");
        let two = both
            .column(Flavor::Electron, mass, Dof::Two)
            .expect("converges")
            .expect("data");
        assert!(two.floor() <= best.chi2);
    }
}

/// Curves and jobs of workers take a combination like an experiment.
#[test]
fn a_curve_of_several_is_traced_like_one() {
    let mut store = Store::built_in().expect("sound tables");
    let both = store
        .combination(&PAIR, &Settings::default())
        .expect("can be combined")
        .clone();
    let request = CurveRequest::of(&both, Flavor::Electron, Confidence::PAPER);
    assert_eq!(
        (request.experiment, request.members.as_slice()),
        (ExperimentId::COMBINATION, &[COHERENT, DRESDEN][..])
    );
    let mut trace = Trace::new(request.clone(), both.clone(), &masses_mev(LIVE_MASSES)[..12]);
    while trace.step() {}
    let curve = trace.into_curve();
    assert_eq!(
        curve.points[3].limit_per_gev,
        both.limit_per_gev(Flavor::Electron, curve.points[3].mass_mev, Confidence::PAPER)
    );
    let json = serde_json::to_string(&request).expect("data");
    assert_eq!(serde_json::from_str::<CurveRequest>(&json).expect("the same"), request);
    let piece = Piece {
        request,
        first: 100,
        count: 2,
    };
    let mut jobs = JobStore::default();
    let Ok(Answer::Limits(points)) = Job::Curve(piece.clone()).run(&mut jobs, &mut || {}) else {
        panic!("a curve is a curve")
    };
    let mass = points[0].mass_mev;
    assert_eq!(
        points[0].limit_per_gev,
        both.limit_per_gev(Flavor::Electron, mass, Confidence::PAPER)
    );
    let Ok(Answer::DeltaChi2(map)) = Job::Map(piece).run(&mut jobs, &mut || {}) else {
        panic!("a map is a map")
    };
    assert!(map.iter().all(|delta| delta.is_finite()));
}
