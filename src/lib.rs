//! Dipole Portal Explorer.
pub mod analysis;
mod choice;
pub mod cross_section;
pub mod data;
pub mod detector;
mod error;
pub mod experiment;
mod flavor;
mod interpolate;
pub mod recoil;
pub mod source;
pub mod statistics;
pub mod table;
pub mod target;
pub mod units;

pub use choice::Choice;
pub use error::{Error, in_range};
pub use flavor::Flavor;
