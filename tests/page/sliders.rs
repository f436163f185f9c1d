//! Sliders and steps: ends, precision of a hand, both ways.

use crate::parameters;
use dipole_portal::Choice;
use dipole_portal::page::parameters::{KEYS, NumberKey, Track};
use dipole_portal::page::state::State;

#[test]
fn positions_set_values_with_the_precision_of_a_hand() {
    let (parameters, mut state) = (parameters(), State::default());
    for (key, position, value) in [
        ("mass", 0.25, 1.78),
        ("mass", -2.0, 0.01),
        ("mass", 2.0, 100.0),
        ("coupling", -12.0, 1e-12),
        ("coupling", -3.0, 1e-3),
        ("coupling", -6.5, 3.16e-7),
        ("flux", -1.0, 0.1),
        ("flux", 1.0, 10.0),
        ("lindhard-k", 0.05, 0.05),
        ("lindhard-k", 0.2, 0.2),
        ("cl", 0.999, 0.999),
        ("cl", 0.95, 0.95),
    ] {
        let accepted = parameters.set_position(&mut state, key, position).expect("a position");
        assert_eq!((accepted.value, accepted.clamped), (value, None), "{key}");
        assert_eq!(parameters.number(&state, key), Some(value));
        let back = parameters.slider_position(&state, key).expect("a slider");
        assert!((back - position).abs() < 2e-3, "{key}: {back} for {position}");
    }
}

#[test]
fn a_step_is_a_step_of_the_slider() {
    let (parameters, mut state) = (parameters(), State::default());
    for key in NumberKey::ALL.iter().map(|key| key.name()) {
        let Track { low, high, step } = key.parse::<NumberKey>().expect("a number").row().track();
        // Away from the ends, where a step stops.
        let middle = 0.5 * (low + high);
        parameters.set_position(&mut state, key, middle).expect("a position");
        let (before, start) = (
            state.clone(),
            parameters.slider_position(&state, key).expect("a slider"),
        );
        let mut expected = start;
        for steps in [1.0, 10.0, -1.0, -10.0] {
            parameters.step(&mut state, key, steps).expect("a step");
            expected += steps * step;
            let position = parameters.slider_position(&state, key).expect("a slider");
            // Three digits move a logarithm by 0.002 at most.
            assert!((position - expected).abs() < 2.3e-3, "{key}: {position} {expected}");
        }
        assert_eq!(state, before, "{key} comes back");
    }
}

#[test]
fn steps_end_at_the_ends() {
    let (parameters, mut state) = (parameters(), State::default());
    for key in NumberKey::ALL {
        let (low, high) = key.row().offered;
        for (steps, end) in [
            (1e9, high),
            (-1e9, low),
            (f64::INFINITY, high),
            (f64::NEG_INFINITY, low),
        ] {
            let accepted = parameters.step(&mut state, key.name(), steps).expect("a step");
            assert_eq!(accepted.value, end, "{key}");
        }
    }
}

#[test]
fn what_is_no_position_changes_nothing() {
    let (parameters, mut state) = (parameters(), State::default());
    for key in KEYS {
        assert!(parameters.set_position(&mut state, key, f64::NAN).is_err(), "{key}");
        assert!(parameters.step(&mut state, key, f64::NAN).is_err(), "{key}");
        assert!(parameters.set_number(&mut state, key, f64::NAN).is_err(), "{key}");
    }
    assert_eq!(state, State::default());
}

#[test]
fn a_point_dragged_out_of_the_plane_stays_at_its_edge() {
    let (parameters, mut state) = (parameters(), State::default());
    for (value, expected) in [
        (1e-20, 1e-12),
        (f64::INFINITY, 1e-3),
        (-1.0, 1e-12),
        (1.23456e-8, 1.23e-8),
    ] {
        let accepted = parameters.set_number(&mut state, "coupling", value).expect("a number");
        assert_eq!(accepted.value, expected);
        assert_eq!(accepted.clamped.is_some(), value != 1.23456e-8);
    }
}
