//! What there is to see, as charts: each view takes plain data and knows nothing of where they come from.

pub mod exclusion;
pub mod spectrum;
