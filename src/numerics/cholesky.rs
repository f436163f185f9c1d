//! Small symmetric positive systems.

/// Solves `A x = b` for symmetric positive definite `A` (lower triangle used) by Cholesky
/// factorisation in place; `None` if `A` is not positive definite to rounding.
pub(crate) fn solve<const N: usize>(mut a: [[f64; N]; N], mut b: [f64; N]) -> Option<[f64; N]> {
    for row in 0..N {
        for column in 0..=row {
            let dot: f64 = (0..column).map(|k| a[row][k] * a[column][k]).sum();
            let rest = a[row][column] - dot;
            if row == column {
                if rest.is_nan() || rest <= 0.0 {
                    return None;
                }
                a[row][row] = rest.sqrt();
            } else {
                a[row][column] = rest / a[column][column];
            }
        }
    }
    for row in 0..N {
        let dot: f64 = (0..row).map(|k| a[row][k] * b[k]).sum();
        b[row] = (b[row] - dot) / a[row][row];
    }
    for row in (0..N).rev() {
        let dot: f64 = (row + 1..N).map(|k| a[k][row] * b[k]).sum();
        b[row] = (b[row] - dot) / a[row][row];
    }
    Some(b)
}

/// Solves `(A + damping diag A) x = b` in the `free` unknowns, zero in the others; `None` as [`solve`].
pub(crate) fn solve_free<const N: usize>(
    mut a: [[f64; N]; N],
    mut b: [f64; N],
    free: [bool; N],
    damping: f64,
) -> Option<[f64; N]> {
    for row in 0..N {
        for column in 0..row {
            if !free[row] || !free[column] {
                a[row][column] = 0.0;
            }
        }
        if free[row] {
            a[row][row] *= 1.0 + damping;
        } else {
            a[row][row] = 1.0;
            b[row] = 0.0;
        }
    }
    solve(a, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn solves_and_refuses() {
        let a = [[4.0, 0.0, 0.0], [2.0, 5.0, 0.0], [1.0, 3.0, 6.0]];
        let x = solve(a, [4.0 + 4.0 + 3.0, 2.0 + 10.0 + 9.0, 1.0 + 6.0 + 18.0]).expect("positive definite");
        for (got, expected) in x.into_iter().zip([1.0, 2.0, 3.0]) {
            assert!((got - expected).abs() < 1e-14);
        }
        assert_eq!(solve([[1.0, 0.0], [2.0, 1.0]], [1.0, 1.0]), None);
    }
}
