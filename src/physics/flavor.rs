//! Neutrino flavours.

use crate::choice::named_choice;

named_choice! {
    /// Flavour of the active neutrino, of the SM couplings and of the dipole.
    "flavor": pub enum Flavor {
        /// Electron neutrino.
        Electron = "e",
        /// Muon neutrino.
        Muon = "mu",
        /// Tau neutrino.
        Tau = "tau",
    }
}

impl Flavor {
    /// The flavour's Greek letter (or e), for labels.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Electron => "e",
            Self::Muon => "μ",
            Self::Tau => "τ",
        }
    }

    /// Position in tables by flavour.
    #[must_use]
    pub fn index(self) -> usize {
        self as usize
    }
}
