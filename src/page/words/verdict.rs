//! Words of the verdict.

use super::error;
use super::pointer::times;
use super::spectrum::probability;
use crate::Error;
use crate::analysis::grid::PLANE_COUPLING_PER_GEV;
use crate::analysis::verdict::{LARGEST_PULL, PointResult, PublishedResult};
use crate::chart::{decimal, scientific};
use crate::experiment::ExperimentId;
use crate::language::translated;
use crate::physics::units::CouplingUnit;
use crate::statistics::{Confidence, Dof, FluxBound, Limit, Sides};

/// `90 %`, `99.9 %`: a hundredth of a per cent at most.
fn level(level: f64) -> String {
    format!("{} %", (1e4 * level).round() / 1e2)
}

/// The level of the published bounds on a flux.
pub(super) fn bound_level() -> String {
    level(FluxBound::CONFIDENCE.level.level())
}

/// Names joined as in a sentence.
fn listed(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., last] => say!("{} and {}", others.join(", "), last),
    }
}

/// The verdict in a sentence: what excludes the point, what prefers more signal than it has, what has no result at this
/// level, and which published limits exclude it, at their own levels.
#[must_use]
pub fn verdict(confidence: Confidence, results: &[PointResult], published: &[PublishedResult]) -> String {
    let at = level(confidence.level.level());
    let at = match (confidence.dof, confidence.sides) {
        (Dof::One, Sides::Two) => at,
        (Dof::One, Sides::One) => say!("{} (one-sided)", at),
        (Dof::Two, _) => say!("{} (2 d.o.f.)", at),
    };
    let mut clauses = everything_excluded(&at, results);
    clauses.push(excluding(&at, results, clauses.is_empty()));
    clauses.extend(besides(&at, results));
    let theirs: Vec<String> = published
        .iter()
        .filter(|result| result.excludes == Some(true))
        .map(published_limit)
        .collect();
    clauses.push(match theirs.len() {
        0 => say!("no published limit shown here excludes it").to_owned(),
        _ => say!("published limits that exclude it: {}", theirs.join(", ")),
    });
    // A label may end with the full stop of an abbreviation.
    format!("{}.", clauses.join("; ").trim_end_matches('.'))
}

/// Names of those results that are so; `None` if there are none.
fn named(results: &[PointResult], is: fn(&PointResult) -> bool) -> Option<String> {
    let names = results.iter().filter(|result| is(result));
    let names: Vec<_> = names.map(|result| result.name.as_str()).collect();
    (!names.is_empty()).then(|| listed(&names))
}

/// For which experiments nothing at this mass is allowed.
fn everything_excluded(at: &str, results: &[PointResult]) -> Vec<String> {
    let bounds = named(results, |result| {
        result.everything_excluded && result.delta_chi2.is_none()
    });
    let fits = named(results, |result| {
        result.everything_excluded && result.delta_chi2.is_some()
    });
    let bounds = bounds.map(|whose| {
        say!(
            "At {}, for {} everything is excluded: the SM alone is above the bound",
            at,
            whose
        )
    });
    let fits = fits.map(|whose| {
        say!(
            "At {}, for {} everything is excluded at this mass: the best fit over all masses is far better",
            at,
            whose
        )
    });
    bounds.into_iter().chain(fits).collect()
}

/// Which experiments exclude the point; `first` if nothing has been said before.
fn excluding(at: &str, results: &[PointResult], first: bool) -> String {
    let by = named(results, |result| {
        result.excluded == Some(true) && !result.everything_excluded && !result.expected
    });
    let silent = results.iter().all(|result| result.excluded.is_none());
    match (by, first) {
        (Some(by), true) => say!("Excluded at {} by {}", at, by),
        (Some(by), false) => say!("this point is excluded by {}, too", by),
        (None, false) => say!("no other experiment here excludes this point").to_owned(),
        (None, true) if silent => say!("No experiment here has a result for this flavour at {}", at),
        (None, true) => say!("None of the experiments here excludes this point at {}", at),
    }
}

/// What else the experiments say: what is expected of those without data, what prefers more signal, what has no result, and what decays.
fn besides(at: &str, results: &[PointResult]) -> Vec<String> {
    let expected = named(results, |result| {
        result.excluded == Some(true) && !result.everything_excluded && result.expected
    });
    let optimistic = if crate::WORKSHOP {
        named(results, PointResult::is_excluded_by_electrons_alone)
    } else {
        None
    };
    let from_below = named(results, |result| result.disfavoured_from_below);
    let is_silent: fn(&PointResult) -> bool = |result| result.excluded.is_none();
    let silent = named(results, is_silent).filter(|_| !results.iter().all(is_silent));
    let decaying = named(results, |result| result.above_ceiling);
    let clauses = [
        expected
            .filter(|_| crate::WORKSHOP)
            .map(|by| say!("{} would exclude it", by)),
        optimistic
            .filter(|_| crate::WORKSHOP)
            .map(|by| say!("{} by recoils of electrons alone, which is optimistic", by)),
        from_below.map(|whose| {
            say!(
                "disfavoured from below at {} by {}, whose data prefer a larger coupling",
                at,
                whose
            )
        }),
        silent.map(|whose| {
            say!(
                "{} published nothing at this level with these degrees of freedom and sides",
                whose
            )
        }),
        decaying.map(|whose| {
            say!(
                "at this coupling most N decay inside {}, where a recoil analysis excludes nothing",
                whose
            )
        }),
    ];
    clauses.into_iter().flatten().collect()
}

