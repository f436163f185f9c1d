//! Building the page, and serving it.

use std::net::{Ipv4Addr, TcpListener};
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use crate::process::{Result, announce, cargo, program, root, run};
use crate::setup;
use crate::tools::with_tools;

/// Leaves the static site in dist/, built with the versions of Cargo.lock and of nothing newer. Everything else about it is in Trunk.toml and index.html.
pub fn build() -> Result {
    build_with(&[], &root())
}

/// Leaves the site in dist/ of a copy of the project.
pub fn build_in(project: &Path) -> Result {
    build_with(&[], project)
}

/// The same, once for all who need it.
pub fn build_once() -> Result {
    static BUILT: OnceLock<Result> = OnceLock::new();
    BUILT.get_or_init(build).clone()
}

/// Leaves the site in dist/ with what measures it.
pub fn build_benchmark() -> Result {
    build_with(&["--features", "bench"], &root())
}

fn build_with(options: &[&str], project: &Path) -> Result {
    setup::page()?;
    // trunk works offline, and so would the cargo that it calls: fetch the crates first. Does
    // nothing when they are there.
    run(&mut cargo(&[
        "fetch",
        "--locked",
        "--quiet",
        "--target",
        "wasm32-unknown-unknown",
    ]))?;
    announce("the page: trunk builds it into dist/, about a minute the first time");
    let mut trunk = program("trunk", &["build", "--skip-version-check", "--locked"]);
    // Cargo has told this program where its own sources are, which are not those of a copy.
    trunk
        .args(options)
        .current_dir(project)
        .env_remove("CARGO_MANIFEST_DIR");
    // trunk 0.21 rejects the usual NO_COLOR=1: it wants true or false.
    if std::env::var_os("NO_COLOR").is_some() {
        trunk.env_remove("NO_COLOR").args(["--color", "never"]);
    }
    run(with_tools(&mut trunk)?)
}

/// Leaves the page as files that need nothing else, one for each language, in dist-single/.
pub fn single_file() -> Result {
    build()?;
    announce("the page as one file, into dist-single/");
    let script = ["xtask/node/single_file.mjs", "dist", "dist-single"];
    run(with_tools(&mut program("node", &script))?)
}

/// Builds the page and serves it until interrupted.
pub fn serve(port: u16) -> Result {
    // Before the build: nobody wants to wait a minute to learn this.
    if let Err(error) = TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        return Err(format!(
            "cannot listen on 127.0.0.1:{port} ({error}): choose another with `--port N`"
        ));
    }
    build()?;
    become_program(program("node", &["xtask/node/serve.mjs", "dist", &port.to_string()]))
}

/// Goes on as the given program, so that whoever ends `cargo xtask serve` ends the server and not
/// only its parent.
#[cfg(unix)]
fn become_program(mut command: Command) -> Result {
    use std::os::unix::process::CommandExt;
    Err(format!("cannot start the server: {}", command.exec()))
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result {
    run(&mut command)
}
