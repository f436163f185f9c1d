//! Which side of a curve a point is on, in the plane of the logarithms.

use super::CurvePoint;

/// Ends of a contour count as meeting at the border of its figure if their masses agree to this.
const SAME_MASS: f64 = 0.01;

/// Couplings, in GeV^-1, at which the curve passes a mass, in the order of the curve.
///
/// Each segment holds its end of lower mass only, so that a vertex counts once where the curve goes on and
/// twice or not at all where it turns.
pub(super) fn crossings(points: &[CurvePoint], mass_mev: f64) -> impl Iterator<Item = f64> {
    points.windows(2).filter_map(move |pair| {
        let (from, to) = (pair[0], pair[1]);
        let passes = (from.mass_mev <= mass_mev) != (to.mass_mev <= mass_mev);
        passes.then(|| {
            let share = (mass_mev / from.mass_mev).ln() / (to.mass_mev / from.mass_mev).ln();
            from.coupling_per_gev * (to.coupling_per_gev / from.coupling_per_gev).powf(share)
        })
    })
}

/// Whether the curve passes an odd number of times below the point: above a limit, inside a contour.
pub(super) fn is_above_odd_crossings(points: &[CurvePoint], mass_mev: f64, coupling_per_gev: f64) -> bool {
    crossings(points, mass_mev)
        .filter(|edge| *edge <= coupling_per_gev)
        .count()
        % 2
        == 1
}

/// Whether the curve turns back to lower masses and ends below the coupling: its upper branch would go on above.
pub(super) fn is_cut_off_below(points: &[CurvePoint], coupling_per_gev: f64) -> bool {
    let turns_back = points.windows(2).any(|pair| pair[1].mass_mev < pair[0].mass_mev);
    turns_back && points.iter().all(|point| point.coupling_per_gev < coupling_per_gev)
}

/// Whether first and last point lie at the same mass: a contour closed by the border of its figure.
pub(super) fn ends_meet(points: &[CurvePoint]) -> bool {
    match points {
        [first, .., last] => (first.mass_mev / last.mass_mev - 1.0).abs() < SAME_MASS,
        _ => false,
    }
}
