//! Recoil rates: flux moments times cross sections times target, on a grid of recoil energies.

mod channel;
mod grid;
mod prepared;
mod spectrum;

pub use channel::Channel;
pub use grid::{Cell, Node, cells, cells_along};
pub use spectrum::RecoilSpectrum;
