//! Photoelectrons and arrival times (COHERENT CsI).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role};
use crate::experiment::Binning;

/// What the chart shows: arrays over all bins, normalised by the fit.
#[derive(Clone, Debug)]
pub struct CountingView<'a> {
    /// The bins.
    pub binning: &'a Binning,
    /// Observed counts.
    pub observed: &'a [f64],
    /// Expected counts from the bottom of the stack to its top.
    pub stack: Vec<(&'static str, Role, Vec<f64>)>,
    /// SM alone with all backgrounds, of its own fit.
    pub sm_total: Vec<f64>,
}

/// The projections on photoelectrons and on time side by side, as densities (the bins differ in
/// width), stacked.
#[must_use]
pub fn counting(view: &CountingView) -> Chart {
    let binning = view.binning;
    let by_energy = |bins: &[f64]| binning.by_energy(bins);
    let mut panels = vec![projection(
        view,
        ("photoelectrons", "PE"),
        &binning.energy.edges,
        by_energy,
    )];
    if let Some(time) = &binning.time {
        let by_time = |bins: &[f64]| binning.by_time(bins);
        let mut panel = projection(view, ("arrival time", "µs"), &time.edges, by_time);
        // The prompt neutrinos arrive within the first microsecond of six.
        panel.x = Axis::square_root(panel.x.label, panel.x.high);
        panel.legend = Some(Corner::TopRight);
        panels.push(panel);
    }
    Chart {
        description: "COHERENT CsI: counts against photoelectrons and against arrival time, with \
                      backgrounds, prompt and delayed signals stacked."
            .to_owned(),
        arrangement: Arrangement::Columns,
        panels,
    }
}

fn projection(
    view: &CountingView,
    (quantity, unit): (&str, &str),
    edges: &[f64],
    project: impl Fn(&[f64]) -> Vec<f64>,
) -> Panel {
    let density = |bins: &[f64]| -> Vec<f64> {
        project(bins)
            .iter()
            .zip(edges.windows(2))
            .map(|(count, edge)| count / (edge[1] - edge[0]))
            .collect()
    };
    let middles: Vec<f64> = edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect();
    let counts = project(view.observed);
    let error: Vec<f64> = counts
        .iter()
        .zip(edges.windows(2))
        .map(|(count, edge)| count.sqrt() / (edge[1] - edge[0]))
        .collect();
    let mut layers = Vec::new();
    let mut base = vec![0.0; middles.len()];
    for (name, role, bins) in &view.stack {
        let top: Vec<f64> = base.iter().zip(density(bins)).map(|(base, part)| base + part).collect();
        layers.push(Layer::new(
            *name,
            *role,
            Mark::Stack {
                edges: edges.to_vec(),
                base,
                top: top.clone(),
            },
        ));
        base = top;
    }
    let steps = |y| Mark::Steps {
        edges: edges.to_vec(),
        y,
    };
    let observed = density(view.observed);
    // Headroom for the legend; whole steps, so that the axis does not follow every move.
    let largest = observed
        .iter()
        .zip(&error)
        .map(|(y, error)| y + error)
        .fold(0.0, f64::max);
    layers.push(Layer::new("all", Role::Total, steps(base)));
    layers
        .push(Layer::new("SM only, own fit", Role::StandardModel, steps(density(&view.sm_total))).dashed(Dash::Dashed));
    layers.push(Layer::new(
        "data",
        Role::Data,
        Mark::Points {
            x: middles,
            y: observed,
            error,
        },
    ));
    Panel {
        title: String::new(),
        x: Axis::linear(format!("{quantity}  [{unit}]"), edges[0], edges[edges.len() - 1]),
        y: Axis::linear(format!("counts / {unit}"), 0.0, 1.3 * largest),
        share: 1.0,
        layers,
        legend: None,
        legend_names: true,
        x_name: (quantity.to_owned(), unit.to_owned()),
        y_unit: format!("/{unit}"),
    }
}
