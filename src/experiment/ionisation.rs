//! Ionisation in germanium, as in Dresden-II: quenched nuclear recoils and electron recoils in
//! narrow bins of energy, against a fitted background.

use super::prediction::Timed;
use super::{Axis, Binning, DetectorSettings, Experiment, Exposure, IonisationSpec, Prediction};
use crate::Error;
use crate::data::NamedTable;
use crate::physics::detector::{QuenchingModel, Resolution};
use crate::physics::recoil::{Channel, cells_along};
use crate::physics::units::KEV_PER_MEV;

/// Largest difference between the distance of bin centres and the width of the bins, relative to it.
const SPACING: f64 = 1e-6;
/// Recoils up to this many standard deviations above the last bin can be reported in it.
const REACH_SIGMA: f64 = 8.0;
/// Largest width of a cell of recoil energy in ln T.
const WIDEST_CELL: f64 = 0.12;
/// Largest width of a cell in standard deviations of the resolution.
const CELL_SIGMA: f64 = 1.0;
/// The same for an excess, whose bins are not much narrower than the resolution: it is a third of that of Dresden-II.
const EXCESS_CELL_SIGMA: f64 = 0.4;

/// The spectrum with the reactor on.
#[derive(Clone, Debug)]
pub struct IonisationData {
    /// Bin centres, in keV.
    pub energy_kev: Vec<f64>,
    /// Width of the bins, in keV.
    pub bin_width_kev: f64,
    /// Counts per day and bin.
    pub on: Vec<f64>,
    /// Their errors.
    pub on_error: Vec<f64>,
}

/// Data of an experiment with this detector.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if they are malformed, an error is not positive, or centres are not as far apart as bins are wide.
pub fn ionisation_data(spec: &IonisationSpec) -> Result<IonisationData, Error> {
    let table = spec.data.read()?;
    let [energy_kev, on, on_error] = table.columns(["energy", "on", "on_error"])?;
    if let Some(row) = on_error.iter().position(|error| *error <= 0.0) {
        return Err(table.wrong(row, "on_error", word!("above zero")));
    }
    let width_kev = spec
        .bin_width_kev
        .ok_or_else(|| table.wrong(0, "on", word!("an excess")))?;
    let apart = |pair: &[f64]| ((pair[1] - pair[0]) / width_kev - 1.0).abs() < SPACING;
    let apart_to = energy_kev.windows(2).position(|pair| !apart(pair)).map(|row| row + 1);
    let too_low = energy_kev
        .first()
        .is_none_or(|first| *first < 0.5 * width_kev)
        .then_some(0);
    if let Some(row) = too_low.or(apart_to) {
        let allowed = say!(
            "middles of bins as far apart as 'bin-width', {} keV",
            width_kev.to_string()
        );
        return Err(table.wrong(row, "energy", &allowed));
    }
    Ok(IonisationData {
        energy_kev,
        bin_width_kev: width_kev,
        on,
        on_error,
    })
}

/// An excess over the background.
#[derive(Clone, Debug)]
pub struct ExcessData {
    /// Edges of the bins, in keV.
    pub edges_kev: Vec<f64>,
    /// Counts per kg and bin in the whole run.
    pub excess: Vec<f64>,
    /// Their errors.
    pub error: Vec<f64>,
}

/// Data of an experiment that gives an excess.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if they are malformed, an error is not positive, or bins do not follow one another.
pub fn excess_data(table: &NamedTable) -> Result<ExcessData, Error> {
    let table = table.read()?;
    let low = table.rising("low")?;
    let [high, excess, error] = table.columns(["high", "excess", "error"])?;
    if let Some(row) = error.iter().position(|error| *error <= 0.0) {
        return Err(table.wrong(row, "error", word!("above zero")));
    }
    let edges_kev: Vec<f64> = low.iter().copied().chain(high.last().copied()).collect();
    let follows = |row: &usize| edges_kev[*row] < high[*row] && edges_kev[row + 1] == high[*row];
    if let Some(row) = (0..high.len()).find(|row| !follows(row)) {
        return Err(table.wrong(row, "high", word!("the lower edge of the next bin, or above the last")));
    }
    Ok(ExcessData {
        edges_kev,
        excess,
        error,
    })
}

/// The spectrum's bins, and both kinds of recoil in them.
pub(super) fn prediction(
    experiment: &Experiment,
    spec: &IonisationSpec,
    settings: DetectorSettings,
    refinement: f64,
) -> Result<Prediction, Error> {
    let readout = Readout::new(spec, refinement)?;
    Ok(Prediction {
        binning: Binning {
            runs: Vec::new(),
            pulse: None,
            energy: Axis {
                name: "energy",
                unit: "keV",
                edges: edges_kev(spec)?,
            },
            time: None,
        },
        unit: match experiment.spec().target().exposure {
            Exposure::MassTime { kg, .. } if (kg - 1.0).abs() < f64::EPSILON => word!("counts/kg"),
            Exposure::MassTime { .. } => word!("counts"),
            _ => word!("counts/day"),
        },
        per_exposure: per_day(experiment),
        timed: Timed::steady(experiment),
        nucleus: readout.nucleus(experiment, spec, settings)?,
        electron: Some(readout.electron(experiment)),
    })
}

