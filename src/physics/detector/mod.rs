//! From recoil energy to what the detector reports.

mod efficiency;
mod photoelectrons;
mod quenching;
mod resolution;
mod response;

pub use efficiency::Efficiency;
pub use photoelectrons::{Light, LightYield, PhotoelectronEfficiency, Scintillation, TimeEfficiency};
pub use quenching::{LINDHARD_K_RANGE, Quenching, QuenchingModel};
pub use resolution::Resolution;
pub use response::Response;
