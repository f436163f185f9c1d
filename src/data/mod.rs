//! The tables of `data/`, built into the program.

mod inputs;
mod packed;
pub mod references;
pub mod table;

pub use inputs::{Input, Inputs, Reader};

use self::packed::Packed;
use self::table::Table;
use crate::Error;

/// Name (path below `data/` without the ending) and text of every table as it is in its file, in the order of the names;
/// the list is made from the folder by the build script.
pub const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The same, as [`table`] reads them: the program carries what it uses, and this is smaller.
static PACKED: &[(&str, Packed)] = include!(concat!(env!("OUT_DIR"), "/packed.rs"));

/// Name of every table, in their order.
pub fn names() -> impl Iterator<Item = &'static str> {
    PACKED.iter().map(|(name, _)| *name)
}

/// The table of this name.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is none or if it is malformed.
pub fn table(name: &str) -> Result<Table, Error> {
    let (_, packed) = PACKED
        .iter()
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Error::table(name, "there is no such table"))?;
    let text = packed
        .text()
        .ok_or_else(|| Error::table(name, "it is not packed as it should be"))?;
    Table::parse(name, &text)
}
