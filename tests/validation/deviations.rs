//! How far this program is from the values of independent computations (`tests/data/`), quantity by quantity.

use crate::common::overrides::{self, compare};
use crate::common::{CROSS_SECTIONS, IDEAL_SPECTRA, LIMITS, TEMPLATES, cross_section_cm2_per_mev, number, numbers};
use dipole_portal::analysis::{Analysis, Fluxes, Settings};
use dipole_portal::experiment::{DetectorSettings, Experiment, ExperimentId, IdealSpectrum, Template};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::source::{ReactorModel, Timing};
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Counts};
use dipole_portal::{Choice, Flavor};
use serde_json::Value;

/// What the definitions of the later experiments ask for: counts and chi-squares, limits.
const LATER: f64 = 1e-3;
const LATER_LIMITS: f64 = 1e-2;

/// What is compared of one experiment, or of all.
pub(crate) struct Deviation {
    pub(crate) quantity: &'static str,
    /// Name of the experiment; nothing where it is about all of the paper's.
    pub(crate) experiment: String,
    /// How many numbers are compared.
    pub(crate) numbers: usize,
    /// The largest deviation, relative.
    pub(crate) largest: f64,
    /// The largest that is allowed.
    pub(crate) allowed: f64,
}

/// Gathers numbers under what they are of.
#[derive(Default)]
struct Gathered(Vec<Deviation>);

impl Gathered {
    fn add(&mut self, quantity: &'static str, experiment: &str, allowed: f64, got: f64, expected: f64) {
        let deviation = if got == expected {
            0.0
        } else {
            (got / expected - 1.0).abs()
        };
        let is_same = |row: &&mut Deviation| (row.quantity, row.experiment.as_str()) == (quantity, experiment);
        if let Some(row) = self.0.iter_mut().find(is_same) {
            row.numbers += 1;
            // A number that is none must not get lost in a maximum.
            row.largest = if deviation.is_nan() {
                f64::INFINITY
            } else {
                row.largest.max(deviation)
            };
        } else {
            self.0.push(Deviation {
                quantity,
                experiment: experiment.to_owned(),
                numbers: 1,
                largest: deviation,
                allowed,
            });
        }
    }

    /// Bins, but for those below 1 % of the largest.
    fn add_bins(&mut self, quantity: &'static str, experiment: &str, allowed: f64, got: &[f64], expected: &[f64]) {
        assert!(got.len() >= expected.len(), "{experiment}: {} bins", got.len());
        let largest = expected.iter().copied().fold(0.0, f64::max);
        for (got, expected) in got.iter().zip(expected).filter(|(_, bin)| **bin >= 0.01 * largest) {
            self.add(quantity, experiment, allowed, *got, *expected);
        }
    }
}

/// Every comparison there is, in the order of the way of a number.
pub(crate) fn deviations() -> Vec<Deviation> {
    let mut all = Gathered::default();
    let paper = [include_str!("../data/reference.json")];
    let later = [
        include_str!("../data/golden-2026-reactor-solar.json"),
        include_str!("../data/golden-2026-xenon-argon.json"),
        include_str!("../data/golden-2026-argon-electrons.json"),
    ];
    cross_sections(&mut all, &cases(&paper, "cross_sections"));
    spectra(&mut all, &cases(&paper, "ideal_spectra"));
    events(&mut all, &cases(&paper, "events"), TEMPLATES);
    events(&mut all, &cases(&later, "events"), LATER);
    chi_squares(&mut all, &cases(&later, "chi2"));
    limits(&mut all, &cases(&paper, "limits"), "limit90_per_GeV", LIMITS);
    limits(&mut all, &cases(&later, "limits"), "coupling_per_GeV", LATER_LIMITS);
    all.0.extend(ExperimentId::PAPER.into_iter().flat_map(changed_inputs));
    all.0
}

/// The cases of one part of some files; what stands in two of them counts once.
fn cases(files: &[&str], part: &str) -> Vec<Value> {
    let mut cases: Vec<Value> = Vec::new();
    for file in files {
        let file: Value = serde_json::from_str(file).expect("the file is JSON");
        for case in file[part].as_array().expect("the part is a list") {
            if !cases.contains(case) {
                cases.push(case.clone());
            }
        }
    }
    cases
}

