//! Words of the plane and its curves.

use crate::Flavor;
use crate::analysis::literature::PublishedCurve;
use crate::chart::scientific;

/// Above the plane.
pub const PLANE: &str = "Limits";
/// The same, where the point is not shown.
pub const PLANE_WITHOUT_POINT: &str = "Limits; the point lies outside of this view";
/// Above the plane while the arrow keys walk along a limit.
#[must_use]
pub fn walking_along(experiment: &str) -> String {
    format!("← → along {experiment} (W)")
}

/// Where published limits should be that are on their way.
pub const TABLES_COME: &str = "Published limits for this flavour are being fetched.";
/// Where published limits should be that could not be fetched.
pub const NO_TABLES: &str = "The published limits for this flavour could not be fetched. Please check the connection, and choose another flavour and this one again.";
/// Where something else should be that needs tables which are on their way.
pub const OTHER_TABLES_COME: &str = "Tables for this choice are being fetched.";
/// Where something else should be whose tables could not be fetched.
pub const NO_OTHER_TABLES: &str =
    "Tables for this choice could not be fetched. Please check the connection, and choose again.";
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
    let level = curve.confidence_level.map_or_else(
        || "no level stated".to_owned(),
        |level| format!("{:.0} %", 100.0 * level),
    );
    let status = curve
        .status
        .as_ref()
        .map(|status| format!("; {status}"))
        .unwrap_or_default();
    format!("{}; {}, {level}; {}{status}", curve.title, curve.kind, curve.source)
}

/// What fig. 1 shows.
pub const FIGURE_1: &str = "Recoil spectra of the SM and of three benchmarks of the dipole portal.";
/// What fig. 2 shows.
pub const FIGURE_2: &str = "Limits on the dipole coupling of each flavour against the mass of N.";

/// Heading of a panel of fig. 2.
#[must_use]
pub fn limits_of(flavor: Flavor) -> String {
    format!("{}, 90 % limits", dipole_of(flavor))
}

/// Name of a benchmark of fig. 1.
#[must_use]
pub fn benchmark(mass_mev: f64, coupling_per_gev: f64) -> String {
    format!("m = {mass_mev} MeV, d = {} GeV⁻¹", scientific(coupling_per_gev, 1))
}

/// Heading of a spectrum.
#[must_use]
pub fn spectrum_title(experiment: &str, flavor: Flavor) -> String {
    format!("{experiment}, {}", dipole_of(flavor))
}
