//! The pinned tools that go into `target/tools/`: trunk and wasm-bindgen from crates.io, wasm-opt,
//! esbuild, playwright and axe from npm. They stay out of the user's home and need no network once they are
//! there.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::process::{Result, announce, cargo, find_on_path, program, root, run};

/// The oldest Node.js that runs the test runner's options used here and playwright.
const OLDEST_NODE: u32 = 20;

/// Where the tools are.
fn directory() -> PathBuf {
    root().join("target/tools")
}

/// Lets the program find the tools before any others of the same name.
pub fn with_tools(command: &mut Command) -> Result<&mut Command> {
    let mut path = vec![directory().join("bin"), directory().join("npm/node_modules/.bin")];
    path.extend(env::split_paths(&env::var_os("PATH").unwrap_or_default()));
    let path = env::join_paths(path).map_err(|error| format!("cannot put the tools on PATH: {error}"))?;
    Ok(command.env("PATH", path))
}

/// Installs a program from crates.io, unless that version of it is there. `time` tells the user
/// what to expect.
pub fn crate_program(name: &str, version: &str, time: &str) -> Result {
    let tools = directory();
    // Cargo's own record of what it installed under this root.
    let record = fs::read_to_string(tools.join(".crates.toml")).unwrap_or_default();
    if record.contains(&format!("\"{name} {version} (")) {
        return Ok(());
    }
    announce(&format!(
        "{name} {version}: building it into target/tools, {time}, once"
    ));
    // What an interrupted installation has left is no reason to stop.
    let mut install = cargo(&["install", name, "--force", "--version", version, "--locked", "--root"]);
    install.arg(&tools).arg("--target-dir").arg(tools.join("build"));
    // The tools' own release profiles squeeze out speed that does not show here and takes twice as
    // long to compile.
    install.env("CARGO_PROFILE_RELEASE_LTO", "off");
    install.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    install.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1");
    run(&mut install)
}

/// Removes what compiling the tools left behind, more than a gigabyte. Until then an interrupted
/// build goes on where it was.
pub fn remove_build_files() -> Result {
    let build = directory().join("build");
    if !build.exists() {
        return Ok(());
    }
    fs::remove_dir_all(&build).map_err(|error| format!("cannot remove {}: {error}", build.display()))
}

/// Installs the npm packages of `xtask/node`, unless they are there.
pub fn npm_packages() -> Result {
    let npm = directory().join("npm");
    let lock = root().join("xtask/node/package-lock.json");
    // npm writes the second file when it has finished, so an interrupted installation is not taken
    // for a whole one.
    let same = fs::read(npm.join("package-lock.json")).ok() == fs::read(&lock).ok();
    if same && npm.join("node_modules/.package-lock.json").is_file() {
        return Ok(());
    }
    let Some(client) = find_on_path(&["npm"]) else {
        return Err(format!(
            "npm is missing: install Node.js {OLDEST_NODE} or newer with npm"
        ));
    };
    announce("wasm-opt, esbuild, playwright and axe from npm into target/tools/npm: a few seconds, once");
    fs::create_dir_all(&npm).map_err(|error| format!("cannot make {}: {error}", npm.display()))?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(root().join("xtask/node").join(file), npm.join(file))
            .map_err(|error| format!("cannot copy xtask/node/{file} to {}: {error}", npm.display()))?;
    }
    run(program(client, &["ci"]).current_dir(&npm))
}

/// Node.js, new enough.
pub fn node() -> Result {
    let advice = format!("install Node.js {OLDEST_NODE} or newer with npm (wasm-opt and the server run on it)");
    if find_on_path(&["node"]).is_none() {
        return Err(format!("node is missing: {advice}"));
    }
    let version = crate::process::output(&mut program("node", &["--version"]))?;
    let major = version
        .trim_start_matches('v')
        .split('.')
        .next()
        .and_then(|major| major.parse::<u32>().ok());
    if major.is_some_and(|major| major >= OLDEST_NODE) {
        Ok(())
    } else {
        Err(format!("node is {version}: {advice}"))
    }
}
