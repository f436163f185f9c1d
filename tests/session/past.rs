//! Undo, redo and reset.

use crate::{choose, settled, typed};
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;

fn slide(session: &mut Session, key: &str, positions: &[f64]) {
    for position in positions {
        session.apply(Action::Slide {
            key: key.to_owned(),
            position: *position,
        });
    }
}

fn let_go(session: &mut Session, key: &str) {
    session.apply(Action::Leave { key: key.to_owned() });
}

fn possible(session: &Session) -> (bool, bool, bool) {
    let past = session.view().past;
    (past.undo, past.redo, past.reset)
}

#[test]
fn a_movement_is_one_step_back_and_forth() {
    let mut session = settled("");
    assert_eq!(possible(&session), (false, false, false));
    slide(&mut session, "mass", &[0.1, 0.5, 0.9]);
    let_go(&mut session, "mass");
    slide(&mut session, "mass", &[1.0, 1.1]);
    let after = session.address();
    assert_eq!(possible(&session), (true, false, true));
    session.apply(Action::Undo);
    assert!((session.state().benchmark.mass_mev.log10() - 0.9).abs() < 1e-3);
    session.apply(Action::Undo);
    assert_eq!(session.address(), "");
    assert_eq!(possible(&session), (false, true, false));
    session.apply(Action::Redo);
    session.apply(Action::Redo);
    assert_eq!(session.address(), after);
    // There is nothing more to do again, and asking changes nothing.
    assert_eq!(session.apply(Action::Redo), Default::default());
}

#[test]
fn what_is_done_anew_takes_the_place_of_what_was_undone() {
    let mut session = settled("");
    session.apply(choose("flavor", "mu"));
    session.apply(Action::Undo);
    session.apply(choose("experiment", "coherent-csi"));
    assert_eq!(possible(&session), (true, false, true));
    session.apply(Action::Undo);
    assert_eq!(session.address(), "");
}

#[test]
fn boxes_show_what_counts_after_a_step_back() {
    let mut session = settled("");
    session.apply(typed("mass", "3"));
    session.apply(typed("mass", "3x"));
    session.apply(Action::Undo);
    let numbers = session.controls().numbers;
    let mass = numbers.iter().find(|number| number.key == "mass").expect("a control");
    assert_eq!((mass.text.as_str(), mass.wrong), ("1", false));
}

#[test]
fn a_reset_keeps_the_colours_and_can_be_undone() {
    let mut session = settled("mass=20&theme=projector&cl=0.95&curves=bbn");
    let before = session.address();
    session.apply(Action::Reset);
    assert_eq!(session.address(), "theme=projector");
    assert_eq!(possible(&session), (true, false, false));
    session.apply(Action::Undo);
    assert_eq!(session.address(), before);
}

#[test]
fn an_address_that_is_followed_is_a_step_too() {
    let mut session = settled("");
    session.apply(Action::Address {
        text: "mass=20".to_owned(),
    });
    session.apply(Action::Undo);
    assert_eq!(session.address(), "");
}
