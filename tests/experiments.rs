//! Experiments as data: a table is all there is to an experiment, and all of it counts.

use dipole_portal::analysis::{Analysis, Edits, Settings, Store};
use dipole_portal::data::table::Table;
use dipole_portal::data::{self, TABLES};
use dipole_portal::experiment::{
    DetectorSettings, Experiment, ExperimentId, ExperimentSpec, Prediction, Range, Registry, adjustable,
};
use dipole_portal::physics::StandardModel;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::Confidence;
use dipole_portal::{Error, Flavor};
use std::sync::Arc;

/// The text of a table of `data/`.
fn text(name: &str) -> &'static str {
    TABLES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| *text)
        .expect("a table of this name")
}

fn own(id: ExperimentId) -> &'static str {
    text(&format!("experiments/{id}"))
}

fn parse(id: ExperimentId, own: &str, shared: &str) -> Result<ExperimentSpec, Error> {
    let own = Table::parse(&format!("experiments/{id}"), own)?;
    ExperimentSpec::with_shared(id, &own, &Table::parse(StandardModel::TABLE, shared)?)
}

/// Every experiment of `data/experiments/`.
fn all() -> Vec<ExperimentId> {
    Registry::built_in().expect("sound tables").ids().collect()
}

fn built_in(id: ExperimentId) -> ExperimentSpec {
    let registry = Registry::built_in().expect("sound tables");
    registry.get(id).expect("a built-in experiment").as_ref().clone()
}

/// Keys of the rows of a table of inputs.
fn keys(text: &str) -> impl Iterator<Item = &str> {
    let rows = text.lines().skip_while(|line| line.starts_with('#')).skip(1);
    rows.filter_map(|row| row.split(',').next())
}

