//! What the experiments and the published curves say about one point of the plane.

use crate::analysis::basis::Basis;
use crate::analysis::literature::PublishedCurve;
use crate::analysis::{Analysis, Benchmark, Column, Combination, Fit, Settings, Store, Subject, Weights};
use crate::experiment::ExperimentId;
use crate::physics::units::coupling_per_gev;
use crate::statistics::{Confidence, Goodness, Likelihood, Limit};
use crate::{Error, ErrorKind};
use serde::Serialize;

/// One experiment's result at a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PointResult {
    /// The experiment, or [`ExperimentId::COMBINATION`].
    pub experiment: ExperimentId,
    /// Its name for people.
    pub name: String,
    /// Chi-square above the best fit: over couplings at the point's mass, for two degrees of freedom over masses too.
    /// `None` where there is only a bound.
    pub delta_chi2: Option<f64>,
    /// Chi-square of the SM alone above the same best fit. `None` where there is only a bound.
    pub sm_delta_chi2: Option<f64>,
    /// Confidence level, 0 to 1, at which the point is outside the region around the best fit: excluded if it lies above
    /// that, disfavoured from below if below; where limits are one-sided, that of the limit on its side. `None` where there is only a bound.
    pub confidence: Option<f64>,
    /// Whether the point is excluded at the level asked for: its coupling is too large. `None` where the experiment has no
    /// result at this level.
    pub excluded: Option<bool>,
    /// Whether the data prefer more signal than the point has, at the level asked for; never where limits are one-sided.
    pub disfavoured_from_below: bool,
    /// Whether the coupling is below the best one at the point's mass.
    pub below_best_fit: bool,
    /// The best coupling at the point's mass, in GeV^-1; `None` where there is only a bound.
    pub best_fit_per_gev: Option<f64>,
    /// The limit at the point's mass, in GeV^-1; `None` where the experiment has no result at this level.
    pub limit: Option<Limit>,
    /// The same of nuclear recoils alone, where those of electrons make it optimistic.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nuclei_only_limit: Option<Limit>,
    /// The one that was to be expected of the SM, where the data may be lucky.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected_limit: Option<Limit>,
    /// The point's coupling as a multiple of the limit; `None` where there is no limit.
    pub coupling_over_limit: Option<f64>,
    /// Whether nothing is allowed at this mass, not even the SM alone.
    pub everything_excluded: bool,
    /// Whether N decays within the detector too often for the recoil analysis, which then excludes nothing.
    pub above_ceiling: bool,
    /// The coupling, in GeV^-1, above which it does; `None` where there is none.
    pub ceiling_per_gev: Option<f64>,
    /// How the SM alone fits; `None` where there is only a bound.
    pub sm_fit: Option<Goodness>,
    /// How the point fits; `None` where there is only a bound.
    pub point_fit: Option<Goodness>,
    /// Largest distance of a nuisance of the SM's fit from its prior, in widths; `None` where there is only a bound.
    pub sm_largest_pull: Option<f64>,
    /// Whether the SM itself does not fit any more, so that levels mean little: by its chi-square, or by a nuisance that is
    /// pulled by more than [`LARGEST_PULL`].
    pub sm_misfit: bool,
    /// Whether what is expected stands in place of data, of one of several at least: then nothing is excluded yet.
    pub expected: bool,
    /// Why there is no result at this level, if there is none.
    pub note: Option<String>,
    /// Expected SM counts.
    pub sm_counts: f64,
    /// Expected dipole counts.
    pub dipole_counts: f64,
    /// Unit of the counts.
    pub unit: &'static str,
    /// Lowest neutrino energy, in MeV, that makes N with a recoil that is seen, of a nucleus, or of an electron where these alone count; not a number where no recoil counts.
    pub lowest_energy_mev: f64,
    /// Highest neutrino energy, in MeV, of the source in this flavour.
    pub highest_energy_mev: f64,
}

