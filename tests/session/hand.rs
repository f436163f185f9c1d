//! What a hand types: in boxes and in the address.

use crate::{settle, settled, typed};
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;

#[test]
fn a_wrong_text_stays_in_its_box_until_it_is_left() {
    let mut session = settled("coupling-unit=mu_B");
    session.apply(typed("coupling", "strong"));
    let number = |session: &Session| {
        let numbers = session.controls().numbers;
        numbers
            .into_iter()
            .find(|number| number.key == "coupling")
            .expect("a control")
    };
    let wrong = number(&session);
    assert!(wrong.wrong && wrong.text == "strong");
    // Bounds stand in the unit of the box: 1e-3 GeV^-1 are 3.375e-6 mu_B.
    let problem = wrong.problem.expect("a complaint");
    assert!(
        problem.contains("'strong'") && problem.contains("3.375e-6") && problem.contains("μB"),
        "{problem}"
    );
    session.apply(Action::Leave {
        key: "coupling".to_owned(),
    });
    let left = number(&session);
    assert_eq!(
        (left.wrong, left.problem, left.text.as_str()),
        (false, None, "3.375e-10")
    );
}

#[test]
fn a_value_out_of_range_goes_to_the_nearest_and_says_so() {
    let mut session = settled("");
    session.apply(typed("mass", "1e300"));
    assert_eq!(session.state().benchmark.mass_mev, 100.0);
    let numbers = session.controls().numbers;
    let mass = numbers.iter().find(|number| number.key == "mass").expect("a control");
    assert!(
        !mass.wrong
            && mass
                .problem
                .as_ref()
                .is_some_and(|note| note.contains("100 MeV is taken")),
        "{mass:?}"
    );
    let view = settled("mass=1e300").view();
    assert!(
        view.problems.iter().any(|problem| problem.contains("100 MeV is taken")),
        "{:?}",
        view.problems
    );
}

/// The address may change while the page is open: what is wrong with the new one is said also where it changes the state.
#[test]
fn what_is_wrong_with_a_new_address_is_said() {
    let mut session = settled("mass=3");
    for (address, said) in [
        ("mass=-1", "mass: -1 is too small"),
        ("mass=heavy", "mass: got 'heavy'"),
        ("mass=5&colour=red", "parameter: got 'colour'"),
    ] {
        session.apply(Action::Address {
            text: address.to_owned(),
        });
        settle(&mut session);
        let problems = session.view().problems;
        assert!(
            problems.len() == 1 && problems[0].starts_with(said),
            "{address}: {problems:?}"
        );
    }
}

#[test]
fn garbage_in_the_address_is_a_handful_of_complaints_gone_when_corrected() {
    let garbage: Vec<String> = (0..25_000)
        .map(|index| format!("key{index}={}", "x".repeat(100)))
        .collect();
    let mut session = settled(&format!("{}&mass=heavy", garbage.join("&")));
    let problems = session.view().problems;
    assert!(
        problems.len() <= 6 && problems.iter().all(|problem| problem.len() < 400),
        "{problems:?}"
    );
    assert!(
        problems.iter().any(|problem| problem.contains("more problems")),
        "{problems:?}"
    );
    assert!(
        problems.iter().any(|problem| problem.starts_with("mass: got 'heavy'")),
        "{problems:?}"
    );
    session.apply(typed("mass", "2"));
    assert_eq!(session.view().problems, Vec::<String>::new());
}
