//! Experiments of one's own: texts that are read, written and refused.

mod bins;
#[path = "../common/dice.rs"]
mod dice;
mod mutations;
mod texts;

use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::data;
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::statistics::Confidence;
use std::borrow::Cow;

/// Text of every experiment to begin with, and to come, by the name of its table.
fn samples() -> Vec<(&'static str, Cow<'static, str>)> {
    let names = data::templates().into_iter().chain(data::projections());
    names
        .map(|name| (name, data::text(name).expect("a table that is there")))
        .collect()
}

fn sample(name: &str) -> String {
    let found = samples().into_iter().find(|(known, _)| known.ends_with(name));
    found.expect("a known sample").1.into_owned()
}

fn read(text: &str) -> Result<ExperimentSpec, Error> {
    ExperimentSpec::from_text(None, text)
}

fn analysis(text: &str) -> Analysis {
    Analysis::new(&read(text).expect("a sound text"), &Settings::default()).expect("a sound experiment")
}

/// Limit on d^2 at a mass, in GeV^-2, of the flavour that the experiment shows first.
fn strength(analysis: &Analysis, mass_mev: f64) -> f64 {
    let flavor = analysis.experiment().spec().flavor();
    let limit = analysis
        .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
        .expect("converges");
    limit.value().expect("a limit").powi(2)
}

/// The same text with something in place of what stands there once.
fn with(text: &str, from: &str, to: &str) -> String {
    assert_eq!(text.matches(from).count(), 1, "{from}");
    text.replace(from, to)
}

fn built_in() -> Vec<ExperimentSpec> {
    let registry = Registry::built_in().expect("sound tables");
    registry.specs().map(|spec| spec.as_ref().clone()).collect()
}

fn id(name: &str) -> ExperimentId {
    ExperimentId::new(name).expect("a name")
}
