//! Ionisation yield of nuclear recoils in germanium.

use crate::Error;
use crate::choice::named_choice;
use crate::data::NamedTable;
use crate::error::in_range;
use crate::numerics::interpolate::interpolate;
use crate::physics::units::KEV_PER_MEV;

named_choice! {
    /// Model of the quenching factor of germanium.
    "quenching": pub enum Quenching {
        /// Iron-filtered neutrons (Collar et al. 2021).
        Fef = "fef",
        /// Photoneutron source (Collar et al. 2021).
        Ybe = "ybe",
        /// Lindhard theory with adjustable k.
        Lindhard = "lindhard",
    }
}

/// Smallest and largest Lindhard parameter that the page offers.
pub const LINDHARD_K_RANGE: (f64, f64) = (0.05, 0.3);

/// A quenching factor `Q(T)`: ionisation energy = Q(T) T.
#[derive(Clone, Debug)]
pub enum QuenchingModel {
    /// Table over recoil energy in MeV, linear between rows, constant beyond the last.
    Table(Vec<f64>, Vec<f64>),
    /// `k g/(1 + k g)` with `g = 3 eps^0.15 + 0.7 eps^0.6 + eps`, `eps = scale T`.
    Lindhard {
        /// Strength k of electronic stopping.
        k: f64,
        /// Reduced energy per MeV, `11.5 Z^(-7/3)` per keV.
        scale_per_mev: f64,
    },
}

/// Jump of the slope of ionisation over recoil energy that integrals have to respect.
const KINK: f64 = 0.02;

impl QuenchingModel {
    /// The model for an element of proton number `protons` (germanium: 32), its measured factors in `table`;
    /// `lindhard_k` counts for [`Quenching::Lindhard`] only.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for k outside 0.05 to 0.3; [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed.
    pub fn new(quenching: Quenching, lindhard_k: f64, table: &NamedTable, protons: u32) -> Result<Self, Error> {
        let column = match quenching {
            Quenching::Lindhard => return Self::lindhard(lindhard_k, protons),
            Quenching::Fef => "fef",
            Quenching::Ybe => "ybe",
        };
        let [recoil_kev, factor] = table.read()?.columns(["recoil", column])?;
        let recoil_mev = recoil_kev.iter().map(|recoil| recoil / KEV_PER_MEV).collect();
        Ok(Self::Table(recoil_mev, factor))
    }

    /// Lindhard's formula for an element of proton number `protons`.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for k outside 0.05 to 0.3.
    pub fn lindhard(k: f64, protons: u32) -> Result<Self, Error> {
        let (low, high) = LINDHARD_K_RANGE;
        Ok(Self::Lindhard {
            k: in_range("lindhard-k", k, low, high)?,
            scale_per_mev: 11.5 * f64::from(protons).powf(-7.0 / 3.0) * KEV_PER_MEV,
        })
    }

    /// Quenching factor at recoil energy `recoil_mev`.
    #[must_use]
    pub fn factor(&self, recoil_mev: f64) -> f64 {
        match self {
            Self::Table(recoils_mev, factors) => interpolate(recoils_mev, factors, recoil_mev),
            Self::Lindhard { k, scale_per_mev } => {
                let eps = scale_per_mev * recoil_mev;
                let kg = k * (3.0 * eps.powf(0.15) + 0.7 * eps.powf(0.6) + eps);
                kg / (1.0 + kg)
            }
        }
    }

    /// Ionisation energy, in MeV, of a recoil of energy `recoil_mev`.
    #[must_use]
    pub fn ionisation_mev(&self, recoil_mev: f64) -> f64 {
        self.factor(recoil_mev) * recoil_mev
    }

    /// Recoil energies, in MeV, at which the slope of ionisation over recoil energy jumps by more than 0.02: rows of the
    /// `fef` table at 1.34 and 1.35 keV. Other rows bend it by less than 0.007.
    pub fn kinks_mev(&self) -> impl Iterator<Item = f64> {
        let (recoils_mev, factors): (&[f64], &[f64]) = match self {
            Self::Table(recoils_mev, factors) => (recoils_mev, factors),
            Self::Lindhard { .. } => (&[], &[]),
        };
        // On either side of a row Q and its slope, so that the slope of Q T jumps by T times that of Q.
        let slope = |from: usize| (factors[from + 1] - factors[from]) / (recoils_mev[from + 1] - recoils_mev[from]);
        (1..recoils_mev.len().saturating_sub(1))
            .filter(move |row| (recoils_mev[*row] * (slope(*row) - slope(row - 1))).abs() > KINK)
            .map(|row| recoils_mev[row])
    }

    /// Recoil energy, in MeV, that gives `ionisation_mev`, by bisection to 1e-12 relative.
    ///
    /// Ionisation rises with recoil energy, except that the `fef` table falls by 3 % between recoils of 1.14
    /// and 1.34 keV: of the three recoils that give the same ionisation there, this is one.
    #[must_use]
    pub fn recoil_mev(&self, ionisation_mev: f64) -> f64 {
        let (mut low, mut high) = (ionisation_mev, 1e3 * ionisation_mev);
        while high > low * (1.0 + 1e-12) {
            let middle = (low * high).sqrt();
            if middle <= low || middle >= high {
                break;
            }
            if self.ionisation_mev(middle) < ionisation_mev {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}
