//! Whose limits lead where in the plane, as a sentence made from the curves that it shows.

use super::plane::ELECTRONS_BELOW_MEV;
use super::words;
use crate::analysis::curve::Curve;
use crate::analysis::lead::leads;
use crate::experiment::{ExperimentSpec, Registry};
use std::sync::Arc;

/// The sentence, with the curves that it was made from.
#[derive(Debug, Default)]
pub(super) struct Leads {
    of: Vec<Arc<Curve>>,
    sentence: String,
    /// Whether curves are on their way that it does not know.
    late: bool,
}

impl Leads {
    /// Makes the sentence from these curves, if they are others than before.
    pub(super) fn ask(&mut self, registry: &Registry, curves: Vec<Arc<Curve>>) {
        self.late = false;
        let is_same = |(one, other): (&Arc<Curve>, &Arc<Curve>)| Arc::ptr_eq(one, other);
        if curves.len() == self.of.len() && curves.iter().zip(&self.of).all(is_same) {
            return;
        }
        let lines: Vec<&Curve> = curves.iter().map(AsRef::as_ref).collect();
        self.sentence = sentence(registry, &lines);
        self.of = curves;
    }

    /// Curves are on their way: the sentence of before keeps its place, and is shown as late.
    pub(super) fn wait(&mut self) {
        self.late = true;
    }

    /// The sentence, and whether it is late.
    pub(super) fn said(&self) -> (String, bool) {
        if !crate::WORKSHOP {
            return Default::default();
        }
        (self.sentence.clone(), self.late)
    }
}

/// Who leads where, in a sentence; empty for fewer than two curves.
///
/// `curves`: limits on one coupling, of experiments of the registry.
#[must_use]
pub fn sentence(registry: &Registry, curves: &[&Curve]) -> String {
    let [first, _, ..] = curves else { return String::new() };
    let name = |curve: &&Curve| {
        let spec: &ExperimentSpec = registry.get(curve.request.experiment).ok()?;
        let settings = &curve.request.settings;
        let is_optimistic = spec.has_optimistic_electrons() && !settings.nuclei_only;
        Some(words::Called {
            id: spec.id(),
            name: words::name_with_quenching(spec, settings),
            optimistic_below_mev: is_optimistic.then_some(ELECTRONS_BELOW_MEV),
        })
    };
    let names: Vec<_> = curves.iter().filter_map(name).collect();
    words::leads(
        first.request.flavor,
        first.request.settings.weights,
        &names,
        &leads(curves),
    )
}
