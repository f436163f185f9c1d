//! How one dipole coupling is shared among the flavours.

use super::Flavor;
use crate::Error;
use crate::choice::Choice;
use crate::error::in_range;

/// Couplings of N to the flavours as multiples of one overall coupling d: N scatters from, and decays into, each flavour with the square of its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CouplingRatios([f64; Flavor::ALL.len()]);

impl CouplingRatios {
    /// Ratios that can be asked for.
    pub const RANGE: (f64, f64) = (0.0, 1e3);
    /// The largest of the ratios is at least this, so that no square vanishes by rounding.
    pub const LEAST_LARGEST: f64 = 1e-3;
    /// One coupling, common to all.
    pub const UNIVERSAL: Self = Self([1.0; Flavor::ALL.len()]);

    /// Checks ratios in the order of [`Flavor::ALL`].
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for one outside [`Self::RANGE`], and where none is as large as [`Self::LEAST_LARGEST`].
    pub fn new(ratios: [f64; Flavor::ALL.len()]) -> Result<Self, Error> {
        for ratio in ratios {
            in_range(word!("weights"), ratio, Self::RANGE.0, Self::RANGE.1)?;
        }
        let largest = ratios.into_iter().fold(0.0, f64::max);
        in_range(
            word!("largest of the weights"),
            largest,
            Self::LEAST_LARGEST,
            Self::RANGE.1,
        )
        .map(|_| Self(ratios))
    }

    /// A coupling to one flavour alone, which is d itself.
    #[must_use]
    pub fn only(flavor: Flavor) -> Self {
        let mut ratios = [0.0; Flavor::ALL.len()];
        ratios[flavor.index()] = 1.0;
        Self(ratios)
    }

    /// The ratio of a flavour.
    #[must_use]
    pub fn of(self, flavor: Flavor) -> f64 {
        self.0[flavor.index()]
    }

    /// Its square: what the flavour's signal is multiplied by, per d^2.
    #[must_use]
    pub fn squared(self, flavor: Flavor) -> f64 {
        self.of(flavor).powi(2)
    }

    /// Sum of the squares: what the width of N is multiplied by, per d^2.
    #[must_use]
    pub fn total_squared(self) -> f64 {
        self.0.iter().map(|ratio| ratio * ratio).sum()
    }

    /// The flavours that N couples to.
    pub fn flavors(self) -> impl Iterator<Item = Flavor> {
        let all = Flavor::ALL.iter().copied();
        all.filter(move |flavor| self.of(*flavor) > 0.0)
    }

    /// The ratio that all flavours have in common; `None` where they differ.
    #[must_use]
    pub fn common(self) -> Option<f64> {
        let [first, others @ ..] = self.0;
        others.iter().all(|other| *other == first).then_some(first)
    }
}