/// What a reader should be warned of: the SM itself does not fit the data of an experiment any more.
#[must_use]
pub fn warning(result: &PointResult) -> Option<String> {
    let fit = result.sm_fit.filter(|_| result.sm_misfit)?;
    let strained = match result.sm_largest_pull.filter(|pull| *pull > LARGEST_PULL) {
        Some(pull) => say!(" only with a nuisance pulled by {} σ", decimal(pull, 1)),
        None => String::new(),
    };
    let how_well = say!(
        "{} (χ² = {} in {} bins, {})",
        result.name,
        decimal(fit.chi2, 1),
        fit.bins.to_string(),
        probability(fit.p_value, 1)
    );
    let said = match (fit.fits(), strained.is_empty()) {
        (true, _) => say!("fits {}{}", how_well, strained),
        (false, true) => say!("does not fit {}", how_well),
        (false, false) => say!("does not fit {}, and comes near{}", how_well, strained),
    };
    Some(say!(
        "With these settings the SM itself {}: levels of exclusion mean little there.",
        said
    ))
}

/// By how much a limit is stronger than the one that was to be expected, from where on that has to be said.
const LUCKY: f64 = 1.2;

/// That a limit is a lucky one, where the expected one belongs beside it.
#[must_use]
pub fn lucky(result: &PointResult) -> Option<String> {
    // Where the SM does not fit, a strong limit is no luck; where N decays inside, there is none.
    if result.sm_misfit || result.lowest_excluded_per_gev().is_none() {
        return None;
    }
    let value = |limit: Option<Limit>| limit.and_then(Limit::value);
    let stronger = value(result.expected_limit)? / value(result.limit)?;
    (stronger > LUCKY).then(|| {
        say!(
            "{}: a lucky limit, {} times stronger than the expected one at this mass.",
            result.name,
            decimal(stronger, 1)
        )
    })
}

/// That several experiments as one have a limit which electrons make optimistic: of which of those that are `combined`.
#[must_use]
pub fn optimistic_combination(results: &[PointResult], combined: &[ExperimentId]) -> Option<String> {
    let whole = results
        .iter()
        .find(|result| result.experiment == ExperimentId::COMBINATION)?;
    let is_member = |result: &&PointResult| combined.contains(&result.experiment);
    let is_optimistic = |result: &&PointResult| nuclei_alone(result).is_some();
    let members: Vec<_> = results.iter().filter(is_member).filter(is_optimistic).collect();
    let names: Vec<_> = members.iter().map(|result| result.name.as_str()).collect();
    (!names.is_empty()).then(|| {
        say!(
            "{}: recoils of electrons in {} make this limit optimistic; “nuclear recoils only” leaves them out.",
            whole.name,
            listed(&names)
        )
    })
}

/// The limit of nuclei alone, in GeV^-1, where electrons make another one.
fn nuclei_alone(result: &PointResult) -> Option<f64> {
    let with = result.limit.and_then(Limit::value)?;
    let alone = result.nuclei_only_limit.and_then(Limit::value)?;
    ((alone / with - 1.0).abs() > 5e-3).then_some(alone)
}

/// A published limit with its own level.
fn published_limit(result: &PublishedResult) -> String {
    let label = translated(&result.label);
    match result.confidence_level {
        Some(stated) => format!("{label} ({})", level(stated)),
        None => say!("{} (no level stated)", label),
    }
}

