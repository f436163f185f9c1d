//! The minimum over strength and nuisances, the limit counted from it, and the slope that leads there.

use crate::minimisers::{Random, nelder_mead, pattern_search};
use crate::setups::{
    coherent, cold, cold_profile, counting_chi2, counts, dresden_ii, ionisation_chi2, likelihood, limit90,
};
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Counts, Dof, Likelihood, Sides, limit};
use dipole_portal::{Choice, Flavor};

/// Ranges of the random starts of A, B, C, h, w, c, r and a: wide around what the spectrum can be.
const STARTS: [(f64, f64); 8] = [
    (0.0, 30.0),
    (0.0, 400.0),
    (0.3, 12.0),
    (30.0, 150.0),
    (0.03, 0.15),
    (1.21, 1.39),
    (0.02, 0.4),
    (-0.06, 0.06),
];
/// First steps of the simplex.
const STEPS: [f64; 8] = [3.0, 20.0, 1.0, 5.0, 0.01, 0.01, 0.03, 0.02];

/// Whatever a blind search finds, the core's minimum of Dresden-II is not above it; and the blind search gets there, so
/// that it is a search at all.
#[test]
fn no_start_finds_a_deeper_minimum_of_dresden_ii() {
    let mut random = Random::new(20_240_611);
    for (quenching, mass) in [(Quenching::Fef, 0.1), (Quenching::Ybe, 3.0), (Quenching::Lindhard, 1.0)] {
        let analysis = dresden_ii(quenching);
        let (likelihood, sm, dipole) = (
            likelihood(&analysis),
            analysis.standard_model().sum(),
            analysis.dipole(Flavor::Electron, mass).sum(),
        );
        let signal = counts(likelihood, &sm, &dipole);
        let found = limit90(likelihood, signal);
        let unit = likelihood.strength_scale(signal).expect("there is sensitivity");
        let chi2 = |values: &[f64]| ionisation_chi2(likelihood, signal, unit * values[8], &values[..8]);
        let deepest = (0..6)
            .map(|_| {
                let mut start: Vec<f64> = STARTS.iter().map(|(low, high)| random.between(*low, *high)).collect();
                start.push(random.between(0.0, 6.0));
                nelder_mead(chi2, &start, &[&STEPS[..], &[0.5]].concat(), 1e-5).0
            })
            .fold(f64::INFINITY, f64::min);
        let minimum = found.minimum.chi2;
        assert!(
            minimum < deepest + 1e-6,
            "{quenching} {mass}: {minimum} above {deepest}"
        );
        assert!(
            deepest < minimum + 0.01,
            "{quenching} {mass}: the search got to {deepest} only, not to {minimum}"
        );
        at_the_limit(&mut random, quenching, mass, found.limit.value().expect("a limit"));
    }
}

/// The same at the limit, where the fit is strained most.
fn at_the_limit(random: &mut Random, quenching: Quenching, mass: f64, strength: f64) {
    let analysis = dresden_ii(quenching);
    let (likelihood, sm, dipole) = (
        likelihood(&analysis),
        analysis.standard_model().sum(),
        analysis.dipole(Flavor::Electron, mass).sum(),
    );
    let signal = counts(likelihood, &sm, &dipole);
    let profile = cold(likelihood, signal, strength);
    let deepest = (0..4)
        .map(|_| {
            let start: Vec<f64> = STARTS.iter().map(|(low, high)| random.between(*low, *high)).collect();
            nelder_mead(
                |values| ionisation_chi2(likelihood, signal, strength, values),
                &start,
                &STEPS,
                1e-5,
            )
            .0
        })
        .fold(f64::INFINITY, f64::min);
    assert!(
        profile < deepest + 1e-6,
        "{quenching} {mass}: {profile} above {deepest}"
    );
    assert!(
        deepest < profile + 0.01,
        "{quenching} {mass}: the search got to {deepest} only, not to {profile}"
    );
}

fn random_nuisances(random: &mut Random, ranges: [(f64, f64); 8]) -> [f64; 8] {
    ranges.map(|(low, high)| random.between(low, high))
}

