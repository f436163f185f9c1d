//! Several experiments as one: the sum of their chi-squares, with what their sources have in common.

mod prepare;

use super::basis::Basis;
use super::best_fit::BestFits;
use super::limits::limit_on_coupling;
use super::{Analysis, BestFit, Column, Edits, Fit, Fluxes, Settings, Shares, Subject};
use crate::Choice;
use crate::experiment::{Detector, DetectorSettings, ExperimentId, ExperimentSpec, Registry};
use crate::physics::source::SourceKind;
use crate::statistics::{Confidence, Dof, Joint, Likelihood, Limit};
use crate::{Error, Flavor};
use std::sync::Arc;

/// Experiments that share no data, as one chi-square of one coupling.
///
/// It is the sum over the members, each with nuisances of its own. Members at one source share a shift of its flux that multiplies SM and dipole of each, with
/// a prior from [`Shares`]; what a member knows of its own signal then leaves that out in quadrature.
///
/// ```
/// use dipole_portal::Flavor;
/// use dipole_portal::analysis::{Combination, Settings, Subject};
/// use dipole_portal::experiment::{ExperimentId, Registry};
/// use dipole_portal::statistics::Confidence;
///
/// let registry = Registry::built_in()?;
/// let csi = ExperimentId::COHERENT_CSI;
/// let limit = |members: &[ExperimentId]| {
///     let subject = Combination::new(&registry, members, &Settings::default())?;
///     subject.limit_per_gev(Flavor::Electron, 1.0, Confidence::PAPER)
/// };
/// let (alone, both) = (limit(&[csi])?, limit(&[csi, ExperimentId::DRESDEN_II])?);
/// assert!(both.value() < alone.value());
/// # Ok::<(), dipole_portal::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Combination {
    /// In the order of their names, so that the order in which they are asked for changes no digit.
    members: Vec<Analysis>,
    shares: Shares,
    settings: Settings,
    joint: Joint,
    sm_sum: Vec<f64>,
    sm_fit: Fit,
    best_fits: Arc<BestFits>,
}

impl Combination {
    /// Prepares experiments of a registry, with what `data/shared_fluxes.csv` says that their sources share.
    ///
    /// # Errors
    /// As [`Self::with_shares`], and [`ErrorKind::Input`](crate::ErrorKind::Input) for a name that there is not.
    pub fn new(registry: &Registry, members: &[ExperimentId], settings: &Settings) -> Result<Self, Error> {
        let specs = members.iter().map(|id| registry.get(*id).cloned());
        Self::with_shares(&specs.collect::<Result<Vec<_>, _>>()?, settings, &Shares::built_in()?)
    }

    /// Prepares experiments, with what is said that their sources share.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) without members, for one that stands twice, for two with the same data, and for one that knows its signal better than
    /// its source; [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) for one that gives only a published bound; else as [`Analysis::new`].
    pub fn with_shares(specs: &[Arc<ExperimentSpec>], settings: &Settings, shares: &Shares) -> Result<Self, Error> {
        let mut specs: Vec<_> = specs.to_vec();
        specs.sort_by_key(|spec| spec.id());
        prepare::combination(&specs, settings, shares, Vec::new())
    }

    /// Changes the settings, preparing again only what depends on them.
    ///
    /// # Errors
    /// As [`Self::with_shares`]; the combination then stays as it was.
    pub fn set(&mut self, settings: &Settings) -> Result<(), Error> {
        if *settings == self.settings {
            return Ok(());
        }
        settings.fluxes.check()?;
        if self.relevant(settings) == self.relevant_settings() {
            self.settings = settings.clone();
            return Ok(());
        }
        let specs: Vec<_> = self.members.iter().map(|member| Arc::clone(member.table())).collect();
        *self = prepare::combination(&specs, settings, &self.shares, self.members.clone())?;
        Ok(())
    }

    /// Its settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The fit without dipole.
    #[must_use]
    pub fn sm_fit(&self) -> &Fit {
        &self.sm_fit
    }

    /// The chi-square of all members. Shared shifts come first among its parameters.
    #[must_use]
    pub fn likelihood(&self) -> &dyn Likelihood {
        &self.joint
    }

    /// SM counts of all members, one after the other, at the settings' fluxes.
    #[must_use]
    pub fn standard_model(&self) -> &[f64] {
        &self.sm_sum
    }

    /// Dipole counts per d^2 (d in MeV^-1) of all members, one after the other, at the settings' fluxes; zero where a source does not have the flavour.
    #[must_use]
    pub fn dipole(&self, flavor: Flavor, mass_mev: f64) -> Vec<f64> {
        let members = self.members.iter();
        members
            .flat_map(|member| member.dipole(flavor, mass_mev).sum())
            .collect()
    }

