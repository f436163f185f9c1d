//! Inputs that a visitor changes: every control of them, what the page says, and what is drawn of it.

use crate::{Worker, choose, fact, settle, settled, typed};
use dipole_portal::chart::Dash;
use dipole_portal::page::action::Action;
use dipole_portal::page::inputs::{InputControl, InputRow};
use dipole_portal::page::sensitivity::SensitivityRow;
use dipole_portal::page::session::Session;
use dipole_portal::page::view::VerdictRow;

const EXPOSURE: &str = "dresden-ii.exposure";

fn apply(session: &mut Session, action: Action) {
    session.apply(action);
    settle(session);
}

fn enter(session: &mut Session, key: &str, text: &str) {
    apply(session, typed(key, text));
}

fn row(session: &Session, name: &str) -> InputRow {
    let rows = session.view().inputs.rows;
    rows.into_iter().find(|row| row.name == name).expect(name)
}

fn names_and_dashes(session: &Session) -> Vec<(String, Dash)> {
    let view = session.view();
    let curves = &view.plane.content.exclusion.computed;
    curves.iter().map(|curve| (curve.name.clone(), curve.dash)).collect()
}

#[test]
fn a_typed_exposure_makes_an_expected_curve_and_travels_in_the_address() {
    let mut session = settled("");
    let before = session.view();
    enter(&mut session, EXPOSURE, " 964 d");
    assert_eq!(session.address(), "dresden-ii.exposure=964");
    assert_eq!(
        row(&session, EXPOSURE).table.as_deref(),
        Some("changed; in its source 96.4 d")
    );
    let inputs = session.view().inputs;
    assert!(
        inputs.edited
            && inputs
                .sentence
                .starts_with("1 input is changed. Dresden-II would have observed")
    );
    let curves = names_and_dashes(&session);
    assert!(
        curves.contains(&("Dresden-II (expected)".to_owned(), Dash::Dashed)),
        "{curves:?}"
    );
    let after = session.view();
    assert_eq!(after.verdict.content.rows[0].name, "Dresden-II (expected)");
    assert_ne!(after.verdict.content, before.verdict.content);
    // The list of sources says it, too.
    let sources = after.assumptions.content;
    let source = sources.iter().find(|input| input.key == "exposure").expect("a row");
    assert_eq!(source.value.as_str(), "964");
    assert!(source.source.contains("96.4"), "{}", source.source);
    // Another page at this address is the same page.
    assert_eq!(settled(&session.address()).view().verdict, session.view().verdict);
}

#[test]
fn theory_and_uncertainties_keep_the_data_and_the_solid_curve() {
    let mut session = settled("");
    enter(&mut session, "dresden-ii.signal-uncertainty", "0.1");
    apply(&mut session, choose("dresden-ii.m-shell-prior", "off"));
    assert_eq!(
        session.address(),
        "dresden-ii.m-shell-prior=off&dresden-ii.signal-uncertainty=0.1"
    );
    let curves = names_and_dashes(&session);
    assert!(curves.contains(&("Dresden-II".to_owned(), Dash::Solid)), "{curves:?}");
    let sentence = session.view().inputs.sentence;
    assert!(
        sentence.starts_with("2 inputs are changed. Its data are compared"),
        "{sentence}"
    );
}

#[test]
fn the_table_s_value_is_no_change_and_a_reset_takes_changes_back() {
    let mut session = settled("dresden-ii.exposure=964&dresden-ii.noise=60&coherent-csi.timing=off");
    enter(&mut session, EXPOSURE, "96.40");
    assert_eq!(session.address(), "coherent-csi.timing=off&dresden-ii.noise=60");
    let reset = |name: &str| Action::ResetInput { name: name.to_owned() };
    enter(&mut session, EXPOSURE, "12");
    apply(&mut session, reset("dresden-ii.noise"));
    assert_eq!(session.address(), "coherent-csi.timing=off&dresden-ii.exposure=12");
    apply(&mut session, reset("dresden-ii"));
    assert_eq!(session.address(), "coherent-csi.timing=off");
    apply(&mut session, Action::Undo);
    assert_eq!(session.address(), "coherent-csi.timing=off&dresden-ii.exposure=12");
    // What there is not is left alone.
    for name in ["nowhere", "nowhere.exposure", "dresden-ii.colour", "", "."] {
        apply(&mut session, reset(name));
    }
    assert_eq!(session.address(), "coherent-csi.timing=off&dresden-ii.exposure=12");
}

