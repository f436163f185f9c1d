//! Xenon and the Sun: the data are one number, the largest count that a published bound on the flux allows.

use crate::chart::{
    Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role, Values, decade_above, scientific,
};

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
    /// Counts per keV of the dipole alone before efficiency.
    pub dipole_per_kev: Vec<f64>,
    /// Name of SM and dipole together.
    pub name: String,
    /// Counts over the whole exposure, after efficiency.
    pub counts: BoundedCounts,
    /// Whether the dipole alone is drawn too.
    pub parts: bool,
}

/// Counts in the one bin that there is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BoundedCounts {
    /// Of the SM.
    pub sm: f64,
    /// Of the dipole alone.
    pub dipole: f64,
    /// The largest that is allowed: the SM at the published bound of the flux.
    pub largest: f64,
    /// Confidence level of the bound, between 0 and 1.
    pub confidence_level: f64,
}

/// Above: spectra before (thin) and after efficiency, with that of the SM at the bound of the flux. Below: the counts, held against
/// the largest that the bound allows; what lies in the shade is excluded.
#[must_use]
pub fn flux_bound(view: &FluxBoundView) -> Chart {
    Chart {
        description: say!(
            "{}: counts per keV against recoil energy, before and after efficiency, and the counts in all: SM {}, {} {}, \
             largest allowed at {} {}.",
            view.title,
            scientific(view.counts.sm, 3),
            view.name,
            scientific(view.counts.sm + view.counts.dipole, 3),
            percent(&view.counts),
            scientific(view.counts.largest, 3)
        ),
        arrangement: Arrangement::Stack,
        panels: vec![spectrum(view), totals(view)],
    }
}

fn percent(counts: &BoundedCounts) -> String {
    format!("{} %", (1e3 * counts.confidence_level).round() / 10.0)
}

fn spectrum(view: &FluxBoundView) -> Panel {
    let recoil_kev = Values::from(view.recoil_kev);
    let curve = |y: Values| Mark::Curve {
        x: recoil_kev.clone(),
        y,
    };
    let times = |rates: &[f64], factor: f64| -> Values {
        let seen = rates.iter().zip(&view.efficiency);
        seen.map(|(rate, efficiency)| factor * rate * efficiency).collect()
    };
    let total: Vec<f64> = view
        .sm_per_kev
        .iter()
        .zip(&view.dipole_per_kev)
        .map(|(sm, dipole)| sm + dipole)
        .collect();
    let bound = say!("SM at the {} bound of the flux", percent(&view.counts));
    let before = |role, rates: &[f64], name: &str| {
        Layer::new(say!("{}, before efficiency", name), role, curve(rates.into()))
            .dashed(Dash::Dotted)
            .thin()
    };
    // Nothing is expected where the SM gives nothing: no bound can be drawn.
    let above_sm = if view.counts.sm > 0.0 {
        view.counts.largest / view.counts.sm
    } else {
        0.0
    };
    let mut layers = vec![
        Layer::new("SM", Role::StandardModel, curve(times(&view.sm_per_kev, 1.0))),
        Layer::new(view.name.clone(), Role::Total, curve(times(&total, 1.0))),
        Layer::new(bound, Role::Bound, curve(times(&view.sm_per_kev, above_sm))).dashed(Dash::Dashed),
    ];
    if view.parts {
        let dipole = curve(times(&view.dipole_per_kev, 1.0));
        layers.push(Layer::new(say!("dipole alone"), Role::Dipole, dipole).dashed(Dash::Dashed));
    }
    // One name on the upper pair of curves says what both are.
    layers.push(before(Role::StandardModel, &view.sm_per_kev, "SM"));
    layers.push(before(Role::Total, &total, &view.name).labelled_as(say!("before efficiency")));
    let largest = total.iter().copied().fold(1e-3, f64::max);
    let first = view.recoil_kev.first().copied().unwrap_or(0.01);
    let last = view.recoil_kev.last().copied().unwrap_or(10.0);
    Panel {
        title: view.title.clone(),
        x: Axis::logarithmic(say!("nuclear recoil energy T  [keV]"), first, last),
        y: Axis::logarithmic(say!("counts / keV"), 1e-5, decade_above(largest)),
        share: 1.7,
        layers,
        legend: Some(Corner::BottomLeft),
        legend_names: true,
        x_name: ("T".to_owned(), "keV".to_owned()),
        y_unit: "/keV".to_owned(),
    }
}

/// Counts as bars: the axis ends at twice the bound, so that the bound does not move while the dipole does.
fn totals(view: &FluxBoundView) -> Panel {
    let BoundedCounts {
        sm, dipole, largest, ..
    } = view.counts;
    let mut bars = vec![
        ("SM".to_owned(), Role::StandardModel, sm),
        (view.name.clone(), Role::Total, sm + dipole),
    ];
    if view.parts {
        bars.push((say!("dipole alone").to_owned(), Role::Dipole, dipole));
    }
    let lanes = bars.len();
    let bound = say!("{} bound", percent(&view.counts));
    let threshold = Layer::new(bound.clone(), Role::Bound, Mark::Threshold { value: largest })
        .labelled_as(format!("{bound}: {}", scientific(largest, 3)));
    let bars = bars.into_iter().enumerate().map(|(lane, (name, role, value))| {
        let text = format!("{name}: {}", scientific(value, 3));
        Layer::new(name, role, Mark::Bar { value, lane, lanes }).labelled_as(text)
    });
    Panel {
        title: String::new(),
        x: Axis::linear(say!("counts in the exposure"), 0.0, 2.0 * largest),
        y: Axis::lanes(),
        share: 1.0,
        layers: std::iter::once(threshold).chain(bars).collect(),
        legend: None,
        legend_names: false,
        x_name: (String::new(), say!("in all").to_owned()),
        y_unit: say!("counts").to_owned(),
    }
}
