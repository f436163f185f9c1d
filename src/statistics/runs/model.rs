//! What is expected in the bins of several runs, and how it changes with the nuisances.

use crate::experiment::{BackgroundCounts, RunData};
use crate::statistics::Counts;
use std::ops::Range;

/// Which nuisance is which.
#[derive(Clone, Debug)]
pub(super) struct Places {
    /// Flux of the signal: behind the rate of each background of each run.
    pub(super) flux: usize,
    /// Signal efficiency of each run.
    pub(super) efficiencies: Range<usize>,
    /// Shape of the signal.
    pub(super) signal_shape: usize,
    /// For each background the shape, where it has one.
    pub(super) shapes: Vec<Option<usize>>,
    /// Number of all.
    pub(super) count: usize,
}

impl Places {
    pub(super) fn new(data: &RunData, runs: usize) -> Self {
        let flux = data.backgrounds.len();
        let signal_shape = flux + 1 + runs;
        let mut count = signal_shape + 1;
        let shapes = data.backgrounds.iter().map(|background| {
            (background.anchors.len() > 1).then(|| {
                count += 1;
                count - 1
            })
        });
        Self {
            flux,
            efficiencies: flux + 1..signal_shape,
            signal_shape,
            shapes: shapes.collect(),
            count,
        }
    }
}

/// Where the signal that is looked for comes from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Origin {
    /// From the source of the experiment, as the SM counts do: the flux multiplies both.
    Source,
    /// From elsewhere: the flux multiplies the SM counts alone.
    Elsewhere,
}

/// What is expected: backgrounds, and a signal at the anchors of its shape.
#[derive(Clone, Debug)]
pub(super) struct Model {
    pub(super) origin: Origin,
    pub(super) places: Places,
    pub(super) data: RunData,
    /// Bins of a run.
    pub(super) bins: usize,
    /// For each anchor of the signal, as they rise, its block in a template.
    blocks: Vec<usize>,
    /// Nuisances that each run depends on.
    used: Vec<Vec<usize>>,
}

/// Between which two anchors each nuisance is taken to be: the first of them; nothing for those that are no shapes.
pub(super) type Cells = Vec<usize>;

/// A bin at some nuisances.
#[derive(Clone, Debug, Default)]
pub(super) struct Point {
    pub(super) mean: f64,
    /// Derivative of the mean in each nuisance.
    pub(super) slopes: Vec<f64>,
    /// Mixed second derivatives; there are no others.
    pub(super) mixed: Vec<(usize, usize, f64)>,
    /// Dipole per unit of strength, and SM and dipole, without the common factor, as the nuisances leave them.
    pub(super) dipole: f64,
    pub(super) signal: f64,
}

/// Value and slope between two anchors.
fn between(anchors: &[f64], cell: usize, at: f64, value: impl Fn(usize) -> f64) -> (f64, f64) {
    match (anchors.get(cell), anchors.get(cell + 1)) {
        (Some(low), Some(high)) => {
            let (before, after) = (value(cell), value(cell + 1));
            let slope = (after - before) / (high - low);
            (before + slope * (at - low), slope)
        }
        _ => (value(0), 0.0),
    }
}

/// SM and dipole at a place of their templates, with a factor of each.
fn signal_at(counts: Counts, (sm, strength): (f64, f64), place: usize) -> f64 {
    sm * counts.sm[place] + strength * counts.dipole[place]
}

impl Model {
    pub(super) fn new(data: RunData, runs: usize) -> Self {
        let places = Places::new(&data, runs);
        let bins = data.observed.len() / runs.max(1);
        let mut blocks = vec![0; data.signal_anchors.len()];
        for (block, anchor) in data.signal_order.iter().enumerate() {
            blocks[*anchor] = block;
        }
        let used = |run: usize| {
            let own = data.backgrounds.iter().enumerate().filter(|(_, own)| own.run == run);
            let own = own.flat_map(|(index, _)| std::iter::once(index).chain(places.shapes[index]));
            let common = [places.flux, places.efficiencies.start + run, places.signal_shape];
            own.chain(common).collect()
        };
        Self {
            origin: Origin::Source,
            used: (0..runs).map(used).collect(),
            places,
            data,
            bins,
            blocks,
        }
    }

    /// Length of a template: every bin at every anchor.
    pub(super) fn template(&self) -> usize {
        self.data.observed.len() * self.blocks.len()
    }

    pub(super) fn used(&self, bin: usize) -> &[usize] {
        &self.used[bin / self.bins]
    }

    /// Anchors of a nuisance; empty for one that is no shape.
    pub(super) fn anchors(&self, nuisance: usize) -> &[f64] {
        if nuisance == self.places.signal_shape {
            return &self.data.signal_anchors;
        }
        let shapes = self.places.shapes.iter().zip(&self.data.backgrounds);
        let mut shapes = shapes.filter(|(shape, _)| **shape == Some(nuisance));
        shapes.next().map_or(&[], |(_, background)| &background.anchors)
    }

    /// The cells that nuisances lie in; of an anchor the cell above it.
    pub(super) fn cells(&self, nuisances: &[f64]) -> Cells {
        let cell = |(nuisance, value): (usize, &f64)| {
            let anchors = self.anchors(nuisance);
            let above = anchors.partition_point(|anchor| anchor <= value);
            above.saturating_sub(1).min(anchors.len().saturating_sub(2))
        };
        nuisances.iter().enumerate().map(cell).collect()
    }

