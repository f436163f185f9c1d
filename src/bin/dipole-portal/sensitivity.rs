//! `dipole-portal sensitivity`.

use crate::level::LevelOptions;
use crate::numbers::within;
use crate::options::{ExperimentOptions, SettingsOptions};
use crate::output::note;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::analysis::MASS_RANGE_MEV;
use dipole_portal::analysis::sensitivity::{Change, Row, Sensitivity};
use dipole_portal::statistics::Limit;
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    /// Mass of N, in MeV
    #[arg(long, value_name = "MEV", value_parser = within("mass", MASS_RANGE_MEV))]
    mass: f64,
    #[command(flatten)]
    level: LevelOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    /// Null where there is no limit; the notes say why.
    #[serde(rename = "limit_per_GeV")]
    limit_per_gev: Option<f64>,
    /// What changes the limit most comes first.
    rows: Vec<InputRow>,
    notes: Vec<String>,
}

/// One input that is varied.
#[derive(Serialize)]
struct InputRow {
    key: String,
    label: String,
    unit: String,
    value: String,
    /// Whether both limits, before and after a change, are expected ones, because other data would have been observed.
    expected: bool,
    /// Whether the changes are by one standard deviation; else by what is usual to ask.
    one_standard_deviation: bool,
    /// Before the changes.
    #[serde(rename = "limit_per_GeV")]
    limit_per_gev: Option<f64>,
    changes: Vec<ChangeOfLimit>,
}

/// What one change of an input does.
#[derive(Serialize)]
struct ChangeOfLimit {
    value: String,
    #[serde(rename = "limit_per_GeV")]
    limit_per_gev: Option<f64>,
    /// This limit over that before, less one.
    relative_change: Option<f64>,
    /// Why there is no limit.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

impl From<Row> for InputRow {
    fn from(row: Row) -> Self {
        Self {
            key: row.key,
            label: row.label,
            unit: row.unit,
            value: row.value,
            expected: row.expected,
            one_standard_deviation: row.is_deviation,
            limit_per_gev: row.limit_per_gev.ok().and_then(Limit::value),
            changes: row.changes.into_iter().map(ChangeOfLimit::from).collect(),
        }
    }
}

impl From<Change> for ChangeOfLimit {
    fn from(change: Change) -> Self {
        Self {
            value: change.value,
            why: why_none(&change.limit_per_gev),
            limit_per_gev: change.limit_per_gev.ok().and_then(Limit::value),
            relative_change: change.relative,
        }
    }
}

/// Why there is no limit; `None` where there is one.
fn why_none(limit: &Result<Limit, Error>) -> Option<String> {
    match limit {
        Ok(Limit::At(_)) => None,
        Ok(Limit::NoSensitivity) => Some("no sensitivity".to_owned()),
        Ok(Limit::EverythingExcluded) => Some("everything excluded".to_owned()),
        Err(error) => Some(error.to_string()),
    }
}

/// What each input does to the limit.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let analysis = options.settings.analysis(&options.experiment.experiment)?;
    let experiment = analysis.experiment();
    let flavor = options.experiment.flavor(experiment, analysis.settings().weights)?;
    options.settings.note_idle(&[experiment]);
    let sensitivity = Sensitivity::of(&analysis, flavor, options.mass, options.level.confidence()?)?;
    let mut notes = experiment.notes().to_vec();
    if let Some(why) = why_none(&sensitivity.limit_per_gev) {
        let text = format!("there is no limit that could change: {why}");
        note(&text);
        notes.push(text);
    }
    Ok(Answer {
        limit_per_gev: sensitivity.limit_per_gev.ok().and_then(Limit::value),
        rows: sensitivity.rows.into_iter().map(InputRow::from).collect(),
        notes,
    })
}
