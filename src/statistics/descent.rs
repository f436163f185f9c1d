//! What every fit of nuisances by Newton's method needs besides its derivatives: how far to follow a step, and how much to damp the next one.

/// Damping below which a step that gains is undamped again.
const LIGHT: f64 = 1e-2;
/// Damping beyond which no step gains.
const HEAVY: f64 = 1e12;

/// Follows a step from `from`, where chi-square is `before` and half its derivatives are `gradient`, as far as it gains enough: `moved` gives the point at a share of the
/// step, within what is allowed, and `chi2` chi-square there. The point and its chi-square; `None` where no share of the step gains.
///
/// Armijo's rule along the projection: Bertsekas, SIAM J. Control Optim. 20, 221 (1982).
pub(super) fn descend<V: AsRef<[f64]>>(
    from: &V,
    gradient: &[f64],
    before: f64,
    moved: impl Fn(f64) -> V,
    chi2: impl Fn(&V) -> f64,
) -> Option<(V, f64)> {
    let mut share = 1.0;
    while share > f64::EPSILON {
        let trial = moved(share);
        let there = chi2(&trial);
        let way = from.as_ref().iter().zip(trial.as_ref());
        let promised: f64 = gradient
            .iter()
            .zip(way)
            .map(|(slope, (from, to))| slope * (from - to))
            .sum();
        // What is not a number is no descent either.
        if there.is_finite() && there <= before - 0.5 * promised && promised > 0.0 {
            return Some((trial, there));
        }
        share *= 0.5;
    }
    None
}

/// The damping after a step that gained.
pub(super) fn eased(damping: f64) -> f64 {
    if damping < LIGHT { 0.0 } else { 0.1 * damping }
}

/// The damping after a step that gained nothing at any length; `None` where more would not help.
pub(super) fn stiffened(damping: f64) -> Option<f64> {
    if damping == 0.0 {
        return Some(LIGHT);
    }
    (damping < HEAVY).then_some(10.0 * damping)
}
