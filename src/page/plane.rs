//! What the plane shows for a state, and the list of its curves.

use super::decay_lines::Decays;
use super::expectations::Expectations;
use super::leads::Leads;
use super::pins::Pinned;
use super::pointer::{Pointer, readout};
use super::spectrum::DASHES;
use super::state::State;
use super::view::{CurveEntry, PlanePane};
use super::words;
use crate::analysis::curve::{Curve, CurvePoint, CurveSlot, LiveCurves, Stretch};
use crate::analysis::grid::{
    PLANE_COUPLING_PER_GEV, PLANE_MASS_MEV, PRECISE_MASSES, map_couplings_per_gev, masses_mev,
};
use crate::analysis::literature::{CurveKind, Family, Frame, Literature, PublishedCurve};
use crate::analysis::precise::{Precise, contour_levels};
use crate::chart::exclusion::{ComputedCurve, ExclusionView, Piece, PlaceOfNote, PlaneMap, PublishedLine};
use crate::chart::{Dash, DisplayUnit, Role};
use crate::experiment::{ExperimentId, ExperimentSpec, Registry};
use crate::language::translated;
use crate::small_map::SmallMap;
use std::sync::Arc;

/// Decades of masses below which a live curve is finer than a precise one.
const FINER_DECADES: f64 = 1.2;

/// Mass, in MeV, below which recoils of electrons make limits of an excess: those are drawn with dashes.
pub(super) const ELECTRONS_BELOW_MEV: f64 = 0.5;

/// Colour of an experiment's curve, by its place in the registry.
#[must_use]
pub fn curve_role(position: usize) -> Role {
    Role::EXPERIMENTS[position % Role::EXPERIMENTS.len()]
}

/// The lines of published curves, prepared once: their points are not copied for a frame.
#[derive(Debug)]
pub(super) struct Lines(SmallMap<String, PublishedLine>);

impl Lines {
    pub(super) fn new(literature: &Literature) -> Self {
        let line = |curve: &PublishedCurve| (curve.name.clone(), published_line(curve));
        Self(literature.curves().iter().map(line).collect())
    }
}

fn published_role(curve: &PublishedCurve) -> Role {
    match (curve.kind, curve.family) {
        (CurveKind::Projection, _) => Role::Projection,
        (_, Family::Laboratory) => Role::Published,
        (_, Family::Astrophysics) => Role::Astrophysics,
        (_, Family::Cosmology) => Role::Cosmology,
    }
}

fn excluded_regions(curve: &PublishedCurve) -> Vec<Piece> {
    let frame = Frame::new(PLANE_MASS_MEV, PLANE_COUPLING_PER_GEV);
    let polygons = frame.map_or_else(Vec::new, |frame| curve.excluded_polygons(&frame));
    polygons.into_iter().map(Piece::through).collect()
}

/// A published curve as the plane draws it.
#[must_use]
pub fn published_line(curve: &PublishedCurve) -> PublishedLine {
    PublishedLine {
        name: translated(&curve.label).to_owned(),
        closed: curve.is_closed(),
        role: published_role(curve),
        regions: excluded_regions(curve),
        masses_mev: curve.points.iter().map(|point| point.mass_mev).collect(),
        couplings_per_gev: curve.points.iter().map(|point| point.coupling_per_gev).collect(),
    }
}

/// Whether the curve of an experiment is an expectation: where it has no data, or other ones would have been observed.
pub(super) fn is_expectation(state: &State, spec: &ExperimentSpec) -> bool {
    crate::WORKSHOP && (!spec.has_data() || state.settings.edits.change_the_data(spec.id()))
}

/// Curves that the plane shows of data, in the order of the experiments.
pub(super) fn curves_of_data(registry: &Registry, state: &State, live: &LiveCurves) -> Vec<Arc<Curve>> {
    let is_shown =
        |spec: &&Arc<ExperimentSpec>| is_visible(state, spec.id().name(), true) && !is_expectation(state, spec);
    let specs = registry.specs().filter(|_| !state.settings.expected).filter(is_shown);
    let curves = specs.filter_map(|spec| live.slot(spec.id())?.curve());
    curves.map(Arc::clone).collect()
}

/// Name of several experiments as one.
pub(super) fn combined_name(registry: &Registry, state: &State) -> String {
    let specs = state.combined.iter().filter_map(|id| registry.get(*id).ok());
    specs.map(|spec| spec.name()).collect::<Vec<_>>().join(" + ")
}

