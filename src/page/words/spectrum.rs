//! Words of the spectrum.

use crate::chart::scientific;
use crate::experiment::Experiment;
use crate::physics::source::SourceKind;
use crate::{Error, Flavor};

/// Above the chart.
///
/// # Errors
/// [`Error::Table`] if a table of the experiment is missing.
pub fn caption(experiment: &Experiment) -> Result<String, Error> {
    let stand_in = if experiment.notes()?.is_empty() { "" } else { " (surrogate efficiency)" };
    Ok(format!("{}{stand_in}", experiment.name()))
}

/// What a factor on the flux comes to.
#[must_use]
pub fn flux(source: SourceKind, nominal_per_cm2_s: Option<f64>, factor: f64) -> String {
    let name = match source {
        SourceKind::Reactor => "reactor",
        SourceKind::Sns => "SNS",
        SourceKind::Sun => "Sun",
    };
    match nominal_per_cm2_s {
        Some(nominal) => format!("{name}, {} /cm²/s", scientific(nominal * factor, 3)),
        None => name.to_owned(),
    }
}

/// Why a flavour gives nothing: the source has none of it.
#[must_use]
pub fn no_flux(experiment: &Experiment, flavor: Flavor) -> String {
    let known: Vec<_> = experiment.flavors().map(|flavor| format!("ν{}", flavor.symbol())).collect();
    format!(
        "The source of {} has no ν{}: a dipole of this flavour adds nothing to its spectrum. It has {}.",
        experiment.name(),
        flavor.symbol(),
        known.join(", ")
    )
}

/// Why a mass gives nothing.
#[must_use]
pub fn too_heavy(experiment: &Experiment, mass_mev: f64) -> String {
    format!(
        "N of {mass_mev} MeV is too heavy for the neutrinos of {}: the spectrum is that of the SM.",
        experiment.name()
    )
}
