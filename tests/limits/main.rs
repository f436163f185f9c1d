//! Limits and the minima that they are counted from, against searches that know nothing of the core's methods.

mod convergence;
mod minimisers;
mod minimum;
mod monotonic;
mod setups;