fn without(text: &str, key: &str) -> String {
    let start = format!("{key},");
    let kept = text.lines().filter(|line| !line.starts_with(&start));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Everything that a visitor can see of an experiment, as numbers.
fn outcome(spec: &ExperimentSpec) -> Result<Vec<f64>, Error> {
    outcome_with(spec, Edits::default())
}

fn outcome_with(spec: &ExperimentSpec, edits: Edits) -> Result<Vec<f64>, Error> {
    // Lindhard's model needs more of the inputs than a table of factors.
    let detector = DetectorSettings {
        quenching: Quenching::Lindhard,
        ..DetectorSettings::default()
    };
    let settings = Settings {
        detector,
        edits,
        ..Settings::default()
    };
    let analysis = Analysis::new(spec, &settings)?;
    let binning = analysis.prediction().binning();
    let mut numbers = vec![spec.order(), spec.view_kev().0, spec.view_kev().1];
    numbers.extend(&binning.energy.edges);
    numbers.extend(analysis.standard_model().sum());
    numbers.extend(analysis.sm_fit().map(|fit| fit.chi2));
    for flavor in analysis.experiment().flavors() {
        numbers.extend(analysis.dipole(flavor, 1.0).sum());
        numbers.extend(analysis.limit_per_gev(flavor, 1.0, Confidence::PAPER)?.value());
        numbers.extend(analysis.ceiling_per_gev(flavor, 1.0));
    }
    Ok(numbers)
}

/// A row that only those have of whose data there are other analyses.
const ONLY_SOME: &str = "observed-in";
/// Rows that another can stand for: without the one, it is the other that is asked for.
const ALTERNATIVES: [(&str, &str); 3] = [
    ("data", "background-table"),
    ("background-table", "background-counts"),
    ("efficiency-table", "efficiency"),
];

#[test]
fn no_row_can_be_missing() {
    let shared = text(StandardModel::TABLE);
    for id in all() {
        assert!(parse(id, own(id), shared).is_ok());
        // A row of what all share stands there, too.
        let of_its_own = |key: &&str| *key != ONLY_SOME && keys(shared).all(|known| known != *key);
        for key in keys(own(id)).filter(of_its_own) {
            let error = parse(id, &without(own(id), key), shared).expect_err(key).to_string();
            let instead = ALTERNATIVES
                .iter()
                .find(|(row, _)| *row == key)
                .map_or("target-", |(_, other)| other);
            assert!(
                error.contains(key) || error.contains(instead),
                "{id} without {key}: {error}"
            );
        }
        for key in keys(shared).filter(|key| keys(own(id)).all(|known| known != *key)) {
            let error = parse(id, own(id), &without(shared, key)).expect_err(key).to_string();
            assert!(error.contains(key), "{id} without {key}: {error}");
        }
    }
}

#[test]
fn no_row_can_be_idle() {
    const ROW: &str = "colour,1,,Colour,nowhere,\n";
    let shared = text(StandardModel::TABLE);
    for id in all() {
        for (own, shared) in [
            (format!("{}{ROW}", own(id)), shared.to_owned()),
            (own(id).to_owned(), format!("{shared}{ROW}")),
        ] {
            let error = parse(id, &own, &shared).expect_err("an unknown row").to_string();
            assert!(error.contains("nothing reads 'colour'"), "{id}: {error}");
        }
    }
}

/// What the table of data says, too: another value is refused.
const REPEATED: [&str; 2] = ["bin-width", "signal-bins"];

/// What counts only with another choice, with that choice.
const WITH: [(&str, (&str, &str)); 1] = [("light-yield-constant", ("light-yield", "constant"))];

/// A row that is read but not used, or whose number stands in the code a second time, would leave everything as it is.
#[test]
fn every_number_counts() {
    let mut shared: Vec<(String, bool)> = keys(text(StandardModel::TABLE))
        .map(|key| (key.to_owned(), false))
        .collect();
    for id in all() {
        let table = built_in(id);
        for row in table.inputs().rows() {
            let chosen = WITH.iter().find(|(key, _)| *key == row.key);
            let spec = chosen.map_or_else(
                || table.clone(),
                |(_, (key, value))| table.overridden(key, value).expect("a choice of the table"),
            );
            let before = outcome(&spec).expect("sound tables");
            let others: Vec<String> = match (row.value.parse::<f64>(), adjustable(&row.key).map(|row| row.range)) {
                (Ok(0.0), _) => vec!["0.5".to_owned(), "1".to_owned()],
                (Ok(value), _) => vec![
                    (0.9 * value).to_string(),
                    (1.1 * value).to_string(),
                    (value + 1.0).to_string(),
                ],
                (_, Some(Range::Options(options))) => options.iter().map(|option| (*option).to_owned()).collect(),
                _ => continue,
            };
            let counts = others.iter().any(|other| {
                let other = other.as_str();
                let changed = spec.overridden(&row.key, other);
                let mut edits = Edits::default();
                edits.set(id, &row.key, Some(other));
                let differs = |after: Result<Vec<f64>, Error>| after.is_ok_and(|after| after != before);
                // What stands beside data, and what is changed from there.
                differs(changed.and_then(|spec| outcome(&spec))) || differs(outcome_with(&spec, edits))
            });
            match shared.iter_mut().find(|(key, _)| *key == row.key) {
                Some((_, seen)) => *seen |= counts,
                None if REPEATED.contains(&row.key.as_str()) => {
                    assert!(
                        spec.overridden(&row.key, &others[1])
                            .and_then(|spec| outcome(&spec))
                            .is_err()
                    );
                }
                None => assert!(counts, "{id}: {} changes nothing", row.key),
            }
        }
    }
    for (key, counts) in shared.iter().filter(|(key, _)| !key.ends_with("-table")) {
        assert!(counts, "{key} changes nothing");
    }
}

/// Each experiment with one row changed, and whether its response matrices can stay.
const OVERRIDES: [(ExperimentId, &str, &str, bool); 14] = [
    (ExperimentId::DRESDEN_II, "signal-uncertainty", "0.05", true),
    (ExperimentId::DRESDEN_II, "detector-size", "0.2", true),
    (ExperimentId::DRESDEN_II, "flux", "3.7e13", true),
    (ExperimentId::DRESDEN_II, "fission-u235", "0.7", true),
    (ExperimentId::DRESDEN_II, "exposure", "50", true),
    (ExperimentId::DRESDEN_II, "neutron-coupling", "-0.5", true),
    (ExperimentId::DRESDEN_II, "noise", "80", false),
    (ExperimentId::DRESDEN_II, "lindhard-k", "0.2", false),
    (ExperimentId::COHERENT_CSI, "brn-uncertainty", "0.3", true),
    (ExperimentId::COHERENT_CSI, "distance", "25", true),
    (ExperimentId::COHERENT_CSI, "time-efficiency-rate", "0.1", false),
    (ExperimentId::XENON1T, "flux", "5.25e6", true),
    (ExperimentId::XENON1T, "oscillation-set", "maximal", true),
    (ExperimentId::XENON1T, "flux-bound", "1e7", true),
];

#[test]
fn a_changed_row_gives_what_a_fresh_analysis_gives() {
    for (id, key, value, keeps_response) in OVERRIDES {
        let spec = built_in(id);
        let mut kept = Analysis::new(&spec, &Settings::default()).expect("sound tables");
        let response = |analysis: &Analysis| -> Vec<_> {
            let channels = analysis.prediction().channels();
            channels.map(|channel| Arc::clone(channel.response())).collect()
        };
        let before = response(&kept);
        let changed = spec.overridden(key, value).expect("a known row");
        kept.respecify(&changed).expect("a sound value");
        let fresh = Analysis::new(&changed, &Settings::default()).expect("a sound value");
        let after = response(&kept);
        let same = before
            .iter()
            .zip(&after)
            .all(|(before, after)| Arc::ptr_eq(before, after));
        assert_eq!(same, keeps_response, "{id}: response after a change of {key}");
        assert_eq!(kept.standard_model(), fresh.standard_model(), "{id} {key}");
        assert_eq!(kept.sm_fit(), fresh.sm_fit(), "{id} {key}");
        for flavor in fresh.experiment().flavors() {
            assert_eq!(kept.dipole(flavor, 2.0), fresh.dipole(flavor, 2.0), "{id} {key}");
            let limit = |analysis: &Analysis| analysis.limit_per_gev(flavor, 2.0, Confidence::PAPER);
            assert_eq!(limit(&kept), limit(&fresh), "{id} {key}");
            let ceiling = |analysis: &Analysis| analysis.ceiling_per_gev(flavor, 2.0);
            assert_eq!(ceiling(&kept), ceiling(&fresh), "{id} {key}");
        }
    }
}

#[test]
fn overrides_that_do_not_fit_are_refused() {
    let spec = built_in(ExperimentId::DRESDEN_II);
    for (key, value, reason) in [
        ("colour", "1", "flux"),
        ("flux", "-1", "above zero"),
        ("flux", "many", "a finite number"),
        ("flux", "NaN", "a finite number"),
        ("lindhard-k", "0.9", "within 0.05 and 0.3"),
        ("source", "moon", "reactor"),
        ("source", "sun", "spectrum-table"),
        ("statistic", "counting", "do not go together"),
        ("l1-energy-high", "1", "above 'l1-energy-low'"),
    ] {
        let error = spec.overridden(key, value).expect_err(value);
        assert!(
            matches!(error.kind(), dipole_portal::ErrorKind::Input { .. }),
            "{key} = {value}: {error:?}"
        );
        assert!(error.to_string().contains(reason), "{key} = {value}: {error}");
    }
    // What is changed says so where it is shown.
    let changed = spec.overridden("flux", "3.7e13").expect("a flux");
    let row = changed
        .inputs()
        .rows()
        .iter()
        .find(|row| row.key == "flux")
        .expect("the row");
    assert!(row.source.contains("4.8e13"), "{row:?}");
}

#[test]
fn what_does_not_go_together_is_refused() {
    let shared = text(StandardModel::TABLE);
    let refused = |id, changes: &[(&str, &str)], reason: &str| {
        let changed = changes.iter().fold(own(id).to_owned(), |text, (from, to)| {
            assert!(text.contains(from), "{from}");
            text.replace(from, to)
        });
        let error = parse(id, &changed, shared).expect_err(reason).to_string();
        assert!(error.contains(reason), "{error}");
    };
    let dresden = ExperimentId::DRESDEN_II;
    let coherent = ExperimentId::COHERENT_CSI;
    let xenon = ExperimentId::XENON1T;
    refused(
        xenon,
        &[("\nelements,", "\ntarget-mass,1,t,Target mass,,\nelements,")],
        "goes with 'atoms'",
    );
    refused(
        coherent,
        &[("target-mass,14.6", "atoms,1e25,,Atoms,,\nexposure,14.6")],
        "goes with 'target-mass'",
    );
    refused(
        coherent,
        &[("statistic,counting", "statistic,flux-bound")],
        "do not go together",
    );
    refused(
        xenon,
        &[("statistic,flux-bound", "statistic,counting")],
        "do not go together",
    );
    refused(
        dresden,
        &[
            ("atoms,2.43e25,", "target-exposure,0.003,"),
            ("exposure,96.4,d", "molar-mass,72.6,g"),
        ],
        "per day",
    );
    refused(
        dresden,
        &[("\norder,", "\nname,Again,,Experiment,,\norder,")],
        "'name' stands twice",
    );
    refused(
        dresden,
        &[("\norder,", "\ndistance,10,m,Distance,,\norder,")],
        "nothing reads 'distance'",
    );
}

/// A file is enough for an experiment whose source, detector and statistic exist.
#[test]
fn a_file_adds_an_experiment() {
    let id = ExperimentId::new("half-distance").expect("a name");
    let table =
        Table::parse("half-distance", include_str!("data/experiments/half-distance.csv")).expect("a sound table");
    let mut registry = Registry::built_in().expect("sound tables");
    registry
        .add(ExperimentSpec::new(id, &table).expect("sound rows"))
        .expect("a new name");
    let order: Vec<_> = registry.ids().collect();
    assert_eq!(order[..3], [ExperimentId::DRESDEN_II, id, ExperimentId::COHERENT_CSI]);
    let mut store = Store::new(registry);
    let mut counts_and_limit = |id| {
        let analysis = store.analysis(id, &Settings::default()).expect("sound tables");
        let limit = analysis
            .limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER)
            .expect("converges");
        (analysis.standard_model().total(), limit.value().expect("a limit"))
    };
    let (far_counts, far_limit) = counts_and_limit(ExperimentId::DRESDEN_II);
    let (near_counts, near_limit) = counts_and_limit(id);
    assert!(
        (near_counts / far_counts - 4.0).abs() < 1e-12,
        "{near_counts} {far_counts}"
    );
    assert!(near_limit < far_limit, "{near_limit:e} {far_limit:e}");
}

