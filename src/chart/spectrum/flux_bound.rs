//! Recoils before and after efficiency (xenon and the Sun).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role};

/// What the chart shows.
#[derive(Clone, Debug)]
pub struct FluxBoundView<'a> {
    /// Name of the experiment.
    pub title: String,
    /// Recoil energies, in keV.
    pub recoil_kev: &'a [f64],
    /// Efficiency at these.
    pub efficiency: Vec<f64>,
    /// SM counts per keV before efficiency.
    pub sm_per_kev: Vec<f64>,
    /// SM and dipole counts per keV before efficiency.
    pub total_per_kev: Vec<f64>,
    /// Name of SM and dipole together.
    pub name: String,
}

/// Spectra before (dashed) and after (solid) efficiency, on logarithmic axes.
#[must_use]
pub fn flux_bound(view: &FluxBoundView) -> Chart {
    let curve = |y: Vec<f64>| Mark::Curve {
        x: view.recoil_kev.to_vec(),
        y,
    };
    let seen = |rates: &[f64]| -> Vec<f64> {
        rates
            .iter()
            .zip(&view.efficiency)
            .map(|(rate, eff)| rate * eff)
            .collect()
    };
    let layers = vec![
        Layer::new("SM", Role::StandardModel, curve(view.sm_per_kev.clone())).dashed(Dash::Dashed),
        Layer::new(view.name.clone(), Role::Total, curve(view.total_per_kev.clone())).dashed(Dash::Dashed),
        Layer::new("SM, seen", Role::StandardModel, curve(seen(&view.sm_per_kev))),
        Layer::new(
            format!("{}, seen", view.name),
            Role::Total,
            curve(seen(&view.total_per_kev)),
        ),
    ];
    let largest = view.total_per_kev.iter().copied().fold(1e-3, f64::max);
    let first = view.recoil_kev.first().copied().unwrap_or(0.01);
    let last = view.recoil_kev.last().copied().unwrap_or(10.0);
    Chart {
        description: format!(
            "{}: counts per keV against recoil energy, before and after efficiency.",
            view.title
        ),
        arrangement: Arrangement::Rows,
        panels: vec![Panel {
            title: view.title.clone(),
            x: Axis::logarithmic("nuclear recoil energy T  [keV]", first, last),
            y: Axis::logarithmic("counts / keV", 1e-4, 10_f64.powf((1.2 * largest).log10().ceil())),
            share: 1.0,
            layers,
            legend: Some(Corner::BottomLeft),
            legend_names: true,
            x_name: ("T".to_owned(), "keV".to_owned()),
            y_unit: "/keV".to_owned(),
        }],
    }
}
