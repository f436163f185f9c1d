//! Number boxes take what people type, say what they make of it, and keep what they cannot use.

use crate::{parameters, parameters_with_another_germanium};
use dipole_portal::page::problems::Bound;
use dipole_portal::page::state::State;
use dipole_portal::page::words;
use dipole_portal::physics::units::CouplingUnit;
use dipole_portal::{Error, ErrorKind};

/// The value that counts after typing, which must be accepted as it stands.
fn typed(state: &mut State, key: &str, text: &str) -> f64 {
    let parameters = parameters();
    let accepted = parameters.set_text(state, key, text);
    let accepted = accepted.expect(text);
    assert_eq!(accepted.clamped, None, "{key} '{text}'");
    assert_eq!(parameters.number(state, key), Some(accepted.value));
    accepted.value
}

#[test]
fn boxes_take_what_people_type() {
    for (key, text, value) in [
        ("coupling", "1,5e-10", 1.5e-10),
        ("mass", "2 MeV", 2.0),
        ("mass", "500 keV", 0.5),
        ("mass", "0.05 GeV", 50.0),
        ("mass", "20000 eV", 0.02),
        ("mass", "2 mev", 2.0),
        ("mass", "10^-1", 0.1),
        ("mass", " 3 ", 3.0),
        ("mass", "+3", 3.0),
        ("cl", "95 %", 0.95),
        ("cl", "95%", 0.95),
        ("cl", "90", 0.9),
        ("cl", "0.9", 0.9),
        ("cl", "0,9", 0.9),
        ("cl", "68.27", 0.6827),
        ("cl", "99.9 %", 0.999),
        ("cl", "99.9", 0.999),
        ("coupling", "1.5×10^-7", 1.5e-7),
        ("coupling", "1.5 * 10^-7", 1.5e-7),
        ("coupling", "10⁻⁷", 1e-7),
        ("coupling", "1e−7", 1e-7),
        ("coupling", "1,5 · 10⁻⁷ GeV⁻¹", 1.5e-7),
        ("coupling", "3e-7 GeV^-1", 3e-7),
        ("coupling", "3e-7 1/GeV", 3e-7),
        ("coupling", "3e-10 MeV^-1", 3e-7),
        ("flux", "0.77", 0.77),
        ("flux", "77 %", 0.77),
        ("flux", "2x", 2.0),
        ("lindhard-k", "0,2", 0.2),
    ] {
        assert_eq!(typed(&mut State::default(), key, text), value, "{key} '{text}'");
    }
}

#[test]
fn a_unit_that_is_typed_counts_whatever_unit_is_chosen() {
    for unit in [CouplingUnit::PerGev, CouplingUnit::PerMev, CouplingUnit::BohrMagneton] {
        let mut state = State {
            coupling_unit: unit,
            ..State::default()
        };
        for bohr in ["1e-10 mu_B", "1e-10 μ_B", "1e-10 µB", "1e-10 muB"] {
            let value = typed(&mut state, "coupling", bohr);
            assert!((value / 2.963e-8 - 1.0).abs() < 1e-12, "{bohr}: {value}");
        }
        assert_eq!(typed(&mut state, "coupling", "2e-7 GeV^-1"), 2e-7);
        assert_eq!(typed(&mut state, "coupling", "2e-10 MeV^-1"), 2e-7);
    }
}

#[test]
fn a_number_alone_is_in_the_unit_of_the_box() {
    let mut state = State {
        coupling_unit: CouplingUnit::BohrMagneton,
        ..State::default()
    };
    let value = typed(&mut state, "coupling", "1e-10");
    assert!((value / 2.963e-8 - 1.0).abs() < 1e-12, "{value}");
    assert_eq!(parameters().box_text(&state, "coupling"), "1e-10");
    state.coupling_unit = CouplingUnit::PerGev;
    assert_eq!(parameters().box_text(&state, "coupling"), "2.963e-8");
}

