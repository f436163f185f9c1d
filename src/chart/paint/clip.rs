//! Lines cut off at the frame.

/// A point as fractions of the frame.
pub(super) type Fraction = (f64, f64);

/// The pieces of a line that lie within the unit square, by cutting every segment at the four
/// sides (Liang & Barsky, ACM Trans. Graphics 3, 1 (1984)).
pub(super) fn clipped(points: impl IntoIterator<Item = Fraction>) -> Vec<Vec<Fraction>> {
    let mut pieces: Vec<Vec<Fraction>> = Vec::new();
    let mut previous: Option<Fraction> = None;
    let mut open = false;
    for point in points {
        if let Some(from) = previous {
            match segment_inside(from, point) {
                None => open = false,
                Some((enter, leave)) => {
                    match pieces.last_mut() {
                        Some(piece) if open && enter == from => piece.push(leave),
                        _ => pieces.push(vec![enter, leave]),
                    }
                    open = leave == point;
                }
            }
        }
        previous = Some(point);
    }
    pieces
}

/// A polygon cut off at the unit square, side by side (Sutherland & Hodgman, Commun. ACM 17, 32 (1974)).
pub(super) fn clipped_polygon(corners: impl IntoIterator<Item = Fraction>) -> Vec<Fraction> {
    /// Distance of a point from a side of the square, positive inside.
    type Side = fn(Fraction) -> f64;
    const SIDES: [Side; 4] = [|(x, _)| x, |(x, _)| 1.0 - x, |(_, y)| y, |(_, y)| 1.0 - y];
    let mut corners: Vec<Fraction> = corners.into_iter().collect();
    for side in SIDES {
        let mut kept = Vec::with_capacity(corners.len() + 4);
        for (index, &to) in corners.iter().enumerate() {
            let from = corners[(index + corners.len() - 1) % corners.len()];
            let (before, after) = (side(from), side(to));
            if (before < 0.0) != (after < 0.0) {
                let share = before / (before - after);
                kept.push((from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1)));
            }
            if after >= 0.0 {
                kept.push(to);
            }
        }
        corners = kept;
    }
    corners
}

/// The part of a segment within the unit square; its ends are exactly the given ones where they are inside.
fn segment_inside(from: Fraction, to: Fraction) -> Option<(Fraction, Fraction)> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (towards, room) in [(-dx, from.0), (dx, 1.0 - from.0), (-dy, from.1), (dy, 1.0 - from.1)] {
        if towards == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if towards < 0.0 {
            enter = enter.max(room / towards);
        } else {
            leave = leave.min(room / towards);
        }
    }
    if enter > leave {
        return None;
    }
    let at = |share: f64| (from.0 + share * dx, from.1 + share * dy);
    let start = if enter == 0.0 { from } else { at(enter) };
    let end = if leave == 1.0 { to } else { at(leave) };
    Some((start, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_through_the_frame_is_cut_twice() {
        assert_eq!(clipped([(-1.0, 0.5), (2.0, 0.5)]), [[(0.0, 0.5), (1.0, 0.5)]]);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_is_two_pieces() {
        let pieces = clipped([(0.1, 0.5), (0.2, 1.5), (0.8, 1.5), (0.9, 0.5)]);
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[0][0], (0.1, 0.5));
        assert_eq!(pieces[1][1], (0.9, 0.5));
    }

    #[test]
    fn a_line_inside_stays_one_piece() {
        let line = [(0.1, 0.1), (0.5, 0.9), (0.9, 0.1)];
        assert_eq!(clipped(line), [line]);
    }

    #[test]
    fn a_polygon_keeps_what_is_inside() {
        let square = clipped_polygon([(-1.0, -1.0), (0.5, -1.0), (0.5, 0.5), (-1.0, 0.5)]);
        let area = |corners: &[Fraction]| {
            let next = corners.iter().cycle().skip(1);
            let doubled: f64 = corners.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum();
            0.5 * doubled.abs()
        };
        assert!((area(&square) - 0.25).abs() < 1e-15);
        assert!(clipped_polygon([(2.0, 2.0), (3.0, 2.0), (3.0, 3.0)]).is_empty());
        assert!(clipped_polygon([]).is_empty());
    }

    #[test]
    fn a_line_outside_is_gone() {
        assert!(clipped([(0.1, -0.5), (0.9, -0.1)]).is_empty());
    }
}