/// Where the core starts is well inside the basin of the deepest minimum: from anywhere else its fit gets no deeper, and
/// from within half of every starting value (for the line: a quarter of its range) it gets to the same. From further
/// off it can end where exponential and slope are both zero, thousands higher.
#[test]
fn the_fit_of_dresden_ii_starts_in_the_right_basin() {
    let mut random = Random::new(20_240_612);
    let analysis = dresden_ii(Quenching::Fef);
    let start: Vec<f64> = likelihood(&analysis)
        .parameters()
        .iter()
        .map(|parameter| parameter.start)
        .collect();
    let near: [(f64, f64); 8] = std::array::from_fn(|index| (0.5 * start[index], 1.5 * start[index]));
    let near = std::array::from_fn(|index| match index {
        5 => (start[5] - 0.05, start[5] + 0.05),
        7 => STARTS[7],
        _ => near[index],
    });
    for (quenching, mass) in [(Quenching::Fef, 0.1), (Quenching::Ybe, 3.0), (Quenching::Lindhard, 1.0)] {
        let analysis = dresden_ii(quenching);
        let (likelihood, sm, dipole) = (
            likelihood(&analysis),
            analysis.standard_model().sum(),
            analysis.dipole(Flavor::Electron, mass).sum(),
        );
        let signal = counts(likelihood, &sm, &dipole);
        let strength = limit90(likelihood, signal).limit.value().expect("a limit");
        for share in [0.0, 0.5, 1.0, 2.0] {
            let expected = cold(likelihood, signal, share * strength);
            let mut from = |ranges| {
                let start = random_nuisances(&mut random, ranges);
                let profile = likelihood.profile(signal, share * strength, &mut start.clone());
                (profile.map(|profile| profile.chi2), start)
            };
            for _ in 0..100 {
                // From far off a fit may fail, but it may not find anything better.
                if let (Ok(chi2), start) = from(STARTS) {
                    assert!(
                        chi2 > expected - 1e-6,
                        "{quenching} {mass}: {chi2} below {expected} from {start:?}"
                    );
                }
                let (chi2, start) = from(near);
                let chi2 = chi2.expect("the fit converges");
                assert!(
                    (chi2 - expected).abs() < 1e-6,
                    "{quenching} {mass}: {chi2}, not {expected} from {start:?}"
                );
            }
        }
    }
}

#[test]
fn no_pattern_finds_a_deeper_minimum_of_coherent() {
    let analysis = coherent();
    let (likelihood, sm) = (likelihood(&analysis), analysis.standard_model().sum());
    for (flavor, mass) in [
        (Flavor::Electron, 0.1),
        (Flavor::Muon, 1.0),
        (Flavor::Muon, 30.0),
        (Flavor::Electron, 45.0),
    ] {
        let dipole = analysis.dipole(flavor, mass).sum();
        let signal = counts(likelihood, &sm, &dipole);
        let found = limit90(likelihood, signal);
        let unit = likelihood.strength_scale(signal).expect("there is sensitivity");
        let joint = |values: &[f64]| counting_chi2(likelihood, signal, unit * values[4], &values[..4]);
        let (deepest, _) = pattern_search(joint, &[0.0, 0.0, 0.0, 0.0, 0.5], &[0.1, 0.1, 0.1, 0.01, 0.5]);
        assert!(
            (found.minimum.chi2 - deepest).abs() < 1e-6,
            "{flavor} {mass}: {} {deepest}",
            found.minimum.chi2
        );
        let strength = found.limit.value().expect("a limit");
        let (deepest, _) = pattern_search(
            |etas| counting_chi2(likelihood, signal, strength, etas),
            &[0.0; 4],
            &[0.1, 0.1, 0.1, 0.01],
        );
        let profile = cold(likelihood, signal, strength);
        assert!(
            (profile - deepest).abs() < 1e-6,
            "{flavor} {mass} at the limit: {profile} {deepest}"
        );
    }
}

/// The minimum and the limit are those of a dense scan: the lowest point of it, and the last below the step.
fn assert_scan_agrees(what: &str, likelihood: &dyn Likelihood, signal: Counts) {
    let step = Confidence::PAPER.delta_chi2();
    let found = limit90(likelihood, signal);
    let strength = found.limit.value().expect("a limit");
    let at_limit = cold(likelihood, signal, strength) - found.minimum.chi2;
    assert!(
        (at_limit - step).abs() < 1e-4,
        "{what}: chi-square rises by {at_limit} to the limit"
    );
    let scan: Vec<(f64, f64)> = (0..=400)
        .map(|index| 0.01 * f64::from(index) * strength)
        .map(|strength| (strength, cold(likelihood, signal, strength)))
        .collect();
    let lowest = scan.iter().map(|(_, chi2)| *chi2).fold(f64::INFINITY, f64::min);
    assert!(
        found.minimum.chi2 < lowest + 1e-7,
        "{what}: {} above {lowest}",
        found.minimum.chi2
    );
    assert!(
        lowest < found.minimum.chi2 + 1e-2,
        "{what}: {lowest} above {}",
        found.minimum.chi2
    );
    for (there, chi2) in scan {
        assert!(
            there < 1.001 * strength || chi2 - found.minimum.chi2 > step,
            "{what}: allowed beyond the limit at {there:e}"
        );
    }
}

