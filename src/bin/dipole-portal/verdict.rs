//! `dipole-portal verdict`: what every experiment and every published curve says about one point.

use crate::experiment::ExperimentParser;
use crate::level::LevelOptions;
use crate::options::{PointOptions, SettingsOptions, choice, note_idle_flavor};
use crate::output::note;
use clap::Args;
use dipole_portal::analysis::literature::Literature;
use dipole_portal::analysis::verdict::{
    PointResult, PublishedResult, combined_result, point_results, published_results_with,
};
use dipole_portal::analysis::{Store, Subject};
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::words;
use dipole_portal::statistics::{Goodness, Limit};
use dipole_portal::{Error, Flavor};
use serde::Serialize;
use std::sync::Arc;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// Flavour of the neutrino that the dipole couples to, unless there are weights
    #[arg(long, value_name = "NAME", required_unless_present = "weights", value_parser = choice::<Flavor>())]
    flavor: Option<Flavor>,
    /// Experiments that are asked as one, too
    #[arg(long, value_name = "NAME,NAME", value_delimiter = ',', value_parser = ExperimentParser)]
    combine: Option<Vec<Arc<ExperimentSpec>>>,
    /// Further experiment, beside those that are built in: its name, or a file with a table of one's own
    #[arg(long, value_name = "NAME", value_parser = ExperimentParser)]
    experiment: Vec<Arc<ExperimentSpec>>,
    #[command(flatten)]
    point: PointOptions,
    #[command(flatten)]
    level: LevelOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    experiments: Vec<Row>,
    published: Vec<PublishedResult>,
    notes: Vec<String>,
}

/// One experiment.
#[derive(Serialize)]
struct Row {
    experiment: String,
    /// Counted from the best fit.
    delta_chi2: Option<f64>,
    sm_delta_chi2: Option<f64>,
    confidence: Option<f64>,
    excluded: Option<bool>,
    /// Whether what is expected stands in place of data.
    expected: bool,
    disfavoured_from_below: bool,
    below_best_fit: bool,
    #[serde(rename = "best_fit_per_GeV")]
    best_fit_per_gev: Option<f64>,
    /// Null unless there is a limit.
    #[serde(rename = "limit_per_GeV")]
    limit_per_gev: Option<f64>,
    /// The same of nuclear recoils alone, where those of electrons make it optimistic.
    #[serde(rename = "nuclei_only_limit_per_GeV", skip_serializing_if = "Option::is_none")]
    nuclei_only_limit_per_gev: Option<f64>,
    /// The one that was to be expected of the SM, where the data may be lucky.
    #[serde(rename = "expected_limit_per_GeV", skip_serializing_if = "Option::is_none")]
    expected_limit_per_gev: Option<f64>,
    /// Why: no sensitivity, everything excluded, or no result at this level.
    limit_kind: &'static str,
    everything_excluded: bool,
    above_ceiling: bool,
    #[serde(rename = "ceiling_per_GeV")]
    ceiling_per_gev: Option<f64>,
    sm_fit: Option<Goodness>,
    point_fit: Option<Goodness>,
    sm_misfit: bool,
    /// Largest distance of a nuisance of the SM's fit from its prior, in widths.
    sm_largest_pull: Option<f64>,
    /// Null for several experiments as one, which count in units of their own.
    sm_counts: Option<f64>,
    dipole_counts: Option<f64>,
    unit: &'static str,
}

