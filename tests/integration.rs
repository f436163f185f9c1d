//! How far the integrals over recoil energy are from those on a grid that is 16 times finer.

use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{DetectorSettings, ExperimentId, Prediction, Template};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, Counts, limit};

/// Cells of the grid that stands for the truth, for one of the core's.
const FINER: f64 = 16.0;
/// Largest error of a bin above 1 % of the largest (measured at 200 masses: 3e-5).
const TEMPLATES: f64 = 5e-5;
/// Largest error of a limit (measured at the same masses: 7e-6).
const LIMITS: f64 = 2e-5;

/// Every experiment, and germanium with every quenching model.
fn analyses() -> Vec<Analysis> {
    let lindhard = [0.05, 0.157, 0.3].map(|k| (Quenching::Lindhard, Some(k)));
    let quenchings = [(Quenching::Fef, None), (Quenching::Ybe, None)];
    let dresden = quenchings
        .into_iter()
        .chain(lindhard)
        .map(|(quenching, lindhard_k)| (ExperimentId::DRESDEN_II, DetectorSettings { quenching, lindhard_k }));
    let others = [
        ExperimentId::COHERENT_CSI,
        ExperimentId::XENON1T,
        ExperimentId::PANDAX_4T,
        ExperimentId::new("conus-plus").expect("a name"),
    ];
    dresden
        .chain(others.map(|id| (id, DetectorSettings::default())))
        .map(|(id, detector)| {
            let settings = Settings {
                detector,
                ..Settings::default()
            };
            Analysis::built_in(id, &settings).expect("sound tables")
        })
        .collect()
}

fn finer(analysis: &Analysis) -> Prediction {
    Prediction::refined(analysis.experiment(), analysis.settings().detector, FINER).expect("sound tables")
}

/// Masses in MeV up to close to what the source can make, as shares of its highest energy. (Above, where all recoils fall
/// into a few cells, a template on xenon is right to 1e-3 only, and smaller by orders of magnitude.)
fn masses(analysis: &Analysis) -> Vec<f64> {
    let components = analysis.experiment().components().iter();
    let highest = components
        .map(|component| component.spectrum.highest_energy_mev())
        .fold(0.0, f64::max);
    [0.0, 1e-3, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
        .map(|share| share * highest)
        .to_vec()
}

/// Largest relative difference of bins above 1 % of the largest, in either kind of recoil and in both together.
fn largest_error(got: &Template, truth: &Template) -> f64 {
    let (got_sum, sum) = (got.sum(), truth.sum());
    let counted = 0.01 * sum.iter().copied().fold(0.0, f64::max);
    let pairs = [
        (&got.nucleus, &truth.nucleus),
        (&got.electron, &truth.electron),
        (&got_sum, &sum),
    ];
    let bins = pairs.iter().flat_map(|(got, truth)| got.iter().zip(*truth));
    bins.filter(|(_, truth)| **truth > counted)
        .map(|(got, truth)| (got / truth - 1.0).abs())
        .fold(0.0, f64::max)
}

#[test]
fn templates_are_integrals() {
    for analysis in analyses() {
        let what = format!("{} {:?}", analysis.experiment().id(), analysis.settings().detector);
        let finer = finer(&analysis);
        let error = largest_error(&analysis.prediction().standard_model(), &finer.standard_model());
        assert!(error < TEMPLATES, "{what}: SM {error:e}");
        for flavor in analysis.experiment().flavors() {
            for mass in masses(&analysis) {
                let got = analysis.prediction().dipole(flavor, mass, Sign::Correct);
                let error = largest_error(&got, &finer.dipole(flavor, mass, Sign::Correct));
                assert!(error < TEMPLATES, "{what}: {flavor} at {mass} MeV {error:e}");
            }
        }
    }
}

#[test]
fn limits_are_those_of_the_integrals() {
    for analysis in analyses() {
        let what = format!("{} {:?}", analysis.experiment().id(), analysis.settings().detector);
        let Some(likelihood) = analysis.statistic().likelihood() else {
            continue;
        };
        let finer = finer(&analysis);
        let sm = finer.standard_model().sum();
        for flavor in analysis.experiment().flavors() {
            for mass in masses(&analysis) {
                let Some(got) = analysis
                    .limit_per_gev(flavor, mass, Confidence::PAPER)
                    .expect("converges")
                    .value()
                else {
                    continue;
                };
                let dipole = finer.dipole(flavor, mass, Sign::Correct).sum();
                let counts = Counts::new(likelihood.observed(), &sm, &dipole);
                let start = likelihood.start(counts).expect("a start");
                let found = limit(likelihood, counts, Confidence::PAPER.delta_chi2(), &start).expect("converges");
                let truth = found.limit.value().expect("a limit").sqrt() * 1e3;
                let error = (got / truth - 1.0).abs();
                assert!(error < LIMITS, "{what}: limit for {flavor} at {mass} MeV {error:e}");
            }
        }
    }
}
