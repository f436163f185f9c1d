//! What is expected in bins of energy, pulse shape and time, and how it changes with normalisations and shapes.
//!
//! All is taken time bin by time bin over blocks of cells of energy and pulse shape, so that what depends on time alone is a number there.

use crate::experiment::{PulseShapeData, PulseShapeSpec, ShapedCountingSpec};
use crate::numerics::block::{BLOCK, Column};
use crate::numerics::gauss::{density, share_below};
use crate::physics::source::{BeamPulse, Share};

/// Nuisances: four normalisations, then five shapes.
pub(super) const NUISANCES: usize = 9;
/// Their values.
pub(super) type Values = [f64; NUISANCES];
/// Places of the nuisances: signal, prompt and late beam-related neutrons, steady-state background; pulse shape and arrival of the signal; energy, arrival and width in time
/// of the prompt neutrons.
pub(super) const SIGNAL: usize = 0;
pub(super) const BRN: usize = 1;
pub(super) const LATE: usize = 2;
pub(super) const STEADY: usize = 3;
pub(super) const PULSE: usize = 4;
pub(super) const ARRIVAL: usize = 5;
pub(super) const BRN_ENERGY: usize = 6;
pub(super) const BRN_TIME: usize = 7;
pub(super) const BRN_WIDTH: usize = 8;

/// Least that is expected in a bin.
pub(super) const LEAST: f64 = 1e-9;
/// Narrowest arrival of neutrons, in us, whatever shapes make of it.
const NARROWEST_US: f64 = 1e-3;
/// Below this share of what it could be the determinant says that prompt and delayed arrive alike.
const ALIKE: f64 = 1e-9;

/// Share of the prompt neutrons in a time bin, its derivatives in mean and width, in standard deviations of the shapes, and the second ones: mean twice, mixed, width twice.
pub(super) type Arrival = [f64; 6];

/// Backgrounds and shapes.
#[derive(Clone, Debug)]
pub(super) struct Model {
    /// Cells of energy and pulse shape.
    pub(super) cells: usize,
    /// Those of one energy.
    pulses: usize,
    edges_us: Vec<f64>,
    /// Share of a cell in its energy: constant, linear and quadratic in the shape of pulses.
    pub(super) shares: [Vec<Column>; 3],
    /// Sum of the constants in each energy.
    share_sums: Vec<f64>,
    /// Prompt neutrons, how they change with their energy, late neutrons, steady-state background in each time bin.
    pub(super) brn: Vec<Column>,
    pub(super) brn_energy: Vec<Column>,
    pub(super) late: Vec<Column>,
    pub(super) steady: Vec<Column>,
    pulse: BeamPulse,
    spec: ShapedCountingSpec,
    /// Shares of prompt and delayed neutrinos in the time bins without shifts.
    nominal: (Vec<Share>, Vec<Share>),
}

/// Prompt and delayed counts of a template in the energy of each cell.
#[derive(Clone, Debug)]
pub(super) struct Signal {
    pub(super) prompt: Vec<Column>,
    pub(super) delayed: Vec<Column>,
}

/// What depends on the nuisances alone.
pub(super) struct Shapes {
    pub(super) prompt: Vec<Share>,
    pub(super) delayed: Vec<Share>,
    pub(super) arrival: Vec<Arrival>,
}

/// A list in blocks, with zeros behind its end.
fn columns(values: impl IntoIterator<Item = f64>) -> Vec<Column> {
    let values: Vec<f64> = values.into_iter().collect();
    let block = |values: &[f64]| std::array::from_fn(|place| values.get(place).copied().unwrap_or_default());
    values.chunks(BLOCK).map(block).collect()
}

impl Model {
    pub(super) fn new(detector: &PulseShapeSpec, spec: ShapedCountingSpec, data: &PulseShapeData) -> Self {
        let [share, plus, minus] = &data.shares;
        let pulses = data.pulse_edges.len() - 1;
        let times = data.time_edges_us.len() - 1;
        let [brn, late, ssb] = spec.normalisations;
        let scaled = |factor: f64, values: &[f64]| columns(values.iter().map(|value| factor * value));
        let both = || plus.iter().zip(minus);
        Self {
            cells: share.len(),
            pulses,
            shares: [
                columns(share.iter().copied()),
                columns(both().map(|(plus, minus)| 0.5 * (plus - minus))),
                columns(
                    both()
                        .zip(share)
                        .map(|((plus, minus), share)| 0.5 * (plus + minus) - share),
                ),
            ],
            share_sums: share.chunks(pulses.max(1)).map(|cells| cells.iter().sum()).collect(),
            brn: scaled(brn, &data.brn),
            brn_energy: scaled(brn, &data.brn_energy),
            late: scaled(late * spec.late_ratio, &data.brn),
            steady: scaled(ssb / times as f64, &data.ssb),
            nominal: (
                detector.pulse.prompt(&data.time_edges_us, 0.0),
                detector.pulse.delayed(&data.time_edges_us, 0.0),
            ),
            edges_us: data.time_edges_us.clone(),
            pulse: detector.pulse,
            spec,
        }
    }

    /// Number of time bins.
    pub(super) fn times(&self) -> usize {
        self.edges_us.len() - 1
    }

    /// Number of bins.
    pub(super) fn bins(&self) -> usize {
        self.cells * self.times()
    }

