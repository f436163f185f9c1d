//! What must hold besides the tests: formatting, lints, documentation.

use crate::process::{self, Result, cargo};
use crate::report::{Step, run_all};
use crate::setup;

/// Runs all checks, all of them even if one fails.
pub fn run() -> Result {
    setup::wasm_target()?;
    run_all(
        "check",
        &[
            Step::new("format", format),
            Step::new("lints", lints),
            Step::new("wasm lints", wasm_lints),
            Step::new("documentation", documentation),
        ],
    )
}

fn format() -> Result {
    process::run(&mut cargo(&["fmt", "--all", "--check"]))
}

/// `--locked`: a Cargo.lock that lags behind Cargo.toml is an error here, where the other commands
/// just bring it up to date.
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
