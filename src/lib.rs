//! The physics of the Dipole Portal Explorer, its charts, and (in the browser) its page.
//!
//! A number goes one way: tables ([`data`]) → fluxes ([`source`]) → cross sections on targets
//! ([`cross_section`], [`target`]) → recoil rates ([`recoil`]) → detectors ([`detector`]) → binned events
//! ([`experiment`]) → chi-square and limits ([`statistics`]) → charts ([`chart`]) → the page.
//! [`analysis::Analysis`] is the door to all of it:
//!
//! ```
//! use dipole_portal::analysis::{Analysis, Settings};
//! use dipole_portal::experiment::ExperimentId;
//! use dipole_portal::statistics::{ConfidenceLevel, Dof};
//! use dipole_portal::Flavor;
//!
//! let coherent = Analysis::new(ExperimentId::CoherentCsi, Settings::default())?;
//! let limit = coherent.limit_per_gev(Flavor::Muon, 20.0, ConfidenceLevel::NINETY, Dof::One)?;
//! assert!(limit.is_some_and(|coupling_per_gev| (7e-7..8.5e-7).contains(&coupling_per_gev)));
//! # Ok::<(), dipole_portal::Error>(())
//! ```
//!
//! Conventions: natural units with energies in MeV inside, L = (d/2) N̄ σ_{μν} ν F^{μν}, so that d is the
//! transition magnetic moment. Definitions follow arXiv:2406.07477 with the sign in its eq. 7 and 9
//! corrected ([`cross_section::Sign`]).

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
