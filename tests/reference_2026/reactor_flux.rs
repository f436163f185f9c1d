//! Dresden-II with each model of the reactor flux, and what the models are.

use super::*;
use std::sync::Arc;

/// Dresden-II with each model, `reactor-flux.md`: share above 2 MeV (above 2.05 MeV, the first row beyond, of
/// Estienne-Fallot: above 2 MeV it is 22.94 %, not the 22.04 % of the definition), flux at 3 MeV in 1e12 /cm2/s/MeV, SM counts per day, chi-square of
/// the SM, limit at 1 MeV in 1e-8 GeV^-1.
const DRESDEN_II: [(ReactorModel, [f64; 5]); 3] = [
    (ReactorModel::MuellerVogel, [0.2851, 5.322, 119.9, 103.81, 8.03]),
    (ReactorModel::KopeikinMueller, [0.2404, 4.488, 101.1, 103.81, 9.98]),
    (ReactorModel::EstienneFallot, [0.2204, 4.270, 99.0, 103.78, 10.37]),
];

pub(crate) fn at(model: ReactorModel) -> Settings {
    Settings {
        fluxes: Fluxes::default().with_reactor_model(model),
        ..Settings::default()
    }
}

#[test]
fn dresden_ii_is_what_the_models_say() {
    for (model, expected) in DRESDEN_II {
        let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, &at(model)).expect("sound tables");
        let component = &analysis.experiment().components()[0];
        let above = |energy_mev: f64| component.scale * component.spectrum.moments_above(energy_mev)[0];
        // The quoted flux is that of the whole spectrum, whatever the model.
        assert_close("flux", above(0.0), 4.8e13, 1e-12);
        let limit = analysis
            .limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER)
            .expect("converges");
        let from_mev = if model == ReactorModel::EstienneFallot {
            2.05
        } else {
            2.0
        };
        let got = [
            above(from_mev) / above(0.0),
            (above(2.999) - above(3.001)) / 0.002 / 1e12,
            analysis.standard_model().total(),
            analysis.sm_fit().expect("there are data").chi2,
            1e8 * limit.value().expect("a limit"),
        ];
        for (index, (got, expected)) in got.into_iter().zip(expected).enumerate() {
            assert_close(&format!("{model} {index}"), got, expected, 1e-3);
        }
    }
}

/// Antineutrinos per fission: what the quoted flux is divided by.
#[test]
fn integrals_per_fission_are_those_of_the_definition() {
    for (model, expected) in [
        (ReactorModel::MuellerVogel, 5.6440),
        (ReactorModel::KopeikinMueller, 6.6932),
        (ReactorModel::EstienneFallot, 6.7569),
    ] {
        let registry = Registry::built_in().expect("sound tables");
        let spec = registry.get(ExperimentId::DRESDEN_II).expect("there");
        let spec = spec.as_ref().clone().with_reactor_model(model);
        let experiment = Experiment::new(&spec).expect("sound tables");
        let Spectrum::Tabulated(spectrum) = &experiment.components()[0].spectrum else {
            panic!("a table");
        };
        assert_close(model.name(), spectrum.moments_above(0.0)[0], expected, 1e-5);
    }
}

/// A model that is changed under an analysis gives what a fresh one gives, and back again to the last bit.
#[test]
fn a_changed_model_gives_what_a_fresh_analysis_gives() {
    let outcome = |analysis: &Analysis| {
        let limit = analysis.limit_per_gev(Flavor::Electron, 2.0, Confidence::PAPER);
        (
            analysis.standard_model().clone(),
            analysis.sm_fit().cloned(),
            limit.expect("converges"),
        )
    };
    let fresh = |model| outcome(&Analysis::built_in(ExperimentId::DRESDEN_II, &at(model)).expect("sound tables"));
    let mut kept = Analysis::built_in(ExperimentId::DRESDEN_II, &Settings::default()).expect("sound tables");
    for model in [
        ReactorModel::EstienneFallot,
        ReactorModel::KopeikinMueller,
        ReactorModel::MuellerVogel,
    ] {
        kept.set(&at(model)).expect("sound tables");
        assert_eq!(outcome(&kept), fresh(model), "{model}");
    }
    // Another table of the experiment keeps the model.
    kept.set(&at(ReactorModel::EstienneFallot)).expect("sound tables");
    let registry = Registry::built_in().expect("sound tables");
    kept.respecify(registry.get(ExperimentId::DRESDEN_II).expect("there"))
        .expect("sound");
    assert_eq!(outcome(&kept), fresh(ReactorModel::EstienneFallot));
}

/// The Sun does not care.
#[test]
fn a_model_belongs_to_reactors() {
    let xenon = |model| Analysis::built_in(ExperimentId::XENON1T, &at(model)).expect("sound tables");
    let (paper, other) = (xenon(ReactorModel::MuellerVogel), xenon(ReactorModel::KopeikinMueller));
    assert_eq!(paper.relevant_settings(), other.relevant_settings());
    assert_eq!(paper.standard_model(), other.standard_model());
}

/// What a model is made from is listed with its sources.
#[test]
fn assumptions_name_the_tables_of_the_model() {
    let listed = |model| {
        let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, &at(model)).expect("sound tables");
        let rows = analysis.experiment().assumptions().expect("sound tables");
        rows.into_iter()
            .map(|row| format!("{} {} {}", row.key, row.value, row.source))
            .collect::<Vec<_>>()
            .join("\n")
    };
    assert!(!listed(ReactorModel::MuellerVogel).contains("reactor-flux"));
    let kopeikin = listed(ReactorModel::KopeikinMueller);
    assert!(
        kopeikin.contains("second-hand") && kopeikin.contains("Kopeikin + Mueller"),
        "{kopeikin}"
    );
    let estienne = listed(ReactorModel::EstienneFallot);
    assert!(
        estienne.contains("estienne-fallot-captures 0.6") && estienne.contains("computed: "),
        "{estienne}"
    );
}

/// NUCLEUS has the fractions of Dresden-II and a flux by power and distance: as many antineutrinos per fission as the model has, `reactor-flux.md`.
#[test]
fn a_flux_by_power_goes_with_the_antineutrinos_per_fission() {
    let spec = Registry::sample("nucleus-cawo4")
        .expect("a sample")
        .expect("a sound table");
    let flux = |model| {
        let analysis = Analysis::new(&Arc::new(spec.clone()), &at(model)).expect("sound tables");
        analysis.experiment().nominal_flux_per_cm2_s().expect("a reactor")
    };
    let paper = flux(ReactorModel::MuellerVogel);
    for (model, integral) in [
        (ReactorModel::KopeikinMueller, 6.6932),
        (ReactorModel::EstienneFallot, 6.7569),
    ] {
        assert_close(model.name(), flux(model) / paper, integral / 5.6440, 1e-4);
    }
}
