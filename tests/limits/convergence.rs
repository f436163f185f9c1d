//! No mass, no setting and no start leaves a search without its result.

use crate::setups::{at_flux, coherent, cold, counts, dresden_ii, likelihood, limit90, settings};
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::statistics::{Confidence, Likelihood};
use dipole_portal::{Choice, Flavor};

/// Two hundred masses from 0.01 to 100 MeV.
fn masses_mev() -> impl Iterator<Item = f64> {
    (0..200).map(|index| 0.01 * (1e4_f64.ln() * f64::from(index) / 199.0).exp())
}

/// Every mass has a limit up to the last within reach and none from there on.
fn assert_curve(analysis: &Analysis, flavor: Flavor) {
    let what = format!("{} {flavor} {:?}", analysis.experiment().id(), analysis.settings());
    let mut within_reach = true;
    for mass in masses_mev() {
        let limit = analysis.limit_per_gev(flavor, mass, Confidence::PAPER);
        assert!(limit.is_ok(), "{what} at {mass} MeV: {limit:?}");
        let limit = limit.ok().and_then(|limit| limit.value());
        let known = analysis.experiment().flavors().any(|known| known == flavor);
        assert!(
            known || limit.is_none(),
            "{what} at {mass} MeV: a limit without neutrinos"
        );
        assert!(
            within_reach || limit.is_none(),
            "{what} at {mass} MeV: a limit beyond a mass without"
        );
        assert!(
            limit.is_none_or(|limit| limit > 0.0 && limit <= 1.0),
            "{what} at {mass} MeV: {limit:?}"
        );
        within_reach = limit.is_some();
    }
}

#[test]
fn every_curve_is_complete() {
    for id in &ExperimentId::PAPER {
        let analysis = Analysis::built_in(*id, &Settings::default()).expect("sound tables");
        for flavor in Flavor::ALL {
            assert_curve(&analysis, *flavor);
        }
    }
}

#[test]
fn every_curve_of_dresden_ii_is_complete_at_any_setting() {
    let lindhard = [0.05, 0.1, 0.157, 0.2, 0.3].map(|k| (Quenching::Lindhard, k));
    for (quenching, k) in [(Quenching::Fef, 0.157), (Quenching::Ybe, 0.157)]
        .into_iter()
        .chain(lindhard)
    {
        for flux in [0.3, 1.0, 3.0] {
            let analysis =
                Analysis::built_in(ExperimentId::DRESDEN_II, &settings(quenching, k, flux)).expect("sound tables");
            assert_curve(&analysis, Flavor::Electron);
        }
    }
}

#[test]
fn every_curve_of_coherent_is_complete_at_any_flux() {
    for flux in [0.3, 3.0] {
        let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, &at_flux(flux)).expect("sound tables");
        assert_curve(&analysis, Flavor::Electron);
        assert_curve(&analysis, Flavor::Muon);
    }
}

/// The page starts a fit from that of another mass; this must not change the number.
fn assert_start_does_not_matter(what: &str, likelihood: &dyn Likelihood, sm: &[f64], here: &[f64], there: &[f64]) {
    let (here, there) = (counts(likelihood, sm, here), counts(likelihood, sm, there));
    let strength = limit90(likelihood, here).limit.value().expect("a limit");
    let mut warm = limit90(likelihood, there).minimum.nuisances;
    likelihood
        .profile(
            there,
            3.0 * limit90(likelihood, there).limit.value().expect("a limit"),
            &mut warm,
        )
        .expect("the fit converges");
    for share in [0.0, 0.5, 1.0, 2.0] {
        let chi2 = likelihood
            .profile(here, share * strength, &mut warm.clone())
            .expect("the fit converges")
            .chi2;
        let expected = cold(likelihood, here, share * strength);
        assert!(
            (chi2 - expected).abs() < 1e-6,
            "{what} at {share} of the limit: warm {chi2}, cold {expected}"
        );
    }
}

#[test]
fn a_warm_start_gives_the_same_chi_square() {
    let masses = [0.01, 0.2, 1.0, 3.0, 6.0];
    for quenching in Quenching::ALL {
        let analysis = dresden_ii(*quenching);
        let sm = analysis.standard_model().sum();
        let templates = masses.map(|mass| analysis.dipole(Flavor::Electron, mass).sum());
        for (here, there) in templates
            .iter()
            .flat_map(|here| templates.iter().map(move |there| (here, there)))
        {
            assert_start_does_not_matter(quenching.name(), likelihood(&analysis), &sm, here, there);
        }
    }
    let analysis = coherent();
    let sm = analysis.standard_model().sum();
    let templates = [0.01, 10.0, 29.5, 45.0].map(|mass| analysis.dipole(Flavor::Muon, mass).sum());
    for (here, there) in templates
        .iter()
        .flat_map(|here| templates.iter().map(move |there| (here, there)))
    {
        assert_start_does_not_matter("COHERENT", likelihood(&analysis), &sm, here, there);
    }
}
