//! Response matrix: probability that a recoil is reported in each bin.

/// Matrix of cells (recoil energies) times bins (reported energies), stored as bands.
#[derive(Clone, Debug)]
pub struct Response {
    bins: usize,
    /// Per cell: first bin, and where its values start in `values`; one closing entry.
    bands: Vec<(usize, usize)>,
    values: Vec<f64>,
}

impl Response {
    /// A matrix with one row per cell, each of `bins` probabilities.
    #[must_use]
    pub fn from_rows(bins: usize, rows: impl IntoIterator<Item = Vec<f64>>) -> Self {
        let (mut bands, mut values) = (Vec::new(), Vec::new());
        for row in rows {
            let first = row.iter().position(|value| *value > 0.0).unwrap_or(0);
            let end = row
                .iter()
                .rposition(|value| *value > 0.0)
                .map_or(first, |last| last + 1);
            bands.push((first, values.len()));
            values.extend_from_slice(&row[first..end]);
        }
        bands.push((0, values.len()));
        Self { bins, bands, values }
    }

    /// Number of bins.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.bins
    }

    /// Probabilities of a cell: the first bin that is not zero, and the values from there.
    #[must_use]
    #[inline]
    pub fn row(&self, cell: usize) -> (usize, &[f64]) {
        let (first, start) = self.bands[cell];
        (first, &self.values[start..self.bands[cell + 1].1])
    }

    /// Adds the spectrum `counts` (one number per cell) as reported to `bins`.
    pub fn add_reported(&self, counts: &[f64], bins: &mut [f64]) {
        for (cell, count) in counts.iter().enumerate().filter(|(_, count)| **count != 0.0) {
            let (first, row) = self.row(cell);
            for (bin, probability) in bins[first..].iter_mut().zip(row) {
                *bin += count * probability;
            }
        }
    }
}
