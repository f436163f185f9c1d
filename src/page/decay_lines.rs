//! Lines of the plane along which N flies a given length before it decays.

use super::state::{DecayLines, State};
use super::words;
use crate::Flavor;
use crate::analysis::curve::live_masses_mev;
use crate::chart::exclusion::{ComputedCurve, Piece};
use crate::chart::{Dash, Role};
use crate::experiment::{Experiment, ExperimentSpec, USUAL_LENGTHS_M};
use crate::physics::decay::Nature;

/// The lines with what they were computed for.
#[derive(Debug, Default)]
pub(super) struct Decays {
    of: Option<(ExperimentSpec, Flavor, Nature, (f64, f64))>,
    lines: Vec<ComputedCurve>,
}

impl Decays {
    /// Computes the lines of a state, or takes them away.
    pub(super) fn ask(&mut self, state: &State, experiment: Option<&Experiment>) {
        let nature = match state.decay_lines {
            DecayLines::None => None,
            DecayLines::Dirac => Some(Nature::Dirac),
            DecayLines::Majorana => Some(Nature::Majorana),
        };
        let (Some(nature), Some(experiment)) = (nature, experiment) else {
            *self = Self::default();
            return;
        };
        let (flavor, view_mev) = (state.benchmark.flavor, state.plane.mass_mev());
        let is_same = self.of.as_ref().is_some_and(|(spec, of, as_what, seen_mev)| {
            (*of, *as_what, *seen_mev) == (flavor, nature, view_mev) && spec == experiment.spec()
        });
        if !is_same {
            self.lines = lines(experiment, flavor, nature, view_mev);
            self.of = Some((experiment.spec().clone(), flavor, nature, view_mev));
        }
    }

    pub(super) fn lines(&self) -> &[ComputedCurve] {
        &self.lines
    }
}

fn lines(experiment: &Experiment, flavor: Flavor, nature: Nature, view_mev: (f64, f64)) -> Vec<ComputedCurve> {
    let masses_mev = live_masses_mev(view_mev);
    let line = |length_m: f64| {
        let points = masses_mev.iter().filter_map(|mass_mev| {
            let coupling_per_gev = experiment.coupling_for_length_per_gev(flavor, *mass_mev, length_m, nature)?;
            Some((*mass_mev, coupling_per_gev))
        });
        ComputedCurve {
            name: words::decay_length(length_m),
            role: Role::Pinned,
            dash: Dash::Dotted,
            pieces: vec![Piece::through(points)],
            everything_excluded_mev: Vec::new(),
            ceilings: Vec::new(),
            regions: Vec::new(),
            chosen: false,
            pinned: true,
        }
    };
    let lines = USUAL_LENGTHS_M.map(line).into_iter();
    lines.filter(|line| line.pieces[0].masses_mev.len() > 1).collect()
}
