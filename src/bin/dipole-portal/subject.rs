//! Options that say of what a limit is: of one experiment, or of several as one.

use crate::experiment::ExperimentParser;
use crate::options::{SettingsOptions, choice, note_idle_flavor};
use crate::output::note;
use clap::Args;
use dipole_portal::analysis::{Combination, Settings, Shares, Subject};
use dipole_portal::experiment::{Experiment, ExperimentSpec, Registry};
use dipole_portal::statistics::Statistic;
use dipole_portal::{Choice, Error, Flavor};
use std::sync::Arc;

/// Which experiment, or which of them as one, and which flavour the dipole couples to.
#[derive(Args)]
pub(crate) struct SubjectOptions {
    /// Experiment
    #[arg(long, value_name = "NAME", required_unless_present = "combine", value_parser = ExperimentParser)]
    experiment: Option<Arc<ExperimentSpec>>,
    /// Experiments as one, in place of one: the sum of their chi-squares, with what their sources share
    #[arg(long, value_name = "NAME,NAME", conflicts_with = "experiment", value_delimiter = ',', value_parser = ExperimentParser)]
    combine: Option<Vec<Arc<ExperimentSpec>>>,
    /// Flavour of the neutrino that the dipole couples to [default: the experiment's own]
    #[arg(long, value_name = "NAME", value_parser = choice::<Flavor>())]
    flavor: Option<Flavor>,
}

impl SubjectOptions {
    /// What is asked, at the settings, and the flavour; says what has no effect in it.
    pub(crate) fn subject(&self, options: &SettingsOptions) -> Result<(Box<dyn Subject>, Flavor), Error> {
        let subject: Box<dyn Subject> = match (&self.experiment, &self.combine) {
            (Some(spec), _) => options.analysis(spec)?.boxed(),
            (None, specs) => combined(specs.as_deref().unwrap_or_default(), options)?.boxed(),
        };
        let flavor = self.flavor_of(subject.as_ref(), &subject.relevant_settings())?;
        subject.check_flavor(flavor)?;
        options.note_idle(&experiments(subject.as_ref()));
        Ok((subject, flavor))
    }

    /// The flavour asked for, else the one that the tables name, if they agree.
    fn flavor_of(&self, subject: &dyn Subject, settings: &Settings) -> Result<Flavor, Error> {
        note_idle_flavor(self.flavor, settings.weights);
        let experiments = experiments(subject);
        let mut own = experiments.iter().map(|experiment| experiment.spec().flavor());
        let first = own.next().filter(|first| own.all(|other| other == *first));
        // With weights every flavour gives the same.
        let weighted = settings.weights.given().and_then(|ratios| ratios.flavors().next());
        let names: Vec<_> = Flavor::ALL.iter().map(|flavor| flavor.name()).collect();
        let none = || {
            Error::input(
                "flavor",
                "nothing, and the experiments have different ones",
                names.join(", "),
            )
        };
        self.flavor.or(weighted).or(first).ok_or_else(none)
    }
}

/// Several experiments as one, at the settings.
pub(crate) fn combined(specs: &[Arc<ExperimentSpec>], options: &SettingsOptions) -> Result<Combination, Error> {
    let mut registry = Registry::default();
    let mut ids = Vec::new();
    for spec in specs {
        // One that stands twice is for the combination to refuse.
        if !ids.contains(&spec.id()) {
            registry.add(Arc::clone(spec))?;
        }
        ids.push(spec.id());
    }
    Combination::with_shares(specs, &options.settings_for(&registry)?, &Shares::built_in()?)
}

/// The experiments that something is made of.
pub(crate) fn experiments(subject: &dyn Subject) -> Vec<&Experiment> {
    let members = subject.members().into_iter();
    members.map(|member| member.experiment()).collect()
}

/// Whether it is a published bound, without a chi-square.
pub(crate) fn is_bound(subject: &dyn Subject) -> bool {
    let members = subject.members();
    members
        .iter()
        .any(|member| matches!(member.statistic(), Statistic::FluxBound(_)))
}

/// Remarks that belong to its numbers: stand-ins among tables, and members of a combination that add nothing.
pub(crate) fn remarks(subject: &dyn Subject, flavor: Flavor) -> Vec<String> {
    let mut remarks: Vec<String> = Vec::new();
    for member in subject.members() {
        remarks.extend(member.experiment().notes().iter().cloned());
        if member.check_flavor(flavor).is_err() {
            let text = format!(
                "{} adds nothing: its source makes no N with this coupling",
                member.experiment().name()
            );
            note(&text);
            remarks.push(text);
        }
    }
    remarks
}
