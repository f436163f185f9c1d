//! What a drag on the page costs in the core, natively: `cargo bench`.
//!
//! Everything that does not depend on mass and coupling is prepared outside the measured code, as on the page: form
//! factors, response matrices, and the SM part of spectra and templates, which a drag never computes again.

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{DetectorSettings, Experiment, ExperimentId, IdealSpectrum};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::Confidence;
use std::hint::black_box;
use std::time::Duration;

/// Points of a spectrum, and masses of a curve.
const POINTS: usize = 200;
const MASSES: usize = 60;

/// A curve of the exclusion plane: its name, experiment, flavour and quenching, and the highest mass within reach, in MeV.
type Curve = (&'static str, ExperimentId, Flavor, Quenching, f64);

/// The seven curves of fig. 2.
const CURVES: [Curve; 7] = [
    (
        "dresden-ii fef",
        ExperimentId::DRESDEN_II,
        Flavor::Electron,
        Quenching::Fef,
        7.5,
    ),
    (
        "dresden-ii ybe",
        ExperimentId::DRESDEN_II,
        Flavor::Electron,
        Quenching::Ybe,
        7.5,
    ),
    (
        "dresden-ii lindhard",
        ExperimentId::DRESDEN_II,
        Flavor::Electron,
        Quenching::Lindhard,
        7.5,
    ),
    (
        "coherent-csi e",
        ExperimentId::COHERENT_CSI,
        Flavor::Electron,
        Quenching::Fef,
        50.0,
    ),
    (
        "coherent-csi mu",
        ExperimentId::COHERENT_CSI,
        Flavor::Muon,
        Quenching::Fef,
        50.0,
    ),
    ("xenon1t tau", ExperimentId::XENON1T, Flavor::Tau, Quenching::Fef, 12.0),
    (
        "pandax-4t tau",
        ExperimentId::PANDAX_4T,
        Flavor::Tau,
        Quenching::Fef,
        12.0,
    ),
];

fn settings(quenching: Quenching, lindhard_k: f64) -> Settings {
    Settings {
        detector: DetectorSettings {
            quenching,
            lindhard_k: Some(lindhard_k),
        },
        ..Settings::default()
    }
}

fn analysis(id: ExperimentId, quenching: Quenching) -> Analysis {
    Analysis::built_in(id, &settings(quenching, 0.157)).expect("sound tables")
}

fn flavor(id: ExperimentId) -> Flavor {
    match id {
        ExperimentId::DRESDEN_II => Flavor::Electron,
        ExperimentId::COHERENT_CSI => Flavor::Muon,
        _ => Flavor::Tau,
    }
}

/// Sixty masses in MeV, all within reach: none is cheap for having no signal.
fn masses(highest_mev: f64) -> impl Iterator<Item = f64> {
    (0..MASSES).map(move |index| 0.01 * (highest_mev / 0.01).powf(index as f64 / (MASSES - 1) as f64))
}

fn limits(analysis: &Analysis, flavor: Flavor, highest_mev: f64) -> f64 {
    masses(highest_mev)
        .map(|mass| {
            let limit = analysis.limit_per_gev(flavor, black_box(mass), Confidence::PAPER);
            limit.expect("the search converges").value().expect("within reach")
        })
        .sum()
}

/// The ideal spectrum at 200 recoils, SM plus dipole, for a new mass (the SM part is kept).
fn spectrum(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("spectrum of 200 points");
    for id in &ExperimentId::PAPER {
        let experiment = Experiment::built_in(*id).expect("sound tables");
        let spectrum = IdealSpectrum::over_view(&experiment, POINTS).expect("sound tables");
        let strength = coupling_squared_per_mev2(1e-7);
        let mut rates = vec![0.0; POINTS];
        group.bench_function(BenchmarkId::from_parameter(id), |bencher| {
            bencher.iter(|| {
                spectrum.dipole_per_kev(flavor(*id), black_box(1.0), Sign::Correct, &mut rates);
                for (rate, sm) in rates.iter_mut().zip(spectrum.sm_per_kev()) {
                    *rate = sm + strength * *rate;
                }
                rates[0]
            });
        });
    }
    group.finish();
}

/// The binned dipole counts for a new mass.
fn template(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("template of one mass");
    for id in &ExperimentId::PAPER {
        let analysis = analysis(*id, Quenching::Fef);
        group.bench_function(BenchmarkId::from_parameter(id), |bencher| {
            bencher.iter(|| analysis.dipole(flavor(*id), black_box(1.0)));
        });
    }
    group.finish();
}

/// What one step of a drag costs where a background is fitted: a new mass, its template, and the fit.
fn refit(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("template and fit of one point");
    for id in [ExperimentId::DRESDEN_II, ExperimentId::COHERENT_CSI] {
        let analysis = analysis(id, Quenching::Fef);
        let strength = coupling_squared_per_mev2(1e-7);
        group.bench_function(BenchmarkId::from_parameter(id), |bencher| {
            bencher.iter(|| {
                let template = analysis.dipole(flavor(id), black_box(1.0));
                analysis.fit(&template, strength).expect("the fit converges")
            });
        });
    }
    group.finish();
}

/// A step of the Lindhard slider: all responses anew, the SM, and its fit.
fn settings_change(criterion: &mut Criterion) {
    let mut analysis = analysis(ExperimentId::DRESDEN_II, Quenching::Lindhard);
    let mut high = false;
    criterion.bench_function("new Lindhard parameter", |bencher| {
        bencher.iter(|| {
            high = !high;
            let lindhard_k = if high { 0.16 } else { 0.15 };
            analysis
                .set(&settings(Quenching::Lindhard, lindhard_k))
                .expect("within its range");
        });
    });
}

fn limit_curves(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("limit curve of 60 masses");
    for (name, id, flavor, quenching, highest_mev) in CURVES {
        let analysis = analysis(id, quenching);
        group.bench_function(name, |bencher| bencher.iter(|| limits(&analysis, flavor, highest_mev)));
    }
    group.finish();
    let prepared = CURVES.map(|(_, id, flavor, quenching, highest_mev)| (analysis(id, quenching), flavor, highest_mev));
    criterion.bench_function("all seven curves of fig. 2", |bencher| {
        bencher.iter(|| {
            let sums = prepared
                .iter()
                .map(|(analysis, flavor, highest_mev)| limits(analysis, *flavor, *highest_mev));
            sums.sum::<f64>()
        });
    });
}

fn configuration() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! {
    name = core;
    config = configuration();
    targets = spectrum, template, refit, settings_change, limit_curves
}
criterion_main!(core);
