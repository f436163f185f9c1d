//! The plane of mass and coupling, and the grids on it.

use crate::numerics::grid::logarithmic;

/// Masses of the plane, in MeV.
pub const PLANE_MASS_MEV: (f64, f64) = (0.01, 100.0);
/// Couplings of the plane, in GeV^-1.
pub const PLANE_COUPLING_PER_GEV: (f64, f64) = (1e-12, 1e-3);
/// Masses of a precise curve and of the map.
pub const PRECISE_MASSES: usize = 200;
/// Couplings of the map.
pub const MAP_COUPLINGS: usize = 200;

/// `count` masses over the plane, in MeV, logarithmic.
#[must_use]
pub fn masses_mev(count: usize) -> Vec<f64> {
    logarithmic(PLANE_MASS_MEV.0, PLANE_MASS_MEV.1, count)
}

/// Couplings of the map, in GeV^-1, logarithmic over the plane.
#[must_use]
pub fn map_couplings_per_gev() -> Vec<f64> {
    logarithmic(PLANE_COUPLING_PER_GEV.0, PLANE_COUPLING_PER_GEV.1, MAP_COUPLINGS)
}
