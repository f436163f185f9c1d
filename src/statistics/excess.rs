//! Gaussian chi-square of an excess over a background, with one normalisation (CONUS+).

use super::likelihood::{check_bins, check_nuisances};
use super::{Background, Counts, Likelihood, Parameter, Profile, Projection, Term};
use crate::Error;
use crate::experiment::{DetectorSpec, Experiment, StatisticSpec, excess_data};
use std::sync::Arc;

/// `min over a of sum ((x - (1+a) R)/s)^2 + (a/sigma)^2`, R = SM + dipole: its minimum is known in closed form.
///
/// The excess has been counted over a background model already, so there is none here. As the coupling grows `a` goes to -1, and
/// chi-square towards a constant.
#[derive(Clone, Debug)]
pub struct Excess {
    parameters: Vec<Parameter>,
    observed: Vec<f64>,
    errors: Vec<f64>,
    /// One over the square of the width of the prior.
    prior: f64,
}

/// Sums over bins, each over the square of the error: data squared, data times signal, signal squared.
struct Sums {
    data: f64,
    mixed: f64,
    signal: f64,
}

impl Excess {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::Excess { signal_uncertainty, .. }, DetectorSpec::Ionisation(detector)) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error("the experiment gives no excess"));
        };
        let data = excess_data(&detector.data)?;
        let parameter = Parameter {
            range: (f64::NEG_INFINITY, f64::INFINITY),
            ..Parameter::shift("signal", "signal", *signal_uncertainty)
        };
        Ok(Self {
            parameters: vec![parameter],
            observed: data.excess,
            errors: data.error,
            prior: signal_uncertainty.powi(-2),
        })
    }

    /// The sums for a signal that is given bin by bin.
    fn sums(&self, observed: &[f64], signal: impl Fn(usize) -> f64) -> Sums {
        let mut sums = Sums {
            data: 0.0,
            mixed: 0.0,
            signal: 0.0,
        };
        for (bin, (data, error)) in observed.iter().zip(&self.errors).enumerate() {
            let (data, signal) = (data / error, signal(bin) / error);
            sums.data += data * data;
            sums.mixed += data * signal;
            sums.signal += signal * signal;
        }
        sums
    }

    /// What is left of the data in a bin, in widths, at a shift.
    fn pull(&self, counts: Counts, strength: f64, shift: f64, bin: usize) -> f64 {
        let signal = (1.0 + shift) * counts.factor * counts.signal(strength, bin);
        (counts.observed[bin] - signal) / self.errors[bin]
    }
}

impl Likelihood for Excess {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.observed
    }

    fn errors(&self) -> Vec<f64> {
        self.errors.clone()
    }

    fn check_observed(&self, observed: &[f64]) -> Result<(), Error> {
        check_bins(observed, self.observed.len(), f64::MIN)
    }

    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        counts.check(self.observed.len()).map(|()| vec![0.0])
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        counts.strength_scale(self.errors.iter().map(|error| error * error))
    }

    fn saturation(&self, counts: Counts) -> f64 {
        // The shape of the dipole, freely scaled, with a shift of -1.
        let sums = self.sums(counts.observed, |bin| counts.dipole[bin]);
        let gain = sums.mixed * sums.mixed / sums.signal.max(f64::MIN_POSITIVE);
        sums.data - gain + self.prior
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        counts.check(self.observed.len())?;
        check_nuisances(nuisances, 1)?;
        let sums = self.sums(counts.observed, |bin| counts.factor * counts.signal(strength, bin));
        let shift = (sums.mixed - sums.signal) / (sums.signal + self.prior);
        nuisances.fill(shift);
        let mut profile = Profile {
            chi2: shift * shift * self.prior,
            slope: 0.0,
            factor_slope: 0.0,
        };
        for bin in 0..self.observed.len() {
            let pull = self.pull(counts, strength, shift, bin);
            let rise = -2.0 * pull * (1.0 + shift) / self.errors[bin];
            profile.chi2 += pull * pull;
            profile.slope += rise * counts.factor * counts.dipole[bin];
            profile.factor_slope += rise * counts.signal(strength, bin);
        }
        Ok(profile)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        match (nuisances, counts.fits(self.observed.len())) {
            ([shift], true) => {
                let bins = self.terms(counts, strength, nuisances);
                bins.into_iter().map(Term::chi2).sum::<f64>() + shift * shift * self.prior
            }
            _ => f64::NAN,
        }
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        let ([shift], true) = (nuisances, counts.fits(self.observed.len())) else {
            return Vec::new();
        };
        let bins = 0..self.observed.len();
        bins.map(|bin| Term::Gaussian(self.pull(counts, strength, *shift, bin).powi(2)))
            .collect()
    }

    fn backgrounds(&self, _: &[f64]) -> Vec<Background> {
        Vec::new()
    }

    /// The SM in place of the excess. Its errors are those of the background that was subtracted, which grows with the experiment, so that they grow with
    /// the root of it.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        let bins = changed.observed.iter_mut().zip(&mut changed.errors);
        for ((observed, error), sm) in bins.zip(projection.sm) {
            *observed = *sm;
            *error *= projection.background.sqrt();
        }
        Arc::new(changed)
    }

    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let factor = nuisances.first().map_or(f64::NAN, |shift| 1.0 + shift);
        vec![factor; self.observed.len()]
    }
}
