//! Linear interpolation in a table.

/// Value at `x` of the table `(xs, ys)`, linear between rows and constant beyond them.
///
/// `xs` rises; both have the same length. An empty table gives NaN.
#[must_use]
pub(crate) fn interpolate(xs: &[f64], ys: &[f64], x: f64) -> f64 {
    let next = xs.partition_point(|known| *known <= x);
    match (next.checked_sub(1), ys.get(next)) {
        (None, first) => first.copied().unwrap_or(f64::NAN),
        (Some(last), None) => ys[last],
        (Some(before), Some(after)) => {
            let share = (x - xs[before]) / (xs[next] - xs[before]);
            ys[before] + share * (after - ys[before])
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_between_and_beyond() {
        let (xs, ys) = ([1.0, 2.0, 4.0], [10.0, 20.0, 0.0]);
        assert_eq!(interpolate(&xs, &ys, 0.0), 10.0);
        assert_eq!(interpolate(&xs, &ys, 2.0), 20.0);
        assert_eq!(interpolate(&xs, &ys, 3.0), 10.0);
        assert_eq!(interpolate(&xs, &ys, 9.0), 0.0);
        assert!(interpolate(&[], &[], 1.0).is_nan());
    }
}
