//! Poisson chi-square of bins of energy, pulse shape and time, with normalisations and shapes of signal and backgrounds as nuisances, as for
//! COHERENT's argon.

mod derivatives;
mod fit;
mod model;

use self::fit::Problem;
use self::model::{BRN, LATE, Model, NUISANCES, SIGNAL, STEADY, Values};
use super::likelihood::check_nuisances;
use super::{Background, Counts, Likelihood, Parameter, Prior, Profile, Projection, Term};
use crate::Error;
use crate::experiment::{DetectorSpec, Experiment, StatisticSpec, pulse_shape_data};
use crate::numerics::block::BLOCK;
use std::sync::Arc;

/// Keys, labels and units of the nuisances. Shapes are counted in standard deviations.
const NAMES: [(&str, &str, &str); NUISANCES] = [
    ("signal", word!("signal"), ""),
    ("brn", word!("beam-related neutrons"), ""),
    ("late-brn", word!("late beam-related neutrons"), ""),
    ("ssb", word!("steady-state background"), ""),
    ("pulse-shape", word!("pulse shape of nuclear recoils"), "σ"),
    ("arrival", word!("arrival of the signal"), "σ"),
    ("brn-energy", word!("energy of beam-related neutrons"), "σ"),
    ("brn-time", word!("arrival of beam-related neutrons"), "σ"),
    ("brn-width", word!("width of that arrival"), "σ"),
];

/// Allowed values of the nuisances: no normalisation below nothing, and shapes no further than half as far again as they are tabulated.
const LEAST_VALUES: Values = [-1.0, -1.0, -1.0, -1.0, -1.5, -1.5, -1.5, -1.5, -1.5];
const LARGEST: Values = [3.0, 3.0, 9.0, 1.0, 1.5, 1.5, 1.5, 1.5, 1.5];

/// `2 sum [mu - n + n ln(n/mu)] + sum (eta/sigma)^2`, where mu is the sum of signal, prompt and late beam-related neutrons and steady-state background, each with a
/// normalisation; `signal = share of the pulse shape times (prompt P(t) + delayed D(t))`, with a shape nuisance of each factor, and
/// `prompt neutrons = (BRN + eta BRN') B(t)` with one of their energy and two of their arrival.
///
/// SM and dipole are counts in the bins without shifts; prompt and delayed parts follow from their arrival.
#[derive(Clone, Debug)]
pub struct Shaped {
    parameters: Vec<Parameter>,
    observed: Vec<f64>,
    /// Widths of the priors, all of them around zero.
    widths: Values,
    model: Model,
}

impl Shaped {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::ShapedCounting(statistic), DetectorSpec::PulseShape(detector)) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error(say!("the experiment does not count")));
        };
        let data = pulse_shape_data(detector)?;
        let times = data.time_edges_us.len() - 1;
        for (key, bin) in [
            ("late-brn-bin", statistic.late_bin + 1),
            ("brn-bins", statistic.prompt_bins),
        ] {
            if bin > times {
                let allowed = say!("one of the {} bins of arrival time", times.to_string());
                return Err(spec.inputs().wrong(key, &allowed));
            }
        }
        let mut widths = [1.0; NUISANCES];
        widths[..statistic.uncertainties.len()].copy_from_slice(&statistic.uncertainties);
        let named = NAMES.iter().zip(widths).enumerate();
        let parameter = |(index, ((name, label, unit), width)): (usize, (&(&str, &str, &str), f64))| Parameter {
            name: (*name).to_owned(),
            label: (*label).to_owned(),
            unit: (*unit).to_owned(),
            prior: Some(Prior { centre: 0.0, width }),
            range: (LEAST_VALUES[index], LARGEST[index]),
            start: 0.0,
        };
        Ok(Self {
            parameters: named.map(parameter).collect(),
            model: Model::new(detector, *statistic, &data),
            observed: data.observed,
            widths,
        })
    }

    /// Nuisances within what is allowed; `None` if there are not as many as there are parameters.
    fn values(nuisances: &[f64]) -> Option<Values> {
        nuisances.try_into().ok()
    }
}

