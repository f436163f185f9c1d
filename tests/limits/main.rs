//! Limits and the minima that they are counted from, against searches that know nothing of the core's methods.

mod argon;
mod best_fit;
mod ceiling;
mod convergence;
mod joint;
mod minimisers;
mod minimum;
mod monotonic;
mod order;
mod runs;
mod setups;
mod wild;
