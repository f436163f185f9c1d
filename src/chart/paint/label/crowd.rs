//! How crowded a place is.

use super::place::Place;
use crate::chart::Placed;

/// How many line points lie in each square of the frame: what a place costs is read off a few squares instead of off every line.
pub(super) struct Crowd {
    columns: usize,
    counts: Vec<u16>,
    left: f64,
    top: f64,
}

impl Crowd {
    /// Side of a square, in px.
    const SQUARE_PX: f64 = 8.0;

    pub(super) fn new<'a>(points: impl Iterator<Item = &'a (f64, f64)>, frame: &Placed) -> Self {
        let squares = |length: f64| (length / Self::SQUARE_PX).ceil().max(1.0) as usize + 1;
        let (columns, rows) = (squares(frame.right - frame.left), squares(frame.bottom - frame.top));
        let mut crowd = Self {
            columns,
            counts: vec![0; columns * rows],
            left: frame.left,
            top: frame.top,
        };
        for (x, y) in points {
            let square = crowd.column(*x) + crowd.columns * crowd.row(*y);
            if let Some(count) = crowd.counts.get_mut(square) {
                *count = count.saturating_add(1);
            }
        }
        crowd
    }

    fn column(&self, x: f64) -> usize {
        ((x - self.left) / Self::SQUARE_PX).max(0.0) as usize
    }

    fn row(&self, y: f64) -> usize {
        ((y - self.top) / Self::SQUARE_PX).max(0.0) as usize
    }

    /// Points in the squares that a place covers.
    pub(super) fn within(&self, place: &Place) -> u32 {
        let columns = self.column(place.left)..=self.column(place.right);
        let rows = self.row(place.top)..=self.row(place.bottom);
        rows.flat_map(|row| columns.clone().map(move |column| column + self.columns * row))
            .filter_map(|square| self.counts.get(square))
            .map(|count| u32::from(*count))
            .sum()
    }
}
