//! Counts with errors in bins, beside what is expected there: an excess, or the runs of a search.

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role, Values};

/// What the chart shows.
#[derive(Clone, Debug)]
pub struct BinnedView {
    /// Name of the experiment.
    pub title: String,
    /// What is measured, and its unit.
    pub quantity: (String, &'static str),
    /// What is counted, as the axis says it.
    pub counts: String,
    /// Unit of the counts.
    pub unit: &'static str,
    /// One or more sets of the same bins.
    pub sets: Vec<BinnedSet>,
    /// Name of the fit with dipole.
    pub name: String,
    /// Whether the dipole alone is drawn too, from zero.
    pub parts: bool,
}

/// A set of bins; every array has one entry per bin.
#[derive(Clone, Debug)]
pub struct BinnedSet {
    /// What it is called; empty for the only one.
    pub title: String,
    /// Edges of the bins.
    pub edges: Vec<f64>,
    /// What was counted.
    pub observed: Vec<f64>,
    /// Its errors.
    pub errors: Vec<f64>,
    /// Background of the fit; empty where there is none.
    pub background: Vec<f64>,
    /// SM, with the background of its own fit.
    pub sm: Vec<f64>,
    /// All of the fit with dipole.
    pub total: Vec<f64>,
    /// Its dipole alone.
    pub dipole: Vec<f64>,
}

/// The sets side by side.
#[must_use]
pub fn binned(view: &BinnedView) -> Chart {
    let (quantity, unit) = &view.quantity;
    let panels = view.sets.iter().enumerate();
    Chart {
        description: say!(
            "{}: {} against {}, with what is expected.",
            view.title,
            view.counts,
            quantity
        ),
        arrangement: Arrangement::Columns,
        panels: panels
            .map(|(index, set)| Panel {
                title: set.title.clone(),
                x: Axis::linear(
                    set.axis_name(quantity, unit),
                    set.edges.first().copied().unwrap_or(0.0),
                    set.edges.last().copied().unwrap_or(1.0),
                ),
                y: set.axis(&view.counts),
                share: 1.0,
                layers: set.layers(view),
                legend: (index == 0).then_some(Corner::TopRight),
                legend_names: true,
                x_name: (quantity.clone(), (*unit).to_owned()),
                y_unit: view.unit.to_owned(),
            })
            .collect(),
    }
}

impl BinnedSet {
    /// The runs of a search are told apart by it: a title stands with a legend, and there is one for all.
    fn axis_name(&self, quantity: &str, unit: &str) -> String {
        if self.title.is_empty() {
            return format!("{quantity}  [{unit}]");
        }
        format!("{}  [{unit}]", say!("{} in {}", quantity, self.title))
    }

    /// As high as the data with their errors, and as low where they are negative: the axis does not follow every move.
    fn axis(&self, counts: &str) -> Axis {
        let ends = self.observed.iter().zip(&self.errors);
        let (low, high) = ends.fold((0.0_f64, 0.0_f64), |(low, high), (y, error)| {
            (low.min(y - error), high.max(y + error))
        });
        Axis::linear(counts, 1.1 * low, 1.3 * high)
    }

    fn layers(&self, view: &BinnedView) -> Vec<Layer> {
        let edges: Values = self.edges.as_slice().into();
        let steps = |y: &[f64]| Mark::Steps {
            edges: edges.clone(),
            y: y.into(),
        };
        let data = Mark::Points {
            x: edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect(),
            y: self.observed.as_slice().into(),
            error: self.errors.as_slice().into(),
        };
        let mut layers = vec![Layer::new(say!("data"), Role::Data, data)];
        if !self.background.is_empty() {
            let background = Layer::new(say!("background"), Role::Background, steps(&self.background));
            layers.push(background.dashed(Dash::Dashed));
        }
        layers.push(Layer::new("SM", Role::StandardModel, steps(&self.sm)));
        layers.push(Layer::new(view.name.clone(), Role::Total, steps(&self.total)));
        if view.parts {
            layers.push(Layer::new(say!("dipole alone"), Role::Dipole, steps(&self.dipole)).dashed(Dash::Dashed));
        }
        layers
    }
}
