//! The address: what a visitor sees can be sent to another, and nothing in it can do harm.

use crate::parameters;
use dipole_portal::Choice;
use dipole_portal::experiment::{ExperimentId, Registry};
use dipole_portal::page::parameters::{KEYS, Parameters};
use dipole_portal::page::problems::Problem;
use dipole_portal::page::state::State;
use dipole_portal::page::words;
use dipole_portal::physics::source::SourceKind;
use std::time::{Duration, Instant};

/// Every key at another value than at the start.
const CHANGED: &str = "experiment=coherent-csi&flavor=mu&weights=1:0.5:0&mass=20&coupling=3e-7&coupling-unit=mu_B&quenching=lindhard\
                       &lindhard-k=0.2&flux=0.77&flux-reactor=2&flux-sun=0.5&reactor-flux=kopeikin-mueller&printed-sign=1&nuclei-only=1&view=data&parts=1&axis=linear\
                       &held=0.5,200&ratio=1&cl=0.95\
                       &dof=2&sides=one&expected=1&decay-lines=majorana&plane-mass-from=0.1&plane-mass-to=20&plane-from=1e-8&plane-to=1e-5&combine=coherent-csi,dresden-ii&curves=xenon1t\
                       &pins=mass:5,quenching:ybe;experiment:xenon1t,flavor:tau,flux:2,dof:2,dresden-ii.noise:70,name:a+name&theme=dark\
                       &coherent-csi.timing=off&dresden-ii.exposure=964";

fn state_of(address: &str) -> State {
    let (state, problems) = parameters().parse(address);
    assert!(problems.is_empty(), "{address}: {problems:?}");
    state
}

fn fluxes(state: &State) -> [f64; 3] {
    [SourceKind::Reactor, SourceKind::Sns, SourceKind::Sun].map(|source| state.settings.fluxes.of(source))
}

#[test]
fn every_key_comes_back() {
    assert_eq!(parameters().print(&state_of(CHANGED)), CHANGED);
    // All but the flux of the chosen experiment's source under a second name, and what adds experiments (`tests/session`); and two changed inputs.
    assert_eq!(CHANGED.split('&').count(), KEYS.len() - 1 - 2 + 2);
}

#[test]
fn the_start_needs_no_address() {
    assert_eq!(parameters().print(&State::default()), "");
    for empty in ["", "#", "&", "&&"] {
        assert_eq!(state_of(empty), State::default());
    }
}

#[test]
fn the_order_of_the_keys_does_not_matter() {
    let expected = state_of(CHANGED);
    let mut entries: Vec<_> = CHANGED.split('&').collect();
    for _ in 0..entries.len() {
        entries.rotate_left(1);
        assert_eq!(state_of(&entries.join("&")), expected);
    }
    entries.reverse();
    assert_eq!(state_of(&entries.join("&")), expected);
}

#[test]
fn flux_is_that_of_the_chosen_experiment() {
    assert_eq!(fluxes(&state_of("flux=2")), [2.0, 1.0, 1.0]);
    assert_eq!(fluxes(&state_of("flux=2&experiment=coherent-csi")), [1.0, 2.0, 1.0]);
    assert_eq!(
        fluxes(&state_of("experiment=pandax-4t&flux=2&flux-reactor=3")),
        [3.0, 1.0, 2.0]
    );
    // Both names of one flux: the short one counts, wherever it stands.
    assert_eq!(fluxes(&state_of("flux=2&flux-reactor=3")), [2.0, 1.0, 1.0]);
    assert_eq!(fluxes(&state_of("flux-reactor=3&flux=2")), [2.0, 1.0, 1.0]);
}

#[test]
fn a_flux_stays_with_its_source_when_another_experiment_is_chosen() {
    let parameters = parameters();
    let mut state = state_of("flux=2");
    parameters
        .choose(&mut state, "experiment", "xenon1t")
        .expect("an experiment");
    assert_eq!(parameters.box_text(&state, "flux"), "1");
    assert_eq!(parameters.print(&state), "experiment=xenon1t&flux-reactor=2");
    parameters.set_text(&mut state, "flux", "0.5").expect("a number");
    assert_eq!(parameters.print(&state), "experiment=xenon1t&flux=0.5&flux-reactor=2");
    parameters
        .choose(&mut state, "experiment", "pandax-4t")
        .expect("an experiment");
    assert_eq!(parameters.box_text(&state, "flux"), "0.5", "the same Sun");
}

