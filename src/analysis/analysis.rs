//! From settings to numbers: one experiment with its data, ready to be asked.
//!
//! Page, workers, command line and tests all come through here.

use super::at_mass::LastMass;
use super::basis::Basis;
use super::best_fit::BestFits;
use crate::analysis::{Edits, Fluxes, Settings};
use crate::choice::Choice;
use crate::experiment::{
    Detector, DetectorSettings, Experiment, ExperimentId, ExperimentSpec, Prediction, Registry, Template,
};
use crate::numerics::bins;
use crate::physics::CouplingRatios;
use crate::physics::detector::Quenching;
use crate::statistics::{Goodness, Likelihood, Projection, Statistic};
use crate::{Error, Flavor};
use std::sync::Arc;

/// Best fit at one strength.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Chi-square at the best nuisances.
    pub chi2: f64,
    /// The best nuisances, in the order of the likelihood's parameters.
    pub nuisances: Vec<f64>,
}

/// A bin of an experiment's data and what a fit expects there, in counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// What was observed.
    pub observed: f64,
    /// Its error.
    pub error: f64,
    /// What is expected, with the fitted nuisances.
    pub expected: f64,
    /// What the bin adds to the chi-square.
    pub chi2: f64,
}

/// The fit of an experiment's own data without dipole.
#[derive(Clone, Debug)]
struct Reference {
    /// The best nuisances.
    fitted: Vec<f64>,
    /// What the fit expects in each bin.
    total: Vec<f64>,
}

/// An experiment behind its detector, with its data and SM expectation, at some settings.
#[derive(Clone, Debug)]
pub struct Analysis {
    experiment: Experiment,
    /// What its table says, without the changes of the settings.
    table: Arc<ExperimentSpec>,
    settings: Settings,
    prediction: Prediction,
    /// The statistic of its data.
    measured: Statistic,
    /// The same, with what is expected in place of the data where the settings ask for it.
    statistic: Statistic,
    /// SM counts at the nominal flux.
    nominal_sm: Template,
    /// SM counts at the settings' flux.
    sm: Template,
    /// What of them the fit adds to its backgrounds, per bin.
    sm_sum: Vec<f64>,
    /// The data as the table has them, for the settings they were last fitted at: what an expectation starts from.
    reference: Option<(Settings, Arc<Reference>)>,
    /// The fit without dipole: where every other fit starts, since it is the same for all masses.
    sm_fit: Option<Fit>,
    /// Best fits over mass and coupling, as far as they have been asked for; clones share them.
    pub(super) best_fits: Arc<BestFits>,
    /// What was asked of one mass last.
    pub(super) last_mass: Arc<LastMass>,
}

impl Analysis {
    /// Prepares an experiment.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for anything missing or malformed, [`ErrorKind::Input`](crate::ErrorKind::Input) for settings out of range.
    pub fn new(spec: &ExperimentSpec, settings: &Settings) -> Result<Self, Error> {
        let experiment = Experiment::new(&*settings.edited(spec)?)?;
        let statistic = Statistic::new(&experiment)?;
        let prediction = Prediction::new(&experiment, settings.detector)?;
        let mut analysis = Self {
            nominal_sm: prediction.standard_model(),
            sm: Template::default(),
            sm_sum: Vec::new(),
            sm_fit: None,
            reference: None,
            best_fits: Arc::default(),
            last_mass: Arc::default(),
            experiment,
            table: Arc::new(spec.clone()),
            settings: settings.clone(),
            prediction,
            measured: statistic.clone(),
            statistic,
        };
        analysis.expect_standard_model()?;
        Ok(analysis)
    }

    /// Prepares an experiment of `data/experiments/`.
    ///
    /// # Errors
    /// As [`Self::new`], and [`ErrorKind::Input`](crate::ErrorKind::Input) for a name there is not.
    pub fn built_in(id: ExperimentId, settings: &Settings) -> Result<Self, Error> {
        Self::new(Registry::built_in()?.get(id)?, settings)
    }

    /// Changes the settings, preparing again only what depends on them.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for settings out of range; the analysis then stays as it was.
    pub fn set(&mut self, settings: &Settings) -> Result<(), Error> {
        if *settings == self.settings {
            return Ok(());
        }
        settings.fluxes.check()?;
        let (before, after) = (self.relevant(&self.settings), self.relevant(settings));
        if after == before {
            self.settings = settings.clone();
            return Ok(());
        }
        let mut changed = self.clone();
        let model = |settings: &Settings| settings.fluxes.reactor_model();
        if crate::WORKSHOP && (&after.edits, model(&after)) != (&before.edits, model(&before)) {
            changed.take_table(&*settings.edited(&self.table)?)?;
        }
        if after.detector != before.detector {
            changed.prediction.set(&changed.experiment, after.detector)?;
            changed.nominal_sm = changed.prediction.standard_model();
        }
        changed.settings = settings.clone();
        changed.expect_standard_model()?;
        *self = changed;
        Ok(())
    }

