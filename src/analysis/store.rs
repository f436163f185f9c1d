//! Analyses that are prepared once and kept.

use crate::Error;
use crate::analysis::{Analysis, Settings};
use crate::experiment::ExperimentId;
use std::collections::BTreeMap;

/// The analyses of the experiments that have been asked for.
#[derive(Clone, Debug, Default)]
pub struct AnalysisStore {
    analyses: BTreeMap<ExperimentId, Analysis>,
}

impl AnalysisStore {
    /// The analysis of an experiment at some settings; only what depends on a change of them is prepared again.
    ///
    /// # Errors
    /// [`Error::Table`] for a broken table, [`Error::Input`] for settings out of range.
    pub fn at(&mut self, experiment: ExperimentId, settings: Settings) -> Result<&Analysis, Error> {
        use std::collections::btree_map::Entry;
        let analysis = match self.analyses.entry(experiment) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(Analysis::new(experiment, settings)?),
        };
        analysis.set(settings)?;
        Ok(analysis)
    }
}