impl PointResult {
    /// Whether the point is excluded by recoils of electrons, and would not be by those of nuclei alone, where those of electrons make limits optimistic.
    #[must_use]
    pub fn is_excluded_by_electrons_alone(&self) -> bool {
        let coupling = self.coupling_over_limit.zip(self.limit.and_then(Limit::value));
        let coupling_per_gev = coupling.map(|(ratio, limit_per_gev)| ratio * limit_per_gev);
        self.excluded == Some(true)
            && match (self.nuclei_only_limit, coupling_per_gev) {
                (Some(Limit::At(alone_per_gev)), Some(coupling_per_gev)) => coupling_per_gev < alone_per_gev,
                (Some(Limit::NoSensitivity), _) => true,
                _ => false,
            }
    }

    /// The lowest coupling that is excluded at the mass, in GeV^-1: the limit, where it lies below the coupling from which on N decays in the
    /// detector.
    #[must_use]
    pub fn lowest_excluded_per_gev(&self) -> Option<f64> {
        let limit_per_gev = self.limit?.value()?;
        let is_excluded = self.ceiling_per_gev.is_none_or(|ceiling| ceiling > limit_per_gev);
        is_excluded.then_some(limit_per_gev)
    }
}

/// What a published curve says about a point, at its own level.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PublishedResult {
    /// Name of its table.
    pub name: String,
    /// Short name for people.
    pub label: String,
    /// Whether it excludes the point; `None` where it does not say.
    pub excludes: Option<bool>,
    /// Its confidence level, where one is stated.
    pub confidence_level: Option<f64>,
}

/// Widths of its prior beyond which a pulled nuisance says that the SM does not fit.
pub const LARGEST_PULL: f64 = 3.0;

/// What the experiments say about a point, and which of them could not be asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PointResults {
    /// The results, in the order of the experiments.
    pub results: Vec<PointResult>,
    /// What went wrong: a broken table, a fit that did not converge. The others are asked all the same.
    pub problems: Vec<(ExperimentId, Error)>,
}

/// Asks every experiment whose source has the flavour.
#[must_use]
pub fn point_results(
    store: &mut Store,
    benchmark: Benchmark,
    settings: &Settings,
    confidence: Confidence,
) -> PointResults {
    let mut answer = PointResults::default();
    let experiments: Vec<_> = store.registry().ids().collect();
    for id in experiments {
        let result = match store.analysis(id, settings) {
            Ok(analysis) if analysis.check_flavor(benchmark.flavor).is_err() => continue,
            Ok(analysis) => point_result(analysis, benchmark, confidence),
            Err(error) => Err(error),
        };
        match result {
            Ok(result) => answer.results.push(result),
            Err(error) => answer.problems.push((id, error)),
        }
    }
    answer
}

/// Asks every curve that is about the flavour, where the settings have no weights: [`published_results_with`].
#[must_use]
pub fn published_results<'a>(
    curves: impl IntoIterator<Item = &'a PublishedCurve>,
    benchmark: Benchmark,
) -> Vec<PublishedResult> {
    published_results_with(curves, benchmark, Weights::default())
}

/// Asks every curve that applies where N couples as weights say ([`PublishedCurve::applies_to`]), at the coupling that it has to the curve's flavours. Of two that compete for the same observation both are asked; who counts
/// them takes one.
#[must_use]
pub fn published_results_with<'a>(
    curves: impl IntoIterator<Item = &'a PublishedCurve>,
    benchmark: Benchmark,
    weights: Weights,
) -> Vec<PublishedResult> {
    let theirs = curves.into_iter().filter_map(|curve| {
        let coupling_per_gev = curve.applies_to(benchmark.flavor, weights)? * benchmark.coupling_per_gev;
        Some(PublishedResult {
            name: curve.name.clone(),
            label: curve.label.clone(),
            excludes: curve.excludes(benchmark.flavor, benchmark.mass_mev, coupling_per_gev),
            confidence_level: curve.confidence_level,
        })
    });
    theirs.collect()
}

