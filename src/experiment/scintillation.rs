//! Scintillation of CsI, as in COHERENT: bins of photoelectrons and arrival time.

use super::prediction::Timed;
use super::{Axis, Binning, Experiment, Prediction, SourceSpec, Switch};
use crate::Error;
use crate::data::NamedTable;
use crate::physics::detector::{Light, Scintillation};
use crate::physics::recoil::{Channel, cells};
use crate::physics::source::arrival;

/// Range of nuclear recoils, in MeV: above the SNS cannot reach (Cs: 45 keV) by far; below nothing is seen with the light yield and efficiency of COHERENT
/// ([`lowest_seen_mev`] where there is more light, or it is seen better).
const NUCLEAR_RECOILS_MEV: (f64, f64) = (1e-3, 0.06);
/// Share of recoils of an energy that is seen, below which those of less energy do not matter.
const SEEN: f64 = 1e-5;
/// Lowest recoil that is asked for, in MeV, however well it were seen.
const LEAST_RECOIL_MEV: f64 = 1e-6;
/// Range of electron recoils, in MeV: outside the mean is so far from the bins that nothing is seen.
const ELECTRON_RECOILS_MEV: (f64, f64) = (2e-5, 0.03);
/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 12.0;

/// Most photoelectrons that a bin may end at; the spectrum is integrated over each of them.
const MOST_PHOTOELECTRONS: f64 = 2000.0;

/// Counts and backgrounds per bin, photoelectron-major.
#[derive(Clone, Debug)]
pub struct CsiData {
    /// Edges of the photoelectron bins.
    pub photoelectron_edges: Vec<f64>,
    /// Edges of the time bins, in us.
    pub time_edges_us: Vec<f64>,
    /// Observed counts.
    pub observed: Vec<f64>,
    /// Expected beam-related neutrons.
    pub brn: Vec<f64>,
    /// Expected neutrino-induced neutrons.
    pub nin: Vec<f64>,
    /// Expected steady-state background.
    pub ssb: Vec<f64>,
}

/// Data in a table of this kind (`coherent_csi`).
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if rows are not a full grid of bins in order, or a background is negative.
pub fn csi_data(table: &NamedTable, timing: Switch) -> Result<CsiData, Error> {
    let table = table.read()?;
    let [pe_low, pe_high, t_low, t_high] = table.columns(["pe_low", "pe_high", "t_low", "t_high"])?;
    let [observed, ssb, brn, nin] = table.not_negative(["coincidence", "ssb", "brn", "nin"])?;
    let times = pe_low.iter().take_while(|low| **low == pe_low[0]).count();
    let edges = |low: &mut dyn Iterator<Item = f64>, last: f64| low.chain([last]).collect::<Vec<f64>>();
    let photoelectron_edges = edges(&mut pe_low.iter().step_by(times).copied(), pe_high[pe_high.len() - 1]);
    let time_edges_us = edges(&mut t_low[..times].iter().copied(), t_high[t_high.len() - 1]);
    let in_order = |row: usize| {
        let (pe, time) = (row / times, row % times);
        let edges = |edges: &[f64], bin: usize| edges.get(bin..bin + 2) == Some(&[pe_low[row], pe_high[row]]);
        let of_time = time_edges_us.get(time..time + 2) == Some(&[t_low[row], t_high[row]]);
        edges(&photoelectron_edges, pe) && of_time && pe_low[row] < pe_high[row] && t_low[row] < t_high[row]
    };
    let rows = pe_low.len();
    let missing = (rows != times * (photoelectron_edges.len() - 1)).then_some(rows - 1);
    if let Some(row) = (0..rows).find(|row| !in_order(*row)).or(missing) {
        let allowed = say!("a full grid of bins that touch, in order, arrival times within photoelectrons");
        return Err(table.wrong(row, "pe_low", allowed));
    }
    // Tables of the paper end far below; those of somebody else may not.
    let too_many = |high: &f64| crate::WORKSHOP && *high > MOST_PHOTOELECTRONS;
    if let Some(row) = pe_high.iter().position(too_many) {
        let most = say!("at most {}", MOST_PHOTOELECTRONS.to_string());
        return Err(table.wrong(row, "pe_high", &most));
    }
    let data = CsiData {
        photoelectron_edges,
        time_edges_us,
        observed,
        brn,
        nin,
        ssb,
    };
    Ok(match timing {
        Switch::On => data,
        Switch::Off => data.at_all_times(),
    })
}

