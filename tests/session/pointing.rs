//! What is read out in the plane, and the part of it that is shown.

use crate::{choose, settle, settled};
use dipole_portal::page::action::Action;
use dipole_portal::page::plane_frame::PlaneFrame;
use dipole_portal::page::pointer::Pointer;
use dipole_portal::page::session::Session;

fn read_out(session: &mut Session, pointer: Pointer) -> String {
    session.apply(Action::Point(Some(pointer)));
    settle(session);
    let plane = session.view().plane.content;
    plane.readout.as_ref().expect("a read-out").text.clone()
}

#[test]
fn a_curve_is_compared_with_the_chosen_experiment_at_the_mass() {
    let mut session = settled("mass=1");
    let text = read_out(&mut session, Pointer::Curve("pandax-4t".to_owned()));
    // 4.99e-7 against 8.03e-8 (tests/data/reference.json).
    assert!(text.contains("5.0 × 10⁻⁷ GeV⁻¹ at 1.00 MeV: × 6.2"), "{text}");
    let own = read_out(&mut session, Pointer::Curve("dresden-ii".to_owned()));
    assert!(own.contains("8.0 × 10⁻⁸"), "{own}");
    assert!(
        !own.contains("that of"),
        "an experiment is not compared with itself: {own}"
    );
    session.apply(choose("experiment", "pandax-4t"));
    settle(&mut session);
    let other = read_out(&mut session, Pointer::Curve("dresden-ii".to_owned()));
    assert!(other.contains("× 0.16 that of PandaX-4T"), "{other}");
}

#[test]
fn pointing_is_no_step_and_no_part_of_the_address() {
    let mut session = settled("");
    read_out(&mut session, Pointer::Curve("sn1987a".to_owned()));
    let view = session.view();
    assert_eq!(session.address(), "");
    assert!(!view.past.undo);
    assert!(view.plane.content.exclusion.highlighted.is_some());
    session.apply(Action::Point(None));
    settle(&mut session);
    assert!(session.view().plane.content.readout.is_none());
}

/// Where less of the plane is in view, a live curve has its masses there.
#[test]
fn curves_are_computed_for_what_is_in_view() {
    let within = |session: &Session| {
        let plane = session.view().plane.content;
        let curve = plane.exclusion.computed.iter().find(|curve| curve.chosen);
        let masses = curve.expect("a curve").pieces[0].masses_mev.clone();
        masses.iter().filter(|mass| (2.0..4.0).contains(*mass)).count()
    };
    let mut session = settled("");
    let before = within(&session);
    let frame = PlaneFrame {
        masses_mev: (2.0, 4.0),
        couplings_per_gev: (1e-8, 1e-6),
    };
    session.apply(Action::ShowPlane { frame, moving: false });
    settle(&mut session);
    let after = within(&session);
    assert!(before < 10 && after >= 60, "{before} {after}");
    assert_eq!(session.view().plane.content.exclusion.mass_mev, (2.0, 4.0));
    assert_eq!(
        session.address(),
        "plane-mass-from=2&plane-mass-to=4&plane-from=1e-8&plane-to=1e-6"
    );
    // The same numbers as before at the same masses: the point of the verdict does not move.
    let limit = |session: &Session| session.view().verdict.content.rows[0].cells.clone();
    assert_eq!(limit(&session), limit(&settled("")));
}
