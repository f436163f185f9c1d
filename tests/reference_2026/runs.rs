//! XENONnT S2-only: three runs with shapes.

use super::*;

fn xenonnt_s2(flux_per_cm2_s: &str) -> Analysis {
    let registry = Registry::built_in().expect("sound tables");
    let spec = registry
        .get(ExperimentId::new("xenonnt-s2").expect("a name"))
        .expect("there");
    let spec = spec.overridden("flux", flux_per_cm2_s).expect("a flux");
    Analysis::new(&spec, &Settings::default()).expect("sound tables")
}

/// Counts of 8B neutrinos at the flux of the release beside its own, `xenonnt-s2.md`.
#[test]
fn counts_of_xenonnt_s2_are_near_those_of_the_release() {
    let analysis = xenonnt_s2("5.25e6");
    let counts = by_run(&analysis, &analysis.standard_model().nucleus);
    for ((got, ours), release) in counts.into_iter().zip([20.52, 29.43, 32.54]).zip([20.57, 29.44, 32.31]) {
        assert_close("definition", got, ours, 5e-4);
        assert_close("release", got, release, 1e-2);
    }
}

/// The limit that was to be expected, in 1e-7 GeV^-1, and that the data are lucky.
#[test]
fn expected_limits_of_xenonnt_s2_are_weaker_than_those_of_the_data() {
    let analysis = xenonnt_s2("5.16e6");
    for (mass_mev, expected) in [(0.1, 9.48), (5.0, 11.6), (10.0, 27.3)] {
        let limit = analysis.expected_limit_per_gev(Flavor::Tau, mass_mev, Confidence::PAPER);
        let limit = limit.expect("converges").and_then(Limit::value).expect("a limit");
        assert_close("expected", 1e7 * limit, expected, 4e-3);
        let observed = analysis.limit_per_gev(Flavor::Tau, mass_mev, Confidence::PAPER);
        let observed = observed.expect("converges").value().expect("a limit");
        assert!(
            (1.6..1.85).contains(&(limit / observed)),
            "{mass_mev}: {}",
            limit / observed
        );
    }
    let dresden = Analysis::built_in(ExperimentId::DRESDEN_II, &Settings::default()).expect("sound tables");
    let none = dresden.expected_limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER);
    assert_eq!(none.expect("nothing to compute"), None);
}

/// Sixteen nuisances, with the priors and bounds of the release; the best fit of the data is no signal at all.
#[test]
fn nuisances_of_xenonnt_s2_are_those_of_the_release() {
    let analysis = xenonnt_s2("5.16e6");
    let likelihood = analysis.statistic().likelihood().expect("there are data");
    let parameters: Vec<_> = likelihood
        .parameters()
        .iter()
        .map(|parameter| {
            let prior = parameter.prior.expect("all have one");
            (parameter.name.as_str(), prior.centre, prior.width, parameter.range)
        })
        .collect();
    let expected = [
        ("cathode-sr0", 1.0, 0.146, (0.0, 5.0)),
        ("cathode-sr1", 1.0, 0.104, (0.0, 5.0)),
        ("cathode-sr2", 1.0, 0.074, (0.0, 5.0)),
        ("delayed_electron-sr0", 1.0, 0.408, (0.0, 10.0)),
        ("delayed_electron-sr1", 1.0, 0.192, (0.0, 10.0)),
        ("delayed_electron-sr2", 1.0, 0.135, (0.0, 10.0)),
        ("accidental-sr0", 1.0, 0.171, (0.0, 10.0)),
        ("accidental-sr1", 1.0, 0.078, (0.0, 10.0)),
        ("flux", 1.0, 0.0381, (0.0, 10.0)),
        ("efficiency-sr0", 1.0, 0.112, (0.5, 1.5)),
        ("efficiency-sr1", 1.0, 0.112, (0.5, 1.5)),
        ("efficiency-sr2", 1.0, 0.112, (0.5, 1.5)),
        ("signal-shape", 0.0, 1.0, (-2.0, 2.0)),
        ("cathode-shape-sr0", 0.0, 1.0, (-3.0, 3.0)),
        ("cathode-shape-sr1", 0.0, 1.0, (-3.0, 3.0)),
        ("cathode-shape-sr2", 0.0, 1.0, (-3.0, 3.0)),
    ];
    assert_eq!(parameters, expected);
    let best = analysis
        .best_fit(Flavor::Tau)
        .expect("converges")
        .expect("there are data");
    assert_eq!(best.coupling_per_gev, 0.0);
}
