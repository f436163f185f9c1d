//! Bins of reported energy and time.

/// Edges of the bins of one quantity, with its name and unit as in `dipole-portal events`.
#[derive(Clone, Debug, PartialEq)]
pub struct Axis {
    /// Name of the quantity (`energy`, `photoelectrons`, `time`, `recoil`).
    pub name: &'static str,
    /// Unit of the edges.
    pub unit: &'static str,
    /// Rising edges, one more than there are bins.
    pub edges: Vec<f64>,
}

impl Axis {
    /// Number of bins.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.edges.len().saturating_sub(1)
    }
}

/// Bins of an experiment: energy-like, and pulse shape and time where they are measured; the same for each run where there are several. Arrays
/// of bins run over time fastest, then over pulse shape and energy, and over runs most slowly.
#[derive(Clone, Debug, PartialEq)]
pub struct Binning {
    /// Names of the runs; empty where there is but one.
    pub runs: Vec<String>,
    /// The energy-like quantity.
    pub energy: Axis,
    /// The shape of pulses, if it is measured.
    pub pulse: Option<Axis>,
    /// Arrival time, if it is measured.
    pub time: Option<Axis>,
}

impl Binning {
    /// Number of time bins, 1 without time.
    #[must_use]
    pub fn time_bins(&self) -> usize {
        self.time.as_ref().map_or(1, Axis::bins)
    }

    /// Number of bins of pulse shape, 1 without.
    #[must_use]
    pub fn pulse_bins(&self) -> usize {
        self.pulse.as_ref().map_or(1, Axis::bins)
    }

    /// Number of bins of a bin of energy.
    fn within_energy(&self) -> usize {
        self.pulse_bins() * self.time_bins()
    }

    /// Number of bins of one run.
    #[must_use]
    pub fn run_bins(&self) -> usize {
        self.energy.bins() * self.within_energy()
    }

    /// Number of bins of energy and pulse shape in all runs: those that a recoil is reported in, at whatever time.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.runs.len().max(1) * self.energy.bins() * self.pulse_bins()
    }

    /// Number of bins.
    #[must_use]
    pub fn bins(&self) -> usize {
        self.runs.len().max(1) * self.run_bins()
    }

    /// Name of the run that a bin is of, where there are several.
    #[must_use]
    pub fn run(&self, bin: usize) -> Option<&str> {
        let run = bin.checked_div(self.run_bins())?;
        self.runs.get(run).map(String::as_str)
    }

    /// Place of a bin among those of energy, in its run.
    #[must_use]
    pub fn energy_of(&self, bin: usize) -> usize {
        (bin / self.within_energy().max(1))
            .checked_rem(self.energy.bins())
            .unwrap_or(0)
    }

    /// Place of a bin among those of pulse shape.
    #[must_use]
    pub fn pulse_of(&self, bin: usize) -> usize {
        (bin / self.time_bins().max(1)) % self.pulse_bins().max(1)
    }

    /// Sums an array of bins over pulse shape and time; with several runs, one run after the other.
    #[must_use]
    pub fn by_energy(&self, bins: &[f64]) -> Vec<f64> {
        bins.chunks(self.within_energy().max(1))
            .map(|row| row.iter().sum())
            .collect()
    }

    /// Sums an array of bins over energy and time.
    #[must_use]
    pub fn by_pulse(&self, bins: &[f64]) -> Vec<f64> {
        let mut sums = vec![0.0; self.pulse_bins()];
        for (bin, count) in bins.iter().enumerate() {
            sums[self.pulse_of(bin)] += count;
        }
        sums
    }

    /// Sums an array of bins over energy.
    #[must_use]
    pub fn by_time(&self, bins: &[f64]) -> Vec<f64> {
        let times = self.time_bins();
        (0..times)
            .map(|time| bins.iter().skip(time).step_by(times).sum())
            .collect()
    }
}