/// Whoever asks where the numbers are from gets all of them.
#[test]
fn assumptions_are_all_rows() {
    for id in all() {
        let experiment = Experiment::built_in(id).expect("sound tables");
        let listed = experiment.assumptions().expect("sound tables");
        for key in keys(own(id)).chain(keys(text(StandardModel::TABLE))) {
            let row = listed.iter().find(|row| row.key == key);
            let row = row.unwrap_or_else(|| panic!("{id}: {key} is not listed"));
            let names_a_table = key == "data" || key.ends_with("-table");
            let value = experiment.inputs().text(key).expect("a row");
            let shown = if names_a_table {
                data::table(value)
                    .expect("a table")
                    .get("title")
                    .expect("a title")
                    .to_owned()
            } else {
                value.to_owned()
            };
            assert_eq!(row.value, shown, "{id}: {key}");
        }
    }
}

/// The lowest energy that makes an N with a recoil that is seen does not depend on where the grid has its points.
#[test]
fn the_lowest_energy_is_one_of_the_response() {
    for id in all() {
        let experiment = Experiment::built_in(id).expect("sound tables");
        let of = |refinement| {
            let prediction = Prediction::refined(&experiment, DetectorSettings::default(), refinement);
            prediction.expect("sound tables").lowest_energy_mev(&experiment, 1.0)
        };
        let (got, truth) = (of(1.0), of(16.0));
        assert!((got / truth - 1.0).abs() < 1e-3, "{id}: {got} MeV, finer {truth} MeV");
    }
}

