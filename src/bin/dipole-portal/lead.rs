//! `dipole-portal lead`: whose limits are the strongest where.

use crate::experiment::ExperimentParser;
use crate::level::LevelOptions;
use crate::options::{SettingsOptions, choice};
use clap::Args;
use dipole_portal::analysis::curve::Curve;
use dipole_portal::analysis::lead::{Lead, leads};
use dipole_portal::experiment::{ExperimentSpec, Registry};
use dipole_portal::page::leads::sentence;
use dipole_portal::{Choice, Error, Flavor};
use serde::Serialize;
use std::sync::Arc;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// Flavour of the neutrino that the dipole couples to [default: each]
    #[arg(long, value_name = "NAME", value_parser = choice::<Flavor>())]
    flavor: Option<Flavor>,
    /// Experiments that are compared: names, or files with a table of one's own [default: every one with data]
    #[arg(long, value_name = "NAME", value_delimiter = ',', value_parser = ExperimentParser)]
    experiment: Vec<Arc<ExperimentSpec>>,
    #[command(flatten)]
    level: LevelOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    flavors: Vec<OfFlavor>,
}

/// One flavour.
#[derive(Serialize)]
struct OfFlavor {
    flavor: &'static str,
    /// As the page says it.
    sentence: String,
    ranges: Vec<Lead>,
}

/// Who leads where, for each flavour.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let registry = if options.experiment.is_empty() {
        Registry::built_in()?
    } else {
        let mut registry = Registry::default();
        for spec in &options.experiment {
            registry.add(Arc::clone(spec))?;
        }
        registry
    };
    let settings = options.settings.settings_for(&registry)?;
    let confidence = options.level.confidence()?;
    let of_flavor = |flavor: &Flavor| {
        let curves = Curve::of_all(&registry, *flavor, &settings, confidence)?;
        let lines: Vec<_> = curves.iter().collect();
        Ok(OfFlavor {
            flavor: flavor.name(),
            sentence: sentence(&registry, &lines),
            ranges: leads(&lines),
        })
    };
    let flavors = options.flavor.as_ref().map_or(Flavor::ALL, std::slice::from_ref);
    Ok(Answer {
        flavors: flavors.iter().map(of_flavor).collect::<Result<_, Error>>()?,
    })
}
