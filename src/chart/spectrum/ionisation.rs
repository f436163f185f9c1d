//! Ionisation spectrum with its fitted background (Dresden-II).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role};
use crate::experiment::IonisationData;

/// What the chart shows; every array has one entry per bin.
#[derive(Clone, Debug)]
pub struct IonisationView<'a> {
    /// The measured spectrum.
    pub data: &'a IonisationData,
    /// Edges of the bins, in keV.
    pub edges_kev: &'a [f64],
    /// Background of the fit without dipole.
    pub sm_background: Vec<f64>,
    /// SM signal of that fit.
    pub sm_signal: Vec<f64>,
    /// Background of the fit with dipole.
    pub background: Vec<f64>,
    /// SM signal of that fit.
    pub sm_part: Vec<f64>,
    /// SM and dipole signal of that fit.
    pub signal: Vec<f64>,
    /// Name of the fit with dipole.
    pub name: String,
    /// Whether the dipole alone is drawn too.
    pub parts: bool,
}

/// Above: data, background, background + SM (its own fit), background + SM + dipole. Below: what
/// is left of the data above the background of the fit with dipole, and the signals.
#[must_use]
pub fn ionisation(view: &IonisationView) -> Chart {
    let steps = |y: Vec<f64>| Mark::Steps {
        edges: view.edges_kev.to_vec(),
        y,
    };
    let sum = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let difference = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let points = |y: Vec<f64>| Mark::Points {
        x: view.data.energy_kev.clone(),
        y,
        error: view.data.on_error.clone(),
    };
    let spectrum = vec![
        Layer::new("data", Role::Data, points(view.data.on.clone())),
        Layer::new("background", Role::Background, steps(view.background.clone())).dashed(Dash::Dashed),
        Layer::new(
            "+ SM",
            Role::StandardModel,
            steps(sum(&view.sm_background, &view.sm_signal)),
        ),
        Layer::new(
            format!("+ {}", view.name),
            Role::Total,
            steps(sum(&view.background, &view.signal)),
        ),
    ];
    let mut excess = vec![
        Layer::new(
            "data − background",
            Role::Data,
            points(difference(&view.data.on, &view.background)),
        ),
        Layer::new("SM", Role::StandardModel, steps(view.sm_part.clone())),
        Layer::new(view.name.clone(), Role::Total, steps(view.signal.clone())),
    ];
    if view.parts {
        let dipole = difference(&view.signal, &view.sm_part);
        excess.push(Layer::new("dipole alone", Role::Dipole, steps(dipole)).dashed(Dash::Dashed));
    }
    let (first, last) = (view.edges_kev[0], view.edges_kev[view.edges_kev.len() - 1]);
    let x = |label: &str| Axis::linear(label, first, last);
    let panel = |title: &str, y, share, layers, legend| Panel {
        title: title.to_owned(),
        x: x("ionisation energy  [keV]"),
        y,
        share,
        layers,
        legend: Some(legend),
        legend_names: true,
        x_name: ("E".to_owned(), "keV".to_owned()),
        y_unit: "/day".to_owned(),
    };
    let unit = "counts / (10 eV day)";
    Chart {
        description: "Dresden-II: counts per day in 10 eV bins of ionisation energy, with the fitted \
                      background, and below the excess over it."
            .to_owned(),
        arrangement: Arrangement::Rows,
        panels: vec![
            panel("", Axis::linear(unit, 0.0, 130.0), 1.4, spectrum, Corner::Top),
            panel("", Axis::linear(unit, -15.0, 45.0), 1.0, excess, Corner::TopRight),
        ],
    }
}