    fn expect_standard_model(&mut self) -> Result<(), Error> {
        self.settings.fluxes.check()?;
        self.sm = self.counted(self.nominal_sm.clone());
        self.sm.scale(self.flux());
        self.sm_sum = self.sm.sum();
        if self.experiment.spec().statistic().holds_standard_model() {
            self.sm_sum.fill(0.0);
        }
        self.best_fits = Arc::default();
        self.last_mass = Arc::default();
        self.sm_fit = None;
        self.statistic = self.measured.clone();
        if self.is_expected()
            && let Statistic::ChiSquare(likelihood) = self.measured.clone()
        {
            self.statistic = Statistic::ChiSquare(self.projected(likelihood.as_ref())?);
        }
        let none = vec![0.0; self.sm_sum.len()];
        self.sm_fit = self.fit_sum(&none, 0.0)?;
        Ok(())
    }

    /// Whether the settings put what is expected in place of the data: when that is asked for, or where they change what would have been observed.
    /// An experiment without data has nothing else.
    #[must_use]
    pub fn is_expected(&self) -> bool {
        crate::WORKSHOP
            && (!self.experiment.spec().has_data()
                || self.settings.expected
                || self.settings.edits.change_the_data(self.experiment.id()))
    }

    /// A likelihood with what is expected in place of the data. The backgrounds are those of the data as the table has them, fitted with the SM.
    fn projected(&mut self, likelihood: &dyn Likelihood) -> Result<Arc<dyn Likelihood>, Error> {
        let growth = self.experiment.spec().growth(&self.table);
        if !self.table.has_data() {
            // There is no fit of data that could say more of the background than its table.
            return Ok(likelihood.projected(&Projection {
                background: growth.background,
                time: growth.time,
                fitted: &[],
                before: &[],
                sm: &self.sm_sum,
            }));
        }
        let reference = self.reference()?;
        // Fewer bins of the same data, as without arrival times.
        let before = bins::merged(&reference.total, self.prediction.binning().bins());
        Ok(likelihood.projected(&Projection {
            background: growth.background,
            time: growth.time,
            fitted: &reference.fitted,
            before: &before,
            sm: &self.sm_sum,
        }))
    }

    /// The fit of the data as the table has them: once for all changes of inputs.
    fn reference(&mut self) -> Result<Arc<Reference>, Error> {
        let plain = Settings {
            edits: Edits::default(),
            expected: false,
            ..self.relevant(&self.settings)
        };
        if let Some((settings, reference)) = &self.reference
            && *settings == plain
        {
            return Ok(Arc::clone(reference));
        }
        let measured = Self::new(&self.table, &plain)?;
        let (Some(fit), Some(likelihood)) = (&measured.sm_fit, measured.statistic.likelihood()) else {
            return Err(self.experiment.inputs().error("there are no data"));
        };
        let background = likelihood.background(&fit.nuisances);
        let reference = Arc::new(Reference {
            total: background
                .iter()
                .zip(&measured.sm_sum)
                .map(|(background, sm)| background + sm)
                .collect(),
            fitted: fit.nuisances.clone(),
        });
        self.reference = Some((plain, Arc::clone(&reference)));
        Ok(reference)
    }

    /// Its name for people, which says so where what is expected takes the place of data.
    #[must_use]
    pub fn name(&self) -> String {
        let name = self.experiment.name();
        if self.is_expected() {
            say!("{} (expected)", name)
        } else {
            name.to_owned()
        }
    }

