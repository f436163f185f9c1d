//! What the workshop shows beside the page: the inputs of the chosen experiment, the precise computation, and what can be combined.

use super::{Session, renew};
use crate::experiment::ExperimentSpec;
use crate::page::inputs::InputsPane;
use crate::page::view::{CombineEntry, Region, WorkPane};
use crate::page::words;
use std::sync::Arc;

impl Session {
    /// The workshop has the words and sources of inputs.
    pub(super) fn list_assumptions(&mut self) {
        if !crate::WORKSHOP {
            return;
        }
        let edits = self.state.settings.edits.of(self.state.experiment);
        let model = self.state.settings.fluxes.reactor_model();
        let of = Some((self.state.experiment, edits, model));
        if self.assumptions_of == of {
            return;
        }
        let inputs = self
            .store
            .analysis(self.state.experiment, &self.state.settings)
            .and_then(|analysis| analysis.experiment().assumptions())
            .map(|inputs| inputs.into_iter().map(words::input).collect());
        self.assumptions_of = of.filter(|_| inputs.is_ok());
        renew(&mut self.assumptions, inputs);
    }

    /// The precise computation, which is the workshop's.
    pub(super) fn work_pane(&self) -> Region<WorkPane> {
        if !crate::WORKSHOP {
            return Region::default();
        }
        Region {
            content: WorkPane {
                status: self.work.status(&self.live),
                progress: self.work.progress(),
            },
            problem: self.work.problem(),
        }
    }

    pub(super) fn combine_entries(&self) -> Vec<CombineEntry> {
        let specs = self.store.registry().specs().filter(|_| crate::WORKSHOP);
        let entry = |spec: &Arc<ExperimentSpec>| CombineEntry {
            name: spec.id().to_string(),
            label: spec.name().to_owned(),
            chosen: self.state.combined.contains(&spec.id()),
        };
        specs.map(entry).collect()
    }

    /// The inputs of the chosen experiment that can be changed.
    pub(super) fn inputs(&self) -> InputsPane {
        let spec = self.store.registry().get(self.state.experiment);
        match spec {
            Ok(spec) if crate::WORKSHOP => InputsPane::new(&self.parameters, &self.forms, &self.state, spec),
            _ => InputsPane::default(),
        }
    }
}
