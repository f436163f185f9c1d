//! The physics does not know its units: whatever a quantity is written in, and however a product is split, the numbers are the same.

use dipole_portal::Flavor;
use dipole_portal::analysis::{Analysis, Fluxes, Settings};
use dipole_portal::experiment::{ExperimentId, Registry};
use dipole_portal::page::action::Action;
use dipole_portal::page::session::Session;
use dipole_portal::physics::units::{
    BOHR_MAGNETON_PER_GEV, CouplingUnit, ELECTRON_MASS_MEV, FINE_STRUCTURE, coupling_squared_per_mev2,
};
use dipole_portal::statistics::{Confidence, Counts};

fn assert_same(what: &str, got: f64, expected: f64, tolerance: f64) {
    assert!(
        (got - expected).abs() <= tolerance * expected.abs(),
        "{what}: {got:e} for {expected:e}"
    );
}

fn id(name: &str) -> ExperimentId {
    ExperimentId::new(name).expect("a name")
}

/// What the page says about a point after these texts have been typed.
fn said(typed: &[(&str, &str)]) -> (f64, f64, String) {
    let mut session = Session::built_in("").expect("sound tables");
    for (key, text) in typed {
        let (key, text) = ((*key).to_owned(), (*text).to_owned());
        session.apply(Action::Type { key: key.clone(), text });
        session.apply(Action::Leave { key });
    }
    session.tick(&mut || 0.0);
    let benchmark = session.state().benchmark;
    (
        benchmark.mass_mev,
        benchmark.coupling_per_gev,
        format!("{:?}", session.view().verdict.content),
    )
}

#[test]
fn a_point_is_the_same_in_every_unit() {
    let coupling = 2.963e-5;
    let (_, _, verdict) = said(&[("mass", "2 MeV"), ("coupling", "2.963e-5 GeV^-1")]);
    assert!(verdict.len() > 200, "{verdict}");
    for mass in ["2 MeV", "2000 keV", "2e6 eV", "0.002 GeV"] {
        for typed in ["2.963e-5 GeV^-1", "2.963e-8 MeV^-1", "1e-7 mu_B"] {
            let (mass_mev, coupling_per_gev, said) = said(&[("mass", mass), ("coupling", typed)]);
            assert_same(mass, mass_mev, 2.0, 1e-15);
            assert_same(typed, coupling_per_gev, coupling, 1e-15);
            assert_eq!(said, verdict, "{mass}, {typed}");
        }
    }
}

#[test]
fn a_coupling_is_as_strong_in_every_unit() {
    // d in MeV^-1, of which the rates have the square.
    assert_same("strength", coupling_squared_per_mev2(1e-7), 1e-20, 1e-14);
    assert_same("GeV^-1 in one MeV^-1", CouplingUnit::PerMev.per_gev(), 1e3, 0.0);
    assert_same(
        "GeV^-1 in one mu_B",
        CouplingUnit::BohrMagneton.per_gev(),
        BOHR_MAGNETON_PER_GEV,
        0.0,
    );
    // e/2m, from the constants of nature; the rounded number is a convention of the tables of published limits.
    let magneton = (4.0 * std::f64::consts::PI * FINE_STRUCTURE).sqrt() / (2.0 * ELECTRON_MASS_MEV * 1e-3);
    assert_same("mu_B", BOHR_MAGNETON_PER_GEV, magneton, 2e-4);
}

/// A template for another coupling, with a strength relative to that.
#[test]
fn chi_square_does_not_know_the_coupling_of_its_template() {
    for name in ["dresden-ii", "coherent-csi", "conus-plus", "xenonnt-s2", "lz-er"] {
        let analysis = Analysis::built_in(id(name), &Settings::default()).expect("sound tables");
        let likelihood = analysis.statistic().likelihood().expect("data");
        let flavor = analysis.experiment().spec().flavor();
        let (sm, dipole) = (analysis.sm_beside_background(), analysis.dipole(flavor, 0.1).sum());
        let chi2 = |dipole: &[f64], strength: f64| {
            let counts = Counts::new(likelihood.observed(), sm, dipole);
            let mut nuisances = likelihood.start(counts).expect("a start");
            likelihood
                .profile(counts, strength, &mut nuisances)
                .expect("converges")
                .chi2
        };
        let strength = coupling_squared_per_mev2(5e-8);
        let rescaled: Vec<f64> = dipole.iter().map(|count| count * 1e-16).collect();
        assert_same(name, chi2(&rescaled, strength * 1e16), chi2(&dipole, strength), 1e-9);
    }
}

/// Counts are a flux times a time times a mass: whichever is doubled, they double.
#[test]
fn flux_times_time_times_mass_is_what_counts() {
    let registry = Registry::built_in().expect("sound tables");
    let mut compared = 0;
    for spec in registry.specs() {
        let template = |settings: &Settings| {
            let analysis = Analysis::new(spec, settings).expect("sound tables");
            let flavor = spec.flavor();
            [analysis.standard_model().sum(), analysis.dipole(flavor, 0.1).sum()].concat()
        };
        let plain = template(&Settings::default());
        let mut doubled = vec![Settings {
            fluxes: Fluxes::all(2.0),
            ..Settings::default()
        }];
        for key in [
            "exposure",
            "target-exposure",
            "target-mass",
            "atoms",
            "protons-on-target",
        ] {
            let Ok(value) = spec.inputs().number(key) else {
                continue;
            };
            // Counts of a day do not know how many days there were.
            if key == "exposure"
                && Analysis::new(spec, &Settings::default())
                    .expect("sound tables")
                    .prediction()
                    .unit()
                    .contains("day")
            {
                continue;
            }
            let mut settings = Settings::default();
            settings.edits.set(spec.id(), key, Some(&(2.0 * value).to_string()));
            doubled.push(settings);
        }
        for settings in doubled {
            for (got, counts) in template(&settings).into_iter().zip(&plain) {
                assert_same(&format!("{} {:?}", spec.id(), settings.edits), got, 2.0 * counts, 1e-12);
            }
            compared += 1;
        }
    }
    assert!(compared > 2 * registry.ids().count() - 2, "{compared}");
}

/// What is expected after twice the time with half the mass is what is expected.
#[test]
fn limits_know_the_product_of_mass_and_time_alone() {
    for (name, flavor) in [("conus-plus", Flavor::Electron), ("lz-er", Flavor::Tau)] {
        let registry = Registry::built_in().expect("sound tables");
        let spec = registry.get(id(name)).expect("an experiment");
        let limit = |factor: f64| {
            let mut settings = Settings {
                expected: true,
                ..Settings::default()
            };
            for (key, factor) in [("exposure", factor), ("target-mass", 1.0 / factor)] {
                let value = spec.inputs().number(key).expect("a row") * factor;
                settings.edits.set(id(name), key, Some(&value.to_string()));
            }
            let analysis = Analysis::new(spec, &settings).expect("sound values");
            let limit = analysis.limit_per_gev(flavor, 0.1, Confidence::PAPER);
            limit.expect("converges").value().expect("a limit")
        };
        assert_same(name, limit(2.0), limit(1.0), 1e-9);
    }
}
