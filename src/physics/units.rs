//! Constants and conversions. Natural units inside the core: energies in MeV,
//! cross sections in MeV^-2 per MeV of recoil until [`CM2_PER_INVERSE_MEV2`].
//!
//! Constants of nature, each with the edition that its digits are from: "CODATA 2018" is Tiesinga et al., Rev. Mod. Phys.
//! 93, 025010 (2021); "PDG" the Review of Particle Physics. What an experiment or the weak interaction adds is not here
//! but in the rows of `data/`.

use crate::choice::named_choice;

/// Reduced Planck constant times speed of light, in MeV fm (CODATA 2018; exact in the SI, rounded here).
pub const HBAR_C_MEV_FM: f64 = 197.326_980_4;
/// cm^2 in one MeV^-2: `(hbar c)^2`, 1 fm^2 = 1e-26 cm^2.
pub const CM2_PER_INVERSE_MEV2: f64 = HBAR_C_MEV_FM * HBAR_C_MEV_FM * 1e-26;
/// Fermi constant `G_F/(hbar c)^3`, in MeV^-2 (CODATA 2018 and PDG: 1.1663787e-5 GeV^-2).
pub const FERMI_CONSTANT: f64 = 1.166_378_7e-11;
/// Fine-structure constant (CODATA 2018).
pub const FINE_STRUCTURE: f64 = 1.0 / 137.035_999_084;
/// Electron mass, in MeV (CODATA 2018: 0.51099895000).
pub const ELECTRON_MASS_MEV: f64 = 0.510_998_95;
/// Atomic mass unit, in MeV (CODATA 2018).
pub const ATOMIC_MASS_UNIT_MEV: f64 = 931.494_102_42;
/// Muon mass, in MeV (CODATA 2018, also PDG).
pub const MUON_MASS_MEV: f64 = 105.658_375_5;
/// Charged-pion mass, in MeV (PDG).
pub const PION_MASS_MEV: f64 = 139.570_39;
/// Mean life of the charged pion, in us (PDG: 26.033 ns).
pub const PION_LIFETIME_US: f64 = 0.026_033;
/// Mean life of the muon, in us (PDG: 2.1969811 us).
pub const MUON_LIFETIME_US: f64 = 2.196_981_1;
/// Avogadro constant, in 1/mol (exact in the SI since 2019).
pub const AVOGADRO: f64 = 6.022_140_76e23;
/// One Bohr magneton `e/2m_e`, in GeV^-1: `sqrt(4 pi alpha)/(2 m_e)` to four digits, as the tables of published limits use it.
pub const BOHR_MAGNETON_PER_GEV: f64 = 296.3;
/// keV in one MeV.
pub const KEV_PER_MEV: f64 = 1e3;
/// Metres in one astronomical unit (IAU 2012, resolution B2; exact).
pub const METRES_PER_AU: f64 = 149_597_870_700.0;
/// Seconds in one day.
pub const SECONDS_PER_DAY: f64 = 86_400.0;
/// Days in one (Julian) year.
pub const DAYS_PER_YEAR: f64 = 365.25;

named_choice! {
    /// Unit in which a visitor reads and writes the coupling d.
    "coupling-unit": pub enum CouplingUnit {
        /// Inverse GeV, the default.
        PerGev = "GeV^-1",
        /// Inverse MeV, the unit of the core.
        PerMev = "MeV^-1",
        /// Bohr magnetons.
        BohrMagneton = "mu_B",
    }
}

impl CouplingUnit {
    /// GeV^-1 in one of this unit.
    #[must_use]
    pub fn per_gev(self) -> f64 {
        match self {
            Self::PerGev => 1.0,
            Self::PerMev => 1e3,
            Self::BohrMagneton => BOHR_MAGNETON_PER_GEV,
        }
    }

    /// The unit as it is written in text.
    #[must_use]
    pub fn symbol(self) -> &'static str {
        match self {
            Self::PerGev => "GeV⁻¹",
            Self::PerMev => "MeV⁻¹",
            Self::BohrMagneton => "μB",
        }
    }
}

/// Coupling in GeV^-1 of a strength (d^2 in MeV^-2), the inverse of [`coupling_squared_per_mev2`].
#[must_use]
pub fn coupling_per_gev(strength_per_mev2: f64) -> f64 {
    strength_per_mev2.sqrt() * 1e3
}

/// Square of a coupling in GeV^-1, in MeV^-2: the strength that multiplies every dipole template.
#[must_use]
pub fn coupling_squared_per_mev2(coupling_per_gev: f64) -> f64 {
    (coupling_per_gev * 1e-3).powi(2)
}