/// One over the days of exposure, where counts are per day.
pub(super) fn per_day(experiment: &Experiment) -> f64 {
    match experiment.spec().target().exposure {
        Exposure::Atoms { days, .. } => 1.0 / days,
        // An excess is counted in the whole run.
        Exposure::MassTime { .. } => 1.0,
        // The specification has no such pair.
        Exposure::Mass { .. } | Exposure::TonneYears { .. } => f64::NAN,
    }
}

/// What both kinds of recoil have in common: threshold, highest ionisation that can be reported, resolution, edges of the bins.
struct Readout {
    threshold_mev: f64,
    highest_mev: f64,
    resolution: Resolution,
    edges_mev: Vec<f64>,
    /// Whether measured energies below zero are possible: an excess is not cut there.
    is_uncut: bool,
    /// Factor by which cells are narrower than they need to be.
    refinement: f64,
}

impl Readout {
    fn new(spec: &IonisationSpec, refinement: f64) -> Result<Self, Error> {
        let resolution = spec.resolution;
        let edges_kev = edges_kev(spec)?;
        let edges_mev: Vec<f64> = edges_kev.iter().map(|edge| edge / KEV_PER_MEV).collect();
        let last_mev = edges_mev[edges_mev.len() - 1];
        Ok(Self {
            threshold_mev: spec.threshold_mev,
            highest_mev: last_mev + REACH_SIGMA * resolution.sigma_mev(last_mev),
            resolution,
            edges_mev,
            is_uncut: spec.is_excess(),
            refinement,
        })
    }

    /// Width in ln T of a cell where recoils give `ionisation_mev`: the response is smooth on it. (Where quenching falls with
    /// recoil energy ionisation rises faster than it, which the widths of the cells leave room for.)
    fn cell_width(&self, ionisation_mev: f64) -> f64 {
        let sigma = if self.is_uncut { EXCESS_CELL_SIGMA } else { CELL_SIGMA };
        let resolved = sigma * self.resolution.sigma_mev(ionisation_mev) / ionisation_mev;
        WIDEST_CELL.min(resolved) / self.refinement
    }

    /// Probability of each bin at an ionisation energy, in MeV.
    fn bins(&self, ionisation_mev: f64) -> Vec<f64> {
        if self.is_uncut {
            self.resolution.uncut_bin_probabilities(ionisation_mev, &self.edges_mev)
        } else {
            self.resolution.bin_probabilities(ionisation_mev, &self.edges_mev)
        }
    }

    /// Quenched nuclear recoils: all that depends on the settings.
    fn nucleus(
        &self,
        experiment: &Experiment,
        spec: &IonisationSpec,
        settings: DetectorSettings,
    ) -> Result<Channel, Error> {
        let k = settings.lindhard_k.unwrap_or(spec.lindhard_k);
        let quenching = match &spec.quenching_table {
            Some(table) => QuenchingModel::new(settings.quenching, k, table, experiment.protons()),
            None => QuenchingModel::lindhard(k, experiment.protons()),
        }?;
        let (low, high) = (
            quenching.recoil_mev(self.threshold_mev),
            quenching.recoil_mev(self.highest_mev),
        );
        let width = |recoil_mev| self.cell_width(quenching.ionisation_mev(recoil_mev));
        let grid = cells_along(low, high, width, quenching.kinks_mev());
        Ok(Channel::new(
            grid,
            experiment.nuclei(),
            self.edges_mev.len() - 1,
            |recoil_mev| self.bins(quenching.ionisation_mev(recoil_mev)),
        ))
    }

    /// Electron recoils, unquenched.
    fn electron(&self, experiment: &Experiment) -> Channel {
        let steps = experiment
            .electrons()
            .iter()
            .flat_map(|(scatterer, _)| scatterer.steps_mev());
        let width = |recoil_mev| self.cell_width(recoil_mev);
        let grid = cells_along(self.threshold_mev, self.highest_mev, width, steps);
        Channel::new(grid, experiment.electrons(), self.edges_mev.len() - 1, |recoil_mev| {
            self.bins(recoil_mev)
        })
    }
}

/// Quenched nuclear recoils at other settings.
pub(super) fn nucleus(
    experiment: &Experiment,
    spec: &IonisationSpec,
    settings: DetectorSettings,
) -> Result<Channel, Error> {
    Readout::new(spec, 1.0)?.nucleus(experiment, spec, settings)
}

/// Edges of the bins, in keV.
fn edges_kev(spec: &IonisationSpec) -> Result<Vec<f64>, Error> {
    if crate::WORKSHOP && spec.is_excess() {
        return Ok(excess_data(&spec.data)?.edges_kev);
    }
    let data = ionisation_data(spec)?;
    let half = 0.5 * data.bin_width_kev;
    let centres_kev = &data.energy_kev;
    let first = centres_kev.first().map(|first| first - half);
    let edges = first.into_iter().chain(centres_kev.iter().map(|centre| centre + half));
    Ok(edges.collect())
}
