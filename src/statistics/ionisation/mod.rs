//! Gaussian chi-square of an ionisation spectrum over a fitted background, as for Dresden-II.

mod background;
mod fit;
mod normal;
mod start;

use super::likelihood::{check_bins, check_nuisances};
use super::{Counts, Likelihood, Parameter, Prior, Profile, Projection, Term};
use crate::experiment::{DetectorSpec, Experiment, IonisationData, StatisticSpec, ionisation_data};
use crate::{Error, ErrorKind};
use background::{
    Background, CONSTANT, EXPONENTIAL, HEIGHT, M_RATIO, PARAMETERS, Ranges, SIGNAL, Values, from_values, parameters,
    ranges, to_values,
};
use std::sync::Arc;

/// `sum ((on - background - (1+a) signal)/on_error)^2 + ((r - r0)/sigma_r)^2 + (a/sigma_a)^2` over
/// the 130 bins of Dresden-II.
#[derive(Clone, Debug)]
pub struct Ionisation {
    parameters: Vec<Parameter>,
    data: IonisationData,
    background: Background,
    signal_width: f64,
    m_ratio: Prior,
    ranges: Ranges,
    /// Inverse errors.
    weights: Vec<f64>,
}

impl Ionisation {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::IonisationFit(fit), DetectorSpec::Ionisation(detector)) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error("there is no spectrum of ionisation to fit"));
        };
        let data = ionisation_data(detector)?;
        let background = Background::new(fit, &detector.resolution, &data.energy_kev);
        let (signal_width, ranges) = (fit.signal_uncertainty, ranges(fit.l1_energy_kev));
        let m_ratio = Prior {
            centre: fit.m_shell_ratio,
            width: fit.m_shell_uncertainty,
        };
        Ok(Self {
            parameters: parameters(&background, &data, &ranges, m_ratio, signal_width),
            background,
            weights: data.on_error.iter().map(|error| error.recip()).collect(),
            data,
            signal_width,
            m_ratio,
            ranges,
        })
    }

    /// Minimises from `values`, at last from where a search for the data at hand leads.
    fn minimise(&self, counts: Counts, strength: f64, values: &mut Values) -> Result<Profile, Error> {
        let equations = |trial: &Values, exact| self.normal_equations(counts, strength, trial, exact);
        match fit::minimise(equations, &self.ranges, values) {
            Err(error) if matches!(error.kind(), ErrorKind::Convergence { .. }) => {
                *values = self.search(counts)?;
                fit::minimise(equations, &self.ranges, values)
            }
            result => result,
        }
    }
}

impl Likelihood for Ionisation {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.data.on
    }

    fn errors(&self) -> Vec<f64> {
        self.data.on_error.clone()
    }

    fn check_observed(&self, observed: &[f64]) -> Result<(), Error> {
        check_bins(observed, self.weights.len(), f64::MIN)
    }

    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        counts.check(self.weights.len())?;
        if counts.observed == self.data.on {
            return Ok(self.parameters.iter().map(|parameter| parameter.start).collect());
        }
        let mut nuisances = vec![0.0; PARAMETERS];
        from_values(&self.search(counts)?, &mut nuisances);
        Ok(nuisances)
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        counts.strength_scale(self.data.on_error.iter().map(|error| error * error))
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        counts.check(self.weights.len())?;
        check_nuisances(nuisances, PARAMETERS)?;
        let Some(mut values) = to_values(nuisances) else {
            return Err(Error::input(
                "nuisances",
                nuisances.len(),
                format!("{PARAMETERS} values"),
            ));
        };
        for (value, (low, high)) in values.iter_mut().zip(self.ranges) {
            *value = value.max(low).min(high);
        }
        let profile = self.minimise(counts, strength, &mut values)?;
        from_values(&values, nuisances);
        Ok(profile)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        match to_values(nuisances).filter(|_| counts.fits(self.weights.len())) {
            Some(values) => self.chi2_at(counts, strength, &values),
            None => f64::NAN,
        }
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        let values = to_values(nuisances).filter(|_| counts.fits(self.weights.len()));
        values.map_or_else(Vec::new, |values| {
            self.chi2_bins_at(counts, strength, &values)
                .map(Term::Gaussian)
                .collect()
        })
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<super::Background> {
        let Some(values) = to_values(nuisances) else {
            return Vec::new();
        };
        let counts = (0..self.weights.len()).map(|bin| self.background.at(&values, bin).value);
        vec![super::Background {
            name: "background".to_owned(),
            counts: counts.collect(),
        }]
    }

    /// The fitted background, with errors as those of the data would be for what is now expected and the time that it is measured for.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        if !crate::WORKSHOP {
            return Arc::new(changed);
        }
        let Some(mut values) = to_values(projection.fitted) else {
            return Arc::new(changed);
        };
        for place in [CONSTANT, EXPONENTIAL, HEIGHT] {
            values[place] *= projection.background;
        }
        // A ratio without a prior stays where the data have put it.
        if self.m_ratio.width.is_finite() {
            values[M_RATIO] = self.m_ratio.centre;
        }
        values[SIGNAL] = 1.0;
        for (bin, (before, sm)) in projection.before.iter().zip(projection.sm).enumerate() {
            let after = self.background.at(&values, bin).value + sm;
            let more = if *before > 0.0 && after > 0.0 {
                after / before
            } else {
                1.0
            };
            changed.data.on[bin] = after;
            changed.data.on_error[bin] *= (more / projection.time).sqrt();
            changed.weights[bin] = changed.data.on_error[bin].recip();
        }
        let mut start = vec![0.0; PARAMETERS];
        from_values(&values, &mut start);
        for (parameter, start) in changed.parameters.iter_mut().zip(start) {
            parameter.start = start;
        }
        Arc::new(changed)
    }

    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let factor = to_values(nuisances).map_or(f64::NAN, |values| values[SIGNAL]);
        vec![factor; self.weights.len()]
    }
}
