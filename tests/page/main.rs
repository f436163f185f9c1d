//! The page without a browser: what a visitor types, slides and sends to others.
#![cfg(not(target_arch = "wasm32"))]

mod address;
mod boxes;
#[path = "../common/dice.rs"]
mod dice;
mod mutations;
mod round_trip;
mod sliders;

use dipole_portal::analysis::literature;
use dipole_portal::data::table::Table;
use dipole_portal::experiment::{ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::parameters::Parameters;

/// Parameters of the page as it is built.
fn parameters() -> Parameters {
    let registry = Registry::built_in().expect("sound tables");
    let curves = literature::published().expect("sound tables");
    Parameters::new(&registry, curves.into_iter().map(|curve| curve.name))
}

/// Parameters with one experiment more: germanium at a reactor with its own Lindhard parameter.
fn parameters_with_another_germanium() -> Parameters {
    let mut registry = Registry::built_in().expect("sound tables");
    let text = include_str!("../../data/experiments/dresden-ii.csv")
        .replace("lindhard-k,0.157", "lindhard-k,0.2")
        .replace("order,1", "order,9");
    let table = Table::parse("experiments/other", &text).expect("a table");
    let id = ExperimentId::new("other").expect("a name");
    registry
        .add(ExperimentSpec::new(id, &table).expect("an experiment"))
        .expect("a new name");
    Parameters::new(&registry, Vec::<String>::new())
}
