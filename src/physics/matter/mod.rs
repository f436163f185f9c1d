//! What the neutrino hits: nuclei with their form factors, and bound electrons.

mod form_factor;
mod nuclide;
mod shells;

pub use form_factor::helm;
pub use nuclide::{Nuclide, nuclides};
pub use shells::{Shells, shells};
