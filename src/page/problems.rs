//! What of an address or a box could not be used, as data: `parameters` finds it, `words` says it.

use crate::Error;
use crate::small_map::SmallMap;

/// Most complaints that are shown at once.
const SHOWN: usize = 5;

/// An end of a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// The smallest value.
    Low,
    /// The largest value.
    High,
}

/// A value out of range, for which the nearest allowed one was taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Clamped {
    /// What came, as it was written.
    pub got: String,
    /// The number that is taken, in the unit of the box.
    pub taken: String,
    /// The unit of the box, as it is written in text.
    pub unit: &'static str,
    /// The end of the range that was taken.
    pub bound: Bound,
}

/// What is wrong with one parameter.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// It could not be used; the value before stands.
    Wrong(Error),
    /// It was out of range; the nearest allowed value is taken.
    Clamped(Clamped),
    /// The address is of a version to come; what is understood of it is taken.
    Newer {
        /// That version.
        version: usize,
    },
}

/// What is wrong with an address: at most one problem for each parameter, and what belongs to none.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problems {
    by_key: SmallMap<&'static str, Problem>,
    /// The first of those that belong to no parameter.
    general: Vec<Problem>,
    /// How many there are of these.
    general_count: usize,
}

impl Problems {
    pub(super) fn add(&mut self, key: &'static str, problem: Problem) {
        self.by_key.insert(key, problem);
    }

    /// An error that belongs to no parameter, if there is one.
    pub(super) fn add_error(&mut self, error: Option<Error>) {
        if let Some(error) = error {
            self.add_general(|| Problem::Wrong(error));
        }
    }

    pub(super) fn add_general(&mut self, problem: impl FnOnce() -> Problem) {
        self.general_count += 1;
        if self.general.len() < SHOWN {
            self.general.push(problem());
        }
    }

    /// Whether everything could be used.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.count() == 0
    }

    /// How many problems there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.by_key.len() + self.general_count
    }

    /// The problem with a parameter.
    #[must_use]
    pub fn of(&self, key: &str) -> Option<&Problem> {
        self.by_key.get(key)
    }

    /// A handful of them with their key, empty where there is none.
    pub fn shown(&self) -> impl Iterator<Item = (&'static str, &Problem)> {
        let keyed = self.by_key.iter().map(|(key, problem)| (*key, problem));
        let general = self.general.iter().map(|problem| ("", problem));
        keyed.chain(general).take(SHOWN)
    }

    /// How many are not among [`Self::shown`].
    #[must_use]
    pub fn left_out(&self) -> usize {
        self.count().saturating_sub(SHOWN)
    }

    /// A parameter has been set: what was wrong with it is of the past.
    pub fn corrected(&mut self, key: &str) {
        self.by_key.remove(key);
    }

    /// The state has changed: takes out the problems of the parameters that differ. What belongs to no parameter goes with the first
    /// change: the address is then written anew, without it.
    pub fn settle(&mut self, differs: impl Fn(&str) -> bool) {
        self.by_key.retain(|key, _| !differs(key));
        self.general.clear();
        self.general_count = 0;
    }
}