/// One experiment's result. Above the coupling at which N decays within the detector nothing is excluded.
///
/// # Errors
/// [`ErrorKind::Convergence`] if a fit does not converge.
pub fn point_result(analysis: &Analysis, benchmark: Benchmark, confidence: Confidence) -> Result<PointResult, Error> {
    let known = analysis.at_mass(benchmark.flavor, benchmark.mass_mev, confidence)?;
    let statement = match (known.column(analysis), known.limit) {
        (Some(column), Some(limit)) => Statement::of_data(&column, limit, benchmark, confidence)?,
        _ => Statement::of_bound(analysis, benchmark, confidence)?,
    };
    let experiment = analysis.experiment();
    let ratios = analysis.ratios(benchmark.flavor);
    let ours = |component: &&crate::physics::source::Component| ratios.of(component.flavor) > 0.0;
    Ok(PointResult {
        nuclei_only_limit: known.nuclei_only,
        expected_limit: known.expected,
        sm_counts: analysis.standard_model().total(),
        dipole_counts: benchmark.strength() * statement.dipole_counts,
        unit: analysis.prediction().unit(),
        lowest_energy_mev: if analysis.counts_anything() {
            analysis.prediction().lowest_energy_mev(experiment, benchmark.mass_mev)
        } else {
            f64::NAN
        },
        highest_energy_mev: experiment
            .components()
            .iter()
            .filter(ours)
            .map(|component| component.spectrum.highest_energy_mev())
            .fold(0.0, f64::max),
        ..of_statement(analysis, benchmark, confidence, statement)
    })
}

/// The result of several experiments as one: the same of their common chi-square. Counts and energies of different detectors have no sum and stay not a number.
///
/// # Errors
/// [`ErrorKind::Convergence`] if a fit does not converge.
pub fn combined_result(
    combination: &Combination,
    benchmark: Benchmark,
    confidence: Confidence,
) -> Result<PointResult, Error> {
    let column = combination.column(benchmark.flavor, benchmark.mass_mev, confidence.dof)?;
    let statement = match column {
        Some(column) => Statement::of_data(&column, column.limit_per_gev(confidence)?, benchmark, confidence)?,
        None => Statement::default(),
    };
    Ok(of_statement(combination, benchmark, confidence, statement))
}

/// Whether most N of a point decay inside the detector; where it adds no event there is none to decay.
#[must_use]
pub fn decays_inside(subject: &dyn Subject, benchmark: Benchmark, adds_events: bool) -> bool {
    let ceiling_per_gev = subject.ceiling_per_gev(benchmark.flavor, benchmark.mass_mev);
    adds_events && ceiling_per_gev.is_some_and(|ceiling| benchmark.coupling_per_gev > ceiling)
}

/// What the statistic says, together with the decay of N; counts and energies are still to come.
fn of_statement(
    subject: &dyn Subject,
    benchmark: Benchmark,
    confidence: Confidence,
    statement: Statement,
) -> PointResult {
    let everything_excluded = statement.limit == Some(Limit::EverythingExcluded);
    // What adds no event is excluded at no level, also where a limit from one side begins at 50 %.
    let adds_events = statement.dipole_counts > 0.0;
    // What the SM alone violates no decay of N makes good.
    let above_ceiling = !everything_excluded && decays_inside(subject, benchmark, adds_events);
    let level_of = |delta_chi2| match confidence.level_of(delta_chi2) {
        _ if !adds_events => 0.0,
        // A limit from one side is below the best fit for levels below a half only.
        level if confidence.is_one_sided() && statement.below_best_fit => 1.0 - level,
        level => level,
    };
    PointResult {
        experiment: subject.id(),
        name: subject.name(),
        delta_chi2: statement.delta_chi2,
        sm_delta_chi2: statement.sm_delta_chi2,
        confidence: statement.delta_chi2.map(level_of),
        excluded: statement.excluded.map(|excluded| excluded && !above_ceiling),
        disfavoured_from_below: statement.disfavoured_from_below,
        below_best_fit: statement.below_best_fit,
        best_fit_per_gev: statement.best_fit_per_gev,
        limit: statement.limit,
        nuclei_only_limit: None,
        expected_limit: None,
        coupling_over_limit: statement
            .limit
            .and_then(|limit| Some(benchmark.coupling_per_gev / limit.value()?)),
        everything_excluded,
        above_ceiling,
        ceiling_per_gev: subject.ceiling_per_gev(benchmark.flavor, benchmark.mass_mev),
        sm_misfit: statement.sm_fit.is_some_and(|fit| !fit.fits())
            || statement.sm_largest_pull.is_some_and(|pull| pull > LARGEST_PULL),
        sm_largest_pull: statement.sm_largest_pull,
        sm_fit: statement.sm_fit,
        point_fit: statement.point_fit,
        expected: subject.members().iter().any(|member| member.is_expected()),
        note: statement.note,
        sm_counts: f64::NAN,
        dipole_counts: f64::NAN,
        unit: "",
        lowest_energy_mev: f64::NAN,
        highest_energy_mev: f64::NAN,
    }
}

