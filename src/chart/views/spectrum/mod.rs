//! Spectra of an experiment as charts: the ideal recoil spectrum, and what each kind of detector reports.

mod binned;
mod counting;
mod flux_bound;
mod ionisation;
mod recoil;

pub use binned::{BinnedSet, BinnedView, binned};
pub use counting::{CountingView, Projection, counting, density};
pub use flux_bound::{BoundedCounts, FluxBoundView, flux_bound};
pub use ionisation::{IonisationView, ionisation};
pub use recoil::{RecoilCurve, RecoilView, recoil};