impl From<PointResult> for Row {
    fn from(result: PointResult) -> Self {
        Self {
            experiment: result.experiment.to_string(),
            delta_chi2: result.delta_chi2,
            sm_delta_chi2: result.sm_delta_chi2,
            confidence: result.confidence,
            excluded: result.excluded,
            expected: result.expected,
            disfavoured_from_below: result.disfavoured_from_below,
            below_best_fit: result.below_best_fit,
            best_fit_per_gev: result.best_fit_per_gev,
            limit_per_gev: result.limit.and_then(Limit::value),
            nuclei_only_limit_per_gev: result.nuclei_only_limit.and_then(Limit::value),
            expected_limit_per_gev: result.expected_limit.and_then(Limit::value),
            limit_kind: match result.limit {
                Some(Limit::At(_)) => "limit",
                Some(Limit::NoSensitivity) => "no sensitivity",
                Some(Limit::EverythingExcluded) => "everything excluded",
                None => "no result",
            },
            everything_excluded: result.everything_excluded,
            above_ceiling: result.above_ceiling,
            ceiling_per_gev: result.ceiling_per_gev,
            sm_fit: result.sm_fit,
            point_fit: result.point_fit,
            sm_misfit: result.sm_misfit,
            sm_largest_pull: result.sm_largest_pull,
            sm_counts: Some(result.sm_counts).filter(|counts| counts.is_finite()),
            dipole_counts: Some(result.dipole_counts).filter(|counts| counts.is_finite()),
            unit: result.unit,
        }
    }
}

/// What is said about the point.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let mut registry = Registry::built_in()?;
    for spec in &options.experiment {
        registry.add(Arc::clone(spec))?;
    }
    let mut store = Store::new(registry);
    let settings = options.settings.settings_for(store.registry())?;
    note_idle_flavor(options.flavor, settings.weights);
    // Where weights say what N couples to, every flavour gives the same.
    let benchmark = options.point.benchmark(options.flavor.unwrap_or(Flavor::Electron))?;
    let confidence = options.level.confidence()?;
    let answer = point_results(&mut store, benchmark, &settings, confidence);
    if let Some((_, error)) = answer.problems.into_iter().next() {
        return Err(error);
    }
    let literature = Literature::new();
    if let Some(broken) = literature.errors().first() {
        return Err(broken.clone());
    }
    let mut results = answer.results;
    if let Some(specs) = &options.combine {
        let ids: Vec<_> = specs.iter().map(|spec| spec.id()).collect();
        let combination = store.combination(&ids, &settings)?;
        combination.check_flavor(benchmark.flavor)?;
        results.push(combined_result(combination, benchmark, confidence)?);
    }
    let mut notes: Vec<String> = results.iter().flat_map(remarks).collect();
    notes.iter().for_each(|text| note(text));
    // What is to be said of each experiment whatever the point.
    for result in results
        .iter()
        .filter(|result| result.experiment != ExperimentId::COMBINATION)
    {
        let analysis = store.analysis(result.experiment, &settings)?;
        notes.extend(
            analysis
                .experiment()
                .notes()
                .iter()
                .map(|text| format!("{}: {text}", result.name)),
        );
    }
    Ok(Answer {
        experiments: results.into_iter().map(Row::from).collect(),
        published: published_results_with(literature.curves(), benchmark, settings.weights),
        notes,
    })
}

/// What has to be said beside the numbers of an experiment.
fn remarks(result: &PointResult) -> Vec<String> {
    let mut remarks: Vec<String> = result.note.iter().cloned().collect();
    if result.is_excluded_by_electrons_alone() {
        remarks.push(format!(
            "{}: excluded by recoils of electrons alone, which is optimistic",
            result.name
        ));
    }
    if result.disfavoured_from_below {
        remarks.push(format!(
            "{}: disfavoured from below, the data prefer more signal; not excluded",
            result.name
        ));
    }
    if let Some(ceiling_per_gev) = result.ceiling_per_gev.filter(|_| result.above_ceiling) {
        remarks.push(format!(
            "{}: above {ceiling_per_gev:.2e} GeV^-1 most N decay within the detector; recoils exclude nothing there",
            result.name
        ));
    }
    if result.everything_excluded && result.delta_chi2.is_none() {
        remarks.push(format!(
            "{}: everything excluded, the SM is above the bound",
            result.name
        ));
    } else if result.everything_excluded {
        remarks.push(format!(
            "{}: at this mass even the best coupling is outside the region around the best fit",
            result.name
        ));
    }
    remarks.extend(words::warning(result));
    remarks
}
