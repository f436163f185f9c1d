//! Values of a panel at an abscissa: for the pointer, the arrow keys and the table.

use super::{Layer, Mark, Panel};
use crate::chart::Role;
use crate::chart::scale::scientific;
use crate::numerics::order::sort_numbers;

/// What a layer has at an abscissa.
#[derive(Clone, Debug, PartialEq)]
pub enum Amount {
    /// A number, in the unit that the panel shows.
    Number {
        /// The number.
        value: f64,
        /// Its error, where it has one.
        error: Option<f64>,
    },
    /// A word where a number would mislead.
    Word(String),
}

impl Amount {
    /// A number with `digits` significant digits, its error and `unit`; a word as it is.
    #[must_use]
    pub fn text(&self, digits: usize, unit: &str) -> String {
        match self {
            Self::Number { value, error: None } => format!("{} {unit}", scientific(*value, digits)),
            Self::Number {
                value,
                error: Some(error),
            } => format!("{} ± {} {unit}", scientific(*value, digits), scientific(*error, 2)),
            Self::Word(word) => word.clone(),
        }
    }
}

/// One layer's value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The layer's name.
    pub name: String,
    /// Its colour.
    pub role: Role,
    /// Its value.
    pub amount: Amount,
}

/// Values of a panel as a table: a column a layer, a row an abscissa.
#[derive(Clone, Debug, PartialEq)]
pub struct ValueTable {
    /// Names of the columns behind that of the abscissa.
    pub columns: Vec<String>,
    /// Abscissa and values; `None` where a layer has none. What belongs to no abscissa (bars) is a row without one.
    pub rows: Vec<(Option<f64>, Vec<Option<Amount>>)>,
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
    /// Abscissas at which the panel has values: those of its first layer that has any, of ours rather than of somebody
    /// else's. Curves may begin and end anywhere: where the first is one, the abscissas of all of ours count, as far as they are on the axis.
    #[must_use]
    pub fn abscissas(&self) -> Vec<f64> {
        let (published, ours): (Vec<_>, Vec<_>) = self.layers.iter().partition(|layer| layer.role.is_published());
        let with_values = |layer: &&&Layer| !layer.abscissas().is_empty();
        let Some(first) = ours.iter().chain(&published).find(with_values) else {
            return Vec::new();
        };
        if !first.is_line() {
            return first.abscissas();
        }
        let lines = if first.role.is_published() { vec![*first] } else { ours };
        let mut all: Vec<f64> = lines
            .iter()
            .filter(|layer| layer.is_line())
            .flat_map(|layer| layer.abscissas())
            .filter(|x| self.x.shows(*x))
            .collect();
        sort_numbers(&mut all);
        all.dedup_by(|next, kept| is_same(*next, *kept));
        all
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
        let mut read: Vec<(Option<f64>, Vec<Row>)> = (0..abscissas.len())
            .step_by(every)
            .filter_map(|index| self.reading(index))
            .map(|reading| (Some(reading.x), reading.rows))
            .collect();
        let bars: Vec<Row> = self.layers.iter().filter_map(Layer::bar).collect();
        if !bars.is_empty() {
            read.push((None, bars));
        }
        let mut columns: Vec<String> = Vec::new();
        for layer in &self.layers {
            let has_values = read
                .iter()
                .any(|(_, rows)| rows.iter().any(|row| row.name == layer.name));
            if has_values && !columns.contains(&layer.name) {
                columns.push(layer.name.clone());
            }
        }
        let cells = |rows: &[Row]| {
            let amount = |name: &String| rows.iter().find(|row| row.name == *name).map(|row| row.amount.clone());
            columns.iter().map(amount).collect()
        };
        ValueTable {
            rows: read.iter().map(|(x, rows)| (*x, cells(rows))).collect(),
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
    /// Whether it is a line whose points say where it has values.
    fn is_line(&self) -> bool {
        matches!(self.mark, Mark::Curve { .. } | Mark::Floor { .. })
    }

    /// Middles of bins, or the points themselves.
    fn abscissas(&self) -> Vec<f64> {
        match &self.mark {
            Mark::Curve { x, .. } | Mark::Floor { x, .. } | Mark::Points { x, .. } => x.to_vec(),
            Mark::Steps { edges, .. } | Mark::Stack { edges, .. } => {
                edges.windows(2).map(|edge| 0.5 * (edge[0] + edge[1])).collect()
            }
            Mark::Contour { .. }
            | Mark::Region { .. }
            | Mark::Shade { .. }
            | Mark::Heat { .. }
            | Mark::Point { .. }
            | Mark::Cross { .. }
            | Mark::Bar { .. }
            | Mark::Threshold { .. } => Vec::new(),
        }
    }

    /// The value of a bar or a threshold: it belongs to no abscissa.
    fn bar(&self) -> Option<Row> {
        let (Mark::Bar { value, .. } | Mark::Threshold { value }) = self.mark else {
            return None;
        };
        Some(self.row(Amount::Number { value, error: None }))
    }

    fn row(&self, amount: Amount) -> Row {
        Row {
            name: self.name.clone(),
            role: self.role,
            amount,
        }
    }

    /// The value at `x`: on the line drawn there, of the point there, or of the bin that holds it.
    fn at(&self, x: f64, panel: &Panel) -> Option<Row> {
        let (value, error) = match &self.mark {
            Mark::Curve { x: xs, y } => (on_line(xs, y, x, panel)?, None),
            Mark::Floor { x: xs, word, .. } => {
                let (first, last) = (*xs.first()?, *xs.last()?);
                let inside = (first..=last).contains(&x) || is_same(first, x) || is_same(last, x);
                return inside.then(|| self.row(Amount::Word(word.clone())));
            }
            Mark::Points { x: xs, y, error } => {
                let index = index_of(xs, x)?;
                (*y.get(index)?, error.get(index).copied())
            }
            Mark::Steps { edges, y } => (*y.get(bin_of(edges, x)?)?, None),
            Mark::Stack { edges, base, top } => {
                let bin = bin_of(edges, x)?;
                (top.get(bin)? - base.get(bin)?, None)
            }
            Mark::Contour { .. }
            | Mark::Region { .. }
            | Mark::Shade { .. }
            | Mark::Heat { .. }
            | Mark::Point { .. }
            | Mark::Cross { .. }
            | Mark::Bar { .. }
            | Mark::Threshold { .. } => return None,
        };
        let unit = panel.y.unit;
        Some(self.row(Amount::Number {
            value: value / unit,
            error: error.map(|error| error / unit),
        }))
    }
}

/// Ordinate at `x` on the line through the points as it is drawn: straight along the panel's axes. `None` beside the line.
fn on_line(xs: &[f64], ys: &[f64], x: f64, panel: &Panel) -> Option<f64> {
    if let Some(index) = index_of(xs, x) {
        return ys.get(index).copied();
    }
    let is_between = |pair: &[f64]| (pair[0].min(pair[1])..=pair[0].max(pair[1])).contains(&x);
    let before = xs.windows(2).position(is_between)?;
    let [start, end] = [before, before + 1].map(|index| panel.x.place(xs[index]));
    let share = (panel.x.place(x) - start) / (end - start);
    let (from, to) = (panel.y.place(*ys.get(before)?), panel.y.place(*ys.get(before + 1)?));
    Some(panel.y.value(from + share * (to - from)))
}

fn index_of(xs: &[f64], x: f64) -> Option<usize> {
    xs.iter().position(|known| is_same(*known, x))
}

fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

fn bin_of(edges: &[f64], x: f64) -> Option<usize> {
    edges.windows(2).position(|edge| (edge[0]..edge[1]).contains(&x))
}

#[cfg(test)]
mod tests {
    use super::super::Role;
    use super::*;
    use crate::chart::Axis;

    fn panel(layers: Vec<Layer>) -> Panel {
        Panel {
            title: String::new(),
            x: Axis::linear("", 0.0, 3.0),
            y: Axis::linear("", 0.0, 10.0),
            share: 1.0,
            layers,
            legend: None,
            legend_names: true,
            x_name: (String::new(), String::new()),
            y_unit: String::new(),
        }
    }

    fn curve(name: &str, x: &[f64], y: &[f64]) -> Layer {
        let (x, y) = (x.into(), y.into());
        Layer::new(name, Role::First, Mark::Curve { x, y })
    }

    fn number(cell: &Option<Amount>) -> Option<f64> {
        match cell {
            Some(Amount::Number { value, .. }) => Some((value * 1e9).round() * 1e-9),
            _ => None,
        }
    }

    #[test]
    fn every_value_stands_under_its_own_curve() {
        let panel = panel(vec![
            curve("all", &[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]),
            curve("late", &[1.5, 2.5], &[5.0, 7.0]),
        ]);
        let table = panel.table(10);
        assert_eq!(table.columns, ["all", "late"]);
        let numbers: Vec<_> = table
            .rows
            .iter()
            .map(|(x, cells)| (x.unwrap_or(f64::NAN), number(&cells[0]), number(&cells[1])))
            .collect();
        // Where one has no point, it is read on its line; where it has no line, there is no value.
        assert_eq!(numbers[0], (0.0, Some(1.0), None));
        assert_eq!(numbers[2], (1.5, Some(2.5), Some(5.0)));
        assert_eq!(numbers[4], (2.5, None, Some(7.0)));
    }

    /// A plane that shows little: most points of the curves lie far outside of it.
    #[test]
    fn values_on_lines_do_not_hang_on_what_is_in_view() {
        let masses_mev = [0.01, 1.0, 11.0, 12.0, 100.0];
        let narrow = Panel {
            x: Axis::logarithmic("", 10.0, 10.5),
            y: Axis::logarithmic("", 1e-7, 1.1e-7),
            ..panel(vec![
                curve("steep", &masses_mev, &[1e-12, 1e-10, 1e-6, 1e-5, 1e-3]),
                curve("mine", &[0.5, 10.1, 10.2, 80.0], &[1e-9, 2e-7, 3e-7, 1e-3]),
            ])
        };
        let table = narrow.table(100);
        let masses: Vec<_> = table.rows.iter().filter_map(|(x, _)| *x).collect();
        assert_eq!(masses, [10.1, 10.2], "those in view");
        for (x, cells) in &table.rows {
            let x = x.expect("an abscissa");
            let Some(Amount::Number { value, .. }) = &cells[0] else {
                panic!("{cells:?}")
            };
            // From 1 to 11 MeV by four decades, straight in logarithms.
            let expected = 1e-10 * 1e4_f64.powf(x.ln() / 11_f64.ln());
            assert!((value / expected - 1.0).abs() < 1e-9, "{value:e} {expected:e}");
        }
        let wide = |x: f64| on_line(&masses_mev, &[1e-12, 1e-10, 1e-6, 1e-5, 1e-3], x, &narrow);
        assert_eq!(wide(1e3), None);
        assert!((wide(0.1).expect("on the line") / 1e-11 - 1.0).abs() < 1e-9);
    }

    #[test]
    fn pieces_of_one_curve_share_a_column() {
        let panel = panel(vec![
            curve("limit", &[0.0, 1.0], &[1.0, 2.0]),
            curve("limit", &[2.0, 3.0], &[4.0, 6.0]),
        ]);
        let table = panel.table(10);
        assert_eq!(table.columns, ["limit"]);
        let column: Vec<_> = table.rows.iter().map(|(_, cells)| number(&cells[0])).collect();
        assert_eq!(column, [Some(1.0), Some(2.0), Some(4.0), Some(6.0)]);
    }

    #[test]
    fn numbers_are_in_the_unit_on_the_axis_and_what_is_no_number_is_a_word() {
        let floor = Mark::Floor {
            x: [1.0, 2.0].as_slice().into(),
            word: "everything".to_owned(),
            lane: 0,
        };
        let mut panel = panel(vec![
            curve("limit", &[0.0, 1.0, 2.0], &[1.0, 2.0, 3.0]),
            Layer::new("floor", Role::Second, floor),
        ]);
        panel.y = panel.y.in_unit(0.5);
        let reading = panel.reading(1).expect("there is a second abscissa");
        let rows: Vec<_> = reading.rows.into_iter().map(|row| row.amount).collect();
        let two = Amount::Number {
            value: 4.0,
            error: None,
        };
        assert_eq!(rows, [two, Amount::Word("everything".to_owned())]);
        assert_eq!(panel.reading(0).map(|reading| reading.rows.len()), Some(1));
    }
}
