//! The one table of numbers that a visitor can set. State, address, sliders, boxes and command line take from it.

use super::unit::{self, Unit};
use crate::analysis::{COUPLING_RANGE_PER_GEV, FLUX_RANGE, MASS_RANGE_MEV};
use crate::choice::named_choice;
use crate::page::plane_frame::START_COUPLINGS_PER_GEV;
use crate::page::state::{COUPLING_PER_GEV, MASS_MEV, START_COUPLING_PER_GEV, START_MASS_MEV};
use crate::page::words;
use crate::physics::detector::LINDHARD_K_RANGE;
use crate::statistics::ConfidenceLevel;

named_choice! {
    /// A number that a visitor can set; its name is its key in the address and its option on the command line.
    "number": pub enum NumberKey {
        /// Mass of N.
        Mass = "mass",
        /// Coupling d.
        Coupling = "coupling",
        /// Parameter of the Lindhard model.
        LindhardK = "lindhard-k",
        /// Multiple of the nominal flux of a source.
        Flux = "flux",
        /// Confidence level of the limits.
        Level = "cl",
        /// One end of the masses that the plane shows.
        PlaneMassFrom = "plane-mass-from",
        /// The other end.
        PlaneMassTo = "plane-mass-to",
        /// One end of the couplings that the plane shows.
        PlaneFrom = "plane-from",
        /// The other end.
        PlaneTo = "plane-to",
    }
}

/// How positions of a slider belong to values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The position is the value.
    Linear,
    /// The position is the decimal logarithm of the value.
    Logarithmic,
}

/// A row of the table. Values are in the first of the units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Number {
    /// Its key.
    pub key: NumberKey,
    /// Its name for people.
    pub label: &'static str,
    /// Units in which it can be written; the first is that of every value, and of text without a unit.
    pub units: &'static [Unit],
    /// Smallest and largest value that can be computed: the command line takes these.
    pub allowed: (f64, f64),
    /// Smallest and largest value that the page offers.
    pub offered: (f64, f64),
    /// Scale of its slider.
    pub scale: Scale,
    /// Step of its slider, in the units of its track.
    pub step: f64,
    /// Significant digits of a value that is set by hand, with a slider or a pointer.
    pub hand_digits: usize,
    /// Value at the start; `None` where it is a row of the experiment's table, under the same key.
    pub default: Option<f64>,
    /// Whether a bare number above 1 means per cent.
    pub bare_percent: bool,
}

const MASS: Number = Number {
    key: NumberKey::Mass,
    label: words::MASS,
    units: &unit::MASS,
    allowed: MASS_RANGE_MEV,
    offered: MASS_MEV,
    scale: Scale::Logarithmic,
    step: 0.01,
    hand_digits: 3,
    default: Some(START_MASS_MEV),
    bare_percent: false,
};

const COUPLING: Number = Number {
    key: NumberKey::Coupling,
    label: words::COUPLING,
    units: &unit::COUPLING,
    allowed: COUPLING_RANGE_PER_GEV,
    offered: COUPLING_PER_GEV,
    scale: Scale::Logarithmic,
    step: 0.01,
    hand_digits: 3,
    default: Some(START_COUPLING_PER_GEV),
    bare_percent: false,
};

static LINDHARD_K: Number = Number {
    key: NumberKey::LindhardK,
    label: words::LINDHARD_K,
    units: &unit::NUMBER,
    allowed: LINDHARD_K_RANGE,
    offered: LINDHARD_K_RANGE,
    scale: Scale::Linear,
    step: 0.001,
    hand_digits: 3,
    default: None,
    bare_percent: false,
};

static FLUX: Number = Number {
    key: NumberKey::Flux,
    label: words::FLUX,
    units: &unit::NUMBER,
    allowed: FLUX_RANGE,
    offered: FLUX_RANGE,
    scale: Scale::Logarithmic,
    step: 0.005,
    hand_digits: 3,
    default: Some(1.0),
    bare_percent: false,
};

static LEVEL: Number = Number {
    key: NumberKey::Level,
    label: words::LEVEL,
    units: &unit::NUMBER,
    allowed: ConfidenceLevel::RANGE,
    offered: ConfidenceLevel::RANGE,
    scale: Scale::Linear,
    step: 0.001,
    hand_digits: 3,
    default: Some(ConfidenceLevel::NINETY.level()),
    bare_percent: true,
};

/// An end of the masses that the plane shows.
const fn plane_mass(key: NumberKey, end_mev: f64) -> Number {
    Number {
        key,
        label: words::PLANE_MASS,
        default: Some(end_mev),
        ..MASS
    }
}

/// An end of the couplings that the plane shows.
const fn plane_coupling(key: NumberKey, end_per_gev: f64) -> Number {
    Number {
        key,
        label: words::PLANE_COUPLING,
        default: Some(end_per_gev),
        ..COUPLING
    }
}

static PLANE_MASS_FROM: Number = plane_mass(NumberKey::PlaneMassFrom, MASS_MEV.0);
static PLANE_MASS_TO: Number = plane_mass(NumberKey::PlaneMassTo, MASS_MEV.1);
static PLANE_FROM: Number = plane_coupling(NumberKey::PlaneFrom, START_COUPLINGS_PER_GEV.0);
static PLANE_TO: Number = plane_coupling(NumberKey::PlaneTo, START_COUPLINGS_PER_GEV.1);

impl NumberKey {
    /// Its row of the table.
    #[must_use]
    pub fn row(self) -> &'static Number {
        match self {
            Self::Mass => &MASS,
            Self::Coupling => &COUPLING,
            Self::LindhardK => &LINDHARD_K,
            Self::Flux => &FLUX,
            Self::Level => &LEVEL,
            Self::PlaneMassFrom => &PLANE_MASS_FROM,
            Self::PlaneMassTo => &PLANE_MASS_TO,
            Self::PlaneFrom => &PLANE_FROM,
            Self::PlaneTo => &PLANE_TO,
        }
    }
}

impl Number {
    /// The unit that values are in.
    #[must_use]
    pub fn unit(&self) -> &'static Unit {
        &self.units[0]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Choice;
    use crate::physics::units::CouplingUnit;

    #[test]
    fn every_row_is_sound() {
        for key in NumberKey::ALL {
            let row = key.row();
            assert_eq!(row.key, *key);
            assert!(
                row.allowed.0 <= row.offered.0 && row.offered.1 <= row.allowed.1,
                "{key}"
            );
            assert!(row.scale == Scale::Linear || row.offered.0 > 0.0, "{key}");
            if let Some(value) = row.default {
                assert!((row.offered.0..=row.offered.1).contains(&value), "{key}");
            }
        }
    }

    #[test]
    fn units_of_the_coupling_are_those_of_the_core() {
        assert_eq!(COUPLING.units.len(), CouplingUnit::ALL.len());
        for (row, unit) in COUPLING.units.iter().zip(CouplingUnit::ALL) {
            assert_eq!((row.name, row.symbol), (unit.name(), unit.symbol()));
            assert_eq!(row.factor() * 10_f64.powi(row.power()), unit.per_gev());
        }
    }
}
