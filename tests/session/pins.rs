//! Points that are kept to compare with.

use crate::{choose, settle, settled, typed};
use dipole_portal::chart::{Chart, Mark};
use dipole_portal::page::action::Action;
use dipole_portal::page::pins::{MOST_PINS, PinAction};
use dipole_portal::page::session::Session;
use dipole_portal::page::view::PinRow;

fn rows(session: &Session) -> Vec<PinRow> {
    session.view().pins.content.rows.clone()
}

fn labels(session: &Session) -> Vec<String> {
    rows(session).into_iter().map(|row| row.label).collect()
}

fn spectrum(session: &Session) -> Chart {
    let view = session.view();
    view.spectrum.content.chart.as_deref().cloned().expect("a spectrum")
}

/// Ordinates of a line of the first panel.
fn line(chart: &Chart, name: &str) -> Vec<f64> {
    let layers = chart.panels[0].layers.iter();
    let layer = layers.rev().find(|layer| layer.name == name);
    let ordinates = layer.and_then(|layer| match &layer.mark {
        Mark::Curve { y, .. } | Mark::Steps { y, .. } => Some(y.to_vec()),
        _ => None,
    });
    ordinates.unwrap_or_else(|| unreachable!("no line {name}"))
}

/// Three quenching models at one point: what a referee asks for.
#[test]
fn a_pin_is_called_after_what_differs() {
    let mut session = settled("coupling=2e-7&view=data");
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("quenching", "ybe"));
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("quenching", "lindhard"));
    settle(&mut session);
    assert_eq!(labels(&session), ["1: fef", "2: ybe"]);
    let names: Vec<String> = spectrum(&session).panels[0]
        .layers
        .iter()
        .map(|layer| layer.name.clone())
        .collect();
    assert!(
        names.contains(&"1: fef".to_owned()) && names.contains(&"2: ybe".to_owned()),
        "{names:?}"
    );
    // In the plane each has its own limit beside the present one.
    let computed = session.view().plane.content.exclusion.computed.clone();
    let pinned: Vec<&str> = computed
        .iter()
        .filter(|curve| curve.pinned)
        .map(|curve| curve.name.as_str())
        .collect();
    assert_eq!(pinned, ["1: fef", "2: ybe"]);
    session.apply(typed("mass", "5"));
    settle(&mut session);
    assert_eq!(labels(&session), ["1: m = 1 MeV, fef", "2: m = 1 MeV, ybe"]);
    // The mass makes no difference to a limit.
    let computed = session.view().plane.content.exclusion.computed.clone();
    assert!(computed.iter().any(|curve| curve.name == "1: fef"), "{computed:?}");
}

/// What makes no difference to a pin is not in its name: `k` without Lindhard's model, quenching for another target.
#[test]
fn a_name_says_only_what_matters() {
    let mut session = settled("");
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("experiment", "xenon1t"));
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("quenching", "lindhard"));
    session.apply(typed("lindhard-k", "0.2"));
    settle(&mut session);
    assert_eq!(labels(&session), ["1: Dresden-II, fef", "2: as now"]);
}

/// What is kept is what was shown: the same line, and the same limit.
#[test]
fn a_pin_is_what_was_shown() {
    for address in [
        "coupling=2e-7",
        "coupling=2e-7&view=data",
        "experiment=coherent-csi&flavor=mu&view=data&coupling=1e-6",
        "experiment=xenon1t&flavor=tau&view=data&coupling=1e-6&flux=2",
    ] {
        let mut session = settled(address);
        let all = spectrum(&session);
        let total = ["SM + dipole", "+ SM + dipole", "all"]
            .into_iter()
            .find(|name| all.panels[0].layers.iter().any(|layer| layer.name == *name))
            .expect("SM and dipole together");
        let before = line(&all, total);
        let limit = session.limit_in_words();
        session.apply(Action::Pins(PinAction::Keep));
        session.apply(typed("coupling", "3e-9"));
        settle(&mut session);
        let label = labels(&session)[0].clone();
        for (kept, shown) in line(&spectrum(&session), &label).iter().zip(&before) {
            assert!((kept - shown).abs() <= 1e-12 * shown.abs(), "{address}: {kept} {shown}");
        }
        assert_eq!(Some(rows(&session)[0].cells[1].clone()), limit, "{address}");
    }
}

#[test]
fn a_ratio_is_to_the_first_pin_of_the_experiment() {
    let mut session = settled("coupling=2e-7");
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(typed("coupling", "4e-7"));
    session.apply(choose("ratio", "1"));
    settle(&mut session);
    let chart = spectrum(&session);
    assert_eq!(chart.panels[0].y.label, "ratio to pin 1");
    let one = line(&chart, &labels(&session)[0]);
    assert!(one.iter().all(|value| *value == 1.0), "{one:?}");
    // Where the dipole is all there is, twice the coupling is four times the counts.
    let total = line(&chart, "SM + dipole");
    let largest = total.iter().copied().fold(0.0, f64::max);
    assert!((3.5..=4.0).contains(&largest), "{largest}");
    // Another experiment has nothing to compare with.
    session.apply(choose("experiment", "xenon1t"));
    settle(&mut session);
    assert_ne!(spectrum(&session).panels[0].y.label, "ratio to pin 1");
}

#[test]
fn pins_are_named_shown_put_first_and_given_up() {
    let mut session = settled("");
    session.apply(Action::Pins(PinAction::Keep));
    // The same point twice is one pin.
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(typed("mass", "5"));
    session.apply(Action::Pins(PinAction::Keep));
    let name = "  heavy\u{7}  one ".to_owned();
    session.apply(Action::Pins(PinAction::Name(1, name)));
    session.apply(Action::Pins(PinAction::First(1)));
    session.apply(choose("experiment", "coherent-csi"));
    settle(&mut session);
    assert_eq!(labels(&session)[0], "1: heavy   one");
    let address = session.address();
    assert_eq!(labels(&settled(&address)), labels(&session), "{address}");
    session.apply(Action::Pins(PinAction::Show(1)));
    settle(&mut session);
    assert_eq!(session.state().benchmark.mass_mev, 1.0);
    assert_eq!(labels(&session)[1], "2: as now");
    session.apply(Action::Pins(PinAction::Remove(0)));
    session.apply(Action::Pins(PinAction::Remove(7)));
    settle(&mut session);
    assert_eq!(labels(&session), ["1: as now"]);
    session.apply(Action::Undo);
    assert_eq!(session.state().pins.len(), 2);
}

#[test]
fn there_is_room_for_a_dozen() {
    let mut session = settled("");
    for mass in 1..=MOST_PINS + 3 {
        session.apply(typed("mass", &mass.to_string()));
        session.apply(Action::Pins(PinAction::Keep));
    }
    settle(&mut session);
    assert_eq!(session.state().pins.len(), MOST_PINS);
    assert!(!session.view().pins.content.possible);
    let address = session.address();
    assert!(address.len() < 2000, "{}", address.len());
    assert_eq!(settled(&address).state(), session.state());
}

#[test]
fn what_is_wrong_with_a_pin_is_said_and_the_others_stay() {
    let session = settled("pins=mass:5;mass:heavy,flavor:mu;colour:red,mass:7");
    assert_eq!(session.state().pins.len(), 3);
    let problems = session.view().problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(problems[0].contains("heavy"), "{problems:?}");
}
