//! Hatching: what tells bands from those without, and from each other, without colour.

use super::pen::{Pen, PenResult};
use super::surface::Surface;
use crate::chart::{Color, Dash, Theme};

/// Distance of the lines along an axis, in line widths.
const SPACING_LINES: f64 = 3.5;

/// A rectangle in CSS pixels: left upper and right lower corner.
pub(super) type Corners = [(f64, f64); 2];

/// Hatches rectangles that lie side by side, from left to right, as one area: a line goes on from one to the next. Dashed bands have lines
/// that rise to the right, dotted ones lines that fall; others have none.
pub(super) fn hatch<DB: Surface>(
    pen: &Pen<DB>,
    rectangles: &[Corners],
    dash: Dash,
    (theme, color): (&Theme, Color),
) -> PenResult<DB> {
    let sign = match dash {
        Dash::Solid => return Ok(()),
        Dash::Dashed => 1.0,
        Dash::Dotted => -1.0,
    };
    // Lines that fall are lines that rise, seen from below.
    let turned = |[(left, top), (right, bottom)]: &Corners| match sign > 0.0 {
        true => [(*left, *top), (*right, *bottom)],
        false => [(*left, -bottom), (*right, -top)],
    };
    let rectangles: Vec<Corners> = rectangles.iter().map(turned).collect();
    let mut lines = lines(&rectangles, SPACING_LINES * theme.line_px);
    lines.iter_mut().flatten().for_each(|end| end.1 *= sign);
    pen.lines(&lines, color, 0.4 * theme.line_px)
}

/// Lines with x + y a multiple of the spacing, where they are inside.
fn lines(rectangles: &[Corners], spacing: f64) -> Vec<Corners> {
    let sums = |reach: fn(&Corners) -> f64| rectangles.iter().map(reach);
    let first = sums(|[(left, top), _]| left + top).fold(f64::INFINITY, f64::min);
    let last = sums(|[_, (right, bottom)]| right + bottom).fold(f64::NEG_INFINITY, f64::max);
    let mut lines: Vec<Corners> = Vec::new();
    let mut number = (first / spacing).ceil();
    while number * spacing < last {
        let sum = number * spacing;
        let before = lines.len();
        for [(left, top), (right, bottom)] in rectangles {
            let (from, to) = (left.max(sum - bottom), right.min(sum - top));
            if from >= to {
                continue;
            }
            let own = lines.get_mut(before..).and_then(<[Corners]>::last_mut);
            match own {
                Some([_, end]) if end.0 == from => *end = (to, sum - to),
                _ => lines.push([(from, sum - from), (to, sum - to)]),
            }
        }
        number += 1.0;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn lines_stay_inside_and_go_on_from_bin_to_bin() {
        let low = [(0.0, 6.0), (4.0, 10.0)];
        let high = [(4.0, 2.0), (8.0, 10.0)];
        let both = lines(&[low, high], 4.0);
        assert!(
            both.iter()
                .all(|[(from, _), (to, _)]| (0.0..8.0).contains(from) && from < to && *to <= 8.0)
        );
        assert!(
            both.iter()
                .all(|[(from, top), (to, bottom)]| (from + top - to - bottom).abs() < 1e-12)
        );
        // x + y = 12 runs through both bins, as one line.
        assert_eq!(both.iter().filter(|[(x, y), _]| x + y == 12.0).count(), 1);
        assert!(both.contains(&[(2.0, 10.0), (8.0, 4.0)]));
        // Also where places are no round numbers.
        let (step, thirds) = (
            0.1 + 0.2,
            lines(&[[(0.1, 0.3), (0.7, 1.1)], [(0.7, 0.3), (1.3, 1.1)]], 0.1 + 0.2),
        );
        let sums: Vec<f64> = thirds.iter().map(|[(x, y), _]| ((x + y) / step).round()).collect();
        assert!(sums.windows(2).all(|pair| pair[0] < pair[1]), "{thirds:?}");
        // Nothing where there is nothing.
        assert!(lines(&[], 4.0).is_empty() && lines(&[[(0.0, 5.0), (9.0, 5.0)]], 4.0).is_empty());
    }
}
