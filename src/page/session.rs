//! The page without a browser: actions change the state, ticks compute, views say what is to be seen.

use super::action::{Action, Effect, WorkOrder};
use super::controls::Forms;
use super::history::{History, movement};
use super::parameters::Parameters;
use super::plane::{BestFitPoint, Lines, PlaneSource, is_shown};
use super::pointer::Pointer;
use super::problems::Problems;
use super::spectrum::Spectra;
use super::state::State;
use super::verdict::verdict;
use super::view::{Controls, PageView, Past, PlanePane, Region, SpectrumPane, VerdictPane, VerdictRow, WorkPane};
use super::words;
use super::work::Work;
use crate::Error;
use crate::analysis::Store;
use crate::analysis::curve::LiveCurves;
use crate::analysis::literature::{Literature, PublishedCurve};
use crate::experiment::{ExperimentId, Input, Registry};
use std::rc::Rc;

/// Milliseconds after the start of a tick until which live curves are computed: what is left of a frame is for drawing.
const LIVE_UNTIL_MS: f64 = 3.5;
/// Milliseconds that they get in any case.
const LIVE_LEAST_MS: f64 = 1.0;

/// The page: what a visitor has chosen, and everything computed for it.
#[derive(Debug)]
pub struct Session {
    parameters: Parameters,
    store: Store,
    literature: Literature,
    state: State,
    address_problems: Problems,
    history: History,
    forms: Forms,
    spectra: Spectra,
    live: LiveCurves,
    lines: Lines,
    best_fits: Vec<BestFitPoint>,
    work: Work,
    /// Where the visitor points.
    pointer: Option<Pointer>,
    /// Whether the state has changed since the last tick.
    stale: bool,
    spectrum: Region<Rc<SpectrumPane>>,
    plane: Region<Rc<PlanePane>>,
    verdict: Region<Rc<VerdictPane>>,
    assumptions: Region<Rc<Vec<Input>>>,
    /// Whose inputs are listed.
    assumptions_of: Option<ExperimentId>,
}

impl Session {
    /// A page on the experiments of `data/experiments/`, at an address.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the tables of the experiments are broken: then there is nothing to show.
    pub fn built_in(address: &str) -> Result<Self, Error> {
        Registry::built_in().map(|registry| Self::new(registry, address))
    }

    /// A page on the experiments of a registry, at an address (what stands behind the `#`).
    #[must_use]
    pub fn new(registry: Registry, address: &str) -> Self {
        let literature = Literature::new();
        let names = literature.curves().iter().map(|curve| curve.name.clone());
        let parameters = Parameters::new(&registry, names);
        let (state, address_problems) = parameters.parse(address);
        Self {
            history: History::default(),
            forms: Forms::default(),
            spectra: Spectra::default(),
            live: LiveCurves::default(),
            lines: Lines::new(&literature),
            best_fits: Vec::new(),
            work: Work::default(),
            pointer: None,
            stale: true,
            spectrum: Region::default(),
            plane: Region::default(),
            verdict: Region::default(),
            assumptions: Region::default(),
            assumptions_of: None,
            store: Store::new(registry),
            parameters,
            literature,
            state,
            address_problems,
        }
    }

    /// What is chosen.
    #[must_use]
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Whether the visitor points at something in the plane.
    #[must_use]
    pub fn points(&self) -> bool {
        self.pointer.is_some()
    }

    /// The limit of the chosen experiment at the point's mass, as the table says it.
    #[must_use]
    pub fn limit_in_words(&self) -> Option<String> {
        let name = self.state.experiment.name();
        let rows = &self.verdict.content.rows;
        let row = rows.iter().find(|row| row.experiment == name)?;
        row.cells.get(VerdictRow::LIMIT).cloned()
    }

    /// The state as an address: what differs from the defaults.
    #[must_use]
    pub fn address(&self) -> String {
        self.parameters.print(&self.state)
    }

    /// The parameters of the page.
    pub(super) fn parameters(&self) -> &Parameters {
        &self.parameters
    }

    /// Its analyses.
    pub(super) fn store(&mut self) -> &mut Store {
        &mut self.store
    }

    /// The published curves that the plane shows.
    pub(super) fn shown_literature(&self) -> Vec<&PublishedCurve> {
        let flavor = self.state.benchmark.flavor;
        let curves = self.literature.for_flavor(flavor);
        curves.filter(|curve| is_shown(&self.state, curve)).collect()
    }

    /// The state at the start, in the colours of now.
    fn start(&self) -> State {
        State {
            theme: self.state.theme,
            ..State::default()
        }
    }

