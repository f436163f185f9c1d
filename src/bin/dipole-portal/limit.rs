//! `dipole-portal limit`.

use crate::level::LevelOptions;
use crate::numbers::Numbers;
use crate::options::SettingsOptions;
use crate::output::note;
use crate::subject::{SubjectOptions, is_bound, remarks};
use clap::Args;
use dipole_portal::analysis::{Analysis, MASS_RANGE_MEV, Subject};
use dipole_portal::statistics::{Confidence, Limit};
use dipole_portal::{Error, Flavor};
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    subject: SubjectOptions,
    /// Masses of N in MeV: 0.1,1,3 or low:high:points (logarithmic)
    #[arg(long, value_name = "MEV", value_parser = Numbers::within("mass", MASS_RANGE_MEV))]
    mass: Numbers,
    #[command(flatten)]
    level: LevelOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "mass_MeV")]
    mass_mev: Vec<f64>,
    /// Null where there is no limit; the notes say why.
    #[serde(rename = "coupling_per_GeV")]
    coupling_per_gev: Vec<Option<f64>>,
    /// The same of nuclear recoils alone, where those of electrons make it optimistic.
    #[serde(rename = "nuclei_only_per_GeV", skip_serializing_if = "Option::is_none")]
    nuclei_only_per_gev: Option<Limits>,
    /// The one that was to be expected of the SM, where the data may be lucky.
    #[serde(rename = "expected_per_GeV", skip_serializing_if = "Option::is_none")]
    expected_per_gev: Option<Limits>,
    notes: Vec<String>,
}

/// The limit at each mass.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let (subject, flavor) = options.subject.subject(&options.settings)?;
    let mass_mev = options.mass.0.clone();
    let confidence = options.level.confidence()?;
    let (coupling_per_gev, why_none) = match subject.check_confidence(confidence) {
        Ok(()) => {
            let limits = mass_mev
                .iter()
                .map(|mass| subject.limit_per_gev(flavor, *mass, confidence));
            let limits = limits.collect::<Result<Vec<_>, _>>()?;
            let remarks = without_limit(subject.as_ref(), &mass_mev, &limits, confidence);
            (limits.into_iter().map(Limit::value).collect(), remarks)
        }
        // A level that the experiment has no result at is no error: scripts go through all with the same options.
        Err(unavailable) => (vec![None; mass_mev.len()], vec![unavailable.to_string()]),
    };
    why_none.iter().for_each(|text| note(text));
    let (nuclei_only_per_gev, expected_per_gev) = match subject.members()[..] {
        [analysis] => company(analysis, flavor, &mass_mev, confidence)?,
        _ => (None, None),
    };
    let mut notes = remarks(subject.as_ref(), flavor);
    notes.extend(why_none);
    Ok(Answer {
        mass_mev,
        coupling_per_gev,
        nuclei_only_per_gev,
        expected_per_gev,
        notes,
    })
}

/// Limits at each mass; null where there is none.
type Limits = Vec<Option<f64>>;

/// What stands beside the limits of an experiment: those of nuclear recoils alone, and those that were to be expected, where there are such.
fn company(
    analysis: &Analysis,
    flavor: Flavor,
    mass_mev: &[f64],
    confidence: Confidence,
) -> Result<(Option<Limits>, Option<Limits>), Error> {
    let nuclei_only = |nuclei: Analysis| {
        let masses = mass_mev.iter();
        let limits = masses.map(|mass| nuclei.limit_per_gev(flavor, *mass, confidence));
        limits.map(|limit| limit.map(Limit::value)).collect::<Result<_, _>>()
    };
    let masses = mass_mev.iter();
    let expected = masses.map(|mass| analysis.expected_limit_per_gev(flavor, *mass, confidence));
    let expected = expected.collect::<Result<Option<Vec<Limit>>, _>>()?;
    Ok((
        analysis.of_nuclei()?.map(nuclei_only).transpose()?,
        expected.map(|limits| limits.into_iter().map(Limit::value).collect()),
    ))
}

/// Masses that follow each other, by the first and the last where they are many: a line is to be read.
fn stretch_of_masses(stretch: &[(&f64, &Limit)]) -> String {
    match stretch {
        [(first, _), _, .., (last, _)] => format!("{first:?} to {last:?}"),
        few => few
            .iter()
            .map(|(mass, _)| format!("{mass:?}"))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// Why there is no limit at some of the masses.
fn without_limit(subject: &dyn Subject, mass_mev: &[f64], limits: &[Limit], confidence: Confidence) -> Vec<String> {
    let masses = |kind: Limit| {
        let all: Vec<_> = mass_mev.iter().zip(limits).collect();
        // Masses may come in any order: only those that rise are a stretch.
        let stretches = all.chunk_by(|one, other| one.0 < other.0 && (one.1 == &kind) == (other.1 == &kind));
        let with = stretches.filter(|stretch| stretch[0].1 == &kind);
        let masses: Vec<String> = with.map(stretch_of_masses).collect();
        (!masses.is_empty()).then(|| masses.join(", "))
    };
    let mut remarks = Vec::new();
    if let Some(masses) = masses(Limit::EverythingExcluded) {
        remarks.push(if is_bound(subject) {
            format!(
                "every coupling is excluded: the SM alone is above the bound of {}",
                subject.name()
            )
        } else {
            format!("every coupling is outside the region around the best fit ({confidence}) at masses (MeV): {masses}")
        });
    }
    if let Some(masses) = masses(Limit::NoSensitivity) {
        remarks.push(format!("no sensitivity at masses (MeV): {masses}"));
    }
    remarks
}