/// Everything that the plane is made from.
pub(super) struct PlaneSource<'a> {
    pub(super) registry: &'a Registry,
    pub(super) state: &'a State,
    pub(super) live: &'a LiveCurves,
    pub(super) precise: &'a Precise,
    pub(super) literature: &'a Literature,
    pub(super) lines: &'a Lines,
    pub(super) best_fits: &'a [BestFitPoint],
    pub(super) expectations: &'a Expectations,
    pub(super) decays: &'a Decays,
    pub(super) leads: &'a Leads,
    pub(super) pins: &'a [(String, &'a Pinned)],
    /// Whether the arrow keys walk along the limit of the chosen experiment.
    pub(super) walks: bool,
    pub(super) pointer: Option<&'a Pointer>,
}

/// Where the data of an experiment prefer the point's mass to have its coupling.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BestFitPoint {
    pub(super) position: usize,
    pub(super) mass_mev: f64,
    pub(super) coupling_per_gev: f64,
}

impl PlaneSource<'_> {
    /// The plane of the state: precise curves where they are there, live ones until then.
    pub(super) fn pane(&self) -> PlanePane {
        let (mut exclusion, curves) = (self.exclusion(), self.entries());
        let readout = self
            .pointer
            .map(|pointer| readout(pointer, self.state, (&exclusion, &curves)));
        let stands_out = readout.as_ref().and_then(|readout| readout.curve.clone());
        exclusion.highlighted = stands_out.map(|(name, _)| name);
        PlanePane {
            caption: self.caption(),
            readout,
            exclusion,
            curves,
            leads: self.leads.said(),
        }
    }

    fn caption(&self) -> String {
        let point = self.state.benchmark;
        if self.walks
            && let Ok(spec) = self.registry.get(self.state.experiment)
        {
            return words::walking_along(spec.name());
        }
        let caption = if self.state.plane.contains(point.mass_mev, point.coupling_per_gev) {
            words::plane()
        } else {
            words::plane_without_point()
        };
        caption.to_owned()
    }

    fn exclusion(&self) -> ExclusionView {
        let State {
            benchmark,
            coupling_unit,
            plane,
            ..
        } = self.state;
        let title = words::dipole_with(benchmark.flavor, self.state.settings.weights);
        let computed = self
            .slots()
            .filter(|(spec, ..)| self.is_visible(spec.id().name(), true));
        let is_visible = |name: &str| self.is_visible(name, true);
        let expected = self.expectations.curves(self.registry, self.state, is_visible);
        let published = self
            .literature
            .for_flavor(benchmark.flavor)
            .filter(|curve| is_shown(self.state, curve))
            .filter_map(|curve| self.lines.0.get(&curve.name).cloned());
        ExclusionView {
            computed: computed
                .filter_map(|(spec, position, slot)| Some((spec, self.computed(spec, position, slot)?)))
                .flat_map(|(spec, curve)| parted(spec, self.state.settings.nuclei_only, curve))
                .chain(self.combined())
                .chain(expected)
                .chain(self.pinned_curves())
                .chain(self.decays.lines().iter().cloned())
                .collect(),
            pins: self.pinned_points(),
            published: published.collect(),
            best_fits: self.best_fits.iter().map(|best| self.best_fit(best)).collect(),
            map: self.map(),
            point: Some((benchmark.mass_mev, benchmark.coupling_per_gev)),
            unit: DisplayUnit {
                symbol: coupling_unit.symbol().to_owned(),
                size: coupling_unit.per_gev(),
            },
            ..ExclusionView::empty(title, plane.mass_mev(), plane.coupling_per_gev())
        }
    }

    /// Every experiment whose source has the flavour, with its place in the registry and its curve.
    fn slots(&self) -> impl Iterator<Item = (&ExperimentSpec, usize, &CurveSlot)> {
        let specs = self.registry.specs().enumerate();
        specs.filter_map(|(position, spec)| Some((spec.as_ref(), position, self.live.slot(spec.id())?)))
    }

    fn computed(&self, spec: &ExperimentSpec, position: usize, slot: &CurveSlot) -> Option<ComputedCurve> {
        let wanted = slot.wanted().filter(|_| crate::WORKSHOP);
        let precise = wanted.and_then(|request| self.precise.curve(request));
        let (first, last) = self.state.plane.mass_mev();
        // A live curve has as many masses in what is shown, however little that is.
        let precise = precise.filter(|_| (last / first).log10() > FINER_DECADES);
        let curve = precise.or(slot.curve())?;
        Some(ComputedCurve {
            chosen: spec.id() == self.state.experiment,
            ..if is_expectation(self.state, spec) {
                let name = words::expected_of(spec.name());
                computed_curve(curve, &name, curve_role(position), Dash::Dashed)
            } else {
                computed_curve(curve, spec.name(), curve_role(position), Dash::Solid)
            }
        })
    }

    /// The curve of several experiments as one.
    fn combined(&self) -> Option<ComputedCurve> {
        let slot = self.live.slot(ExperimentId::COMBINATION).filter(|_| crate::WORKSHOP)?;
        let is_visible = self.is_visible(ExperimentId::COMBINATION.name(), true);
        let curve = slot.curve().filter(|_| is_visible)?;
        let name = combined_name(self.registry, self.state);
        Some(computed_curve(curve, &name, Role::Total, Dash::Solid))
    }

    /// Limits of pins for this flavour, each once and none that is drawn already.
    fn pinned_curves(&self) -> Vec<ComputedCurve> {
        let flavor = self.state.benchmark.flavor;
        let mut drawn: Vec<_> = self.live.wanted().collect();
        let mut curves: Vec<ComputedCurve> = Vec::new();
        for (name, pinned) in self.pins {
            let Ok(known) = &pinned.known else { continue };
            let is_new = known.request.flavor == flavor && !drawn.contains(&&known.request);
            let Some(curve) = pinned.curve().filter(|_| is_new) else {
                continue;
            };
            drawn.push(&known.request);
            let position = self.registry.position(known.request.experiment).unwrap_or_default();
            let dash = DASHES[curves.len() % DASHES.len()];
            curves.push(ComputedCurve {
                regions: Vec::new(),
                pinned: true,
                ..computed_curve(curve, name, curve_role(position), dash)
            });
        }
        curves
    }

    /// Points of pins for this flavour, but for one where the point is.
    fn pinned_points(&self) -> Vec<PlaceOfNote> {
        let now = self.state.benchmark;
        let pins = self.pins.iter().enumerate().filter(|(_, (_, pinned))| {
            let point = pinned.pin.benchmark;
            point.flavor == now.flavor && point != now
        });
        pins.map(|(index, (_, pinned))| PlaceOfNote {
            name: (index + 1).to_string(),
            role: curve_role(self.registry.position(pinned.pin.experiment).unwrap_or_default()),
            mass_mev: pinned.pin.benchmark.mass_mev,
            coupling_per_gev: pinned.pin.benchmark.coupling_per_gev,
        })
        .collect()
    }

    fn best_fit(&self, best: &BestFitPoint) -> PlaceOfNote {
        let name = self.registry.specs().nth(best.position).map(|spec| spec.name());
        PlaceOfNote {
            name: words::best_fit_of(name.unwrap_or_default()),
            role: curve_role(best.position),
            mass_mev: best.mass_mev,
            coupling_per_gev: best.coupling_per_gev,
        }
    }

    fn map(&self) -> Option<PlaneMap> {
        if !crate::WORKSHOP {
            return None;
        }
        let request = self.live.slot(self.state.experiment)?.wanted()?;
        Some(PlaneMap {
            masses_mev: masses_mev(PRECISE_MASSES).into(),
            couplings_per_gev: map_couplings_per_gev().into(),
            delta_chi2: Arc::clone(self.precise.map(request)?).into(),
            levels: contour_levels(self.state.confidence.dof),
        })
    }

    /// Every curve that there is for the state's flavour: computed ones first.
    fn entries(&self) -> Vec<CurveEntry> {
        let computed = self.slots().map(|(spec, position, slot)| CurveEntry {
            name: spec.id().to_string(),
            label: spec.name().to_owned(),
            about: words::computed_here().to_owned(),
            link: String::new(),
            visible: self.is_visible(spec.id().name(), true),
            problem: slot.problem().map(words::error),
            role: curve_role(position),
        });
        let combined = self.live.slot(ExperimentId::COMBINATION).filter(|_| crate::WORKSHOP);
        let combined = combined.map(|slot| CurveEntry {
            name: ExperimentId::COMBINATION.to_string(),
            label: combined_name(self.registry, self.state),
            about: words::computed_here().to_owned(),
            link: String::new(),
            visible: self.is_visible(ExperimentId::COMBINATION.name(), true),
            problem: slot.problem().map(words::error),
            role: Role::Total,
        });
        let published = self
            .literature
            .for_flavor(self.state.benchmark.flavor)
            .filter(|curve| {
                curve
                    .applies_to(self.state.benchmark.flavor, self.state.settings.weights)
                    .is_some()
            })
            .map(|curve| CurveEntry {
                name: curve.name.clone(),
                label: translated(&curve.label).to_owned(),
                about: words::about_curve(curve),
                link: curve.link.clone(),
                visible: is_shown(self.state, curve),
                problem: None,
                role: published_role(curve),
            });
        computed.chain(combined).chain(published).collect()
    }

    fn is_visible(&self, name: &str, by_default: bool) -> bool {
        is_visible(self.state, name, by_default)
    }
}