impl CsiData {
    /// The same in one bin of time.
    fn at_all_times(self) -> Self {
        let times = self.time_edges_us.len() - 1;
        let summed = |counts: &[f64]| counts.chunks(times).map(|row| row.iter().sum()).collect();
        Self {
            observed: summed(&self.observed),
            brn: summed(&self.brn),
            nin: summed(&self.nin),
            ssb: summed(&self.ssb),
            time_edges_us: vec![self.time_edges_us[0], self.time_edges_us[times]],
            photoelectron_edges: self.photoelectron_edges,
        }
    }
}

/// Energy, in MeV, below which recoils of nuclei are not seen.
fn lowest_seen_mev(light: &Light, scintillation: &Scintillation) -> f64 {
    let seen = |recoil_mev: f64| -> f64 {
        let shares = scintillation.bin_probabilities(light.electron_equivalent_mev(recoil_mev));
        shares.iter().sum()
    };
    let mut low_mev = NUCLEAR_RECOILS_MEV.0;
    while low_mev > LEAST_RECOIL_MEV && seen(low_mev) > SEEN {
        low_mev *= 0.5;
    }
    low_mev
}

/// The bins of photoelectrons and time, and both kinds of recoil in them.
pub(super) fn prediction(
    experiment: &Experiment,
    light: &Light,
    (table, timing): (&NamedTable, Switch),
    refinement: f64,
) -> Result<Prediction, Error> {
    let per_e_fold = refinement * CELLS_PER_E_FOLD;
    let data = csi_data(table, timing)?;
    let scintillation = Scintillation::new(*light, &data.photoelectron_edges);
    let bins = data.photoelectron_edges.len() - 1;
    let (low, high) = (lowest_seen_mev(light, &scintillation), NUCLEAR_RECOILS_MEV.1);
    let nucleus = Channel::new(
        cells(low, high, per_e_fold, []),
        experiment.nuclei(),
        bins,
        |recoil_mev| scintillation.bin_probabilities(light.electron_equivalent_mev(recoil_mev)),
    );
    let (low, high) = ELECTRON_RECOILS_MEV;
    let steps = experiment
        .electrons()
        .iter()
        .flat_map(|(scatterer, _)| scatterer.steps_mev());
    let electron = Channel::new(
        cells(low, high, per_e_fold, steps),
        experiment.electrons(),
        bins,
        |recoil_mev| scintillation.bin_probabilities(recoil_mev),
    );
    let timed = timed(experiment, light, &data.time_edges_us)?;
    Ok(Prediction {
        binning: Binning {
            runs: Vec::new(),
            pulse: None,
            energy: Axis {
                name: "photoelectrons",
                unit: "PE",
                edges: data.photoelectron_edges,
            },
            time: Some(Axis {
                name: "time",
                unit: "us",
                edges: data.time_edges_us,
            }),
        },
        unit: word!("counts"),
        per_exposure: 1.0,
        timed,
        nucleus,
        electron: Some(electron),
    })
}

/// Every component of the source with its share, efficiency included, of each time bin.
pub(super) fn timed(experiment: &Experiment, light: &Light, edges_us: &[f64]) -> Result<Vec<Timed>, Error> {
    let SourceSpec::Sns {
        arrival_table: Some(arrival_table),
        ..
    } = experiment.spec().source()
    else {
        return Err(experiment.inputs().error("the source has no arrival times"));
    };
    let timed = experiment.components().iter().zip(arrival(arrival_table)?);
    Ok(timed
        .map(|(component, arrival)| Timed {
            component: component.clone(),
            shares: edges_us
                .windows(2)
                .map(|edge| arrival.fraction(edge[0], edge[1], |time_us| light.time_efficiency.at(time_us)))
                .collect(),
        })
        .collect())
}
