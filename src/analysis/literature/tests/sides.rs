//! On which side of every curve is what, from the words and figures of its source.

use super::*;
use crate::Choice;
use Flavor::{Electron, Muon, Tau};

/// What a source says about points, each a mass in MeV and a coupling in GeV^-1.
struct Said {
    name: &'static str,
    flavor: Flavor,
    excluded: &'static [(f64, f64)],
    allowed: &'static [(f64, f64)],
    unknown: &'static [(f64, f64)],
}

const fn said(
    name: &'static str,
    flavor: Flavor,
    excluded: &'static [(f64, f64)],
    allowed: &'static [(f64, f64)],
    unknown: &'static [(f64, f64)],
) -> Said {
    Said {
        name,
        flavor,
        excluded,
        allowed,
        unknown,
    }
}

/// What is excluded, what is not, and what nothing is said about.
const SAID: &[Said] = &[
    // 4He: left of and below the curve; a bay at 0.1-1 MeV; an N above 3 MeV with a large moment is gone before.
    said(
        "bbn",
        Electron,
        &[
            (1.0, 1e-10),
            (0.1, 1e-9),
            (20.0, 1e-10),
            (0.02, 1e-8),
            (0.1, 1e-6),
            (1.0, 1e-5),
        ],
        &[(10.0, 1e-8), (1.0, 5e-9), (5.0, 1e-5), (100.0, 1e-9)],
        &[(1.0, 1e-12), (1.0, 1e-4), (200.0, 1e-8), (5e-3, 1e-8)],
    ),
    // N_eff: left of and below; the second region above 1e-6 is not in the table.
    said(
        "cmb_neff",
        Tau,
        &[(1.0, 1e-10), (0.1, 1e-9), (0.02, 1e-8), (0.1, 3e-8), (20.0, 1e-10)],
        &[(1.0, 1e-8), (10.0, 1e-8), (0.1, 1e-8), (0.1, 1e-7)],
        &[(0.1, 3e-6), (10.0, 1e-6), (1.0, 1e-12), (80.0, 1e-10)],
    ),
    said(
        "borexino",
        Muon,
        &[(0.1, 3e-8), (2.0, 1e-6), (0.0105, 2.1e-8)],
        &[(0.1, 1e-8), (2.0, 5e-7), (0.0105, 2.0e-8)],
        &[(5.0, 1.0), (1e-3, 1e-6)],
    ),
    // The beam of CHARM-II makes no N above 140 MeV.
    said(
        "charm_ii",
        Muon,
        &[(0.1, 1e-6), (10.0, 1e-6), (100.0, 1.2e-6)],
        &[(0.1, 7e-7), (100.0, 9e-7), (500.0, 1e-3)],
        &[(2e3, 1.0)],
    ),
    // 3.9e-7 mu_B.
    said(
        "donut",
        Tau,
        &[(0.1, 1.2e-4), (100.0, 1.2e-4)],
        &[(0.1, 1.1e-4), (100.0, 1.1e-4)],
        &[(400.0, 1.0)],
    ),
    // Twice 2.47e-4, because L = d Nbar sigma nu F in the source.
    said(
        "lep",
        Tau,
        &[(0.1, 4.95e-4), (100.0, 1e-3)],
        &[(0.1, 4.93e-4), (100.0, 1e-4)],
        &[(1e4, 1e-2)],
    ),
    said(
        "lsnd",
        Electron,
        &[(2.0, 5e-5), (50.0, 3e-6)],
        &[(2.0, 1e-5), (50.0, 1e-6)],
        &[(150.0, 1e-2)],
    ),
    // No pion of the beam makes an N above 105 MeV, and it has no nu_tau.
    said(
        "lsnd_magill",
        Muon,
        &[(2.0, 2e-5), (50.0, 1e-6)],
        &[(2.0, 1e-5), (50.0, 7e-7)],
        &[(150.0, 1e-2)],
    ),
    said(
        "miniboone",
        Muon,
        &[(10.0, 4e-6), (150.0, 6e-7)],
        &[(10.0, 2e-6), (150.0, 3e-7)],
        &[(2e3, 1e-2)],
    ),
    said(
        "nomad",
        Muon,
        &[(10.0, 1e-4), (1200.0, 2e-6)],
        &[(10.0, 3e-5), (1200.0, 9e-7)],
        &[(2e5, 100.0)],
    ),
    // Cooling: N that interact too much stay in the star.
    said(
        "sn1987a",
        Electron,
        &[(10.0, 1e-8), (10.0, 3e-10), (100.0, 1e-9)],
        &[(10.0, 1e-5), (10.0, 1e-10), (100.0, 1e-7)],
        &[(500.0, 1e-9)],
    ),
    said(
        "sn1987a_schwetz",
        Electron,
        &[(10.0, 1e-8), (10.0, 2e-7), (100.0, 1e-9)],
        &[(10.0, 1e-5), (10.0, 3e-10), (100.0, 1e-7)],
        &[(500.0, 1e-9), (0.5, 1e-8)],
    ),
    said(
        "solar_decay",
        Electron,
        &[(2.0, 3e-7), (6.0, 1e-7), (10.0, 1e-5)],
        &[(2.0, 1e-7), (6.0, 5e-8), (16.0, 1e-6)],
        &[(20.0, 1e-4), (5.0, 1e-2)],
    ),
    // Plasmons in stars make N of some tens of keV.
    said(
        "stellar_cooling",
        Tau,
        &[(0.011, 1e-9), (0.1, 1e-5)],
        &[(0.011, 5e-10), (0.1, 1e-7)],
        &[(1.0, 1e-4)],
    ),
    // Above the upper branch N decays before it reaches the detector; the figure ends at 2e-5.
    said(
        "superk_atmospheric_e",
        Electron,
        &[(20.0, 2e-6), (82.0, 3e-6), (20.0, 1.9e-5)],
        &[(20.0, 5e-7), (82.0, 1e-6), (82.0, 1e-5)],
        &[(20.0, 1e-4), (100.0, 1e-5)],
    ),
    said(
        "superk_atmospheric_mu",
        Muon,
        &[(20.0, 2e-6), (95.0, 3e-6)],
        &[(20.0, 5e-7), (95.0, 1e-6), (95.0, 1e-5)],
        &[(20.0, 1e-4), (120.0, 1e-5)],
    ),
    said(
        "superk_atmospheric_tau",
        Tau,
        &[(20.0, 2e-6), (70.0, 6e-6)],
        &[(20.0, 8e-7), (70.0, 2e-6), (70.0, 1.5e-5)],
        &[(20.0, 1e-4), (90.0, 1e-5)],
    ),
    said(
        "xenon1t_electron_brdar",
        Muon,
        &[(0.05, 3e-8), (1.0, 1e-5)],
        &[(0.05, 1e-8), (1.0, 1e-6)],
        &[(5.0, 1e-3)],
    ),
    said(
        "xenon1t_recoil_brdar",
        Muon,
        &[(0.1, 5e-6), (8.0, 1e-5)],
        &[(0.1, 2e-6), (8.0, 5e-6)],
        &[(15.0, 1e-3)],
    ),
    // 2.2e-10 mu_B; recoils above 3 MeV leave no energy for more than 2.1 MeV.
    said(
        "texono",
        Electron,
        &[(0.02, 7e-8), (0.1, 1e-7)],
        &[(0.02, 6e-8), (0.1, 5e-8)],
        &[(2.5, 1e-3)],
    ),
];

