//! The physics of the Dipole Portal Explorer, its charts, and (in the browser) its page.
//!
//! A number goes one way: tables ([`data`]) → fluxes ([`physics::source`]) → cross sections on targets
//! ([`physics::cross_section`], [`physics::matter`]) → recoil rates ([`physics::recoil`]) → detectors ([`physics::detector`]) → binned events
//! ([`experiment`]) → chi-square and limits ([`statistics`]) → curves and verdicts ([`analysis`]) → charts ([`chart`]) → the page ([`page`]).
//! [`analysis::Analysis`] is the door to all of it, and [`page::session::Session`] the page without a browser:
//!
//! ```
//! use dipole_portal::Flavor;
//! use dipole_portal::analysis::{Analysis, Settings};
//! use dipole_portal::experiment::ExperimentId;
//! use dipole_portal::statistics::{Confidence, Limit};
//!
//! let coherent = Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default())?;
//! let limit = coherent.limit_per_gev(Flavor::Muon, 20.0, Confidence::PAPER)?;
//! assert!(matches!(limit, Limit::At(coupling_per_gev) if (7e-7..8.5e-7).contains(&coupling_per_gev)));
//! # Ok::<(), dipole_portal::Error>(())
//! ```
//!
//! Conventions: natural units with energies in MeV inside, L = (d/2) N̄ σ_{μν} ν F^{μν}, so that d is the
//! transition magnetic moment. Definitions follow arXiv:2406.07477 with the sign in its eq. 7 and 9
//! corrected ([`physics::cross_section::Sign`]).

/// Whether this program has everything. The page is loaded in two steps: first what it takes to show and to move the paper's experiments live, then, when it is
/// asked for, this whole (`bin/workshop`), in which the page goes on. What the first step leaves out stands behind this constant, and nothing else depends on it.
pub const WORKSHOP: bool = cfg!(feature = "workshop");

/// Version and build of the program, which every file that somebody takes away has with it. The build is a hash of what the program is made from
/// (`build.rs`), so that the same sources have the same.
pub const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), "+", env!("DIPOLE_PORTAL_BUILD"));

#[macro_use]
pub mod language;

pub mod analysis;
pub mod chart;
mod choice;
pub mod data;
mod error;
pub mod experiment;
pub mod numerics;
pub mod page;
pub mod physics;
mod small_map;
pub mod statistics;
#[cfg(target_arch = "wasm32")]
pub mod web;
pub mod work;

pub use choice::Choice;
pub use error::{Error, ErrorKind, in_range};
pub use physics::Flavor;
