//! What a curve excludes as a polygon, to be shaded.

use super::region::{is_above_odd_crossings, turns_back};
use super::{CurvePoint, ExcludedSide, Frame, PublishedCurve};
use crate::numerics::order::sort_few;

/// Corners of the part of a frame that a curve excludes, each as mass in MeV and coupling in GeV^-1: one polygon, or
/// none where it excludes nothing.
///
/// Where the region falls into parts, bridges along the border of the frame join them: they have no area.
pub(super) fn excluded(curve: &PublishedCurve, frame: &Frame) -> Vec<Vec<(f64, f64)>> {
    let outline = match curve.excluded {
        ExcludedSide::Nothing => return Vec::new(),
        ExcludedSide::Inside => curve.points.clone(),
        ExcludedSide::Above => above(&curve.points, frame.coupling_per_gev.1),
        ExcludedSide::SideOf { point, frame } => beside(&curve.points, point, &frame),
    };
    let logarithms = outline
        .iter()
        .map(|point| [point.mass_mev.ln(), point.coupling_per_gev.ln()])
        .collect();
    let clipped = clip(logarithms, frame);
    if clipped.is_empty() {
        return Vec::new();
    }
    vec![clipped.into_iter().map(|[x, y]| (x.exp(), y.exp())).collect()]
}

/// The curve closed above: at the end of its upper branch where it turns back, else at the upper border.
fn above(points: &[CurvePoint], border_per_gev: f64) -> Vec<CurvePoint> {
    let highest = points.iter().map(|point| point.coupling_per_gev).fold(0.0, f64::max);
    let top = if turns_back(points) {
        highest
    } else {
        border_per_gev.max(highest)
    };
    let raised = |point: &CurvePoint| CurvePoint {
        coupling_per_gev: top,
        ..*point
    };
    let ends = points.last().into_iter().chain(points.first()).map(raised);
    points.iter().copied().chain(ends).collect()
}

/// The curve closed along the border of its frame, on the way round that encloses the point.
fn beside(points: &[CurvePoint], inside: CurvePoint, frame: &Frame) -> Vec<CurvePoint> {
    let ends = (points.first(), points.last());
    let (Some(first), Some(last)) = ends else {
        return Vec::new();
    };
    let (Some(to), Some(from)) = (frame.along_border(*first), frame.along_border(*last)) else {
        return Vec::new();
    };
    let onwards = closed(points, corners(frame, from, to));
    let mut backwards = corners(frame, to, from);
    backwards.reverse();
    if is_above_odd_crossings(onwards.iter().chain(onwards.first()), inside) {
        onwards
    } else {
        closed(points, backwards)
    }
}

fn closed(points: &[CurvePoint], corners: Vec<CurvePoint>) -> Vec<CurvePoint> {
    points.iter().copied().chain(corners).collect()
}

/// Corners that lie on the way along the border, counter-clockwise from one place to another.
fn corners(frame: &Frame, from: f64, to: f64) -> Vec<CurvePoint> {
    let way = (to - from).rem_euclid(4.0);
    let mut passed: Vec<(f64, usize)> = (0..4)
        .map(|number| ((number as f64 - from).rem_euclid(4.0), number))
        .filter(|(distance, _)| *distance < way)
        .collect();
    sort_few(&mut passed, |a, b| a.0.total_cmp(&b.0));
    passed.into_iter().map(|(_, number)| frame.corner(number)).collect()
}

/// What is left of a polygon within a frame, in the logarithms: I. E. Sutherland and G. W. Hodgman, Commun. ACM 17, 32
/// (1974), one border after the other.
fn clip(polygon: Vec<[f64; 2]>, frame: &Frame) -> Vec<[f64; 2]> {
    let (left, right) = frame.mass_mev;
    let (bottom, top) = frame.coupling_per_gev;
    let borders = [
        (0, left.ln(), 1.0),
        (0, right.ln(), -1.0),
        (1, bottom.ln(), 1.0),
        (1, top.ln(), -1.0),
    ];
    borders.into_iter().fold(polygon, |polygon, (axis, border, sign)| {
        let depth = |point: &[f64; 2]| sign * (point[axis] - border);
        let mut kept = Vec::with_capacity(polygon.len());
        let following = polygon.iter().cycle().skip(1);
        for (from, to) in polygon.iter().zip(following) {
            let (here, there) = (depth(from), depth(to));
            if here >= 0.0 {
                kept.push(*from);
            }
            if (here >= 0.0) != (there >= 0.0) {
                let share = here / (here - there);
                let mut crossing: [f64; 2] = std::array::from_fn(|axis| from[axis] + share * (to[axis] - from[axis]));
                crossing[axis] = border;
                kept.push(crossing);
            }
        }
        kept
    })
}
