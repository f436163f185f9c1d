//! Names of experiments.

use crate::Error;
use crate::error::quoted;
use serde::{Deserialize, Serialize};

/// Name of an experiment: that of its table, in the address, on the command line and as a key.
///
/// Lower-case letters, digits and hyphens, at most 32 of them, stored in place, so that it is copied like a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExperimentId {
    bytes: [u8; Self::CAPACITY],
    length: u8,
}

impl ExperimentId {
    /// Most characters of a name.
    pub const CAPACITY: usize = 32;

    /// Germanium beside a power reactor.
    pub const DRESDEN_II: Self = Self::literal("dresden-ii");
    /// CsI at the Spallation Neutron Source.
    pub const COHERENT_CSI: Self = Self::literal("coherent-csi");
    /// Xenon and the Sun, 0.6 t yr.
    pub const XENON1T: Self = Self::literal("xenon1t");
    /// Xenon and the Sun, 0.48 t yr.
    pub const PANDAX_4T: Self = Self::literal("pandax-4t");

    /// Several experiments as one; no experiment has this name.
    pub const COMBINATION: Self = Self::literal("combination");

    /// The paper's experiments, in its order.
    pub const PAPER: [Self; 4] = [Self::DRESDEN_II, Self::COHERENT_CSI, Self::XENON1T, Self::PANDAX_4T];

    /// A name that stands in the source: those of the paper's experiments, which its figures need.
    const fn literal(name: &str) -> Self {
        let (from, mut bytes, mut index) = (name.as_bytes(), [0; Self::CAPACITY], 0);
        while index < from.len() {
            bytes[index] = from[index];
            index += 1;
        }
        Self {
            bytes,
            length: from.len() as u8,
        }
    }

    /// Checks a name. Whether there is such an experiment is for the [`Registry`](super::Registry) to say.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an empty or overlong name, or one with other characters.
    pub fn new(name: &str) -> Result<Self, Error> {
        let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || name.len() > Self::CAPACITY || !name.bytes().all(allowed) {
            let rule = format!("1 to {} lower-case letters, digits and hyphens", Self::CAPACITY);
            return Err(Error::input("experiment", quoted(name), rule));
        }
        Ok(Self::literal(name))
    }

    /// The name as text.
    #[must_use]
    pub fn name(&self) -> &str {
        // Both constructors copy whole ASCII strings.
        std::str::from_utf8(&self.bytes[..usize::from(self.length)]).unwrap_or_default()
    }
}

impl std::fmt::Display for ExperimentId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.name())
    }
}

impl std::fmt::Debug for ExperimentId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{:?}", self.name())
    }
}

impl TryFrom<String> for ExperimentId {
    type Error = Error;

    fn try_from(name: String) -> Result<Self, Error> {
        Self::new(&name)
    }
}

impl From<ExperimentId> for String {
    fn from(id: ExperimentId) -> Self {
        id.name().to_owned()
    }
}

impl std::str::FromStr for ExperimentId {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self, Error> {
        Self::new(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back_and_order_as_text() {
        let id = ExperimentId::new("xenon1t").expect("a name");
        assert_eq!((id, id.name()), (ExperimentId::XENON1T, "xenon1t"));
        assert!(ExperimentId::COHERENT_CSI < ExperimentId::DRESDEN_II);
        assert!(ExperimentId::new("a").expect("a name") < ExperimentId::new("a-b").expect("a name"));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for wrong in ["", "Dresden", "a b", "a&b", "ü", "<b>", &"a".repeat(33)] {
            assert!(ExperimentId::new(wrong).is_err(), "{wrong}");
        }
    }
}
