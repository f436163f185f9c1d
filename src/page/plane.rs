//! What the plane shows for a state.

use crate::Flavor;
use crate::analysis::curve::{Curve, LiveCurves, masses_mev};
use crate::analysis::jobs::{PRECISE_MASSES, map_couplings_per_gev};
use crate::analysis::literature::{CurveKind, PublishedCurve};
use crate::analysis::precise::{Precise, contour_levels};
use crate::chart::exclusion::{ExclusionView, ForeignCurve, OwnCurve, PlaneMap};
use crate::chart::{Dash, Role};
use crate::experiment::{ExperimentId, Registry};
use crate::page::state::{COUPLING_PER_GEV, MASS_MEV, State};

/// A curve in the list beside the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Name in the state.
    pub name: String,
    /// Name on the curve.
    pub label: String,
    /// What it is: kind, confidence level, source.
    pub about: String,
    /// Address of the source; empty for a curve computed here.
    pub link: String,
    /// Whether it is shown.
    pub visible: bool,
    /// Its colour.
    pub role: Role,
}

/// Colour of an experiment's own curve, by its place in the registry.
#[must_use]
pub fn curve_role(position: Option<usize>) -> Role {
    const ROLES: [Role; 5] = [Role::First, Role::Second, Role::Third, Role::Fourth, Role::Fifth];
    ROLES[position.unwrap_or(0) % ROLES.len()]
}

/// Every curve that there is for the state's flavour: our own first.
#[must_use]
pub fn entries(
    state: &State,
    own: &[(ExperimentId, String, Option<usize>)],
    published: &[PublishedCurve],
) -> Vec<Entry> {
    let own = own.iter().map(|(experiment, label, position)| Entry {
        name: experiment.name().to_owned(),
        label: label.clone(),
        about: "computed in this page with the settings at hand".to_owned(),
        link: String::new(),
        visible: is_visible(state, experiment.name(), true),
        role: curve_role(*position),
    });
    let published = published
        .iter()
        .filter(|curve| curve.is_about(state.benchmark.flavor))
        .map(|curve| Entry {
            name: curve.name.clone(),
            label: curve.label.clone(),
            about: about(curve),
            link: curve.link.clone(),
            visible: is_visible(state, &curve.name, is_default(curve)),
            role: if curve.kind == CurveKind::Projection {
                Role::Projection
            } else {
                Role::Published
            },
        });
    own.chain(published).collect()
}

fn about(curve: &PublishedCurve) -> String {
    let level = curve
        .confidence_level
        .map_or("no level stated".to_owned(), |level| format!("{:.0} %", 100.0 * level));
    let status = curve
        .status
        .as_ref()
        .map(|status| format!("; {status}"))
        .unwrap_or_default();
    format!("{}; {}, {level}; {}{status}", curve.title, curve.kind, curve.source)
}

/// Whether the plane of a state shows a published curve.
#[must_use]
pub fn is_shown(state: &State, curve: &PublishedCurve) -> bool {
    curve.is_about(state.benchmark.flavor) && is_visible(state, &curve.name, is_default(curve))
}

/// Projections are off until asked for, and of two rivals only one is on.
fn is_default(curve: &PublishedCurve) -> bool {
    curve.kind != CurveKind::Projection && curve.alternative_to.is_none()
}

fn is_visible(state: &State, name: &str, by_default: bool) -> bool {
    by_default != state.toggled.contains(name)
}

/// The plane of a state: precise curves where they are there, live ones until then.
#[must_use]
pub fn view(
    registry: &Registry,
    state: &State,
    live: &LiveCurves,
    precise: &Precise,
    published: &[PublishedCurve],
) -> ExclusionView {
    let benchmark = state.benchmark;
    let own = live
        .shown()
        .filter(|curve| is_visible(state, curve.request.experiment.name(), true))
        .map(|curve| {
            own_curve(
                registry,
                precise
                    .curve(&curve.request, &curve.name)
                    .unwrap_or_else(|| curve.clone()),
            )
        })
        .collect();
    let foreign = published
        .iter()
        .filter(|curve| is_shown(state, curve))
        .map(foreign_curve)
        .collect();
    ExclusionView {
        title: title(benchmark.flavor),
        own,
        foreign,
        map: map(state, live, precise),
        point: Some((benchmark.mass_mev, benchmark.coupling_per_gev)),
        mass_mev: MASS_MEV,
        coupling_per_gev: COUPLING_PER_GEV,
    }
}

fn title(flavor: Flavor) -> String {
    format!("dipole of ν{}", flavor.symbol())
}

fn own_curve(registry: &Registry, curve: Curve) -> OwnCurve {
    let experiment = curve.request.experiment;
    OwnCurve {
        name: curve.name,
        role: curve_role(registry.position(experiment)),
        dash: Dash::Solid,
        masses_mev: curve.masses_mev,
        couplings_per_gev: curve.limits_per_gev.iter().map(|limit| limit.value()).collect(),
    }
}

/// A published curve as the plane draws it.
#[must_use]
pub fn foreign_curve(curve: &PublishedCurve) -> ForeignCurve {
    ForeignCurve {
        name: curve.label.clone(),
        closed: curve.is_closed(),
        projection: curve.kind == CurveKind::Projection,
        masses_mev: curve.points.iter().map(|point| point.mass_mev).collect(),
        couplings_per_gev: curve.points.iter().map(|point| point.coupling_per_gev).collect(),
    }
}

fn map(state: &State, live: &LiveCurves, precise: &Precise) -> Option<PlaneMap> {
    let request = live.wanted(state.experiment)?;
    let values = precise.map(request)?;
    Some(PlaneMap {
        masses_mev: masses_mev(PRECISE_MASSES),
        couplings_per_gev: map_couplings_per_gev(),
        delta_chi2: values.to_vec(),
        levels: contour_levels(state.confidence.dof),
    })
}
