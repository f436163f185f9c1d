//! What the experiments and the published limits say about the state's point.

use super::plane::{BestFitPoint, is_shown};
use super::state::State;
use super::view::{VerdictPane, VerdictRow};
use super::words;
use crate::Error;
use crate::analysis::grid::PLANE_COUPLING_PER_GEV;
use crate::analysis::literature::Literature;
use crate::analysis::verdict::{
    PointResult, PointResults, PublishedResult, combined_result, point_results, published_results_with,
};
use crate::analysis::{Store, Subject};
use crate::experiment::ExperimentId;

/// The verdict on the point of a state, and the best fits that the plane marks.
pub(super) struct Verdict {
    pub(super) pane: VerdictPane,
    pub(super) best_fits: Vec<BestFitPoint>,
    /// What is missing from it, and why.
    pub(super) problem: Option<String>,
}

/// Asks every experiment whose source has the flavour, and every published limit that the plane shows. One that cannot be
/// asked leaves the others alone. `expected`: limits that are expected, in GeV^-1.
pub(super) fn verdict(
    store: &mut Store,
    literature: &Literature,
    state: &State,
    expected: &[(ExperimentId, f64)],
) -> Verdict {
    let PointResults {
        mut results,
        mut problems,
    } = point_results(store, state.benchmark, &state.settings, state.confidence);
    if crate::WORKSHOP && state.combined.len() > 1 {
        match combined(store, state) {
            Ok(result) => results.extend(result),
            Err(error) => problems.push((ExperimentId::COMBINATION, error)),
        }
    }
    // Of rivals for the same observation only the one that is shown counts.
    let shown = literature
        .for_flavor(state.benchmark.flavor)
        .filter(|curve| is_shown(state, curve));
    let published = published_results_with(shown, state.benchmark, state.settings.weights);
    Verdict {
        pane: pane(state, &results, &published, expected),
        best_fits: results
            .iter()
            .filter_map(|result| best_fit(store, state, result))
            .collect(),
        problem: words::missing(&problems, literature.errors()),
    }
}

/// What several experiments say as one; nothing where none of them has the flavour.
fn combined(store: &mut Store, state: &State) -> Result<Option<PointResult>, Error> {
    let combination = store.combination(&state.combined, &state.settings)?;
    if combination.check_flavor(state.benchmark.flavor).is_err() {
        return Ok(None);
    }
    combined_result(combination, state.benchmark, state.confidence).map(Some)
}

/// The best fit of an experiment, where couplings below it can be disfavoured at the level of the state.
fn best_fit(store: &Store, state: &State, result: &PointResult) -> Option<BestFitPoint> {
    let coupling_per_gev = result.best_fit_per_gev?;
    let (low, high) = PLANE_COUPLING_PER_GEV;
    let is_needed = result.disfavoured_from_below || result.sm_delta_chi2? > state.confidence.delta_chi2();
    let is_there = (low..=high).contains(&coupling_per_gev) && is_needed;
    is_there.then_some(BestFitPoint {
        position: store.registry().position(result.experiment)?,
        mass_mev: state.benchmark.mass_mev,
        coupling_per_gev,
    })
}

fn pane(
    state: &State,
    results: &[PointResult],
    published: &[PublishedResult],
    expected: &[(ExperimentId, f64)],
) -> VerdictPane {
    let expected_of = |result: &PointResult| {
        let known = expected.iter().find(|(id, _)| *id == result.experiment);
        known.map(|(_, limit_per_gev)| *limit_per_gev)
    };
    let mut warnings: Vec<String> = results.iter().filter_map(words::warning).collect();
    if crate::WORKSHOP {
        warnings.extend(results.iter().filter_map(words::lucky));
        warnings.extend(words::optimistic_combination(results, &state.combined));
    }
    VerdictPane {
        sentence: words::verdict(state.confidence, results, published),
        warnings,
        head: words::verdict_head(state.confidence, state.expected),
        rows: results
            .iter()
            .map(|result| row(state, result, expected_of(result)))
            .collect(),
    }
}

fn row(state: &State, result: &PointResult, expected_per_gev: Option<f64>) -> VerdictRow {
    let mut cells = words::verdict_cells(result, state.coupling_unit);
    if crate::WORKSHOP && state.expected {
        cells.extend(words::expected_cells(result, expected_per_gev, state));
    }
    VerdictRow {
        experiment: result.experiment.to_string(),
        name: result.name.clone(),
        cells,
        excludes: result.excluded == Some(true),
    }
}
