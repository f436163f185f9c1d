//! Contours of a value on a grid.

use crate::numerics::order::sort_few;

/// The lines on which a value given on a grid equals `level`, by marching squares (Lorensen & Cline's
/// marching cubes, Comput. Graph. 21, 163 (1987), in the plane), linear along each edge of the grid. `values` runs
/// column by column over `x` times `y`; cells with a value that is not a number have no contour. Give coordinates and values in
/// the measure in which they are smooth (logarithms for a plane with logarithmic axes).
#[must_use]
pub fn contour(x: &[f64], y: &[f64], values: &[f64], level: f64) -> Vec<Vec<(f64, f64)>> {
    let mut segments = Vec::new();
    let rows = y.len();
    let value = |column: usize, row: usize| values.get(column * rows + row).copied().unwrap_or(f64::NAN) - level;
    for column in 0..x.len().saturating_sub(1) {
        for row in 0..rows.saturating_sub(1) {
            let corners = [(0, 0), (1, 0), (1, 1), (0, 1)].map(|(dx, dy)| (column + dx, row + dy));
            let heights = corners.map(|(column, row)| value(column, row));
            if heights.iter().any(|height| height.is_nan()) {
                continue;
            }
            // Crossings in the order of the edges around the cell; four of them (a saddle) are joined
            // in pairs as they come.
            let crossings: Vec<Crossing> = (0..4)
                .filter(|edge| (heights[*edge] < 0.0) != (heights[(edge + 1) % 4] < 0.0))
                .map(|edge| {
                    let (from, to) = (corners[edge], corners[(edge + 1) % 4]);
                    let share = heights[edge] / (heights[edge] - heights[(edge + 1) % 4]);
                    Crossing {
                        edge: (from.min(to), from.max(to)),
                        point: (
                            x[from.0] + share * (x[to.0] - x[from.0]),
                            y[from.1] + share * (y[to.1] - y[from.1]),
                        ),
                    }
                })
                .collect();
            segments.extend(crossings.chunks_exact(2).map(|pair| (pair[0], pair[1])));
        }
    }
    joined(segments)
}

/// Column and row of both ends.
type Edge = ((usize, usize), (usize, usize));

/// Where a contour crosses an edge of the grid.
#[derive(Clone, Copy)]
struct Crossing {
    edge: Edge,
    point: (f64, f64),
}

/// Segments joined where they meet on the same edge.
fn joined(segments: Vec<(Crossing, Crossing)>) -> Vec<Vec<(f64, f64)>> {
    let ends = segments.iter().enumerate();
    let mut by_edge: Vec<(Edge, usize)> = ends
        .flat_map(|(index, (from, to))| [(from.edge, index), (to.edge, index)])
        .collect();
    // Nearly in order already, as the cells are: insertion is quick.
    sort_few(&mut by_edge, Ord::cmp);
    let mut used = vec![false; segments.len()];
    let follow = |start: Crossing, used: &mut Vec<bool>| {
        let (mut here, mut line) = (start, Vec::new());
        loop {
            let first = by_edge.partition_point(|(edge, _)| *edge < here.edge);
            let on_edge = by_edge[first..].iter().take_while(|(edge, _)| *edge == here.edge);
            let Some(next) = on_edge.map(|(_, index)| *index).find(|index| !used[*index]) else {
                return line;
            };
            used[next] = true;
            let (from, to) = segments[next];
            here = if from.edge == here.edge { to } else { from };
            line.push(here.point);
        }
    };
    let mut lines = Vec::new();
    for index in 0..segments.len() {
        if used[index] {
            continue;
        }
        used[index] = true;
        let (from, to) = segments[index];
        let mut line = follow(from, &mut used);
        line.reverse();
        line.push(from.point);
        line.push(to.point);
        line.extend(follow(to, &mut used));
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cone_has_a_circle() {
        let axis: Vec<f64> = (0..81).map(|index| f64::from(index) * 0.05 - 2.0).collect();
        let values: Vec<f64> = axis
            .iter()
            .flat_map(|x| axis.iter().map(move |y| x.hypot(*y)))
            .collect();
        let lines = contour(&axis, &axis, &values, 1.3);
        assert_eq!(lines.len(), 1, "one closed line");
        assert_eq!(lines[0].first(), lines[0].last());
        for (x, y) in &lines[0] {
            assert!((x.hypot(*y) - 1.3).abs() < 1e-3);
        }
    }

    #[test]
    fn what_is_not_known_has_no_contour() {
        let axis = [0.0, 1.0];
        assert!(contour(&axis, &axis, &[0.0, f64::NAN, 1.0, 1.0], 0.5).is_empty());
        assert!(contour(&[], &[], &[], 0.5).is_empty());
    }
}
