//! Every text for people, in one place.

mod parameters;

pub use parameters::*;
