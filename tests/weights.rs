//! Couplings to several flavours in given ratios.

use dipole_portal::analysis::literature::{FlavorSet, Literature};
use dipole_portal::analysis::verdict::published_results_with;
use dipole_portal::analysis::{Analysis, Benchmark, Settings, Weights};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::statistics::{Confidence, Limit};
use dipole_portal::{Choice, Flavor};

const MASSES_MEV: [f64; 4] = [0.1, 1.0, 5.0, 20.0];

fn weighted(weights: &str) -> Settings {
    Settings {
        weights: weights.parse().expect("sound weights"),
        ..Settings::default()
    }
}

fn analysis(id: ExperimentId, settings: &Settings) -> Analysis {
    Analysis::built_in(id, settings).expect("sound tables")
}

fn limit(analysis: &Analysis, flavor: Flavor, mass_mev: f64) -> Limit {
    analysis
        .limit_per_gev(flavor, mass_mev, Confidence::PAPER)
        .expect("converges")
}

/// The flavour asked for does not matter any more, and one flavour with weight 1 is that flavour to the last digit.
#[test]
fn one_weight_alone_is_its_flavour() {
    let weights = ["1:0:0", "0:1:0", "0:0:1"];
    for id in ExperimentId::PAPER {
        let plain = analysis(id, &Settings::default());
        for (flavor, weights) in Flavor::ALL.iter().zip(weights) {
            let mixed = analysis(id, &weighted(weights));
            assert_eq!(
                mixed.check_flavor(Flavor::Tau).is_ok(),
                plain.check_flavor(*flavor).is_ok()
            );
            for asked_for in Flavor::ALL {
                for mass in MASSES_MEV {
                    assert_eq!(
                        mixed.dipole(*asked_for, mass),
                        plain.dipole(*flavor, mass),
                        "{id} {weights}"
                    );
                    assert_eq!(limit(&mixed, *asked_for, mass), limit(&plain, *flavor, mass));
                    let ceilings = (
                        mixed.ceiling_per_gev(*asked_for, mass),
                        plain.ceiling_per_gev(*flavor, mass),
                    );
                    assert_eq!(ceilings.0, ceilings.1);
                }
            }
        }
    }
}

#[test]
fn twice_the_weights_are_half_the_coupling() {
    for id in ExperimentId::PAPER {
        let (once, twice) = (analysis(id, &weighted("1:1:1")), analysis(id, &weighted("2:2:2")));
        for mass in MASSES_MEV {
            match (limit(&once, Flavor::Muon, mass), limit(&twice, Flavor::Muon, mass)) {
                (Limit::At(once), Limit::At(twice)) => {
                    assert!(
                        (once / twice / 2.0 - 1.0).abs() < 1e-9,
                        "{id} {mass}: {once:e} {twice:e}"
                    );
                }
                (once, twice) => assert_eq!(once, twice, "{id} {mass}"),
            }
            let ceilings = once
                .ceiling_per_gev(Flavor::Muon, mass)
                .zip(twice.ceiling_per_gev(Flavor::Muon, mass));
            assert!(ceilings.is_none_or(|(once, twice)| (once / twice / 2.0 - 1.0).abs() < 1e-12));
        }
    }
}

/// The signal adds as the squares of the couplings.
#[test]
fn templates_add_with_the_squares_of_the_weights() {
    let weights = [0.5, 2.0, 3.0];
    for id in ExperimentId::PAPER {
        let plain = analysis(id, &Settings::default());
        let mixed = analysis(id, &weighted("0.5:2:3"));
        for mass in MASSES_MEV {
            let sums = Flavor::ALL.map_sum(|flavor, sum: &mut Vec<f64>| {
                let squared = weights[flavor.index()] * weights[flavor.index()];
                let template = plain.dipole(flavor, mass).sum();
                sum.resize(template.len(), 0.0);
                sum.iter_mut()
                    .zip(template)
                    .for_each(|(sum, count)| *sum += squared * count);
            });
            for (got, expected) in mixed.dipole(Flavor::Electron, mass).sum().iter().zip(sums) {
                assert!(
                    (got - expected).abs() <= 1e-12 * expected,
                    "{id} {mass}: {got} {expected}"
                );
            }
        }
    }
}

