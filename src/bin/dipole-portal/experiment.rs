//! Experiments on the command line: by name, or a file of one's own.

use clap::builder::{PossibleValue, TypedValueParser};
use dipole_portal::Error;
use dipole_portal::data;
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::words::quoted;
use std::ffi::OsStr;
use std::fs::File;
use std::io::{ErrorKind, Read};
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

/// Most bytes of the table of an experiment: the longest of those that ship with the program has a hundredth.
const MOST_BYTES: u64 = 1_000_000;

/// A file that somebody wrote; not a device that never ends.
fn read(path: &Path) -> std::io::Result<String> {
    let mut content = Vec::new();
    File::open(path)?.take(MOST_BYTES + 1).read_to_end(&mut content)?;
    if content.len() as u64 > MOST_BYTES {
        return Err(ErrorKind::FileTooLarge.into());
    }
    String::from_utf8(content).map_err(|error| std::io::Error::new(ErrorKind::InvalidData, error.utf8_error()))
}

/// The experiment that a text names.
fn experiment(text: &str) -> Result<Arc<ExperimentSpec>, Error> {
    let path = Path::new(text);
    let ending = path.extension().and_then(OsStr::to_str).unwrap_or_default();
    if ["csv", "txt"].contains(&ending) || text.contains('/') || path.is_file() {
        let content = read(path).map_err(|error| {
            // The name of a file is at the end of its path.
            let got = format!("'{text}' ({error})");
            Error::input(
                "experiment",
                got,
                format!("a file that can be read, of at most {MOST_BYTES} bytes"),
            )
        })?;
        return ExperimentSpec::from_text(None, &content).map(Arc::new);
    }
    if let Some(sample) = Registry::sample(text) {
        return sample.map(Arc::new);
    }
    let unknown = |_| Error::input("experiment", quoted(text), format!("{}, a file", names().join(", ")));
    let registry = Registry::built_in()?;
    let id = ExperimentId::new(text).map_err(unknown)?;
    registry.get(id).cloned().map_err(unknown)
}
