//! Ionisation in germanium, as in Dresden-II: quenched nuclear recoils and electron recoils in
//! 10 eV bins, against a fitted background.

use super::prediction::Timed;
use super::{Axis, Binning, DetectorSettings, Experiment, Prediction};
use crate::detector::{QuenchingModel, Resolution};
use crate::recoil::{Channel, cells};
use crate::units::KEV_PER_MEV;
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
    let quenching = QuenchingModel::germanium(settings.quenching, settings.lindhard_k)?;
    let resolution = resolution(experiment)?;
    let inputs = experiment.inputs();
    let edges_kev = edges_kev(&ionisation_data(experiment)?.energy_kev);
    let edges_mev: Vec<f64> = edges_kev.iter().map(|edge| edge / KEV_PER_MEV).collect();
    let bins = edges_mev.len() - 1;
    let threshold_mev = inputs.number("ionisation-threshold")? * 1e-6;
    let last_mev = edges_mev[bins];
    let highest_mev = last_mev + REACH_SIGMA * resolution.sigma_mev(last_mev);
    let nucleus_cells = cells(
        quenching.recoil_mev(threshold_mev),
        quenching.recoil_mev(highest_mev),
        CELLS_PER_E_FOLD,
        [],
    );
    let steps = experiment
        .electrons()
        .iter()
        .flat_map(|(scatterer, _)| scatterer.steps_mev());
    let electron_cells = cells(threshold_mev, highest_mev, CELLS_PER_E_FOLD, steps);
    let nucleus = Channel::new(nucleus_cells, experiment.nuclei(), bins, |cell| {
        resolution.bin_probabilities(quenching.ionisation_mev(cell.middle_mev), &edges_mev)
    });
    let electron = Channel::new(electron_cells, experiment.electrons(), bins, |cell| {
        resolution.bin_probabilities(cell.middle_mev, &edges_mev)
    });
    let timed = experiment
        .components()
        .iter()
        .map(|component| Timed {
            component: component.clone(),
            shares: vec![1.0],
        })
        .collect();
    Ok(Prediction {
        binning: Binning {
            energy: Axis {
                name: "energy",
                unit: "keV",
                edges: edges_kev,
            },
            time: None,
        },
        unit: "counts/day",
        per_exposure: 1.0 / inputs.number("exposure")?,
        timed,
        nucleus,
        electron: Some(electron),
    })
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
