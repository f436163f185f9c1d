//! Whether N couples to one flavour, or to several in given ratios.

use crate::choice::Choice;
use crate::error::quoted;
use crate::numerics::decimal;
use crate::physics::CouplingRatios;
use crate::{Error, Flavor};
use serde::{Deserialize, Serialize};

/// How weights are called that are the same for all flavours.
const UNIVERSAL: &str = "universal";

/// Couplings d_e : d_mu : d_tau as multiples of the overall coupling d; none by default, where N couples to the one flavour that is asked for.
///
/// With weights it does not matter which flavour is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Option<[f64; 3]>", into = "Option<[f64; 3]>")]
pub struct Weights(Option<CouplingRatios>);

impl Weights {
    /// The same coupling to every flavour.
    pub const UNIVERSAL: Self = Self(Some(CouplingRatios::UNIVERSAL));

    /// Weights in the order e, mu, tau.
    ///
    /// # Errors
    /// As [`CouplingRatios::new`].
    pub fn new(weights: [f64; 3]) -> Result<Self, Error> {
        CouplingRatios::new(weights).map(|ratios| Self(Some(ratios)))
    }

    /// The weights, where there are some.
    #[must_use]
    pub fn given(self) -> Option<CouplingRatios> {
        self.0
    }

    /// What N couples to: as the weights say, else to this flavour alone.
    #[must_use]
    pub fn ratios(self, flavor: Flavor) -> CouplingRatios {
        self.0.unwrap_or(CouplingRatios::only(flavor))
    }
}

impl From<Weights> for Option<[f64; 3]> {
    fn from(weights: Weights) -> Self {
        let ratios = weights.0?;
        Some([Flavor::Electron, Flavor::Muon, Flavor::Tau].map(|flavor| ratios.of(flavor)))
    }
}

impl TryFrom<Option<[f64; 3]>> for Weights {
    type Error = Error;

    fn try_from(weights: Option<[f64; 3]>) -> Result<Self, Error> {
        weights.map_or(Ok(Self::default()), Self::new)
    }
}

/// As `1:1:1`, in the order e, mu, tau, or `universal` for that.
impl std::str::FromStr for Weights {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        if text == UNIVERSAL {
            return Ok(Self::UNIVERSAL);
        }
        let numbers: Vec<Option<f64>> = text.split(':').map(|part| decimal::parse(part.trim())).collect();
        match numbers[..] {
            [Some(electron), Some(muon), Some(tau)] => Self::new([electron, muon, tau]),
            _ => Err(Error::input(
                "weights",
                quoted(text),
                word!("e:mu:tau, as 1:0.5:0, or universal"),
            )),
        }
    }
}

/// As they are read; nothing where there are none.
impl std::fmt::Display for Weights {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Some(ratios) = self.0 else { return Ok(()) };
        if ratios == CouplingRatios::UNIVERSAL {
            return formatter.write_str(UNIVERSAL);
        }
        let weights: Vec<String> = Flavor::ALL
            .iter()
            .map(|flavor| ratios.of(*flavor).to_string())
            .collect();
        formatter.write_str(&weights.join(":"))
    }
}
