//! Poisson chi-square of several runs over backgrounds with a free normalisation, as for electron recoils in xenon.

use super::descent::descend;
use super::likelihood::check_nuisances;
use super::term::{Term, poisson_chi2};
use super::{Background, Counts, Likelihood, Parameter, Prior, Profile, Projection};
use crate::experiment::{DetectorSpec, Experiment, StatisticSpec, electron_run_data};
use crate::numerics::cholesky;
use crate::{Error, ErrorKind};
use std::ops::Range;
use std::sync::Arc;

/// Steps before giving up.
const ITERATIONS: usize = 200;
/// Expected gain of a step, in chi-square, below which it is the last.
const PRECISION: f64 = 1e-12;
/// The same relative to chi-square: what its own rounding hides.
const ROUNDING: f64 = 1e-13;
/// Least normalisation of the free background.
const LEAST_FREE: f64 = 1e-3;
/// Most backgrounds of a run: a free one and those that are known.
const MOST: usize = 4;

/// Normalisations of a run's backgrounds, `1 + a`; 1 where there is none.
type Factors = [f64; MOST];

/// A run: its bins, its backgrounds and where their nuisances are.
#[derive(Clone, Debug)]
struct Run {
    bins: Range<usize>,
    nuisances: Range<usize>,
    /// For each nuisance the place of its background among all kinds.
    kinds: Vec<usize>,
    /// Each background in the bins of the run, in the order of the nuisances.
    backgrounds: Vec<Vec<f64>>,
    /// Widths of their priors; infinite for the free one.
    widths: Factors,
    /// Least values of the factors.
    least: Factors,
}

/// `2 sum [mu - n + n ln(n/mu)] + sum (c/sigma)^2` in each run, with `mu = (1+a) background + sum of (1+c) known background + SM + dipole`: a is free, every c has a
/// prior. Where the backgrounds have the SM in them the expectation of the SM is zero ([`StatisticSpec::holds_standard_model`]).
///
/// Signal and runs have nothing in common but the strength, so that each run is minimised by itself: a convex problem of as many parameters as it has backgrounds.
#[derive(Clone, Debug)]
pub struct RunCounts {
    parameters: Vec<Parameter>,
    observed: Vec<f64>,
    /// Names of the kinds of background.
    names: Vec<String>,
    runs: Vec<Run>,
}

/// Half the derivatives of chi-square in a run.
struct Derivatives {
    gradient: Factors,
    hessian: [[f64; MOST]; MOST],
    slope: f64,
    factor_slope: f64,
}

impl RunCounts {
    /// Chi-square of an experiment's data.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] for another kind of statistic, or malformed data.
    pub fn new(experiment: &Experiment) -> Result<Self, Error> {
        let spec = experiment.spec();
        let (StatisticSpec::RunCounts(statistic), DetectorSpec::ElectronRecoils(detector)) =
            (spec.statistic(), spec.detector())
        else {
            return Err(spec.inputs().error(say!("the experiment does not count")));
        };
        if statistic.known.len() >= MOST {
            let allowed = say!("at most {} names", (MOST - 1).to_string());
            return Err(spec.inputs().wrong("known-backgrounds", &allowed));
        }
        let data = electron_run_data(detector, statistic)?;
        let bins = data.edges_kev.len() - 1;
        let kinds = std::iter::once((BACKGROUND, None, &data.background));
        let known = statistic.known.iter().zip(&data.known);
        let kinds: Vec<(&str, Option<f64>, &Vec<f64>)> = kinds
            .chain(known.map(|((name, width), counts)| (name.as_str(), Some(*width), counts)))
            .collect();
        let (mut parameters, mut runs) = (Vec::new(), Vec::new());
        for (place, name) in detector.runs.iter().enumerate() {
            let range = place * bins..(place + 1) * bins;
            let first = parameters.len();
            let mut run = Run {
                bins: range.clone(),
                nuisances: first..first,
                kinds: Vec::new(),
                backgrounds: Vec::new(),
                widths: [f64::INFINITY; MOST],
                least: [0.0; MOST],
            };
            for (kind, (key, width, counts)) in kinds.iter().enumerate() {
                let counts = counts[range.clone()].to_vec();
                // A background that a run does not have leaves nothing to fit.
                if counts.iter().all(|count| *count == 0.0) {
                    continue;
                }
                let own = run.backgrounds.len();
                run.widths[own] = width.unwrap_or(f64::INFINITY);
                run.least[own] = if width.is_some() { 0.0 } else { LEAST_FREE };
                run.kinds.push(kind);
                run.backgrounds.push(counts);
                let label = called(key);
                parameters.push(Parameter {
                    name: format!("{key}-{name}"),
                    label: if detector.runs.len() > 1 {
                        say!("{} in {}", label, name)
                    } else {
                        label.to_owned()
                    },
                    unit: String::new(),
                    prior: width.map(|width| Prior { centre: 0.0, width }),
                    range: (run.least[own] - 1.0, f64::INFINITY),
                    start: 0.0,
                });
            }
            run.nuisances.end = parameters.len();
            runs.push(run);
        }
        Ok(Self {
            parameters,
            observed: data.observed,
            names: kinds.iter().map(|(name, ..)| (*name).to_owned()).collect(),
            runs,
        })
    }
}

