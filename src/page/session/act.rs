//! What actions do.

use super::Session;
use crate::analysis::literature::Literature;
use crate::analysis::verdict::point_result;
use crate::data;
use crate::experiment::ExperimentId;
use crate::page::action::{Action, Effect, WorkOrder};
use crate::page::controls::Forms;
use crate::page::history::movement;
use crate::page::pins::PinAction;
use crate::page::plane::Lines;
use crate::page::state::{COUPLING_PER_GEV, State};
use crate::page::words;
use crate::work::Priority;

impl Session {
    /// Lets something happen.
    pub fn apply(&mut self, action: Action) -> Effect {
        let before = self.state.clone();
        let is_address = matches!(action, Action::Address { .. });
        let goes_back = matches!(action, Action::Undo | Action::Redo);
        let moving = movement(&action);
        let mut effect = self.act(action);
        // A range belongs to one spectrum on one kind of axis.
        let drawn = |state: &State| (state.experiment, state.view, state.axis, state.ratio);
        if !is_address && !goes_back && drawn(&self.state) != drawn(&before) {
            self.state.held = None;
        }
        if self.state.benchmark.flavor != before.benchmark.flavor {
            self.refused = false;
        }
        if crate::WORKSHOP && self.state.extra != before.extra {
            self.know_experiments();
        }
        let changed = self.state != before;
        self.stale |= changed;
        if changed && !goes_back {
            self.history.changed(before.clone(), moving);
        }
        effect.address |= changed;
        if crate::WORKSHOP
            && effect.work.is_none()
            && let Some((jobs, priority)) = self.sensitivities.ask(&mut self.store, &self.state)
        {
            effect.work = Some(WorkOrder::Start(jobs, priority));
        }
        // What was wrong with an address is corrected by a hand, not by the address itself.
        if changed && !is_address {
            let text = |state: &State, key: &str| self.parameters.text(state, key);
            self.address_problems
                .settle(|key| text(&before, key) != text(&self.state, key));
        }
        effect
    }

    /// What an action does itself.
    fn act(&mut self, action: Action) -> Effect {
        let mut effect = Effect::default();
        match action {
            Action::Slide { key, position } => {
                self.forms.slide(&self.parameters, &mut self.state, &key, position);
                self.address_problems.corrected(&key);
            }
            Action::Type { key, text } => {
                if self.forms.type_text(&self.parameters, &mut self.state, &key, &text) {
                    self.address_problems.corrected(&key);
                }
            }
            Action::Leave { key } => {
                self.forms.leave(&self.parameters, &self.state, &key);
                self.history.rest();
            }
            Action::Step { key, steps } => {
                let benchmark = self.state.benchmark;
                self.forms.step(&self.parameters, &mut self.state, &key, steps);
                // A walk ends where the limit does.
                if self.walks && key == "mass" && !self.go_to_limit() {
                    self.state.benchmark = benchmark;
                    self.forms = Forms::default();
                }
            }
            Action::WalkAlongLimit(walks) => {
                (self.walks, self.stale) = (walks, true);
                if walks {
                    self.go_to_limit();
                }
            }
            Action::Choose { key, option } => {
                if key == "held" {
                    self.state.held = if option == "1" { self.drawn_range() } else { None };
                } else {
                    self.forms.choose(&self.parameters, &mut self.state, &key, &option);
                }
                self.address_problems.corrected(&key);
            }
            Action::MovePoint {
                mass_mev,
                coupling_per_gev,
            } => {
                self.forms
                    .set_number(&self.parameters, &mut self.state, "mass", mass_mev);
                self.forms
                    .set_number(&self.parameters, &mut self.state, "coupling", coupling_per_gev);
            }
            Action::ShowPlane { frame, .. } => {
                let (mass, coupling) = (frame.masses_mev, frame.couplings_per_gev);
                for (key, value) in [
                    ("plane-mass-from", mass.0),
                    ("plane-mass-to", mass.1),
                    ("plane-from", coupling.0),
                    ("plane-to", coupling.1),
                ] {
                    self.forms.set_number(&self.parameters, &mut self.state, key, value);
                }
            }
            Action::Point(pointer) => self.pointer = pointer,
            Action::ToggleCurve { name } => {
                if !self.state.toggled.remove(&name) && self.parameters.is_curve(&name) {
                    self.state.toggled.insert(&name);
                }
            }
            Action::Pins(action) => {
                // Boxes show their values anew: a pin may have brought others.
                if matches!(action, PinAction::Show(_)) {
                    self.forms = Forms::default();
                }
                self.state.apply_to_pins(action);
            }
            Action::Address { text } => {
                let problem = self.know_experiments_of(&text);
                (self.state, self.address_problems) = self.parameters.parse(&text);
                self.address_problems.add_error(problem);
                self.lacking = self.parameters.lacking(&text);
                if self.lacking.is_some() {
                    self.address_problems = Default::default();
                }
                self.forms = Forms::default();
                // Also an address that changes nothing is written anew: it may have held what cannot be used.
                effect.address = true;
            }
            Action::Undo => {
                self.history.undo(&mut self.state);
                self.forms = Forms::default();
            }
            Action::Redo => {
                self.history.redo(&mut self.state);
                self.forms = Forms::default();
            }
            Action::Reset => {
                self.lacking = None;
                self.state = self.start();
                self.forms = Forms::default();
            }
            Action::Tables(text) => {
                self.stale = true;
                if text.is_some_and(|text| data::provide(&text)) {
                    self.literature = Literature::new();
                    self.lines = Lines::new(&self.literature);
                } else {
                    self.refused = true;
                }
            }
            action @ (Action::ResetInput { .. }
            | Action::Combine { .. }
            | Action::AddSample { .. }
            | Action::ShowEveryResult
            | Action::AddText { .. }
            | Action::RemoveExperiment { .. }
            | Action::CopyExperiment
            | Action::ShowBestFit
            | Action::Compute
            | Action::Cancel
            | Action::LookAtSensitivity(_)
            | Action::Work(..)) => {
                if crate::WORKSHOP {
                    effect.work = self.act_in_workshop(action);
                }
            }
        }
        effect
    }

