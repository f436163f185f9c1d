//! Limits that are expected, beside those of the data: is a limit lucky?

use super::plane::{combined_name, computed_curve, curve_role, is_expectation};
use super::state::State;
use super::words;
use crate::analysis::curve::{Curve, CurvePoint, CurveSlot, LiveCurves};
use crate::analysis::{Settings, Store, Subject};
use crate::chart::exclusion::{ComputedCurve, Piece};
use crate::chart::{Dash, Role};
use crate::experiment::{ExperimentId, Registry};
use crate::statistics::{BAND, Dof, Limit, strength_at};
use std::sync::Arc;

/// Expected curves with the analyses that they are computed from; empty where there is nothing to show of them.
#[derive(Debug, Default)]
pub(super) struct Expectations(Option<(Store, LiveCurves)>);

impl Expectations {
    /// Asks for the curves of a state, or for none.
    pub(super) fn ask(&mut self, registry: &Registry, state: &State) {
        let Some(wanted) = wanted(registry, state) else {
            self.0 = None;
            return;
        };
        if (self.0.as_ref()).is_some_and(|(store, _)| !store.registry().ids().eq(wanted.ids())) {
            self.0 = None;
        }
        let fresh = || (Store::new(wanted), LiveCurves::default());
        let (store, live) = self.0.get_or_insert_with(fresh);
        let combined: &[ExperimentId] = if state.expected { &state.combined } else { &[] };
        live.ask(
            store,
            (state.benchmark.flavor, state.confidence),
            &Self::settings(state),
            combined,
            state.plane.mass_mev(),
        );
    }

    /// The limit that is expected of each experiment at the state's mass, in GeV^-1, where there is one; that of the combination is the last.
    pub(super) fn limits(&mut self, state: &State) -> Vec<(ExperimentId, f64)> {
        let Some((store, _)) = self.0.as_mut().filter(|_| crate::WORKSHOP && state.expected) else {
            return Vec::new();
        };
        let settings = Self::settings(state);
        let (flavor, mass_mev) = (state.benchmark.flavor, state.benchmark.mass_mev);
        let ids: Vec<_> = store.registry().ids().collect();
        let limits = ids.into_iter().filter_map(|id| {
            let analysis = store.analysis(id, &settings).ok()?;
            let limit = analysis.limit_per_gev(flavor, mass_mev, state.confidence).ok()?;
            Some((id, limit.value()?))
        });
        let mut limits: Vec<_> = limits.collect();
        let combined = store.combination(&state.combined, &settings);
        let combined = combined.and_then(|combination| combination.limit_per_gev(flavor, mass_mev, state.confidence));
        limits.extend(Some(ExperimentId::COMBINATION).zip(combined.ok().and_then(Limit::value)));
        limits
    }

    fn settings(state: &State) -> Settings {
        Settings {
            expected: true,
            ..state.settings.clone()
        }
    }

    /// Computes until `out_of_time` says so.
    pub(super) fn advance(&mut self, out_of_time: impl FnMut() -> bool) {
        if let Some((store, live)) = &mut self.0 {
            live.advance(store, out_of_time);
        }
    }

    /// Whether nothing is left to compute.
    pub(super) fn is_complete(&self) -> bool {
        self.0.as_ref().is_none_or(|(_, live)| live.is_complete())
    }

    /// The curves, each with its band. That of an experiment which gives only a bound there is not, and of an experiment whose own curve is an expectation
    /// only the band.
    pub(super) fn curves(
        &self,
        registry: &Registry,
        state: &State,
        is_visible: impl Fn(&str) -> bool,
    ) -> Vec<ComputedCurve> {
        let Some((_, live)) = self.0.as_ref().filter(|_| crate::WORKSHOP) else {
            return Vec::new();
        };
        let specs = registry.specs().enumerate();
        let curves = specs.filter_map(|(position, spec)| {
            let curve = live.slot(spec.id())?.curve()?;
            if !is_visible(spec.id().name()) {
                return None;
            }
            let is_own = is_expectation(state, spec);
            Some(expected_curve(
                curve,
                state,
                (spec.name(), curve_role(position)),
                is_own,
            ))
        });
        let combined = live.slot(ExperimentId::COMBINATION).and_then(CurveSlot::curve);
        let combined = combined
            .filter(|_| is_visible(ExperimentId::COMBINATION.name()))
            .map(|curve| {
                let name = combined_name(registry, state);
                expected_curve(curve, state, (&name, Role::Total), false)
            });
        curves.chain(combined).collect()
    }
}

/// The experiments whose expected limits a state shows: all where it asks for them, else the chosen one if they always belong beside its own.
fn wanted(registry: &Registry, state: &State) -> Option<Registry> {
    if state.expected {
        return Some(registry.clone());
    }
    if !crate::WORKSHOP {
        return None;
    }
    let mut lucky = Registry::default();
    for spec in registry.specs() {
        if spec.shows_expected_limit() && !is_expectation(state, spec) {
            lucky.add(Arc::clone(spec)).ok()?;
        }
    }
    let is_any = lucky.ids().next().is_some();
    is_any.then_some(lucky)
}

/// A curve with its band; only the band for an experiment whose own curve is the same.
fn expected_curve(curve: &Curve, state: &State, (name, role): (&str, Role), is_own: bool) -> ComputedCurve {
    let drawn = computed_curve(curve, &words::expected_of(name), role, Dash::Dashed);
    ComputedCurve {
        regions: bands(curve, state),
        pieces: if is_own { Vec::new() } else { drawn.pieces },
        everything_excluded_mev: Vec::new(),
        ceilings: Vec::new(),
        ..drawn
    }
}

/// The bands of two and of one standard deviation around a curve. There are none for two degrees of freedom, for which the step is counted from
/// a best fit elsewhere.
fn bands(curve: &Curve, state: &State) -> Vec<Piece> {
    let confidence = state.confidence;
    if confidence.dof == Dof::Two {
        return Vec::new();
    }
    let step = confidence.delta_chi2();
    let [two_below, one_below, one_above, two_above] = BAND.map(|sigmas| strength_at(sigmas, step).sqrt());
    let points: Vec<(f64, f64)> = curve.points.iter().filter_map(limit).collect();
    [(two_below, two_above), (one_below, one_above)]
        .into_iter()
        .filter(|_| points.len() > 1)
        .map(|(below, above)| {
            let lower = points.iter().map(|(mass_mev, limit)| (*mass_mev, below * limit));
            let upper = points.iter().rev().map(|(mass_mev, limit)| (*mass_mev, above * limit));
            Piece::through(lower.chain(upper))
        })
        .collect()
}

fn limit(point: &CurvePoint) -> Option<(f64, f64)> {
    let limit_per_gev = point.limit_per_gev.as_ref().ok()?.value()?;
    Some((point.mass_mev, limit_per_gev))
}