/// Whether the plane of a state shows a published curve. Projections are off until asked for, and of two rivals only one is on.
#[must_use]
pub(super) fn is_shown(state: &State, curve: &PublishedCurve) -> bool {
    let flavor = state.benchmark.flavor;
    let by_default = curve.kind != CurveKind::Projection && !curve.is_alternative_for(flavor);
    // A curve for a coupling common to all flavours applies where all weights are one.
    let applies = curve.applies_to(flavor, state.settings.weights) == Some(1.0);
    applies && is_visible(state, &curve.name, by_default)
}

/// A curve with the part dashed that recoils of electrons make, where it is optimistic for them.
pub(super) fn parted(spec: &ExperimentSpec, nuclei_only: bool, curve: ComputedCurve) -> Vec<ComputedCurve> {
    let is_optimistic = spec.has_optimistic_electrons() && !nuclei_only;
    if !crate::WORKSHOP || !is_optimistic || curve.dash != Dash::Solid {
        return vec![curve];
    }
    let parts = curve.pieces.iter().map(|piece| piece.cut_at(ELECTRONS_BELOW_MEV));
    let (mut light, mut heavy): (Vec<Piece>, Vec<Piece>) = parts.unzip();
    let is_line = |piece: &Piece| piece.masses_mev.len() > 1;
    light.retain(is_line);
    heavy.retain(is_line);
    let dashed = ComputedCurve {
        dash: Dash::Dashed,
        pieces: light,
        everything_excluded_mev: Vec::new(),
        ceilings: Vec::new(),
        regions: Vec::new(),
        ..curve.clone()
    };
    vec![ComputedCurve { pieces: heavy, ..curve }, dashed]
}

