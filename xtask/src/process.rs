//! Running other programs, and where this project's files are.

use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// Every error of these commands ends up as a message for whoever typed the command.
pub type Result<T = (), E = String> = std::result::Result<T, E>;

/// The project's directory.
pub fn root() -> PathBuf {
    // Cargo says at run time where this crate is. The path known when it was compiled is wrong
    // after the project was moved.
    let xtask = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let xtask = PathBuf::from(xtask);
    xtask.parent().map_or(xtask.clone(), Path::to_path_buf)
}

/// A program to be run in the project's directory.
pub fn program<S: AsRef<OsStr>>(name: impl AsRef<OsStr>, arguments: &[S]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// The cargo that runs this program, so that a toolchain chosen with `cargo +name xtask` holds for
/// all its commands.
pub fn cargo(arguments: &[&str]) -> Command {
    program(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), arguments)
}

/// Says what is being done. Goes to standard error like the messages of cargo and trunk, so the
/// order stays right.
pub fn announce(what: &str) {
    eprintln!("==> {what}");
}

/// Runs the program with its output shown, and fails if it does.
pub fn run(command: &mut Command) -> Result {
    let status = command
        .status()
        .map_err(|error| format!("cannot start {}: {error}", shown(command)))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("{} failed ({status})", shown(command)))
    }
}

/// Like [`run`], but ends the program when it takes longer than `limit`: a download that hangs
/// would hang for ever.
pub fn run_within(command: &mut Command, limit: Duration) -> Result {
    let start = Instant::now();
    let name = shown(command);
    let mut child = command
        .spawn()
        .map_err(|error| format!("cannot start {name}: {error}"))?;
    loop {
        match child
            .try_wait()
            .map_err(|error| format!("cannot wait for {name}: {error}"))?
        {
            Some(status) if status.success() => return Ok(()),
            Some(status) => return Err(format!("{name} failed ({status})")),
            None if start.elapsed() > limit => {
                // Neither matters if it has just ended by itself.
                let _ = child.kill();
                let _ = child.wait();
                return Err(format!("{name} took longer than {} s and was ended", limit.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(100)),
        }
    }
}

/// What the program writes to standard output, without the line end.
pub fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| format!("cannot start {}: {error}", shown(command)))?;
    if !output.status.success() {
        return Err(format!("{} failed ({})", shown(command), output.status));
    }
    Ok(String::from_utf8_lossy(&output.stdout).trim_end().to_owned())
}

/// The first of these programs that is on PATH.
pub fn find_on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let directories: Vec<PathBuf> = env::split_paths(&path).collect();
    names.iter().find_map(|name| {
        let name = format!("{name}{}", env::consts::EXE_SUFFIX);
        directories
            .iter()
            .map(|directory| directory.join(&name))
            .find(|file| file.is_file())
    })
}

/// The command line as one would type it.
fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    format!("`{}`", words.join(" "))
}
