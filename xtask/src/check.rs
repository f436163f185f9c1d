//! What must hold besides the tests: formatting, lints, documentation, and what is taken from others.

use std::time::Duration;

use crate::process::{self, Result, announce, cargo, program};
use crate::report::{Step, run_all};
use crate::setup;
use crate::tools::with_tools;

/// A download of the list of advisories that takes longer has hung.
const ADVISORIES_LIMIT: Duration = Duration::from_secs(120);

/// Runs all checks, all of them even if one fails.
pub fn run() -> Result {
    setup::wasm_target()?;
    setup::supply_chain()?;
    run_all(
        "check",
        &[
            Step::new("format", format),
            Step::new("lints", lints),
            Step::new("wasm lints", wasm_lints),
            Step::new("documentation", documentation),
            Step::new("supply chain", supply_chain),
        ],
    )
}

fn format() -> Result {
    process::run(&mut cargo(&["fmt", "--all", "--check"]))
}

/// `--locked`, as everywhere: a Cargo.lock that lags behind Cargo.toml is an error, and is not brought up to date unseen.
fn lints() -> Result {
    process::run(&mut cargo(&[
        "clippy",
        "--locked",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))
}

/// The code that only the browser compiles: the page and its tests.
fn wasm_lints() -> Result {
    let targets = ["--lib", "--bin", "explorer", "--bin", "workshop", "--test", "wasm"];
    process::run(
        cargo(&["clippy", "--locked", "--target", "wasm32-unknown-unknown"])
            .args(targets)
            .args(["--", "-D", "warnings"]),
    )
}

/// Native and for the browser: some modules exist in one of them only.
fn documentation() -> Result {
    let doc = ["doc", "--locked", "--no-deps"];
    for target in [
        &["--workspace"][..],
        &["--lib", "--target", "wasm32-unknown-unknown"][..],
    ] {
        process::run(cargo(&doc).args(target).env("RUSTDOCFLAGS", "-D warnings"))?;
    }
    Ok(())
}

/// Licences, duplicates and sources of everything in Cargo.lock (deny.toml), which needs no network; and advisories, where their list can be had.
fn supply_chain() -> Result {
    // The crates of every target, also those that nothing here has been built for.
    process::run(&mut cargo(&["fetch", "--locked", "--quiet"]))?;
    let checks = ["--offline", "--locked", "check", "bans", "licenses", "sources"];
    process::run(with_tools(&mut program("cargo-deny", &checks))?)?;
    let mut fetch = program("cargo-deny", &["fetch", "db"]);
    if let Err(error) = process::run_within(with_tools(&mut fetch)?, ADVISORIES_LIMIT) {
        announce(&format!(
            "supply chain: advisories are LEFT OUT, their list cannot be had ({error})"
        ));
        return Ok(());
    }
    let checks = ["--offline", "--locked", "check", "advisories"];
    process::run(with_tools(&mut program("cargo-deny", &checks))?)
}
