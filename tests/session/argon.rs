//! Argon and solar neutrinos on electrons on the page: what they are drawn with.

use crate::{choose, settle, settled};
use dipole_portal::page::action::Action;
use dipole_portal::page::export::{Format, Subject};
use dipole_portal::page::pins::PinAction;

#[test]
fn argon_is_drawn_against_energy_pulse_shape_and_time() {
    let mut session = settled("experiment=coherent-lar&flavor=mu&mass=20&coupling=1e-6&view=data&parts=1");
    session.apply(Action::Pins(PinAction::Keep));
    session.apply(choose("view", "data"));
    settle(&mut session);
    let view = session.view();
    assert_eq!(
        (view.spectrum.problem, view.verdict.problem, view.plane.problem),
        (None, None, None)
    );
    let chart = view.spectrum.content.chart.clone().expect("a chart");
    let quantities: Vec<_> = chart.panels.iter().map(|panel| panel.x_name.0.as_str()).collect();
    assert_eq!(
        quantities,
        ["electron-equivalent energy", "pulse shape F90", "arrival time"]
    );
    assert_eq!(view.spectrum.content.nuisances.len(), 9);
    let text = session.export(Subject::Spectrum, Format::Csv).expect("numbers").text;
    assert!(text.contains("pulse shape from [1]"), "{text}");
    assert!(
        text.contains("arXiv:2006.12659") || text.contains("arxiv.org/abs/2006.12659"),
        "{text}"
    );
}

#[test]
fn electrons_are_drawn_run_by_run() {
    for (name, runs) in [("lz-er", 2), ("xenonnt-er", 1)] {
        let session = settled(&format!(
            "experiment={name}&flavor=e&mass=0.1&coupling=4e-9&view=data&parts=1"
        ));
        let view = session.view();
        assert_eq!(
            (view.spectrum.problem, view.verdict.problem, view.plane.problem),
            (None, None, None)
        );
        let chart = view.spectrum.content.chart.clone().expect("a chart");
        assert_eq!(chart.panels.len(), runs);
        // Of the SM only what the background does not have, which is nothing.
        let facts = &view.spectrum.content.facts;
        let electrons = facts.iter().find(|fact| fact.key == "totals.electron").expect("a fact");
        assert!(
            electrons.text.starts_with(if runs == 1 { "79.0" } else { "222." }),
            "{electrons:?}"
        );
        let notes = &view.spectrum.content.notes;
        for said in ["digitised", "20 %"] {
            assert!(notes.iter().any(|note| note.contains(said)), "{notes:?}");
        }
    }
}