#[test]
fn a_slider_goes_by_factors_and_the_table_s_value_is_in_its_middle() {
    let mut session = settled("");
    let InputControl::Slider { track, position } = row(&session, EXPOSURE).control else {
        panic!("an exposure has a slider");
    };
    assert_eq!((track.0, track.1, position), (-3.0, 3.0, 0.0));
    let slide = |position: f64| Action::Slide {
        key: EXPOSURE.to_owned(),
        position,
    };
    apply(&mut session, slide(1.0));
    assert_eq!(session.address(), "dresden-ii.exposure=964");
    apply(&mut session, slide(0.0));
    assert_eq!(session.address(), "");
    let step = |steps: f64| Action::Step {
        key: EXPOSURE.to_owned(),
        steps,
    };
    apply(&mut session, step(200.0));
    assert_eq!(session.address(), "dresden-ii.exposure=964");
    apply(&mut session, step(-200.0));
    assert_eq!(session.address(), "");
}

#[test]
fn what_is_no_value_stays_in_its_box_with_the_reason_and_changes_nothing() {
    let mut session = settled("");
    for (text, reason) in [
        ("long", "a number in d"),
        ("-3", "above zero"),
        ("", "a number in d"),
        ("1e999", "a number in d"),
    ] {
        enter(&mut session, EXPOSURE, text);
        let row = row(&session, EXPOSURE);
        assert_eq!(row.text, text);
        let problem = row.problem.expect(text);
        assert!(problem.contains(reason), "{text}: {problem}");
        assert_eq!(session.address(), "");
    }
    apply(
        &mut session,
        Action::Leave {
            key: EXPOSURE.to_owned(),
        },
    );
    let row = row(&session, EXPOSURE);
    assert_eq!((row.text.as_str(), row.problem), ("96.4", None));
}

#[test]
fn an_address_with_wrong_inputs_is_complained_about_and_the_rest_is_taken() {
    let session =
        settled("dresden-ii.exposure=long&dresden-ii.colour=1&nowhere.exposure=1&dresden-ii.noise=60&<b>.x=<i>");
    assert_eq!(session.address(), "dresden-ii.noise=60");
    let problems = session.view().problems;
    assert_eq!(problems.len(), 4, "{problems:?}");
    assert!(
        problems
            .iter()
            .any(|problem| problem.contains("dresden-ii.colour") && problem.contains("exposure"))
    );
}

#[test]
fn expected_limits_stand_beside_those_of_the_data_with_their_bands() {
    let mut session = settled("expected=1");
    let curves = names_and_dashes(&session);
    for name in ["Dresden-II", "COHERENT CsI"] {
        assert!(curves.contains(&(name.to_owned(), Dash::Solid)));
        assert!(curves.contains(&(format!("{name} (expected)"), Dash::Dashed)));
    }
    // Who gives only a bound has nothing to expect.
    assert!(!curves.iter().any(|(name, _)| name == "XENON1T (expected)"));
    let view = session.view();
    let band = view
        .plane
        .content
        .exclusion
        .computed
        .iter()
        .find(|curve| curve.name == "Dresden-II (expected)");
    assert_eq!(band.expect("a curve").regions.len(), 2);
    let verdict = view.verdict.content;
    assert_eq!(verdict.head.last().map(String::as_str), Some("limit against it"));
    // 8.03e-8 against 8.99e-8: a little lucky.
    let cells = &verdict.rows[0].cells;
    assert!(cells[cells.len() - 2].starts_with("8.99 × 10⁻⁸ GeV⁻¹"), "{cells:?}");
    assert_eq!(cells[cells.len() - 1], "× 0.89 (−0.4 σ)", "{cells:?}");
    apply(&mut session, choose("expected", "0"));
    assert_eq!(names_and_dashes(&session).len(), 4);
}

