//! Grids of values.

/// `count` values from `low` to `high` (both positive), evenly spread in their logarithm; the ends are exact.
/// A count below two gives the ends.
#[must_use]
pub fn logarithmic(low: f64, high: f64, count: usize) -> Vec<f64> {
    let last = count.max(2) - 1;
    let step = (high / low).ln() / last as f64;
    let inner = (1..last).map(|index| low * (step * index as f64).exp());
    std::iter::once(low).chain(inner).chain([high]).collect()
}

#[cfg(test)]
mod tests {
    use super::logarithmic;

    #[test]
    fn ends_are_exact_and_ratios_equal() {
        let grid = logarithmic(0.01, 100.0, 5);
        assert_eq!((grid[0], grid[4], grid.len()), (0.01, 100.0, 5));
        assert!(grid.windows(2).all(|pair| (pair[1] / pair[0] - 10.0).abs() < 1e-12));
    }
}
