//! Which flavours a curve is about.

use crate::choice::Choice;
use crate::error::quoted;
use crate::{Error, Flavor};

/// How a table says that the source assumes one coupling for all flavours.
const UNIVERSAL: &str = "universal";

/// A set of flavours, never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FlavorSet([bool; 3]);

impl FlavorSet {
    /// Every flavour: the curve is for one coupling common to all.
    pub const UNIVERSAL: Self = Self([true; 3]);

    /// One flavour alone.
    #[must_use]
    pub fn one(flavor: Flavor) -> Self {
        let mut members = [false; 3];
        members[flavor.index()] = true;
        Self(members)
    }

    /// Reads a list such as `e, mu`, or `universal`.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an unknown or repeated flavour and for an empty list.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if text == UNIVERSAL {
            return Ok(Self::UNIVERSAL);
        }
        let mut members = [false; 3];
        for name in text.split(',').map(str::trim_start) {
            let member = &mut members[Flavor::from_name(name)?.index()];
            if std::mem::replace(member, true) {
                return Err(Error::input("flavor", quoted(text), "each flavour once"));
            }
        }
        Ok(Self(members))
    }

    /// Whether a flavour belongs to the set.
    #[must_use]
    pub fn contains(self, flavor: Flavor) -> bool {
        self.0[flavor.index()]
    }

    /// The flavours that belong to both sets; `None` if there are none.
    #[must_use]
    pub fn shared_with(self, other: Self) -> Option<Self> {
        let shared = Self(std::array::from_fn(|index| self.0[index] && other.0[index]));
        shared.0.contains(&true).then_some(shared)
    }
}

/// As a table writes it: `universal`, or a list such as `e, mu`.
impl std::fmt::Display for FlavorSet {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if *self == Self::UNIVERSAL {
            return formatter.write_str(UNIVERSAL);
        }
        let names: Vec<&str> = Flavor::ALL
            .iter()
            .filter(|flavor| self.contains(**flavor))
            .map(|flavor| flavor.name())
            .collect();
        formatter.write_str(&names.join(", "))
    }
}