/// Beside Dresden-II, COHERENT adds next to nothing for electron neutrinos: what is expected of both as one is what is expected of Dresden-II.
#[test]
fn what_is_expected_of_several_as_one_stands_beside_what_they_say() {
    let session = settled("expected=1&combine=coherent-csi,dresden-ii");
    let view = session.view();
    let rows = &view.verdict.content.rows;
    // In 1e-8 GeV^-1.
    let expected = |row: &VerdictRow| -> f64 {
        let median = &row.cells[row.cells.len() - 2];
        let (number, _) = median.split_once(" × 10⁻⁸ GeV⁻¹").expect(median);
        number.parse().expect("a number")
    };
    let (dresden, combined) = (expected(&rows[0]), expected(rows.last().expect("a row")));
    assert!((combined / dresden - 1.0).abs() < 0.01, "{combined} {dresden}");
}

#[test]
fn a_pin_keeps_changed_inputs_and_is_called_after_them() {
    let mut session = settled("dresden-ii.exposure=964");
    apply(&mut session, Action::Pins(dipole_portal::page::pins::PinAction::Keep));
    apply(
        &mut session,
        Action::ResetInput {
            name: "dresden-ii".to_owned(),
        },
    );
    let rows = session.view().pins.content.rows.clone();
    assert!(rows[0].label.contains("Exposure, reactor on: 964"), "{}", rows[0].label);
    assert_eq!(session.address(), "pins=dresden-ii.exposure:964");
    assert_eq!(settled(&session.address()).view().pins, session.view().pins);
}

#[test]
fn what_matters_most_is_computed_by_the_workers_and_follows_the_point() {
    let mut session = settled("");
    let mut worker = Worker::default();
    let look = |session: &mut Session, worker: &mut Worker, action: Action| {
        let order = session.apply(action).work;
        settle(session);
        if let Some(order) = order {
            worker.take(order);
            worker.work(session, usize::MAX);
        }
    };
    look(&mut session, &mut worker, Action::LookAtSensitivity(true));
    let rows = session.view().sensitivity.rows;
    let of = |rows: &[SensitivityRow], key: &str| rows.iter().position(|row| row.key == key).expect(key);
    // Another quenching matters more than anything else, and the flux more than its uncertainty.
    assert_eq!(of(&rows, "quenching"), 0);
    assert!(of(&rows, "flux") < of(&rows, "signal-uncertainty"));
    let (low, high) = rows[of(&rows, "flux")].span;
    assert!(low < 0.0 && high > 0.0, "{low} {high}");
    assert!(rows[of(&rows, "exposure")].label.ends_with(" (expected)"));
    assert!(session.view().settled);
    // Another mass is another table; the same one asks nobody.
    look(&mut session, &mut worker, typed("mass", "5"));
    assert_ne!(session.view().sensitivity.rows, rows);
    assert!(session.apply(choose("theme", "dark")).work.is_none());
    // Who no longer looks asks nobody.
    look(&mut session, &mut worker, Action::LookAtSensitivity(false));
    assert!(session.apply(typed("mass", "2")).work.is_none());
    assert!(session.view().sensitivity.rows.is_empty());
}

#[test]
fn answers_for_another_point_are_not_taken_and_a_flavour_without_flux_says_why() {
    let mut session = settled("");
    let mut worker = Worker::default();
    if let Some(order) = session.apply(Action::LookAtSensitivity(true)).work {
        worker.take(order);
    }
    session.apply(typed("mass", "5"));
    worker.work(&mut session, usize::MAX);
    assert!(session.view().sensitivity.rows.is_empty());
    session.apply(choose("flavor", "tau"));
    let pane = session.view().sensitivity;
    assert!(
        pane.rows.is_empty() && pane.sentence.contains("tau"),
        "{}",
        pane.sentence
    );
}