    /// The members whose sources have no neutrinos that make N: they add a constant to chi-square.
    pub fn idle(&self, flavor: Flavor) -> impl Iterator<Item = &Analysis> {
        let members = self.members.iter();
        members.filter(move |member| member.check_flavor(flavor).is_err())
    }

    /// The best fit, if it has been searched for already.
    #[must_use]
    pub fn known_best_fit(&self, flavor: Flavor) -> Option<BestFit> {
        self.best_fits.known(flavor)
    }

    fn basis(&self) -> Basis<'_> {
        Basis {
            likelihood: &self.joint,
            sm: &self.sm_sum,
            sm_fit: Some(&self.sm_fit),
        }
    }

    /// What matters to any of the members.
    fn relevant(&self, settings: &Settings) -> Settings {
        let mut all = Settings {
            detector: DetectorSettings::default(),
            fluxes: Fluxes::default(),
            edits: Edits::default(),
            nuclei_only: false,
            ..settings.clone()
        };
        for member in &self.members {
            let (theirs, experiment) = (member.relevant(settings), member.experiment());
            let source = experiment.source();
            all.fluxes = all.fluxes.with(source, theirs.fluxes.of(source));
            if source == SourceKind::Reactor {
                all.fluxes = all.fluxes.with_reactor_model(theirs.fluxes.reactor_model());
            }
            all.nuclei_only |= theirs.nuclei_only;
            if experiment.detector() == Detector::Ionisation {
                all.detector.quenching = theirs.detector.quenching;
            }
            all.detector.lindhard_k = all.detector.lindhard_k.or(theirs.detector.lindhard_k);
            for edit in theirs.edits.list() {
                all.edits.set(edit.experiment, &edit.key, Some(&edit.value));
            }
        }
        all
    }
}

impl Subject for Combination {
    fn id(&self) -> ExperimentId {
        ExperimentId::COMBINATION
    }

    fn name(&self) -> String {
        let names: Vec<_> = self.members.iter().map(Analysis::name).collect();
        names.join(" + ")
    }

    fn members(&self) -> Vec<&Analysis> {
        self.members.iter().collect()
    }

    fn relevant_settings(&self) -> Settings {
        self.relevant(&self.settings)
    }

    /// One source that has the flavour is enough.
    fn check_flavor(&self, flavor: Flavor) -> Result<(), Error> {
        if self.members.iter().any(|member| member.check_flavor(flavor).is_ok()) {
            return Ok(());
        }
        let has = |flavor: &&Flavor| {
            let mut members = self.members.iter();
            members.any(|member| member.experiment().check_flavor(**flavor).is_ok())
        };
        let known: Vec<_> = Flavor::ALL.iter().filter(has).map(|flavor| flavor.name()).collect();
        let got = say!("none that a source of {} has", self.name());
        Err(Error::input("flavor", got, known.join(", ")))
    }

    /// A chi-square gives every level.
    fn check_confidence(&self, _: Confidence) -> Result<(), Error> {
        Ok(())
    }

    fn column(&self, flavor: Flavor, mass_mev: f64, dof: Dof) -> Result<Option<Column<'_>>, Error> {
        let best_over_masses = match dof {
            Dof::One => None,
            Dof::Two => self.best_fit(flavor)?,
        };
        let column = self.basis().column(self.dipole(flavor, mass_mev), best_over_masses);
        column.map(Some)
    }

    fn best_fit(&self, flavor: Flavor) -> Result<Option<BestFit>, Error> {
        let dipole = |mass_mev| self.dipole(flavor, mass_mev);
        self.best_fits.search(flavor, self.basis(), dipole)
    }

    fn limit_per_gev(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Limit, Error> {
        match self.column(flavor, mass_mev, confidence.dof)? {
            Some(column) => Ok(limit_on_coupling(column.limit(confidence.delta_chi2())?)),
            None => Ok(Limit::NoSensitivity),
        }
    }

    /// The lowest of the members: above it the recoils of one of them are not bare any more, and its chi-square, which the sum contains, says nothing.
    fn ceiling_per_gev(&self, flavor: Flavor, mass_mev: f64) -> Option<f64> {
        let members = self.members.iter();
        members
            .filter_map(|member| member.ceiling_per_gev(flavor, mass_mev))
            .reduce(f64::min)
    }

    fn boxed(&self) -> Box<dyn Subject> {
        Box::new(self.clone())
    }
}
