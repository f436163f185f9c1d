//! What the plane shows for a state.

use crate::analysis::curve::{Curve, LiveCurves, masses_mev};
use crate::analysis::jobs::{PRECISE_MASSES, map_couplings_per_gev};
use crate::analysis::literature::{CurveKind, PublishedCurve};
use crate::analysis::precise::{Precise, contour_levels};
use crate::chart::exclusion::{ComputedCurve, ExclusionView, Piece, PlaneMap, PublishedLine};
use crate::chart::{Dash, DisplayUnit, Role};
use crate::experiment::ExperimentId;
use crate::page::state::{COUPLING_PER_GEV, MASS_MEV, State};
use crate::{Choice, Flavor};

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

/// Colour of an experiment's own curve.
#[must_use]
pub fn curve_role(experiment: ExperimentId) -> Role {
    match experiment {
        ExperimentId::DresdenIi => Role::First,
        ExperimentId::CoherentCsi => Role::Second,
        ExperimentId::Xenon1t => Role::Third,
        ExperimentId::Pandax4t => Role::Fourth,
    }
}

/// Every curve that there is for the state's flavour: our own first.
#[must_use]
pub fn entries(state: &State, own: &[(ExperimentId, String)], published: &[PublishedCurve]) -> Vec<Entry> {
    let own = own.iter().map(|(experiment, label)| Entry {
        name: experiment.name().to_owned(),
        label: label.clone(),
        about: "computed in this page with the settings at hand".to_owned(),
        link: String::new(),
        visible: is_visible(state, experiment.name(), true),
        role: curve_role(*experiment),
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
pub fn view(state: &State, live: &LiveCurves, precise: &Precise, published: &[PublishedCurve]) -> ExclusionView {
    let benchmark = state.benchmark;
    let computed = live
        .shown()
        .filter(|curve| is_visible(state, curve.request.experiment.name(), true))
        .map(|curve| {
            computed_curve(
                precise
                    .curve(&curve.request, &curve.name)
                    .unwrap_or_else(|| curve.clone()),
            )
        })
        .collect();
    let published = published
        .iter()
        .filter(|curve| is_shown(state, curve))
        .map(published_line)
        .collect();
    ExclusionView {
        computed,
        published,
        map: map(state, live, precise),
        point: Some((benchmark.mass_mev, benchmark.coupling_per_gev)),
        unit: DisplayUnit {
            symbol: state.coupling_unit.symbol().to_owned(),
            size: state.coupling_unit.per_gev(),
        },
        ..ExclusionView::empty(title(benchmark.flavor), MASS_MEV, COUPLING_PER_GEV)
    }
}

fn title(flavor: Flavor) -> String {
    format!("dipole of ν{}", flavor.symbol())
}

fn computed_curve(curve: Curve) -> ComputedCurve {
    let experiment = curve.request.experiment;
    ComputedCurve {
        name: curve.name,
        role: curve_role(experiment),
        dash: Dash::Solid,
        pieces: Piece::between_gaps(&curve.masses_mev, &curve.couplings_per_gev),
        everything_excluded_mev: Vec::new(),
        ceilings: Vec::new(),
    }
}

/// A published curve as the plane draws it.
#[must_use]
pub fn published_line(curve: &PublishedCurve) -> PublishedLine {
    PublishedLine {
        name: curve.label.clone(),
        closed: curve.is_closed(),
        projection: curve.kind == CurveKind::Projection,
        masses_mev: curve.points.iter().map(|point| point.mass_mev).collect(),
        couplings_per_gev: curve.points.iter().map(|point| point.coupling_per_gev).collect(),
    }
}

fn map(state: &State, live: &LiveCurves, precise: &Precise) -> Option<PlaneMap> {
    let request = live.wanted(state.experiment)?;
    let values = precise.map(request.experiment, request.flavor, request.settings)?;
    Some(PlaneMap {
        masses_mev: masses_mev(PRECISE_MASSES).into(),
        couplings_per_gev: map_couplings_per_gev().into(),
        delta_chi2: values.into(),
        levels: contour_levels(state.dof),
    })
}
