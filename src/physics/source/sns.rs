//! The Spallation Neutron Source: pion and muon decay at rest.

use super::{Component, MichelNeutrino, MuonDecay, Spectrum, Timing};
use crate::data::NamedTable;
use crate::physics::units::{MUON_MASS_MEV, PION_MASS_MEV};
use crate::{Error, Flavor};
use std::f64::consts::PI;

/// Energy of the prompt nu_mu, `(m_pi^2 - m_mu^2)/(2 m_pi)` = 29.79 MeV.
#[must_use]
pub fn pion_line_mev() -> f64 {
    (PION_MASS_MEV * PION_MASS_MEV - MUON_MASS_MEV * MUON_MASS_MEV) / (2.0 * PION_MASS_MEV)
}

/// What sets the fluence at a detector beside the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SnsBeam {
    /// Protons on target.
    pub protons_on_target: f64,
    /// Neutrinos of each kind per proton.
    pub neutrinos_per_proton: f64,
    /// Distance from target to detector, in m.
    pub distance_m: f64,
}

impl SnsBeam {
    /// The three kinds of neutrino, with their fluence in 1/cm^2 over the run: prompt nu_mu,
    /// delayed nu_e, delayed anti-nu_mu.
    #[must_use]
    pub fn components(&self) -> [Component; 3] {
        let distance_cm = 100.0 * self.distance_m;
        let scale = self.protons_on_target * self.neutrinos_per_proton / (4.0 * PI * distance_cm * distance_cm);
        let component = |label, flavor, anti, timing, spectrum| Component {
            label,
            flavor,
            anti,
            timing,
            spectrum,
            scale,
        };
        let decay = |neutrino| Spectrum::MuonDecay(MuonDecay(neutrino));
        let (electron, anti_muon) = (decay(MichelNeutrino::Electron), decay(MichelNeutrino::AntiMuon));
        let line = Spectrum::Line(pion_line_mev());
        [
            component("prompt nu_mu", Flavor::Muon, false, Timing::Prompt, line),
            component("delayed nu_e", Flavor::Electron, false, Timing::Delayed, electron),
            component("delayed anti-nu_mu", Flavor::Muon, true, Timing::Delayed, anti_muon),
        ]
    }
}

/// Arrival times of one kind of neutrino: probability per bin of width `t_high - t_low`, in us.
#[derive(Clone, Debug)]
pub struct Arrival {
    edges_us: Vec<(f64, f64)>,
    probability: Vec<f64>,
}

impl Arrival {
    /// Probability to arrive between `low_us` and `high_us`, weighted with `weight(t in us)` at the
    /// middle of each 10 ns bin of the table (bins that straddle an edge count by their share).
    #[must_use]
    pub fn fraction(&self, low_us: f64, high_us: f64, weight: impl Fn(f64) -> f64) -> f64 {
        self.edges_us
            .iter()
            .zip(&self.probability)
            .map(|((from, to), probability)| {
                let (from_inside, to_inside) = (from.max(low_us), to.min(high_us));
                if to_inside <= from_inside {
                    return 0.0;
                }
                let share = (to_inside - from_inside) / (to - from);
                probability * share * weight(0.5 * (from_inside + to_inside))
            })
            .sum()
    }
}

/// Arrival times of the three kinds of neutrino, in the order of [`SnsBeam::components`].
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table (`sns_timing`) is malformed or not a set of probabilities.
pub fn arrival(table: &NamedTable) -> Result<[Arrival; 3], Error> {
    let table = table.read()?;
    let [low_ns, high_ns] = table.columns(["t_low", "t_high"])?;
    let edges_us: Vec<_> = low_ns
        .iter()
        .zip(&high_ns)
        .map(|(low, high)| (1e-3 * low, 1e-3 * high))
        .collect();
    let names = ["nu_mu", "nu_e", "nu_mu_bar"];
    let columns = table.not_negative(names)?;
    for (column, name) in columns.iter().zip(names) {
        let mut sum = 0.0;
        for (row, probability) in column.iter().enumerate() {
            sum += probability;
            if sum > 1.0 + 1e-6 {
                return Err(table.wrong(row, name, say!("probabilities that do not exceed 1 in sum")));
            }
        }
    }
    Ok(columns.map(|probability| Arrival {
        edges_us: edges_us.clone(),
        probability,
    }))
}
