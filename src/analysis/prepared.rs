//! From settings to numbers: one experiment with its data, ready to be asked.
//!
//! Page, workers, command line and tests all come through here.

use crate::analysis::{COUPLING_RANGE_PER_GEV, Fluxes, Settings};
use crate::experiment::{
    Detector, DetectorSettings, Experiment, ExperimentId, ExperimentSpec, Prediction, Registry, Template,
};
use crate::physics::detector::Quenching;
use crate::physics::units::coupling_per_gev;
use crate::statistics::{
    Confidence, Counting, CountingNuisances, FluxBound, Ionisation, IonisationNuisances, Likelihood, Limit, Signal,
    limit, minimum,
};
use crate::{Error, Flavor};

/// The statistic of an experiment.
#[derive(Clone, Debug)]
pub enum Statistic {
    /// Gaussian chi-square over a fitted background.
    Ionisation(Ionisation),
    /// Poisson chi-square with normalisation nuisances.
    Counting(Counting),
    /// Bound on the flux.
    FluxBound(FluxBound),
}

/// Best fit at one strength, as a visitor reads it.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    /// Chi-square at the best nuisances.
    pub chi2: f64,
    /// The best nuisances.
    pub nuisances: Nuisances,
}

/// Nuisance parameters of either chi-square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Nuisances {
    /// Of [`Statistic::Ionisation`].
    Ionisation(IonisationNuisances),
    /// Of [`Statistic::Counting`].
    Counting(CountingNuisances),
}

/// An experiment behind its detector, with its data and SM expectation, at some settings.
#[derive(Clone, Debug)]
pub struct Analysis {
    experiment: Experiment,
    settings: Settings,
    prediction: Prediction,
    statistic: Statistic,
    /// SM counts at the nominal flux.
    nominal_sm: Template,
    /// SM counts at the settings' flux.
    sm: Template,
    sm_sum: Vec<f64>,
    /// The fit without dipole: where every other fit starts, since it is the same for all masses.
    sm_fit: Option<Fit>,
}

impl Analysis {
    /// Prepares an experiment.
    ///
    /// # Errors
    /// [`Error::Table`] for anything missing or malformed, [`Error::Input`] for settings out of range.
    pub fn new(spec: &ExperimentSpec, settings: Settings) -> Result<Self, Error> {
        let experiment = Experiment::new(spec)?;
        let statistic = match experiment.detector() {
            Detector::Ionisation => Statistic::Ionisation(Ionisation::new(&experiment)?),
            Detector::Scintillation => Statistic::Counting(Counting::new(&experiment)?),
            Detector::Efficiency => Statistic::FluxBound(FluxBound::new(&experiment)?),
        };
        let prediction = Prediction::new(&experiment, settings.detector)?;
        let mut analysis = Self {
            nominal_sm: prediction.standard_model(),
            sm: Template::default(),
            sm_sum: Vec::new(),
            sm_fit: None,
            experiment,
            settings,
            prediction,
            statistic,
        };
        analysis.expect_standard_model()?;
        Ok(analysis)
    }

    /// Prepares an experiment of `data/experiments/`.
    ///
    /// # Errors
    /// As [`Self::new`], and [`Error::Input`] for a name there is not.
    pub fn built_in(id: ExperimentId, settings: Settings) -> Result<Self, Error> {
        Self::new(Registry::built_in()?.get(id)?, settings)
    }

    /// Changes the settings, preparing again only what depends on them.
    ///
    /// # Errors
    /// [`Error::Input`] for settings out of range; the analysis then stays as it was.
    pub fn set(&mut self, settings: Settings) -> Result<(), Error> {
        if settings == self.settings {
            return Ok(());
        }
        settings.fluxes.check()?;
        let (before, after) = (self.relevant(self.settings), self.relevant(settings));
        if after.detector != before.detector {
            self.prediction.set(&self.experiment, after.detector)?;
            self.nominal_sm = self.prediction.standard_model();
        }
        self.settings = settings;
        if after == before {
            return Ok(());
        }
        self.expect_standard_model()
    }

    fn expect_standard_model(&mut self) -> Result<(), Error> {
        self.settings.fluxes.check()?;
        self.sm = self.nominal_sm.clone();
        self.sm.scale(self.flux());
        self.sm_sum = self.sm.sum();
        self.sm_fit = None;
        let none = vec![0.0; self.sm_sum.len()];
        self.sm_fit = self.fit_sum(&none, 0.0)?;
        Ok(())
    }

    /// The experiment.
    #[must_use]
    pub fn experiment(&self) -> &Experiment {
        &self.experiment
    }

    /// The settings.
    #[must_use]
    pub fn settings(&self) -> Settings {
        self.settings
    }

    /// Flux of the experiment's source as a multiple of the nominal one.
    #[must_use]
    pub fn flux(&self) -> f64 {
        self.settings.fluxes.of(self.experiment.source())
    }

    /// The settings with those that do not matter to this experiment at their default.
    #[must_use]
    pub fn relevant_settings(&self) -> Settings {
        self.relevant(self.settings)
    }