    /// The experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// What its table says, without the changes of the settings.
    #[must_use]
    pub fn table(&self) -> &Arc<ExperimentSpec> {
        &self.table
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Flux of the experiment's source as a multiple of the nominal one.
    #[must_use]
    pub fn flux(&self) -> f64 {
        self.settings.fluxes.of(self.experiment.source())
    }

    /// The settings with those that do not matter to this experiment at their default. Weights always matter: also those of flavours that the source does
    /// not have count in the width of N.
    #[must_use]
    pub fn relevant_settings(&self) -> Settings {
        self.relevant(&self.settings)
    }

    pub(super) fn relevant(&self, settings: &Settings) -> Settings {
        let default = DetectorSettings::default();
        let mut settings = settings.clone();
        settings.edits = settings.edits.of(self.experiment.id());
        settings.fluxes = Fluxes::only(self.experiment.source(), settings.fluxes);
        settings.nuclei_only &= self.prediction.counts_electrons();
        match (self.experiment.detector(), settings.detector.quenching) {
            (Detector::Ionisation, Quenching::Lindhard) => {}
            (Detector::Ionisation, _) => settings.detector.lindhard_k = default.lindhard_k,
            (Detector::IonisationExcess, _) => settings.detector.quenching = default.quenching,
            (_, _) => settings.detector = default,
        }
        settings
    }

    /// The experiment behind its detector.
    #[must_use]
    pub fn prediction(&self) -> &Prediction {
        &self.prediction
    }

    /// The fit without dipole; `None` where the experiment gives only a bound.
    #[must_use]
    pub fn sm_fit(&self) -> Option<&Fit> {
        self.sm_fit.as_ref()
    }

    /// Its statistic.
    #[must_use]
    pub fn statistic(&self) -> &Statistic {
        &self.statistic
    }

    /// SM counts at the settings' flux.
    #[must_use]
    pub fn standard_model(&self) -> &Template {
        &self.sm
    }

    /// What the SM adds to the backgrounds of the fit, per bin: [`Self::standard_model`], or nothing where the backgrounds have it in them.
    #[must_use]
    pub fn sm_beside_background(&self) -> &[f64] {
        &self.sm_sum
    }

    /// What N couples to: the flavour that is asked for, unless the settings have weights.
    #[must_use]
    pub fn ratios(&self, flavor: Flavor) -> CouplingRatios {
        self.settings.weights.ratios(flavor)
    }

    /// Checks that the source has neutrinos that make N: of this flavour, or where the settings have weights of one with a weight above zero.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming the flavours it has.
    pub fn check_flavor(&self, flavor: Flavor) -> Result<(), Error> {
        self.experiment.check_ratios(self.ratios(flavor))
    }

    /// Flavours whose curves differ: those that the source has; with weights the first of them that N couples to stands for all.
    pub fn distinct_flavors(&self) -> impl Iterator<Item = Flavor> {
        let ratios = self.settings.weights.given();
        let theirs = self.experiment.flavors();
        let coupled = theirs.filter(move |flavor| ratios.is_none_or(|ratios| ratios.of(*flavor) > 0.0));
        coupled.take(if ratios.is_some() { 1 } else { Flavor::ALL.len() })
    }

    /// Dipole counts per d^2 (d in MeV^-1) at the settings' flux; zero for a flavour that the
    /// source does not have. With weights it is the sum over flavours.
    #[must_use]
    pub fn dipole(&self, flavor: Flavor, mass_mev: f64) -> Template {
        let ratios = self.ratios(flavor);
        let mut template = self.counted(self.prediction.dipole_mixed(ratios, mass_mev, self.settings.sign));
        template.scale(self.flux());
        template
    }

    /// A template without the recoils that the settings do not count.
    #[must_use]
    pub fn counted(&self, mut template: Template) -> Template {
        if crate::WORKSHOP && self.settings.nuclei_only {
            template.electron.fill(0.0);
        }
        template
    }

    /// Whether any recoil counts: none of nuclei does where only those of electrons are seen.
    pub(super) fn counts_anything(&self) -> bool {
        !(crate::WORKSHOP && self.settings.nuclei_only) || self.prediction.counts_nuclei()
    }

    /// The same with nuclear recoils alone, where that is to stand beside it: where recoils of electrons count although part of them
    /// would have been taken for background. `None` elsewhere, and where they do not count anyway.
    ///
    /// # Errors
    /// As [`Self::set`].
    pub fn of_nuclei(&self) -> Result<Option<Self>, Error> {
        if !crate::WORKSHOP || self.settings.nuclei_only || !self.experiment.spec().has_optimistic_electrons() {
            return Ok(None);
        }
        let mut changed = self.clone();
        changed.set(&Settings {
            nuclei_only: true,
            ..self.settings.clone()
        })?;
        Ok(Some(changed))
    }

    /// Coupling in GeV^-1 above which N decays within the detector and the recoil analysis excludes nothing; `None` where
    /// there is none (see [`Prediction::ceiling_per_gev`]).
    #[must_use]
    pub fn ceiling_per_gev(&self, flavor: Flavor, mass_mev: f64) -> Option<f64> {
        self.prediction
            .ceiling_per_gev(&self.experiment, self.ratios(flavor), mass_mev)
    }

    /// Prepares again, of the stages experiment, prediction, statistic and expectation, those that a changed table of the
    /// same experiment reaches.
    ///
    /// # Errors
    /// As [`Self::new`]; the analysis then stays as it was.
    pub fn respecify(&mut self, spec: &ExperimentSpec) -> Result<(), Error> {
        let mut changed = Self {
            table: Arc::new(spec.clone()),
            reference: None,
            ..self.clone()
        };
        if changed.take_table(&*self.settings.edited(spec)?)? {
            changed.expect_standard_model()?;
        }
        *self = changed;
        Ok(())
    }

    /// Prepares experiment, prediction and statistic of a changed table; returns whether that has changed any count.
    fn take_table(&mut self, spec: &ExperimentSpec) -> Result<bool, Error> {
        let experiment = self.experiment.respecified(spec)?;
        let detector = self.settings.detector;
        self.prediction = self.prediction.respecified(&self.experiment, &experiment, detector)?;
        let old = std::mem::replace(&mut self.experiment, experiment);
        let (old, new) = (old.spec(), spec);
        let same_statistic = (old.statistic(), old.detector()) == (new.statistic(), new.detector());
        let same_counts = (old.source(), old.target(), old.detector(), old.model())
            == (new.source(), new.target(), new.detector(), new.model());
        if !same_counts {
            self.nominal_sm = self.prediction.standard_model();
        }
        if !same_statistic {
            self.measured = Statistic::new(&self.experiment)?;
        }
        Ok(!(same_counts && same_statistic))
    }

    /// What limits and fits are made from; `None` where the experiment gives only a bound.
    pub(super) fn basis(&self) -> Option<Basis<'_>> {
        Some(Basis {
            likelihood: self.statistic.likelihood()?,
            sm: &self.sm_sum,
            sm_fit: self.sm_fit.as_ref(),
        })
    }

