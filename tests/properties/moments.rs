//! Closed-form flux moments against quadrature.

use crate::quadrature::integral;
use crate::setups::{components, decades, source};
use dipole_portal::Flavor;
use dipole_portal::data;
use dipole_portal::experiment::ExperimentId;
use dipole_portal::physics::source::{MichelNeutrino, MuonDecay, PiecewiseLinear, Spectrum, pion_line_mev};
use dipole_portal::physics::units::MUON_MASS_MEV;
use proptest::prelude::*;

/// Agreement that the closed forms promise.
const PRECISION: f64 = 1e-8;

/// Rising energies over some decades with spacings from a ten-thousandth, and values with zeros and large steps.
fn any_table() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let value = prop_oneof![1 => Just(0.0), 4 => decades(1e-6..=1e6)];
    let rows = prop::collection::vec((decades(1e-4..=1.0), value), 2..40);
    (decades(1e-3..=1e1), rows).prop_map(|(first, rows)| {
        let mut energy = first;
        rows.into_iter()
            .map(|(gap, value)| {
                energy *= 1.0 + gap;
                (energy, value)
            })
            .unzip()
    })
}

/// Integral of `phi E^-n` above an energy, by quadrature between the nodes.
fn by_quadrature(energies: &[f64], values: &[f64], energy: f64, power: i32) -> f64 {
    let last = energies[energies.len() - 1];
    let first = energy.clamp(energies[0], last);
    let breaks: Vec<f64> = [first]
        .into_iter()
        .chain(energies.iter().copied().filter(|node| *node > first))
        .collect();
    let flux = |energy: f64| {
        let next = energies
            .partition_point(|node| *node < energy)
            .clamp(1, energies.len() - 1);
        let share = (energy - energies[next - 1]) / (energies[next] - energies[next - 1]);
        values[next - 1] * (1.0 - share) + values[next] * share
    };
    integral(|energy| flux(energy) * energy.powi(-power), &breaks, 1e-12)
}

