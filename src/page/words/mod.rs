//! All text for people, in one place.

mod chart;
mod curve;
mod error;
mod spectrum;
mod verdict;
mod work;

pub use chart::reading;
pub use curve::{COMPUTED_HERE, PLANE, about_curve, best_fit_of, dipole_of};
pub use error::error;
pub use spectrum::{caption, flux, no_flux, too_heavy};
pub use verdict::{VerdictWords, heads};
pub use work::{CANCELLED, PRECISE_DRAWN, STARTING, progress};