#[test]
fn lines_of_equal_decay_length_are_those_of_the_chosen_experiment() {
    let lines = |address: &str| -> Vec<(String, f64)> {
        let view = settled(address).view();
        let computed = &view.plane.content.exclusion.computed;
        let lines = computed.iter().filter(|curve| curve.name.starts_with("N decays after"));
        let at_ten_mev = |curve: &dipole_portal::chart::exclusion::ComputedCurve| {
            let piece = &curve.pieces[0];
            let near = piece.masses_mev.iter().position(|mass| *mass > 9.9).expect("a mass");
            // d goes with the root of the momentum over the square of the mass.
            let mass = piece.masses_mev[near] / 10.0;
            (curve.name.clone(), mass * mass * piece.couplings_per_gev[near])
        };
        lines.map(at_ten_mev).collect()
    };
    let dirac = lines("experiment=coherent-csi&flavor=e&decay-lines=dirac");
    let names: Vec<_> = dirac.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        names,
        ["N decays after 1 m", "N decays after 20 m", "N decays after 1 au"]
    );
    // 3.9012e-5 GeV^-1 at 10 MeV and 20 m, summed independently; the momentum is not quite that at 10 MeV.
    assert!((dirac[1].1 / 3.9012e-5 - 1.0).abs() < 0.03, "{dirac:?}");
    let majorana = lines("experiment=coherent-csi&flavor=e&decay-lines=majorana");
    for ((_, one), (_, other)) in dirac.iter().zip(&majorana) {
        assert!((one / other - 2.0_f64.sqrt()).abs() < 1e-9);
    }
    assert!(lines("experiment=coherent-csi&flavor=tau&decay-lines=dirac").is_empty());
    assert!(lines("experiment=coherent-csi&flavor=e").is_empty());
}

#[test]
fn experiments_drawn_as_one_have_a_curve_a_row_and_an_entry() {
    let mut session = settled("");
    let combine = |name: &str| Action::Combine {
        experiment: name.to_owned(),
    };
    for name in ["dresden-ii", "coherent-csi", "nowhere", "<b>"] {
        apply(&mut session, combine(name));
    }
    assert_eq!(session.address(), "combine=coherent-csi,dresden-ii");
    let name = "COHERENT CsI + Dresden-II";
    assert!(names_and_dashes(&session).contains(&(name.to_owned(), Dash::Solid)));
    let view = session.view();
    let row = view
        .verdict
        .content
        .rows
        .iter()
        .find(|row| row.name == name)
        .expect("a row");
    // 0.804e-7 of the two, 0.803e-7 of Dresden-II alone; what has no sum is not summed.
    assert!(row.cells[2].starts_with("8.04 × 10⁻⁸"), "{:?}", row.cells);
    assert_eq!(row.cells[4], "–");
    assert!(view.plane.content.curves.iter().any(|entry| entry.label == name));
    assert!(view.combine.iter().filter(|entry| entry.chosen).count() == 2);
    // Who gives only a bound cannot be added, and the others go on.
    apply(&mut session, combine("xenon1t"));
    let view = session.view();
    let problem = view.verdict.problem.expect("a reason");
    assert!(problem.contains("XENON1T"), "{problem}");
    assert_eq!(view.verdict.content.rows.len(), 4);
    apply(&mut session, Action::Undo);
    apply(&mut session, combine("dresden-ii"));
    assert_eq!(names_and_dashes(&session).len(), 4, "one alone is none");
}

#[test]
fn weights_add_the_signals_of_flavours_and_choose_published_curves() {
    let electron = settled("experiment=coherent-csi&mass=20");
    let mut session = settled("experiment=coherent-csi&mass=20&flavor=mu");
    let count = |session: &Session| {
        let facts = &session.view().spectrum.content.facts;
        let fact = facts
            .iter()
            .find(|fact| fact.key == "totals.dipole_nucleus")
            .expect("a fact");
        fact.text
            .split(' ')
            .next()
            .and_then(|text| text.parse::<f64>().ok())
            .expect("a number")
    };
    let (e, mu) = (count(&electron), count(&session));
    enter(&mut session, "weights", "2:1:0");
    assert_eq!(
        session.address(),
        "experiment=coherent-csi&flavor=mu&weights=2:1:0&mass=20"
    );
    assert!(
        (count(&session) / (4.0 * e + mu) - 1.0).abs() < 5e-3,
        "{} {e} {mu}",
        count(&session)
    );
    assert!(session.view().plane.content.exclusion.published.is_empty());
    enter(&mut session, "weights", "universal");
    let published = session.view().plane.content.exclusion.published.len();
    assert!(published > 0);
    enter(&mut session, "weights", "many");
    let shown = session.view().controls.texts;
    assert!(
        shown[0]
            .problem
            .as_ref()
            .is_some_and(|problem| problem.contains("universal")),
        "{shown:?}"
    );
    assert_eq!(session.view().plane.content.exclusion.published.len(), published);
    enter(&mut session, "weights", "");
    assert_eq!(session.address(), "experiment=coherent-csi&flavor=mu&mass=20");
}

