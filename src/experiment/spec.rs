//! An experiment as data.

use super::{ExperimentId, Inputs};
use crate::Error;
use crate::data::table::Table;

/// What a table of `data/experiments/` says.
#[derive(Clone, Debug)]
pub struct ExperimentSpec {
    id: ExperimentId,
    inputs: Inputs,
    order: f64,
}

impl ExperimentSpec {
    /// Reads the table of an experiment; its name is that of the experiment.
    ///
    /// # Errors
    /// [`Error::Table`] for anything missing or malformed.
    pub fn new(id: ExperimentId, table: &Table) -> Result<Self, Error> {
        let inputs = Inputs::new(table)?;
        Ok(Self {
            id,
            order: inputs.number("order")?,
            inputs,
        })
    }

    /// Its name as a key.
    #[must_use]
    pub fn id(&self) -> ExperimentId {
        self.id
    }

    /// Place in lists: lower first.
    #[must_use]
    pub fn order(&self) -> f64 {
        self.order
    }

    /// Its name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        self.inputs.text("name").unwrap_or(self.id.name())
    }

    /// The rows of the table.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}
