//! CONUS+ run 1: an excess over a background.

use super::*;
use crate::reactor_flux::at;

/// CONUS+ with each model, `conus-plus.md`: CEvNS, chi-square of the SM, limits at 0.1 (nuclei alone), 0.1, 1 and 5 MeV in 1e-8 GeV^-1.
const CONUS_PLUS: [(ReactorModel, [f64; 6]); 3] = [
    (ReactorModel::MuellerVogel, [160.3, 7.16, 11.7, 3.76, 12.1, 31.5]),
    (ReactorModel::KopeikinMueller, [134.9, 7.34, 14.5, 4.30, 14.9, 38.4]),
    (ReactorModel::EstienneFallot, [141.9, 7.48, 14.3, 4.14, 14.8, 36.0]),
];

fn conus_plus() -> ExperimentId {
    ExperimentId::new("conus-plus").expect("a name")
}

#[test]
fn conus_plus_is_what_the_models_say() {
    for (model, expected) in CONUS_PLUS {
        let analysis = Analysis::built_in(conus_plus(), &at(model)).expect("sound tables");
        let limit = |analysis: &Analysis, mass_mev| {
            let limit = analysis.limit_per_gev(Flavor::Electron, mass_mev, Confidence::PAPER);
            1e8 * limit.expect("converges").value().expect("a limit")
        };
        let nuclei = analysis.of_nuclei().expect("sound").expect("electrons count");
        let got = [
            analysis.standard_model().nucleus.iter().sum(),
            analysis.sm_fit().expect("there are data").chi2,
            limit(&nuclei, 0.1),
            limit(&analysis, 0.1),
            limit(&analysis, 1.0),
            limit(&analysis, 5.0),
        ];
        // As many digits as the definition has.
        for (index, (got, expected)) in got.into_iter().zip(expected).enumerate() {
            assert_close(&format!("{model} {index}"), got, expected, 4.5e-3);
        }
        assert_close(
            "electrons",
            analysis.standard_model().electron.iter().sum(),
            0.055,
            5e-3,
        );
    }
}

#[test]
fn lindhards_parameter_moves_conus_plus() {
    let counts = |lindhard_k| {
        let detector = DetectorSettings {
            lindhard_k,
            ..DetectorSettings::default()
        };
        let settings = Settings {
            detector,
            ..Settings::default()
        };
        let analysis = Analysis::built_in(conus_plus(), &settings).expect("sound tables");
        analysis.standard_model().nucleus.iter().sum::<f64>()
    };
    assert_eq!(counts(None), counts(Some(0.162)));
    assert!((counts(Some(0.157)) / counts(None) - 0.90).abs() < 5e-3);
    assert!((counts(Some(0.166)) / counts(None) - 1.08).abs() < 5e-3);
}

/// Chi-square stays about 35 above its minimum, however large the coupling: no level that can be asked for is out of reach.
#[test]
fn chi_square_of_an_excess_saturates() {
    let analysis = Analysis::built_in(conus_plus(), &Settings::default()).expect("sound tables");
    let above = analysis.delta_chi2(Flavor::Electron, 1.0, Dof::One, &[1e-9, 1e-7, 1e-5]);
    let above = above.expect("converges").expect("there are data");
    assert!(above.is_sorted() && (33.0..37.0).contains(&above[2]), "{above:?}");
    // With a wider prior, where a level is beyond it, nothing is excluded.
    let spec = analysis
        .experiment()
        .spec()
        .overridden("signal-uncertainty", "1")
        .expect("a width");
    let wide = Analysis::new(&spec, &Settings::default()).expect("sound tables");
    let limit = wide
        .limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER)
        .expect("an answer");
    assert_eq!(limit, Limit::NoSensitivity);
}

/// The slopes are those of chi-square.
#[test]
fn slopes_of_an_excess_are_its_differences() {
    let analysis = Analysis::built_in(conus_plus(), &Settings::default()).expect("sound tables");
    let likelihood = analysis.statistic().likelihood().expect("there are data");
    let (sm, dipole) = (
        analysis.standard_model().sum(),
        analysis.dipole(Flavor::Electron, 1.0).sum(),
    );
    let at = |strength: f64, factor: f64| {
        let counts = Counts {
            factor,
            ..Counts::new(likelihood.observed(), &sm, &dipole)
        };
        let mut nuisances = likelihood.start(counts).expect("a start");
        let profile = likelihood
            .profile(counts, strength, &mut nuisances)
            .expect("closed form");
        assert_close(
            "chi2",
            likelihood.chi2(counts, strength, &nuisances),
            profile.chi2,
            1e-12,
        );
        profile
    };
    let (strength, step) = (2e-14, 1e-18);
    let slope = (at(strength + step, 1.0).chi2 - at(strength - step, 1.0).chi2) / (2.0 * step);
    assert_close("strength", at(strength, 1.0).slope, slope, 1e-4);
    let slope = (at(strength, 1.0001).chi2 - at(strength, 0.9999).chi2) / 2e-4;
    assert_close("factor", at(strength, 1.0).factor_slope, slope, 1e-4);
}

/// That the data are a third party's is said beside every number.
#[test]
fn a_digitised_excess_is_confessed() {
    let experiment = Experiment::built_in(conus_plus()).expect("sound tables");
    assert!(experiment.name().contains("digitised"));
    assert!(
        experiment.notes().iter().any(|note| note.contains("third party")),
        "{:?}",
        experiment.notes()
    );
    assert!(experiment.notes().iter().any(|note| note.contains("optimistic")));
    let rows = experiment.assumptions().expect("sound tables");
    let data = rows.iter().find(|row| row.key == "data").expect("a row");
    assert!(data.source.contains("third party"), "{data:?}");
}