#[test]
fn every_curve_excludes_what_its_source_says() {
    for Said {
        name,
        flavor,
        excluded,
        allowed,
        unknown,
    } in SAID
    {
        let curve = curve(name);
        let expected = [(excluded, Some(true)), (allowed, Some(false)), (unknown, None)];
        for (points, answer) in expected {
            for (mass_mev, coupling_per_gev) in *points {
                let got = curve.excludes(*flavor, *mass_mev, *coupling_per_gev);
                assert_eq!(got, answer, "{name} at {mass_mev} MeV, {coupling_per_gev:e} GeV^-1");
            }
        }
    }
}

/// What an experiment to come could reach is not excluded, however large the coupling.
#[test]
fn projections_exclude_nothing() {
    let literature = Literature::new();
    let projections: Vec<_> = literature
        .curves()
        .iter()
        .filter(|curve| curve.kind == CurveKind::Projection)
        .collect();
    assert_eq!(projections.len(), 11);
    for curve in projections {
        for flavor in Flavor::ALL {
            let answer = curve.excludes(*flavor, 2.0, 1.0);
            assert_ne!(answer, Some(true), "{}", curve.name);
        }
    }
}

/// A curve without points in the list above would not be looked at.
#[test]
fn every_curve_is_in_the_list() {
    for curve in Literature::new().curves() {
        let is_listed = SAID.iter().any(|said| said.name == curve.name);
        assert_eq!(is_listed, curve.kind != CurveKind::Projection, "{}", curve.name);
    }
}

