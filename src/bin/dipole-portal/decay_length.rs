//! `dipole-portal decay-length`.

use crate::numbers::{Numbers, within};
use crate::options::{ExperimentOptions, SettingsOptions};
use crate::output::note;
use clap::Args;
use dipole_portal::analysis::{COUPLING_RANGE_PER_GEV, MASS_RANGE_MEV, Weights};
use dipole_portal::experiment::Experiment;
use dipole_portal::physics::decay::Nature;
use dipole_portal::{Error, Flavor};
use serde::Serialize;

/// Lengths that can be asked for, in m: from an atom to beyond what can be seen.
const LENGTH_RANGE_M: (f64, f64) = (1e-10, 1e30);

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    /// Masses of N in MeV: 0.1,1,3 or low:high:points (logarithmic)
    #[arg(long, value_name = "MEV", value_parser = Numbers::within("mass", MASS_RANGE_MEV))]
    mass: Numbers,
    #[command(flatten)]
    given: Given,
    /// N is its own antiparticle: its width is twice that of a Dirac N
    #[arg(long)]
    majorana: bool,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is given; the other is printed.
#[derive(Args)]
#[group(required = true, multiple = false)]
struct Given {
    /// Decay length in the laboratory, in m (1 au is 1.495978707e11): prints the couplings
    #[arg(long, value_name = "M", value_parser = within("length", LENGTH_RANGE_M))]
    length: Option<f64>,
    /// Coupling d, in GeV^-1: prints the decay lengths
    #[arg(long, value_name = "PER_GEV", value_parser = within("coupling", COUPLING_RANGE_PER_GEV))]
    coupling: Option<f64>,
}

/// What is printed; null where no N is made, and for one that does not decay.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "mass_MeV")]
    mass_mev: Vec<f64>,
    /// Energy of N that counts: mean energy of the neutrinos that can make it.
    #[serde(rename = "energy_MeV")]
    energy_mev: Vec<Option<f64>>,
    #[serde(rename = "coupling_per_GeV", skip_serializing_if = "Option::is_none")]
    coupling_per_gev: Option<Vec<Option<f64>>>,
    #[serde(rename = "length_m", skip_serializing_if = "Option::is_none")]
    length_m: Option<Vec<Option<f64>>>,
    notes: Vec<String>,
}

/// Coupling at a decay length, or the decay length at a coupling, for each mass.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let table = &options.experiment.experiment;
    let settings = options.settings.settings_of(table)?;
    let experiment = Experiment::new(&settings.edits.applied(table)?)?;
    let flavor = options.experiment.flavor(&experiment, Weights::default())?;
    let nature = if options.majorana {
        Nature::Majorana
    } else {
        Nature::Dirac
    };
    let mass_mev = options.mass.0.clone();
    let each = |value: &dyn Fn(f64) -> Option<f64>| mass_mev.iter().map(|mass| value(*mass)).collect();
    let energy_mev: Vec<_> = each(&|mass| experiment.sterile_energy_mev(flavor, mass));
    let Given { length, coupling } = options.given;
    let coupling_per_gev =
        length.map(|length| each(&|mass| experiment.coupling_for_length_per_gev(flavor, mass, length, nature)));
    let length_m = coupling.map(|coupling| each(&|mass| experiment.decay_length_m(flavor, mass, coupling, nature)));
    let notes = remarks(&experiment, flavor, &mass_mev, &energy_mev);
    notes.iter().for_each(|text| note(text));
    Ok(Answer {
        mass_mev,
        energy_mev,
        coupling_per_gev,
        length_m,
        notes,
    })
}

/// Why there are no numbers at some of the masses.
fn remarks(experiment: &Experiment, flavor: Flavor, mass_mev: &[f64], energy_mev: &[Option<f64>]) -> Vec<String> {
    let missing = mass_mev.iter().zip(energy_mev).filter(|(_, energy)| energy.is_none());
    let masses: Vec<String> = missing.map(|(mass, _)| format!("{mass:?}")).collect();
    if masses.is_empty() {
        return Vec::new();
    }
    vec![format!(
        "neutrinos of flavour {flavor} at {} make no N at masses (MeV): {}",
        experiment.name(),
        masses.join(", ")
    )]
}
