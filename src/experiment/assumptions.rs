//! Everything that an experiment's numbers rest on, for whoever wants to check it.

use super::{Experiment, Input, Inputs, SourceSpec};
use crate::Error;

impl Experiment {
    /// Every row that the experiment is made from, those that all experiments share included; where one names another
    /// table, with what that table's header says. Then comes what a model of the reactor flux that is not the paper's is made from, and
    /// last the one formula that differs from the paper's.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table that it rests on is missing or malformed.
    pub fn assumptions(&self) -> Result<Vec<Input>, Error> {
        let mut rows = Vec::new();
        let model = match self.spec().source() {
            SourceSpec::Reactor { fuel, .. } if crate::WORKSHOP => fuel.model.inputs()?,
            SourceSpec::Reactor { .. } | SourceSpec::Sns { .. } | SourceSpec::Sun { .. } => Vec::new(),
        };
        for input in self.inputs().rows().iter().chain(&model) {
            rows.push(if input.names_a_table() {
                of_table(self.inputs(), input)?
            } else {
                input.clone()
            });
        }
        rows.push(dipole_formula());
        Ok(rows)
    }
}

/// A row that names a table, as that table: its title, and its status where it is not simply published.
fn of_table(inputs: &Inputs, input: &Input) -> Result<Input, Error> {
    let table = inputs.table(&input.value).read()?;
    let text = |key: &str| table.get(key).unwrap_or_default().to_owned();
    let status = table
        .get("status")
        .map(|status| format!(" [{status}]"))
        .unwrap_or_default();
    Ok(Input {
        // A table of one's own may have none.
        value: table.get("title").unwrap_or(table.name()).to_owned(),
        source: format!("{}{status}", text("source")),
        link: text("link"),
        ..input.clone()
    })
}

fn dipole_formula() -> Input {
    let text = str::to_owned;
    Input {
        key: text("dipole"),
        value: text("eq. 7 and 9 with the sign inside the bracket corrected"),
        unit: String::new(),
        label: text(word!("Dipole cross section")),
        source: text("paper; erratum by a trace calculation"),
        link: text("https://arxiv.org/abs/2406.07477"),
    }
}
