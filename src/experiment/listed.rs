//! The inputs of an experiment one by one: what each is now, what its table says, and how it can be changed.

use super::{Adjustable, ExperimentSpec, adjustable};
use crate::data::Input;

/// An input of an experiment that may have been changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListedInput<'a> {
    /// The row with the value that counts.
    pub now: &'a Input,
    /// The row as the table of the experiment has it, with the source of that value.
    pub table: &'a Input,
    /// How it can be changed; `None` where it cannot.
    pub adjustable: Option<&'static Adjustable>,
}

impl ListedInput<'_> {
    /// Whether its value is another than that of the table.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.now.value != self.table.value
    }

    /// Values that it is varied to from where it is ([`Adjustable::varied`]); none where it cannot be changed.
    #[must_use]
    pub fn varied(&self) -> Vec<String> {
        let varied = |row: &Adjustable| row.varied(&self.now.value, &self.table.value);
        self.adjustable.map(varied).unwrap_or_default()
    }
}

impl ExperimentSpec {
    /// Every input of an experiment beside what it is in `table`, the same experiment without changes; in the order of the table, what all experiments
    /// share last.
    pub fn listed<'a>(&'a self, table: &'a Self) -> impl Iterator<Item = ListedInput<'a>> {
        // Changes are of values: both have the same rows.
        let rows = self.inputs().rows().iter().zip(table.inputs().rows());
        rows.map(|(now, table)| ListedInput {
            now,
            table,
            adjustable: adjustable(&now.key),
        })
    }
}
