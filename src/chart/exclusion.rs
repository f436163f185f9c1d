//! The plane of mass and coupling.

use super::{Arrangement, Axis, Chart, Dash, Layer, Mark, Panel, Role, contour};

/// A limit curve that is computed here.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnCurve {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub role: Role,
    /// How its line is drawn.
    pub dash: Dash,
    /// Masses, in MeV.
    pub masses_mev: Vec<f64>,
    /// Limits, in GeV^-1; `None` where there is none.
    pub couplings_per_gev: Vec<Option<f64>>,
}

/// A curve from elsewhere.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignCurve {
    /// Its name.
    pub name: String,
    /// Whether it encloses what is excluded.
    pub closed: bool,
    /// Whether it is a projection.
    pub projection: bool,
    /// Masses, in MeV.
    pub masses_mev: Vec<f64>,
    /// Couplings, in GeV^-1.
    pub couplings_per_gev: Vec<f64>,
}

/// Delta chi-square over the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneMap {
    /// Masses of the columns, in MeV.
    pub masses_mev: Vec<f64>,
    /// Couplings of the rows, in GeV^-1.
    pub couplings_per_gev: Vec<f64>,
    /// Delta chi-square column by column; not a number where it has not been computed.
    pub delta_chi2: Vec<f64>,
    /// Levels of the contours: name and delta chi-square.
    pub levels: Vec<(String, f64)>,
}

/// What the plane shows.
#[derive(Clone, Debug, Default)]
pub struct ExclusionView {
    /// Whose coupling it is.
    pub title: String,
    /// Curves computed here.
    pub own: Vec<OwnCurve>,
    /// Curves from elsewhere.
    pub foreign: Vec<ForeignCurve>,
    /// Map under the curves.
    pub map: Option<PlaneMap>,
    /// The visitor's point: mass in MeV, coupling in GeV^-1.
    pub point: Option<(f64, f64)>,
    /// Range of masses, in MeV.
    pub mass_mev: (f64, f64),
    /// Range of couplings, in GeV^-1.
    pub coupling_per_gev: (f64, f64),
}

/// Draws the plane: the map at the bottom, curves from elsewhere in grey, own curves in colour, the
/// point on top.
#[must_use]
pub fn exclusion(view: &ExclusionView) -> Chart {
    let mut layers = Vec::new();
    if let Some(map) = &view.map {
        layers.extend(map_layers(map));
    }
    layers.extend(view.foreign.iter().map(foreign_layer));
    layers.extend(view.own.iter().flat_map(own_layers));
    if let Some((x, y)) = view.point {
        layers.push(Layer::new("", Role::Accent, Mark::Point { x, y }));
    }
    Chart {
        description: format!(
            "{}: excluded couplings lie above the limit curves and inside the closed regions.",
            view.title
        ),
        arrangement: Arrangement::Rows,
        panels: vec![Panel {
            title: view.title.clone(),
            x: Axis::logarithmic("mass of N  [MeV]", view.mass_mev.0, view.mass_mev.1),
            y: Axis::logarithmic("coupling d  [GeV⁻¹]", view.coupling_per_gev.0, view.coupling_per_gev.1),
            share: 1.0,
            layers,
            legend: None,
            legend_names: true,
            x_name: ("m".to_owned(), "MeV".to_owned()),
            y_unit: "GeV⁻¹".to_owned(),
        }],
    }
}

/// A curve in pieces: it is interrupted where there is no limit. Only the first piece carries the name.
fn own_layers(curve: &OwnCurve) -> Vec<Layer> {
    let mut pieces: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
    let mut open = false;
    for (mass, coupling) in curve.masses_mev.iter().zip(&curve.couplings_per_gev) {
        let Some(coupling) = coupling else {
            open = false;
            continue;
        };
        match pieces.last_mut() {
            Some((x, y)) if open => {
                x.push(*mass);
                y.push(*coupling);
            }
            _ => pieces.push((vec![*mass], vec![*coupling])),
        }
        open = true;
    }
    pieces
        .into_iter()
        .enumerate()
        .map(|(index, (x, y))| {
            let name = if index == 0 { curve.name.clone() } else { String::new() };
            let layer = Layer::new(name, curve.role, Mark::Curve { x, y }).dashed(curve.dash);
            if index == 0 { layer.labelled() } else { layer }
        })
        .collect()
}

fn foreign_layer(curve: &ForeignCurve) -> Layer {
    let (x, y) = (curve.masses_mev.clone(), curve.couplings_per_gev.clone());
    let mark = if curve.closed {
        Mark::Region { x, y }
    } else {
        Mark::Curve { x, y }
    };
    let (role, dash) = if curve.projection {
        (Role::Projection, Dash::Dashed)
    } else {
        (Role::Published, Dash::Solid)
    };
    Layer::new(curve.name.clone(), role, mark).dashed(dash).labelled()
}

/// Bands of the map and its contours.
fn map_layers(map: &PlaneMap) -> Vec<Layer> {
    let levels: Vec<f64> = map.levels.iter().map(|(_, level)| *level).collect();
    let heat = Mark::Heat {
        x: map.masses_mev.clone(),
        y: map.couplings_per_gev.clone(),
        values: map.delta_chi2.clone(),
        levels,
    };
    let mut layers = vec![Layer::new("", Role::First, heat)];
    let logarithms = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value.ln()).collect() };
    let (x, y) = (logarithms(&map.masses_mev), logarithms(&map.couplings_per_gev));
    // Chi-square rises like d^4 far out: its logarithm is what is smooth there. What is added keeps
    // the logarithm away from the minimum, where chi-square is zero.
    let smooth = |delta: f64| (delta + 1.0).ln();
    let values: Vec<f64> = map.delta_chi2.iter().map(|delta| smooth(*delta)).collect();
    for (name, level) in &map.levels {
        for line in contour(&x, &y, &values, smooth(*level)) {
            let (x, y) = line.into_iter().map(|(x, y)| (x.exp(), y.exp())).unzip();
            let layer = Layer::new(name.clone(), Role::First, Mark::Contour { x, y });
            layers.push(layer.dashed(Dash::Dotted));
        }
    }
    layers
}
