//! Words of the plane and its curves.

use crate::Flavor;
use crate::analysis::Weights;
use crate::analysis::literature::PublishedCurve;
use crate::chart::scientific;
use crate::choice::Choice;
use crate::language::translated;
use crate::physics::CouplingRatios;

/// Above the plane.
#[must_use]
pub fn plane() -> &'static str {
    say!("Limits")
}
/// The same, where the point is not shown.
#[must_use]
pub fn plane_without_point() -> &'static str {
    say!("Limits; the point lies outside of this view")
}
/// Above the plane while the arrow keys walk along a limit.
#[must_use]
pub fn walking_along(experiment: &str) -> String {
    say!("← → along {} (W)", experiment)
}

/// Where published limits should be that are on their way.
#[must_use]
pub fn tables_come() -> &'static str {
    say!("Published limits for this flavour are being fetched.")
}
/// Where published limits should be that could not be fetched.
#[must_use]
pub fn no_tables() -> &'static str {
    say!(
        "The published limits for this flavour could not be fetched. Please check the connection, and choose another flavour and this one again."
    )
}
/// What a curve of ours is.
#[must_use]
pub fn computed_here() -> &'static str {
    say!("computed in this page with the settings at hand")
}

/// Whose coupling it is.
#[must_use]
pub fn dipole_of(flavor: Flavor) -> String {
    say!("dipole of ν{}", flavor.symbol())
}

/// Name of the marker of a best fit.
#[must_use]
pub fn best_fit_of(experiment: &str) -> String {
    say!("best fit, {}", experiment)
}

/// What a published curve is: title, kind, level, source, and what is special about it.
#[must_use]
pub fn about_curve(curve: &PublishedCurve) -> String {
    let level = curve.confidence_level.map_or_else(
        || say!("no level stated").to_owned(),
        |level| format!("{:.0} %", 100.0 * level),
    );
    let status = curve
        .status
        .as_ref()
        .map(|status| format!("; {status}"))
        .unwrap_or_default();
    format!(
        "{}; {}, {level}; {}{status}",
        translated(&curve.title),
        translated(Choice::name(curve.kind)),
        curve.source
    )
}

/// What fig. 1 shows.
pub const FIGURE_1: &str = "Recoil spectra of the SM and of three benchmarks of the dipole portal.";
/// What fig. 2 shows.
pub const FIGURE_2: &str = "Limits on the dipole coupling of each flavour against the mass of N.";

/// Heading of a panel of fig. 2.
#[must_use]
pub fn limits_of(flavor: Flavor) -> String {
    say!("{}, 90 % limits", dipole_of(flavor))
}

/// Name of a benchmark of fig. 1.
#[must_use]
pub fn benchmark(mass_mev: f64, coupling_per_gev: f64) -> String {
    format!("m = {mass_mev} MeV, d = {} GeV⁻¹", scientific(coupling_per_gev, 1))
}

/// Heading of a spectrum.
#[must_use]
pub fn spectrum_title(experiment: &str, flavor: Flavor, weights: Weights) -> String {
    format!("{experiment}, {}", dipole_with(flavor, weights))
}

/// Whose dipole it is: of one flavour, or of several with weights.
#[must_use]
pub fn dipole_with(flavor: Flavor, weights: Weights) -> String {
    match weights.given() {
        None => dipole_of(flavor),
        Some(_) if !crate::WORKSHOP => dipole_of(flavor),
        Some(ratios) if ratios == CouplingRatios::UNIVERSAL => say!("dipole of all flavours alike").to_owned(),
        Some(_) => say!("dipole of νe : νμ : ντ as {}", weights.to_string()),
    }
}