#[test]
fn escaped_signs_are_read_and_others_stay_as_they_are() {
    assert_eq!(state_of("coupling-unit=MeV%5E-1"), state_of("coupling-unit=MeV^-1"));
    assert_eq!(state_of("mass%3D20%26flux%3D2"), state_of("mass=20&flux=2"));
    assert_eq!(state_of("cl=95%25"), state_of("cl=0.95"));
    assert_eq!(state_of("cl=95%"), state_of("cl=0.95"));
    assert_eq!(state_of("#mass=20"), state_of("mass=20"));
}

#[test]
fn what_cannot_be_used_is_listed_and_replaced() {
    let address = "mass=abc&flavor=x&colour=red&coupling=2e-8&flux=NaN&view&experiment=lhc&curves=xenon1t,moon&parts=2";
    let (state, problems) = parameters().parse(address);
    for key in ["mass", "flavor", "flux", "view", "experiment", "curves", "parts"] {
        assert!(matches!(problems.of(key), Some(Problem::Wrong(_))), "{key}");
    }
    assert_eq!((problems.count(), problems.of("coupling")), (8, None));
    assert_eq!(parameters().print(&state), "coupling=2e-8&curves=xenon1t");
}

#[test]
fn a_value_out_of_range_is_at_the_nearest_allowed_one_and_listed() {
    let (state, problems) = parameters().parse("mass=-1&coupling=5&cl=2 %");
    assert_eq!(parameters().print(&state), "mass=0.01&coupling=1e-3&cl=0.5");
    for key in ["mass", "coupling", "cl"] {
        assert!(matches!(problems.of(key), Some(Problem::Clamped(_))), "{key}");
    }
    let sentences = words::problems(&problems);
    assert_eq!(sentences.len(), 3);
    assert!(
        sentences.contains(&"mass: -1 is too small, 0.01 MeV is taken".to_owned()),
        "{sentences:?}"
    );
}

#[test]
fn experiments_and_curves_are_those_there_are() {
    for (address, name) in [("experiment=no-such", "no-such"), ("curves=no_such", "no_such")] {
        let (state, problems) = parameters().parse(address);
        assert_eq!(state, State::default());
        let sentences = words::problems(&problems);
        assert_eq!(sentences.len(), 1);
        assert!(sentences[0].contains(name), "{sentences:?}");
    }
    let every: Vec<_> = ExperimentId::PAPER.iter().map(|id| id.name()).collect();
    assert_eq!(
        state_of(&format!("curves={}", every.join(","))).toggled.names().len(),
        4
    );
    assert_eq!(state_of("curves=lsnd,bbn").toggled.names().len(), 2);
}

/// Complaints as a visitor reads them: a handful, none of them long.
fn complaints(parameters: &Parameters, address: &str) -> Vec<String> {
    let (_, problems) = parameters.parse(address);
    let sentences = words::problems(&problems);
    assert!(sentences.len() <= 6, "{} complaints", sentences.len());
    assert!(
        sentences.iter().all(|sentence| sentence.chars().count() < 400),
        "{sentences:?}"
    );
    sentences
}

#[test]
fn garbage_makes_a_handful_of_short_complaints_with_a_count() {
    let parameters = parameters();
    let unknown: Vec<_> = (0..25_000).map(|number| format!("{number}=x")).collect();
    let sentences = complaints(&parameters, &unknown.join("&"));
    assert_eq!(sentences[5], "and 24995 more problems");

    let repeated = vec!["mass=x"; 25_000].join("&");
    assert_eq!(complaints(&parameters, &repeated).len(), 1, "a complaint for a key");

    for long in [
        "x".repeat(100_000),
        format!("mass={}", "9a".repeat(50_000)),
        format!("curves={}", "é".repeat(50_000)),
    ] {
        let sentences = complaints(&parameters, &long);
        assert!(sentences.len() == 1 && sentences[0].contains('…'), "{sentences:?}");
    }
    let everything: Vec<_> = KEYS.iter().map(|key| format!("{key}=?")).collect();
    assert_eq!(
        complaints(&parameters, &everything.join("&"))[5],
        "and 28 more problems"
    );
}

