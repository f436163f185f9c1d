//! What experiments at one source have in common: how well its flux is known.

use crate::data::{self, Inputs, Reader};
use crate::error::shortened;
use crate::numerics::decimal;
use crate::physics::source::SourceKind;
use crate::{Choice, Error};

/// Name of the table.
const TABLE: &str = "shared_fluxes";
/// How the table says that the best-known experiment gives the width.
const SMALLEST: &str = "smallest";

/// Width of the prior on a flux that several experiments share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SharedWidth {
    /// Nothing is shared.
    Nothing,
    /// A relative uncertainty of the flux.
    Known(f64),
    /// The smallest uncertainty that one of the experiments gives its signal.
    Smallest,
}

/// What is shared at each kind of source.
#[derive(Clone, Debug, PartialEq)]
pub struct Shares {
    /// By the order of [`SourceKind::ALL`].
    widths: [SharedWidth; SourceKind::ALL.len()],
    least_own: f64,
}

impl Shares {
    /// What `data/shared_fluxes.csv` says.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a row that is missing, malformed or not known.
    pub fn built_in() -> Result<Self, Error> {
        let inputs = Inputs::new(&data::table(TABLE)?)?;
        let mut reader = Reader::new(&inputs);
        let mut widths = [SharedWidth::Nothing; SourceKind::ALL.len()];
        for (width, source) in widths.iter_mut().zip(SourceKind::ALL) {
            *width = width_of(&mut reader, &format!("{source}-flux-uncertainty"))?;
        }
        let least_own = reader.positive("own-uncertainty-least")?;
        reader.finish().map(|()| Self { widths, least_own })
    }

    /// Nothing is shared, whatever the sources: the chi-squares simply add.
    #[must_use]
    pub fn none() -> Self {
        Self {
            widths: [SharedWidth::Nothing; SourceKind::ALL.len()],
            least_own: f64::MIN_POSITIVE,
        }
    }

    /// The same with another width at one source.
    #[must_use]
    pub fn with(mut self, source: SourceKind, width: SharedWidth) -> Self {
        for (place, known) in self.widths.iter_mut().zip(SourceKind::ALL) {
            if *known == source {
                *place = width;
            }
        }
        self
    }

    /// The width for experiments at a source that know their signals to `own`, all relative; `None` where nothing is shared: fewer than two experiments.
    #[must_use]
    pub fn width(&self, source: SourceKind, own: &[f64]) -> Option<f64> {
        let place = SourceKind::ALL.iter().position(|known| *known == source)?;
        match self.widths[place] {
            _ if own.len() < 2 => None,
            SharedWidth::Nothing => None,
            SharedWidth::Known(width) => Some(width),
            SharedWidth::Smallest => own.iter().copied().reduce(f64::min),
        }
    }

    /// What an experiment knows of its signal besides a shared width; `None` if that is larger than its own.
    #[must_use]
    pub fn own_besides(&self, own: f64, shared: f64) -> Option<f64> {
        (own >= shared).then(|| ((own - shared) * (own + shared)).sqrt().max(self.least_own))
    }
}

/// A positive number, or `smallest`.
fn width_of(reader: &mut Reader, key: &str) -> Result<SharedWidth, Error> {
    let text = reader.text(key)?;
    if text == SMALLEST {
        return Ok(SharedWidth::Smallest);
    }
    let width = decimal::parse(&text).filter(|width| *width > 0.0);
    let wrong = || {
        reader.error(format!(
            "'{key}' must be above zero, or {SMALLEST}: {}",
            shortened(&text)
        ))
    };
    width.map(SharedWidth::Known).ok_or_else(wrong)
}
