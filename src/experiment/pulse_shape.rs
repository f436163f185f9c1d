//! Reconstructed energy, pulse shape and arrival time of nuclear recoils in a liquid noble gas, as in COHERENT's argon.

use super::prediction::Timed;
use super::{Axis, Binning, Experiment, Prediction, PulseShapeSpec};
use crate::Error;
use crate::data::table::Table;
use crate::numerics::gauss::bin_probabilities;
use crate::physics::detector::Efficiency;
use crate::physics::recoil::{Channel, cells};
use crate::physics::source::Timing;
use crate::physics::units::KEV_PER_MEV;

/// Range of nuclear recoils, in MeV: below nothing is accepted, above the SNS cannot reach (argon: 0.17 MeV).
const RECOILS_MEV: (f64, f64) = (1e-4, 0.25);
/// Cells of recoil energy per factor e.
const CELLS_PER_E_FOLD: f64 = 12.0;
/// Width of the parts of a bin of energy, in keV, in the middle of which the acceptance is taken.
const PART_KEV: f64 = 0.5;
/// Most parts of a bin, so that wide ones have an end.
const MOST_PARTS: f64 = 1000.0;
/// Largest difference between widths of bins that are to be alike, relative to the width.
const SPACING: f64 = 1e-6;
/// Columns of the observed counts, one for each bin of arrival time.
const OBSERVED: [&str; 10] = ["n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"];

/// Counts, backgrounds and shapes.
#[derive(Clone, Debug)]
pub struct PulseShapeData {
    /// Edges of the bins of energy, in keV.
    pub energy_edges_kev: Vec<f64>,
    /// Edges of the bins of pulse shape.
    pub pulse_edges: Vec<f64>,
    /// Edges of the bins of arrival time, in us.
    pub time_edges_us: Vec<f64>,
    /// Observed counts, arrival time fastest, then pulse shape.
    pub observed: Vec<f64>,
    /// Prompt beam-related neutrons in each cell of energy and pulse shape.
    pub brn: Vec<f64>,
    /// How they change with one standard deviation of their energy.
    pub brn_energy: Vec<f64>,
    /// Steady-state background at all times.
    pub ssb: Vec<f64>,
    /// Share of the nuclear recoils of an energy that is in a cell: as it is thought to be, one standard deviation up, one down.
    pub shares: [Vec<f64>; 3],
}

/// Data of an experiment with this detector.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if rows are not a full grid of bins of one width in order, or a count is negative.
pub fn pulse_shape_data(spec: &PulseShapeSpec) -> Result<PulseShapeData, Error> {
    let table = spec.data.read()?;
    let [energy, pulse, brn_energy] = table.columns(["energy", "f90", "brn_energy"])?;
    let [ssb, brn, share, plus, minus] = table.not_negative(["ss", "brn", "f90_share", "f90_plus", "f90_minus"])?;
    let counts = table.not_negative(OBSERVED)?;
    let pulses = energy.iter().take_while(|low| **low == energy[0]).count();
    let energies: Vec<f64> = energy.iter().step_by(pulses.max(1)).copied().collect();
    let in_order = |row: usize| energy[row] == energies[row / pulses] && pulse[row] == pulse[row % pulses];
    let rows = energy.len();
    let missing = (rows != pulses * energies.len()).then_some(rows.saturating_sub(1));
    if let Some(row) = (0..rows).find(|row| !in_order(*row)).or(missing) {
        let allowed = say!("a full grid of bins in order, pulse shapes within energies");
        return Err(table.wrong(row, "f90", allowed));
    }
    let time_edge_us = |edge: usize| spec.time_low_us + spec.time_width_us * edge as f64;
    Ok(PulseShapeData {
        energy_edges_kev: edges(&table, "energy", &energies)?,
        pulse_edges: edges(&table, "f90", &pulse[..pulses])?,
        time_edges_us: (0..=OBSERVED.len()).map(time_edge_us).collect(),
        observed: (0..rows)
            .flat_map(|row| counts.iter().map(move |column| column[row]))
            .collect(),
        brn,
        brn_energy,
        ssb,
        shares: [share, plus, minus],
    })
}

/// Edges of bins of one width that begin at `lows`.
fn edges(table: &Table, column: &str, lows: &[f64]) -> Result<Vec<f64>, Error> {
    let width = match lows {
        [first, second, ..] => second - first,
        _ => f64::NAN,
    };
    let alike = |pair: &[f64]| ((pair[1] - pair[0]) / width - 1.0).abs() < SPACING;
    if width.is_nan() || width <= 0.0 || !lows.windows(2).all(alike) || lows[0] < 0.0 {
        return Err(table.wrong(0, column, say!("two bins or more, all of one width")));
    }
    let last = lows.last().map(|low| low + width);
    Ok(lows.iter().copied().chain(last).collect())
}

