//! Analyses that several tests try, and the two chi-squares as functions of one list of numbers.

use dipole_portal::analysis::{Analysis, Fluxes, Settings, Statistic};
use dipole_portal::experiment::{DetectorSettings, ExperimentId};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{
    Confidence, Counting, Ionisation, IonisationNuisances, Likelihood, Signal, UpperLimit, limit,
};

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
    Analysis::built_in(ExperimentId::DRESDEN_II, settings(quenching, 0.157, 1.0)).expect("sound tables")
}

pub(crate) fn coherent() -> Analysis {
    Analysis::built_in(ExperimentId::COHERENT_CSI, Settings::default()).expect("sound tables")
}

pub(crate) fn ionisation(analysis: &Analysis) -> &Ionisation {
    match analysis.statistic() {
        Statistic::Ionisation(likelihood) => Some(likelihood),
        _ => None,
    }
    .expect("Dresden-II measures ionisation")
}

pub(crate) fn counting(analysis: &Analysis) -> &Counting {
    match analysis.statistic() {
        Statistic::Counting(likelihood) => Some(likelihood),
        _ => None,
    }
    .expect("COHERENT counts")
}

/// The 90 % limit and the minimum below it, from a cold start.
pub(crate) fn limit90<L: Likelihood>(likelihood: &L, signal: Signal) -> UpperLimit<L::Nuisances> {
    let step = Confidence::PAPER.delta_chi2();
    limit(likelihood, signal, step, &likelihood.start()).expect("the search converges")
}

/// Chi-square of a profile from a cold start.
pub(crate) fn cold<L: Likelihood>(likelihood: &L, signal: Signal, strength: f64) -> f64 {
    likelihood
        .profile(signal, strength, &mut likelihood.start())
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
pub(crate) fn ionisation_chi2(likelihood: &Ionisation, signal: Signal, strength: f64, values: &[f64]) -> f64 {
    let inside = values
        .iter()
        .zip(RANGES)
        .all(|(value, (low, high))| (low..=high).contains(value));
    if !inside || strength < 0.0 {
        return f64::INFINITY;
    }
    let nuisances = IonisationNuisances {
        constant: values[0],
        exponential: values[1],
        slope_per_kev: values[2],
        line_height: values[3],
        line_width_kev: values[4],
        line_energy_kev: values[5],
        m_ratio: values[6],
        signal_shift: values[7],
    };
    likelihood.chi2(signal, strength, &nuisances)
}

/// Chi-square of COHERENT over the four etas; infinite for a negative strength.
pub(crate) fn counting_chi2(likelihood: &Counting, signal: Signal, strength: f64, etas: &[f64]) -> f64 {
    if strength < 0.0 {
        return f64::INFINITY;
    }
    likelihood.chi2(signal, strength, &[etas[0], etas[1], etas[2], etas[3]])
}
