//! Words of experiments that are added.

use crate::{Error, ErrorKind};

/// What can be added by its name.
#[must_use]
pub fn a_sample() -> &'static str {
    say!("an experiment of the list")
}

/// How many there may be.
#[must_use]
pub fn at_most(most: usize) -> String {
    say!("at most {}", most.to_string())
}

/// Name of a copy.
#[must_use]
pub fn copy_of(name: &str) -> String {
    format!("{name} copy")
}

/// What is said of experiments that are added.
#[must_use]
pub fn added(fits: bool) -> String {
    if fits {
        String::new()
    } else {
        say!("Too long for the address: save your experiment as a file to keep it.").to_owned()
    }
}

/// What counts are against, and its unit.
#[must_use]
pub fn recoil_energy() -> (&'static str, &'static str) {
    (say!("recoil energy"), "keV")
}

/// Everything but neutrinos.
#[must_use]
pub fn background() -> &'static str {
    say!("background")
}

/// The dipole's part of a stack.
#[must_use]
pub fn dipole() -> &'static str {
    say!("dipole")
}

/// What is wrong with a table that was to be added: no reloading helps.
#[must_use]
pub fn own_problem(error: &Error) -> String {
    match error.kind() {
        ErrorKind::Table { problem, .. } => say!("This table cannot be used: {}.", problem),
        _ => super::error(error),
    }
}
