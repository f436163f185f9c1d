//! From settings to numbers: one experiment with its data, ready to be asked; page, workers, command line and tests all
//! come through here.

pub mod curve;
pub mod grid;
pub mod jobs;
pub mod literature;
pub mod precise;
mod prepared;
pub mod settings;
mod store;
pub mod validation;
pub mod verdict;

pub use prepared::{Analysis, Fit, Nuisances, Statistic};
pub use settings::{Benchmark, COUPLING_RANGE_PER_GEV, FLUX_RANGE, Fluxes, MASS_RANGE_MEV, Settings, checked_mass_mev};
pub use store::Store;