#[test]
fn an_unknown_unit_is_an_error_that_lists_the_known_ones() {
    let known: [(&str, &str, &[&str]); 5] = [
        ("mass", "2 bananas", &["2 bananas", "MeV", "keV", "GeV", "eV"]),
        // Milli-electronvolts are not mega-electronvolts.
        ("mass", "2 meV", &["2 meV", "MeV"]),
        ("coupling", "1e-7 GeV", &["1e-7 GeV", "GeV⁻¹", "MeV⁻¹", "μB"]),
        ("flux", "2 MeV", &["2 MeV", "a number alone", "%"]),
        ("cl", "2 sigma", &["2 sigma", "%"]),
    ];
    for (key, text, words) in known {
        let mut state = State::default();
        let error = parameters().set_text(&mut state, key, text).expect_err(text);
        let sentence = words::error(&error);
        for word in words.iter().chain(&[key]) {
            assert!(sentence.contains(word), "{sentence}");
        }
        assert_eq!(state, State::default());
    }
}

#[test]
fn text_that_is_no_number_stays_in_its_box_as_wrong_until_the_box_is_left() {
    let parameters = parameters();
    for key in ["mass", "coupling", "flux", "lindhard-k", "cl"] {
        for wrong in [
            "abc",
            "",
            "NaN",
            "inf",
            "-",
            "1 000",
            "1.2.3",
            "1,000,000",
            "2^3",
            "<b>1</b>",
        ] {
            let mut state = State::default();
            let mut shown = parameters.type_text(&mut state, key, wrong);
            assert_eq!(state, State::default(), "{key} '{wrong}'");
            assert_eq!((shown.text.as_str(), &shown.note), (wrong, &None));
            let Some(ErrorKind::Input { quantity, got, allowed }) = shown.problem.as_ref().map(Error::kind) else {
                panic!("{key} '{wrong}': {shown:?}");
            };
            let echo = if wrong.is_empty() { "nothing" } else { wrong };
            assert_eq!(quantity, key);
            assert!(got.contains(echo) && !allowed.is_empty(), "{got} {allowed}");
            shown.leave(&parameters, &state, key);
            assert_eq!(shown, parameters.box_state(&state, key));
        }
    }
}

#[test]
fn what_is_wrong_is_corrected_by_typing_on() {
    let (parameters, mut state) = (parameters(), State::default());
    assert!(parameters.type_text(&mut state, "mass", "2 M").problem.is_some());
    let shown = parameters.type_text(&mut state, "mass", "2 MeV");
    assert_eq!((shown.problem, shown.note), (None, None));
    assert_eq!(shown.text, "2 MeV");
    assert_eq!(state.benchmark.mass_mev, 2.0);
}

#[test]
fn bounds_are_in_the_unit_of_the_box() {
    for (unit, bounds) in [
        (CouplingUnit::PerGev, "1e-12 to 0.001 GeV⁻¹"),
        (CouplingUnit::PerMev, "1e-15 to 1e-6 MeV⁻¹"),
        (CouplingUnit::BohrMagneton, "3.375e-15 to 3.375e-6 μB"),
    ] {
        let mut state = State {
            coupling_unit: unit,
            ..State::default()
        };
        let error = parameters().set_text(&mut state, "coupling", "much").expect_err("much");
        assert_eq!(
            words::error(&error),
            format!("coupling: got 'much', allowed: a number, {bounds}")
        );
        // The bounds that are shown can be typed.
        let (low, high) = bounds.split_once(" to ").expect("two bounds");
        typed(&mut state, "coupling", low);
        assert_eq!(typed(&mut state, "coupling", high), 1e-3);
    }
}

