//! The model of the reactor flux on the page.

use crate::{Worker, choose, settle, settled};
use dipole_portal::chart::Dash;
use dipole_portal::experiment::ExperimentId;
use dipole_portal::page::action::Action;
use dipole_portal::page::export::{Format, Subject};
use dipole_portal::page::session::Session;

fn limit(session: &Session) -> String {
    session.limit_in_words().expect("a limit")
}

#[test]
fn a_model_that_is_chosen_reaches_everything_that_is_shown() {
    let mut session = settled("");
    let (before, chart) = (limit(&session), session.view().spectrum.content.chart.clone());
    let sources = session.view().assumptions.content.len();
    session.apply(choose("reactor-flux", "kopeikin-mueller"));
    settle(&mut session);
    assert_ne!(limit(&session), before);
    assert_ne!(session.view().spectrum.content.chart, chart);
    assert!(session.view().assumptions.content.len() > sources);
    assert!(session.address().contains("reactor-flux=kopeikin-mueller"));
    let text = session.export(Subject::Spectrum, Format::Csv).expect("numbers").text;
    assert!(
        text.contains("# reactor-flux: kopeikin-mueller") && text.contains("Kopeikin, Phys. At. Nucl."),
        "{text}"
    );
    // A link, and a pin in it, bring it along.
    let address = session.address();
    assert_eq!(limit(&settled(&address)), limit(&session));
    // Back again, everything is as it was.
    session.apply(choose("reactor-flux", "mueller-vogel"));
    settle(&mut session);
    assert_eq!(
        (limit(&session), session.view().spectrum.content.chart.clone()),
        (before, chart)
    );
}

/// What is computed precisely is for the model, too.
#[test]
fn workers_hear_of_the_model() {
    let mut session = settled("reactor-flux=estienne-fallot");
    let live = session.view().plane.content.exclusion.computed[0].clone();
    let mut worker = Worker::default();
    worker.take(session.apply(Action::Compute).work.expect("an order"));
    worker.work(&mut session, worker.left());
    settle(&mut session);
    assert_eq!(session.view().work.content.status, "curves on 200 masses are drawn");
    let precise = session.view().plane.content.exclusion.computed[0].clone();
    let lowest = |piece: &[f64]| piece.iter().copied().fold(f64::INFINITY, f64::min);
    let ends = [&live, &precise].map(|curve| lowest(&curve.pieces[0].couplings_per_gev));
    assert!((ends[0] / ends[1] - 1.0).abs() < 0.01, "{ends:?}");
}

/// The control is there for experiments at a reactor alone, with names for people.
#[test]
fn models_are_offered_where_there_is_a_reactor() {
    let control = |address: &str| {
        let controls = settled(address).view().controls;
        controls
            .choices
            .into_iter()
            .find(|choice| choice.key == "reactor-flux")
            .expect("there")
    };
    assert!(control("").shown && !control("experiment=coherent-csi").shown);
    let labels: Vec<String> = control("").options.into_iter().map(|option| option.label).collect();
    assert_eq!(
        labels,
        [
            "all quoted flux from fission (paper)",
            "with capture on ²³⁸U: Kopeikin + Mueller",
            "with capture on ²³⁸U: Estienne-Fallot 2019"
        ]
    );
}

/// An address that names an experiment which the page does not begin with adds it; taken away, it is gone from everything.
#[test]
fn an_experiment_is_added_by_its_name() {
    let options = |session: &Session| {
        let controls = session.view().controls;
        let choice = controls
            .choices
            .into_iter()
            .find(|choice| choice.key == "experiment")
            .expect("there");
        choice.options.len()
    };
    assert_eq!(options(&settled("")), ExperimentId::PAPER.len());
    let mut session = settled("experiment=conus-plus&view=data");
    assert_eq!(options(&session), ExperimentId::PAPER.len() + 1);
    assert_eq!(session.address(), "experiment=conus-plus&view=data&add=conus-plus");
    let view = session.view();
    assert_eq!((view.spectrum.problem, view.verdict.problem), (None, None));
    let notes = &view.spectrum.content.notes;
    assert!(notes.iter().any(|note| note.contains("third party")));
    let rows = &view.verdict.content.rows;
    assert!(rows.iter().any(|row| row.experiment == "conus-plus"));
    session.apply(Action::RemoveExperiment {
        name: "conus-plus".to_owned(),
    });
    settle(&mut session);
    assert_eq!(options(&session), ExperimentId::PAPER.len());
    for address in [
        "combine=conus-plus,dresden-ii",
        "pins=experiment:conus-plus",
        "conus-plus.exposure=1190",
    ] {
        assert_eq!(options(&settled(address)), ExperimentId::PAPER.len() + 1, "{address}");
    }
}

/// Where electrons make a limit of CONUS+, that of nuclei alone stands beside it.
#[test]
fn a_limit_of_electrons_has_that_of_nuclei_beside_it() {
    let cell = |address: &str| limit(&settled(address));
    let light = cell("experiment=conus-plus&mass=0.1");
    assert!(light.contains("nuclei alone"), "{light}");
    assert!(!cell("experiment=conus-plus&mass=3").contains("nuclei alone"));
    assert!(!cell("experiment=conus-plus&mass=0.1&nuclei-only=1").contains("nuclei alone"));
    assert!(!cell("experiment=dresden-ii&mass=0.1").contains("nuclei alone"));
    // Lindhard's is the only model there, and its parameter counts.
    let controls = settled("experiment=conus-plus").view().controls;
    let quenching = controls
        .choices
        .iter()
        .find(|choice| choice.key == "quenching")
        .expect("there");
    let k = controls
        .numbers
        .iter()
        .find(|number| number.key == "lindhard-k")
        .expect("there");
    assert!(!quenching.shown && k.shown && k.enabled);
    assert_eq!(k.text, "0.162");
}

/// What electrons make of a curve is dashed, and its other part goes on from there.
#[test]
fn the_part_of_a_curve_that_electrons_make_has_dashes() {
    let parts = |address: &str| {
        let computed = settled(address).view().plane.content.exclusion.computed.clone();
        let ours = computed.into_iter().filter(|curve| curve.name.starts_with("CONUS+"));
        ours.map(|curve| (curve.dash, curve.pieces)).collect::<Vec<_>>()
    };
    let both = parts("experiment=conus-plus");
    let [(Dash::Solid, heavy), (Dash::Dashed, light)] = &both[..] else {
        panic!("{both:?}");
    };
    assert_eq!(light[0].masses_mev.last(), heavy[0].masses_mev.first());
    assert!(light[0].masses_mev.iter().rev().skip(1).all(|mass| *mass < 0.5));
    assert_eq!(parts("experiment=conus-plus&nuclei-only=1").len(), 1);
    let longer = parts("experiment=conus-plus&conus-plus.exposure=1190");
    assert!(matches!(longer[..], [(Dash::Dashed, _)]), "{longer:?}");
}
