//! All text for people, in one place.

mod chart;
mod curve;
mod error;
mod export;
mod inputs;
mod leads;
mod matching;
mod own;
mod parameters;
mod pins;
mod pointer;
mod sensitivity;
mod spectrum;
mod verdict;
mod work;

pub use chart::*;
pub use curve::*;
pub use error::error;
pub use export::*;
pub use inputs::*;
pub use leads::*;
pub use matching::*;
pub use own::*;
pub use parameters::*;
pub use pins::*;
pub use pointer::*;
pub use sensitivity::*;
pub use spectrum::*;
pub use verdict::*;
pub use work::*;