/// What recoils are reported as.
struct Readout<'a> {
    spec: &'a PulseShapeSpec,
    efficiency: Efficiency,
    /// Edges of the parts of the bins of energy, in keV.
    parts_kev: Vec<f64>,
    /// Parts in a bin.
    parts: usize,
    /// Share of the cells of energy and pulse shape.
    shares: &'a [f64],
}

impl Readout<'_> {
    /// Probability of each cell of energy and pulse shape for a recoil.
    fn cells(&self, recoil_mev: f64) -> Vec<f64> {
        let light_kev = self.spec.electron_equivalent_kev(recoil_mev * KEV_PER_MEV);
        let sigma_kev = self.spec.resolution_sqrt_kev * light_kev.sqrt();
        let parts = if sigma_kev > 0.0 {
            bin_probabilities(light_kev, sigma_kev, &self.parts_kev)
        } else {
            vec![0.0; self.parts_kev.len() - 1]
        };
        let middles_kev = self.parts_kev.windows(2).map(|edge| 0.5 * (edge[0] + edge[1]));
        let accepted: Vec<f64> = parts
            .iter()
            .zip(middles_kev)
            .map(|(part, middle_kev)| match *part {
                0.0 => 0.0,
                part => part * self.spec.efficiency_scale * self.efficiency.at(middle_kev / KEV_PER_MEV),
            })
            .collect();
        let energies: Vec<f64> = accepted.chunks(self.parts).map(|bin| bin.iter().sum()).collect();
        let pulses = self.shares.len() / energies.len();
        let cells = self.shares.iter().enumerate();
        cells.map(|(cell, share)| share * energies[cell / pulses]).collect()
    }
}

/// The bins of energy, pulse shape and time, and nuclear recoils in them.
pub(super) fn prediction(experiment: &Experiment, spec: &PulseShapeSpec, refinement: f64) -> Result<Prediction, Error> {
    let data = pulse_shape_data(spec)?;
    let edges_kev = &data.energy_edges_kev;
    let parts = ((edges_kev[1] - edges_kev[0]) / PART_KEV)
        .round()
        .clamp(1.0, MOST_PARTS) as usize;
    let part_kev = |bin: &[f64], part: usize| bin[0] + (bin[1] - bin[0]) * part as f64 / parts as f64;
    let last = edges_kev.last().copied();
    let readout = Readout {
        spec,
        efficiency: Efficiency::over("energy", &spec.efficiency_table.read()?, "efficiency")?,
        parts_kev: edges_kev
            .windows(2)
            .flat_map(|bin| (0..parts).map(move |part| part_kev(bin, part)))
            .chain(last)
            .collect(),
        parts,
        shares: &data.shares[0],
    };
    let (low_mev, high_mev) = RECOILS_MEV;
    let nucleus = Channel::new(
        cells(low_mev, high_mev, refinement * CELLS_PER_E_FOLD, []),
        experiment.nuclei(),
        data.shares[0].len(),
        |recoil_mev| readout.cells(recoil_mev),
    );
    let axis = |name, unit, edges| Axis { name, unit, edges };
    Ok(Prediction {
        timed: timed(experiment, spec, &data.time_edges_us),
        binning: Binning {
            runs: Vec::new(),
            energy: axis("energy", "keVee", data.energy_edges_kev),
            pulse: Some(axis("pulse shape", "", data.pulse_edges)),
            time: Some(axis("time", "us", data.time_edges_us)),
        },
        unit: word!("counts"),
        per_exposure: 1.0,
        nucleus,
        electron: None,
    })
}

/// Every component of the source with its share of each time bin.
pub(super) fn timed(experiment: &Experiment, spec: &PulseShapeSpec, edges_us: &[f64]) -> Vec<Timed> {
    let shares = |timing| match timing {
        Timing::Prompt => spec.pulse.prompt(edges_us, 0.0),
        Timing::Delayed => spec.pulse.delayed(edges_us, 0.0),
        Timing::Steady => Vec::new(),
    };
    let components = experiment.components().iter();
    components
        .map(|component| Timed {
            component: component.clone(),
            shares: shares(component.timing).iter().map(|share| share[0]).collect(),
        })
        .collect()
}
