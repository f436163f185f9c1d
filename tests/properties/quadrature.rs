//! Adaptive Gauss-Kronrod quadrature: the independent way to the integrals that the core has in closed form.

use std::collections::BinaryHeap;

/// Positive abscissas of the 15-point Kronrod rule, with the Kronrod and the 7-point Gauss weight
/// (QUADPACK, qk15).
const RULE: [(f64, f64, f64); 8] = [
    (0.991_455_371_120_812_6, 0.022_935_322_010_529_22, 0.0),
    (
        0.949_107_912_342_758_5,
        0.063_092_092_629_978_55,
        0.129_484_966_168_869_7,
    ),
    (0.864_864_423_359_769_1, 0.104_790_010_322_250_2, 0.0),
    (
        0.741_531_185_599_394_4,
        0.140_653_259_715_525_9,
        0.279_705_391_489_276_7,
    ),
    (0.586_087_235_467_691_1, 0.169_004_726_639_267_9, 0.0),
    (
        0.405_845_151_377_397_2,
        0.190_350_578_064_785_4,
        0.381_830_050_505_118_9,
    ),
    (0.207_784_955_007_898_5, 0.204_432_940_075_298_9, 0.0),
    (0.0, 0.209_482_141_084_727_8, 0.417_959_183_673_469_4),
];

/// Intervals after which a quadrature gives up.
const PIECES: usize = 20_000;

/// Integral of `function` between the first and the last of `breaks`, where it may have kinks and steps, to
/// `precision` relative: the interval with the largest error estimate is halved until all are small. NaN, which agrees
/// with nothing, if that takes too many.
pub(crate) fn integral(function: impl Fn(f64) -> f64, breaks: &[f64], precision: f64) -> f64 {
    let mut pieces: BinaryHeap<Piece> = breaks
        .windows(2)
        .filter(|edge| edge[0] < edge[1])
        .map(|edge| Piece::new(&function, edge[0], edge[1]))
        .collect();
    for _ in 0..PIECES {
        let value: f64 = pieces.iter().map(|piece| piece.value).sum();
        let error: f64 = pieces.iter().map(|piece| piece.error).sum();
        let worst = match pieces.peek() {
            Some(worst) if error > precision * value.abs() => *worst,
            _ => return value,
        };
        let middle = 0.5 * (worst.low + worst.high);
        if middle <= worst.low || middle >= worst.high {
            return value;
        }
        pieces.pop();
        pieces.push(Piece::new(&function, worst.low, middle));
        pieces.push(Piece::new(&function, middle, worst.high));
    }
    f64::NAN
}

#[derive(Clone, Copy)]
struct Piece {
    low: f64,
    high: f64,
    value: f64,
    error: f64,
}

impl Piece {
    fn new(function: impl Fn(f64) -> f64, low: f64, high: f64) -> Self {
        let (middle, half) = (0.5 * (low + high), 0.5 * (high - low));
        let (mut kronrod, mut gauss) = (0.0, 0.0);
        for (abscissa, kronrod_weight, gauss_weight) in RULE {
            let sum = if abscissa == 0.0 {
                function(middle)
            } else {
                function(middle - half * abscissa) + function(middle + half * abscissa)
            };
            kronrod += kronrod_weight * sum;
            gauss += gauss_weight * sum;
        }
        Self {
            low,
            high,
            value: half * kronrod,
            error: half * (kronrod - gauss).abs(),
        }
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Piece {}

impl PartialOrd for Piece {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Piece {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.error.total_cmp(&other.error)
    }
}

#[test]
fn known_integrals() {
    assert!((integral(f64::sin, &[0.0, std::f64::consts::PI], 1e-12) - 2.0).abs() < 1e-12);
    let step = integral(|x| if x < 0.3 { 0.0 } else { 1.0 }, &[0.0, 1.0], 1e-9);
    assert!((step - 0.7).abs() < 1e-8, "{step}");
}