    /// Counts of a background in a bin of its run, and their slope in its shape, at a rate of 1.
    fn background(&self, index: usize, nuisances: &[f64], cells: &[usize], bin: usize) -> (f64, f64) {
        let BackgroundCounts { anchors, counts, .. } = &self.data.backgrounds[index];
        let value = |anchor: usize| counts[anchor][bin % self.bins];
        match self.places.shapes[index] {
            Some(shape) => between(anchors, cells[shape], nuisances[shape], value),
            None => (value(0), 0.0),
        }
    }

    /// A template in a bin at the shape of the signal, and its slope there.
    pub(super) fn shaped(
        &self,
        nuisances: &[f64],
        cells: &[usize],
        bin: usize,
        value: impl Fn(usize) -> f64,
    ) -> (f64, f64) {
        let shape = self.places.signal_shape;
        let at = |anchor: usize| value(self.blocks[anchor] * self.data.observed.len() + bin);
        between(&self.data.signal_anchors, cells[shape], nuisances[shape], at)
    }

    /// What flux and efficiency make of SM counts in a bin.
    pub(super) fn scale(&self, nuisances: &[f64], bin: usize) -> f64 {
        nuisances[self.places.flux] * nuisances[self.places.efficiencies.start + bin / self.bins]
    }

    /// What the flux multiplies: SM and dipole together, and beyond that the SM.
    fn flux_on(&self, nuisances: &[f64]) -> (f64, f64) {
        let flux = nuisances[self.places.flux];
        match self.origin {
            Origin::Source => (flux, 1.0),
            Origin::Elsewhere => (1.0, flux),
        }
    }

    /// Counts of every background of one kind, run by run.
    pub(super) fn backgrounds_of(&self, kind: usize, nuisances: &[f64]) -> Vec<f64> {
        let cells = self.cells(nuisances);
        let mut counts = vec![0.0; self.data.observed.len()];
        let ours = self.data.backgrounds.iter().enumerate();
        for (index, background) in ours.filter(|(_, background)| background.background == kind) {
            let own = counts.iter_mut().skip(background.run * self.bins).take(self.bins);
            for (bin, count) in own.enumerate() {
                *count += nuisances[index] * self.background(index, nuisances, &cells, bin).0;
            }
        }
        counts
    }

    /// What is expected in a bin.
    pub(super) fn mean(&self, counts: Counts, strength: f64, nuisances: &[f64], cells: &[usize], bin: usize) -> f64 {
        let (on_both, on_sm) = self.flux_on(nuisances);
        let efficiency = nuisances[self.places.efficiencies.start + bin / self.bins];
        let (signal, _) = self.shaped(nuisances, cells, bin, |place| {
            signal_at(counts, (on_sm, strength), place)
        });
        let mut mean = counts.factor * (on_both * efficiency) * signal;
        for (index, background) in self.data.backgrounds.iter().enumerate() {
            if background.run == bin / self.bins {
                mean += nuisances[index] * self.background(index, nuisances, cells, bin).0;
            }
        }
        mean
    }

    /// The same with its derivatives, in place of what was in `point`.
    pub(super) fn look(
        &self,
        (counts, strength): (Counts, f64),
        (nuisances, cells): (&[f64], &[usize]),
        bin: usize,
        point: &mut Point,
    ) {
        point.slopes.clear();
        point.slopes.resize(self.places.count, 0.0);
        point.mixed.clear();
        point.mean = 0.0;
        for (index, background) in self.data.backgrounds.iter().enumerate() {
            if background.run != bin / self.bins {
                continue;
            }
            let (value, slope) = self.background(index, nuisances, cells, bin);
            point.mean += nuisances[index] * value;
            point.slopes[index] = value;
            if let Some(shape) = self.places.shapes[index] {
                point.slopes[shape] = nuisances[index] * slope;
                point.mixed.push((index, shape, slope));
            }
        }
        let (flux, shape) = (self.places.flux, self.places.signal_shape);
        let efficiency = self.places.efficiencies.start + bin / self.bins;
        let ((b, on_sm), e) = (self.flux_on(nuisances), nuisances[efficiency]);
        let (signal, slope) = self.shaped(nuisances, cells, bin, |place| {
            signal_at(counts, (on_sm, strength), place)
        });
        let (dipole, _) = self.shaped(nuisances, cells, bin, |place| counts.dipole[place]);
        (point.signal, point.dipole) = (b * e * signal, b * e * dipole);
        // What the flux multiplies, without it.
        let (flux_signal, flux_slope) = match self.origin {
            Origin::Source => (signal, slope),
            Origin::Elsewhere => self.shaped(nuisances, cells, bin, |place| counts.sm[place]),
        };
        let (signal, slope) = (counts.factor * signal, counts.factor * slope);
        let (flux_signal, flux_slope) = (counts.factor * flux_signal, counts.factor * flux_slope);
        point.mean += b * e * signal;
        point.slopes[flux] = e * flux_signal;
        point.slopes[efficiency] = b * signal;
        point.slopes[shape] = b * e * slope;
        point.mixed.extend([
            (flux, efficiency, flux_signal),
            (flux, shape, e * flux_slope),
            (efficiency, shape, b * slope),
        ]);
    }
}