proptest! {
    #[test]
    fn piecewise_linear_moments_agree_with_quadrature(
        (energies, values) in any_table(),
        position in -0.2..1.2,
        node: prop::sample::Index,
    ) {
        let spectrum = PiecewiseLinear::new("a test", &energies, &values).expect("a sound table");
        let (first, last) = (energies[0], energies[energies.len() - 1]);
        let between = first * (last / first).powf(position);
        for energy in [between, *node.get(&energies), 0.0, 0.5 * first, last, 2.0 * last] {
            let moments = spectrum.moments_above(energy);
            for (power, moment) in (0..).zip(moments) {
                let expected = by_quadrature(&energies, &values, energy, power);
                // What is left of the last segment is a difference of larger numbers.
                let whole = by_quadrature(&energies, &values, 0.0, power);
                prop_assert!(
                    (moment - expected).abs() <= PRECISION * expected + 1e-13 * whole,
                    "K_{power}({energy}) = {moment:e}, quadrature {expected:e}"
                );
            }
        }
    }

    #[test]
    fn muon_decay_moments_agree_with_quadrature(energy in prop_oneof![Just(0.0), decades(1e-6..=60.0)]) {
        let end = MuonDecay::HIGHEST_ENERGY_MEV;
        let cube = MUON_MASS_MEV.powi(3);
        for (neutrino, factor, offset) in [(MichelNeutrino::Electron, 192.0, 0.5), (MichelNeutrino::AntiMuon, 64.0, 0.75)] {
            for (power, moment) in (0..).zip(MuonDecay(neutrino).moments_above(energy)) {
                let flux = |e: f64| factor * e.powi(2 - power) / cube * (offset - e / MUON_MASS_MEV);
                let expected = if energy < end { integral(flux, &[energy, end], 1e-12) } else { 0.0 };
                prop_assert!((moment - expected).abs() <= PRECISION * expected, "{neutrino:?} K_{power}({energy})");
            }
        }
    }

    #[test]
    fn line_moments_are_a_step(line in decades(1e-3..=1e3), energy in decades(1e-4..=1e4)) {
        let moments = Spectrum::Line(line).moments_above(energy);
        let inside = if energy <= line { 1.0 } else { 0.0 };
        for (power, moment) in (0..).zip(moments) {
            let expected: f64 = inside * line.powi(-power);
            prop_assert!((moment - expected).abs() <= PRECISION * expected);
        }
    }

    /// Moments at any float at all, NaN and infinities included, are numbers.
    #[test]
    fn moments_are_finite_everywhere(energy in prop::num::f64::ANY) {
        let mut spectra = vec![
            Spectrum::Line(pion_line_mev()),
            Spectrum::MuonDecay(MuonDecay(MichelNeutrino::Electron)),
            Spectrum::MuonDecay(MuonDecay(MichelNeutrino::AntiMuon)),
        ];
        let tabulated = [ExperimentId::DRESDEN_II, ExperimentId::XENON1T].map(components);
        spectra.extend(tabulated.into_iter().flatten().map(|component| component.spectrum));
        for spectrum in spectra {
            let moments = spectrum.moments_above(energy);
            prop_assert!(moments.iter().all(|moment| moment.is_finite()), "{energy:e}: {moments:?}");
        }
    }

    /// A table from outside is refused or usable, whatever its floats.
    #[test]
    fn any_table_is_refused_or_finite(
        rows in prop::collection::vec((prop::num::f64::ANY, prop::num::f64::ANY), 0..6),
        rising: bool,
        energy in prop::num::f64::ANY,
    ) {
        let (mut energies, mut values): (Vec<f64>, Vec<f64>) = rows.into_iter().unzip();
        if rising {
            energies.iter_mut().chain(&mut values).for_each(|value| *value = value.abs());
            energies.sort_by(f64::total_cmp);
        }
        if let Ok(spectrum) = PiecewiseLinear::new("a test", &energies, &values) {
            let _ = spectrum.moments_above(energy);
            prop_assert!(spectrum.highest_energy_mev().is_finite());
        }
    }
}

/// The oscillated flavours are shares of the shape: together they are all of it.
#[test]
fn solar_flavors_add_up_to_the_shape() {
    let [energies, pdf] = data::table("solar_8b_spectrum")
        .and_then(|table| table.columns(["energy", "pdf"]))
        .expect("a sound table");
    let shape = PiecewiseLinear::new("shape", &energies, &pdf).expect("a sound table");
    let flavors = components(ExperimentId::XENON1T);
    for energy in [0.0, 0.02, 0.5, 3.333, 8.0, 15.0, 16.0] {
        let shares: Vec<[f64; 3]> = flavors
            .iter()
            .map(|component| component.spectrum.moments_above(energy))
            .collect();
        for (power, total) in shape.moments_above(energy).into_iter().enumerate() {
            let sum: f64 = shares.iter().map(|moments| moments[power]).sum();
            assert!(shares.iter().all(|moments| moments[power] <= total));
            // The probabilities are rounded to five digits.
            assert!((sum / total - 1.0).abs() < 2e-5, "K_{power}({energy}): {}", sum / total);
        }
    }
    assert_eq!(
        flavors.iter().map(|component| component.flavor).collect::<Vec<_>>(),
        [Flavor::Electron, Flavor::Muon, Flavor::Tau]
    );
}

/// The flux of the page is the flux of the table.
#[test]
fn reactor_flux_is_normalised() {
    let flux_per_cm2_s = source(ExperimentId::DRESDEN_II).flux_per_cm2_s().expect("a flux");
    let [component] = &components(ExperimentId::DRESDEN_II)[..] else {
        panic!("a reactor makes antineutrinos of one flavour");
    };
    let [area, ..] = component.spectrum.moments_above(0.0);
    assert!((area * component.scale / flux_per_cm2_s - 1.0).abs() < 1e-12);
}
