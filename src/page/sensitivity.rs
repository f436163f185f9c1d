//! What matters most to the limit of the chosen experiment at the point, while somebody looks.

use super::state::State;
use super::words;
use crate::analysis::Store;
use crate::analysis::curve::CurveRequest;
use crate::analysis::jobs::{Answer, Job, sensitivity_jobs};
use crate::analysis::sensitivity::{Row, pieces, sort};
use crate::work::{Event, Priority};

/// What the table of the inputs' effects shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SensitivityPane {
    /// What it is about, or why there is nothing.
    pub sentence: String,
    /// Names of the columns.
    pub head: Vec<String>,
    /// The inputs, what changes the limit most first.
    pub rows: Vec<SensitivityRow>,
}

/// What varying an input does to the limit.
#[derive(Clone, Debug, PartialEq)]
pub struct SensitivityRow {
    /// Key of the input.
    pub key: String,
    /// What it is.
    pub label: String,
    /// What it is varied to, and what the limit does, for each change.
    pub changes: Vec<(String, String)>,
    /// Lowest and highest relative change, for the bar.
    pub span: (f64, f64),
}

/// What the rows are for.
#[derive(Clone, Debug, PartialEq)]
struct Question {
    request: CurveRequest,
    mass_mev: f64,
}

/// Rows as they come from the workers.
#[derive(Debug, Default)]
pub(super) struct Sensitivities {
    open: bool,
    asked: Option<Question>,
    /// How many rows there will be.
    count: usize,
    rows: Vec<Row>,
    /// The rows of the last question that was answered completely, shown until the next is.
    complete: Vec<Row>,
    /// Why there is nothing.
    problem: Option<String>,
}

impl Sensitivities {
    /// Somebody looks, or no longer does.
    pub(super) fn open(&mut self, open: bool) {
        self.open = open;
        self.asked = None;
    }

    /// Whether somebody looks.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    /// The jobs that answer for a state, if they are not known or on their way.
    pub(super) fn ask(&mut self, store: &mut Store, state: &State) -> Option<(Vec<Job>, Priority)> {
        if !self.open {
            return None;
        }
        let (flavor, mass_mev) = (state.benchmark.flavor, state.benchmark.mass_mev);
        let analysis = match store.analysis(state.experiment, &state.settings) {
            Ok(analysis) => analysis,
            Err(error) => {
                self.problem = Some(words::error(&error));
                return None;
            }
        };
        let question = Question {
            request: CurveRequest::of(analysis, flavor, state.confidence),
            mass_mev,
        };
        if self.asked.as_ref() == Some(&question) {
            return None;
        }
        if self
            .asked
            .as_ref()
            .is_none_or(|asked| asked.request.experiment != state.experiment)
        {
            self.complete.clear();
        }
        self.problem = pieces(analysis, flavor, mass_mev, state.confidence)
            .err()
            .map(|error| words::error(&error));
        self.asked = Some(question);
        self.rows.clear();
        let jobs = sensitivity_jobs(analysis, flavor, mass_mev, state.confidence);
        self.count = jobs.len();
        if jobs.is_empty() {
            self.complete.clear();
        }
        Some((jobs, Priority::Interactive))
    }

    /// Takes the news of the workers; `false` for news of something else.
    pub(super) fn hear(&mut self, event: &Event<Job>) -> bool {
        match event {
            Event::Answered {
                job: Job::Sensitivity(piece),
                answer: Answer::Sensitivity(row),
                ..
            } => {
                if self.is_about(piece) {
                    self.rows.push(row.clone());
                }
                self.finish();
                true
            }
            Event::Failed {
                job: Job::Sensitivity(piece),
                ..
            } => {
                // What cannot be computed has no row.
                self.count -= usize::from(self.is_about(piece) && self.count > 0);
                self.finish();
                true
            }
            Event::Unavailable { reason } if self.open => {
                self.problem = Some(words::no_workers(reason).to_owned());
                self.count = 0;
                self.complete.clear();
                false
            }
            _ => false,
        }
    }

    fn is_about(&self, piece: &crate::analysis::sensitivity::Piece) -> bool {
        self.asked.as_ref().is_some_and(|asked| {
            // Pieces that change the data ask for expected limits.
            let mut request = piece.request.clone();
            request.settings.expected = asked.request.settings.expected;
            request == asked.request && piece.mass_mev == asked.mass_mev
        })
    }

    fn finish(&mut self) {
        if self.rows.len() == self.count {
            self.complete = std::mem::take(&mut self.rows);
            self.count = 0;
            sort(&mut self.complete);
        }
    }

    /// Whether nothing is on its way.
    pub(super) fn is_complete(&self) -> bool {
        !self.open || self.count == 0
    }

    /// What is to be seen.
    pub(super) fn pane(&self, state: &State) -> SensitivityPane {
        if !self.open {
            return SensitivityPane::default();
        }
        let rows = self.complete.iter().map(|row| SensitivityRow {
            key: row.key.clone(),
            label: words::sensitive_label(row),
            changes: row
                .changes
                .iter()
                .map(|change| (words::varied(row, change), words::effect(change, state.coupling_unit)))
                .collect(),
            span: span(row),
        });
        SensitivityPane {
            sentence: match &self.problem {
                Some(problem) => problem.clone(),
                None => words::sensitivity(self.is_complete() && !self.complete.is_empty()),
            },
            head: words::sensitivity_head(),
            rows: rows.collect(),
        }
    }
}

/// Lowest and highest relative change of a row; zero is always between them.
fn span(row: &Row) -> (f64, f64) {
    let changes = row.changes.iter().filter_map(|change| change.relative);
    changes.fold((0.0, 0.0), |(low, high), change| (low.min(change), high.max(change)))
}
