//! Expected counts in the bins of an experiment.

use super::{Binning, Experiment};
use crate::Flavor;
use crate::physics::CouplingRatios;
use crate::physics::cross_section::Sign;
use crate::physics::recoil::Channel;
use crate::physics::source::Component;

/// Counts per bin by kind of recoil.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Template {
    /// Nuclear recoils.
    pub nucleus: Vec<f64>,
    /// Electron recoils; zero where they do not count.
    pub electron: Vec<f64>,
    /// Nuclear recoils once more at each other anchor of a response whose shape is uncertain, anchor by anchor; empty elsewhere.
    pub shapes: Vec<f64>,
}

impl Template {
    /// Adds counts to those of the same bins.
    pub fn add(&mut self, other: &Self) {
        let theirs = other.nucleus.iter().chain(&other.electron);
        for (count, other) in self.nucleus.iter_mut().chain(&mut self.electron).zip(theirs) {
            *count += other;
        }
        for (count, other) in self.shapes.iter_mut().zip(&other.shapes) {
            *count += other;
        }
    }

    /// Multiplies every bin.
    pub fn scale(&mut self, factor: f64) {
        self.nucleus
            .iter_mut()
            .chain(&mut self.electron)
            .for_each(|count| *count *= factor);
        self.shapes.iter_mut().for_each(|count| *count *= factor);
    }

    /// Nuclear and electron recoils together; behind the bins what is in them at other anchors.
    #[must_use]
    pub fn sum(&self) -> Vec<f64> {
        let both = self.nucleus.iter().zip(&self.electron);
        let mut sum: Vec<f64> = both.map(|(nucleus, electron)| nucleus + electron).collect();
        sum.extend_from_slice(&self.shapes);
        sum
    }

    /// Counts of both kinds in all bins.
    #[must_use]
    pub fn total(&self) -> f64 {
        self.nucleus.iter().chain(&self.electron).sum()
    }
}

/// A component of the source with the share of it in each time bin.
#[derive(Clone, Debug)]
pub(super) struct Timed {
    pub(super) component: Component,
    pub(super) shares: Vec<f64>,
}

impl Timed {
    /// Every component of an experiment that does not measure time.
    pub(super) fn steady(experiment: &Experiment) -> Vec<Self> {
        let whole = |component: &Component| Self {
            component: component.clone(),
            shares: vec![1.0],
        };
        experiment.components().iter().map(whole).collect()
    }
}

/// An experiment behind its detector: everything that does not depend on mass and coupling.
#[derive(Clone, Debug)]
pub struct Prediction {
    pub(super) binning: Binning,
    pub(super) unit: &'static str,
    /// Counts in [`Self::unit`] per count over the whole exposure.
    pub(super) per_exposure: f64,
    pub(super) timed: Vec<Timed>,
    pub(super) nucleus: Channel,
    pub(super) electron: Option<Channel>,
}

impl Prediction {
    /// The bins.
    #[must_use]
    pub fn binning(&self) -> &Binning {
        &self.binning
    }

