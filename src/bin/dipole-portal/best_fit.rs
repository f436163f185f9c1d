//! `dipole-portal best-fit`.

use crate::options::SettingsOptions;
use crate::output::note;
use crate::subject::{SubjectOptions, remarks};
use clap::Args;
use dipole_portal::Error;
use serde::Serialize;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    subject: SubjectOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed; null for an experiment that is used through a published bound.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "mass_MeV")]
    mass_mev: Option<f64>,
    #[serde(rename = "coupling_per_GeV")]
    coupling_per_gev: Option<f64>,
    chi2: Option<f64>,
    /// Coupling above which N of this mass decays in the detector: a best fit above it is none of recoils.
    #[serde(rename = "ceiling_per_GeV")]
    ceiling_per_gev: Option<f64>,
    notes: Vec<String>,
}

/// The best fit over all masses and couplings.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let (subject, flavor) = options.subject.subject(&options.settings)?;
    let best = subject.best_fit(flavor)?;
    let mut notes = remarks(subject.as_ref(), flavor);
    if best.is_none() {
        let text = format!("{} is used through a published bound: there is no fit", subject.name());
        note(&text);
        notes.push(text);
    }
    Ok(Answer {
        mass_mev: best.map(|best| best.mass_mev),
        coupling_per_gev: best.map(|best| best.coupling_per_gev),
        chi2: best.map(|best| best.chi2),
        ceiling_per_gev: best.and_then(|best| subject.ceiling_per_gev(flavor, best.mass_mev)),
        notes,
    })
}
