//! The ideal recoil spectrum (fig. 1).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role, Values, decade_above};

/// SM and dipole together at one benchmark.
#[derive(Clone, Debug)]
pub struct RecoilCurve {
    /// What it is called in the legend.
    pub name: String,
    /// Counts per keV of the dipole alone.
    pub dipole_per_kev: Vec<f64>,
    /// Its colour.
    pub role: Role,
    /// How its line is drawn.
    pub dash: Dash,
}

/// What the chart of the ideal spectrum shows.
#[derive(Clone, Debug)]
pub struct RecoilView<'a> {
    /// Heading.
    pub title: String,
    /// Recoil energies, in keV.
    pub recoil_kev: &'a [f64],
    /// SM counts per keV.
    pub sm_per_kev: &'a [f64],
    /// Benchmarks.
    pub curves: Vec<RecoilCurve>,
    /// Whether electrons recoil, and not nuclei.
    pub electrons: bool,
    /// Whether the dipole alone is drawn too.
    pub parts: bool,
}

/// Decades below the SM's largest value that are shown.
const DECADES_BELOW: f64 = 6.0;

/// Draws SM in ink and SM + dipole in colour, on logarithmic axes.
///
/// The range of the vertical axis moves in whole decades only, and its lower end does not depend
/// on the dipole, so that the SM stays where it is while the coupling is dragged.
#[must_use]
pub fn recoil(view: &RecoilView) -> Chart {
    let total = |curve: &RecoilCurve| -> Vec<f64> {
        view.sm_per_kev
            .iter()
            .zip(&curve.dipole_per_kev)
            .map(|(sm, dipole)| sm + dipole)
            .collect()
    };
    let recoil_kev = Values::from(view.recoil_kev);
    let curve = |y: Vec<f64>| Mark::Curve {
        x: recoil_kev.clone(),
        y: y.into(),
    };
    let mut layers = Vec::new();
    for benchmark in &view.curves {
        if view.parts {
            let name = match view.curves.len() {
                1 => say!("dipole alone").to_owned(),
                _ => say!("{}, dipole alone", benchmark.name),
            };
            let part = Layer::new(name, Role::Dipole, curve(benchmark.dipole_per_kev.clone()));
            layers.push(part.dashed(Dash::Dashed));
        }
        let layer = Layer::new(benchmark.name.clone(), benchmark.role, curve(total(benchmark)));
        layers.push(layer.dashed(benchmark.dash));
    }
    layers.push(Layer::new(
        say!("SM"),
        Role::StandardModel,
        curve(view.sm_per_kev.to_vec()),
    ));
    // The legend reads from the SM upwards.
    layers.reverse();
    let largest = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
    let sm_top = largest(view.sm_per_kev);
    let top = view
        .curves
        .iter()
        .map(|curve| largest(&total(curve)))
        .fold(sm_top, f64::max);
    let (low, high) = if sm_top > 0.0 {
        (decade_above(sm_top) * 10_f64.powf(-DECADES_BELOW), decade_above(top))
    } else {
        (1e-3, 1e3_f64.max(decade_above(top.max(1e-3))))
    };
    let first = view.recoil_kev.first().copied().unwrap_or(0.01);
    let last = view.recoil_kev.last().copied().unwrap_or(10.0);
    let energy = if crate::WORKSHOP && view.electrons {
        say!("electron recoil energy T  [keV]")
    } else {
        say!("nuclear recoil energy T  [keV]")
    };
    Chart {
        description: if crate::WORKSHOP && view.electrons {
            say!("{}: counts per keV against the recoil energy of electrons.", view.title)
        } else {
            say!("{}: counts per keV against nuclear recoil energy.", view.title)
        },
        arrangement: Arrangement::Rows,
        panels: vec![Panel {
            title: view.title.clone(),
            x: Axis::logarithmic(energy, first, last),
            y: Axis::logarithmic(say!("counts / keV"), low, high),
            share: 1.0,
            layers,
            legend: Some(Corner::BottomLeft),
            legend_names: true,
            x_name: ("T".to_owned(), "keV".to_owned()),
            y_unit: "/keV".to_owned(),
        }],
    }
}
