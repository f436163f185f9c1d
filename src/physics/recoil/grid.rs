//! Grid of recoil energies.

use crate::numerics::order::sort_numbers;

/// Nodes of the rule in a cell.
pub(super) const NODES: usize = 3;
/// Narrowest cell in ln T that a grid can have, so that it has an end whatever resolution is asked for; the narrowest of the experiments here is above 0.01.
const NARROWEST: f64 = 1e-3;

/// Gauss-Legendre rule with three nodes on 0..1: position and weight. Exact for polynomials of degree five.
const GAUSS_3: [(f64, f64); NODES] = [
    (0.112_701_665_379_258_3, 5.0 / 18.0),
    (0.5, 8.0 / 18.0),
    (0.887_298_334_620_741_7, 5.0 / 18.0),
];

/// A recoil energy at which rate and response are evaluated.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Node {
    /// Recoil energy, in MeV.
    pub recoil_mev: f64,
    /// Its weight in an integral over recoil energy, in MeV.
    pub weight_mev: f64,
}

/// An interval of recoil energy, in MeV, on which rate and response are smooth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Lower edge.
    pub low_mev: f64,
    /// Upper edge.
    pub high_mev: f64,
}

impl Cell {
    /// Where an integral over the cell is evaluated: Gauss-Legendre in ln T, since rates fall like powers of T.
    #[must_use]
    pub fn nodes(&self) -> [Node; NODES] {
        let log = (self.high_mev / self.low_mev).ln();
        GAUSS_3.map(|(position, weight)| {
            let recoil_mev = self.low_mev * (log * position).exp();
            Node {
                recoil_mev,
                weight_mev: recoil_mev * log * weight,
            }
        })
    }

    /// The part of the cell between two energies.
    #[must_use]
    pub(super) fn within(&self, low_mev: f64, high_mev: f64) -> Self {
        Self {
            low_mev: self.low_mev.max(low_mev),
            high_mev: self.high_mev.min(high_mev),
        }
    }
}

/// Logarithmic cells between two energies, at least `per_e_fold` per factor e, with edges also at
/// every one of `breaks_mev` inside, where the integrand is not smooth.
#[must_use]
pub fn cells(low_mev: f64, high_mev: f64, per_e_fold: f64, breaks_mev: impl IntoIterator<Item = f64>) -> Vec<Cell> {
    cells_along(low_mev, high_mev, |_| 1.0 / per_e_fold, breaks_mev)
}

/// Cells between two energies, with edges also at every one of `breaks_mev` inside, each about as wide in ln T as
/// `width` asks for at its lower edge, and never wider than it asks for there, but for the narrowest.
#[must_use]
pub fn cells_along(
    low_mev: f64,
    high_mev: f64,
    width: impl Fn(f64) -> f64,
    breaks_mev: impl IntoIterator<Item = f64>,
) -> Vec<Cell> {
    let mut breaks: Vec<f64> = breaks_mev
        .into_iter()
        .filter(|energy| *energy > low_mev * (1.0 + 1e-9) && *energy < high_mev * (1.0 - 1e-9))
        .chain([low_mev, high_mev])
        .collect();
    sort_numbers(&mut breaks);
    breaks.dedup_by(|later, earlier| *later <= *earlier * (1.0 + 1e-9));
    let mut cells = Vec::new();
    for piece in breaks.windows(2) {
        let mut low_mev = piece[0];
        // What is left is shared evenly over as many cells as the next one asks for, so that the last is no sliver.
        while low_mev < piece[1] {
            let left = (piece[1] / low_mev).ln();
            // A hair less, so that rounding does not ask for one more.
            let count = (left / width(low_mev).max(NARROWEST) - 1e-9).ceil();
            let high_mev = if count > 1.0 {
                low_mev * (left / count).exp()
            } else {
                piece[1]
            };
            cells.push(Cell { low_mev, high_mev });
            low_mev = high_mev;
        }
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::{NARROWEST, cells_along};

    #[test]
    fn a_grid_ends_however_narrow_its_cells_are_asked_to_be() {
        let cells = cells_along(1e-3, 1e-1, |_| 1e-15, []);
        let least = (100.0_f64.ln() / NARROWEST).ceil() as usize;
        assert!((least..least + 2).contains(&cells.len()), "{}", cells.len());
        assert!(cells.windows(2).all(|pair| pair[0].high_mev == pair[1].low_mev));
    }
}
