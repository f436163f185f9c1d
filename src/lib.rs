//! Dipole Portal Explorer.
pub mod analysis;
pub mod chart;
mod choice;
pub mod cross_section;
pub mod data;
pub mod detector;
mod error;
pub mod experiment;
pub mod figure;
mod flavor;
pub mod grid;
mod interpolate;
pub mod literature;
pub mod plane;
pub mod precise;
pub mod recoil;
pub mod source;
pub mod state;
pub mod statistics;
pub mod table;
pub mod target;
pub mod tasks;
pub mod units;
pub mod validation;
pub mod verdict;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod workbench;

pub use choice::Choice;
pub use error::{Error, in_range};
pub use flavor::Flavor;
