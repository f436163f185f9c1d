//! Plain minimisers that need no derivative.

/// Nelder-Mead simplex (Computer Journal 7, 308 (1965)) from `start` with steps `steps`, begun anew around its own
/// result until that gains less than `precision`.
pub(crate) fn nelder_mead(
    function: impl Fn(&[f64]) -> f64,
    start: &[f64],
    steps: &[f64],
    precision: f64,
) -> (f64, Vec<f64>) {
    let mut best = (function(start), start.to_vec());
    for round in 0..40 {
        let sign = if round % 2 == 0 { 1.0 } else { -1.0 };
        let steps: Vec<f64> = steps
            .iter()
            .map(|step| sign * step / f64::from(1 + round / 4))
            .collect();
        let next = simplex(&function, &best.1, &steps, 0.01 * precision);
        let gain = best.0 - next.0;
        if next.0 < best.0 {
            best = next;
        }
        if round > 2 && gain < precision {
            break;
        }
    }
    best
}

fn simplex(function: impl Fn(&[f64]) -> f64, start: &[f64], steps: &[f64], precision: f64) -> (f64, Vec<f64>) {
    let evaluated = |point: Vec<f64>| (function(&point), point);
    let mut corners = vec![evaluated(start.to_vec())];
    for (index, step) in steps.iter().enumerate() {
        let mut corner = start.to_vec();
        corner[index] += step;
        corners.push(evaluated(corner));
    }
    for _ in 0..400 * start.len() {
        corners.sort_by(|one, other| one.0.total_cmp(&other.0));
        let last = corners.len() - 1;
        if corners[last].0 - corners[0].0 < precision {
            break;
        }
        let centre: Vec<f64> = (0..start.len())
            .map(|axis| corners[..last].iter().map(|corner| corner.1[axis]).sum::<f64>() / last as f64)
            .collect();
        let along = |share: f64| -> Vec<f64> {
            centre
                .iter()
                .zip(&corners[last].1)
                .map(|(middle, worst)| middle + share * (worst - middle))
                .collect()
        };
        let reflected = evaluated(along(-1.0));
        let next = if reflected.0 < corners[0].0 {
            let expanded = evaluated(along(-2.0));
            if expanded.0 < reflected.0 { expanded } else { reflected }
        } else if reflected.0 < corners[last - 1].0 {
            reflected
        } else {
            evaluated(along(if reflected.0 < corners[last].0 { -0.5 } else { 0.5 }))
        };
        if next.0 < corners[last].0 {
            corners[last] = next;
        } else {
            let best = corners[0].1.clone();
            for corner in corners.iter_mut().skip(1) {
                let shrunk = best
                    .iter()
                    .zip(&corner.1)
                    .map(|(best, other)| 0.5 * (best + other))
                    .collect();
                *corner = evaluated(shrunk);
            }
        }
    }
    corners.swap_remove(0)
}

/// Pattern search (Hooke & Jeeves, J. ACM 8, 212 (1961)) without its acceleration: tries each coordinate both ways,
/// and halves all steps when none gains.
pub(crate) fn pattern_search(function: impl Fn(&[f64]) -> f64, start: &[f64], steps: &[f64]) -> (f64, Vec<f64>) {
    let (mut point, mut steps) = (start.to_vec(), steps.to_vec());
    let mut value = function(&point);
    for _ in 0..100_000 {
        let mut gained = false;
        for axis in 0..point.len() {
            for direction in [1.0, -1.0] {
                let mut trial = point.clone();
                trial[axis] += direction * steps[axis];
                let there = function(&trial);
                if there < value {
                    (point, value, gained) = (trial, there, true);
                    break;
                }
            }
        }
        if !gained {
            steps.iter_mut().for_each(|step| *step *= 0.5);
            if steps[0] < 1e-9 {
                break;
            }
        }
    }
    (value, point)
}

/// Numbers between 0 and 1, the same in every run (Marsaglia's xorshift, J. Stat. Softw. 8, 14 (2003)).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed | 1)
    }

    pub(crate) fn between(&mut self, low: f64, high: f64) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        low + (high - low) * (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn both_find_the_bottom_of_a_bent_valley() {
    let valley = |x: &[f64]| 10.0 * (x[1] - x[0] * x[0]).powi(2) + (1.0 - x[0]).powi(2) + x[2].powi(2);
    let (value, point) = nelder_mead(valley, &[-1.0, 1.0, 2.0], &[0.5, 0.5, 0.5], 1e-10);
    assert!(value < 1e-8 && (point[0] - 1.0).abs() < 1e-3, "{value} at {point:?}");
    let (value, point) = pattern_search(valley, &[-1.0, 1.0, 2.0], &[0.5, 0.5, 0.5]);
    assert!(value < 1e-6, "{value} at {point:?}");
}
