//! Analyses that are prepared once, when they are first asked for.

use crate::Error;
use crate::analysis::curve::CurveRequest;
use crate::analysis::{Analysis, Combination, Settings, Subject};
use crate::experiment::{ExperimentId, ExperimentSpec, Registry};
use crate::small_map::SmallMap;

/// The experiments there are, and an analysis of each that has been asked for.
#[derive(Clone, Debug)]
pub struct Store {
    registry: Registry,
    analyses: SmallMap<ExperimentId, Analysis>,
    /// The combination that was last asked for, with the names of its members.
    combination: SmallMap<Vec<ExperimentId>, Combination>,
}

impl Store {
    /// A store for the experiments of `registry`; nothing is prepared yet.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self {
            registry,
            analyses: SmallMap::default(),
            combination: SmallMap::default(),
        }
    }

    /// A store for the experiments of `data/experiments/`.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a malformed table.
    pub fn built_in() -> Result<Self, Error> {
        Registry::built_in().map(Self::new)
    }

    /// The experiments there are.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// Knows the experiments of a request: shipped ones that are not built in, and one of one's own, whose text is as it was last.
    ///
    /// # Errors
    /// As [`ExperimentSpec::from_text`].
    pub fn know(&mut self, request: &CurveRequest) -> Result<(), Error> {
        let known = |registry: &Registry, id: ExperimentId| registry.get(id).cloned().ok();
        for id in request.members.iter().copied().chain([request.experiment]) {
            let text = request.own.as_deref().filter(|_| id == request.experiment);
            match (known(&self.registry, id), text) {
                (Some(spec), Some(text)) if spec.to_text() != text => {
                    self.registry.remove(id);
                    self.analyses.remove(&id);
                    self.registry.add(ExperimentSpec::from_text(None, text)?)?;
                }
                (None, Some(text)) => self.registry.add(ExperimentSpec::from_text(None, text)?)?,
                (None, None) => {
                    if let Some(sample) = Registry::sample(id.name()) {
                        self.registry.add(sample?)?;
                    }
                }
                (Some(_), _) => {}
            }
        }
        Ok(())
    }

    /// The analysis of an experiment, if it has been asked for; at the settings of the last time.
    #[must_use]
    pub fn prepared(&self, id: ExperimentId) -> Option<&Analysis> {
        self.analyses.get(&id)
    }

    /// The analysis of an experiment at some settings; only what depends on changed settings is prepared again.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an unknown experiment or settings out of range, [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
    pub fn analysis(&mut self, id: ExperimentId, settings: &Settings) -> Result<&Analysis, Error> {
        let fresh = || Analysis::new(self.registry.get(id)?, settings);
        let analysis = self.analyses.get_or_try_insert(id, fresh)?;
        analysis.set(settings)?;
        Ok(analysis)
    }

    /// Several experiments as one at some settings. One combination is kept; the order of its members does not matter.
    ///
    /// # Errors
    /// As [`Combination::new`].
    pub fn combination(&mut self, members: &[ExperimentId], settings: &Settings) -> Result<&Combination, Error> {
        let mut key = members.to_vec();
        key.sort_unstable();
        self.combination.retain(|known, _| *known == key);
        let fresh = || Combination::new(&self.registry, members, settings);
        let combination = self.combination.get_or_try_insert(key, fresh)?;
        combination.set(settings)?;
        Ok(combination)
    }

    /// What a curve is of, at its settings.
    ///
    /// # Errors
    /// As [`Self::analysis`] and [`Self::combination`].
    pub fn subject(&mut self, request: &CurveRequest) -> Result<&dyn Subject, Error> {
        if crate::WORKSHOP && request.experiment == ExperimentId::COMBINATION {
            let combination = self.combination(&request.members, &request.settings)?;
            return Ok(combination);
        }
        let analysis = self.analysis(request.experiment, &request.settings)?;
        Ok(analysis)
    }
}