impl Likelihood for Shaped {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.observed
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        counts.check(self.observed.len()).ok()?;
        let background = self.background(&[0.0; NUISANCES]);
        counts.strength_scale(background.iter().map(|background| background + 1.0))
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        counts.check(self.observed.len())?;
        check_nuisances(nuisances, NUISANCES)?;
        let problem = Problem::new(self, counts, strength);
        let mut values = Self::values(nuisances).unwrap_or_default();
        for (value, (least, most)) in values.iter_mut().zip(LEAST_VALUES.iter().zip(&LARGEST)) {
            *value = if value.is_nan() {
                0.0
            } else {
                value.clamp(*least, *most)
            };
        }
        let profile = match self.minimise(&problem, &mut values) {
            Err(_) => {
                values = [0.0; NUISANCES];
                self.minimise(&problem, &mut values)?
            }
            Ok(profile) => profile,
        };
        nuisances.copy_from_slice(&values);
        Ok(profile)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        match Self::values(nuisances).filter(|_| counts.fits(self.observed.len())) {
            Some(values) => self.chi2_at(&Problem::new(self, counts, strength), &values),
            None => f64::NAN,
        }
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        let Some(values) = Self::values(nuisances).filter(|_| counts.fits(self.observed.len())) else {
            return Vec::new();
        };
        let means = self.means(&Problem::new(self, counts, strength), &values);
        let bins = counts.observed.iter().zip(means);
        bins.map(|(n, mean)| Term::Poisson { mean, observed: *n }).collect()
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        let Some(values) = Self::values(nuisances) else {
            return Vec::new();
        };
        let (model, shapes) = (&self.model, self.model.shapes(&values));
        let times = model.times();
        let of = |name: usize, count: &dyn Fn(usize, usize, usize) -> f64| Background {
            name: NAMES[name].0.to_owned(),
            counts: (0..model.bins())
                .map(|bin| {
                    let cell = bin / times;
                    (1.0 + values[name]) * count(bin % times, cell / BLOCK, cell % BLOCK)
                })
                .collect(),
        };
        let prompt = |time: usize, block: usize, place: usize| {
            let energy = values[model::BRN_ENERGY] * model.brn_energy[block][place];
            shapes.arrival[time][0] * (model.brn[block][place] + energy)
        };
        let late = |time: usize, block: usize, place: usize| {
            if model.is_late(time) {
                model.late[block][place]
            } else {
                0.0
            }
        };
        vec![
            of(BRN, &prompt),
            of(LATE, &late),
            of(STEADY, &|_, block, place| model.steady[block][place]),
        ]
    }

    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let factor = Self::values(nuisances).map_or(f64::NAN, |values| 1.0 + values[SIGNAL]);
        vec![factor; self.observed.len()]
    }

    fn signal_of(&self, template: &[f64], nuisances: &[f64]) -> Vec<f64> {
        let Some(values) = Self::values(nuisances).filter(|_| template.len() == self.observed.len()) else {
            return vec![f64::NAN; self.observed.len()];
        };
        let (model, shapes) = (&self.model, self.model.shapes(&values));
        let (signal, times) = (model.signal(|bin| template[bin]), model.times());
        let pulse = values[model::PULSE];
        let of_bin = |bin: usize| {
            let (time, block, place) = (bin % times, bin / times / BLOCK, bin / times % BLOCK);
            let [constant, linear, quadratic] = [0, 1, 2].map(|order| model.shares[order][block][place]);
            let arriving = shapes.prompt[time][0] * signal.prompt[block][place]
                + shapes.delayed[time][0] * signal.delayed[block][place];
            (1.0 + values[SIGNAL]) * (constant + pulse * (linear + pulse * quadratic)) * arriving
        };
        (0..model.bins()).map(of_bin).collect()
    }

    /// The backgrounds grow with the experiment; all nuisances have priors.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        changed.model.grown(projection.background);
        let background = changed.background(&[0.0; NUISANCES]);
        changed.observed = background
            .iter()
            .zip(projection.sm)
            .map(|(background, sm)| background + sm)
            .collect();
        Arc::new(changed)
    }
}