    /// Unit of the counts.
    #[must_use]
    pub fn unit(&self) -> &'static str {
        self.unit
    }

    /// The channels with their response matrices: nuclear recoils, then electron recoils if they count.
    pub fn channels(&self) -> impl Iterator<Item = &Channel> {
        std::iter::once(&self.nucleus).chain(&self.electron)
    }

    /// Share of each component of the source in each time bin (efficiency in time included).
    pub fn time_shares(&self) -> impl Iterator<Item = &[f64]> {
        self.timed.iter().map(|timed| timed.shares.as_slice())
    }

    /// Whether it counts recoils of electrons.
    #[must_use]
    pub fn counts_electrons(&self) -> bool {
        self.electron.is_some()
    }

    /// Whether recoils of nuclei count.
    #[must_use]
    pub fn counts_nuclei(&self) -> bool {
        self.nucleus.reported().next().is_some()
    }

    /// SM counts per bin: CEvNS as nuclear recoils, neutrino-electron scattering as electron recoils.
    #[must_use]
    pub fn standard_model(&self) -> Template {
        self.template(|_| true, Channel::standard_model)
    }

    /// SM counts of those components of the source that `chosen` picks.
    #[must_use]
    pub fn standard_model_of(&self, chosen: impl Fn(&Component) -> bool) -> Template {
        self.template(chosen, Channel::standard_model)
    }

    /// Dipole counts per bin and per d^2 (d in MeV^-1); zero for a flavour that the source does
    /// not have.
    #[must_use]
    pub fn dipole(&self, flavor: Flavor, sterile_mass_mev: f64, sign: Sign) -> Template {
        self.dipole_of(|component| component.flavor == flavor, sterile_mass_mev, sign)
    }

    /// Dipole counts per bin and per d^2 where N couples to several flavours: what each adds, with the square of its ratio.
    #[must_use]
    pub fn dipole_mixed(&self, ratios: CouplingRatios, sterile_mass_mev: f64, sign: Sign) -> Template {
        self.dipole_mixed_of(|_| true, ratios, sterile_mass_mev, sign)
    }

    /// The same of those components of the source that `chosen` picks.
    #[must_use]
    pub fn dipole_mixed_of(
        &self,
        chosen: impl Fn(&Component) -> bool,
        ratios: CouplingRatios,
        sterile_mass_mev: f64,
        sign: Sign,
    ) -> Template {
        let mut sum = self.nothing();
        for flavor in ratios.flavors() {
            let ours = |component: &Component| component.flavor == flavor && chosen(component);
            let mut template = self.dipole_of(ours, sterile_mass_mev, sign);
            template.scale(ratios.squared(flavor));
            sum.add(&template);
        }
        sum
    }

    /// Dipole counts of those components of the source that `chosen` picks.
    #[must_use]
    pub fn dipole_of(&self, chosen: impl Fn(&Component) -> bool, sterile_mass_mev: f64, sign: Sign) -> Template {
        self.template(chosen, |channel, component| {
            channel.dipole(component, sterile_mass_mev, sign)
        })
    }

    /// Counts of recoiling nuclei whose spectrum is given, whatever makes them recoil: `counts_per_mev` over the whole exposure at a recoil energy in
    /// MeV (see [`Channel::reported_of`]), and the share of them in each time bin (`[1.0]` where time is not measured).
    #[must_use]
    pub fn nuclear_recoils(&self, counts_per_mev: impl Fn(f64) -> f64, time_shares: &[f64]) -> Template {
        let mut template = self.nothing();
        let reported = self.nucleus.reported_of(counts_per_mev);
        self.spread(&reported, time_shares, &mut template.nucleus);
        let others = reported.get(self.binning.rows()..).unwrap_or_default();
        self.spread(others, time_shares, &mut template.shapes);
        template
    }

    /// Adds counts per energy to `bins`, shared over time.
    fn spread(&self, energies: &[f64], time_shares: &[f64], bins: &mut [f64]) {
        // Shares of no time bin are of nothing.
        for (row, count) in bins.chunks_mut(time_shares.len().max(1)).zip(energies) {
            for (bin, share) in row.iter_mut().zip(time_shares) {
                *bin += count * self.per_exposure * share;
            }
        }
    }

    /// A template without counts.
    fn nothing(&self) -> Template {
        let (rows, times) = (self.binning.rows(), self.binning.time_bins());
        let bins = rows * times;
        Template {
            nucleus: vec![0.0; bins],
            electron: vec![0.0; bins],
            shapes: vec![0.0; self.nucleus.bins().saturating_sub(rows) * times],
        }
    }

    fn template(
        &self,
        chosen: impl Fn(&Component) -> bool,
        by_energy: impl Fn(&Channel, &Component) -> Vec<f64>,
    ) -> Template {
        let mut template = self.nothing();
        for timed in self.timed.iter().filter(|timed| chosen(&timed.component)) {
            let add = |energies: &[f64], bins: &mut [f64]| self.spread(energies, &timed.shares, bins);
            let energies = by_energy(&self.nucleus, &timed.component);
            add(&energies, &mut template.nucleus);
            let others = energies.get(self.binning.rows()..).unwrap_or_default();
            add(others, &mut template.shapes);
            if let Some(electron) = &self.electron {
                add(&by_energy(electron, &timed.component), &mut template.electron);
            }
        }
        template
    }
}
