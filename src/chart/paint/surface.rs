//! What charts are drawn on.

use plotters::style::ShapeStyle;
use plotters_backend::{BackendCoord, DrawingBackend, DrawingErrorKind};

/// How fine the units of a surface are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resolution {
    /// Units to a CSS pixel.
    pub units_per_px: f64,
    /// Units to a dot of the screen. Upright edges and lines lie on whole dots, or they would be blurred; 1 where there are no dots.
    pub units_per_dot: i32,
    /// What a font size is multiplied with to come out at its nominal size (1 on a canvas).
    pub text_scale: f64,
}

/// A plotters backend that knows dashes, and many lines at once; where it does not, they are drawn one by one.
pub trait Surface: DrawingBackend {
    /// Draws straight lines, each from a point to the next, that look alike and do not cross.
    ///
    /// # Errors
    /// Whatever the backend fails with.
    fn draw_lines(
        &mut self,
        ends: &[BackendCoord],
        style: &ShapeStyle,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        ends.chunks(2)
            .try_for_each(|line| self.draw_path(line.iter().copied(), style))
    }

    /// Draws a line broken into dashes of length `on` and gaps of length `off`, in units, beginning with a dash.
    ///
    /// # Errors
    /// Whatever the backend fails with.
    fn draw_dashed(
        &mut self,
        path: &[BackendCoord],
        (on, off): (f64, f64),
        style: &ShapeStyle,
    ) -> Result<(), DrawingErrorKind<Self::ErrorType>> {
        for dash in dashes(path, on, off) {
            self.draw_path(dash, style)?;
        }
        Ok(())
    }
}

impl Surface for plotters::prelude::SVGBackend<'_> {}

/// Cuts a line into dashes of length `on` with gaps `off`.
fn dashes(path: &[BackendCoord], on: f64, off: f64) -> Vec<Vec<BackendCoord>> {
    let rounded = |(x, y): (f64, f64)| (x.round() as i32, y.round() as i32);
    let mut pieces = Vec::new();
    let mut piece: Vec<BackendCoord> = path.first().copied().into_iter().collect();
    let (mut drawing, mut left) = (true, on);
    for pair in path.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
        let length = dx.hypot(dy);
        let mut done = 0.0;
        while length - done > left {
            done += left;
            let share = done / length;
            let point = rounded((f64::from(from.0) + dx * share, f64::from(from.1) + dy * share));
            if drawing {
                piece.push(point);
                pieces.push(std::mem::take(&mut piece));
            } else {
                piece = vec![point];
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= length - done;
        if drawing {
            piece.push(to);
        }
    }
    if drawing && piece.len() > 1 {
        pieces.push(piece);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_cover_their_share_of_a_line() {
        let pieces = dashes(&[(0, 0), (50, 0), (100, 0)], 6.0, 4.0);
        assert_eq!(pieces.len(), 10);
        let drawn: i32 = pieces.iter().map(|piece| piece[piece.len() - 1].0 - piece[0].0).sum();
        assert_eq!(drawn, 60);
    }
}
