//! Sums over bins, a few bins at a time.
//!
//! The loops of the fits sum products of every pair of derivatives over all bins. Summed by columns of eight bins, the sums
//! stay in registers and the loops have no ends to test, whatever the compiler does with loops: the page is compiled for
//! size, and fits faster this way than by bins when compiled for speed.

/// How many bins.
pub(crate) const BLOCK: usize = 8;

/// One quantity in these bins; zero where there is no bin.
pub(crate) type Column = [f64; BLOCK];

/// Sum of the products.
#[inline(always)]
pub(crate) fn dot(a: &Column, b: &Column) -> f64 {
    (a[0] * b[0] + a[1] * b[1])
        + (a[2] * b[2] + a[3] * b[3])
        + (a[4] * b[4] + a[5] * b[5])
        + (a[6] * b[6] + a[7] * b[7])
}

/// The products.
#[inline(always)]
pub(crate) fn product(a: &Column, b: &Column) -> Column {
    let mut product = *a;
    for (a, b) in product.iter_mut().zip(b) {
        *a *= b;
    }
    product
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bin_counts_once() {
        let a = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0];
        let b = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7];
        assert_eq!(dot(&a, &b), 87_654_321.0);
        assert_eq!(dot(&product(&a, &b), &[1.0; BLOCK]), 87_654_321.0);
    }
}
