//! Parts of the page and what they take from each other: workers, a broken experiment.

use crate::{Worker, choose, settle, settled, typed};
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;

/// "Compute precisely" without a browser: the jobs are run here as a worker runs them.
#[test]
fn precise_curves_are_said_to_be_drawn_only_for_what_is_chosen() {
    let mut session = settled("experiment=xenon1t&flavor=tau");
    let mut worker = Worker::default();
    worker.take(session.apply(Action::Compute).work.expect("an order"));
    worker.work(&mut session, worker.left() - 1);
    assert!(session.view().work.content.progress.is_some());
    worker.work(&mut session, 1);
    settle(&mut session);
    let status = |session: &Session| session.view().work.content.status;
    assert_eq!(status(&session), "curves on 200 masses are drawn");
    let precise = session.view().plane.content.exclusion.computed[0].pieces[0]
        .masses_mev
        .len();
    assert!(precise > 150, "{precise} masses");
    // Another flux asks for other curves; the old ones are not said to be drawn.
    session.apply(typed("flux", "1.1"));
    settle(&mut session);
    assert_eq!(status(&session), "");
    session.apply(typed("flux", "1"));
    settle(&mut session);
    assert_eq!(status(&session), "curves on 200 masses are drawn");
}

/// What goes wrong in one part of the page stays there: an experiment whose table is broken says so in its own places.
#[test]
fn a_broken_experiment_leaves_the_others_alone() {
    let mut registry = Registry::built_in().expect("sound tables");
    let text = include_str!("../../data/experiments/xenon1t.csv").replace("xenon_efficiency_xenon1t", "no_such_table");
    let table = dipole_portal::data::table::Table::parse("experiments/broken", &text).expect("a sound header");
    let id = ExperimentId::new("broken").expect("a name");
    registry
        .add(ExperimentSpec::new(id, &table).expect("rows"))
        .expect("a new name");
    let mut session = Session::new(registry, "flavor=tau");
    settle(&mut session);
    let view = session.view();
    assert_eq!(view.spectrum.problem, None);
    let broken = view
        .plane
        .content
        .curves
        .iter()
        .find(|entry| entry.name == "broken")
        .expect("an entry");
    assert!(
        broken
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("no_such_table")),
        "{broken:?}"
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 2, "the other two go on");
    assert!(view.verdict.content.rows.len() >= 2, "{:?}", view.verdict);
    session.apply(choose("experiment", "broken"));
    settle(&mut session);
    let view = session.view();
    assert!(
        view.spectrum
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("no_such_table"))
    );
    assert_eq!(view.plane.content.exclusion.computed.len(), 2);
}
