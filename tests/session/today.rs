//! Everything that is known today in one plane, and who leads where.

use crate::{choose, settle, settled};
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;

fn leads(session: &Session) -> String {
    session.view().plane.content.leads.0.clone()
}

fn apply(session: &mut Session, action: Action) {
    session.apply(action);
    settle(session);
}

#[test]
fn one_step_adds_every_result_shows_every_curve_and_goes_away_with_undo() {
    let mut session = settled("flavor=mu&plane-from=1e-7&curves=xenon1t");
    apply(&mut session, Action::ShowEveryResult);
    let view = session.view();
    let added: Vec<_> = view.own.content.added.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(
        added,
        ["conus-plus", "xenonnt-s2", "coherent-lar", "xenonnt-er", "lz-er"]
    );
    let names: Vec<_> = view
        .plane
        .content
        .exclusion
        .computed
        .iter()
        .map(|curve| &curve.name)
        .collect();
    for name in ["XENON1T", "COHERENT LAr", "LZ electrons (digitised)"] {
        assert!(names.iter().any(|known| *known == name), "{name} of {names:?}");
    }
    assert_eq!(view.own.problem, None);
    let address = session.address();
    assert!(address.contains("flavor=mu"), "{address}");
    assert_eq!(leads(&settled(&address)), leads(&session));
    apply(&mut session, Action::Undo);
    assert_eq!(session.address(), "flavor=mu&plane-from=1e-7&curves=xenon1t");
    // Where everything is there already it changes nothing.
    let mut session = settled(&address);
    assert!(!session.apply(Action::ShowEveryResult).address);
}

#[test]
fn the_sentence_follows_what_is_chosen_and_shown() {
    let mut session = settled("");
    apply(&mut session, Action::ShowEveryResult);
    let text = leads(&session);
    assert!(
        text.contains("dipole of νe") && text.contains("Dresden-II (fef) or CONUS+ (digitised) up to 6"),
        "{text}"
    );
    apply(&mut session, choose("quenching", "lindhard"));
    assert!(!leads(&session).contains("Dresden-II"), "{}", leads(&session));
    apply(&mut session, choose("flavor", "tau"));
    let text = leads(&session);
    assert!(
        text.contains("dipole of ντ")
            && text.contains("PandaX-4T or XENONnT S2-only (a lucky limit) up to 16\u{a0}MeV"),
        "{text}"
    );
    let name = "xenonnt-er".to_owned();
    apply(&mut session, Action::ToggleCurve { name });
    assert!(!leads(&session).contains("XENONnT SR0"), "{}", leads(&session));
    // Electrons make a limit that is said to be optimistic, unless they are left out; of heavy N nuclei make it.
    let electrons = leads(&settled("add=conus-plus&quenching=ybe"));
    let optimistic = "CONUS+ (digitised) (optimistic below 0.5 MeV)";
    assert_eq!(electrons.matches(optimistic).count(), 1, "{electrons}");
    let nuclei = leads(&settled("add=conus-plus&quenching=ybe&nuclei-only=1"));
    assert!(nuclei.contains("CONUS+") && !nuclei.contains("optimistic"), "{nuclei}");
    // Expectations lead nowhere, and one curve alone has nobody to lead.
    let before = leads(&session);
    apply(&mut session, choose("expected", "1"));
    assert_eq!(leads(&session), before);
    let edited = leads(&settled("flavor=mu&coherent-csi.target-mass=100"));
    assert!(!edited.contains("COHERENT"), "{edited}");
    assert_eq!(leads(&settled("flavor=tau&curves=xenon1t")), "");
}
