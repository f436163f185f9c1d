//! Photoelectrons and arrival times (COHERENT CsI).

use crate::chart::{Arrangement, Axis, Chart, Corner, Dash, Layer, Mark, Panel, Role, Values};

/// What the chart shows, normalised by the fit.
#[derive(Clone, Debug)]
pub struct CountingView {
    /// Name of the experiment.
    pub title: String,
    /// The counts, on each of the quantities that are measured.
    pub projections: Vec<Projection>,
    /// Whether the dipole alone is drawn too, from zero.
    pub parts: bool,
}

/// Counts against one quantity; every array has one entry per bin.
#[derive(Clone, Debug)]
pub struct Projection {
    /// What is measured.
    pub quantity: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Edges of the bins.
    pub edges: Vec<f64>,
    /// Whether what is early needs more room than what is late.
    pub square_root: bool,
    /// Observed counts.
    pub observed: Vec<f64>,
    /// Expected counts from the bottom of the stack to its top: name, colour, plain or hatched (dashed), counts.
    pub stack: Vec<(&'static str, Role, Dash, Vec<f64>)>,
    /// Counts of the dipole alone.
    pub dipole: Vec<f64>,
    /// SM alone with all backgrounds, of its own fit.
    pub sm_total: Vec<f64>,
}

/// The projections side by side, as densities (the bins differ in width), stacked.
#[must_use]
pub fn counting(view: &CountingView) -> Chart {
    // Photoelectrons leave room where there are many; arrival times do not.
    let panels = view.projections.iter().enumerate().map(|(index, projection)| Panel {
        legend: (index == 0).then_some(Corner::TopRight),
        ..projection.panel(view.parts)
    });
    let quantities: Vec<&str> = view.projections.iter().map(|projection| projection.quantity).collect();
    Chart {
        description: say!(
            "{}: counts against {}, with backgrounds, prompt and delayed signals stacked.",
            view.title,
            quantities.join(say!(" and against "))
        ),
        arrangement: Arrangement::Columns,
        panels: panels.collect(),
    }
}

/// Counts per unit of the quantity whose bins have these edges: as many as there are counts, and one.
#[must_use]
pub fn density(edges: &[f64], counts: &[f64]) -> Vec<f64> {
    let widths = edges.windows(2).map(|edge| edge[1] - edge[0]);
    counts.iter().zip(widths).map(|(count, width)| count / width).collect()
}

impl Projection {
    fn density(&self, counts: &[f64]) -> Vec<f64> {
        density(&self.edges, counts)
    }

    /// The stacked layers, and the height of the stack.
    fn stacked(&self, edges: &Values) -> (Vec<Layer>, Vec<f64>) {
        let mut base = vec![0.0; self.observed.len()];
        let mut layers = Vec::new();
        for (name, role, dash, counts) in &self.stack {
            let top: Vec<f64> = base
                .iter()
                .zip(self.density(counts))
                .map(|(base, part)| base + part)
                .collect();
            let mark = Mark::Stack {
                edges: edges.clone(),
                base: base.into(),
                top: top.as_slice().into(),
            };
            layers.push(Layer::new(*name, *role, mark).dashed(*dash));
            base = top;
        }
        (layers, base)
    }

    fn panel(&self, parts: bool) -> Panel {
        let edges = Values::from(self.edges.as_slice());
        let steps = |y: Vec<f64>| Mark::Steps {
            edges: edges.clone(),
            y: y.into(),
        };
        let (mut layers, all) = self.stacked(&edges);
        layers.push(Layer::new(say!("all"), Role::Total, steps(all)));
        let sm = steps(self.density(&self.sm_total));
        layers.push(Layer::new(say!("SM alone, fitted"), Role::StandardModel, sm).dashed(Dash::Dashed));
        if parts {
            let dipole = steps(self.density(&self.dipole));
            layers.push(Layer::new(say!("dipole alone"), Role::Dipole, dipole).dashed(Dash::Dashed));
        }
        let roots: Vec<f64> = self.observed.iter().map(|count| count.sqrt()).collect();
        let (observed, error) = (self.density(&self.observed), self.density(&roots));
        // Headroom for the legend. The data alone set it, so that the axis does not follow every move.
        let largest = observed
            .iter()
            .zip(&error)
            .map(|(y, error)| y + error)
            .fold(0.0, f64::max);
        let data = Mark::Points {
            x: edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect(),
            y: observed.into(),
            error: error.into(),
        };
        layers.push(Layer::new(say!("data"), Role::Data, data));
        let stretched = if self.square_root {
            say!(", square-root scale")
        } else {
            ""
        };
        // A ratio has no unit.
        let is_ratio = crate::WORKSHOP && self.unit.is_empty();
        let label = if is_ratio {
            self.quantity.to_owned()
        } else {
            format!("{}{stretched}  [{}]", self.quantity, self.unit)
        };
        let (first, last) = (
            edges.first().copied().unwrap_or(0.0),
            edges.last().copied().unwrap_or(1.0),
        );
        Panel {
            title: String::new(),
            x: if self.square_root {
                Axis::square_root(label, last)
            } else {
                Axis::linear(label, first, last)
            },
            y: Axis::linear(
                if is_ratio {
                    say!("counts per unit").to_owned()
                } else {
                    say!("counts / {}", self.unit)
                },
                0.0,
                1.3 * largest,
            ),
            share: 1.0,
            layers,
            legend: None,
            legend_names: true,
            x_name: (self.quantity.to_owned(), self.unit.to_owned()),
            y_unit: if is_ratio {
                String::new()
            } else {
                format!("/{}", self.unit)
            },
        }
    }
}