/// The flavours are those of the beam or of the source's assumption; nothing is said about others.
#[test]
fn a_curve_is_silent_about_flavours_that_it_is_not_about() {
    let expected = [
        // The panel of the source is for a coupling to nu_mu only.
        ("borexino", [false, true, false]),
        ("lsnd", [true, false, false]),
        ("lsnd_magill", [true, true, false]),
        ("donut", [false, false, true]),
        ("superk_atmospheric_mu", [false, true, false]),
        ("texono", [true, false, false]),
        ("lep", [true; 3]),
        ("bbn", [true; 3]),
    ];
    for (name, about) in expected {
        let curve = curve(name);
        let (low, high) = curve.mass_range_mev();
        let middle_mev = (low * high).sqrt();
        for flavor in Flavor::ALL {
            let speaks = curve.excludes(*flavor, middle_mev, 1e-9).is_some();
            assert_eq!(speaks, about[flavor.index()], "{name}, {flavor}");
            assert_eq!(curve.is_about(*flavor), speaks, "{name}, {flavor}");
        }
    }
}

#[test]
fn between_points_a_limit_is_straight_in_the_logarithms() {
    let miniboone = curve("miniboone");
    let [first, second] = [miniboone.points[0], miniboone.points[1]];
    let middle = (first.mass_mev * second.mass_mev).sqrt();
    let limit = (first.coupling_per_gev * second.coupling_per_gev).sqrt();
    assert_eq!(miniboone.excludes(Muon, middle, limit * 1.000_001), Some(true));
    assert_eq!(miniboone.excludes(Muon, middle, limit * 0.999_999), Some(false));
}

/// Just beside the middle of every segment of the open contours the answers differ.
#[test]
fn open_contours_have_an_inside_and_an_outside_all_along() {
    for name in ["bbn", "cmb_neff"] {
        let curve = curve(name);
        for pair in curve.points.windows(2) {
            let [from, to] = [pair[0], pair[1]];
            let (x, y) = (
                (to.mass_mev / from.mass_mev).ln(),
                (to.coupling_per_gev / from.coupling_per_gev).ln(),
            );
            let beside = |distance: f64| {
                let scale = distance / x.hypot(y);
                let mass_mev = (from.mass_mev * to.mass_mev).sqrt() * (-y * scale).exp();
                let coupling_per_gev = (from.coupling_per_gev * to.coupling_per_gev).sqrt() * (x * scale).exp();
                curve.excludes(Electron, mass_mev, coupling_per_gev)
            };
            // The curve is drawn with what is excluded on its left: from large to small masses, then up.
            assert_eq!(beside(1e-5), Some(true), "{name}, left of {from:?}");
            assert_eq!(beside(-1e-5), Some(false), "{name}, right of {from:?}");
        }
    }
}

/// A mass or coupling that is no number, or none that N can have, is not judged.
#[test]
fn what_is_no_point_of_the_plane_is_not_judged() {
    for curve in Literature::new().curves() {
        for (mass_mev, coupling_per_gev) in [
            (f64::NAN, 1e-9),
            (1.0, f64::NAN),
            (-1.0, 1e-9),
            (0.0, 1e-9),
            (1.0, -1e-9),
        ] {
            for flavor in Flavor::ALL {
                let answer = curve.excludes(*flavor, mass_mev, coupling_per_gev);
                assert_eq!(answer, None, "{}", curve.name);
            }
        }
    }
}

/// The SM itself is not excluded by any.
#[test]
fn no_curve_excludes_a_vanishing_coupling() {
    for curve in Literature::new().curves() {
        for flavor in Flavor::ALL {
            for mass_mev in [0.02, 1.0, 20.0] {
                assert_ne!(curve.excludes(*flavor, mass_mev, 0.0), Some(true), "{}", curve.name);
            }
        }
    }
}
