//! Numbers of every kind that must be the same wherever the program runs: natively and in a browser.

use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Combination, Settings, Subject};
use dipole_portal::experiment::{ExperimentId, IdealSpectrum, Registry};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Limit, Sides};

/// The numbers as they were computed natively: a name, a tabulator, the number with all its digits.
pub(crate) const NATIVE: &str = include_str!("../data/everywhere.tsv");

/// Points of a spectrum, and the most bins of a template, that are compared.
const POINTS: usize = 9;
const BINS: usize = 12;
const MASSES_MEV: [f64; 4] = [0.01, 0.3, 5.0, 25.0];

/// Name and value of each number. A limit that there is not is a negative number: which kind of none is the same everywhere, too.
pub(crate) fn numbers() -> Vec<(String, f64)> {
    let registry = Registry::built_in().expect("sound tables");
    let mut numbers = Vec::new();
    for spec in registry.specs() {
        let analysis = Analysis::new(spec, &Settings::default()).expect("sound tables");
        of_experiment(&analysis, &mut |what, value| {
            numbers.push((format!("{} {what}", spec.id()), value))
        });
    }
    let members = [ExperimentId::DRESDEN_II, ExperimentId::COHERENT_CSI];
    let both = Combination::new(&registry, &members, &Settings::default()).expect("sound tables");
    let flavor = Flavor::Electron;
    for mass_mev in MASSES_MEV {
        let limit = both
            .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
            .expect("converges");
        numbers.push((format!("dresden-ii + coherent-csi limit {mass_mev}"), as_number(limit)));
    }
    numbers
}

fn of_experiment(analysis: &Analysis, take: &mut impl FnMut(String, f64)) {
    let experiment = analysis.experiment();
    let spectrum = IdealSpectrum::over_view(experiment, POINTS).expect("a range of energies");
    for (point, rate) in spectrum.sm_per_kev().iter().enumerate() {
        take(format!("spectrum SM {point}"), *rate);
    }
    for (bin, counts) in some(&analysis.standard_model().sum()) {
        take(format!("events SM {bin}"), counts);
    }
    if let Some(fit) = analysis.sm_fit() {
        take("chi2 SM".to_owned(), fit.chi2);
    }
    for flavor in analysis.distinct_flavors() {
        for mass_mev in MASSES_MEV {
            let of = |what: &str| format!("{what} {flavor} {mass_mev}");
            let mut rates = vec![0.0; POINTS];
            spectrum.dipole_per_kev(flavor, mass_mev, Sign::Correct, &mut rates);
            for (point, rate) in rates.iter().enumerate() {
                take(format!("{} {point}", of("spectrum")), *rate);
            }
            let dipole = analysis.dipole(flavor, mass_mev);
            for (bin, counts) in some(&dipole.sum()) {
                take(format!("{} {bin}", of("events")), counts);
            }
            if let Some(fit) = analysis.fit(&dipole, 1e-16).expect("converges") {
                take(of("chi2"), fit.chi2);
            }
            for (name, level, sides) in [("limit 90", 0.9, Sides::Two), ("limit 95 one-sided", 0.95, Sides::One)] {
                let confidence = Confidence {
                    level: ConfidenceLevel::new(level).expect("a level"),
                    sides,
                    dof: Dof::One,
                };
                if let Ok(limit) = analysis.limit_per_gev(flavor, mass_mev, confidence) {
                    take(of(name), as_number(limit));
                }
            }
            if let Some(ceiling) = analysis.ceiling_per_gev(flavor, mass_mev) {
                take(of("upper end"), ceiling);
            }
        }
    }
}

/// So many bins, spread over all of them, with their places. Bins in the far tail of a resolution, below a millionth of the largest, are differences of two
/// numbers near 1, and have few digits of their own anywhere.
fn some(bins: &[f64]) -> impl Iterator<Item = (usize, f64)> {
    let step = bins.len().div_ceil(BINS);
    let least = 1e-6 * bins.iter().copied().fold(0.0, f64::max);
    let spread = bins.iter().copied().enumerate().step_by(step);
    spread.filter(move |(_, counts)| *counts >= least && *counts > 0.0)
}

fn as_number(limit: Limit) -> f64 {
    match limit {
        Limit::At(coupling_per_gev) => coupling_per_gev,
        Limit::NoSensitivity => -1.0,
        Limit::EverythingExcluded => -2.0,
    }
}

/// What differs from the file by more than this.
pub(crate) fn differing(tolerance: f64) -> Vec<String> {
    let numbers = numbers();
    let lines: Vec<_> = NATIVE.lines().collect();
    let mut differing = Vec::new();
    if lines.len() != numbers.len() {
        differing.push(format!("{} numbers, {} in the file", numbers.len(), lines.len()));
    }
    for ((name, got), line) in numbers.iter().zip(lines) {
        let native = line
            .strip_prefix(&format!("{name}\t"))
            .and_then(|number| number.parse::<f64>().ok());
        let is_same = native.is_some_and(|native| (got - native).abs() <= tolerance * native.abs());
        if !is_same {
            differing.push(format!("{name}: {got:e}, {line}"));
        }
    }
    differing
}
