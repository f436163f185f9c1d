//! What a limit costs, counted and not timed: operations are the same on every machine, however busy. A change that makes them more is seen here; one that makes
//! them fewer lowers the number.

use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{ExperimentId, Registry};
use dipole_portal::statistics::{
    Background, Confidence, Counts, Likelihood, Limit, Parameter, Profile, Projection, Term, limit,
};
use dipole_portal::{Error, Flavor};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Experiment, with flavour and masses in MeV of a stretch of its curve.
const STRETCHES: [(&str, Flavor, [f64; 5]); 7] = [
    ("dresden-ii", Flavor::Electron, [0.01, 0.1, 1.0, 3.0, 6.0]),
    ("coherent-csi", Flavor::Muon, [0.01, 1.0, 10.0, 25.0, 45.0]),
    ("conus-plus", Flavor::Electron, [0.01, 0.1, 1.0, 3.0, 6.0]),
    ("xenonnt-s2", Flavor::Tau, [0.01, 0.1, 1.0, 5.0, 10.0]),
    ("coherent-lar", Flavor::Muon, [0.01, 1.0, 10.0, 25.0, 45.0]),
    ("xenonnt-er", Flavor::Electron, [0.01, 0.05, 0.1, 0.3, 0.5]),
    ("lz-er", Flavor::Electron, [0.01, 0.05, 0.1, 0.3, 0.5]),
];

/// For each stretch: fits of the nuisances for its five limits, and recoil energies at which a template takes the rate of each part of the source.
const COUNTED: [(usize, usize); 7] = [
    (18, 438),
    (27, 1350),
    (20, 459),
    (20, 138),
    (36, 846),
    (24, 3150),
    (34, 3060),
];

/// A likelihood that counts how often its nuisances are fitted.
struct Counted<'a> {
    inner: &'a dyn Likelihood,
    fits: AtomicUsize,
}

impl Likelihood for Counted<'_> {
    fn parameters(&self) -> &[Parameter] {
        self.inner.parameters()
    }

    fn observed(&self) -> &[f64] {
        self.inner.observed()
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        self.inner.strength_scale(counts)
    }

    fn saturation(&self, counts: Counts) -> f64 {
        self.inner.saturation(counts)
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        self.fits.fetch_add(1, Ordering::Relaxed);
        self.inner.profile(counts, strength, nuisances)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        self.inner.chi2(counts, strength, nuisances)
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        self.inner.terms(counts, strength, nuisances)
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        self.inner.backgrounds(nuisances)
    }

    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        self.inner.signal_factors(nuisances)
    }

    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        self.inner.projected(projection)
    }
}

#[test]
fn a_limit_takes_as_many_operations_as_are_written_down() {
    let registry = Registry::built_in().expect("sound tables");
    let mut counted = Vec::new();
    for (name, flavor, masses_mev) in STRETCHES {
        let spec = registry
            .get(ExperimentId::new(name).expect("a name"))
            .expect("an experiment");
        let analysis = Analysis::new(spec, &Settings::default()).expect("sound tables");
        let likelihood = Counted {
            inner: analysis.statistic().likelihood().expect("data"),
            fits: AtomicUsize::new(0),
        };
        let start = &analysis.sm_fit().expect("a fit").nuisances;
        let step = Confidence::PAPER.delta_chi2();
        for mass_mev in masses_mev {
            let dipole = analysis.dipole(flavor, mass_mev).sum();
            let counts = Counts::new(likelihood.observed(), analysis.sm_beside_background(), &dipole);
            let upper = limit(&likelihood, counts, step, start).expect("converges").limit;
            // What is counted here is what the analysis does.
            let same = analysis
                .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
                .expect("converges");
            match (upper, same) {
                (Limit::At(strength), Limit::At(coupling)) => {
                    let square = coupling * coupling * 1e-6;
                    assert!(
                        (strength / square - 1.0).abs() < 1e-12,
                        "{name} {mass_mev}: {strength:e}, {square:e}"
                    );
                }
                (_, Limit::NoSensitivity) => {}
                other => panic!("{name} {mass_mev}: {other:?}"),
            }
        }
        let prediction = analysis.prediction();
        let nodes: usize = prediction.channels().map(|channel| channel.reported().count()).sum();
        let parts = analysis.experiment().components().len();
        counted.push((likelihood.fits.into_inner(), nodes * parts));
    }
    assert_eq!(
        counted, COUNTED,
        "fits of five limits and rates of a template, in the order of the stretches"
    );
}