    /// Fits the nuisances at one strength of a dipole template; `None` where the experiment gives only
    /// a bound.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if the fit does not converge.
    pub fn fit(&self, dipole: &Template, strength: f64) -> Result<Option<Fit>, Error> {
        self.fit_sum(&dipole.sum(), strength)
    }

    fn fit_sum(&self, dipole: &[f64], strength: f64) -> Result<Option<Fit>, Error> {
        self.basis().map(|basis| basis.fit(dipole, strength)).transpose()
    }

    /// How well a fit at one strength of a dipole template describes the data; `None` where the experiment gives only a bound.
    #[must_use]
    pub fn goodness(&self, dipole: &Template, strength: f64, fit: &Fit) -> Option<Goodness> {
        Some(self.basis()?.goodness(&dipole.sum(), strength, fit))
    }

    /// Bin by bin what a fit at one strength of a dipole template says; empty where the experiment gives only a bound.
    #[must_use]
    pub fn bins(&self, dipole: &Template, strength: f64, fit: &Fit) -> Vec<Bin> {
        let Some(basis) = self.basis() else {
            return Vec::new();
        };
        let (likelihood, dipole) = (basis.likelihood, dipole.sum());
        let counts = basis.counts(&dipole);
        let terms = likelihood.terms(counts, strength, &fit.nuisances);
        let signal: Vec<f64> = self
            .sm_sum
            .iter()
            .zip(&dipole)
            .map(|(sm, dipole)| sm + strength * dipole)
            .collect();
        let expected = likelihood
            .background(&fit.nuisances)
            .into_iter()
            .zip(likelihood.signal_of(&signal, &fit.nuisances))
            .map(|(background, signal)| background + signal);
        let observed = likelihood.observed().iter().zip(likelihood.errors());
        observed
            .zip(expected)
            .zip(terms)
            .map(|(((observed, error), expected), term)| Bin {
                observed: *observed,
                error,
                expected,
                chi2: term.chi2(),
            })
            .collect()
    }

    /// All counts over nominal SM counts at one strength of a dipole template, and the largest such
    /// ratio that the flux bound allows (paper eq. 14); `None` where the experiment has data of its own.
    #[must_use]
    pub fn ratio_to_bound(&self, dipole: &Template, strength: f64) -> Option<(f64, f64)> {
        let Statistic::FluxBound(bound) = &self.statistic else {
            return None;
        };
        let ratio = self.flux() * (1.0 + strength * dipole.total() / self.sm.total());
        Some((ratio, bound.largest_ratio()))
    }
}