#[test]
fn one_side_is_a_smaller_step() {
    let limit = |address: &str| {
        let view = settled(address).view();
        view.verdict.content.rows[0].cells[2].clone()
    };
    // One-sided 95 % is two-sided 90 %.
    assert_eq!(limit("sides=one&cl=0.95"), limit(""));
    assert_ne!(limit("sides=one"), limit(""));
}

#[test]
fn what_is_only_expected_excludes_nothing_yet() {
    // The limits at 1 MeV are 8.0e-8 for Dresden-II and 5.6e-8 for RELICS, which has no data.
    let said = |address: &str| settled(address).view().verdict.content.sentence.clone();
    let sentence = said("mass=1&coupling=7e-8&add=relics");
    assert!(
        sentence.starts_with(
            "None of the experiments here excludes this point at 90 %; RELICS (expected) would exclude it;"
        ),
        "{sentence}"
    );
    let sentence = said("mass=1&coupling=9e-8&add=relics");
    assert!(
        sentence.starts_with("Excluded at 90 % by Dresden-II; RELICS (expected) would exclude it;"),
        "{sentence}"
    );
    let sentence = said("mass=1&coupling=5e-8&add=relics");
    assert!(!sentence.contains("RELICS"), "{sentence}");
}

#[test]
fn a_chi_square_of_expected_counts_has_no_probability() {
    let chi2 = |address: &str| fact(address, "chi2_sm").expect("a fit");
    assert!(chi2("").contains("p = "));
    assert_eq!(chi2("dresden-ii.exposure=964"), "0.00 in 130 bins of expected counts");
}

#[test]
fn a_unit_may_be_typed_as_it_is_shown_or_as_it_stands_in_a_table() {
    for text in ["5e13", "5e13 cm⁻² s⁻¹", "5e13 cm^-2 s^-1"] {
        let mut session = settled("");
        enter(&mut session, "dresden-ii.flux", text);
        assert_eq!(session.address(), "dresden-ii.flux=5e13", "{text}");
        assert_eq!(row(&session, "dresden-ii.flux").unit, "cm⁻² s⁻¹");
    }
}

/// Nothing said that the value was refused; the thumb stayed where it had been put.
#[test]
fn a_slider_at_a_value_that_is_refused_says_so_and_goes_back() {
    let mut refusals = 0;
    for experiment in [
        "dresden-ii",
        "coherent-csi",
        "xenon1t",
        "coherent-lar",
        "conus-plus",
        "lz-er",
        "sns-photoelectrons",
    ] {
        let mut session = settled(&format!("experiment={experiment}&add={experiment}"));
        for before in session.view().inputs.rows {
            let InputControl::Slider {
                track: (low, high, _), ..
            } = before.control
            else {
                continue;
            };
            for end in [low, high] {
                let (key, address) = (before.name.clone(), session.address());
                session.apply(Action::Slide {
                    key: key.clone(),
                    position: end,
                });
                let refused = row(&session, &before.name);
                if refused.problem.is_some() {
                    refusals += 1;
                    assert!(
                        refused.text != before.text && refused.control == before.control,
                        "{refused:?}"
                    );
                    assert_eq!(session.address(), address);
                }
                session.apply(Action::Leave { key: key.clone() });
                session.apply(Action::ResetInput { name: key });
                assert_eq!(row(&session, &before.name), before);
            }
        }
    }
    assert!(refusals > 0);
}
