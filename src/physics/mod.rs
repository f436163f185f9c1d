//! The physics, from units to what a detector reports; nothing here knows a particular experiment.

pub mod cross_section;
pub mod decay;
pub mod detector;
mod flavor;
pub mod matter;
mod ratios;
pub mod recoil;
pub mod source;
mod standard_model;
pub mod units;

pub use flavor::Flavor;
pub use ratios::CouplingRatios;
pub use standard_model::StandardModel;
