//! What is read out under the pointer of the plane.

use super::state::State;
use super::view::{CurveEntry, PlaneReadout};
use super::words;
use crate::chart::exclusion::{ExclusionView, Piece};

/// Where a visitor points in the plane.
#[derive(Clone, Debug, PartialEq)]
pub enum Pointer {
    /// At a place: mass in MeV, coupling in GeV^-1; beside a line, if one is there, with its name and the place on it.
    Place {
        /// Mass, in MeV.
        mass_mev: f64,
        /// Coupling, in GeV^-1.
        coupling_per_gev: f64,
        /// Name of a layer, and mass and coupling on its line.
        line: Option<(String, f64, f64)>,
    },
    /// At a curve of the list, by its name in the state.
    Curve(String),
}

/// A curve that is pointed at.
struct Pointed<'a> {
    entry: &'a CurveEntry,
    mass_mev: f64,
    coupling_per_gev: Option<f64>,
}

/// What is read out, and the name on the curve that is to stand out.
pub(super) fn readout(
    pointer: &Pointer,
    state: &State,
    (exclusion, entries): (&ExclusionView, &[CurveEntry]),
) -> PlaneReadout {
    let pointed = pointed(pointer, state, exclusion, entries);
    let unit = state.coupling_unit;
    let mut lines = Vec::new();
    if let Pointer::Place {
        mass_mev,
        coupling_per_gev,
        ..
    } = pointer
    {
        lines.push(words::place(*mass_mev, *coupling_per_gev, unit));
    }
    if let Some(pointed) = &pointed {
        lines.push(pointed.entry.label.clone());
        lines.push(pointed.entry.about.clone());
        if let Some(coupling_per_gev) = pointed.coupling_per_gev {
            let chosen = chosen_limit(exclusion, pointed.mass_mev);
            let other = chosen.filter(|(name, _)| *name != pointed.entry.label);
            lines.push(words::on_curve(pointed.mass_mev, coupling_per_gev, unit, other));
        }
    }
    PlaneReadout {
        text: lines.join("\n"),
        curve: pointed.map(|pointed| (pointed.entry.label.clone(), pointed.entry.role)),
    }
}

fn pointed<'a>(
    pointer: &Pointer,
    state: &State,
    exclusion: &ExclusionView,
    entries: &'a [CurveEntry],
) -> Option<Pointed<'a>> {
    match pointer {
        Pointer::Place { line, .. } => {
            let (name, mass_mev, coupling_per_gev) = line.as_ref()?;
            // A line of an experiment's upper end has that after the name.
            let is_it = |entry: &&CurveEntry| {
                let rest = name.strip_prefix(entry.label.as_str());
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(", "))
            };
            Some(Pointed {
                entry: entries.iter().find(is_it)?,
                mass_mev: *mass_mev,
                coupling_per_gev: Some(*coupling_per_gev),
            })
        }
        Pointer::Curve(name) => {
            let entry = entries.iter().find(|entry| entry.name == *name)?;
            let mass_mev = state.benchmark.mass_mev;
            Some(Pointed {
                entry,
                mass_mev,
                coupling_per_gev: limit_of(exclusion, &entry.label, mass_mev),
            })
        }
    }
}

/// Name of the chosen experiment and its limit at a mass, in GeV^-1.
fn chosen_limit(exclusion: &ExclusionView, mass_mev: f64) -> Option<(&str, f64)> {
    let chosen = exclusion.computed.iter().find(|curve| curve.chosen)?;
    Some((&chosen.name, lowest(&chosen.pieces, mass_mev)?))
}

/// The lowest coupling of a curve at a mass, in GeV^-1.
fn limit_of(exclusion: &ExclusionView, label: &str, mass_mev: f64) -> Option<f64> {
    let computed = exclusion.computed.iter().find(|curve| curve.name == label);
    if let Some(curve) = computed {
        return lowest(&curve.pieces, mass_mev);
    }
    let line = exclusion.published.iter().find(|line| line.name == label)?;
    lowest_on(&line.masses_mev, &line.couplings_per_gev, mass_mev)
}

fn lowest(pieces: &[Piece], mass_mev: f64) -> Option<f64> {
    pieces
        .iter()
        .filter_map(|piece| lowest_on(&piece.masses_mev, &piece.couplings_per_gev, mass_mev))
        .min_by(f64::total_cmp)
}

/// The lowest ordinate of a line at a mass; straight between its points in logarithms, as it is drawn.
fn lowest_on(masses_mev: &[f64], couplings_per_gev: &[f64], mass_mev: f64) -> Option<f64> {
    let masses = masses_mev.windows(2).zip(couplings_per_gev.windows(2));
    masses
        .filter_map(|(mass, coupling)| {
            let (from, to) = (mass[0], mass[1]);
            let is_between = (from.min(to)..=from.max(to)).contains(&mass_mev);
            let share = if from == to {
                0.0
            } else {
                (mass_mev / from).ln() / (to / from).ln()
            };
            is_between.then(|| coupling[0] * (coupling[1] / coupling[0]).powf(share))
        })
        .min_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_as_it_is_drawn_and_at_its_lowest() {
        let value = lowest_on(&[1.0, 100.0], &[1e-8, 1e-6], 10.0);
        assert!(value.is_some_and(|value| (value / 1e-7 - 1.0).abs() < 1e-12));
        let folded = lowest_on(&[1.0, 3.0, 1.0], &[1e-6, 1e-7, 1e-8], 1.0);
        assert_eq!(folded, Some(1e-8));
        assert_eq!(lowest_on(&[1.0, 3.0], &[1e-6, 1e-7], 4.0), None);
    }
}
