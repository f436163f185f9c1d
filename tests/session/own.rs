//! Experiments that a visitor adds: shipped ones, and those of one's own.

use crate::{Worker, choose, settle, settled, typed};
use dipole_portal::chart::Dash;
use dipole_portal::page::action::Action;
use dipole_portal::page::pins::PinAction;
use dipole_portal::page::session::Session;

fn apply(session: &mut Session, action: Action) {
    session.apply(action);
    settle(session);
}

fn sample(name: &str) -> Action {
    Action::AddSample { name: name.to_owned() }
}

fn options(session: &Session) -> Vec<String> {
    let controls = session.controls();
    let experiments = controls
        .choices
        .iter()
        .find(|choice| choice.key == "experiment")
        .expect("a choice");
    experiments.options.iter().map(|option| option.name.clone()).collect()
}

#[test]
fn every_shipped_experiment_can_be_added_and_has_a_curve_a_row_a_chart_and_an_address() {
    let offered = settled("").view().own.content.offered.clone();
    assert!(offered.len() >= 7, "{offered:?}");
    for (name, title) in offered.iter() {
        let mut session = settled("");
        apply(&mut session, sample(name));
        assert_eq!(session.view().own.problem, None, "{title}");
        assert_eq!(session.state().experiment.name(), name);
        let view = session.view();
        assert!(view.own.content.added.len() == 1 && options(&session).contains(name));
        let row = view.verdict.content.rows.iter().find(|row| row.experiment == *name);
        assert!(row.is_some(), "{name}");
        for what in ["recoil", "data"] {
            apply(&mut session, choose("view", what));
            let view = session.view();
            assert_eq!(view.spectrum.problem, None, "{name}, {what}");
            assert!(view.spectrum.content.chart.is_some(), "{name}, {what}");
        }
        let address = session.address();
        assert!(address.contains(&format!("add={name}")), "{address}");
        assert_eq!(settled(&address).view().verdict, session.view().verdict);
    }
}

#[test]
fn an_added_experiment_is_edited_like_the_others_and_goes_away_with_undo() {
    let mut session = settled("");
    apply(&mut session, sample("relics"));
    let curves = session.view().plane.content.exclusion.computed.clone();
    let relics = curves
        .iter()
        .find(|curve| curve.name.starts_with("RELICS"))
        .expect("a curve");
    assert!(
        relics.name.ends_with(" (expected)") && relics.dash == Dash::Dashed,
        "{}",
        relics.name
    );
    apply(&mut session, typed("relics.background-counts", "0"));
    assert!(
        session.address().ends_with("relics.background-counts=0"),
        "{}",
        session.address()
    );
    apply(&mut session, Action::Undo);
    apply(&mut session, Action::Undo);
    assert_eq!(session.address(), "");
    assert_eq!(options(&session).len(), 4);
    apply(&mut session, Action::Redo);
    assert_eq!(session.address(), "experiment=relics&add=relics");
    apply(
        &mut session,
        Action::RemoveExperiment {
            name: "relics".to_owned(),
        },
    );
    assert_eq!(session.address(), "");
}

#[test]
fn what_a_pin_changed_of_an_experiment_is_forgotten_with_it() {
    let mut session = settled("add=relics&relics.distance=40");
    apply(&mut session, choose("experiment", "dresden-ii"));
    apply(&mut session, Action::Pins(PinAction::Keep));
    apply(
        &mut session,
        Action::RemoveExperiment {
            name: "relics".to_owned(),
        },
    );
    assert_eq!(session.state().pins.len(), 1);
    assert_eq!(session.state(), settled(&session.address()).state());
}

#[test]
fn a_curve_that_was_hidden_is_forgotten_with_its_experiment() {
    let mut session = settled("add=relics&curves=relics");
    assert!(session.state().toggled.contains("relics"));
    apply(
        &mut session,
        Action::RemoveExperiment {
            name: "relics".to_owned(),
        },
    );
    assert!(session.state().toggled.names().is_empty());
    apply(&mut session, Action::Undo);
    assert!(session.state().toggled.contains("relics"));
    apply(&mut session, Action::Redo);
    assert_eq!(session.state(), settled(&session.address()).state());
}

#[test]
fn a_copy_is_a_text_and_a_text_is_an_experiment() {
    let mut session = settled("dresden-ii.exposure=964");
    apply(&mut session, Action::CopyExperiment);
    let text = session.view().own.content.draft.clone().expect("a text");
    assert!(
        text.contains("name,Dresden-II copy") && text.contains("exposure,964"),
        "{text}"
    );
    apply(&mut session, Action::AddText { text: text.clone() });
    let view = session.view();
    assert_eq!(view.own.problem, None);
    assert_eq!(session.state().experiment.name(), "dresden-ii-copy");
    // Where it is longer than an address takes, that is said.
    assert_eq!(
        view.own.content.sentence.contains("save"),
        !session.address().contains("own=")
    );
    // Once more, under the same name, is in the place of the first.
    apply(&mut session, Action::AddText { text });
    assert_eq!(session.view().own.content.added.len(), 1);
    // Workers know it, too.
    let mut worker = Worker::default();
    if let Some(order) = session.apply(Action::LookAtSensitivity(true)).work {
        worker.take(order);
        worker.work(&mut session, usize::MAX);
    }
    assert!(session.view().sensitivity.rows.len() > 20);
}

#[test]
fn a_short_text_travels_in_the_address() {
    let mut session = settled("");
    apply(&mut session, sample("reactor-counting"));
    apply(&mut session, Action::CopyExperiment);
    let text = session.view().own.content.draft.clone().expect("a text");
    // Without remarks and sources, which an address need not have.
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let short: Vec<String> = rows
        .map(|line| line.split(',').take(3).collect::<Vec<_>>().join(","))
        .collect();
    apply(&mut session, Action::AddText { text: short.join("\n") });
    let view = session.view();
    assert_eq!((view.own.problem, view.own.content.sentence.as_str()), (None, ""));
    let address = session.address();
    assert!(address.contains("own="), "{address}");
    assert_eq!(settled(&address).view().verdict, session.view().verdict);
}

#[test]
fn what_is_wrong_with_a_table_is_said_with_its_line_and_changes_nothing() {
    let mut session = settled("");
    for text in [
        "",
        "key,value\nname,<b>bold</b>\n",
        "garbage",
        "\0\u{feff}",
        &"a,b\n".repeat(5000),
    ] {
        apply(&mut session, Action::AddText { text: text.to_owned() });
        assert!(session.view().own.problem.is_some(), "{text}");
        assert_eq!(session.address(), "");
    }
    for wrong in [
        "add=nothing",
        "own=garbage;key~2c~value",
        "add=relics,relics&own=x",
        "add=dresden-ii",
    ] {
        let session = settled(wrong);
        assert!(
            !session.view().problems.is_empty() || wrong.contains("relics"),
            "{wrong}"
        );
    }
}