fn is_visible(state: &State, name: &str, by_default: bool) -> bool {
    by_default != state.toggled.contains(name)
}

/// A curve as the plane draws it.
#[must_use]
pub fn computed_curve(curve: &Curve, name: &str, role: Role, dash: Dash) -> ComputedCurve {
    let (bottom, top) = PLANE_COUPLING_PER_GEV;
    let limit = |point: &CurvePoint| point.limit_per_gev.as_ref().ok()?.value();
    let runs = |wanted: Stretch| {
        curve
            .stretches()
            .filter(move |(stretch, _)| *stretch == wanted)
            .map(|(_, run)| run)
    };
    let piece = |run: &[CurvePoint], coupling: fn(&CurvePoint) -> Option<f64>| {
        let points = run.iter().filter_map(|point| Some((point.mass_mev, coupling(point)?)));
        let (masses_mev, couplings_per_gev): (Vec<f64>, Vec<f64>) = points.unzip();
        Piece {
            masses_mev: masses_mev.into(),
            couplings_per_gev: couplings_per_gev.into(),
        }
    };
    // Everything above the limit, up to the ceiling where there is one.
    let region = |run: &[CurvePoint]| {
        let lower = run.iter().filter_map(|point| Some((point.mass_mev, limit(point)?)));
        let upper = run.iter().rev();
        let upper = upper.map(|point| (point.mass_mev, point.ceiling_per_gev.unwrap_or(top).min(top)));
        Piece::through(lower.chain(upper))
    };
    let whole =
        |(first, last): (f64, f64)| Piece::through([(first, bottom), (last, bottom), (last, top), (first, top)]);
    let ends = |run: &[CurvePoint]| Some((run.first()?.mass_mev, run.last()?.mass_mev));
    ComputedCurve {
        name: name.to_owned(),
        role,
        dash,
        pieces: runs(Stretch::Limit).map(|run| piece(run, limit)).collect(),
        everything_excluded_mev: runs(Stretch::EverythingExcluded).filter_map(ends).collect(),
        regions: runs(Stretch::Limit)
            .map(region)
            .chain(runs(Stretch::EverythingExcluded).filter_map(ends).map(whole))
            .collect(),
        chosen: false,
        pinned: false,
        ceilings: runs(Stretch::Limit)
            .map(|run| {
                piece(run, |point| {
                    point
                        .ceiling_per_gev
                        .filter(|ceiling| *ceiling <= PLANE_COUPLING_PER_GEV.1)
                })
            })
            .filter(|piece| !piece.masses_mev.is_empty())
            .collect(),
    }
}