fn id(case: &Value) -> ExperimentId {
    ExperimentId::new(case["experiment"].as_str().expect("a name")).expect("a name")
}

fn named<C: Choice>(value: &Value) -> Option<C> {
    value.as_str().map(|name| C::from_name(name).expect("a known name"))
}

fn flavor(case: &Value) -> Flavor {
    named(&case["flavor"]).expect("a flavour")
}

/// The experiment of a case at its settings, which stand beside it or below `settings`.
fn analysis(case: &Value) -> Analysis {
    let of = |key: &str| case.get(key).unwrap_or(&case["settings"][key]);
    let default = DetectorSettings::default();
    let model = named(of("flux_model")).unwrap_or(ReactorModel::MuellerVogel);
    let settings = Settings {
        detector: DetectorSettings {
            quenching: named::<Quenching>(of("quenching")).unwrap_or(default.quenching),
            lindhard_k: of("lindhard_k").as_f64(),
        },
        fluxes: Fluxes::default().with_reactor_model(model),
        nuclei_only: *of("electrons") == false,
        ..Settings::default()
    };
    Analysis::built_in(id(case), &settings).expect("sound tables")
}

fn name(case: &Value) -> String {
    let experiment = Experiment::built_in(id(case)).expect("sound tables");
    experiment.name().to_owned()
}

fn cross_sections(all: &mut Gathered, cases: &[Value]) {
    for case in cases {
        let got = cross_section_cm2_per_mev(case);
        all.add("cross sections", "", CROSS_SECTIONS, got, number(&case["cm2_per_MeV"]));
    }
}

fn spectra(all: &mut Gathered, cases: &[Value]) {
    for case in cases {
        let experiment = Experiment::built_in(id(case)).expect("sound tables");
        let spectrum = IdealSpectrum::new(&experiment, numbers(&case["recoil_keV"])).expect("positive energies");
        let mut dipole = vec![0.0; spectrum.recoil_kev().len()];
        spectrum.dipole_per_kev(flavor(case), number(&case["mass_MeV"]), Sign::Correct, &mut dipole);
        let strength = coupling_squared_per_mev2(number(&case["coupling_per_GeV"]));
        let parts = [
            (spectrum.sm_per_kev().to_vec(), "sm_per_keV"),
            (dipole.iter().map(|rate| rate * strength).collect(), "dipole_per_keV"),
        ];
        for (got, key) in parts {
            for (got, expected) in got.into_iter().zip(numbers(&case[key])) {
                all.add("spectra of recoils", "", IDEAL_SPECTRA, got, expected);
            }
        }
    }
}

/// Recoils of nuclei, or of electrons where no others count.
fn seen(template: &Template) -> &[f64] {
    if template.nucleus.iter().all(|count| *count == 0.0) {
        &template.electron
    } else {
        &template.nucleus
    }
}

