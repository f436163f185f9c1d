//! The tables of `data/`, built into the program.

mod inputs;
mod later;
mod named;
mod packed;
pub mod references;
pub mod table;

pub use inputs::{Input, Inputs, Reader};
pub use later::provide;
pub use named::{Enclosed, NamedTable, disclosed};

use self::packed::Packed;
use self::table::Table;
use crate::Error;
use crate::numerics::order::sort_few;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Name (path below `data/` without the ending) and text of every table as it is in its file, in the order of the names;
/// the list is made from the folder by the build script.
pub const TABLES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/tables.rs"));

/// The same, as [`table`] reads them: the program carries what it uses, and this is smaller.
static PACKED: &[(&str, Packed)] = include!(concat!(env!("OUT_DIR"), "/packed.rs"));

/// The rest of them, which the page fetches when it shows something that needs them.
static LATER: &[(&str, Packed)] = include!(concat!(env!("OUT_DIR"), "/later.rs"));

/// Name of each of the rest, whether it is there or not.
pub static LATER_NAMES: &[&str] = include!(concat!(env!("OUT_DIR"), "/later_names.rs"));

/// Those of the rest that the program has brought with it.
fn brought() -> &'static [(&'static str, Packed)] {
    // In a browser only programs that ask for them have them: the others are smaller by what nothing in them names.
    if cfg!(target_arch = "wasm32") {
        BROUGHT.get().copied().unwrap_or_default()
    } else {
        LATER
    }
}

/// The rest of the tables in a program for the browser that has them.
static BROUGHT: OnceLock<&'static [(&'static str, Packed)]> = OnceLock::new();

/// Brings every table along: for programs that are not the page.
pub fn bring_all() {
    let _ = BROUGHT.set(LATER);
}

/// Whether every table is there.
#[must_use]
pub fn is_complete() -> bool {
    !brought().is_empty() || later::is_provided()
}

/// Name of every table that is there, in their order.
#[must_use]
pub fn names() -> Vec<&'static str> {
    let listed = PACKED.iter().chain(brought()).map(|(name, _)| *name);
    let mut names: Vec<_> = listed.chain(later::tables().map(|(name, _)| name)).collect();
    sort_few(&mut names, Ord::cmp);
    names.dedup();
    names
}

/// Where the tables of experiments to begin with are: to be copied, and changed.
const TEMPLATES: &str = "templates/";
/// Where those of experiments to come are, with our assumptions about them.
const PROJECTIONS: &str = "projections/";

/// Where the tables of experiments are that have been done.
const EXPERIMENTS: &str = "experiments/";

/// Name of every table of an experiment that the page has in its workshop alone; empty in a program that has none.
#[must_use]
pub fn workshop_experiments() -> Vec<&'static str> {
    let is_one = |name: &&str| table(name).is_ok_and(|table| table.get(WORKSHOP).is_some());
    let done = names().into_iter().filter(|name| name.starts_with(EXPERIMENTS));
    done.filter(is_one).collect()
}

/// Key of the header of a table that the page has in its workshop alone.
pub const WORKSHOP: &str = "workshop";

/// Name of every table of an experiment to begin with; empty in a program that has none.
#[must_use]
pub fn templates() -> Vec<&'static str> {
    names().into_iter().filter(|name| name.starts_with(TEMPLATES)).collect()
}

/// Name of every table of an experiment to come; empty in a program that has none.
#[must_use]
pub fn projections() -> Vec<&'static str> {
    names()
        .into_iter()
        .filter(|name| name.starts_with(PROJECTIONS))
        .collect()
}

/// The table of this name.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is none or if it is malformed.
pub fn table(name: &str) -> Result<Table, Error> {
    Table::parse(name, &text(name)?)
}

/// The text of the table of this name, with the tables that it encloses; numbers may be written in another way than in its file.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if there is none.
pub fn text(name: &str) -> Result<Cow<'static, str>, Error> {
    if let Some((_, text)) = later::tables().find(|(known, _)| *known == name) {
        return Ok(Cow::Borrowed(text));
    }
    let (_, packed) = PACKED
        .iter()
        .chain(brought())
        .find(|(known, _)| *known == name)
        .ok_or_else(|| Error::table(name, "there is no such table"))?;
    let text = packed
        .text()
        .ok_or_else(|| Error::table(name, "it is not packed as it should be"))?;
    Ok(Cow::Owned(text))
}