    fn relevant(&self, mut settings: Settings) -> Settings {
        let default = DetectorSettings::default();
        settings.fluxes = Fluxes::only(self.experiment.source(), settings.fluxes);
        if self.experiment.detector() != Detector::Ionisation {
            settings.detector = default;
        } else if settings.detector.quenching != Quenching::Lindhard {
            settings.detector.lindhard_k = default.lindhard_k;
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

    /// Dipole counts per d^2 (d in MeV^-1) at the settings' flux; zero for a flavour that the
    /// source does not have.
    #[must_use]
    pub fn dipole(&self, flavor: Flavor, mass_mev: f64) -> Template {
        let mut template = self.prediction.dipole(flavor, mass_mev, self.settings.sign);
        template.scale(self.flux());
        template
    }

    /// Fits the nuisances at one strength of a dipole template; `None` where the experiment gives only
    /// a bound.
    ///
    /// # Errors
    /// [`Error::Convergence`] if the fit does not converge.
    pub fn fit(&self, dipole: &Template, strength: f64) -> Result<Option<Fit>, Error> {
        self.fit_sum(&dipole.sum(), strength)
    }

    fn fit_sum(&self, dipole: &[f64], strength: f64) -> Result<Option<Fit>, Error> {
        let signal = self.signal(dipole);
        Ok(match &self.statistic {
            Statistic::Ionisation(likelihood) => {
                let mut nuisances = self.ionisation_start(likelihood);
                let chi2 = likelihood.profile(signal, strength, &mut nuisances)?.chi2;
                let nuisances = Nuisances::Ionisation(nuisances);
                Some(Fit { chi2, nuisances })
            }
            Statistic::Counting(likelihood) => {
                let mut nuisances = self.counting_start(likelihood);
                let chi2 = likelihood.profile(signal, strength, &mut nuisances)?.chi2;
                let nuisances = Nuisances::Counting(nuisances);
                Some(Fit { chi2, nuisances })
            }
            Statistic::FluxBound(_) => None,
        })
    }

    fn signal<'a>(&'a self, dipole: &'a [f64]) -> Signal<'a> {
        Signal {
            sm: &self.sm_sum,
            dipole,
        }
    }

    fn ionisation_start(&self, likelihood: &Ionisation) -> IonisationNuisances {
        match self.sm_fit.as_ref().map(|fit| fit.nuisances) {
            Some(Nuisances::Ionisation(nuisances)) => nuisances,
            _ => likelihood.start(),
        }
    }

    fn counting_start(&self, likelihood: &Counting) -> CountingNuisances {
        match self.sm_fit.as_ref().map(|fit| fit.nuisances) {
            Some(Nuisances::Counting(nuisances)) => nuisances,
            _ => likelihood.start(),
        }
    }

    /// Chi-square above its minimum over strengths not below zero, at each of `strengths`; `None`
    /// where the experiment gives only a bound.
    ///
    /// # Errors
    /// [`Error::Convergence`] if a fit does not converge.
    pub fn delta_chi2(&self, dipole: &Template, strengths: &[f64]) -> Result<Option<Vec<f64>>, Error> {
        let sum = dipole.sum();
        let signal = self.signal(&sum);
        match &self.statistic {
            Statistic::Ionisation(likelihood) => {
                scan(likelihood, signal, strengths, &self.ionisation_start(likelihood)).map(Some)
            }
            Statistic::Counting(likelihood) => {
                scan(likelihood, signal, strengths, &self.counting_start(likelihood)).map(Some)
            }
            Statistic::FluxBound(_) => Ok(None),
        }
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

    /// Checks that limits can be given for `confidence`: a published bound stands for its own level and
    /// one degree of freedom, and nothing else can be derived from it.
    ///
    /// # Errors
    /// [`Error::Unavailable`] if not.
    pub fn check_confidence(&self, confidence: Confidence) -> Result<(), Error> {
        match &self.statistic {
            Statistic::Ionisation(_) | Statistic::Counting(_) => Ok(()),
            Statistic::FluxBound(_) if confidence == FluxBound::CONFIDENCE => Ok(()),
            Statistic::FluxBound(_) => Err(Error::Unavailable {
                experiment: self.experiment.name().to_owned(),
                wanted: confidence.to_string(),
                there_is: format!("a published bound for {}", FluxBound::CONFIDENCE),
            }),
        }
    }

    /// Upper limit on the coupling at a mass, in GeV^-1: no sensitivity without flux of the
    /// flavour, for a mass out of reach and for a limit above [`COUPLING_RANGE_PER_GEV`].
    ///
    /// # Errors
    /// [`Error::Unavailable`] as [`Self::check_confidence`], [`Error::Convergence`] if a fit does not converge.
    pub fn limit_per_gev(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Limit, Error> {
        self.check_confidence(confidence)?;
        let dipole = self.dipole(flavor, mass_mev).sum();
        let signal = self.signal(&dipole);
        let step = confidence.delta_chi2();
        let limit = match &self.statistic {
            Statistic::Ionisation(likelihood) => {
                limit(likelihood, signal, step, &self.ionisation_start(likelihood))?.limit
            }
            Statistic::Counting(likelihood) => limit(likelihood, signal, step, &self.counting_start(likelihood))?.limit,
            Statistic::FluxBound(bound) => bound.largest_strength(self.sm.total(), dipole.iter().sum(), self.flux()),
        };
        Ok(match limit.map(coupling_per_gev) {
            Limit::At(coupling_per_gev) if coupling_per_gev > COUPLING_RANGE_PER_GEV.1 => Limit::NoSensitivity,
            limit => limit,
        })
    }
}

/// Profiles chi-square at each strength, every fit starting from the one before it.
fn scan<L: Likelihood>(
    likelihood: &L,
    signal: Signal,
    strengths: &[f64],
    start: &L::Nuisances,
) -> Result<Vec<f64>, Error> {
    let minimum = minimum(likelihood, signal, start)?;
    let mut nuisances = minimum.nuisances;
    strengths
        .iter()
        .map(|strength| {
            let chi2 = likelihood.profile(signal, *strength, &mut nuisances)?.chi2;
            // Rounding must not make a point better than the best one.
            Ok((chi2 - minimum.chi2).max(0.0))
        })
        .collect()
}
