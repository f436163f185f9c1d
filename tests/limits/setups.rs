//! Analyses that several tests try, and the two chi-squares as functions of one list of numbers.

use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, Fluxes, Settings};
use dipole_portal::experiment::{DetectorSettings, ExperimentId};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, Counts, Likelihood, Profile, UpperLimit, limit};

pub(crate) fn settings(quenching: Quenching, lindhard_k: f64, flux: f64) -> Settings {
    Settings {
        detector: DetectorSettings {
            quenching,
            lindhard_k: Some(lindhard_k),
        },
        fluxes: Fluxes::all(flux),
        ..Settings::default()
    }
}

pub(crate) fn dresden_ii(quenching: Quenching) -> Analysis {
    Analysis::built_in(ExperimentId::DRESDEN_II, &settings(quenching, 0.157, 1.0)).expect("sound tables")
}

pub(crate) fn coherent() -> Analysis {
    Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default()).expect("sound tables")
}

/// The same flux of every source.
pub(crate) fn at_flux(flux: f64) -> Settings {
    Settings {
        fluxes: Fluxes::all(flux),
        ..Settings::default()
    }
}

pub(crate) fn likelihood(analysis: &Analysis) -> &dyn Likelihood {
    analysis.statistic().likelihood().expect("the experiment has data")
}

/// The experiment's own data against an expectation.
pub(crate) fn counts<'a>(likelihood: &'a dyn Likelihood, sm: &'a [f64], dipole: &'a [f64]) -> Counts<'a> {
    Counts::new(likelihood.observed(), sm, dipole)
}

/// The 90 % limit and the minimum below it, from a cold start.
pub(crate) fn limit90(likelihood: &dyn Likelihood, counts: Counts) -> UpperLimit {
    let step = Confidence::PAPER.delta_chi2();
    let start = likelihood.start(counts).expect("a start");
    limit(likelihood, counts, step, &start).expect("the search converges")
}

/// A profile from a cold start.
pub(crate) fn cold_profile(likelihood: &dyn Likelihood, counts: Counts, strength: f64) -> Result<Profile, Error> {
    likelihood.profile(counts, strength, &mut likelihood.start(counts)?)
}

/// Chi-square of a profile from a cold start.
pub(crate) fn cold(likelihood: &dyn Likelihood, counts: Counts, strength: f64) -> f64 {
    cold_profile(likelihood, counts, strength)
        .expect("the fit converges")
        .chi2
}

/// Allowed ranges of A, B, C, h, w (keV), c (keV), r and a: the definition of the Dresden-II fit.
const RANGES: [(f64, f64); 8] = [
    (0.0, f64::INFINITY),
    (0.0, f64::INFINITY),
    (0.0, f64::INFINITY),
    (0.0, f64::INFINITY),
    (1e-3, f64::INFINITY),
    (1.2, 1.4),
    (0.0, f64::INFINITY),
    (-1.0, f64::INFINITY),
];

/// Chi-square of Dresden-II over A, B, C, h, w, c, r, a; infinite outside their ranges.
pub(crate) fn ionisation_chi2(likelihood: &dyn Likelihood, counts: Counts, strength: f64, values: &[f64]) -> f64 {
    let inside = values
        .iter()
        .zip(RANGES)
        .all(|(value, (low, high))| (low..=high).contains(value));
    if !inside || strength < 0.0 {
        return f64::INFINITY;
    }
    likelihood.chi2(counts, strength, values)
}

/// Chi-square of COHERENT over the four etas; infinite for a negative strength or factor.
pub(crate) fn counting_chi2(likelihood: &dyn Likelihood, counts: Counts, strength: f64, etas: &[f64]) -> f64 {
    if strength < 0.0 || etas.iter().any(|eta| *eta < -1.0) {
        return f64::INFINITY;
    }
    likelihood.chi2(counts, strength, etas)
}
