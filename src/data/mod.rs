//! The tables of `data/`, built into the program.

mod inputs;
pub mod table;

pub use inputs::{Input, Inputs, Reader};

use self::table::Table;
use crate::Error;

/// Name (path below `data/` without the ending) and text of every table, in the order of the names; the list is made
/// from the folder by the build script.
pub const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The table of this name.
///
/// # Errors
/// [`Error::Table`] if there is none or if it is malformed.
pub fn table(name: &str) -> Result<Table, Error> {
    TABLES
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Error::table(name, "there is no such table"))
        .and_then(|(name, text)| Table::parse(name, text))
}