    /// Whether prompt neutrons arrive in a time bin.
    pub(super) fn is_prompt(&self, time: usize) -> bool {
        time < self.spec.prompt_bins
    }

    /// Whether late ones do.
    pub(super) fn is_late(&self, time: usize) -> bool {
        time == self.spec.late_bin
    }

    /// All backgrounds times a factor.
    pub(super) fn grown(&mut self, factor: f64) {
        let kinds = [&mut self.brn, &mut self.brn_energy, &mut self.late, &mut self.steady];
        for count in kinds.into_iter().flatten().flatten() {
            *count *= factor;
        }
    }

    /// The shapes at some nuisances.
    pub(super) fn shapes(&self, values: &Values) -> Shapes {
        Shapes {
            prompt: self.pulse.prompt(&self.edges_us, values[ARRIVAL]),
            delayed: self.pulse.delayed(&self.edges_us, values[ARRIVAL]),
            arrival: self.arrival(values[BRN_TIME], values[BRN_WIDTH]),
        }
    }

    /// Prompt and delayed counts of each energy of a template of SM or dipole as it is without shifts. Its time bins are a sum of the two shapes: what is
    /// in it of each is found by least squares, exactly for what is such a sum.
    pub(super) fn signal(&self, template: impl Fn(usize) -> f64) -> Signal {
        let (times, pulses) = (self.times(), self.pulses);
        let (prompt, delayed) = &self.nominal;
        let product = |one: &[Share], other: &[Share]| -> f64 { one.iter().zip(other).map(|(a, b)| a[0] * b[0]).sum() };
        let (pp, pd, dd) = (
            product(prompt, prompt),
            product(prompt, delayed),
            product(delayed, delayed),
        );
        let determinant = pp * dd - pd * pd;
        let (mut early, mut late) = (Vec::new(), Vec::new());
        for (energy, share) in self.share_sums.iter().enumerate() {
            let (mut p, mut d) = (0.0, 0.0);
            for time in 0..times {
                let cells = energy * pulses..(energy + 1) * pulses;
                let count: f64 = cells.map(|cell| template(cell * times + time)).sum();
                p += prompt[time][0] * count;
                d += delayed[time][0] * count;
            }
            let (p, d) = if determinant > ALIKE * pp * dd {
                ((dd * p - pd * d) / determinant, (pp * d - pd * p) / determinant)
            } else if dd > 0.0 {
                (0.0, d / dd)
            } else {
                (0.0, 0.0)
            };
            let share = share.max(f64::MIN_POSITIVE);
            early.extend(std::iter::repeat_n(p / share, pulses));
            late.extend(std::iter::repeat_n(d / share, pulses));
        }
        Signal {
            prompt: columns(early),
            delayed: columns(late),
        }
    }

    /// When prompt neutrons arrive: a Gaussian over the first time bins, scaled so that all of them are there.
    fn arrival(&self, later: f64, narrower: f64) -> Vec<Arrival> {
        let (mean_us, width_us) = self.spec.arrival_us;
        let (shift_us, narrowing_us) = self.spec.arrival_shifts_us;
        let mean = mean_us + shift_us * later;
        let width = (width_us - narrowing_us * narrower).max(NARROWEST_US);
        let narrowing_us = if width > NARROWEST_US { narrowing_us } else { 0.0 };
        // Share below an edge with its derivatives in mean and width.
        let below = |edge_us: &f64| -> Arrival {
            let z = (edge_us - mean) / width;
            let rate = density(z) / width;
            let (to_mean, to_width) = (shift_us, -narrowing_us);
            [
                share_below(z),
                -rate * to_mean,
                -z * rate * to_width,
                -z * rate / width * to_mean * to_mean,
                (1.0 - z * z) * rate / width * to_mean * to_width,
                z * (2.0 - z * z) * rate / width * to_width * to_width,
            ]
        };
        let prompt_bins = self.spec.prompt_bins.min(self.times());
        let edges: Vec<Arrival> = self.edges_us[..=prompt_bins].iter().map(below).collect();
        let parts: Vec<Arrival> = edges
            .windows(2)
            .map(|pair| std::array::from_fn(|order| pair[1][order] - pair[0][order]))
            .collect();
        let whole: Arrival = std::array::from_fn(|order| parts.iter().map(|part| part[order]).sum());
        let mut shares: Vec<Arrival> = parts.iter().map(|part| quotient(part, &whole)).collect();
        shares.resize(self.times(), [0.0; 6]);
        shares
    }
}

/// A part over the whole, with the derivatives of both.
fn quotient(part: &Arrival, whole: &Arrival) -> Arrival {
    if whole[0] < f64::MIN_POSITIVE {
        return [0.0; 6];
    }
    let of = |order: usize| (part[order] / whole[0], whole[order] / whole[0]);
    let (share, _) = of(0);
    let ((p_m, w_m), (p_w, w_w)) = (of(1), of(2));
    let (by_mean, by_width) = (p_m - share * w_m, p_w - share * w_w);
    let second = |order: usize, (one, w_one): (f64, f64), (other, w_other): (f64, f64)| {
        let (p, w) = of(order);
        p - share * w - one * w_other - other * w_one
    };
    [
        share,
        by_mean,
        by_width,
        second(3, (by_mean, w_m), (by_mean, w_m)),
        second(4, (by_mean, w_m), (by_width, w_w)),
        second(5, (by_width, w_w), (by_width, w_w)),
    ]
}
