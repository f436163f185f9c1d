//! The experiments there are.

use super::{ExperimentId, ExperimentSpec};
use crate::Error;
use crate::data;
use crate::error::quoted;
use std::sync::Arc;

/// Where the tables of experiments are.
const FOLDER: &str = "experiments/";

/// Experiments by name, in the order in which they are shown. Lists, colours and curves are made from it.
///
/// ```
/// use dipole_portal::analysis::{Analysis, Settings};
/// use dipole_portal::experiment::{ExperimentId, Registry};
///
/// let registry = Registry::built_in()?;
/// let dresden = registry.get(ExperimentId::DRESDEN_II)?;
/// // The same with one row of its table changed: what the Standard Model gives goes with the flux.
/// let brighter = dresden.overridden("flux", "9.6e13")?;
/// let counts = |spec| Analysis::new(spec, &Settings::default()).map(|analysis| analysis.standard_model().total());
/// assert!((counts(&brighter)? / counts(dresden)? - 2.0).abs() < 1e-12);
/// # Ok::<(), dipole_portal::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Registry {
    specs: Vec<Arc<ExperimentSpec>>,
}

impl Registry {
    /// Every table of `data/experiments/`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a malformed table.
    pub fn built_in() -> Result<Self, Error> {
        let mut registry = Self::default();
        for name in data::names() {
            if let Some(id) = name.strip_prefix(FOLDER) {
                registry.add(ExperimentSpec::new(ExperimentId::new(id)?, &data::table(name)?)?)?;
            }
        }
        Ok(registry)
    }

    /// Those that the page begins with: others can be added to it.
    #[must_use]
    pub fn first(&self) -> Self {
        let first = self.specs.iter().filter(|spec| !spec.is_for_workshop());
        Self {
            specs: first.cloned().collect(),
        }
    }

    /// An experiment that can be added to those that the page begins with: one of `data/experiments/`, or one to begin with or to come, by the name of its
    /// table in `data/templates/` or `data/projections/`; `None` if there is none.
    #[must_use]
    pub fn sample(name: &str) -> Option<Result<ExperimentSpec, Error>> {
        let own = format!("{FOLDER}{name}");
        if data::workshop_experiments().contains(&own.as_str()) {
            let read = || ExperimentSpec::new(ExperimentId::new(name)?, &data::table(&own)?);
            return Some(read());
        }
        let samples = data::templates().into_iter().chain(data::projections());
        let is_it = |sample: &&str| sample.split_once('/').is_some_and(|(_, known)| known == name);
        let table = { samples }.find(is_it)?;
        let read = || ExperimentSpec::from_text(Some(ExperimentId::new(name)?), &data::text(table)?);
        Some(read())
    }

    /// Adds an experiment at the place that its table asks for.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if there already is one of this name, and for [`ExperimentId::COMBINATION`].
    pub fn add(&mut self, spec: impl Into<Arc<ExperimentSpec>>) -> Result<(), Error> {
        let spec = spec.into();
        if spec.id() == ExperimentId::COMBINATION {
            let allowed = word!("another name than that of several experiments as one");
            return Err(Error::input("experiment", quoted(spec.id().name()), allowed));
        }
        if self.specs.iter().any(|known| known.id() == spec.id()) {
            return Err(Error::input(
                "experiment",
                format!("'{}' twice", spec.id()),
                "each name once",
            ));
        }
        let place = self.specs.partition_point(|known| known.order() <= spec.order());
        self.specs.insert(place, spec);
        Ok(())
    }

    /// Takes an experiment away, if it is there.
    pub fn remove(&mut self, id: ExperimentId) {
        self.specs.retain(|known| known.id() != id);
    }

    /// Every experiment, in order.
    pub fn specs(&self) -> impl Iterator<Item = &Arc<ExperimentSpec>> {
        self.specs.iter()
    }

    /// Every name, in order.
    pub fn ids(&self) -> impl Iterator<Item = ExperimentId> {
        self.specs.iter().map(|spec| spec.id())
    }

    /// Place of an experiment in the order, from zero; what colours follow.
    #[must_use]
    pub fn position(&self, id: ExperimentId) -> Option<usize> {
        self.specs.iter().position(|spec| spec.id() == id)
    }

    /// The experiment of this name.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) listing the names there are.
    pub fn get(&self, id: ExperimentId) -> Result<&Arc<ExperimentSpec>, Error> {
        self.specs.iter().find(|spec| spec.id() == id).ok_or_else(|| {
            let names: Vec<_> = self.ids().map(|id| id.to_string()).collect();
            Error::input("experiment", quoted(id.name()), names.join(", "))
        })
    }
}