/// Which experiments and which published curves could not be asked, and why.
#[must_use]
pub fn missing(problems: &[(ExperimentId, Error)], curves: &[Error]) -> Option<String> {
    let experiments = problems.iter().map(|(id, problem)| format!("{id}: {}", error(problem)));
    let said: Vec<_> = experiments.chain(curves.iter().map(error)).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// Columns of the table.
#[must_use]
pub fn verdict_head(confidence: Confidence, expected: bool) -> Vec<String> {
    let from = match confidence.dof {
        Dof::One => say!("Δχ² from the best fit"),
        Dof::Two => say!("Δχ² from the best fit (2 d.o.f.)"),
    };
    let mut head: Vec<String> = [
        say!("experiment"),
        from,
        say!("excluded at"),
        say!("limit on d at this mass"),
        say!("point against limit"),
        say!("dipole events"),
        say!("SM events"),
        say!("energy Eν needed"),
    ]
    .map(str::to_owned)
    .into();
    if crate::WORKSHOP && expected {
        head.extend([say!("expected limit"), say!("limit against it")].map(str::to_owned));
    }
    head
}

/// The cells of an experiment, in the order of the columns.
#[must_use]
pub fn verdict_cells(result: &PointResult, unit: CouplingUnit) -> Vec<String> {
    let count = |value: f64| {
        // Counts of different detectors have no sum.
        if value.is_nan() {
            return "–".to_owned();
        }
        format!("{} {}", scientific(value, 3), translated(result.unit))
    };
    vec![
        result
            .delta_chi2
            .map_or_else(|| "–".to_owned(), |delta| scientific(delta, 3)),
        outcome(result),
        limit_with_company(result, unit),
        against_limit(result).map_or_else(|| "–".to_owned(), times),
        count(result.dipole_counts),
        count(result.sm_counts),
        reach(result),
    ]
}

/// The coupling as a multiple of the limit, where there is one that excludes something.
fn against_limit(result: &PointResult) -> Option<f64> {
    result.lowest_excluded_per_gev().and(result.coupling_over_limit)
}

/// The limit, and what stands beside it: that of nuclei alone where electrons make another one, which is optimistic, and the expected
/// one where the data may be lucky.
fn limit_with_company(result: &PointResult, unit: CouplingUnit) -> String {
    let text = limit(result.limit, result.ceiling_per_gev, unit);
    let value = |limit: Option<Limit>| limit.and_then(Limit::value);
    if !crate::WORKSHOP || result.lowest_excluded_per_gev().is_none() {
        return text;
    }
    let said = |what: &str, beside: f64| format!("{text} ({what}: {})", scientific(beside / unit.per_gev(), 3));
    match (nuclei_alone(result), value(result.limit), value(result.expected_limit)) {
        (Some(alone), ..) => said(say!("nuclei alone"), alone),
        (None, Some(_), Some(expected)) => said(say!("expected"), expected),
        _ => text,
    }
}

/// Why a point is not excluded although its signal would be too large.
pub(super) fn decays_inside() -> &'static str {
    say!("not: N decays inside")
}

pub(super) fn outcome(result: &PointResult) -> String {
    if result.above_ceiling {
        return decays_inside().to_owned();
    }
    match (result.confidence, result.excluded) {
        (Some(confidence), _) if result.everything_excluded => {
            say!("everything at this mass, {}", percent_of(confidence))
        }
        (None, Some(true)) if result.everything_excluded => say!("everything: SM above the bound").to_owned(),
        (Some(confidence), _) if result.below_best_fit => say!("not: below best fit, {}", percent_of(confidence)),
        (Some(confidence), _) => percent_of(confidence),
        (None, Some(true)) => say!("{} (bound)", bound_level()),
        (None, Some(false)) => say!("not at {}", bound_level()),
        (None, None) => say!("no result: bound for {}, 1 d.o.f., two sides", bound_level()),
    }
}

/// What is excluded from: to the coupling above which N decays in the detector, where that is on the plane.
pub(super) fn limit(limit: Option<Limit>, ceiling_per_gev: Option<f64>, unit: CouplingUnit) -> String {
    let number = |coupling_per_gev: f64| scientific(coupling_per_gev / unit.per_gev(), 3);
    match limit {
        Some(Limit::At(limit_per_gev)) => match ceiling_per_gev.filter(|ceiling| *ceiling < PLANE_COUPLING_PER_GEV.1) {
            Some(ceiling_per_gev) if ceiling_per_gev <= limit_per_gev => say!("none: N decays inside").to_owned(),
            Some(ceiling_per_gev) => {
                say!(
                    "{} to {} {}",
                    number(limit_per_gev),
                    number(ceiling_per_gev),
                    unit.symbol()
                )
            }
            None => format!("{} {}", number(limit_per_gev), unit.symbol()),
        },
        Some(Limit::NoSensitivity) => say!("none").to_owned(),
        Some(Limit::EverythingExcluded) => say!("everything excluded").to_owned(),
        None => "–".to_owned(),
    }
}

fn reach(result: &PointResult) -> String {
    let lowest = result.lowest_energy_mev;
    if lowest.is_nan() {
        return "–".to_owned();
    }
    if lowest > result.highest_energy_mev {
        let highest = decimal(result.highest_energy_mev, 1);
        say!("{} MeV, above the source’s {}", decimal(lowest, 1), highest)
    } else {
        format!("{} MeV", scientific(lowest, 3))
    }
}

/// A confidence level; what is beyond five digits of certainty is said so.
fn percent_of(confidence: f64) -> String {
    if confidence > 0.999_99 {
        ">\u{a0}99.999\u{a0}%".to_owned()
    } else if confidence > 0.999 {
        format!("{}\u{a0}%", decimal(100.0 * confidence, 3))
    } else {
        format!("{}\u{a0}%", decimal(100.0 * confidence, 1))
    }
}