/// Sums something over all flavours.
trait MapSum {
    fn map_sum(&self, add: impl FnMut(Flavor, &mut Vec<f64>)) -> Vec<f64>;
}

impl MapSum for [Flavor] {
    fn map_sum(&self, mut add: impl FnMut(Flavor, &mut Vec<f64>)) -> Vec<f64> {
        let mut sum = Vec::new();
        self.iter().for_each(|flavor| add(*flavor, &mut sum));
        sum
    }
}

/// More signal at the same d: where the SM is what is observed, the limit is stronger than for either flavour. The data of COHERENT have too few prompt
/// events, which no electron neutrino makes: with them the limit is stronger above the masses that the prompt line reaches, and below 2 % weaker.
#[test]
fn a_common_coupling_is_limited_better_than_either() {
    for expected in [true, false] {
        let of = |weights: Weights| {
            let settings = Settings {
                weights,
                expected,
                ..Settings::default()
            };
            analysis(ExperimentId::COHERENT_CSI, &settings)
        };
        let (plain, universal) = (of(Weights::default()), of(Weights::UNIVERSAL));
        for mass in [0.1, 1.0, 5.0, 20.0, 40.0] {
            let value = |limit: Limit| limit.value().expect("a limit");
            let [e, mu] = [Flavor::Electron, Flavor::Muon].map(|flavor| value(limit(&plain, flavor, mass)));
            let both = value(limit(&universal, Flavor::Electron, mass));
            let room = if expected || mass >= 20.0 { 1.0 } else { 1.02 };
            assert!(both < room * e.min(mu), "{mass}: {both:e} {e:e} {mu:e}");
        }
    }
    // The Sun has all three, nearly of one shape, and its bound is on the counts: 1/limit^2 adds.
    let (plain, universal) = (
        analysis(ExperimentId::XENON1T, &Settings::default()),
        analysis(ExperimentId::XENON1T, &weighted("universal")),
    );
    for mass in MASSES_MEV[..3].iter().copied() {
        let inverse = |limit: Limit| limit.value().map_or(0.0, |limit| limit.powi(-2));
        let sum: f64 = Flavor::ALL
            .iter()
            .map(|flavor| inverse(limit(&plain, *flavor, mass)))
            .sum();
        let got = inverse(limit(&universal, Flavor::Tau, mass));
        assert!((got / sum - 1.0).abs() < 1e-9, "{mass}: {got:e} {sum:e}");
    }
}

/// N decays into every flavour that it couples to, whether the source has it or not.
#[test]
fn the_width_counts_flavours_that_the_source_does_not_have() {
    for (id, one, weights, factor) in [
        (ExperimentId::DRESDEN_II, Flavor::Electron, "1:1:1", 3.0_f64),
        (ExperimentId::DRESDEN_II, Flavor::Electron, "1:0:2", 5.0),
        (ExperimentId::COHERENT_CSI, Flavor::Muon, "0:1:1", 2.0),
    ] {
        let (plain, mixed) = (analysis(id, &Settings::default()), analysis(id, &weighted(weights)));
        for mass in [0.5, 2.0] {
            let (alone, together) = (plain.ceiling_per_gev(one, mass), mixed.ceiling_per_gev(one, mass));
            let ratio = alone.expect("N is made") / together.expect("N is made");
            assert!((ratio / factor.sqrt() - 1.0).abs() < 1e-12, "{id} {weights}: {ratio}");
            // The signal is that of the one flavour.
            assert_eq!(limit(&plain, one, mass), limit(&mixed, one, mass));
        }
    }
}

/// N of all flavours together has an energy between those that either makes alone.
#[test]
fn the_typical_energy_is_that_of_the_weighted_flux() {
    let ceiling = |weights: &str, mass| {
        let coherent = analysis(ExperimentId::COHERENT_CSI, &weighted(weights));
        coherent.ceiling_per_gev(Flavor::Electron, mass).expect("N is made")
    };
    for mass in [1.0, 20.0] {
        let [e, mu] = ["1.4142135623730951:0:0", "0:1.4142135623730951:0"].map(|weights| ceiling(weights, mass));
        let both = ceiling("1:1:0", mass);
        assert!((e.min(mu)..=e.max(mu)).contains(&both), "{mass}: {both:e} {e:e} {mu:e}");
        // A small weight changes little.
        assert!((ceiling("0.001:1.414213562373095:0", mass) / mu - 1.0).abs() < 1e-4);
    }
}

