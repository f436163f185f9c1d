//! Which inputs of an experiment can be changed, how far, and what a change means for its data.

/// How an input is changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Range {
    /// By factors around the value of the table.
    Factor {
        /// Up to this factor, downwards and upwards.
        most: f64,
    },
    /// Between two values.
    Between {
        /// The smallest.
        low: f64,
        /// The largest.
        high: f64,
    },
    /// One of several values.
    Options(&'static [&'static str]),
}

/// An input that can be changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adjustable {
    /// Key of its row.
    pub key: &'static str,
    /// How.
    pub range: Range,
    /// Whether other data would have been observed: then what was observed no longer belongs to the experiment, and the expectation takes its place.
    /// A change of theory or of what is known about the experiment leaves the data.
    pub changes_the_data: bool,
    /// By how much it is varied to see how much it matters.
    pub variation: Variation,
}

/// How large a step is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// A share of the value.
    Share(f64),
    /// An amount in the unit of the row.
    Amount(f64),
}

/// A variation of an input: one standard deviation where one is known, else what is usual to ask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Variation {
    /// Down and up by one standard deviation, where the source of the row or a prior of the analysis gives one.
    Deviation(Step),
    /// Down and up by what is usual to ask.
    Stated(Step),
    /// To one other value: what others take.
    To(&'static str),
    /// To every other option.
    Others,
}

const fn row(key: &'static str, range: Range, changes_the_data: bool, variation: Variation) -> Adjustable {
    Adjustable {
        key,
        range,
        changes_the_data,
        variation,
    }
}

const TEN: Range = Range::Factor { most: 10.0 };
const SWITCH: Range = Range::Options(&["on", "off"]);

use Step::{Amount, Share};
use Variation::{Deviation, Others, Stated, To};

