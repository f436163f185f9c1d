//! Chi-square at a strength is a number of its own: not of what else is asked, nor in which order.

use crate::setups::settings;
use dipole_portal::Flavor;
use dipole_portal::analysis::Analysis;
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::units::coupling_squared_per_mev2;
use dipole_portal::statistics::Dof;

/// Couplings from 1e-9 to 1 GeV^-1.
fn strengths() -> Vec<f64> {
    (0..=90)
        .map(|index| coupling_squared_per_mev2(1e-9 * 10_f64.powf(0.1 * f64::from(index))))
        .collect()
}

fn assert_order_does_not_matter(analysis: &Analysis, flavor: Flavor, mass_mev: f64) {
    let what = format!(
        "{} {flavor} {mass_mev} {:?}",
        analysis.experiment().id(),
        analysis.settings()
    );
    let above = |strengths: &[f64]| {
        let values = analysis.delta_chi2(flavor, mass_mev, Dof::One, strengths);
        values.expect("the fits converge").expect("there are data")
    };
    let rising = strengths();
    let falling: Vec<f64> = rising.iter().rev().copied().collect();
    let (up, mut down) = (above(&rising), above(&falling));
    down.reverse();
    assert_eq!(up, down, "{what}");
    for (strength, expected) in rising.iter().zip(&up).step_by(13) {
        assert_eq!(above(&[*strength]), [*expected], "{what} at {strength:e}");
    }
    // Below every sensitivity chi-square is that of the SM, whatever was asked before.
    let sm = above(&[0.0])[0];
    assert!((up[0] - sm).abs() < 1e-3, "{what}: {} at 1e-9, SM {sm}", up[0]);
    // Beyond the limit it rises: no fit ends in another valley than its neighbours.
    let lowest = (0..up.len())
        .min_by(|one, other| up[*one].total_cmp(&up[*other]))
        .expect("a list");
    for pair in up[lowest..].windows(2) {
        assert!(pair[1] >= pair[0] - 1e-6 * pair[0].max(1.0), "{what}: {pair:?}");
    }
}

/// Regression: on the way down from 1 GeV^-1 (Lindhard, flux 2, 0.1 MeV) the fit stayed where it had been strained to, and
/// chi-square was 5178 above the best fit at 1e-9 GeV^-1.
#[test]
fn chi_square_does_not_depend_on_the_order_of_strengths() {
    for (quenching, flux) in [
        (Quenching::Lindhard, 2.0),
        (Quenching::Lindhard, 1.0),
        (Quenching::Fef, 1.0),
    ] {
        let settings = settings(quenching, 0.157, flux);
        let analysis = Analysis::built_in(ExperimentId::DRESDEN_II, &settings).expect("sound tables");
        for mass in [0.1, 3.0] {
            assert_order_does_not_matter(&analysis, Flavor::Electron, mass);
        }
    }
    let analysis = crate::setups::coherent();
    assert_order_does_not_matter(&analysis, Flavor::Muon, 0.1);
    assert_order_does_not_matter(&analysis, Flavor::Muon, 30.0);
}
