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

/// Solves `(A + damping diag A) x = b` in the `free` unknowns, zero in the others, for a symmetric `A` of any size, row by row (lower
/// triangle used); `None` if it is not positive definite to rounding.
pub(crate) fn solve_free_of(mut a: Vec<f64>, mut b: Vec<f64>, free: &[bool], damping: f64) -> Option<Vec<f64>> {
    let n = free.len();
    for row in 0..n {
        for column in 0..row {
            if !free[row] || !free[column] {
                a[row * n + column] = 0.0;
            }
        }
        if free[row] {
            a[row * n + row] *= 1.0 + damping;
        } else {
            (a[row * n + row], b[row]) = (1.0, 0.0);
        }
    }
    for row in 0..n {
        for column in 0..=row {
            let dot: f64 = (0..column).map(|k| a[row * n + k] * a[column * n + k]).sum();
            let rest = a[row * n + column] - dot;
            if row > column {
                a[row * n + column] = rest / a[column * n + column];
            } else if rest > 0.0 {
                a[row * n + row] = rest.sqrt();
            } else {
                return None;
            }
        }
    }
    for row in 0..n {
        let dot: f64 = (0..row).map(|k| a[row * n + k] * b[k]).sum();
        b[row] = (b[row] - dot) / a[row * n + row];
    }
    for row in (0..n).rev() {
        let dot: f64 = (row + 1..n).map(|k| a[k * n + row] * b[k]).sum();
        b[row] = (b[row] - dot) / a[row * n + row];
    }
    Some(b)
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

    #[test]
    fn any_size_is_solved_as_a_fixed_one() {
        let a = [[4.0, 0.0, 0.0], [2.0, 5.0, 0.0], [1.0, 3.0, 6.0]];
        let b = [1.0, -2.0, 3.0];
        for free in [[true; 3], [true, false, true]] {
            let fixed = solve_free(a, b, free, 0.5).expect("positive definite");
            let any = solve_free_of(a.concat(), b.to_vec(), &free, 0.5).expect("positive definite");
            assert_eq!(any, fixed);
        }
        assert_eq!(
            solve_free_of(vec![1.0, 0.0, 2.0, 1.0], vec![1.0; 2], &[true; 2], 0.0),
            None
        );
    }
}
