//! Poisson chi-square of several runs, with rates and shapes of signal and backgrounds as nuisances (XENONnT, ionisation alone).

mod fit;
mod model;

use self::model::{Model, Origin};
use super::likelihood::check_nuisances;
use super::{Background, Counts, Likelihood, Parameter, Prior, Profile, Projection, Term};
use crate::Error;
use crate::experiment::{
    BackgroundCounts, DetectorSpec, Experiment, ResponseSpec, RunData, RunsSpec, StatisticSpec, run_data,
};
use std::sync::Arc;

/// Allowed rates of a background that has shapes, and of other backgrounds and of the flux, as multiples of the nominal ones.
const SHAPED_RATES: (f64, f64) = (0.0, 5.0);
const RATES: (f64, f64) = (0.0, 10.0);
/// Allowed signal efficiencies, as multiples of the nominal one.
const EFFICIENCIES: (f64, f64) = (0.5, 1.5);

/// `2 sum [mu - n + n ln(n/mu)] + sum ((theta - theta_0)/sigma)^2` over the bins of all runs, with `mu = sum of rate times
/// background + flux times efficiency times (SM + dipole)`; backgrounds and signal are linear between anchors of their shapes.
///
/// SM and dipole are lists of the bins at every anchor: the nominal one, then the others (see [`crate::experiment::Template`]). At the anchors
/// chi-square has kinks.
#[derive(Clone, Debug)]
pub struct Runs {
    parameters: Vec<Parameter>,
    backgrounds: Vec<String>,
    model: Model,
}

/// What a background is called.
fn called(name: &str) -> String {
    match name {
        "cathode" => say!("cathode").to_owned(),
        "delayed_electron" => say!("delayed electrons").to_owned(),
        "accidental" => say!("accidental coincidences").to_owned(),
        other => other.replace('_', " "),
    }
}

/// The nuisances, in the order of the model: rates of backgrounds, flux, efficiencies, shape of the signal, shapes of backgrounds.
fn parameters(data: &RunData, response: &ResponseSpec, runs: &RunsSpec) -> Vec<Parameter> {
    let mut parameters = Vec::new();
    let mut add = |name: String, label: String, (centre, width): (f64, f64), range: (f64, f64)| {
        parameters.push(Parameter {
            name,
            label,
            // A shape is counted in widths of its prior.
            unit: if centre == 0.0 { "σ" } else { "" }.to_owned(),
            prior: Some(Prior { centre, width }),
            range,
            start: centre,
        });
    };
    let ends = |anchors: &[f64]| (anchors[0], anchors[anchors.len() - 1]);
    let names = |background: &BackgroundCounts| {
        let name = &runs.backgrounds[background.background].0;
        (name, called(name), &response.runs[background.run])
    };
    for background in &data.backgrounds {
        let (name, label, run) = names(background);
        let range = if background.anchors.len() > 1 {
            SHAPED_RATES
        } else {
            RATES
        };
        let prior = (1.0, background.uncertainty);
        add(format!("{name}-{run}"), say!("{} in {}", label, run), prior, range);
    }
    add(
        "flux".to_owned(),
        say!("flux").to_owned(),
        (1.0, runs.flux_uncertainty),
        RATES,
    );
    for run in &response.runs {
        let label = say!("signal efficiency in {}", run);
        let prior = (1.0, runs.efficiency_uncertainty);
        add(format!("efficiency-{run}"), label, prior, EFFICIENCIES);
    }
    let signal_ends = ends(&data.signal_anchors);
    add(
        "signal-shape".to_owned(),
        say!("charge yield").to_owned(),
        (0.0, runs.signal_shape_uncertainty),
        signal_ends,
    );
    for background in data
        .backgrounds
        .iter()
        .filter(|background| background.anchors.len() > 1)
    {
        let (name, label, run) = names(background);
        let label = say!("{} in {}: shape", label, run);
        add(
            format!("{name}-shape-{run}"),
            label,
            (0.0, runs.background_shape_uncertainty),
            ends(&background.anchors),
        );
    }
    parameters
}