#[test]
fn injected_markup_stays_text() {
    let markup = "<img src=x onerror=alert(1)>";
    for address in [
        format!("mass={markup}"),
        "mass=%3Cimg src=x onerror=alert(1)%3E".to_owned(),
    ] {
        let sentences = complaints(&parameters(), &address);
        assert_eq!(
            sentences,
            [format!("mass: got '{markup}', allowed: a number, 0.01 to 100 MeV")]
        );
    }
}

#[test]
fn ten_times_the_garbage_takes_about_ten_times_as_long() {
    let parameters = parameters();
    let time = |count: usize| {
        let address = "mass=<b>&%zz=%41&curves=,x,&".repeat(count);
        let shortest = (0..3).map(|_| {
            let start = Instant::now();
            assert!(!parameters.parse(&address).1.is_empty());
            start.elapsed()
        });
        shortest.min().unwrap_or(Duration::MAX)
    };
    let (few, many) = (time(1_000), time(10_000));
    // A quadratic reader takes a hundred times as long.
    assert!(many < 40 * few + Duration::from_millis(20), "{few:?}, {many:?}");
}

#[test]
fn a_complaint_is_gone_when_its_value_is_corrected_and_others_stay() {
    let parameters = parameters();
    let (state, mut problems) = parameters.parse("mass=abc&coupling=5&colour=red");
    assert_eq!(problems.count(), 3);
    let mut after = state.clone();
    parameters.set_text(&mut after, "mass", "3").expect("a number");
    problems.settle(|key| parameters.text(&state, key) != parameters.text(&after, key));
    assert_eq!(problems.of("mass"), None);
    assert!(problems.of("coupling").is_some());
    assert_eq!(problems.count(), 1, "the unknown key is no longer in the address");

    // Also a value that is the same as before is a correction, if a hand sets it.
    problems.corrected("coupling");
    assert!(problems.is_empty());
}

#[test]
fn choices_and_flags_have_keys_options_and_labels() {
    let parameters = parameters();
    for choice in parameters.choices() {
        assert!(KEYS.contains(&choice.key) && !choice.label.is_empty(), "{}", choice.key);
        for option in &choice.options {
            let mut state = State::default();
            parameters
                .choose(&mut state, choice.key, &option.name)
                .expect("an option");
            assert_eq!(parameters.chosen(&state, choice.key).as_ref(), Some(&option.name));
            assert!(!option.label.is_empty());
        }
        let mut state = State::default();
        assert!(parameters.choose(&mut state, choice.key, "no-such").is_err());
        assert_eq!(state, State::default());
    }
    for flag in parameters.flags() {
        let mut state = State::default();
        for value in ["1", "0"] {
            parameters.choose(&mut state, flag.key, value).expect("a flag");
            assert_eq!(parameters.chosen(&state, flag.key).as_deref(), Some(value));
        }
    }
    let experiments = &parameters.choices()[0];
    let all = Registry::built_in().expect("sound tables").ids().count();
    assert_eq!((experiments.key, experiments.options.len()), ("experiment", all));
    assert_eq!(experiments.options[1].label, "COHERENT CsI");
    assert!(
        SourceKind::ALL
            .iter()
            .all(|source| KEYS.contains(&format!("flux-{source}").as_str()))
    );
}

/// An address without a version is of the first; one of a version to come is read as far as it is understood, and says so.
#[test]
fn the_version_of_an_address_says_how_it_is_read() {
    let parameters = parameters();
    assert_eq!(state_of("v=1&mass=2"), state_of("mass=2"));
    let (state, _) = parameters.parse("v=7&mass=2");
    assert_eq!(state, state_of("mass=2"));
    let said = complaints(&parameters, "v=7&mass=2");
    assert!(
        said.len() == 1 && said[0].contains("later version of this page (7)"),
        "{said:?}"
    );
    for wrong in ["v=0", "v=", "v=one", "v=-1"] {
        assert_eq!(complaints(&parameters, wrong).len(), 1, "{wrong}");
    }
}
