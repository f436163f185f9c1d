//! Input from outside, any float at all: refused with a reason or within its range.

use crate::setups::germanium;
use dipole_portal::Flavor;
use dipole_portal::analysis::{
    Analysis, Benchmark, COUPLING_RANGE_PER_GEV, FLUX_RANGE, Fluxes, MASS_RANGE_MEV, Settings,
};
use dipole_portal::experiment::{Experiment, ExperimentId, IdealSpectrum};
use dipole_portal::physics::detector::{LINDHARD_K_RANGE, Quenching};
use dipole_portal::physics::source::SourceKind;
use dipole_portal::statistics::ConfidenceLevel;
use proptest::prelude::*;

fn any_float() -> impl Strategy<Value = f64> {
    prop_oneof![4 => prop::num::f64::ANY, 1 => -1.0..2.0, 1 => 0.0..2e3]
}

fn within(value: f64, (low, high): (f64, f64)) -> bool {
    low <= value && value <= high
}

proptest! {
    #[test]
    fn benchmarks(mass in any_float(), coupling in any_float()) {
        let benchmark = Benchmark::new(Flavor::Electron, mass, coupling);
        let allowed = within(mass, MASS_RANGE_MEV) && within(coupling, COUPLING_RANGE_PER_GEV);
        prop_assert_eq!(benchmark.is_ok(), allowed);
        if let Ok(benchmark) = benchmark {
            prop_assert!(benchmark.strength().is_finite());
        }
    }

    #[test]
    fn confidence_levels(level in any_float()) {
        prop_assert_eq!(ConfidenceLevel::new(level).is_ok(), within(level, (0.5, 0.999)));
    }

    #[test]
    fn lindhard_parameters(lindhard_k in any_float()) {
        let model = germanium(Quenching::Lindhard, lindhard_k);
        prop_assert_eq!(model.is_ok(), within(lindhard_k, LINDHARD_K_RANGE));
    }

    #[test]
    fn fluxes(flux in any_float()) {
        let mut analysis = Analysis::built_in(ExperimentId::XENON1T, &Settings::default()).expect("sound tables");
        let before = analysis.standard_model().clone();
        let settings = Settings { fluxes: Fluxes::default().with(SourceKind::Sun, flux), ..Settings::default() };
        prop_assert_eq!(analysis.set(&settings).is_ok(), within(flux, FLUX_RANGE));
        // What is refused changes nothing.
        prop_assert!(within(flux, FLUX_RANGE) || *analysis.standard_model() == before);
        prop_assert_eq!(Analysis::built_in(ExperimentId::XENON1T, &settings).is_ok(), within(flux, FLUX_RANGE));
    }

    #[test]
    fn recoil_energies(recoil in any_float()) {
        let experiment = Experiment::built_in(ExperimentId::XENON1T).expect("sound tables");
        let spectrum = IdealSpectrum::new(&experiment, vec![recoil]);
        prop_assert_eq!(spectrum.is_ok(), recoil.is_finite() && recoil > 0.0);
        if let Ok(spectrum) = spectrum {
            prop_assert!(spectrum.sm_per_kev()[0].is_finite(), "{recoil:e}");
        }
    }
}
