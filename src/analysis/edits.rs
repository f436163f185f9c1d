//! Inputs of experiments that a visitor has changed: what their tables say otherwise stays as it is.

use crate::Error;
use crate::experiment::{ExperimentId, ExperimentSpec, Registry, adjustable};
use crate::numerics::decimal;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One input of an experiment with another value than in its table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The experiment.
    pub experiment: ExperimentId,
    /// Key of the row.
    pub key: String,
    /// The value, as it would stand in the table.
    pub value: String,
}

/// Changed inputs, each once, in the order of experiments and keys: the same edits are the same list, however one came to them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Edits(Vec<Edit>);

impl Edits {
    /// Every edit.
    #[must_use]
    pub fn list(&self) -> &[Edit] {
        &self.0
    }

    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Those of one experiment.
    #[must_use]
    pub fn of(&self, experiment: ExperimentId) -> Self {
        let own = self.0.iter().filter(|edit| edit.experiment == experiment);
        Self(own.cloned().collect())
    }

    /// The changed value of an input; `None` where it is that of the table.
    #[must_use]
    pub fn value(&self, experiment: ExperimentId, key: &str) -> Option<&str> {
        let place = self.place(experiment, key).ok()?;
        Some(self.0[place].value.as_str())
    }

    /// Changes an input, or takes its change back. Whether there is such an input, and whether the value fits, [`Self::applied`] says.
    pub fn set(&mut self, experiment: ExperimentId, key: &str, value: Option<&str>) {
        match (self.place(experiment, key), value) {
            (Ok(place), Some(value)) => value.clone_into(&mut self.0[place].value),
            (Ok(place), None) => {
                self.0.remove(place);
            }
            (Err(place), Some(value)) => self.0.insert(
                place,
                Edit {
                    experiment,
                    key: key.to_owned(),
                    value: value.to_owned(),
                },
            ),
            (Err(_), None) => {}
        }
    }

    /// Changes an input by its name: `experiment.key`, or the `key` alone for every experiment of a registry that has it.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an experiment or an input that there is not, and for an input that cannot be changed.
    pub fn set_named(&mut self, registry: &Registry, name: &str, value: &str) -> Result<(), Error> {
        if let Some((experiment, key)) = name.split_once('.') {
            let spec = registry.get(ExperimentId::new(experiment)?)?;
            spec.check_adjustable(key)?;
            self.set_unless_table(spec, key, value);
            return Ok(());
        }
        let has = |spec: &&Arc<ExperimentSpec>| spec.check_adjustable(name).is_ok();
        let having: Vec<_> = registry.specs().filter(has).collect();
        if having.is_empty() {
            for spec in registry.specs() {
                spec.check_adjustable(name)?;
            }
        }
        for spec in having {
            self.set_unless_table(spec, name, value);
        }
        Ok(())
    }

    /// Changes an input; the value of the table is no change.
    pub fn set_unless_table(&mut self, spec: &ExperimentSpec, key: &str, value: &str) {
        let table = spec.inputs().text(key);
        let is_tables = table.is_ok_and(|table| decimal::is_same(table, value));
        self.set(spec.id(), key, (!is_tables).then_some(value));
    }

    /// Takes every change of an experiment back.
    pub fn reset(&mut self, experiment: ExperimentId) {
        self.keep(|known| *known != experiment);
    }

    /// Takes back every change of an experiment that does not satisfy a condition.
    pub fn keep(&mut self, is_kept: impl Fn(&ExperimentId) -> bool) {
        self.0.retain(|edit| is_kept(&edit.experiment));
    }

    fn place(&self, experiment: ExperimentId, key: &str) -> Result<usize, usize> {
        self.0
            .binary_search_by(|edit| (edit.experiment, edit.key.as_str()).cmp(&(experiment, key)))
    }

    /// An experiment with its changes.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a row that there is not, one that cannot be changed, and a value that does not fit.
    pub fn applied(&self, spec: &ExperimentSpec) -> Result<ExperimentSpec, Error> {
        let own = self.0.iter().filter(|edit| edit.experiment == spec.id());
        let pairs: Vec<_> = own.map(|edit| (edit.key.as_str(), edit.value.as_str())).collect();
        spec.edited(&pairs)
    }

    /// Whether they change what an experiment would have observed, so that its data no longer belong to it.
    #[must_use]
    pub fn change_the_data(&self, experiment: ExperimentId) -> bool {
        let mut own = self.0.iter().filter(|edit| edit.experiment == experiment);
        own.any(|edit| adjustable(&edit.key).is_some_and(|row| row.changes_the_data))
    }
}
