//! Several runs on the page: a panel for each, and the expected limit beside that of the data.

use crate::{Worker, choose, settle, settled};
use dipole_portal::page::action::Action;
use dipole_portal::page::export::{Format, Subject};
use dipole_portal::page::pins::PinAction;

const ADDRESS: &str = "experiment=xenonnt-s2&flavor=tau&mass=5&coupling=1e-6&view=data&parts=1";

#[test]
fn every_run_has_its_panel_and_its_bins() {
    let mut session = settled(ADDRESS);
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("view", "data"));
    settle(&mut session);
    let view = session.view();
    assert_eq!(
        (view.spectrum.problem, view.verdict.problem, view.plane.problem),
        (None, None, None)
    );
    let chart = view.spectrum.content.chart.clone().expect("a chart");
    let titles: Vec<&str> = chart.panels.iter().map(|panel| panel.title.as_str()).collect();
    assert_eq!(titles, ["sr0", "sr1", "sr2"]);
    // Data, background, SM, both together, the dipole alone, and the pin.
    assert!(chart.panels.iter().all(|panel| panel.layers.len() == 6));
    assert_eq!(view.spectrum.content.nuisances.len(), 16);
    let text = session.export(Subject::Spectrum, Format::Csv).expect("numbers").text;
    let bins = text.lines().filter(|line| line.starts_with("sr1,")).count();
    assert_eq!(bins, 7, "{text}");
    assert!(
        text.contains("run,cS2 from [PE],cS2 to [PE],observed [counts]"),
        "{text}"
    );
    assert!(text.contains("arXiv:2601.11296"), "{text}");
}

#[test]
fn the_expected_limit_stands_beside_that_of_the_data() {
    let session = settled(ADDRESS);
    let limit = session.limit_in_words().expect("a limit");
    assert!(
        limit.starts_with("6.77") && limit.contains("(expected: 1.16"),
        "{limit}"
    );
    let notes = &session.view().spectrum.content.notes;
    assert!(notes.iter().any(|note| note.contains("lucky")), "{notes:?}");
}

#[test]
fn workers_compute_its_curve() {
    let mut session = settled(ADDRESS);
    let mut worker = Worker::default();
    worker.take(session.apply(Action::Compute).work.expect("an order"));
    worker.work(&mut session, worker.left());
    settle(&mut session);
    assert_eq!(session.view().work.content.status, "curves on 200 masses are drawn");
}

/// It has its expected limit and the band beside it in the plane, whatever experiment is chosen, and how lucky it is in the verdict.
#[test]
fn a_lucky_limit_is_seen_and_said() {
    let names = |address: &str| -> Vec<String> {
        let computed = settled(address).view().plane.content.exclusion.computed.clone();
        computed.into_iter().map(|curve| curve.name).collect()
    };
    let expected = "XENONnT S2-only (expected)".to_owned();
    assert_eq!(names(ADDRESS).iter().filter(|name| **name == expected).count(), 1);
    let other = "experiment=xenon1t&flavor=tau&add=xenonnt-s2";
    assert_eq!(names(other).iter().filter(|name| **name == expected).count(), 1);
    // Hidden, it has none.
    assert!(!names(&format!("{other}&curves=xenonnt-s2")).contains(&expected));
    let warnings = settled(ADDRESS).view().verdict.content.warnings.clone();
    let said = "XENONnT S2-only: a lucky limit, 1.7 times stronger than the expected one at this mass.";
    assert!(warnings.contains(&said.to_owned()), "{warnings:?}");
    // Where it is an expectation itself nothing is lucky.
    let session = settled(&format!("{ADDRESS}&xenonnt-s2.target-exposure=78.3"));
    assert!(session.view().verdict.content.warnings.is_empty());
}
