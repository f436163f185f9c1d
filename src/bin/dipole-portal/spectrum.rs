//! `dipole-portal spectrum`: the ideal spectra of fig. 1.

use crate::numbers::{Numbers, RECOIL_RANGE_KEV};
use crate::options::{ExperimentOptions, PointOptions, SettingsOptions};
use clap::Args;
use dipole_portal::Error;
use dipole_portal::experiment::{Experiment, IdealSpectrum};
use dipole_portal::page::spectrum::SPECTRUM_POINTS;
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    #[command(flatten)]
    point: PointOptions,
    /// Recoil energies in keV: 0.1,0.5,2 or low:high:points (logarithmic) [default: as on the page]
    #[arg(long, value_name = "KEV", value_parser = Numbers::within("recoil", RECOIL_RANGE_KEV))]
    recoil: Option<Numbers>,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "recoil_keV")]
    recoil_kev: Vec<f64>,
    #[serde(rename = "sm_per_keV")]
    sm_per_kev: Vec<f64>,
    #[serde(rename = "dipole_per_keV")]
    dipole_per_kev: Vec<f64>,
}

/// Counts per keV over the exposure, SM and dipole apart.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let spec = &options.experiment.experiment;
    let settings = options.settings.settings_of(spec)?;
    let experiment = Experiment::new(&*settings.edited(spec)?)?;
    let point = options
        .point
        .benchmark(options.experiment.flavor(&experiment, settings.weights)?)?;
    options
        .settings
        .note_idle_quenching("ideal spectra are over recoil energy");
    let spectrum = match &options.recoil {
        Some(Numbers(recoil_kev)) => IdealSpectrum::new(&experiment, recoil_kev.clone())?,
        None => IdealSpectrum::over_view(&experiment, SPECTRUM_POINTS)?,
    };
    let mut dipole = vec![0.0; spectrum.recoil_kev().len()];
    let ratios = settings.weights.ratios(point.flavor);
    spectrum.dipole_mixed_per_kev(ratios, point.mass_mev, settings.sign, &mut dipole);
    let flux = settings.fluxes.of(experiment.source());
    let scaled = |rates: &[f64], factor: f64| rates.iter().map(|rate| rate * factor).collect();
    Ok(Answer {
        recoil_kev: spectrum.recoil_kev().to_vec(),
        sm_per_kev: scaled(spectrum.sm_per_kev(), flux),
        dipole_per_kev: scaled(&dipole, flux * point.strength()),
    })
}
