//! Places for a text beside a point.

use crate::chart::Placed;

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Place {
    pub(super) fn new((x, y): (f64, f64), (width, height): (f64, f64)) -> Self {
        Self {
            left: x - 0.5 * width,
            top: y - 0.5 * height,
            right: x + 0.5 * width,
            bottom: y + 0.5 * height,
        }
    }

    /// The rectangle with this left upper and right lower corner.
    pub(super) fn between([(left, top), (right, bottom)]: [(f64, f64); 2]) -> Self {
        Self {
            left,
            top,
            right,
            bottom,
        }
    }

    pub(super) fn middle(&self) -> (f64, f64) {
        (0.5 * (self.left + self.right), 0.5 * (self.top + self.bottom))
    }

    pub(super) fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether it lies in the frame, by `margin` away from its sides.
    pub(super) fn is_within(&self, frame: &Placed, margin: f64) -> bool {
        self.left > frame.left + margin
            && self.right < frame.right - margin
            && self.top > frame.top + margin
            && self.bottom < frame.bottom - margin
    }
}

/// On which side of a point of its line a text stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
    Right,
    Left,
}

impl Side {
    /// All, the best first.
    pub(super) const ALL: [Self; 4] = [Self::Above, Self::Below, Self::Right, Self::Left];

    /// The place of a text of this size on this side of a point.
    pub(super) fn beside(self, (x, y): (f64, f64), size: (f64, f64)) -> Place {
        let (dx, dy) = (0.5 * size.0 + 5.0, 0.5 * size.1 + 3.0);
        let middle = match self {
            Self::Above => (x, y - dy),
            Self::Below => (x, y + dy),
            Self::Right => (x + dx, y),
            Self::Left => (x - dx, y),
        };
        Place::new(middle, size)
    }
}
