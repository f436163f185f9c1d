//! A value on a grid as bands of colour.

use super::pen::{Pen, PenResult};
use super::surface::Surface;
use crate::chart::{Panel, Placed, Role, Theme};

/// Opacity of the highest band.
const STRONGEST: f64 = 0.34;

/// Draws each column as runs of one band, so that the number of strokes follows the number of bands and not that of
/// grid points. The bands differ in lightness only: that reads without colour vision, too.
pub(super) fn draw<DB: Surface>(
    pen: &Pen<DB>,
    (x, y, values, levels): (&[f64], &[f64], &[f64], &[f64]),
    panel: &Panel,
    frame: &Placed,
    theme: &Theme,
) -> PenResult<DB> {
    let color = theme.color(Role::First);
    let edges_x = edges(x.iter().map(|x| panel.x.fraction(*x)).collect());
    let edges_y = edges(y.iter().map(|y| panel.y.fraction(*y)).collect());
    for (column, edge) in values.chunks(y.len().max(1)).zip(edges_x.windows(2)) {
        let band = |value: f64| levels.partition_point(|level| *level <= value);
        let mut start = 0;
        for row in 1..=column.len() {
            let current = band(column[start]);
            if row < column.len() && band(column[row]) == current {
                continue;
            }
            // NaN marks what has not been computed yet.
            if current > 0 && column[start].is_finite() {
                let opacity = STRONGEST * current as f64 / levels.len() as f64;
                let from = frame.pixel(edge[0].max(0.0), edges_y[row].min(1.0));
                let to = frame.pixel(edge[1].min(1.0), edges_y[start].max(0.0));
                pen.rectangle(from, to, theme.washed(color, opacity), 1.0)?;
            }
            start = row;
        }
    }
    Ok(())
}

/// Edges half-way between positions, and as far outside the first and the last.
fn edges(positions: Vec<f64>) -> Vec<f64> {
    let Some((&first, &last)) = positions.first().zip(positions.last()) else {
        return Vec::new();
    };
    let middles = positions.windows(2).map(|pair| 0.5 * (pair[0] + pair[1]));
    let half = positions.get(1).map_or(0.0, |second| 0.5 * (second - first));
    std::iter::once(first - half)
        .chain(middles)
        .chain([last + half])
        .collect()
}
