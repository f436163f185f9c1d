//! `dipole-portal inputs`.

use crate::experiment::ExperimentParser;
use crate::options::SettingsOptions;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::experiment::{Adjustable, ExperimentSpec, ListedInput, Range, Step, Variation};
use serde::Serialize;
use std::sync::Arc;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// Experiment
    #[arg(long, value_name = "NAME", value_parser = ExperimentParser)]
    experiment: Arc<ExperimentSpec>,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    inputs: Vec<Row>,
}

/// One input.
#[derive(Serialize)]
struct Row {
    key: String,
    value: String,
    unit: String,
    label: String,
    /// Where the value of the table is from.
    source: String,
    link: String,
    /// What the table says, where the value is another.
    #[serde(skip_serializing_if = "Option::is_none")]
    table_value: Option<String>,
    /// How it can be changed; null where it cannot.
    change: Option<Way>,
}

/// How an input can be changed.
#[derive(Serialize)]
struct Way {
    #[serde(flatten)]
    range: RangeOf,
    /// Whether other data would have been observed.
    changes_the_data: bool,
    /// By how much it is varied to see how much it matters.
    variation: VariationBy,
    /// Whether that is one standard deviation; else it is what is usual to ask.
    one_standard_deviation: bool,
    /// The values that it is varied to from where it is.
    varied: Vec<String>,
}

/// How far: by a factor, between two values, or one of some options.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum RangeOf {
    Factor(f64),
    Between([f64; 2]),
    Options(&'static [&'static str]),
}

/// By a share of the value, by an amount in its unit, to another value, or to every other option.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
enum VariationBy {
    Share(f64),
    Amount(f64),
    To(&'static str),
    Others,
}

impl Way {
    fn new(input: &ListedInput, row: &Adjustable) -> Self {
        Self {
            range: match row.range {
                Range::Factor { most } => RangeOf::Factor(most),
                Range::Between { low, high } => RangeOf::Between([low, high]),
                Range::Options(options) => RangeOf::Options(options),
            },
            changes_the_data: row.changes_the_data,
            variation: match input.variation().unwrap_or(row.variation) {
                Variation::Deviation(Step::Share(share)) | Variation::Stated(Step::Share(share)) => {
                    VariationBy::Share(share)
                }
                Variation::Deviation(Step::Amount(amount)) | Variation::Stated(Step::Amount(amount)) => {
                    VariationBy::Amount(amount)
                }
                Variation::To(value) => VariationBy::To(value),
                Variation::Others => VariationBy::Others,
            },
            one_standard_deviation: input.is_varied_by_a_deviation(),
            varied: input.varied(),
        }
    }
}

impl From<ListedInput<'_>> for Row {
    fn from(input: ListedInput) -> Self {
        let (now, table) = (input.now.clone(), input.table.clone());
        Self {
            table_value: input.is_edited().then_some(table.value),
            change: input.adjustable.map(|row| Way::new(&input, row)),
            key: now.key,
            value: now.value,
            unit: now.unit,
            label: now.label,
            source: table.source,
            link: now.link,
        }
    }
}

/// Every input of the experiment.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let table = &options.experiment;
    let spec = options.settings.settings_of(table)?.edits.applied(table)?;
    Ok(Answer {
        inputs: spec.listed(table).map(Row::from).collect(),
    })
}
