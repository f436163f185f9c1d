//! Ionisation in germanium, as in Dresden-II: quenched nuclear recoils and electron recoils in
//! 10 eV bins, against a fitted background.

use super::prediction::Timed;
use super::{Axis, Binning, DetectorSettings, Experiment, Prediction};
use crate::physics::detector::{QuenchingModel, Resolution};
use crate::physics::recoil::{Channel, cells};
use crate::physics::units::KEV_PER_MEV;
use crate::{Error, data};

/// Width of the energy bins, in keV.
const BIN_WIDTH_KEV: f64 = 0.01;
/// Recoils up to this many standard deviations above the last bin can be reported in it.
const REACH_SIGMA: f64 = 8.0;
/// Cells of recoil energy per factor e: integration error below 2e-5 of each bin.
const CELLS_PER_E_FOLD: f64 = 40.0;

/// The spectrum with the reactor on.
#[derive(Clone, Debug)]
pub struct IonisationData {
    /// Bin centres, in keV.
    pub energy_kev: Vec<f64>,
    /// Counts per day and bin.
    pub on: Vec<f64>,
    /// Their errors.
    pub on_error: Vec<f64>,
}

/// Data of an experiment with this detector.
///
/// # Errors
/// [`Error::Table`] if they are malformed or an error is not positive.
pub fn ionisation_data(experiment: &Experiment) -> Result<IonisationData, Error> {
    let table = data::table(experiment.inputs().text("data")?)?;
    let [energy_kev, on, on_error] = table.columns(["energy", "on", "on_error"])?;
    if on_error.iter().any(|error| *error <= 0.0) {
        return Err(Error::table(table.name(), "errors must be positive"));
    }
    Ok(IonisationData {
        energy_kev,
        on,
        on_error,
    })
}

/// The resolution of the experiment's table.
///
/// # Errors
/// [`Error::Table`] for missing inputs.
pub(crate) fn resolution(experiment: &Experiment) -> Result<Resolution, Error> {
    let inputs = experiment.inputs();
    Ok(Resolution {
        noise_mev: inputs.number("noise")? * 1e-6,
        fano: inputs.number("fano")?,
        pair_mev: inputs.number("pair-energy")? * 1e-6,
    })
}

pub(super) fn prediction(experiment: &Experiment, settings: DetectorSettings) -> Result<Prediction, Error> {
    Ok(Prediction {
        binning: Binning {
            energy: Axis {
                name: "energy",
                unit: "keV",
                edges: edges_kev(&ionisation_data(experiment)?.energy_kev),
            },
            time: None,
        },
        unit: "counts/day",
        per_exposure: 1.0 / experiment.inputs().number("exposure")?,
        timed: Timed::steady(experiment),
        nucleus: nucleus(experiment, settings)?,
        electron: Some(electron(experiment)?),
    })
}

/// What both kinds of recoil have in common: threshold, highest ionisation that can be reported, resolution, edges of the bins.
struct Readout {
    threshold_mev: f64,
    highest_mev: f64,
    resolution: Resolution,
    edges_mev: Vec<f64>,
}

impl Readout {
    fn new(experiment: &Experiment) -> Result<Self, Error> {
        let resolution = resolution(experiment)?;
        let edges_kev = edges_kev(&ionisation_data(experiment)?.energy_kev);
        let edges_mev: Vec<f64> = edges_kev.iter().map(|edge| edge / KEV_PER_MEV).collect();
        let last_mev = edges_mev[edges_mev.len() - 1];
        Ok(Self {
            threshold_mev: experiment.inputs().number("ionisation-threshold")? * 1e-6,
            highest_mev: last_mev + REACH_SIGMA * resolution.sigma_mev(last_mev),
            resolution,
            edges_mev,
        })
    }

    /// Probability of each bin at an ionisation energy, in MeV.
    fn bins(&self, ionisation_mev: f64) -> Vec<f64> {
        self.resolution.bin_probabilities(ionisation_mev, &self.edges_mev)
    }
}

/// Quenched nuclear recoils: all that depends on the settings.
pub(super) fn nucleus(experiment: &Experiment, settings: DetectorSettings) -> Result<Channel, Error> {
    let lindhard_k = match settings.lindhard_k {
        Some(lindhard_k) => lindhard_k,
        None => experiment.inputs().number("lindhard-k")?,
    };
    let quenching = QuenchingModel::germanium(settings.quenching, lindhard_k)?;
    let readout = Readout::new(experiment)?;
    let (low, high) = (
        quenching.recoil_mev(readout.threshold_mev),
        quenching.recoil_mev(readout.highest_mev),
    );
    let grid = cells(low, high, CELLS_PER_E_FOLD, []);
    Ok(Channel::new(
        grid,
        experiment.nuclei(),
        readout.edges_mev.len() - 1,
        |cell| readout.bins(quenching.ionisation_mev(cell.middle_mev)),
    ))
}

/// Electron recoils, unquenched.
fn electron(experiment: &Experiment) -> Result<Channel, Error> {
    let readout = Readout::new(experiment)?;
    let steps = experiment
        .electrons()
        .iter()
        .flat_map(|(scatterer, _)| scatterer.steps_mev());
    let grid = cells(readout.threshold_mev, readout.highest_mev, CELLS_PER_E_FOLD, steps);
    Ok(Channel::new(
        grid,
        experiment.electrons(),
        readout.edges_mev.len() - 1,
        |cell| readout.bins(cell.middle_mev),
    ))
}

/// Edges of bins around their centres, in keV.
fn edges_kev(centres_kev: &[f64]) -> Vec<f64> {
    let half = 0.5 * BIN_WIDTH_KEV;
    centres_kev
        .first()
        .map(|first| first - half)
        .into_iter()
        .chain(centres_kev.iter().map(|centre| centre + half))
        .collect()
}
