//! Experiments that come and go.

use super::Session;
use crate::Error;
use crate::analysis::Store;
use crate::analysis::curve::LiveCurves;
use crate::analysis::literature::{self, Literature};
use crate::data;
use crate::experiment::{ExperimentId, Registry};
use crate::page::controls::Forms;
use crate::page::expectations::Expectations;
use crate::page::extra::{Extra, copy};
use crate::page::parameters::Parameters;
use crate::page::pins::Board;
use crate::page::plane_frame::PlaneFrame;
use crate::page::spectrum::Spectra;
use crate::page::view::{OwnPane, Region};
use crate::page::{sensitivity, words};
use std::rc::Rc;

/// Names of every published curve, also of those whose tables are not there yet.
pub(super) fn curve_names(literature: &Literature) -> Vec<String> {
    // Also a curve whose table is not there yet can be named in an address.
    let later = data::LATER_NAMES
        .iter()
        .filter_map(|name| name.strip_prefix(literature::FOLDER));
    let known = literature.curves().iter().map(|curve| curve.name.clone());
    known.chain(later.map(str::to_owned)).collect()
}

/// What is offered and added; made anew only with the experiments there are, and not in every view.
pub(super) fn pane(registry: &Registry, base: &Registry, extra: &Extra) -> Region<Rc<OwnPane>> {
    let mut pane = OwnPane::default();
    if crate::WORKSHOP {
        pane.offered = Extra::offered();
        list_added(&mut pane, registry, base, extra);
    }
    Region {
        content: Rc::new(pane),
        problem: None,
    }
}

/// What of the experiments is none of the program itself.
fn list_added(pane: &mut OwnPane, registry: &Registry, base: &Registry, extra: &Extra) {
    let added = registry.specs().filter(|spec| base.get(spec.id()).is_err());
    pane.added = added
        .map(|spec| (spec.id().to_string(), spec.name().to_owned()))
        .collect();
    pane.sentence = words::added(extra.fits());
}

impl Session {
    pub(super) fn add_sample(&mut self, name: &str) {
        let added = self.state.extra.add_sample(&self.base, name);
        self.tell_own(added.map(|()| ExperimentId::new(name).ok()));
    }

    /// Adds every result that is shipped beside the paper's, as far as there is room, and shows the curve of each experiment in the part of the plane of the start.
    pub(super) fn show_every_result(&mut self) {
        let tables = data::workshop_experiments().into_iter();
        for name in tables.filter_map(|table| table.rsplit('/').next()) {
            if let Err(error) = self.state.extra.add_sample(&self.base, name) {
                self.tell_own(Err(error));
            }
        }
        let ids: Vec<_> = self
            .state
            .extra
            .samples
            .iter()
            .copied()
            .chain(self.base.ids())
            .collect();
        for id in ids {
            self.state.toggled.remove(id.name());
        }
        self.state.plane = PlaneFrame::default();
        self.forms = Forms::default();
    }

    pub(super) fn add_text(&mut self, text: &str) {
        let added = self.state.extra.add_text(&self.base, text);
        self.tell_own(added.map(Some));
    }

    /// What was added is chosen; what could not be is said.
    fn tell_own(&mut self, added: Result<Option<ExperimentId>, Error>) {
        match added {
            Ok(id) => {
                self.own.problem = None;
                self.state.experiment = id.unwrap_or(self.state.experiment);
            }
            Err(error) => {
                self.own.problem = Some(words::own_problem(&error));
                self.stale = true;
            }
        }
    }

    pub(super) fn remove_experiment(&mut self, name: &str) {
        let Ok(id) = ExperimentId::new(name) else { return };
        self.state.extra.remove(id);
        self.own.problem = None;
    }

    /// Offers the chosen experiment, with what is changed, as a text with another name.
    pub(super) fn copy_experiment(&mut self) {
        let spec = self.store.registry().get(self.state.experiment);
        let edited = spec.and_then(|spec| self.state.settings.edited(spec));
        Rc::make_mut(&mut self.own.content).draft = edited.ok().map(|spec| copy(&spec));
    }

    /// Knows the experiments that an address adds, before the rest of it is read; returns what is wrong with them.
    pub(super) fn know_experiments_of(&mut self, address: &str) -> Option<Error> {
        if !crate::WORKSHOP {
            return None;
        }
        let (extra, problem) = Parameters::extra_of(&self.base, address);
        if extra != self.state.extra {
            self.state.extra = extra;
            self.know_experiments();
        }
        problem
    }

    /// Everything that is made from the experiments there are is made anew, and what of the state named one that is gone is at its start.
    pub(super) fn know_experiments(&mut self) {
        let registry = self
            .state
            .extra
            .registry(&self.base)
            .unwrap_or_else(|_| self.base.clone());
        let extra = self.state.extra.clone();
        self.parameters = Parameters::new(&registry, curve_names(&self.literature)).with_extra(extra);
        let is_known = |id: &ExperimentId| registry.get(*id).is_ok();
        if !is_known(&self.state.experiment) {
            self.state.experiment = self.parameters.start().experiment;
        }
        self.state.combined.retain(is_known);
        self.state.toggled.retain(|curve| self.parameters.is_curve(curve));
        self.state.pins.retain(|pin| is_known(&pin.experiment));
        let pinned = self.state.pins.iter_mut().map(|pin| &mut pin.settings);
        for settings in pinned.chain([&mut self.state.settings]) {
            settings.edits.keep(is_known);
        }
        list_added(
            Rc::make_mut(&mut self.own.content),
            &registry,
            &self.base,
            &self.state.extra,
        );
        self.store = Store::new(registry);
        self.forms = Forms::default();
        self.spectra = Spectra::default();
        self.live = LiveCurves::default();
        self.board = Board::default();
        self.expectations = Expectations::default();
        let open = self.sensitivities.is_open();
        self.sensitivities = sensitivity::Sensitivities::default();
        self.sensitivities.open(open);
        self.assumptions_of = None;
        self.stale = true;
    }
}