    /// Lets something happen.
    pub fn apply(&mut self, action: Action) -> Effect {
        let before = self.state.clone();
        let mut effect = Effect::default();
        let is_address = matches!(action, Action::Address { .. });
        let goes_back = matches!(action, Action::Undo | Action::Redo);
        let moving = movement(&action);
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
            Action::Step { key, steps } => self.forms.step(&self.parameters, &mut self.state, &key, steps),
            Action::Choose { key, option } => {
                self.forms.choose(&self.parameters, &mut self.state, &key, &option);
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
            Action::Address { text } => {
                (self.state, self.address_problems) = self.parameters.parse(&text);
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
                self.state = self.start();
                self.forms = Forms::default();
            }
            Action::Compute => {
                let jobs = self.work.start(&mut self.store, &self.state);
                effect.work = (!jobs.is_empty()).then_some(WorkOrder::Start(jobs));
            }
            Action::Cancel => {
                self.work.cancel();
                effect.work = Some(WorkOrder::Stop);
            }
            Action::Work(event, progress) => self.work.hear(*event, progress),
        }
        let changed = self.state != before;
        self.stale |= changed;
        if changed && !goes_back {
            self.history.changed(before.clone(), moving);
        }
        effect.address |= changed;
        // What was wrong with an address is corrected by a hand, not by the address itself.
        if changed && !is_address {
            let text = |state: &State, key: &str| self.parameters.text(state, key);
            self.address_problems
                .settle(|key| text(&before, key) != text(&self.state, key));
        }
        effect
    }

    /// Computes what has changed, and of the live curves as much as there is time for on the clock `now_ms`; returns
    /// whether there is more to do.
    ///
    /// A part that cannot be computed says so in its own place, and the others go on.
    pub fn tick(&mut self, now_ms: &mut dyn FnMut() -> f64) -> bool {
        let start_ms = now_ms();
        if std::mem::take(&mut self.stale) {
            let pane = self.spectra.pane(&mut self.store, &self.state);
            renew(&mut self.spectrum, pane);
            let verdict = verdict(&mut self.store, &self.literature, &self.state);
            renew(&mut self.verdict, Ok(verdict.pane));
            self.verdict.problem = verdict.problem;
            self.best_fits = verdict.best_fits;
            self.list_assumptions();
            let State {
                benchmark,
                settings,
                confidence,
                plane,
                ..
            } = self.state;
            self.live.ask(
                &mut self.store,
                benchmark.flavor,
                settings,
                confidence,
                plane.mass_mev(),
            );
        }
        let end_ms = (start_ms + LIVE_UNTIL_MS).max(now_ms() + LIVE_LEAST_MS);
        self.live.advance(&mut self.store, || now_ms() >= end_ms);
        let pane = PlaneSource {
            registry: self.store.registry(),
            state: &self.state,
            live: &self.live,
            precise: self.work.precise(),
            literature: &self.literature,
            lines: &self.lines,
            best_fits: &self.best_fits,
            pointer: self.pointer.as_ref(),
        }
        .pane();
        renew(&mut self.plane, Ok(pane));
        !self.live.is_complete()
    }

    fn list_assumptions(&mut self) {
        if self.assumptions_of == Some(self.state.experiment) {
            return;
        }
        let inputs = self
            .store
            .analysis(self.state.experiment, self.state.settings)
            .and_then(|analysis| analysis.experiment().assumptions());
        self.assumptions_of = inputs.is_ok().then_some(self.state.experiment);
        renew(&mut self.assumptions, inputs);
    }

    /// Every control as it is to be shown: what follows a hand at once.
    #[must_use]
    pub fn controls(&self) -> Controls {
        let analysis = self.store.prepared(self.state.experiment);
        let experiment = analysis.map(|analysis| analysis.experiment());
        self.forms.view(&self.parameters, &self.state, experiment)
    }

    fn past(&self) -> Past {
        let (undo, redo) = self.history.possible();
        let reset = self.state != self.start();
        Past { undo, redo, reset }
    }

    /// Everything that is to be seen.
    #[must_use]
    pub fn view(&self) -> PageView {
        PageView {
            theme: self.state.theme,
            past: self.past(),
            controls: self.controls(),
            problems: words::problems(&self.address_problems),
            spectrum: self.spectrum.clone(),
            plane: self.plane.clone(),
            verdict: self.verdict.clone(),
            work: Region {
                content: WorkPane {
                    status: self.work.status(&self.live),
                    progress: self.work.progress(),
                },
                problem: self.work.problem(),
            },
            assumptions: self.assumptions.clone(),
            settled: !self.stale && self.live.is_complete() && self.work.progress().is_none(),
        }
    }
}

/// Takes a newly computed content, if it is another one; keeps the old one beside a problem.
fn renew<T: PartialEq>(region: &mut Region<Rc<T>>, computed: Result<T, Error>) {
    match computed {
        Ok(content) => {
            region.problem = None;
            // The same content stays the same object: whoever shows it need not look inside.
            if *region.content != content {
                region.content = Rc::new(content);
            }
        }
        Err(error) => region.problem = Some(words::error(&error)),
    }
}
