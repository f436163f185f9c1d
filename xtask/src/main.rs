//! The project's own commands: `cargo xtask` lists them.
//!
//! Every command first installs what it needs and finds missing, into `target/tools/` (see
//! [`setup`]), so a clean clone needs nothing but rustup's cargo and Node.js.

mod check;
mod fuzz;
mod page;
mod pins;
mod process;
mod report;
mod reproduce;
mod setup;
mod test;
mod tools;

use std::process::ExitCode;

use process::Result;

const HELP: &str = "\
Usage: cargo xtask COMMAND

  serve [--port N]   build the page and serve it on http://127.0.0.1:8080 (or port N)
  test [PART...]     run native, wasm and chromium, or only the parts named: these, firefox, webkit,
                     and browser for the last three
  check              formatting, lints (native and wasm), documentation, warnings as errors; licences and sources of dependencies
  dist               build the page into dist/, ready for any static host
  single-file        build the page as one file that opens by a double click, in each language, into dist-single/
  bench [FILTER]     run the benchmarks, natively, on the page in Chromium, and of dragging in all browsers
  fuzz [PART...]     a million actions, a million broken inputs, and 100000 events on the page: session, inputs, page
  validate           writes the tables of published against computed numbers (docs/validation.md, www/validation.html)
  validate --reference
                     the independent computation of tests/independent, against the numbers kept in tests/data
  reproduce          builds the page twice, here and in a copy elsewhere, and compares every byte
  screenshots        pictures of the page into target/screenshots/, those of the manual into docs/
  setup              install every tool that the commands above need, and nothing else

What a command needs and does not find, it installs into target/tools/ first.
";

/// What went wrong, split by whose mistake it was.
enum Failure {
    /// The command line makes no sense: exit status 2, as usual for command lines.
    Usage(String),
    /// The command was understood and failed: exit status 1.
    Command(String),
}

impl From<String> for Failure {
    fn from(message: String) -> Self {
        Self::Command(message)
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Usage(message)) => {
            eprintln!("error: {message}\n\n{HELP}");
            ExitCode::from(2)
        }
        Err(Failure::Command(message)) => {
            eprintln!("error: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command that the arguments name.
fn dispatch(arguments: &[&str]) -> Result<(), Failure> {
    match arguments {
        [] | ["help" | "-h" | "--help"] => print!("{HELP}"),
        ["serve", rest @ ..] => page::serve(port(rest)?)?,
        ["test", rest @ ..] => test::run(&test::parts(rest).map_err(Failure::Usage)?)?,
        ["check"] => check::run()?,
        ["dist"] => page::build()?,
        ["single-file"] => page::single_file()?,
        ["fuzz", rest @ ..] => fuzz::run(&fuzz::parts(rest).map_err(Failure::Usage)?)?,
        ["bench", rest @ ..] => test::bench(rest)?,
        ["reproduce"] => reproduce::run()?,
        ["screenshots"] => test::screenshots()?,
        ["validate"] => test::validate()?,
        ["validate", "--reference"] => test::validate_reference()?,
        ["setup"] => setup::everything()?,
        ["validate", ..] => return Err(Failure::Usage("validate takes `--reference` and nothing else".into())),
        [
            known @ ("check" | "dist" | "reproduce" | "single-file" | "screenshots" | "setup"),
            ..,
        ] => {
            return Err(Failure::Usage(format!("`{known}` takes no arguments")));
        }
        [unknown, ..] => return Err(Failure::Usage(format!("no command `{unknown}`"))),
    }
    Ok(())
}

/// The port that `serve` is asked for.
fn port(arguments: &[&str]) -> Result<u16, Failure> {
    let number = match arguments {
        [] => return Ok(8080),
        ["--port", number] => number,
        [option] if option.starts_with("--port=") => &option["--port=".len()..],
        _ => {
            return Err(Failure::Usage("serve takes `--port N` and nothing else".into()));
        }
    };
    match number.parse() {
        Ok(port) if port > 0 => Ok(port),
        _ => Err(Failure::Usage(format!("`{number}` is no port: allowed are 1 to 65535"))),
    }
}
