//! Above some coupling N decays while it is still in the detector, and its event is no bare recoil any more.

use super::{Experiment, Prediction};
use crate::physics::CouplingRatios;
use crate::physics::cross_section::lowest_energy_mev;
use crate::physics::decay::half_decay_strength;
use crate::physics::recoil::Channel;
use crate::physics::units::coupling_per_gev;

/// Recoils count as seen if they are reported at least this probably, relative to those that are seen best.
const SEEN: f64 = 0.5;
/// Halvings in the search of the median: more than a double has digits.
const HALVINGS: usize = 60;

impl Prediction {
    /// Lowest neutrino energy, in MeV, that makes N of `mass_mev` with a recoil that is seen: one that is reported at least half as probably as the best-seen recoil.
    /// Where nuclei are seen the recoil is that of a nucleus.
    #[must_use]
    pub fn lowest_energy_mev(&self, experiment: &Experiment, mass_mev: f64) -> f64 {
        let (channel, scatterers) = match &self.electron {
            Some(electron) if crate::WORKSHOP && !self.counts_nuclei() => (electron, experiment.electrons()),
            _ => (&self.nucleus, experiment.nuclei()),
        };
        let of_recoil = move |recoil_mev: f64| {
            let masses_mev = scatterers.iter().map(|(scatterer, _)| scatterer.mass_mev());
            masses_mev.map(move |scatterer_mev| lowest_energy_mev(recoil_mev, scatterer_mev, mass_mev))
        };
        seen_recoils_mev(channel)
            .into_iter()
            .flat_map(of_recoil)
            .fold(f64::INFINITY, f64::min)
    }

    /// Coupling in GeV^-1 at which half of the N of the experiment's typical energy decay within the detector's size; `None`
    /// where no such N is made, and for a massless one, which does not decay, or so light a one that this is no number.
    ///
    /// N decays into every flavour that it couples to, also into those that the source does not have: its width goes with the sum of the squares of the
    /// ratios. A source makes it with the square of the ratio of each flavour, by which the fluxes are weighted.
    ///
    /// The typical energy is the median of this flux above [`Self::lowest_energy_mev`], by the cumulative
    /// moment K_0, and where there is none, so that all recoils are among the less well seen, the highest of the source; the recoil, which takes some keV of it, is left out, and so is that the cross section varies over the flux.
    #[must_use]
    pub fn ceiling_per_gev(&self, experiment: &Experiment, ratios: CouplingRatios, mass_mev: f64) -> Option<f64> {
        let lowest_mev = self.lowest_energy_mev(experiment, mass_mev);
        let highest_mev = highest_energy_mev(experiment, ratios);
        let only_just_made = (highest_mev > mass_mev).then_some(highest_mev);
        let energy_mev = median_energy_mev(experiment, ratios, lowest_mev).or(only_just_made)?;
        let size_m = experiment.spec().size_m();
        let strength = half_decay_strength(size_m, energy_mev, mass_mev)?;
        // A very light one lives longer than any number says.
        let ceiling_per_gev = coupling_per_gev(strength / ratios.total_squared());
        ceiling_per_gev.is_finite().then_some(ceiling_per_gev)
    }
}

/// Recoils, in MeV, that are seen: those at which the response is known, and where it crosses the share that counts as seen, linear in between.
fn seen_recoils_mev(channel: &Channel) -> Vec<f64> {
    let reported: Vec<(f64, f64)> = channel.reported().collect();
    let enough = SEEN * reported.iter().map(|(_, share)| *share).fold(0.0, f64::max);
    let crossings = reported
        .windows(2)
        .filter(|pair| (pair[0].1 < enough) != (pair[1].1 < enough))
        .map(|pair| {
            let [(from, before), (to, after)] = [pair[0], pair[1]];
            from + (to - from) * (enough - before) / (after - before)
        });
    let seen = reported.iter().filter(|(_, share)| *share >= enough);
    seen.map(|(recoil_mev, _)| *recoil_mev).chain(crossings).collect()
}

/// Highest energy, in MeV, of the flux of the flavours that N couples to; zero without flux.
fn highest_energy_mev(experiment: &Experiment, ratios: CouplingRatios) -> f64 {
    let components = experiment.components().iter();
    let ours = components.filter(|component| ratios.of(component.flavor) > 0.0);
    ours.map(|component| component.spectrum.highest_energy_mev())
        .fold(0.0, f64::max)
}

/// Median energy, in MeV, of the flux of the flavours that N couples to, each with the square of its ratio, above `lowest_mev`; `None` without flux there.
fn median_energy_mev(experiment: &Experiment, ratios: CouplingRatios, lowest_mev: f64) -> Option<f64> {
    let components = experiment
        .components()
        .iter()
        .filter(|component| ratios.of(component.flavor) > 0.0);
    let components: Vec<_> = components.collect();
    let above = |energy_mev: f64| -> f64 {
        let flux = |[k0, ..]: [f64; 3], scale: f64| scale * k0;
        components
            .iter()
            .map(|component| {
                let scale = ratios.squared(component.flavor) * component.scale;
                flux(component.spectrum.moments_above(energy_mev), scale)
            })
            .sum()
    };
    let highest_mev = highest_energy_mev(experiment, ratios);
    let half = 0.5 * above(lowest_mev);
    if half.is_nan() || half <= 0.0 {
        return None;
    }
    let (mut low, mut high) = (lowest_mev, highest_mev);
    for _ in 0..HALVINGS {
        let middle = 0.5 * (low + high);
        if above(middle) > half {
            low = middle;
        } else {
            high = middle;
        }
    }
    Some(0.5 * (low + high))
}
