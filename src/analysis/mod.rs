//! From settings to numbers: one experiment with its data, ready to be asked; page, workers, command line and tests all
//! come through here.

#[allow(clippy::module_inception)]
mod analysis;
mod at_mass;
mod basis;
mod best_fit;
mod combination;
pub mod curve;
mod edits;
pub mod grid;
pub mod jobs;
pub mod lead;
mod limits;
pub mod literature;
pub mod precise;
pub mod sensitivity;
pub mod settings;
mod shares;
mod store;
mod subject;
pub mod validation;
pub mod verdict;
mod weights;

pub use analysis::{Analysis, Bin, Fit};
pub use best_fit::{BEST_FIT_MASSES_MEV, BestFit};
pub use combination::Combination;
pub use edits::{Edit, Edits};
pub use limits::Column;
pub use settings::{Benchmark, COUPLING_RANGE_PER_GEV, FLUX_RANGE, Fluxes, MASS_RANGE_MEV, Settings, checked_mass_mev};
pub use shares::{SharedWidth, Shares};
pub use store::Store;
pub use subject::Subject;
pub use weights::Weights;