/// Every input that can be changed. What is not here names a table, a kind or a place in a list, and makes another experiment.
///
/// Variations are those of the sources of each row where these give an uncertainty (flux of the SNS 10 %, of pp neutrinos 0.6 %), the cut on ionisation that others take
/// (50 eV), else a tenth: a question, not a measurement. Where an experiment has a nuisance for the input, its width takes their place ([`ListedInput`](super::ListedInput)).
pub const ADJUSTABLE: &[Adjustable] = &[
    // Sources.
    row("flux", TEN, false, Stated(Share(0.1))),
    row(
        "fission-u235",
        Range::Between { low: 0.0, high: 1.0 },
        false,
        Stated(Share(0.05)),
    ),
    row(
        "fission-pu239",
        Range::Between { low: 0.0, high: 1.0 },
        false,
        Stated(Share(0.05)),
    ),
    row(
        "fission-u238",
        Range::Between { low: 0.0, high: 1.0 },
        false,
        Stated(Share(0.05)),
    ),
    row(
        "fission-pu241",
        Range::Between { low: 0.0, high: 1.0 },
        false,
        Stated(Share(0.05)),
    ),
    row("thermal-power", TEN, true, Stated(Share(0.02))),
    row(
        "energy-per-fission",
        Range::Between {
            low: 150.0,
            high: 250.0,
        },
        false,
        Stated(Share(0.005)),
    ),
    row(
        "protons-on-target",
        Range::Factor { most: 100.0 },
        true,
        Stated(Share(0.1)),
    ),
    row("neutrinos-per-proton", TEN, false, Deviation(Share(0.1))),
    row("distance", TEN, true, Stated(Share(0.01))),
    row("oscillation-set", Range::Options(&["nufit", "maximal"]), false, Others),
    row("pp-flux-scale", TEN, false, Deviation(Share(0.006))),
    row("be7-flux-scale", TEN, false, Deviation(Share(0.06))),
    row("pep-flux-scale", TEN, false, Deviation(Share(0.01))),
    // Targets.
    row("atoms", Range::Factor { most: 1000.0 }, true, Stated(Share(0.01))),
    row("exposure", Range::Factor { most: 1000.0 }, true, Stated(Share(0.1))),
    row("target-mass", Range::Factor { most: 1000.0 }, true, Stated(Share(0.01))),
    row(
        "target-exposure",
        Range::Factor { most: 1000.0 },
        true,
        Stated(Share(0.1)),
    ),
    row("molar-mass", Range::Factor { most: 2.0 }, true, Stated(Share(0.01))),
    row("detector-size", TEN, false, Stated(Share(0.1))),
    // Detectors. The lowest ionisation that counts is a matter of how far the response is believed, not of the data.
    row(
        "ionisation-threshold",
        Range::Between { low: 1.0, high: 200.0 },
        false,
        To("50"),
    ),
    row("noise", Range::Factor { most: 4.0 }, true, Stated(Share(0.05))),
    row(
        "fano",
        Range::Between { low: 0.0, high: 1.0 },
        false,
        Stated(Share(0.1)),
    ),
    row("pair-energy", Range::Factor { most: 4.0 }, false, Stated(Share(0.02))),
    row(
        "light-yield",
        Range::Options(&["polynomial", "constant"]),
        false,
        Others,
    ),
    row("light-yield-1", Range::Factor { most: 3.0 }, false, Stated(Share(0.05))),
    row("light-yield-2", Range::Factor { most: 3.0 }, false, Stated(Share(0.05))),
    row("light-yield-3", Range::Factor { most: 3.0 }, false, Stated(Share(0.05))),
    row("light-yield-4", Range::Factor { most: 3.0 }, false, Stated(Share(0.05))),
    row(
        "light-yield-constant",
        Range::Between { low: 0.01, high: 0.3 },
        false,
        Deviation(Amount(0.0166)),
    ),
    row(
        "light-yield-scale",
        Range::Factor { most: 3.0 },
        false,
        Stated(Share(0.038)),
    ),
    row(
        "energy-per-photoelectron",
        Range::Factor { most: 4.0 },
        true,
        Stated(Share(0.01)),
    ),
    row("photoelectron-shape", TEN, false, Stated(Share(0.1))),
    row(
        "efficiency-amplitude",
        Range::Factor { most: 4.0 },
        true,
        Stated(Share(0.05)),
    ),
    row(
        "efficiency-slope",
        Range::Factor { most: 4.0 },
        true,
        Stated(Share(0.05)),
    ),
    row(
        "efficiency-middle",
        Range::Factor { most: 4.0 },
        true,
        Stated(Share(0.05)),
    ),
    row(
        "efficiency-offset",
        Range::Between { low: 0.0, high: 1.0 },
        true,
        Stated(Share(0.05)),
    ),
    row("time-efficiency-start", TEN, true, Stated(Share(0.1))),
    row("time-efficiency-rate", TEN, true, Stated(Share(0.1))),
    row(
        "resolution-sqrt",
        Range::Factor { most: 4.0 },
        true,
        Stated(Share(0.05)),
    ),
    row(
        "resolution-linear",
        Range::Between { low: 0.0, high: 0.5 },
        true,
        Stated(Share(0.1)),
    ),
    row(
        "efficiency-scale",
        Range::Between { low: 0.0, high: 10.0 },
        true,
        Stated(Share(0.05)),
    ),
    row(
        "pulse-mean",
        Range::Between { low: 0.0, high: 2.0 },
        true,
        Deviation(Amount(0.2)),
    ),
    row("pulse-width", Range::Factor { most: 10.0 }, true, Stated(Share(0.1))),
    row("pulse-shift", TEN, false, Stated(Share(0.5))),
    row("timing", SWITCH, false, Others),
    row("recoil-low", Range::Between { low: 0.0, high: 5.0 }, true, To("0.5")),
    row("recoil-high", Range::Factor { most: 10.0 }, true, Stated(Share(0.1))),
    row(
        "efficiency",
        Range::Between { low: 0.0, high: 1.0 },
        true,
        Stated(Share(0.1)),
    ),
    row("electron-recoils", SWITCH, true, Others),
    // Backgrounds.
    row(
        "background-counts",
        Range::Factor { most: 1000.0 },
        true,
        Stated(Share(0.1)),
    ),
    row(
        "background-level",
        Range::Between { low: 0.0, high: 100.0 },
        true,
        Stated(Share(0.1)),
    ),
    row(
        "brn-normalisation",
        Range::Between { low: 0.0, high: 100.0 },
        true,
        Stated(Share(0.25)),
    ),
    row(
        "late-brn-normalisation",
        Range::Between { low: 0.0, high: 100.0 },
        true,
        Stated(Share(1.0)),
    ),
    row(
        "brn-time",
        Range::Between { low: 0.0, high: 2.0 },
        true,
        Deviation(Amount(0.0976)),
    ),
    row("brn-width", Range::Factor { most: 4.0 }, true, Deviation(Amount(0.096))),
    row(
        "nin-normalisation",
        Range::Between { low: 0.0, high: 100.0 },
        true,
        Stated(Share(0.35)),
    ),
    row(
        "ssb-normalisation",
        Range::Between { low: 0.0, high: 100.0 },
        true,
        Stated(Share(0.021)),
    ),
    // Statistics.
    row("signal-uncertainty", TEN, false, Stated(Share(0.5))),
    row("background-uncertainty", TEN, false, Stated(Share(0.5))),
    row("brn-uncertainty", TEN, false, Stated(Share(0.5))),
    row("late-brn-uncertainty", TEN, false, Stated(Share(0.5))),
    row("brn-time-shift", TEN, false, Stated(Share(0.5))),
    row("brn-width-shift", TEN, false, Stated(Share(0.5))),
    row("argon37-uncertainty", TEN, false, Stated(Share(0.5))),
    row("nin-uncertainty", TEN, false, Stated(Share(0.5))),
    row("ssb-uncertainty", TEN, false, Stated(Share(0.5))),
    row("flux-uncertainty", TEN, false, Stated(Share(0.5))),
    row("efficiency-uncertainty", TEN, false, Stated(Share(0.5))),
    row("signal-shape-uncertainty", TEN, false, Stated(Share(0.5))),
    row("background-shape-uncertainty", TEN, false, Stated(Share(0.5))),
    row("background-uncertainty-scale", TEN, false, Stated(Share(0.5))),
    row("m-shell-prior", SWITCH, false, Others),
    row(
        "m-shell-ratio",
        Range::Factor { most: 4.0 },
        false,
        Stated(Amount(0.03)),
    ),
    row("m-shell-uncertainty", TEN, false, Stated(Share(0.5))),
    row(
        "l1-energy-low",
        Range::Between { low: 1.0, high: 1.3 },
        false,
        Stated(Amount(0.02)),
    ),
    row(
        "l1-energy-high",
        Range::Between { low: 1.3, high: 1.5 },
        false,
        Stated(Amount(0.02)),
    ),
    row(
        "l2-energy",
        Range::Between { low: 1.0, high: 1.3 },
        false,
        Stated(Amount(0.01)),
    ),
    row(
        "m-energy",
        Range::Between { low: 0.1, high: 0.25 },
        false,
        Stated(Amount(0.005)),
    ),
    row("l2-ratio", TEN, false, Stated(Share(0.1))),
    row("flux-bound", TEN, false, Stated(Share(0.1))),
    // What all experiments share.
    row(
        "proton-coupling-e",
        Range::Factor { most: 2.0 },
        false,
        Stated(Share(0.02)),
    ),
    row(
        "proton-coupling-mu",
        Range::Factor { most: 2.0 },
        false,
        Stated(Share(0.02)),
    ),
    row(
        "proton-coupling-tau",
        Range::Factor { most: 2.0 },
        false,
        Stated(Share(0.02)),
    ),
    row(
        "neutron-coupling",
        Range::Factor { most: 2.0 },
        false,
        Stated(Share(0.002)),
    ),
    row(
        "sin2-weak-angle",
        Range::Between { low: 0.2, high: 0.28 },
        false,
        Stated(Amount(0.0002)),
    ),
    row(
        "form-factor-surface",
        Range::Between { low: 0.1, high: 2.0 },
        false,
        Stated(Share(0.1)),
    ),
    row(
        "nuclear-radius-scale",
        Range::Between { low: 0.5, high: 2.0 },
        false,
        Stated(Share(0.03)),
    ),
    row(
        "electron-binding",
        Range::Options(&["steps", "free", "none"]),
        false,
        Others,
    ),
];

/// How a row can be changed; `None` where it cannot be changed. On the live page nothing can ([`WORKSHOP`](crate::WORKSHOP)), and it does not carry the table.
#[must_use]
pub fn find(key: &str) -> Option<&'static Adjustable> {
    if !crate::WORKSHOP {
        return None;
    }
    ADJUSTABLE.iter().find(|row| row.key == key)
}
