//! Extreme but legal parameters, for every experiment: finite numbers, or a reason why there is none.
#![cfg(not(target_arch = "wasm32"))]

use dipole_portal::analysis::verdict::point_result;
use dipole_portal::analysis::{Analysis, Benchmark, COUPLING_RANGE_PER_GEV, Fluxes, MASS_RANGE_MEV, Settings, Weights};
use dipole_portal::experiment::{DetectorSettings, ExperimentSpec, IdealSpectrum, Registry};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::{LINDHARD_K_RANGE, Quenching};
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Limit, Sides};
use dipole_portal::{Choice, Error, ErrorKind, Flavor};

const COUPLINGS_PER_GEV: [f64; 4] = [1e-12, 1e-7, 1e-3, 1.0];

fn experiments() -> Vec<ExperimentSpec> {
    let registry = Registry::built_in().expect("sound tables");
    let specs: Vec<_> = registry.specs().map(|spec| spec.as_ref().clone()).collect();
    for name in [
        "dresden-ii",
        "conus-plus",
        "xenonnt-s2",
        "coherent-lar",
        "xenonnt-er",
        "lz-er",
    ] {
        assert!(specs.iter().any(|spec| spec.id().name() == name), "{name}");
    }
    specs
}

/// What may be refused, and in words.
fn assert_reason(error: &Error, what: &str) {
    let is_reason = matches!(error.kind(), ErrorKind::Unavailable { .. } | ErrorKind::Input { .. });
    assert!(is_reason && error.to_string().len() > 10, "{what}: {error}");
}

fn assert_limit(limit: Limit, what: &str) {
    if let Limit::At(value) = limit {
        assert!(
            value.is_finite() && value > 0.0 && value <= COUPLING_RANGE_PER_GEV.1,
            "{what}: {value}"
        );
    }
}

/// Masses from nothing to what no source reaches, and those between which the last signal goes.
fn masses(analysis: &Analysis, flavor: Flavor) -> Vec<f64> {
    let gives = |mass_mev: f64| analysis.dipole(flavor, mass_mev).sum().iter().any(|count| *count > 0.0);
    let (mut low, mut high) = (1e-3, MASS_RANGE_MEV.1);
    assert!(gives(low) && !gives(high), "{}", analysis.name());
    while low.next_up() < high {
        let middle = 0.5 * (low + high);
        if gives(middle) { low = middle } else { high = middle }
    }
    vec![
        0.0,
        1e-300,
        1e-12,
        0.01,
        1.0,
        0.9 * low,
        0.999_999 * low,
        low.next_down(),
        low,
        high,
        2.0 * high,
        MASS_RANGE_MEV.1,
    ]
}

fn assert_finite(analysis: &Analysis, flavor: Flavor, mass_mev: f64, confidence: Confidence, what: &str) {
    let counts = analysis.dipole(flavor, mass_mev).sum();
    assert!(
        counts.iter().all(|count| count.is_finite() && *count >= 0.0),
        "{what}: {counts:?}"
    );
    match analysis.limit_per_gev(flavor, mass_mev, confidence) {
        Ok(limit) => assert_limit(limit, what),
        Err(error) => assert_reason(&error, what),
    }
    for coupling_per_gev in COUPLINGS_PER_GEV {
        let what = format!("{what}, {coupling_per_gev:e} GeV^-1");
        let benchmark = Benchmark::new(flavor, mass_mev, coupling_per_gev).expect("within the ranges");
        match point_result(analysis, benchmark, confidence) {
            Ok(result) => {
                // As data it says infinities, which JSON would not. Where no recoil counts, none needs a neutrino of any energy.
                let mut text = format!("{result:?}");
                if analysis.settings().nuclei_only && !analysis.prediction().counts_nuclei() {
                    assert!(result.lowest_energy_mev.is_nan(), "{what}: {text}");
                    text = text.replace("lowest_energy_mev: NaN", "");
                }
                assert!(!text.contains("NaN") && !text.contains("inf"), "{what}: {text}");
                let is_explained = result.coupling_over_limit.is_some()
                    || result.limit.is_none_or(|limit| limit.value().is_none())
                    || result.above_ceiling;
                assert!(is_explained, "{what}: {text}");
            }
            Err(error) => assert_reason(&error, &what),
        }
    }
}

fn confidence(level: f64, dof: Dof, sides: Sides) -> Confidence {
    Confidence {
        level: ConfidenceLevel::new(level).expect("a level"),
        dof,
        sides,
    }
}

/// At each mass the levels take turns, so that all meet without each meeting each.
#[test]
fn masses_up_to_the_edge_couplings_and_levels() {
    let levels = [
        (0.5, Dof::One, Sides::Two),
        (0.9, Dof::One, Sides::Two),
        (0.999, Dof::One, Sides::One),
        (0.999, Dof::Two, Sides::Two),
    ];
    for spec in experiments() {
        let analysis = Analysis::new(&spec, &Settings::default()).expect("a sound experiment");
        let flavors: Vec<Flavor> = analysis.distinct_flavors().collect();
        for (turn, flavor) in flavors.into_iter().enumerate() {
            for (place, mass_mev) in masses(&analysis, flavor).into_iter().enumerate() {
                let (level, dof, sides) = levels[(place + turn) % levels.len()];
                let what = format!("{} {flavor}, {mass_mev:e} MeV, {level} {dof:?} {sides:?}", spec.id());
                assert_finite(&analysis, flavor, mass_mev, confidence(level, dof, sides), &what);
            }
        }
    }
}

