//! Experiments on the command line: by name, or a file of one's own.

use clap::builder::{PossibleValue, TypedValueParser};
use dipole_portal::Error;
use dipole_portal::data;
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use std::ffi::OsStr;
use std::path::Path;
use std::sync::Arc;

/// Reader of an experiment: the name of one that is built in, of one to come or to begin with, or a file.
#[derive(Clone)]
pub(crate) struct ExperimentParser;

impl TypedValueParser for ExperimentParser {
    type Value = Arc<ExperimentSpec>;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        // What is not UTF-8 is a file that there is not, or one whose name says nothing here.
        let read = |text: String| experiment(&text);
        clap::builder::StringValueParser::new()
            .try_map(read)
            .parse_ref(command, argument, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(names().into_iter().map(PossibleValue::new)))
    }
}

/// Every name that there is; none without sound tables, where every name is refused with the reason.
fn names() -> Vec<String> {
    let registry = Registry::built_in();
    let built_in = registry.iter().flat_map(Registry::ids).map(|id| id.to_string());
    let samples = data::projections().into_iter().chain(data::templates());
    let samples = samples.filter_map(|name| Some(name.split_once('/')?.1.to_owned()));
    built_in.chain(samples).collect()
}

/// The experiment that a text names.
fn experiment(text: &str) -> Result<Arc<ExperimentSpec>, Error> {
    let path = Path::new(text);
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    if ["csv", "txt"].contains(&ending) || text.contains('/') || path.is_file() {
        let content = std::fs::read_to_string(path)
            .map_err(|error| Error::input("experiment", format!("'{text}' ({error})"), "a file that can be read"))?;
        return ExperimentSpec::from_text(None, &content).map(Arc::new);
    }
    if let Some(sample) = Registry::sample(text) {
        return sample.map(Arc::new);
    }
    let unknown = |_| {
        Error::input(
            "experiment",
            format!("'{text}'"),
            format!("{}, a file", names().join(", ")),
        )
    };
    let registry = Registry::built_in()?;
    let id = ExperimentId::new(text).map_err(unknown)?;
    registry.get(id).cloned().map_err(unknown)
}
