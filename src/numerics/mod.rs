//! Numerical routines that know nothing of physics; each names its algorithm and its accuracy.

pub(crate) mod bins;
pub(crate) mod block;
pub(crate) mod cholesky;
pub(crate) mod decimal;
pub(crate) mod gauss;
pub mod grid;
pub(crate) mod interpolate;
pub(crate) mod order;