fn events(all: &mut Gathered, cases: &[Value], allowed: f64) {
    for case in cases {
        let (analysis, name) = (analysis(case), name(case));
        let binning = analysis.prediction().binning();
        let sm = analysis.standard_model();
        let mut dipole = analysis.dipole(flavor(case), number(&case["mass_MeV"]));
        dipole.scale(coupling_squared_per_mev2(number(&case["coupling_per_GeV"])));
        let total = |bins: &[f64]| vec![bins.iter().sum::<f64>()];
        let by_run = |bins: &[f64]| bins.chunks(binning.run_bins()).map(|run| run.iter().sum()).collect();
        let of = |timing| {
            let part = analysis
                .prediction()
                .standard_model_of(|component| component.timing == timing);
            vec![part.total()]
        };
        let (sm_bins, dipole_bins) = (seen(sm), seen(&dipole));
        let quantities: [(&str, Vec<f64>); 24] = [
            ("cevns_total", total(&sm.nucleus)),
            ("electron_total", total(&sm.electron)),
            ("sm_total", vec![sm.total()]),
            ("sm_prompt", of(Timing::Prompt)),
            ("sm_delayed", of(Timing::Delayed)),
            ("dipole_nucleus_total", total(&dipole.nucleus)),
            ("dipole_electron_total", total(&dipole.electron)),
            ("cevns_first_bins", sm.nucleus.clone()),
            ("sm_first_bins", sm_bins.to_vec()),
            ("dipole_first_bins", dipole_bins.to_vec()),
            ("sm_by_run", by_run(sm_bins)),
            ("dipole_by_run", by_run(dipole_bins)),
            ("sm_bins", sm.sum()),
            ("dipole_bins", dipole.sum()),
            ("sm_by_pe", binning.by_energy(&sm.sum())),
            ("sm_by_energy", binning.by_energy(&sm.sum())),
            ("sm_by_time", binning.by_time(&sm.sum())),
            ("sm_by_f90", binning.by_pulse(&sm.sum())),
            ("dipole_by_pe", binning.by_energy(dipole_bins)),
            ("dipole_by_energy", binning.by_energy(dipole_bins)),
            ("dipole_by_time", binning.by_time(dipole_bins)),
            ("dipole_by_f90", binning.by_pulse(dipole_bins)),
            ("cevns_by_pe", binning.by_energy(&sm.nucleus)),
            ("cevns_by_time", binning.by_time(&sm.nucleus)),
        ];
        let keys = case.as_object().expect("keys").iter();
        for (key, expected) in keys.filter(|(_, value)| value.is_array() || value.is_f64()) {
            if key.starts_with("mass") || key.starts_with("coupling") {
                continue;
            }
            let (_, got) = quantities.iter().find(|(known, _)| known == key).expect(key);
            all.add_bins("events", &name, allowed, got, &numbers(expected));
        }
    }
}

fn chi_squares(all: &mut Gathered, cases: &[Value]) {
    for case in cases {
        let analysis = analysis(case);
        let likelihood = analysis.statistic().likelihood().expect("there are data");
        let mut sm = analysis.sm_beside_background().to_vec();
        if case["settings"]["signal"] == "none" {
            sm.fill(0.0);
        }
        let dipole = analysis.dipole(flavor(case), number(&case["mass_MeV"])).sum();
        let counts = Counts::new(likelihood.observed(), &sm, &dipole);
        let strength = coupling_squared_per_mev2(number(&case["coupling_per_GeV"]));
        let mut nuisances = likelihood.start(counts).expect("a start");
        let got = likelihood.profile(counts, strength, &mut nuisances).expect("converges");
        all.add("chi-square", &name(case), LATER, got.chi2, number(&case["chi2"]));
    }
}

fn limits(all: &mut Gathered, cases: &[Value], key: &str, allowed: f64) {
    for case in cases {
        let (analysis, level) = (analysis(case), case["settings"]["confidence"].as_f64().unwrap_or(0.9));
        let confidence = Confidence {
            level: ConfidenceLevel::new(level).expect("a level"),
            ..Confidence::PAPER
        };
        for (mass_mev, expected) in numbers(&case["mass_MeV"]).into_iter().zip(numbers(&case[key])) {
            let limit = analysis.limit_per_gev(flavor(case), mass_mev, confidence);
            let limit = limit.expect("converges").value().expect("a limit");
            all.add("limits", &name(case), allowed, limit, expected);
        }
    }
}

/// An experiment of the paper with its inputs at other values.
fn changed_inputs(id: ExperimentId) -> Vec<Deviation> {
    let compared = compare(id);
    let experiment = Experiment::built_in(id).expect("sound tables").name().to_owned();
    let row = |quantity, numbers, largest, allowed| Deviation {
        quantity,
        experiment: experiment.clone(),
        numbers,
        largest,
        allowed,
    };
    let chi2 = row(
        "chi-square, inputs changed",
        compared.chi_squares,
        compared.largest_chi2.0,
        overrides::CHI_SQUARES,
    );
    let limits = row(
        "limits, inputs changed",
        compared.limits,
        compared.largest_limit.0,
        overrides::LIMITS,
    );
    [chi2, limits].into_iter().filter(|row| row.numbers > 0).collect()
}
