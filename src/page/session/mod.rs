//! The page without a browser: actions change the state, ticks compute, views say what is to be seen.

mod act;
mod compare;
mod own;
mod panes;

use super::controls::Forms;
use super::decay_lines::Decays;
use super::expectations::Expectations;
use super::history::History;
use super::leads::Leads;
use super::matching::Matching;
use super::parameters::Parameters;
use super::pins::Board;
use super::plane::{BestFitPoint, Lines, PlaneSource, curves_of_data, is_shown};
use super::pointer::Pointer;
use super::problems::Problems;
use super::sensitivity::{Sensitivities, SensitivityPane};
use super::spectrum::Spectra;
use super::state::State;
use super::verdict::verdict;
use super::view::{
    Controls, MatchPane, OwnPane, PageView, Past, PinsPane, PlanePane, Region, SpectrumPane, VerdictPane, VerdictRow,
};
use super::words;
use super::work::Work;
use crate::analysis::curve::LiveCurves;
use crate::analysis::literature::{Literature, PublishedCurve};
use crate::analysis::{Edits, Store};
use crate::data;
use crate::experiment::{ExperimentId, Input, Registry};
use crate::physics::source::ReactorModel;
use crate::{Error, Flavor};
use std::rc::Rc;

/// Milliseconds after the start of a tick until which live curves are computed: what is left of a frame is for drawing.
const LIVE_UNTIL_MS: f64 = 3.5;
/// Milliseconds that they get in any case.
const LIVE_LEAST_MS: f64 = 1.0;

/// The page: what a visitor has chosen, and everything computed for it.
///
/// ```
/// use dipole_portal::page::action::Action;
/// use dipole_portal::page::export::{Format, Subject};
/// use dipole_portal::page::session::Session;
///
/// let mut page = Session::built_in("experiment=coherent-csi&flavor=mu")?;
/// page.apply(Action::Type { key: "mass".to_owned(), text: "20 MeV".to_owned() });
/// // What is left to compute of a frame, on a clock that stands still.
/// while page.tick(&mut || 0.0) {}
/// assert!(page.address().contains("mass=20"));
/// let file = page.export(Subject::Verdict, Format::Csv)?;
/// assert!(file.text.contains("COHERENT CsI"));
/// # Ok::<(), dipole_portal::Error>(())
/// ```
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
    board: Board,
    matching: Matching,
    /// Whether arrow keys walk along the limit of the chosen experiment.
    walks: bool,
    work: Work,
    /// Where the visitor points.
    pointer: Option<Pointer>,
    /// Whether the tables of published limits for the chosen flavour could not be fetched.
    refused: bool,
    /// Whether the state has changed since the last tick.
    stale: bool,
    spectrum: Region<Rc<SpectrumPane>>,
    plane: Region<Rc<PlanePane>>,
    verdict: Region<Rc<VerdictPane>>,
    pins: Region<Rc<PinsPane>>,
    matched: Region<Rc<MatchPane>>,
    assumptions: Region<Rc<Vec<Input>>>,
    /// Whose inputs are listed, what is changed of them, and with which spectrum of a reactor.
    assumptions_of: Option<(ExperimentId, Edits, ReactorModel)>,
    expectations: Expectations,
    sensitivities: Sensitivities,
    decays: Decays,
    leads: Leads,
    /// The experiments of the program itself.
    base: Registry,
    /// Experiments beside them, and what is wrong with one that was to be added.
    own: Region<Rc<OwnPane>>,
    /// Whether the address asks for what this program lacks; with the address.
    lacking: Option<String>,
}

impl Session {
    /// A page on the experiments of `data/experiments/`, at an address.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the tables of the experiments are broken: then there is nothing to show.
    pub fn built_in(address: &str) -> Result<Self, Error> {
        Registry::built_in().map(|registry| Self::new(registry, address))
    }

