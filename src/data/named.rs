//! Tables by name: those of `data/`, and those that a text of one's own encloses.

use super::table::{Table, misplaced};
use crate::Error;
use std::sync::Arc;

/// What stands before the name of a table within a text.
const BEFORE: &str = "### ";

/// A table within a text.
#[derive(Clone, Debug)]
pub struct Enclosed {
    name: String,
    text: String,
    /// Number of its first line, in the text that encloses it.
    line: u32,
}

/// Where it stands is no part of what it says.
impl PartialEq for Enclosed {
    fn eq(&self, other: &Self) -> bool {
        (&self.name, &self.text) == (&other.name, &other.text)
    }
}

impl Enclosed {
    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of the line with its name.
    #[must_use]
    pub fn line(&self) -> u32 {
        self.line.saturating_sub(1)
    }

    /// It as it stands in a text, below a line with its name.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{BEFORE}{}\n{}", self.name, self.text)
    }
}

/// A table that an input names: one that is enclosed with the input, else one of `data/`.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedTable {
    name: String,
    enclosed: Option<Arc<Enclosed>>,
}

impl NamedTable {
    /// The table of this name among those enclosed, else that of `data/`; whether there is one [`Self::read`] says.
    #[must_use]
    pub fn new(name: &str, enclosed: &[Arc<Enclosed>]) -> Self {
        Self {
            name: name.to_owned(),
            enclosed: enclosed.iter().find(|table| table.name == name).cloned(),
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it is there, sound or not.
    #[must_use]
    pub fn is_there(&self) -> bool {
        self.enclosed.is_some() || super::names().iter().any(|known| *known == self.name)
    }

    /// The table.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is none or if it is malformed.
    pub fn read(&self) -> Result<Table, Error> {
        match &self.enclosed {
            Some(table) if crate::WORKSHOP => Table::own(&table.name, &table.text, table.line),
            _ => super::table(&self.name),
        }
    }
}

/// One of `data/`.
impl From<&str> for NamedTable {
    fn from(name: &str) -> Self {
        Self::new(name, &[])
    }
}

/// A text without the tables that it encloses, and these: each stands below a line with three `#` and its name.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table), of `name`, for a table without a name, and for two of the same.
pub fn disclosed<'a>(name: &str, text: &'a str) -> Result<(&'a str, Vec<Arc<Enclosed>>), Error> {
    let mut own = text.len();
    let mut tables: Vec<Enclosed> = Vec::new();
    let mut place = 0;
    for (line, entry) in (1..).zip(text.split_inclusive('\n')) {
        if entry.starts_with(BEFORE.trim_end()) {
            let called = entry.trim_start_matches('#').trim();
            let is_taken = tables.iter().any(|table| table.name == called);
            if called.is_empty() || is_taken {
                return Err(misplaced(
                    name,
                    line,
                    entry.trim_end(),
                    say!("'### name', each name once"),
                ));
            }
            own = own.min(place);
            tables.push(Enclosed {
                name: called.to_owned(),
                text: String::new(),
                line: line + 1,
            });
        } else if let Some(table) = tables.last_mut() {
            table.text.push_str(entry.trim_end_matches(['\r', '\n']));
            table.text.push('\n');
        }
        place += entry.len();
    }
    let tables = tables.into_iter().map(Arc::new).collect();
    Ok((text.get(..own).unwrap_or(text), tables))
}
