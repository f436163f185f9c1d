//! The inputs of an experiment one by one: what each is now, what its table says, and how it can be changed.

use super::{Adjustable, ExperimentSpec, Step, Variation, adjustable};
use crate::data::Input;
use crate::numerics::decimal;

/// An input of an experiment that may have been changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ListedInput<'a> {
    /// The row with the value that counts.
    pub now: &'a Input,
    /// The row as the table of the experiment has it, with the source of that value.
    pub table: &'a Input,
    /// How it can be changed; `None` where it cannot.
    pub adjustable: Option<&'static Adjustable>,
    /// Standard deviation that the analysis of the experiment itself takes it to have: that of its nuisance.
    pub deviation: Option<Step>,
}

impl ListedInput<'_> {
    /// Whether its value is another than that of the table.
    #[must_use]
    pub fn is_edited(&self) -> bool {
        self.now.value != self.table.value
    }

    /// How it is varied: by the deviation of its nuisance, else as all experiments' inputs of this name are; `None` where it cannot be changed.
    #[must_use]
    pub fn variation(&self) -> Option<Variation> {
        let of_name = self.adjustable?.variation;
        Some(self.deviation.map_or(of_name, Variation::Deviation))
    }

    /// Values that it is varied to from where it is ([`Adjustable::varied`]); none where it cannot be changed.
    #[must_use]
    pub fn varied(&self) -> Vec<String> {
        let varied = |(row, variation): (&Adjustable, _)| row.varied(variation, &self.now.value, &self.table.value);
        self.adjustable.zip(self.variation()).map(varied).unwrap_or_default()
    }

    /// Whether that is by one standard deviation.
    #[must_use]
    pub fn is_varied_by_a_deviation(&self) -> bool {
        matches!(self.variation(), Some(Variation::Deviation(_)))
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
            deviation: if crate::WORKSHOP {
                self.deviation(&now.key)
            } else {
                None
            },
        })
    }

    /// Standard deviation of an input, where a nuisance of the experiment has it: a background's normalisation, the flux, the ratio of lines.
    fn deviation(&self, key: &str) -> Option<Step> {
        let of = |nuisance: &str| {
            let rows = self.inputs().rows().iter();
            let width = rows.filter(|row| row.key == format!("{nuisance}-uncertainty"));
            width.filter_map(|row| decimal::parse(&row.value)).next()
        };
        match key {
            "m-shell-ratio" => of("m-shell").map(Step::Amount),
            "flux" => of("flux").map(Step::Share),
            _ => of(key.strip_suffix("-normalisation")?).map(Step::Share),
        }
    }
}