#[test]
fn limits_agree_with_a_dense_scan() {
    for quenching in Quenching::ALL {
        let analysis = dresden_ii(*quenching);
        let sm = analysis.standard_model().sum();
        for mass in [0.01, 0.3, 1.0, 3.0, 6.0] {
            let dipole = analysis.dipole(Flavor::Electron, mass).sum();
            let what = format!("{quenching} {mass}");
            assert_scan_agrees(
                &what,
                likelihood(&analysis),
                counts(likelihood(&analysis), &sm, &dipole),
            );
        }
    }
    let analysis = coherent();
    let sm = analysis.standard_model().sum();
    for flavor in [Flavor::Electron, Flavor::Muon] {
        for mass in [0.01, 1.0, 10.0, 29.5, 45.0] {
            let dipole = analysis.dipole(flavor, mass).sum();
            let what = format!("{flavor} {mass}");
            assert_scan_agrees(
                &what,
                likelihood(&analysis),
                counts(likelihood(&analysis), &sm, &dipole),
            );
        }
    }
}

/// The slope of a profile is the derivative of its chi-square.
fn assert_slope(what: &str, likelihood: &dyn Likelihood, signal: Counts) {
    let limit = limit90(likelihood, signal).limit.value().expect("a limit");
    for share in [0.01, 0.3, 1.0, 3.0] {
        let strength = share * limit;
        let slope = cold_profile(likelihood, signal, strength)
            .expect("the fit converges")
            .slope;
        let step = 0.01 * limit;
        let at = |steps: f64| cold(likelihood, signal, strength + steps * step);
        // Five points, so that what is left over is the precision of the profiles.
        let numeric = if share > 0.02 {
            (8.0 * (at(1.0) - at(-1.0)) - (at(2.0) - at(-2.0))) / (12.0 * step)
        } else {
            (at(0.5) - at(-0.5)) / step
        };
        let scale = 2.7 / limit;
        assert!(
            (slope - numeric).abs() < 1e-3 * scale.max(numeric.abs()),
            "{what} at {share}: {slope:e}, numeric {numeric:e}"
        );
    }
}

#[test]
fn slopes_are_derivatives() {
    for quenching in Quenching::ALL {
        let analysis = dresden_ii(*quenching);
        let sm = analysis.standard_model().sum();
        for mass in [0.1, 3.0] {
            let dipole = analysis.dipole(Flavor::Electron, mass).sum();
            assert_slope(
                &format!("{quenching} {mass}"),
                likelihood(&analysis),
                counts(likelihood(&analysis), &sm, &dipole),
            );
        }
    }
    let analysis = coherent();
    let sm = analysis.standard_model().sum();
    for mass in [0.1, 30.0] {
        let dipole = analysis.dipole(Flavor::Muon, mass).sum();
        assert_slope(
            &format!("mu {mass}"),
            likelihood(&analysis),
            counts(likelihood(&analysis), &sm, &dipole),
        );
    }
}

/// Regression: a search that hit its root exactly gave twice the strength or more. At every mass and level,
/// chi-square has risen by the step where the limit is.
fn assert_steps(
    what: &str,
    likelihood: &dyn Likelihood,
    sm: &[f64],
    template: impl Fn(f64) -> Vec<f64>,
    highest_mev: f64,
) {
    for index in 0..100 {
        let mass = 0.01 * (highest_mev / 0.01).powf(f64::from(index) / 99.0);
        let dipole = template(mass);
        let signal = counts(likelihood, sm, &dipole);
        for level in [0.5, 0.6827, 0.9, 0.95, 0.99, 0.999] {
            let step = ConfidenceLevel::new(level)
                .expect("a level")
                .delta_chi2(Dof::One, Sides::Two);
            let start = likelihood.start(signal).expect("a start");
            let found = limit(likelihood, signal, step, &start).expect("the search converges");
            let rise = cold(likelihood, signal, found.limit.value().expect("a limit")) - found.minimum.chi2;
            assert!(
                (rise / step - 1.0).abs() < 1e-4,
                "{what} at {mass} MeV, {level}: rises by {rise} for {step}"
            );
        }
    }
}

#[test]
fn chi_square_rises_by_the_step_to_every_limit() {
    for quenching in Quenching::ALL {
        let analysis = dresden_ii(*quenching);
        let template = |mass| analysis.dipole(Flavor::Electron, mass).sum();
        assert_steps(
            quenching.name(),
            likelihood(&analysis),
            &analysis.standard_model().sum(),
            template,
            7.5,
        );
    }
    let analysis = coherent();
    for flavor in [Flavor::Electron, Flavor::Muon] {
        let template = |mass| analysis.dipole(flavor, mass).sum();
        assert_steps(
            flavor.name(),
            likelihood(&analysis),
            &analysis.standard_model().sum(),
            template,
            50.0,
        );
    }
}