#[test]
fn flavours_that_a_source_does_not_have_give_no_signal() {
    let reactor = analysis(ExperimentId::DRESDEN_II, &weighted("0:1:1"));
    assert!(reactor.check_flavor(Flavor::Electron).is_err());
    assert_eq!(limit(&reactor, Flavor::Electron, 1.0), Limit::NoSensitivity);
    assert_eq!(reactor.ceiling_per_gev(Flavor::Electron, 1.0), None);
}

#[test]
fn weights_out_of_range_are_refused() {
    for text in [
        "",
        "1",
        "1:1",
        "1:1:1:1",
        "1:1:x",
        "-1:1:1",
        "nan:1:1",
        "inf:1:1",
        "0:0:0",
        "1e9:0:0",
        "1e-9:0:0",
        "1,1,1",
        "Universal",
    ] {
        assert!(text.parse::<Weights>().is_err(), "'{text}'");
    }
    assert!(serde_json::from_str::<Weights>("[0,0,0]").is_err());
}

#[test]
fn weights_come_back_from_their_text() {
    for text in ["universal", "1:0:0", "0.5:2:3", "0.001:1000:0.1"] {
        let weights: Weights = text.parse().expect("sound weights");
        assert_eq!(weights.to_string(), text);
        let json = serde_json::to_string(&weights).expect("data");
        assert_eq!(serde_json::from_str::<Weights>(&json).expect("the same"), weights);
    }
    assert_eq!("1:1:1".parse::<Weights>().expect("sound weights"), Weights::UNIVERSAL);
    assert_eq!(
        serde_json::from_str::<Weights>("null").expect("none"),
        Weights::default()
    );
}

/// Changed and fresh analyses agree, in either direction.
#[test]
fn a_change_of_weights_is_a_fresh_analysis() {
    let mut changed = analysis(ExperimentId::COHERENT_CSI, &Settings::default());
    for settings in [weighted("1:1:1"), weighted("3:1:0"), Settings::default()] {
        changed.best_fit(Flavor::Electron).expect("converges");
        changed.set(&settings).expect("sound settings");
        let fresh = analysis(ExperimentId::COHERENT_CSI, &settings);
        assert_eq!(
            changed.dipole(Flavor::Electron, 5.0),
            fresh.dipole(Flavor::Electron, 5.0)
        );
        assert_eq!(changed.relevant_settings(), fresh.relevant_settings());
        let best = |analysis: &Analysis| analysis.best_fit(Flavor::Electron).expect("converges");
        assert_eq!(best(&changed), best(&fresh));
    }
}

/// Curves for one coupling common to all flavours apply to weights that are alike, at the common coupling; others to none.
#[test]
fn published_curves_under_weights() {
    let literature = Literature::new();
    let at = |coupling_per_gev| Benchmark::new(Flavor::Muon, 1.0, coupling_per_gev).expect("a point");
    let names = |weights: Weights, coupling| -> Vec<(String, Option<bool>)> {
        let results = published_results_with(literature.curves(), at(coupling), weights);
        results
            .into_iter()
            .map(|result| (result.name, result.excludes))
            .collect()
    };
    let plain = names(Weights::default(), 1e-7);
    assert_eq!(plain.len(), literature.for_flavor(Flavor::Muon).count());
    let universal = names(Weights::UNIVERSAL, 1e-7);
    let expected = literature
        .curves()
        .iter()
        .filter(|curve| curve.flavors == FlavorSet::UNIVERSAL);
    assert_eq!(universal.len(), expected.count());
    assert!(!universal.is_empty() && universal.len() < plain.len());
    assert!(universal.iter().all(|row| plain.contains(row)));
    for coupling in [1e-9, 1e-8, 1e-7, 1e-6, 1e-5] {
        let doubled = Weights::new([2.0; 3]).expect("sound weights");
        assert_eq!(names(doubled, coupling), names(Weights::UNIVERSAL, 2.0 * coupling));
    }
    for other in ["1:1:0", "1:0:0", "1:1:1.1"] {
        assert!(names(other.parse().expect("sound weights"), 1e-7).is_empty(), "{other}");
    }
}