/// What the statistic alone says.
#[derive(Default)]
struct Statement {
    delta_chi2: Option<f64>,
    sm_delta_chi2: Option<f64>,
    excluded: Option<bool>,
    disfavoured_from_below: bool,
    below_best_fit: bool,
    best_fit_per_gev: Option<f64>,
    limit: Option<Limit>,
    sm_fit: Option<Goodness>,
    sm_largest_pull: Option<f64>,
    point_fit: Option<Goodness>,
    note: Option<String>,
    /// Per unit of strength.
    dipole_counts: f64,
}

impl Statement {
    fn of_data(column: &Column, limit: Limit, benchmark: Benchmark, confidence: Confidence) -> Result<Self, Error> {
        let Basis { likelihood, sm_fit, .. } = column.basis;
        let (strength, step) = (benchmark.strength(), confidence.delta_chi2());
        let fit = column.fit(strength)?;
        let chi2 = fit.chi2;
        let delta_chi2 = (chi2 - column.floor()).max(0.0);
        let below_best_fit = strength < column.minimum().strength;
        let outside = delta_chi2 > step;
        // Where no coupling of this mass is allowed, a larger one does not help.
        let from_below = below_best_fit && limit != Limit::EverythingExcluded;
        Ok(Self {
            delta_chi2: Some(delta_chi2),
            sm_delta_chi2: sm_fit.map(|fit| (fit.chi2 - column.floor()).max(0.0)),
            excluded: Some(outside && !from_below),
            // A limit from one side says nothing of too few.
            disfavoured_from_below: outside && from_below && !confidence.is_one_sided(),
            below_best_fit,
            best_fit_per_gev: Some(coupling_per_gev(column.minimum().strength)),
            limit: Some(limit),
            sm_fit: sm_fit.map(|fit| column.goodness(0.0, fit)),
            sm_largest_pull: sm_fit.map(|fit| largest_pull(likelihood, fit)),
            point_fit: Some(column.goodness(strength, &fit)),
            note: None,
            dipole_counts: column.dipole_counts(),
        })
    }

    fn of_bound(analysis: &Analysis, benchmark: Benchmark, confidence: Confidence) -> Result<Self, Error> {
        let dipole = analysis.dipole(benchmark.flavor, benchmark.mass_mev);
        let silent = Self {
            dipole_counts: dipole.total(),
            ..Self::default()
        };
        match analysis.limit_per_gev(benchmark.flavor, benchmark.mass_mev, confidence) {
            Ok(limit) => Ok(Self {
                excluded: analysis
                    .ratio_to_bound(&dipole, benchmark.strength())
                    .map(|(ratio, largest)| ratio > largest),
                limit: Some(limit),
                ..silent
            }),
            Err(unavailable) if matches!(unavailable.kind(), ErrorKind::Unavailable { .. }) => Ok(Self {
                note: Some(unavailable.to_string()),
                ..silent
            }),
            Err(error) => Err(error),
        }
    }
}

/// Largest distance of a nuisance of the SM's fit from its prior, in widths.
fn largest_pull(likelihood: &dyn Likelihood, fit: &Fit) -> f64 {
    let fitted = likelihood.parameters().iter().zip(&fit.nuisances);
    let pulls = fitted.filter_map(|(parameter, value)| parameter.pull(*value));
    pulls.map(f64::abs).fold(0.0, f64::max)
}