    /// What an action does that only the workshop knows; returns what its workers are to do.
    fn act_in_workshop(&mut self, action: Action) -> Option<WorkOrder> {
        match action {
            Action::ResetInput { name } => {
                self.parameters.reset_edit(&mut self.state, &name);
                self.forms = Forms::default();
            }
            Action::AddSample { name } => self.add_sample(&name),
            Action::ShowEveryResult => self.show_every_result(),
            Action::AddText { text } => self.add_text(&text),
            Action::RemoveExperiment { name } => self.remove_experiment(&name),
            Action::CopyExperiment => self.copy_experiment(),
            Action::Combine { experiment } => self.combine(&experiment),
            Action::ShowBestFit => self.show_best_fit(),
            Action::Compute => {
                let jobs = self.work.start(&mut self.store, &self.state);
                return (!jobs.is_empty()).then_some(WorkOrder::Start(jobs, Priority::Background));
            }
            Action::Cancel => {
                self.work.cancel();
                return Some(WorkOrder::Stop);
            }
            Action::LookAtSensitivity(open) => self.sensitivities.open(open),
            Action::Work(event, _) if self.sensitivities.hear(&event) => {}
            Action::Work(event, progress) => self.work.hear(*event, progress),
            // The page knows the others itself.
            _ => {}
        }
        None
    }

    /// An experiment joins those that are drawn as one, or leaves them. One that there is not changes nothing.
    fn combine(&mut self, experiment: &str) {
        let known = ExperimentId::new(experiment).and_then(|id| self.store.registry().get(id).map(|spec| spec.id()));
        let Ok(id) = known else { return };
        let combined = &mut self.state.combined;
        match combined.binary_search(&id) {
            Ok(place) => {
                combined.remove(place);
            }
            Err(place) => combined.insert(place, id),
        }
    }

    /// Range of the vertical axis of the first spectrum as it is drawn.
    fn drawn_range(&self) -> Option<(f64, f64)> {
        let panel = self.spectrum.content.chart.as_ref()?.panels.first()?;
        Some((panel.y.low, panel.y.high))
    }

    /// Puts the point on the limit of the chosen experiment at its mass; `false` where there is none.
    fn go_to_limit(&mut self) -> bool {
        let State {
            benchmark, confidence, ..
        } = self.state;
        let analysis = self.store.analysis(self.state.experiment, &self.state.settings);
        let result = analysis.and_then(|analysis| point_result(analysis, benchmark, confidence));
        // What cannot be computed is said by the verdict.
        let limit_per_gev = result.ok().and_then(|result| result.lowest_excluded_per_gev());
        let Some(limit_per_gev) = limit_per_gev.filter(|limit| *limit <= COUPLING_PER_GEV.1) else {
            return false;
        };
        // A coupling set by hand has three digits: the next one above, which is excluded.
        for factor in [1.0, 1.005] {
            self.forms
                .set_number(&self.parameters, &mut self.state, "coupling", factor * limit_per_gev);
            if self.state.benchmark.coupling_per_gev >= limit_per_gev {
                break;
            }
        }
        true
    }

    fn show_best_fit(&mut self) {
        match self.matching.best_fit(&mut self.store, &self.state) {
            Ok(Some(best)) => {
                self.stale = true;
                // No dipole has no place in the plane, nor has what lies beyond its couplings: the words say where that is.
                if best.coupling_per_gev <= 0.0 || best.coupling_per_gev > COUPLING_PER_GEV.1 {
                    return;
                }
                self.forms
                    .set_number(&self.parameters, &mut self.state, "mass", best.mass_mev);
                self.forms
                    .set_number(&self.parameters, &mut self.state, "coupling", best.coupling_per_gev);
            }
            Ok(None) => {}
            Err(error) => self.matched.problem = Some(words::error(&error)),
        }
    }
}
