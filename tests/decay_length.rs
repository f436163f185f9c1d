//! How far N flies before it decays: energies of the sources, scaling, and where there is no N.

use dipole_portal::Flavor;
use dipole_portal::experiment::{Experiment, ExperimentId, USUAL_LENGTHS_M};
use dipole_portal::physics::decay::{Nature, width_mev};
use dipole_portal::physics::source::{MichelNeutrino, MuonDecay, Spectrum, pion_line_mev};
use dipole_portal::physics::units::{HBAR_C_MEV_FM, MUON_MASS_MEV, coupling_squared_per_mev2};

fn experiment(id: ExperimentId) -> Experiment {
    Experiment::built_in(id).expect("sound tables")
}

fn close(got: f64, expected: f64, tolerance: f64) {
    assert!((got / expected - 1.0).abs() < tolerance, "{got} for {expected}");
}

/// The integral of flux times energy is `E K_0(E)` plus the integral of `K_0` above: summed by Simpson's rule.
#[test]
fn energies_above_are_integrals_of_the_flux_above() {
    let mut spectra = vec![
        Spectrum::MuonDecay(MuonDecay(MichelNeutrino::Electron)),
        Spectrum::MuonDecay(MuonDecay(MichelNeutrino::AntiMuon)),
    ];
    for id in [ExperimentId::DRESDEN_II, ExperimentId::XENON1T] {
        spectra.extend(
            experiment(id)
                .components()
                .iter()
                .map(|component| component.spectrum.clone()),
        );
    }
    for spectrum in spectra {
        let highest = spectrum.highest_energy_mev();
        let flux = |energy: f64| spectrum.moments_above(energy)[0];
        for low in [0.1, 0.3, 0.7, 0.95].map(|share| share * highest) {
            const STEPS: usize = 20_000;
            let step = (highest - low) / STEPS as f64;
            let weight = |index| match index {
                0 | STEPS => 1.0,
                odd if odd % 2 == 1 => 4.0,
                _ => 2.0,
            };
            let sum: f64 = (0..=STEPS)
                .map(|index| weight(index) * flux(low + index as f64 * step))
                .sum();
            close(spectrum.energy_above(low), low * flux(low) + sum * step / 3.0, 1e-6);
        }
        assert_eq!(spectrum.energy_above(highest), 0.0);
    }
}

#[test]
fn light_n_have_the_mean_energies_of_the_sources() {
    let sns = experiment(ExperimentId::COHERENT_CSI);
    let energy = |flavor| sns.sterile_energy_mev(flavor, 1e-3).expect("N is made");
    close(energy(Flavor::Electron), 0.3 * MUON_MASS_MEV, 1e-6);
    // As many prompt as delayed ones.
    close(
        energy(Flavor::Muon),
        0.5 * (pion_line_mev() + 0.35 * MUON_MASS_MEV),
        1e-6,
    );
    // Above the line only what comes with the decay of the muon is left.
    let heavy = sns.sterile_energy_mev(Flavor::Muon, 30.0).expect("N is made");
    assert!(heavy > 38.0 && heavy < 0.5 * MUON_MASS_MEV, "{heavy}");
    // Mean energy of 8B neutrinos: 6.7 MeV (Bahcall et al. 1996).
    let sun = experiment(ExperimentId::XENON1T);
    let mean = sun.sterile_energy_mev(Flavor::Tau, 1e-3).expect("N is made");
    assert!((6.5..7.0).contains(&mean), "{mean}");
}

#[test]
fn energies_rise_with_the_mass_and_are_above_it() {
    for id in ExperimentId::PAPER {
        let experiment = experiment(id);
        for flavor in experiment.flavors() {
            let mut before = 0.0;
            for mass_mev in (1..200).map(|step| 0.25 * f64::from(step)) {
                let Some(energy) = experiment.sterile_energy_mev(flavor, mass_mev) else {
                    break;
                };
                assert!(
                    energy > mass_mev && energy >= before,
                    "{id} {flavor} {mass_mev}: {energy}"
                );
                before = energy;
            }
            assert!(before > 0.0, "{id} {flavor}");
        }
    }
}

