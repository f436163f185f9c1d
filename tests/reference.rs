//! The core against the values of an independent computation (direct quadrature; Dirac traces for
//! the cross sections), `tests/data/reference.json`.

mod common;

use common::{
    CROSS_SECTIONS, IDEAL_SPECTRA, LIMITS, assert_close, assert_templates_close, cross_section_cm2_per_mev, number,
    numbers, reference,
};
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::{DetectorSettings, Experiment, ExperimentId, IdealSpectrum, Prediction};
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::{Confidence, Counts};
use dipole_portal::{Choice, Flavor};
use serde_json::Value;

fn experiment(value: &Value) -> ExperimentId {
    ExperimentId::new(value.as_str().expect("a name")).expect("a name")
}

fn choice<C: Choice>(value: &Value) -> C {
    C::from_name(value.as_str().expect("a name")).expect("a known name")
}

#[test]
fn cross_sections_agree() {
    for case in reference("cross_sections") {
        let (got, expected) = (cross_section_cm2_per_mev(&case), number(&case["cm2_per_MeV"]));
        assert_close(&case.to_string(), got, expected, CROSS_SECTIONS);
    }
}

#[test]
fn ideal_spectra_agree() {
    for case in reference("ideal_spectra") {
        let experiment = Experiment::built_in(experiment(&case["experiment"])).expect("sound tables");
        let spectrum = IdealSpectrum::new(&experiment, numbers(&case["recoil_keV"])).expect("positive energies");
        let mut dipole = vec![0.0; spectrum.recoil_kev().len()];
        spectrum.dipole_per_kev(
            choice(&case["flavor"]),
            number(&case["mass_MeV"]),
            Sign::Correct,
            &mut dipole,
        );
        let strength = coupling_squared_per_mev2(number(&case["coupling_per_GeV"]));
        let expected = numbers(&case["sm_per_keV"])
            .into_iter()
            .zip(numbers(&case["dipole_per_keV"]));
        for (index, (sm, np)) in expected.enumerate() {
            let what = format!("{} at {} keV", case["experiment"], spectrum.recoil_kev()[index]);
            assert_close(&format!("SM, {what}"), spectrum.sm_per_kev()[index], sm, IDEAL_SPECTRA);
            assert_close(&format!("dipole, {what}"), dipole[index] * strength, np, IDEAL_SPECTRA);
        }
    }
}

#[test]
fn events_agree() {
    for case in reference("events") {
        let experiment = Experiment::built_in(experiment(&case["experiment"])).expect("sound tables");
        let settings = DetectorSettings {
            quenching: case.get("quenching").map_or(Quenching::Fef, choice),
            ..DetectorSettings::default()
        };
        let prediction = Prediction::new(&experiment, settings).expect("sound tables");
        let strength = coupling_squared_per_mev2(number(&case["coupling_per_GeV"]));
        let sm = prediction.standard_model();
        let mut dipole = prediction.dipole(choice(&case["flavor"]), number(&case["mass_MeV"]), Sign::Correct);
        dipole
            .nucleus
            .iter_mut()
            .chain(&mut dipole.electron)
            .for_each(|bin| *bin *= strength);
        let binning = prediction.binning();
        let quantities = [
            ("cevns_total", vec![sm.nucleus.iter().sum()]),
            ("electron_total", vec![sm.electron.iter().sum()]),
            ("sm_total", vec![sm.total()]),
            ("dipole_nucleus_total", vec![dipole.nucleus.iter().sum()]),
            ("dipole_electron_total", vec![dipole.electron.iter().sum()]),
            ("cevns_first_bins", sm.nucleus[..5].to_vec()),
            ("dipole_first_bins", dipole.nucleus[..5].to_vec()),
            ("sm_by_pe", binning.by_energy(&sm.sum())),
            ("sm_by_time", binning.by_time(&sm.sum())),
            ("dipole_by_pe", binning.by_energy(&dipole.nucleus)),
            ("dipole_by_time", binning.by_time(&dipole.nucleus)),
        ];
        for (name, got) in quantities {
            let Some(expected) = case.get(name) else { continue };
            assert_templates_close(&format!("{} {name}", case["experiment"]), &got, &numbers(expected));
        }
    }
}

#[test]
fn limits_agree() {
    for case in reference("limits") {
        let settings = Settings {
            detector: DetectorSettings {
                quenching: case.get("quenching").map_or(Quenching::Fef, choice),
                ..DetectorSettings::default()
            },
            ..Settings::default()
        };
        let analysis = Analysis::built_in(experiment(&case["experiment"]), &settings).expect("sound tables");
        for (mass_mev, expected) in numbers(&case["mass_MeV"])
            .into_iter()
            .zip(numbers(&case["limit90_per_GeV"]))
        {
            let got = analysis
                .limit_per_gev(choice(&case["flavor"]), mass_mev, Confidence::PAPER)
                .expect("the search converges")
                .value()
                .expect("there is sensitivity");
            assert_close(&format!("{case} at {mass_mev} MeV"), got, expected, LIMITS);
        }
    }
}

#[test]
fn dresden_ii_chi_square_agrees() {
    let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, &Settings::default()).expect("sound tables");
    let none = analysis.dipole(Flavor::Electron, 1e3);
    let with_sm = analysis
        .fit(&none, 0.0)
        .expect("the fit converges")
        .expect("there are data")
        .chi2;
    assert!((with_sm - 103.81).abs() < 0.05, "with the SM: {with_sm}");
    let likelihood = analysis.statistic().likelihood().expect("there are data");
    let empty = vec![0.0; none.nucleus.len()];
    let counts = Counts::new(likelihood.observed(), &empty, &empty);
    let mut nuisances = likelihood.start(counts).expect("a start");
    let background = likelihood
        .profile(counts, 0.0, &mut nuisances)
        .expect("the fit converges")
        .chi2;
    assert!((background - 110.65).abs() < 0.05, "background only: {background}");
}