/// What a background is called.
fn called(key: &str) -> &str {
    match key {
        BACKGROUND => say!("background"),
        "argon37" => say!("argon-37"),
        other => other,
    }
}

/// Key of the background whose normalisation is free.
const BACKGROUND: &str = "background";

impl Run {
    fn factors(&self, nuisances: &[f64]) -> Factors {
        let mut factors = [1.0; MOST];
        for ((factor, value), least) in factors
            .iter_mut()
            .zip(&nuisances[self.nuisances.clone()])
            .zip(&self.least)
        {
            *factor = if value.is_nan() { 1.0 } else { (1.0 + value).max(*least) };
        }
        factors
    }

    fn background(&self, factors: &Factors, place: usize) -> f64 {
        let theirs = self.backgrounds.iter().zip(factors);
        theirs.map(|(counts, factor)| factor * counts[place]).sum()
    }

    fn mean(&self, counts: Counts, strength: f64, factors: &Factors, place: usize) -> f64 {
        self.background(factors, place) + counts.factor * counts.signal(strength, self.bins.start + place)
    }

    fn priors(&self, factors: &Factors) -> f64 {
        let pulls = factors.iter().zip(&self.widths);
        pulls.map(|(factor, width)| ((factor - 1.0) / width).powi(2)).sum()
    }

    fn chi2(&self, counts: Counts, strength: f64, factors: &Factors) -> f64 {
        let bins = counts.observed[self.bins.clone()].iter().enumerate();
        bins.map(|(place, n)| poisson_chi2(self.mean(counts, strength, factors, place), *n))
            .sum::<f64>()
            + self.priors(factors)
    }

    fn derivatives(&self, counts: Counts, strength: f64, factors: &Factors) -> Derivatives {
        let mut result = Derivatives {
            gradient: [0.0; MOST],
            hessian: [[0.0; MOST]; MOST],
            slope: 0.0,
            factor_slope: 0.0,
        };
        for (place, n) in counts.observed[self.bins.clone()].iter().enumerate() {
            let bin = self.bins.start + place;
            let mean = self.mean(counts, strength, factors, place);
            let (excess, weight) = if *n > 0.0 {
                (1.0 - n / mean, n / (mean * mean))
            } else {
                (1.0, 0.0)
            };
            for (row, background) in self.backgrounds.iter().enumerate() {
                result.gradient[row] += excess * background[place];
                for (column, other) in self.backgrounds[..=row].iter().enumerate() {
                    result.hessian[row][column] += weight * background[place] * other[place];
                }
            }
            result.slope += 2.0 * excess * counts.factor * counts.dipole[bin];
            result.factor_slope += 2.0 * excess * counts.signal(strength, bin);
        }
        for (row, (factor, width)) in factors.iter().zip(&self.widths).enumerate() {
            result.gradient[row] += (factor - 1.0) / (width * width);
            result.hessian[row][row] += 1.0 / (width * width);
        }
        result
    }

    /// Newton's method, projected on the least factors, with steps halved until they gain enough ([`descend`]). Chi-square is convex: `mu` is linear and `mu - n ln mu` convex. Without a single count the second derivatives are zero, and damped
    /// steps along the gradient lead to the least factor.
    fn minimise(&self, counts: Counts, strength: f64, factors: &mut Factors) -> Option<Profile> {
        let used = self.backgrounds.len();
        let moved = |factors: &Factors, step: &Factors, share: f64| -> Factors {
            std::array::from_fn(|index| (factors[index] - share * step[index]).max(self.least[index]))
        };
        for _ in 0..ITERATIONS {
            let derivatives = self.derivatives(counts, strength, factors);
            let gradient = &derivatives.gradient;
            let before = self.chi2(counts, strength, factors);
            let free = std::array::from_fn(|index| {
                index < used && (factors[index] > self.least[index] || gradient[index] < 0.0)
            });
            let found = Profile {
                chi2: before,
                slope: derivatives.slope,
                factor_slope: derivatives.factor_slope,
            };
            let along = || std::array::from_fn(|index| if free[index] { gradient[index] } else { 0.0 });
            let step = cholesky::solve_free(derivatives.hessian, *gradient, free, 0.0).unwrap_or_else(along);
            let gain: f64 = step.iter().zip(gradient).map(|(step, slope)| step * slope).sum();
            if gain < PRECISION || gain < ROUNDING * before {
                return Some(found);
            }
            let next = descend(
                factors,
                gradient,
                before,
                |share| moved(factors, &step, share),
                |trial| self.chi2(counts, strength, trial),
            );
            match next {
                Some((trial, _)) => *factors = trial,
                // No step of any length gains: a minimum to rounding, if what is promised on the way to the end of the range is not more. Beside a signal far too large
                // there is no curvature, and the step itself is without bound.
                None => {
                    let whole = moved(factors, &step, 1.0);
                    let way = factors.iter().zip(&whole).zip(gradient);
                    let promised: f64 = way.map(|((from, to), slope)| slope * (from - to)).sum();
                    return (promised < 1e-9 * before.abs().max(1.0)).then_some(found);
                }
            }
        }
        None
    }
}

