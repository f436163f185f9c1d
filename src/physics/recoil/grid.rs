//! Grid of recoil energies.

/// An interval of recoil energy, in MeV, with its geometric middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Lower edge.
    pub low_mev: f64,
    /// Upper edge.
    pub high_mev: f64,
    /// Geometric middle, where rates are evaluated.
    pub middle_mev: f64,
    /// Width for the midpoint rule in ln T: `middle * ln(high/low)`.
    pub width_mev: f64,
}

impl Cell {
    /// The cell between two positive energies.
    #[must_use]
    pub fn new(low_mev: f64, high_mev: f64) -> Self {
        let middle_mev = (low_mev * high_mev).sqrt();
        Self {
            low_mev,
            high_mev,
            middle_mev,
            width_mev: middle_mev * (high_mev / low_mev).ln(),
        }
    }
}

/// Logarithmic cells between two energies, at least `per_e_fold` per factor e, with edges also at
/// every one of `breaks_mev` inside, where the integrand is not smooth.
///
/// The midpoint rule in ln T on cells of width h errs by `h^2/24` of the second derivative:
/// 1e-5 relative for 60 cells per e-fold and a rate that falls like 1/T.
#[must_use]
pub fn cells(low_mev: f64, high_mev: f64, per_e_fold: f64, breaks_mev: impl IntoIterator<Item = f64>) -> Vec<Cell> {
    let mut breaks: Vec<f64> = breaks_mev
        .into_iter()
        .filter(|energy| *energy > low_mev * (1.0 + 1e-9) && *energy < high_mev * (1.0 - 1e-9))
        .chain([low_mev, high_mev])
        .collect();
    breaks.sort_unstable_by(f64::total_cmp);
    breaks.dedup_by(|later, earlier| *later <= *earlier * (1.0 + 1e-9));
    let mut cells = Vec::new();
    for piece in breaks.windows(2) {
        let log = (piece[1] / piece[0]).ln();
        let count = (log * per_e_fold).ceil().max(1.0);
        let edge = |index: f64| piece[0] * (log * index / count).exp();
        cells.extend((0..count as usize).map(|index| Cell::new(edge(index as f64), edge(index as f64 + 1.0))));
    }
    cells
}
