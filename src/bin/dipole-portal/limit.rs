//! `dipole-portal limit`.

use crate::numbers::{Numbers, number};
use crate::options::{ExperimentOptions, SettingsOptions, choice};
use crate::output::note;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, MASS_RANGE_MEV};
use dipole_portal::experiment::FluxBound;
use dipole_portal::statistics::{ConfidenceLevel, Dof};
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    /// Masses of N in MeV: 0.1,1,3 or low:high:points (logarithmic)
    #[arg(long, value_name = "MEV", value_parser = Numbers::within("mass", MASS_RANGE_MEV))]
    mass: Numbers,
    /// Confidence level
    #[arg(long, value_name = "LEVEL", default_value = "0.9", value_parser = level)]
    cl: ConfidenceLevel,
    /// Degrees of freedom: 1 for the coupling at fixed mass, 2 for coupling and mass
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = choice::<Dof>())]
    dof: Dof,
    #[command(flatten)]
    settings: SettingsOptions,
}

fn level(text: &str) -> Result<ConfidenceLevel, Error> {
    ConfidenceLevel::new(number("cl", text)?)
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "mass_MeV")]
    mass_mev: Vec<f64>,
    /// Null where there is no sensitivity.
    #[serde(rename = "coupling_per_GeV")]
    coupling_per_gev: Vec<Option<f64>>,
    notes: Vec<String>,
}

/// The limit at each mass.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let analysis = Analysis::new(options.experiment.experiment, options.settings.settings())?;
    let experiment = analysis.experiment();
    let flavor = options.experiment.flavor(experiment)?;
    options.settings.note_idle(experiment.detector());
    let mass_mev = options.mass.0.clone();
    let coupling_per_gev = mass_mev
        .iter()
        .map(|mass| analysis.limit_per_gev(flavor, *mass, options.cl, options.dof))
        .collect::<Result<Vec<_>, _>>()?;
    let mut notes = experiment.notes()?;
    if let Some(remark) = remark(&analysis, options, &coupling_per_gev)? {
        note(&remark);
        notes.push(remark);
    }
    if analysis.has_level(options.cl, options.dof) {
        note_insensitive(&mass_mev, &coupling_per_gev);
    }
    Ok(Answer {
        mass_mev,
        coupling_per_gev,
        notes,
    })
}

/// What there is to say about limits from a published bound.
fn remark(analysis: &Analysis, options: &Options, limits: &[Option<f64>]) -> Result<Option<String>, Error> {
    let name = analysis.experiment().inputs().text("name")?;
    Ok(if !analysis.has_level(options.cl, options.dof) {
        let percent = 100.0 * FluxBound::CONFIDENCE;
        Some(format!(
            "no limit: {name} published a bound at {percent} % for one degree of freedom only"
        ))
    } else if limits.contains(&Some(0.0)) {
        Some(format!(
            "at this flux the SM alone is above the bound of {name}: every coupling is excluded"
        ))
    } else {
        None
    })
}

/// Names the masses without a limit.
fn note_insensitive(mass_mev: &[f64], coupling_per_gev: &[Option<f64>]) {
    let without: Vec<String> = mass_mev
        .iter()
        .zip(coupling_per_gev)
        .filter(|(_, limit)| limit.is_none())
        .map(|(mass, _)| format!("{mass:?}"))
        .collect();
    if !without.is_empty() {
        note(&format!("no sensitivity at masses (MeV): {}", without.join(", ")));
    }
}
