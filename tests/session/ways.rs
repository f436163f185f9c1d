//! Ways through the plane and along the axes: a walk along a limit, the hunt for the best fit, an axis that is held.

use crate::{choose, settle, settled, typed};
use dipole_portal::chart::Scale;
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;

fn axis(session: &Session) -> (Scale, f64, f64) {
    let view = session.view();
    let chart = view.spectrum.content.chart.clone().expect("a spectrum");
    let y = &chart.panels[0].y;
    (y.scale, y.low, y.high)
}

fn step(key: &str, steps: f64) -> Action {
    Action::Step {
        key: key.to_owned(),
        steps,
    }
}

#[test]
fn arrow_keys_walk_along_the_limit() {
    let mut session = settled("flux=1.3");
    session.apply(Action::WalkAlongLimit(true));
    for _ in 0..5 {
        session.apply(step("mass", 10.0));
        settle(&mut session);
        let view = session.view();
        assert!(
            view.plane.content.caption.contains("along Dresden-II"),
            "{}",
            view.plane.content.caption
        );
        // The box takes three digits: the next above, so that the point is excluded all along.
        let row = view.verdict.content.rows[0].clone();
        assert!(
            row.excludes && ["× 1.00", "× 1.01"].contains(&row.cells[3].as_str()),
            "{row:?}"
        );
    }
    let there = session.state().benchmark.coupling_per_gev;
    session.apply(Action::WalkAlongLimit(false));
    session.apply(step("mass", 10.0));
    assert_eq!(session.state().benchmark.coupling_per_gev, there);
    settle(&mut session);
    assert_eq!(session.view().plane.content.caption, "Limits");
}

#[test]
fn where_there_is_no_limit_there_is_no_walk() {
    let mut session = settled("mass=20&coupling=2e-8");
    session.apply(Action::WalkAlongLimit(true));
    session.apply(step("mass", -1.0));
    let point = session.state().benchmark;
    assert_eq!((point.mass_mev, point.coupling_per_gev), (20.0, 2e-8));
}

#[test]
fn the_best_fit_is_a_secret_until_it_is_shown() {
    let mut session = settled("quenching=lindhard&coupling=1e-7");
    let said = |session: &Session| session.view().matched.content.text.clone();
    let first = said(&session);
    assert!(!first.contains("best fit"), "{first}");
    session.apply(typed("coupling", "1e-8"));
    settle(&mut session);
    session.apply(typed("coupling", "5e-8"));
    settle(&mut session);
    // The lowest of the three stays.
    assert_ne!(said(&session), first);
    session.apply(Action::ShowBestFit);
    settle(&mut session);
    let shown = said(&session);
    assert!(shown.contains("The best fit has"), "{shown}");
    // The point is there: the chi-square of the point is that of the best fit.
    let numbers: Vec<&str> = shown
        .split(|sign: char| !sign.is_ascii_digit() && sign != '.')
        .collect();
    let numbers: Vec<f64> = numbers
        .iter()
        .filter_map(|text| text.trim_end_matches('.').parse().ok())
        .collect();
    assert!((numbers[0] - numbers[2]).abs() <= 0.02, "{shown}");
    // With other settings it is another one, and a secret again.
    session.apply(typed("flux", "1.1"));
    settle(&mut session);
    assert!(!said(&session).contains("The best fit has"));
    session.apply(Action::Undo);
}

#[test]
fn a_best_fit_beyond_the_couplings_of_the_page_is_said_and_not_gone_to() {
    let mut session = settled("experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6");
    let point = session.state().benchmark;
    session.apply(Action::ShowBestFit);
    settle(&mut session);
    let shown = session.view().matched.content.text.clone();
    let best = "The best fit has 83.24: m = 52.8 MeV, d = 0.00379 GeV⁻¹, beyond the couplings of this page, ";
    assert!(shown.contains(best), "{shown}");
    assert_eq!(session.state().benchmark, point);
}

#[test]
fn a_bound_has_no_data_to_match() {
    let session = settled("experiment=xenon1t&flavor=tau");
    let matched = session.view().matched.content;
    assert!(
        !matched.possible && matched.text.contains("no data to match"),
        "{matched:?}"
    );
}

#[test]
fn an_axis_is_held_until_it_is_another() {
    let mut session = settled("coupling=1e-8");
    let (scale, low, high) = axis(&session);
    session.apply(choose("held", "1"));
    session.apply(typed("coupling", "1e-5"));
    settle(&mut session);
    assert_eq!(axis(&session), (scale, low, high));
    assert_eq!(axis(&settled(&session.address())), (scale, low, high));
    session.apply(choose("held", "0"));
    settle(&mut session);
    assert!(axis(&session).2 > high);
    session.apply(choose("held", "1"));
    session.apply(choose("axis", "linear"));
    settle(&mut session);
    let (scale, low, _) = axis(&session);
    assert_eq!((scale, low), (Scale::Linear, 0.0));
    assert_eq!(session.state().held, None);
}

/// Found by the monkey on the page: the curve of a combination has a name that no experiment has, and files of the plane and of the verdict were refused for it.
#[test]
fn what_a_combination_shows_can_be_saved_with_the_sources_of_its_experiments() {
    use dipole_portal::page::export::{Format, Subject};
    let mut session =
        settled("combine=xenon1t,coherent-lar&curves=xenon1t,coherent-lar,dresden-ii,coherent-csi,pandax-4t");
    for subject in [Subject::Plane, Subject::Verdict] {
        for format in [Format::Csv, Format::Json, Format::Bibtex, Format::Text] {
            let file = session.export(subject, format).expect("a file");
            assert!(!file.text.is_empty());
        }
    }
    let plane = session.export(Subject::Plane, Format::Csv).expect("a file").text;
    // Their own curves are hidden: what went into the combination is named all the same.
    assert!(plane.contains("2006.12659"), "{plane}");
}