#[test]
fn a_value_out_of_range_goes_to_the_nearest_allowed_one_and_says_so() {
    for (key, text, value, bound) in [
        ("mass", "-1", 0.01, Bound::Low),
        ("mass", "0", 0.01, Bound::Low),
        ("mass", "200", 100.0, Bound::High),
        ("mass", "1e300", 100.0, Bound::High),
        ("mass", "1e999", 100.0, Bound::High),
        ("mass", "2 GeV", 100.0, Bound::High),
        ("coupling", "1", 1e-3, Bound::High),
        ("coupling", "1e-13", 1e-12, Bound::Low),
        ("flux", "0.01", 0.1, Bound::Low),
        ("flux", "11", 10.0, Bound::High),
        ("lindhard-k", "1", 0.3, Bound::High),
        ("cl", "10 %", 0.5, Bound::Low),
        ("cl", "1", 0.999, Bound::High),
        ("cl", "100", 0.999, Bound::High),
        ("cl", "1e300", 0.999, Bound::High),
    ] {
        let (parameters, mut state) = (parameters(), State::default());
        let mut shown = parameters.type_text(&mut state, key, text);
        assert_eq!(parameters.number(&state, key), Some(value), "{key} '{text}'");
        let note = shown
            .note
            .clone()
            .unwrap_or_else(|| panic!("{key} '{text}' is taken in silence"));
        assert_eq!((note.got.as_str(), note.bound), (text, bound));
        assert_eq!((shown.text.as_str(), &shown.problem), (text, &None));
        shown.leave(&parameters, &state, key);
        assert_eq!(
            (&shown.text, &note.taken),
            (&parameters.box_text(&state, key), &note.taken)
        );
        assert_eq!(shown.text, note.taken, "{key} '{text}'");
        assert_eq!(shown.note, Some(note), "the remark stays while its value does");
    }
    let mut state = State::default();
    let accepted = parameters().set_text(&mut state, "mass", "200").expect("a number");
    let note = accepted.clamped.expect("a remark");
    assert_eq!(
        words::clamped("mass", &note),
        "mass: 200 is too large, 100 MeV is taken"
    );
}

#[test]
fn values_are_spoken_with_their_unit() {
    let parameters = parameters();
    let mut state = State::default();
    let spoken = |state: &State, key| parameters.spoken(state, key);
    assert_eq!(spoken(&state, "mass"), "1 MeV");
    assert_eq!(spoken(&state, "coupling"), "1 × 10⁻⁷ GeV⁻¹");
    assert_eq!(spoken(&state, "cl"), "90 %");
    assert_eq!(spoken(&state, "flux"), "1 times the nominal flux");
    assert_eq!(spoken(&state, "lindhard-k"), "0.157");
    state.coupling_unit = CouplingUnit::PerMev;
    assert_eq!(spoken(&state, "coupling"), "1 × 10⁻¹⁰ MeV⁻¹");
}

#[test]
fn the_lindhard_parameter_at_the_start_is_that_of_the_experiment() {
    let parameters = parameters_with_another_germanium();
    let (mut state, problems) = parameters.parse("experiment=other");
    assert!(problems.is_empty());
    assert_eq!(parameters.box_text(&state, "lindhard-k"), "0.2");
    parameters
        .choose(&mut state, "experiment", "dresden-ii")
        .expect("an experiment");
    assert_eq!(parameters.box_text(&state, "lindhard-k"), "0.157");
    // Chosen by hand it stays, and leaves the address with the value of the table.
    parameters.set_text(&mut state, "lindhard-k", "0.2").expect("a number");
    assert_eq!(parameters.print(&state), "lindhard-k=0.2");
    parameters
        .set_text(&mut state, "lindhard-k", "0.157")
        .expect("a number");
    assert_eq!(parameters.print(&state), "");
}

#[test]
fn keys_of_no_number_are_refused() {
    for key in ["experiment", "colour", "", "flux-moon", "curves"] {
        let mut state = State::default();
        assert!(parameters().set_text(&mut state, key, "1").is_err(), "{key}");
        assert!(parameters().set_number(&mut state, key, 1.0).is_err(), "{key}");
        assert!(parameters().step(&mut state, key, 1.0).is_err(), "{key}");
        assert_eq!(parameters().box_text(&state, key), "");
        assert_eq!(state, State::default());
    }
}