    /// The same in a program that has brought every table with it, and need not fetch any.
    ///
    /// # Errors
    /// As [`Self::built_in`].
    pub fn with_every_table(address: &str) -> Result<Self, Error> {
        data::bring_all();
        Self::built_in(address)
    }

    /// A page that goes on where another program has left it, at [`Self::states`] of it, with every table.
    ///
    /// # Errors
    /// As [`Self::built_in`].
    pub fn resumed(states: &[String]) -> Result<Self, Error> {
        let now = states.last().map_or("", String::as_str);
        let mut session = Self::with_every_table(now)?;
        let past = states.iter().rev().skip(1).rev();
        session.history = History::of(past.map(|address| session.parameters.parse(address).0).collect());
        Ok(session)
    }

    /// The states that can be undone, then that of now, as addresses.
    #[must_use]
    pub fn states(&self) -> Vec<String> {
        let past = self.history.past().iter().map(|state| self.parameters.print(state));
        past.chain([self.address()]).collect()
    }

    /// A page on the experiments of a registry, at an address (what stands behind the `#`).
    #[must_use]
    pub fn new(registry: Registry, address: &str) -> Self {
        let literature = Literature::new();
        let base = registry.first();
        let (extra, problem) = if crate::WORKSHOP {
            Parameters::extra_of(&base, address)
        } else {
            Default::default()
        };
        let registry = extra.registry(&base).unwrap_or_else(|_| base.clone());
        let parameters = Parameters::new(&registry, own::curve_names(&literature)).with_extra(extra);
        let lacking = parameters.lacking(address);
        let (state, mut address_problems) = parameters.parse(address);
        address_problems.add_error(problem);
        if lacking.is_some() {
            // The workshop knows more, and says what is wrong.
            address_problems = Problems::default();
        }
        Self {
            history: History::default(),
            forms: Forms::default(),
            spectra: Spectra::default(),
            live: LiveCurves::default(),
            lines: Lines::new(&literature),
            best_fits: Vec::new(),
            board: Board::default(),
            matching: Matching::default(),
            walks: false,
            work: Work::default(),
            pointer: None,
            refused: false,
            stale: true,
            spectrum: Region::default(),
            plane: Region::default(),
            verdict: Region::default(),
            pins: Region::default(),
            matched: Region::default(),
            assumptions: Region::default(),
            assumptions_of: None,
            expectations: Expectations::default(),
            sensitivities: Sensitivities::default(),
            decays: Decays::default(),
            leads: Leads::default(),
            own: own::pane(&registry, &base, &state.extra),
            base,
            lacking,
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

    /// Whether arrow keys walk along the limit of the chosen experiment.
    #[must_use]
    pub fn walks(&self) -> bool {
        self.walks
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
        let own = self.parameters.print(&self.state);
        match &self.lacking {
            None => own,
            // Until the workshop is there, and if it does not come, what was asked for stays; what is changed meanwhile comes behind it, where it counts more.
            Some(asked) if self.parameters.parse(asked).0 == self.state => asked.clone(),
            Some(asked) => format!("{asked}&{own}"),
        }
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

    /// Computes what has changed, and of the live curves as much as there is time for on the clock `now_ms`; returns
    /// whether there is more to do.
    ///
    /// A part that cannot be computed says so in its own place, and the others go on.
    pub fn tick(&mut self, now_ms: &mut dyn FnMut() -> f64) -> bool {
        let start_ms = now_ms();
        if std::mem::take(&mut self.stale) {
            self.refresh();
        }
        let end_ms = (start_ms + LIVE_UNTIL_MS).max(now_ms() + LIVE_LEAST_MS);
        self.live.advance(&mut self.store, || now_ms() >= end_ms);
        if crate::WORKSHOP && self.live.is_complete() {
            self.expectations.advance(|| now_ms() >= end_ms);
        }
        if self.live.is_complete() {
            self.board.advance(|| now_ms() >= end_ms);
        }
        if crate::WORKSHOP {
            if self.live.is_complete() {
                let curves = curves_of_data(self.store.registry(), &self.state, &self.live);
                self.leads.ask(self.store.registry(), curves);
            } else {
                self.leads.wait();
            }
        }
        let pins = self.named_pins(true);
        let pane = PlaneSource {
            registry: self.store.registry(),
            state: &self.state,
            live: &self.live,
            precise: self.work.precise(),
            literature: &self.literature,
            lines: &self.lines,
            best_fits: &self.best_fits,
            expectations: &self.expectations,
            decays: &self.decays,
            leads: &self.leads,
            pins: &pins,
            walks: self.walks,
            pointer: self.pointer.as_ref(),
        }
        .pane();
        renew(&mut self.plane, Ok(pane));
        self.plane.problem = self.no_tables().map(str::to_owned);
        !self.is_complete()
    }

    /// Computes everything that follows from the state, but for curves.
    fn refresh(&mut self) {
        let State {
            benchmark,
            settings,
            confidence,
            plane,
            ..
        } = self.state.clone();
        self.board
            .ask(self.store.registry(), &self.state.pins, plane.mass_mev());
        let pinned = self.pinned_lines();
        let pane = self.spectra.pane(&mut self.store, &self.state, &pinned);
        let chi2 = pane.as_ref().ok().and_then(|pane| pane.chi2);
        renew(&mut self.spectrum, pane);
        if crate::WORKSHOP {
            let pane = self.matching.take(&mut self.store, &self.state, chi2);
            renew(&mut self.matched, pane);
        }
        let pane = self.pins_pane();
        renew(&mut self.pins, Ok(pane));
        if crate::WORKSHOP {
            self.expectations.ask(self.store.registry(), &self.state);
        }
        let expected = self.expectations.limits(&self.state);
        let verdict = verdict(&mut self.store, &self.literature, &self.state, &expected);
        renew(&mut self.verdict, Ok(verdict.pane));
        self.verdict.problem = verdict.problem.or_else(|| self.no_tables().map(str::to_owned));
        self.best_fits = verdict.best_fits;
        self.list_assumptions();
        if crate::WORKSHOP {
            let analysis = self.store.prepared(self.state.experiment);
            self.decays
                .ask(&self.state, analysis.map(|analysis| analysis.experiment()));
        }
        self.live.ask(
            &mut self.store,
            (benchmark.flavor, confidence),
            &settings,
            &self.state.combined,
            plane.mass_mev(),
        );
    }

    /// Whether the page shows something for which it has to fetch tables first.
    #[must_use]
    pub fn lacks_tables(&self) -> bool {
        let flavor = self.state.benchmark.flavor;
        flavor != Flavor::Electron && !self.refused && !data::is_complete()
    }

    /// What is said where published limits are missing.
    fn no_tables(&self) -> Option<&'static str> {
        match (self.lacks_tables(), self.refused && !data::is_complete()) {
            (true, _) => Some(words::tables_come()),
            (_, true) => Some(words::no_tables()),
            _ => None,
        }
    }

    fn is_complete(&self) -> bool {
        self.live.is_complete() && self.board.is_complete() && self.expectations.is_complete()
    }

    /// Whether the address asks for what only the workshop can do.
    #[must_use]
    pub fn lacks_workshop(&self) -> bool {
        self.lacking.is_some()
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
            pins: self.pins.clone(),
            matched: self.matched.clone(),
            work: self.work_pane(),
            assumptions: self.assumptions.clone(),
            combine: self.combine_entries(),
            own: self.own.clone(),
            inputs: self.inputs(),
            sensitivity: if crate::WORKSHOP {
                self.sensitivities.pane(&self.state)
            } else {
                SensitivityPane::default()
            },
            settled: !self.stale
                && self.is_complete()
                && !self.lacks_tables()
                && !self.lacks_workshop()
                && self.sensitivities.is_complete()
                && (!crate::WORKSHOP || self.work.progress().is_none()),
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
