//! Words of what is taken away.

use super::dipole_of;
use crate::VERSION;
use crate::analysis::Benchmark;
use crate::chart::scientific;

/// What stands below a drawing: whose coupling it is, with mass and coupling.
#[must_use]
pub fn point(benchmark: Benchmark) -> String {
    let coupling = scientific(benchmark.coupling_per_gev, 3);
    let whose = dipole_of(benchmark.flavor);
    format!("{whose}, m = {} MeV, d = {coupling} GeV⁻¹", benchmark.mass_mev)
}

/// What stands in the foot of a picture: program, version and address.
#[must_use]
pub fn signature(address: &str) -> String {
    let settings = if address.is_empty() {
        say!("settings of the start").to_owned()
    } else {
        address.replace('&', "  ")
    };
    format!("{}: {settings}", program())
}

/// What a file is made by: the program with version and build.
#[must_use]
pub fn program() -> String {
    format!("Dipole Portal Explorer {VERSION}")
}

/// A file has been handed to the browser.
#[must_use]
pub fn saved(name: &str) -> String {
    say!("Saved {}.", name)
}

/// A text is on the clipboard.
#[must_use]
pub fn copied(text: &str) -> String {
    say!("Copied {}", text)
}

/// There is no clipboard.
#[must_use]
pub fn to_copy(text: &str) -> String {
    say!("This browser does not let the page copy; here it is: {}", text)
}
