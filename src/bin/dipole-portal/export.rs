//! `dipole-portal export`: what the page saves, for an address of the page.

use crate::failure::Failure;
use crate::options::choice;
use crate::output;
use clap::Args;
use dipole_portal::page::export::{Format, Subject};
use dipole_portal::page::session::Session;

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// What stands behind the # of the page's address
    #[arg(long, value_name = "TEXT", default_value = "")]
    address: String,
    /// What to write
    #[arg(long, value_name = "NAME", value_parser = choice::<Subject>())]
    what: Subject,
    /// How to write it
    #[arg(long, value_name = "NAME", value_parser = choice::<Format>())]
    format: Format,
}

/// Prints the file. What of the address cannot be used is said on standard error.
pub(crate) fn run(options: &Options) -> Result<(), Failure> {
    let mut session = Session::built_in(&options.address)?;
    while session.tick(&mut || 0.0) {}
    for problem in session.view().problems {
        output::note(&problem);
    }
    output::text(&session.export(options.what, options.format)?.text)
}
