//! Words of the plane and its curves.

use crate::Flavor;
use crate::analysis::literature::PublishedCurve;

/// Above the plane.
pub const PLANE: &str = "Limits";
/// What a curve of ours is.
pub const COMPUTED_HERE: &str = "computed in this page with the settings at hand";

/// Whose coupling it is.
#[must_use]
pub fn dipole_of(flavor: Flavor) -> String {
    format!("dipole of ν{}", flavor.symbol())
}

/// Name of the marker of a best fit.
#[must_use]
pub fn best_fit_of(experiment: &str) -> String {
    format!("best fit, {experiment}")
}

/// What a published curve is: title, kind, level, source, and what is special about it.
#[must_use]
pub fn about_curve(curve: &PublishedCurve) -> String {
    let level = curve
        .confidence_level
        .map_or_else(|| "no level stated".to_owned(), |level| format!("{:.0} %", 100.0 * level));
    let status = curve.status.as_ref().map(|status| format!("; {status}")).unwrap_or_default();
    format!("{}; {}, {level}; {}{status}", curve.title, curve.kind, curve.source)
}
