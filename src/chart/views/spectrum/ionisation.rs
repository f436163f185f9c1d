//! Ionisation spectrum with its fitted background (Dresden-II).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role, Values};

/// What the chart shows; every array has one entry per bin, in counts per day.
#[derive(Clone, Debug)]
pub struct IonisationView<'a> {
    /// Name of the experiment.
    pub title: String,
    /// Centres of the bins, in keV.
    pub energy_kev: &'a [f64],
    /// The measured spectrum.
    pub observed: &'a [f64],
    /// Its errors.
    pub errors: &'a [f64],
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
    /// Whether the dipole alone is drawn too, from zero.
    pub parts: bool,
}

/// Above: data, background, background + SM (its own fit), background + SM + dipole. Below: what
/// is left of the data above the background of the fit with dipole, and the signals.
#[must_use]
pub fn ionisation(view: &IonisationView) -> Chart {
    let (energy_kev, edges_kev): (Values, Values) = (view.energy_kev.into(), view.edges_kev.into());
    let steps = |y: Vec<f64>| Mark::Steps {
        edges: edges_kev.clone(),
        y: y.into(),
    };
    let sum = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a + b).collect() };
    let difference = |a: &[f64], b: &[f64]| -> Vec<f64> { a.iter().zip(b).map(|(a, b)| a - b).collect() };
    let points = |y: Values| Mark::Points {
        x: energy_kev.clone(),
        y,
        error: view.errors.into(),
    };
    let (sm, with_dipole) = (
        sum(&view.sm_background, &view.sm_signal),
        sum(&view.background, &view.signal),
    );
    let mut spectrum = vec![
        Layer::new(say!("data"), Role::Data, points(view.observed.into())),
        Layer::new(say!("background"), Role::Background, steps(view.background.clone())).dashed(Dash::Dashed),
        Layer::new("+ SM", Role::StandardModel, steps(sm)),
        Layer::new(format!("+ {}", view.name), Role::Total, steps(with_dipole)),
    ];
    let left = difference(view.observed, &view.background);
    let mut excess = vec![
        Layer::new(say!("data − background"), Role::Data, points(left.into())),
        Layer::new("SM", Role::StandardModel, steps(view.sm_part.clone())),
        Layer::new(view.name.clone(), Role::Total, steps(view.signal.clone())),
    ];
    if view.parts {
        let dipole = steps(difference(&view.signal, &view.sm_part));
        let alone = Layer::new(say!("dipole alone"), Role::Dipole, dipole).dashed(Dash::Dashed);
        spectrum.push(alone.clone());
        excess.push(alone);
    }
    let first = view.edges_kev.first().copied().unwrap_or(0.0);
    let last = view.edges_kev.last().copied().unwrap_or(1.0);
    let panel = |y, share, layers, legend| Panel {
        title: String::new(),
        x: Axis::linear(say!("ionisation energy  [keV]"), first, last),
        y,
        share,
        layers,
        legend: Some(legend),
        legend_names: true,
        x_name: ("E".to_owned(), "keV".to_owned()),
        y_unit: say!("/day").to_owned(),
    };
    let bins = energy_kev.len().max(1) as f64;
    let width_ev = format!("{:.0} eV", (last - first) / bins * 1e3);
    let unit = say!("counts / ({} day)", width_ev);
    Chart {
        description: say!(
            "{}: counts per day in {} bins of ionisation energy, with the fitted background, and below the excess over it.",
            view.title,
            width_ev
        ),
        arrangement: Arrangement::Rows,
        panels: vec![
            panel(Axis::linear(unit, 0.0, 130.0), 1.4, spectrum, Corner::Top),
            // In the same unit, for which a low panel has no room.
            panel(Axis::linear(say!("excess"), -15.0, 45.0), 1.0, excess, Corner::TopRight),
        ],
    }
}