/// `d = sqrt(16 pi hbar c beta gamma/(m^3 L))`, at one point by hand.
#[test]
fn a_coupling_by_hand() {
    let sns = experiment(ExperimentId::COHERENT_CSI);
    let energy: f64 = sns.sterile_energy_mev(Flavor::Electron, 10.0).expect("N is made");
    let boost = (energy * energy - 100.0).sqrt() / 10.0;
    let width_mev_per_strength = 1000.0 / (16.0 * std::f64::consts::PI);
    let strength = boost * HBAR_C_MEV_FM * 1e-15 / (20.0 * width_mev_per_strength);
    let coupling = sns.coupling_for_length_per_gev(Flavor::Electron, 10.0, 20.0, Nature::Dirac);
    let coupling = coupling.expect("N is made");
    close(coupling, 1e3 * strength.sqrt(), 1e-12);
    // A sum over the Michel spectrum above 10.0004 MeV in another language: 32.2762 MeV on average.
    close(coupling, 3.901_195e-5, 1e-5);
    // The same as a life: beta gamma hbar c/width is the length.
    let width = width_mev(10.0, coupling_squared_per_mev2(coupling));
    close(boost * HBAR_C_MEV_FM * 1e-15 / width, 20.0, 1e-12);
}

#[test]
fn couplings_go_with_one_over_the_root_of_the_length() {
    for id in ExperimentId::PAPER {
        let experiment = experiment(id);
        let flavor = experiment.spec().flavor();
        for mass_mev in [0.1, 1.0, 5.0] {
            let at = |length_m, nature| {
                let coupling = experiment.coupling_for_length_per_gev(flavor, mass_mev, length_m, nature);
                coupling.expect("N is made")
            };
            for length_m in USUAL_LENGTHS_M {
                let dirac = at(length_m, Nature::Dirac);
                close(at(1.0, Nature::Dirac) / dirac, length_m.sqrt(), 1e-12);
                close(dirac / at(length_m, Nature::Majorana), 2.0_f64.sqrt(), 1e-12);
                for nature in [Nature::Dirac, Nature::Majorana] {
                    let back = experiment.decay_length_m(flavor, mass_mev, at(length_m, nature), nature);
                    close(back.expect("N is made"), length_m, 1e-12);
                }
            }
        }
    }
}

/// Far above its mass N has p/m of one over it, and so the length goes with m^-4.
#[test]
fn light_n_are_boosted() {
    let reactor = experiment(ExperimentId::DRESDEN_II);
    let length = |mass_mev| {
        let length = reactor.decay_length_m(Flavor::Electron, mass_mev, 1e-6, Nature::Dirac);
        length.expect("N is made")
    };
    close(length(1e-3) / length(2e-3), 16.0, 1e-5);
}

#[test]
fn no_length_where_no_n_is_made_or_none_decays() {
    for (id, flavor, beyond_mev) in [
        (ExperimentId::DRESDEN_II, Flavor::Electron, 20.0),
        (ExperimentId::DRESDEN_II, Flavor::Muon, 1.0),
        (ExperimentId::COHERENT_CSI, Flavor::Muon, 0.5 * MUON_MASS_MEV),
        (ExperimentId::COHERENT_CSI, Flavor::Tau, 1.0),
        (ExperimentId::XENON1T, Flavor::Tau, 20.0),
    ] {
        let experiment = experiment(id);
        let coupling = experiment.coupling_for_length_per_gev(flavor, beyond_mev, 1.0, Nature::Dirac);
        assert_eq!(coupling, None, "{id} {flavor} {beyond_mev}");
        assert_eq!(experiment.decay_length_m(flavor, beyond_mev, 1e-6, Nature::Dirac), None);
    }
    let sun = experiment(ExperimentId::XENON1T);
    assert_eq!(
        sun.coupling_for_length_per_gev(Flavor::Tau, 0.0, 1.0, Nature::Dirac),
        None
    );
    let stable = sun.decay_length_m(Flavor::Tau, 1.0, 0.0, Nature::Dirac);
    assert_eq!(stable, Some(f64::INFINITY));
}
