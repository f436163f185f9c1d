//! Values of a panel at an abscissa: for the pointer, the arrow keys and the table.

use super::{Layer, Mark, Panel, Role};

/// One layer's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The layer's name.
    pub name: String,
    /// Its value, and its error where it has one.
    pub value: f64,
    /// Error of the value.
    pub error: Option<f64>,
}

/// Values of a panel as a table: a column a layer, a row an abscissa.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTable {
    /// Names of the columns behind that of the abscissa.
    pub columns: Vec<String>,
    /// Abscissa and values; `None` where a layer has none.
    pub rows: Vec<(f64, Vec<Option<f64>>)>,
}

/// The values of all layers at one abscissa.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// The abscissa: of the nearest drawn point or bin.
    pub x: f64,
    /// Values of the layers that have one there.
    pub rows: Vec<Row>,
}

impl Panel {
    /// Abscissas at which the panel has values: those of its first layer that has any, of ours
    /// rather than of somebody else's.
    #[must_use]
    pub fn abscissas(&self) -> Vec<f64> {
        let foreign = |layer: &&Layer| matches!(layer.role, Role::Published | Role::Projection);
        let (foreign, own): (Vec<_>, Vec<_>) = self.layers.iter().partition(foreign);
        own.into_iter()
            .chain(foreign)
            .map(Layer::abscissas)
            .find(|x| !x.is_empty())
            .unwrap_or_default()
    }

    /// Index of the abscissa nearest to `x` along the axis.
    #[must_use]
    pub fn nearest(&self, x: f64) -> Option<usize> {
        let position = self.x.fraction(x);
        let distance = |known: &f64| (self.x.fraction(*known) - position).abs();
        self.abscissas()
            .iter()
            .map(distance)
            .enumerate()
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(index, _)| index)
    }

    /// About `count` rows of values, spread over all abscissas.
    #[must_use]
    pub fn table(&self, count: usize) -> ValueTable {
        let abscissas = self.abscissas();
        let every = abscissas.len().div_ceil(count.max(1)).max(1);
        let readings: Vec<Reading> = (0..abscissas.len())
            .step_by(every)
            .filter_map(|index| self.reading(index))
            .collect();
        let mut columns: Vec<String> = Vec::new();
        for layer in &self.layers {
            let has_values = readings
                .iter()
                .any(|reading| reading.rows.iter().any(|row| row.name == layer.name));
            if has_values && !columns.contains(&layer.name) {
                columns.push(layer.name.clone());
            }
        }
        let values = |reading: &Reading| {
            let value = |name: &String| reading.rows.iter().find(|row| row.name == *name).map(|row| row.value);
            columns.iter().map(value).collect()
        };
        ValueTable {
            rows: readings.iter().map(|reading| (reading.x, values(reading))).collect(),
            columns,
        }
    }

    /// Values at the abscissa of this index; `None` beyond the last.
    #[must_use]
    pub fn reading(&self, index: usize) -> Option<Reading> {
        let x = *self.abscissas().get(index)?;
        let rows = self
            .layers
            .iter()
            .filter(|layer| !layer.name.is_empty())
            .filter_map(|layer| layer.at(x, self))
            .collect();
        Some(Reading { x, rows })
    }
}

impl Layer {
    /// Middles of bins, or the points themselves.
    fn abscissas(&self) -> Vec<f64> {
        match &self.mark {
            Mark::Curve { x, .. } | Mark::Points { x, .. } => x.clone(),
            Mark::Contour { .. } | Mark::Region { .. } | Mark::Heat { .. } | Mark::Point { .. } => Vec::new(),
            Mark::Steps { edges, .. } | Mark::Stack { edges, .. } => {
                edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect()
            }
        }
    }

    /// The value at `x`: on the line drawn there, of the point there, or of the bin that holds it.
    fn at(&self, x: f64, panel: &Panel) -> Option<Row> {
        let (value, error) = match &self.mark {
            Mark::Curve { x: xs, y } => (on_line(xs, y, x, panel)?, None),
            Mark::Points { x: xs, y, error } => {
                let index = index_of(xs, x)?;
                (*y.get(index)?, error.get(index).copied())
            }
            Mark::Contour { .. } | Mark::Region { .. } | Mark::Heat { .. } | Mark::Point { .. } => return None,
            Mark::Steps { edges, y } => (*y.get(bin_of(edges, x)?)?, None),
            Mark::Stack { edges, base, top } => {
                let bin = bin_of(edges, x)?;
                (top.get(bin)? - base.get(bin)?, None)
            }
        };
        Some(Row {
            name: self.name.clone(),
            value,
            error,
        })
    }
}

/// Ordinate at `x` on the line through the points as it is drawn: straight along the panel's axes. `None` beside the line.
fn on_line(xs: &[f64], ys: &[f64], x: f64, panel: &Panel) -> Option<f64> {
    if let Some(index) = index_of(xs, x) {
        return ys.get(index).copied();
    }
    let (position, segment) = (panel.x.fraction(x), |index: usize| panel.x.fraction(xs[index]));
    let before = (1..xs.len()).find(|next| {
        let (from, to) = (segment(next - 1), segment(*next));
        (from.min(to)..=from.max(to)).contains(&position)
    })? - 1;
    let (from, to) = (
        panel.y.fraction(*ys.get(before)?),
        panel.y.fraction(*ys.get(before + 1)?),
    );
    let share = (position - segment(before)) / (segment(before + 1) - segment(before));
    Some(panel.y.value(from + share * (to - from)))
}

fn index_of(xs: &[f64], x: f64) -> Option<usize> {
    xs.iter().position(|known| (known - x).abs() <= 1e-9 * x.abs())
}

fn bin_of(edges: &[f64], x: f64) -> Option<usize> {
    edges.windows(2).position(|edge| (edge[0]..edge[1]).contains(&x))
}

#[cfg(test)]
mod tests {
    use super::super::{Axis, Dash};
    use super::*;

    #[test]
    fn every_value_stands_under_its_own_curve() {
        let layer = |name: &str, x: Vec<f64>, y: Vec<f64>| Layer {
            dash: Dash::Solid,
            ..Layer::new(name, Role::First, Mark::Curve { x, y })
        };
        let panel = Panel {
            title: String::new(),
            x: Axis::linear("", 0.0, 3.0),
            y: Axis::linear("", 0.0, 10.0),
            share: 1.0,
            layers: vec![
                layer("all", vec![0.0, 1.0, 2.0], vec![1.0, 2.0, 3.0]),
                layer("late", vec![1.5, 2.5], vec![5.0, 7.0]),
            ],
            legend: None,
            legend_names: true,
            x_name: (String::new(), String::new()),
            y_unit: String::new(),
        };
        let table = panel.table(10);
        assert_eq!(table.columns, ["all", "late"]);
        assert_eq!(table.rows[0], (0.0, vec![Some(1.0), None]));
        assert_eq!(table.rows[2].1[1].map(|value| (value * 1e9).round()), Some(6e9));
    }
}
