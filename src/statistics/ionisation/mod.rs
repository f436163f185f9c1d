//! Gaussian chi-square of an ionisation spectrum over a fitted background, as for Dresden-II.

mod background;
mod fit;

pub use background::IonisationNuisances;

use super::{Likelihood, Profile, Signal, checked_bins};
use crate::Error;
use crate::experiment::{DetectorSpec, Experiment, IonisationData, StatisticSpec, ionisation_data};
use background::{Background, PARAMETERS, Point, Ranges, Values};

/// `sum ((on - background - (1+a) signal)/on_error)^2 + ((r - r0)/sigma_r)^2 + (a/sigma_a)^2` over
/// the 130 bins of Dresden-II.
#[derive(Clone, Debug)]
pub struct Ionisation {
    data: IonisationData,
    background: Background,
    signal_sigma: f64,
    m_ratio: (f64, f64),
    ranges: Ranges,
    /// Inverse errors.
    weights: Vec<f64>,
}

impl Ionisation {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`Error::Table`] for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::IonisationFit(fit), DetectorSpec::Ionisation(detector)) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error("there is no spectrum of ionisation to fit"));
        };
        let data = ionisation_data(detector)?;
        Ok(Self {
            background: Background::new(fit, &detector.resolution, &data.energy_kev),
            ranges: IonisationNuisances::ranges(fit.l1_energy_kev),
            weights: data.on_error.iter().map(|error| error.recip()).collect(),
            data,
            signal_sigma: fit.signal_uncertainty,
            m_ratio: (fit.m_shell_ratio, fit.m_shell_uncertainty),
        })
    }

    /// The same with another observed spectrum, in counts per day and bin, and the same errors: pseudo-data, or the
    /// expectation itself for the median limit ("Asimov data").
    ///
    /// # Errors
    /// [`Error::Input`] unless there is one finite number per bin.
    pub fn with_observed(mut self, on: Vec<f64>) -> Result<Self, Error> {
        self.data.on = checked_bins(on, self.data.on.len(), f64::MIN)?;
        Ok(self)
    }

    /// The spectrum.
    #[must_use]
    pub fn data(&self) -> &IonisationData {
        &self.data
    }

    /// The background in each bin.
    #[must_use]
    pub fn background(&self, nuisances: &IonisationNuisances) -> Vec<f64> {
        (0..self.data.on.len())
            .map(|bin| self.background.at(nuisances, bin).value)
            .collect()
    }

    /// Chi-square at given nuisances.
    #[must_use]
    pub fn chi2(&self, signal: Signal, strength: f64, nuisances: &IonisationNuisances) -> f64 {
        let bins: f64 = (0..self.data.on.len())
            .map(|bin| {
                let expected = signal.sm[bin] + strength * signal.dipole[bin];
                let value = self.background.at(nuisances, bin).value + (1.0 + nuisances.signal_shift) * expected;
                ((self.data.on[bin] - value) / self.data.on_error[bin]).powi(2)
            })
            .sum();
        bins + self.priors(nuisances).iter().map(|(pull, _)| pull * pull).sum::<f64>()
    }

    /// Distance of M-shell ratio and signal normalisation from their priors, in widths.
    #[must_use]
    pub fn pulls(&self, nuisances: &IonisationNuisances) -> [f64; 2] {
        self.priors(nuisances).map(|(pull, _)| pull)
    }

    /// Pull and inverse width of the two priors: M-shell ratio, signal normalisation.
    fn priors(&self, nuisances: &IonisationNuisances) -> [(f64, f64); 2] {
        let (ratio, sigma) = self.m_ratio;
        [
            ((nuisances.m_ratio - ratio) / sigma, 1.0 / sigma),
            (nuisances.signal_shift / self.signal_sigma, 1.0 / self.signal_sigma),
        ]
    }

    /// Chi-square with half its gradient and the Gauss-Newton half of its Hessian, and its slope in
    /// the strength.
    fn normal_equations(&self, signal: Signal, strength: f64, values: &Values) -> NormalEquations {
        let nuisances = &IonisationNuisances::from_values(*values);
        let scale = values[PARAMETERS - 1];
        let mut result = NormalEquations::default();
        for bin in 0..self.data.on.len() {
            let weight = self.weights[bin];
            let expected = signal.sm[bin] + strength * signal.dipole[bin];
            let Point { value, gradient } = self.background.at(nuisances, bin);
            let residual = (value + scale * expected - self.data.on[bin]) * weight;
            let mut row = gradient.map(|derivative| derivative * weight);
            row[PARAMETERS - 1] = expected * weight;
            result.chi2 += residual * residual;
            result.slope += 2.0 * residual * scale * signal.dipole[bin] * weight;
            for i in 0..PARAMETERS {
                result.gradient[i] += row[i] * residual;
                for j in 0..=i {
                    result.matrix[i][j] += row[i] * row[j];
                }
            }
        }
        for (index, (pull, inverse)) in (PARAMETERS - 2..).zip(self.priors(nuisances)) {
            result.chi2 += pull * pull;
            result.gradient[index] += pull * inverse;
            result.matrix[index][index] += inverse * inverse;
        }
        result
    }
}

#[derive(Clone, Default)]
struct NormalEquations {
    chi2: f64,
    slope: f64,
    gradient: [f64; PARAMETERS],
    matrix: [[f64; PARAMETERS]; PARAMETERS],
}

impl Likelihood for Ionisation {
    type Nuisances = IonisationNuisances;

    fn start(&self) -> IonisationNuisances {
        self.background.start(&self.data, self.m_ratio.0)
    }

    fn strength_scale(&self, dipole: &[f64]) -> Option<f64> {
        let pulls = dipole
            .iter()
            .zip(&self.data.on_error)
            .map(|(count, error)| (count / error).powi(2));
        let information: f64 = pulls.sum();
        (information > 0.0).then(|| information.sqrt().recip())
    }

    fn profile(&self, signal: Signal, strength: f64, nuisances: &mut IonisationNuisances) -> Result<Profile, Error> {
        fit::minimise(
            |trial| self.normal_equations(signal, strength, trial),
            &self.ranges,
            nuisances,
        )
    }
}
