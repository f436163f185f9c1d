//! Bins that are put together.

/// Counts in fewer bins: each the sum of as many neighbours as makes `bins` of them; unchanged where the number does not divide theirs.
#[must_use]
pub(crate) fn merged(counts: &[f64], bins: usize) -> Vec<f64> {
    if bins == 0 || !counts.len().is_multiple_of(bins) {
        return counts.to_vec();
    }
    counts
        .chunks(counts.len() / bins)
        .map(|chunk| chunk.iter().sum())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_added() {
        assert_eq!(merged(&[1.0, 2.0, 3.0, 4.0], 2), [3.0, 7.0]);
        assert_eq!(merged(&[1.0, 2.0, 3.0], 2), [1.0, 2.0, 3.0]);
        assert_eq!(merged(&[1.0], 0), [1.0]);
    }
}
