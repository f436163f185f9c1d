//! The plane of mass and coupling.

mod contour;
mod curves;
mod map;

pub use contour::contour;
pub use curves::{ComputedCurve, Piece, PlaceOfNote, PublishedLine};
pub use map::PlaneMap;

use crate::chart::{Arrangement, Axis, Chart, DisplayUnit, Layer, Mark, Panel, Role};

/// What the plane shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ExclusionView {
    /// Whose coupling it is.
    pub title: String,
    /// Curves computed here.
    pub computed: Vec<ComputedCurve>,
    /// Curves from elsewhere.
    pub published: Vec<PublishedLine>,
    /// Couplings that data prefer.
    pub best_fits: Vec<PlaceOfNote>,
    /// Points that are kept.
    pub pins: Vec<PlaceOfNote>,
    /// Map under the curves.
    pub map: Option<PlaneMap>,
    /// Name of the curve that stands out, if one does.
    pub highlighted: Option<String>,
    /// The visitor's point: mass in MeV, coupling in GeV^-1.
    pub point: Option<(f64, f64)>,
    /// Range of masses, in MeV.
    pub mass_mev: (f64, f64),
    /// Range of couplings, in GeV^-1.
    pub coupling_per_gev: (f64, f64),
    /// Unit in which couplings are shown, its size in GeV^-1. The values of the view and of its chart are in GeV^-1; axis, ticks, read-out and
    /// table are in this unit.
    pub unit: DisplayUnit,
}

impl ExclusionView {
    /// An empty plane over a range of masses, in MeV, and of couplings, in GeV^-1, which are shown in GeV^-1.
    #[must_use]
    pub fn empty(title: impl Into<String>, mass_mev: (f64, f64), coupling_per_gev: (f64, f64)) -> Self {
        Self {
            title: title.into(),
            computed: Vec::new(),
            published: Vec::new(),
            best_fits: Vec::new(),
            pins: Vec::new(),
            map: None,
            highlighted: None,
            point: None,
            mass_mev,
            coupling_per_gev,
            unit: DisplayUnit::own("GeV⁻¹"),
        }
    }
}

/// Draws the plane: what is excluded elsewhere as flat regions, the map, curves from elsewhere by family, those computed here in colour over
/// what they exclude, the point on top. Map and published curves stay while the point is dragged.
#[must_use]
pub fn exclusion(view: &ExclusionView) -> Chart {
    // What is seen from farther away lies lower.
    let mut layers = Vec::new();
    for role in [Role::Cosmology, Role::Astrophysics, Role::Published] {
        let family = view.published.iter().filter(|line| line.role == role);
        layers.extend(family.flat_map(PublishedLine::shades));
    }
    if crate::WORKSHOP {
        layers.extend(view.map.iter().flat_map(map::layers));
    }
    layers.extend(view.published.iter().map(PublishedLine::layer));
    layers.extend(view.computed.iter().flat_map(ComputedCurve::shades));
    let one_is_chosen = view.computed.iter().any(|curve| curve.chosen);
    let mut floors = 0;
    let mut last = "";
    for curve in &view.computed {
        // Parts of one curve have one name.
        let is_part = std::mem::replace(&mut last, curve.name.as_str()) == curve.name;
        // Of many upper ends the names would be all that is to be seen; the dashes and the colour say whose they are.
        let own = curve.layers(floors, curve.chosen || !one_is_chosen);
        layers.extend(own.into_iter().map(|layer| Layer {
            label: layer.label.filter(|_| !is_part),
            ..layer
        }));
        floors += usize::from(!curve.everything_excluded_mev.is_empty());
    }
    if let Some(name) = &view.highlighted {
        layers.extend(highlight(view, name));
    }
    layers.extend(view.best_fits.iter().chain(&view.pins).map(PlaceOfNote::layer));
    if let Some((x, y)) = view.point {
        layers.push(Layer::new("", Role::Accent, Mark::Point { x, y }));
    }
    let (low, high) = view.coupling_per_gev;
    Chart {
        description: say!(
            "{}: excluded couplings lie above the limit curves, up to their upper ends where there are some, inside the closed \
             regions, and on the side of open contours that their entries name.",
            view.title
        ),
        arrangement: Arrangement::Rows,
        panels: vec![Panel {
            title: view.title.clone(),
            x: Axis::logarithmic(say!("mass of N  [MeV]"), view.mass_mev.0, view.mass_mev.1),
            y: Axis::logarithmic(say!("coupling d  [{}]", view.unit.symbol), low, high).in_unit(view.unit.size),
            share: 1.0,
            layers,
            legend: None,
            legend_names: true,
            x_name: ("m".to_owned(), "MeV".to_owned()),
            y_unit: view.unit.symbol.clone(),
        }],
    }
}

/// The lines of a curve once more, heavy and above all others.
fn highlight(view: &ExclusionView, name: &str) -> Vec<Layer> {
    let computed = view.computed.iter().filter(|curve| curve.name == name);
    let published = view.published.iter().filter(|line| line.name == name);
    computed
        .flat_map(|curve| curve.layers(0, false))
        .chain(published.map(PublishedLine::layer))
        .map(Layer::heavy)
        .collect()
}