/// Within 15 cm most N of 40 MeV from the SNS decay for couplings above 2e-5 GeV^-1.
#[test]
fn n_decays_in_the_detector_above_a_ceiling() {
    let spec = built_in(ExperimentId::COHERENT_CSI);
    let analysis = Analysis::new(&spec, &Settings::default()).expect("sound tables");
    let ceiling = analysis.ceiling_per_gev(Flavor::Muon, 40.0).expect("N is made");
    assert!((1.7e-5..2.3e-5).contains(&ceiling), "{ceiling:e}");
    // The heavier, the sooner.
    let masses = [1.0, 5.0, 20.0, 28.0, 40.0, 50.0];
    let ceilings = masses.map(|mass| analysis.ceiling_per_gev(Flavor::Muon, mass).expect("N is made"));
    assert!(ceilings.windows(2).all(|pair| pair[1] < pair[0]), "{ceilings:?}");
    // The limit at these masses is below: what it excludes is a band.
    let limit = analysis
        .limit_per_gev(Flavor::Muon, 40.0, Confidence::PAPER)
        .expect("converges");
    assert!(limit.value().expect("a limit") < ceiling);
    // A quarter of the size asks for twice the coupling.
    let small = spec.overridden("detector-size", "0.0375").expect("a size");
    let small = Analysis::new(&small, &Settings::default()).expect("sound tables");
    let ratio = small.ceiling_per_gev(Flavor::Muon, 40.0).expect("N is made") / ceiling;
    assert!((ratio - 2.0).abs() < 1e-9, "{ratio}");
    // No N, no ceiling: above the source's energy, of a flavour that it has not, and for one that does not decay.
    assert_eq!(analysis.ceiling_per_gev(Flavor::Muon, 53.0), None);
    assert_eq!(analysis.ceiling_per_gev(Flavor::Tau, 1.0), None);
    assert_eq!(analysis.ceiling_per_gev(Flavor::Muon, 0.0), None);
}