impl Runs {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::Runs(runs), DetectorSpec::Response(response)) = (spec.statistic(), spec.detector()) else {
            return Err(spec.inputs().error(say!("the experiment has no runs")));
        };
        let data = run_data(response, runs)?;
        Ok(Self {
            parameters: parameters(&data, response, runs),
            backgrounds: runs.backgrounds.iter().map(|(name, _)| name.clone()).collect(),
            model: Model::new(data, response.runs.len()),
        })
    }

    /// The same for a signal that does not come from the source of the experiment, as recoils off dark matter: it takes the place of the dipole, efficiency
    /// and charge yield act on it, and the flux multiplies the SM alone. (What [`Likelihood::signal_of`] says is of the SM then.)
    #[must_use]
    pub fn of_elsewhere(mut self) -> Self {
        self.model.origin = Origin::Elsewhere;
        self
    }

    fn priors(&self, nuisances: &[f64]) -> f64 {
        let pulls = self.parameters.iter().zip(nuisances);
        pulls
            .filter_map(|(parameter, value)| parameter.pull(*value))
            .map(|pull| pull * pull)
            .sum()
    }

    /// Whether lists have a number for every bin, and templates for every anchor, too.
    fn fits(&self, counts: Counts) -> bool {
        let templates = [counts.sm, counts.dipole];
        counts.observed.len() == self.observed().len()
            && templates.iter().all(|template| template.len() == self.model.template())
    }

    fn check(&self, counts: Counts) -> Result<(), Error> {
        if self.fits(counts) {
            return Ok(());
        }
        let got = format!(
            "{}, {} and {}",
            counts.observed.len(),
            counts.sm.len(),
            counts.dipole.len()
        );
        let allowed = format!(
            "{} bins, and templates of {}",
            self.observed().len(),
            self.model.template()
        );
        Err(Error::input("counts", got, allowed))
    }

    fn starts(&self) -> Vec<f64> {
        self.parameters.iter().map(|parameter| parameter.start).collect()
    }
}

impl Likelihood for Runs {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.model.data.observed
    }

    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        self.check(counts).map(|()| self.starts())
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        let background = self.background(&self.starts());
        counts.strength_scale(background.iter().map(|background| background + 1.0))
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        self.check(counts)?;
        check_nuisances(nuisances, self.parameters.len())?;
        for (value, parameter) in nuisances.iter_mut().zip(&self.parameters) {
            *value = if value.is_nan() {
                parameter.start
            } else {
                value.clamp(parameter.range.0, parameter.range.1)
            };
        }
        self.minimise((counts, strength), nuisances).or_else(|_| {
            nuisances.copy_from_slice(&self.starts());
            self.minimise((counts, strength), nuisances)
        })
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        if !self.fits(counts) || nuisances.len() != self.parameters.len() {
            return f64::NAN;
        }
        self.chi2_in((counts, strength), nuisances, &self.model.cells(nuisances))
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        if !self.fits(counts) || nuisances.len() != self.parameters.len() {
            return Vec::new();
        }
        let cells = self.model.cells(nuisances);
        let mean = |bin| self.model.mean(counts, strength, nuisances, &cells, bin);
        let bins = counts.observed.iter().enumerate();
        bins.map(|(bin, n)| Term::Poisson {
            mean: mean(bin),
            observed: *n,
        })
        .collect()
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        if nuisances.len() != self.parameters.len() {
            return Vec::new();
        }
        let kinds = self.backgrounds.iter().enumerate();
        kinds
            .map(|(kind, name)| Background {
                name: name.clone(),
                counts: self.model.backgrounds_of(kind, nuisances),
            })
            .collect()
    }

    /// The backgrounds grow with the experiment; all nuisances have priors.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        for background in &mut changed.model.data.backgrounds {
            let counts = background.counts.iter_mut().flatten();
            counts.for_each(|count| *count *= projection.background);
        }
        let starts = self.starts();
        let expected = changed.background(&starts).into_iter();
        let signal = changed.signal_of(projection.sm, &starts);
        changed.model.data.observed = expected
            .zip(signal)
            .map(|(background, signal)| background + signal)
            .collect();
        Arc::new(changed)
    }

    fn template(&self) -> usize {
        self.model.template()
    }

    /// Without what the shape of the signal does, which differs between SM and dipole: see [`Likelihood::signal_of`].
    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let bins = 0..self.observed().len();
        if nuisances.len() != self.parameters.len() {
            return vec![f64::NAN; bins.len()];
        }
        bins.map(|bin| self.model.scale(nuisances, bin)).collect()
    }

    fn signal_of(&self, template: &[f64], nuisances: &[f64]) -> Vec<f64> {
        let factors = self.signal_factors(nuisances);
        if template.len() != self.model.template() {
            return vec![f64::NAN; factors.len()];
        }
        let cells = self.model.cells(nuisances);
        let shaped = |bin| self.model.shaped(nuisances, &cells, bin, |place| template[place]).0;
        factors
            .iter()
            .enumerate()
            .map(|(bin, factor)| factor * shaped(bin))
            .collect()
    }
}
