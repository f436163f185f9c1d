//! What several properties are tried on: every experiment at every detector setting, and numbers over many decades.

use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{DetectorSettings, ExperimentId, Registry, SourceSpec};
use dipole_portal::physics::detector::{LINDHARD_K_RANGE, Quenching, QuenchingModel};
use dipole_portal::physics::source::Component;
use dipole_portal::{Choice, Flavor};
use proptest::prelude::*;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// All four experiments, Dresden-II with each quenching model and at the ends of the Lindhard parameter.
pub(crate) static ANALYSES: LazyLock<Vec<Analysis>> = LazyLock::new(|| {
    let lindhard = |lindhard_k| DetectorSettings {
        quenching: Quenching::Lindhard,
        lindhard_k: Some(lindhard_k),
    };
    let ybe = DetectorSettings {
        quenching: Quenching::Ybe,
        ..DetectorSettings::default()
    };
    let others = ExperimentId::PAPER.iter().map(|id| (*id, DetectorSettings::default()));
    let dresden = [
        ybe,
        lindhard(LINDHARD_K_RANGE.0),
        lindhard(0.157),
        lindhard(LINDHARD_K_RANGE.1),
    ];
    others
        .chain(dresden.map(|detector| (ExperimentId::DRESDEN_II, detector)))
        .map(|(id, detector)| {
            let settings = Settings {
                detector,
                ..Settings::default()
            };
            Analysis::built_in(id, &settings).expect("sound tables")
        })
        .collect()
});

/// One of [`ANALYSES`], printed by name when a property fails.
#[derive(Clone, Copy)]
pub(crate) struct Named(&'static Analysis);

impl std::ops::Deref for Named {
    type Target = Analysis;

    fn deref(&self) -> &Analysis {
        self.0
    }
}

impl std::fmt::Debug for Named {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{} {:?}", self.experiment().id(), self.settings().detector)
    }
}

/// One of [`ANALYSES`].
pub(crate) fn any_analysis() -> impl Strategy<Value = Named> {
    (0..ANALYSES.len()).prop_map(|index| Named(&ANALYSES[index]))
}

/// A flavour.
pub(crate) fn any_flavor() -> impl Strategy<Value = Flavor> {
    prop::sample::select(Flavor::ALL)
}

/// A number whose logarithm is spread evenly.
pub(crate) fn decades(range: RangeInclusive<f64>) -> impl Strategy<Value = f64> {
    let (low, high) = range.into_inner();
    (low.ln()..=high.ln()).prop_map(move |log: f64| log.exp().clamp(low, high))
}

/// A mass of N in MeV within the allowed range: zero, the smallest floats, and fourteen decades.
pub(crate) fn any_mass_mev() -> impl Strategy<Value = f64> {
    prop_oneof![
        1 => Just(0.0),
        1 => Just(f64::MIN_POSITIVE),
        1 => Just(5e-324),
        1 => Just(1e3),
        8 => decades(1e-11..=1e3),
        12 => decades(1e-2..=1e2),
    ]
}

/// Quenching of germanium as in Dresden-II.
pub(crate) fn germanium(quenching: Quenching, lindhard_k: f64) -> Result<QuenchingModel, Error> {
    QuenchingModel::new(quenching, lindhard_k, &"germanium_quenching".into(), 32)
}

/// The source of a built-in experiment.
pub(crate) fn source(id: ExperimentId) -> SourceSpec {
    let registry = Registry::built_in().expect("sound tables");
    registry.get(id).expect("a built-in experiment").source().clone()
}

/// The kinds of neutrino from it.
pub(crate) fn components(id: ExperimentId) -> Vec<Component> {
    source(id).components().expect("sound tables")
}
