//! Which side of a curve a point is on, in the plane of the logarithms.

use super::{CurvePoint, ExcludedSide, PublishedCurve};

/// Whether a curve excludes a point with numbers in it; `None` where it does not say.
pub(super) fn excludes(curve: &PublishedCurve, point: CurvePoint) -> Option<bool> {
    let points = &curve.points;
    let (low, high) = curve.mass_range_mev();
    let within_masses = (low..high).contains(&point.mass_mev);
    match curve.excluded {
        ExcludedSide::SideOf { point: known, frame } => frame
            .contains(point)
            .then(|| crossings_between(points, point, known).is_multiple_of(2)),
        _ if !within_masses => None,
        ExcludedSide::Above if is_cut_off_below(points, point.coupling_per_gev) => None,
        ExcludedSide::Above => Some(is_above_odd_crossings(points.iter(), point)),
        ExcludedSide::Inside => Some(is_above_odd_crossings(points.iter().chain(points.first()), point)),
        ExcludedSide::Nothing => Some(false),
    }
}

/// Couplings, in GeV^-1, at which a curve passes a mass, in the order of the curve.
///
/// Each segment holds its end of lower mass only, so that a vertex counts once where the curve goes on and
/// twice or not at all where it turns.
pub(super) fn crossings<'a>(
    points: impl Iterator<Item = &'a CurvePoint> + Clone,
    mass_mev: f64,
) -> impl Iterator<Item = f64> {
    points.clone().zip(points.skip(1)).filter_map(move |(from, to)| {
        let passes = (from.mass_mev <= mass_mev) != (to.mass_mev <= mass_mev);
        passes.then(|| {
            let share = (mass_mev / from.mass_mev).ln() / (to.mass_mev / from.mass_mev).ln();
            from.coupling_per_gev * (to.coupling_per_gev / from.coupling_per_gev).powf(share)
        })
    })
}

/// Whether the curve passes an odd number of times below the point: above a limit, inside a contour.
pub(super) fn is_above_odd_crossings<'a>(
    points: impl Iterator<Item = &'a CurvePoint> + Clone,
    point: CurvePoint,
) -> bool {
    let below = crossings(points, point.mass_mev).filter(|edge| *edge <= point.coupling_per_gev);
    below.count() % 2 == 1
}

/// How often a curve passes between two points, along the straight line in the logarithms that joins them.
///
/// A vertex on that line counts as lying on its left, so that it counts once where the curve goes on.
fn crossings_between(points: &[CurvePoint], from: CurvePoint, to: CurvePoint) -> usize {
    let offset = |point: &CurvePoint| {
        [
            (point.mass_mev / from.mass_mev).ln(),
            (point.coupling_per_gev / from.coupling_per_gev).ln(),
        ]
    };
    let direction = offset(&to);
    let square = dot(direction, direction);
    // How far left of the line a vertex is, and how far along it: 0 at its beginning, 1 at its end.
    let place = |point: &CurvePoint| {
        let [x, y] = offset(point);
        let left = direction[0] * y - direction[1] * x;
        (left, dot([x, y], direction) / square)
    };
    points
        .windows(2)
        .map(|pair| (place(&pair[0]), place(&pair[1])))
        .filter(|((left, _), (next_left, _))| (*left >= 0.0) != (*next_left >= 0.0))
        .filter(|((left, along), (next_left, next_along))| {
            let share = left / (left - next_left);
            (0.0..1.0).contains(&(along + share * (next_along - along)))
        })
        .count()
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

/// Whether the curve turns back to lower masses.
pub(super) fn turns_back(points: &[CurvePoint]) -> bool {
    points.windows(2).any(|pair| pair[1].mass_mev < pair[0].mass_mev)
}

/// Whether the curve turns back and ends below the coupling: its upper branch would go on above.
fn is_cut_off_below(points: &[CurvePoint], coupling_per_gev: f64) -> bool {
    turns_back(points) && points.iter().all(|point| point.coupling_per_gev < coupling_per_gev)
}
