//! What is shaded is what is excluded.

use super::*;
use crate::Choice;

/// Even-odd rule, along a ray to the right and in the logarithms: not the way the program goes.
fn is_inside(polygons: &[Vec<(f64, f64)>], mass_mev: f64, coupling_per_gev: f64) -> bool {
    let (x, y) = (mass_mev.ln(), coupling_per_gev.ln());
    let passed = polygons.iter().flat_map(|polygon| {
        let following = polygon.iter().cycle().skip(1);
        polygon.iter().zip(following).filter(|((m0, d0), (m1, d1))| {
            let (x0, y0, x1, y1) = (m0.ln(), d0.ln(), m1.ln(), d1.ln());
            (y0 > y) != (y1 > y) && x < x0 + (y - y0) / (y1 - y0) * (x1 - x0)
        })
    });
    passed.count() % 2 == 1
}

/// Numbers across a range, none of which is a border or a round value.
fn across((low, high): (f64, f64)) -> impl Iterator<Item = f64> {
    const STEPS: u32 = 83;
    (0..STEPS).map(move |step| low * (high / low).powf((f64::from(step) + 0.4127) / f64::from(STEPS)))
}

fn shaded_is_excluded(curve: &PublishedCurve, frame: &Frame) -> usize {
    let polygons = curve.excluded_polygons(frame);
    let flavor = Flavor::ALL
        .iter()
        .copied()
        .find(|flavor| curve.is_about(*flavor))
        .expect("a flavour");
    let mut excluded = 0;
    for mass_mev in across(frame.mass_mev) {
        for coupling_per_gev in across(frame.coupling_per_gev) {
            let answer = curve.excludes(flavor, mass_mev, coupling_per_gev) == Some(true);
            let shaded = is_inside(&polygons, mass_mev, coupling_per_gev);
            assert_eq!(
                shaded, answer,
                "{} at {mass_mev} MeV, {coupling_per_gev:e} GeV^-1 in {frame:?}",
                curve.name
            );
            excluded += usize::from(answer);
        }
    }
    excluded
}

fn frame(mass_mev: (f64, f64), coupling_per_gev: (f64, f64)) -> Frame {
    Frame::new(mass_mev, coupling_per_gev).expect("a rectangle")
}

/// In the plane of the page, in one that holds all of every curve, and in parts.
#[test]
fn shaded_is_what_is_excluded() {
    let frames = [
        frame((0.01, 100.0), (1e-12, 1e-3)),
        frame((1e-4, 1e6), (1e-13, 1e4)),
        frame((0.05, 3.0), (1e-9, 1e-7)),
        frame((40.0, 110.0), (5e-7, 4e-5)),
        frame((5e-3, 0.3), (1e-10, 1e-4)),
    ];
    for curve in Literature::new().curves() {
        let excluded: usize = frames.iter().map(|frame| shaded_is_excluded(curve, frame)).sum();
        // Every limit is seen in one of them, or the comparison has compared nothing.
        assert_eq!(excluded > 0, curve.kind != CurveKind::Projection, "{}", curve.name);
    }
}

/// Nothing is drawn outside the frame.
#[test]
fn polygons_stay_in_their_frame() {
    let frame = frame((0.05, 3.0), (1e-9, 1e-7));
    let widened = Frame {
        mass_mev: (0.05 * (1.0 - 1e-12), 3.0 * (1.0 + 1e-12)),
        coupling_per_gev: (1e-9 * (1.0 - 1e-12), 1e-7 * (1.0 + 1e-12)),
    };
    for curve in Literature::new().curves() {
        for (mass_mev, coupling_per_gev) in curve.excluded_polygons(&frame).into_iter().flatten() {
            let corner = CurvePoint {
                mass_mev,
                coupling_per_gev,
            };
            assert!(widened.contains(corner), "{}: {corner:?}", curve.name);
        }
    }
}

/// Where the line to the known point meets a corner of the curve, the corner must not be counted twice or not at all.
#[test]
fn corners_in_the_line_of_sight_do_not_change_the_side() {
    let plane = frame((1e-3, 1e3), (1e-12, 1e-3));
    for name in ["bbn", "cmb_neff"] {
        let curve = curve(name);
        let ExcludedSide::SideOf { point: known, .. } = curve.excluded else {
            panic!("{name} is an open contour")
        };
        let polygons = curve.excluded_polygons(&plane);
        for corner in &curve.points {
            for share in [0.7, 1.02, 1.1, 1.5] {
                let beyond = |from: f64, to: f64| from * (to / from).powf(share);
                let mass_mev = beyond(known.mass_mev, corner.mass_mev);
                let coupling_per_gev = beyond(known.coupling_per_gev, corner.coupling_per_gev);
                let Some(answer) = curve.excludes(Flavor::Muon, mass_mev, coupling_per_gev) else {
                    continue;
                };
                let shaded = is_inside(&polygons, mass_mev, coupling_per_gev);
                assert_eq!(answer, shaded, "{name}, {share} of the way to {corner:?}");
            }
        }
    }
}

/// A limit without an upper branch is shaded up to the upper border; one with a branch ends there.
#[test]
fn a_limit_is_shaded_to_the_border_unless_it_turns_back() {
    let plane = frame((0.01, 100.0), (1e-12, 1e-3));
    let highest = |name: &str| {
        let polygons = curve(name).excluded_polygons(&plane);
        polygons.into_iter().flatten().map(|(_, d)| d).fold(0.0, f64::max)
    };
    assert!((highest("charm_ii") / 1e-3 - 1.0).abs() < 1e-9);
    assert!((highest("superk_atmospheric_e") / 1.9424e-5 - 1.0).abs() < 1e-9);
    assert!(curve("ship_e").excluded_polygons(&plane).is_empty());
}

#[test]
fn a_frame_without_area_is_none() {
    for (masses, couplings) in [
        ((1.0, 1.0), (1e-9, 1e-8)),
        ((2.0, 1.0), (1e-9, 1e-8)),
        ((0.0, 1.0), (1e-9, 1e-8)),
        ((0.1, 1.0), (f64::NAN, 1e-8)),
        ((0.1, f64::INFINITY), (1e-9, 1e-8)),
    ] {
        assert_eq!(Frame::new(masses, couplings), None);
    }
}
