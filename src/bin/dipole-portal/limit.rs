//! `dipole-portal limit`.

use crate::numbers::{Numbers, number};
use crate::options::{ExperimentOptions, SettingsOptions, choice, number_help};
use crate::output::note;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, MASS_RANGE_MEV};
use dipole_portal::page::parameters::NumberKey;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Limit};
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    /// Masses of N in MeV: 0.1,1,3 or low:high:points (logarithmic)
    #[arg(long, value_name = "MEV", value_parser = Numbers::within("mass", MASS_RANGE_MEV))]
    mass: Numbers,
    #[arg(long, value_name = "LEVEL", help = number_help(NumberKey::Level), value_parser = level)]
    cl: Option<ConfidenceLevel>,
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
    let analysis = Analysis::new(&options.experiment.experiment, options.settings.settings())?;
    let experiment = analysis.experiment();
    let flavor = options.experiment.flavor(experiment)?;
    options.settings.note_idle(experiment.detector());
    let mass_mev = options.mass.0.clone();
    let confidence = Confidence {
        level: options.cl.unwrap_or(Confidence::PAPER.level),
        dof: options.dof,
    };
    let mut notes = experiment.notes()?;
    let limits = match analysis.check_confidence(confidence) {
        Ok(()) => mass_mev
            .iter()
            .map(|mass| analysis.limit_per_gev(flavor, *mass, confidence))
            .collect::<Result<Vec<_>, _>>()?,
        Err(unavailable) => {
            notes.push(unavailable.to_string());
            vec![Limit::NoSensitivity; mass_mev.len()]
        }
    };
    if limits.contains(&Limit::EverythingExcluded) {
        let name = experiment.name();
        notes.push(format!(
            "every coupling is excluded: the SM alone is above the bound of {name}"
        ));
    }
    if analysis.check_confidence(confidence).is_ok() {
        notes.extend(insensitive(&mass_mev, &limits));
    }
    notes.iter().skip(experiment.notes()?.len()).for_each(|text| note(text));
    Ok(Answer {
        mass_mev,
        coupling_per_gev: limits.into_iter().map(Limit::value).collect(),
        notes,
    })
}

/// Names the masses without sensitivity.
fn insensitive(mass_mev: &[f64], limits: &[Limit]) -> Option<String> {
    let without: Vec<String> = mass_mev
        .iter()
        .zip(limits)
        .filter(|(_, limit)| **limit == Limit::NoSensitivity)
        .map(|(mass, _)| format!("{mass:?}"))
        .collect();
    (!without.is_empty()).then(|| format!("no sensitivity at masses (MeV): {}", without.join(", ")))
}
