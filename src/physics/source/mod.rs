//! Where the neutrinos come from: fluxes as cumulative moments, by flavour.

mod beam_pulse;
mod muon_decay;
mod piecewise;
mod reactor;
mod reactor_model;
mod sns;
mod solar;
mod solar_sources;

pub use beam_pulse::{BeamPulse, Share};
pub use muon_decay::{MichelNeutrino, MuonDecay};
pub use piecewise::PiecewiseLinear;
pub use reactor::{ReactorFuel, fissions_per_cm2_s, reactor};
pub use reactor_model::ReactorModel;
pub use sns::{Arrival, SnsBeam, arrival, pion_line_mev};
pub use solar::{Boron8Tables, boron8};
pub use solar_sources::SolarSources;

use crate::Flavor;
use crate::choice::named_choice;

named_choice! {
    /// Where neutrinos come from. A flux, and a factor on it, belongs to one of them.
    "source": pub enum SourceKind {
        /// A power reactor.
        Reactor = "reactor",
        /// The Spallation Neutron Source.
        Sns = "sns",
        /// The Sun.
        Sun = "sun",
    }
}

/// Cumulative moments `K_n(E) = integral from E to infinity of phi(E') E'^-n dE'`, n = 0, 1, 2,
/// in the flux's unit (1/cm^2, or 1/cm^2/s) times MeV^-n.
pub type Moments = [f64; 3];

/// An energy spectrum with exact cumulative moments.
#[derive(Clone, Debug)]
pub enum Spectrum {
    /// Table, linear between rows.
    Tabulated(PiecewiseLinear),
    /// One of the neutrinos of muon decay at rest.
    MuonDecay(MuonDecay),
    /// A single line at this energy, in MeV.
    Line(f64),
}

impl Spectrum {
    /// Moments above `energy_mev` of the spectrum.
    #[must_use]
    #[inline]
    pub fn moments_above(&self, energy_mev: f64) -> Moments {
        match self {
            Self::Tabulated(table) => table.moments_above(energy_mev),
            Self::MuonDecay(decay) => decay.moments_above(energy_mev),
            Self::Line(line_mev) if energy_mev <= *line_mev => [1.0, 1.0 / line_mev, 1.0 / (line_mev * line_mev)],
            Self::Line(_) => [0.0; 3],
        }
    }

    /// Integral of spectrum times energy above `energy_mev`, in MeV: over the moment `K_0` it is the mean energy above.
    #[must_use]
    pub fn energy_above(&self, energy_mev: f64) -> f64 {
        match self {
            Self::Tabulated(table) => table.energy_above(energy_mev),
            Self::MuonDecay(decay) => decay.energy_above(energy_mev),
            Self::Line(line_mev) if energy_mev <= *line_mev => *line_mev,
            Self::Line(_) => 0.0,
        }
    }

    /// Highest energy with flux, in MeV.
    #[must_use]
    pub fn highest_energy_mev(&self) -> f64 {
        match self {
            Self::Tabulated(table) => table.highest_energy_mev(),
            Self::MuonDecay(_) => MuonDecay::HIGHEST_ENERGY_MEV,
            Self::Line(line_mev) => *line_mev,
        }
    }
}

/// When the neutrinos of a component arrive, for sources that have a beat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timing {
    /// At any time.
    Steady,
    /// With the beam.
    Prompt,
    /// After it, with the muon's lifetime.
    Delayed,
}

/// One kind of neutrino of a source, at the detector.
#[derive(Clone, Debug)]
pub struct Component {
    /// What it is called, for labels: `prompt nu_mu`.
    pub label: &'static str,
    /// Flavour on arrival.
    pub flavor: Flavor,
    /// Whether it is an antineutrino.
    pub anti: bool,
    /// When it arrives.
    pub timing: Timing,
    /// Spectrum; its moments times [`Self::scale`] are the flux.
    pub spectrum: Spectrum,
    /// Flux (1/cm^2/s) or fluence (1/cm^2) that a spectrum of unit area stands for.
    pub scale: f64,
}