#[test]
fn settings_at_their_ends() {
    let (low, high) = LINDHARD_K_RANGE;
    let lindhard = |k| DetectorSettings {
        quenching: Quenching::Lindhard,
        lindhard_k: Some(k),
    };
    let cases = [
        (
            "smallest k",
            Settings {
                detector: lindhard(low),
                ..Settings::default()
            },
        ),
        (
            "largest k",
            Settings {
                detector: lindhard(high),
                ..Settings::default()
            },
        ),
        (
            "least flux",
            Settings {
                fluxes: Fluxes::all(0.1),
                ..Settings::default()
            },
        ),
        (
            "most flux",
            Settings {
                fluxes: Fluxes::all(10.0),
                ..Settings::default()
            },
        ),
        (
            "printed sign",
            Settings {
                sign: Sign::Printed,
                ..Settings::default()
            },
        ),
        (
            "nuclei alone",
            Settings {
                nuclei_only: true,
                ..Settings::default()
            },
        ),
        (
            "expected",
            Settings {
                expected: true,
                ..Settings::default()
            },
        ),
        (
            "tau alone",
            Settings {
                weights: Weights::new([0.0, 0.0, 1.0]).expect("weights"),
                ..Settings::default()
            },
        ),
        (
            "hardly e",
            Settings {
                weights: Weights::new([1e-6, 1.0, 0.0]).expect("weights"),
                ..Settings::default()
            },
        ),
    ];
    for spec in experiments() {
        for (name, settings) in &cases {
            let analysis = Analysis::new(&spec, settings).expect("a sound experiment");
            for mass_mev in [0.0, 1.0] {
                let what = format!("{}, {name}, {mass_mev} MeV", spec.id());
                assert_finite(
                    &analysis,
                    spec.flavor(),
                    mass_mev,
                    confidence(0.9, Dof::One, Sides::Two),
                    &what,
                );
            }
        }
    }
}

/// Ends of every input of every experiment, as its control has them: a number, or a reason.
#[test]
fn inputs_at_their_ends() {
    use dipole_portal::page::action::Action;
    use dipole_portal::page::inputs::InputControl;
    use dipole_portal::page::session::Session;
    let mut asked = 0;
    for spec in experiments() {
        let mut session = Session::built_in(&format!("experiment={}", spec.id())).expect("sound tables");
        for row in session.view().inputs.rows {
            let ends = match &row.control {
                InputControl::Slider {
                    track: (low, high, _), ..
                } => vec![
                    Action::Slide {
                        key: row.name.clone(),
                        position: *low,
                    },
                    Action::Slide {
                        key: row.name.clone(),
                        position: *high,
                    },
                    Action::Type {
                        key: row.name.clone(),
                        text: "0".to_owned(),
                    },
                ],
                InputControl::Options(options) => {
                    let choose = |(option, _): &(String, String)| Action::Choose {
                        key: row.name.clone(),
                        option: option.clone(),
                    };
                    options.iter().map(choose).collect()
                }
            };
            for action in ends {
                session.apply(action);
                let settings = session.state().settings.clone();
                let value = settings
                    .edits
                    .value(spec.id(), row.name.split_once('.').expect("a name").1)
                    .map(str::to_owned);
                let what = format!("{} = {value:?}", row.name);
                match Analysis::new(&spec, &settings) {
                    Ok(analysis) => {
                        asked += 1;
                        let limit = analysis.limit_per_gev(spec.flavor(), 1.0, Confidence::PAPER);
                        match limit {
                            Ok(limit) => assert_limit(limit, &what),
                            Err(error) => assert_reason(&error, &what),
                        }
                        let sm = analysis.standard_model().sum();
                        assert!(sm.iter().all(|count| count.is_finite()), "{what}: {sm:?}");
                    }
                    Err(error) => assert!(error.to_string().len() > 10, "{what}: {error}"),
                }
                session.apply(Action::ResetInput { name: row.name.clone() });
            }
        }
    }
    assert!(asked > 300, "{asked}");
}

/// No such neutrinos in the source: a limit is none, and the page says why.
#[test]
fn empty_fluxes_are_explained() {
    for spec in experiments() {
        let analysis = Analysis::new(&spec, &Settings::default()).expect("a sound experiment");
        for flavor in Flavor::ALL
            .iter()
            .copied()
            .filter(|flavor| analysis.check_flavor(*flavor).is_err())
        {
            let error = analysis.check_flavor(flavor).expect_err("no flux");
            assert_reason(&error, spec.id().name());
            assert_eq!(
                analysis.limit_per_gev(flavor, 1.0, Confidence::PAPER),
                Ok(Limit::NoSensitivity),
                "{}",
                spec.id()
            );
            assert!(analysis.dipole(flavor, 1.0).sum().iter().all(|count| *count == 0.0));
        }
    }
}

/// Beyond the ranges there is no number at all, but what is allowed.
#[test]
fn beyond_the_ranges_is_refused_with_what_is_allowed() {
    for (mass_mev, coupling_per_gev) in [
        (1.0, 1e3),
        (1.0, 1.0_f64.next_up()),
        (1e3_f64.next_up(), 1e-7),
        (-1e-300, 1e-7),
        (1.0, -1e-12),
    ] {
        let error = Benchmark::new(Flavor::Electron, mass_mev, coupling_per_gev).expect_err("out of range");
        assert!(error.to_string().contains("allowed"), "{error}");
    }
}

/// A spectrum over recoils from far below to far above what there is.
#[test]
fn recoils_at_any_energy() {
    let recoils: Vec<f64> = (-12..=9).map(|power| 10_f64.powi(power)).collect();
    for spec in experiments() {
        let analysis = Analysis::new(&spec, &Settings::default()).expect("a sound experiment");
        let spectrum = IdealSpectrum::new(analysis.experiment(), recoils.clone()).expect("positive energies");
        let sm = spectrum.sm_per_kev();
        assert!(sm.iter().all(|rate| rate.is_finite()), "{}: {sm:?}", spec.id());
    }
}