impl Likelihood for RunCounts {
    fn parameters(&self) -> &[Parameter] {
        &self.parameters
    }

    fn observed(&self) -> &[f64] {
        &self.observed
    }

    fn strength_scale(&self, counts: Counts) -> Option<f64> {
        counts.check(self.observed.len()).ok()?;
        let background = self.background(&vec![0.0; self.parameters.len()]);
        counts.strength_scale(background.iter().map(|background| background + 1.0))
    }

    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error> {
        counts.check(self.observed.len())?;
        check_nuisances(nuisances, self.parameters.len())?;
        let mut sum = Profile {
            chi2: 0.0,
            slope: 0.0,
            factor_slope: 0.0,
        };
        for run in &self.runs {
            let mut factors = run.factors(nuisances);
            let profile = run.minimise(counts, strength, &mut factors).or_else(|| {
                factors = [1.0; MOST];
                run.minimise(counts, strength, &mut factors)
            });
            let Some(profile) = profile else {
                return Err(ErrorKind::Convergence {
                    fit: word!("normalisation nuisances").into(),
                    iterations: ITERATIONS,
                }
                .into());
            };
            sum.chi2 += profile.chi2;
            sum.slope += profile.slope;
            sum.factor_slope += profile.factor_slope;
            for (value, factor) in nuisances[run.nuisances.clone()].iter_mut().zip(factors) {
                *value = factor - 1.0;
            }
        }
        Ok(sum)
    }

    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64 {
        if !counts.fits(self.observed.len()) || nuisances.len() != self.parameters.len() {
            return f64::NAN;
        }
        let runs = self.runs.iter();
        runs.map(|run| run.chi2(counts, strength, &run.factors(nuisances)))
            .sum()
    }

    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term> {
        if !counts.fits(self.observed.len()) || nuisances.len() != self.parameters.len() {
            return Vec::new();
        }
        let of_run = |run: &Run| -> Vec<Term> {
            let factors = run.factors(nuisances);
            let bins = counts.observed[run.bins.clone()].iter().enumerate();
            bins.map(|(place, n)| Term::Poisson {
                mean: run.mean(counts, strength, &factors, place),
                observed: *n,
            })
            .collect()
        };
        self.runs.iter().flat_map(of_run).collect()
    }

    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background> {
        if nuisances.len() != self.parameters.len() {
            return Vec::new();
        }
        let of_kind = |(kind, name): (usize, &String)| {
            let mut counts = vec![0.0; self.observed.len()];
            for run in &self.runs {
                let factors = run.factors(nuisances);
                let own = run.kinds.iter().zip(&run.backgrounds).zip(factors);
                for ((_, background), factor) in own.filter(|((theirs, _), _)| **theirs == kind) {
                    for (count, background) in counts[run.bins.clone()].iter_mut().zip(background) {
                        *count += factor * background;
                    }
                }
            }
            Background {
                name: name.clone(),
                counts,
            }
        };
        self.names.iter().enumerate().map(of_kind).collect()
    }

    /// The signal has no normalisation of its own.
    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64> {
        let factor = if nuisances.len() == self.parameters.len() {
            1.0
        } else {
            f64::NAN
        };
        vec![factor; self.observed.len()]
    }

    /// The backgrounds grow with the experiment; normalisations without a prior stay where the data have put them.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood> {
        let mut changed = self.clone();
        for run in &mut changed.runs {
            for background in run.backgrounds.iter_mut().flatten() {
                *background *= projection.background;
            }
        }
        let fitted = self
            .parameters
            .iter()
            .enumerate()
            .map(|(index, parameter)| match parameter.prior {
                Some(prior) => prior.centre,
                None => projection.fitted.get(index).copied().unwrap_or_default(),
            });
        let background = changed.background(&fitted.collect::<Vec<f64>>());
        changed.observed = background
            .iter()
            .zip(projection.sm)
            .map(|(background, sm)| background + sm)
            .collect();
        Arc::new(changed)
    }
}
