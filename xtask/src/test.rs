//! Everything that runs the project's code to judge it: tests, benchmarks, pictures.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use crate::page;
use crate::process::{self, Result, announce, cargo, program, root};
use crate::report::{Step, run_all};
use crate::setup;
use crate::tools::with_tools;

const PARTS: [Step; 5] = [
    Step::new("native", native),
    Step::new("wasm", wasm),
    Step::new("chromium", chromium),
    Step::optional("firefox", || setup::firefox().map(drop), firefox),
    Step::optional("webkit", || setup::webkit().map(drop), webkit),
];

/// The parts that `browser` stands for.
const BROWSERS: [&str; 3] = ["chromium", "firefox", "webkit"];

/// The parts with these names, or all of them. What is asked for by its own name is not left out.
pub fn parts(names: &[&str]) -> Result<Vec<Step>> {
    let known = |name: &&&str| **name == "browser" || PARTS.iter().any(|part| part.name == **name);
    if let Some(unknown) = names.iter().find(|name| !known(name)) {
        return Err(format!(
            "no tests called `{unknown}`: there are native, wasm and browser, which is chromium, firefox and webkit"
        ));
    }
    let asked = |name| names.contains(&name) || names.contains(&"browser") && BROWSERS.contains(&name);
    Ok(PARTS
        .into_iter()
        .filter(|part| asked(part.name) || names.is_empty())
        .map(|part| {
            if names.contains(&part.name) {
                Step { get: None, ..part }
            } else {
                part
            }
        })
        .collect())
}

/// Runs these parts of the tests, all of them even if one fails.
pub fn run(parts: &[Step]) -> Result {
    run_all("tests", parts)
}

/// The whole workspace, with the examples in the documentation.
fn native() -> Result {
    process::run(&mut cargo(&["test", "--locked", "--workspace"]))
}

/// The tables of docs/validation.md and of the public page (www/validation.html and its translations), computed and written anew.
pub fn validate() -> Result {
    let test = ["test", "--locked", "--release", "--test", "validation"];
    process::run(
        cargo(&test)
            .args(["--", "--quiet", "page::the_pages_say"])
            .env("DIPOLE_PORTAL_WRITE", "1"),
    )?;
    process::run(&mut cargo(&[
        "run",
        "--locked",
        "--quiet",
        "--release",
        "--bin",
        "dipole-portal",
        "--",
        "validate",
    ]))
}

/// The numbers that the tests compare with, computed anew without this project's code.
pub fn validate_reference() -> Result {
    let python = process::find_on_path(&["python3"])
        .ok_or("validate --reference needs Python 3.10 or newer, and there is no python3 on PATH")?;
    for command in ["golden", "check"] {
        announce(&format!("independent computation: {command}"));
        process::run(&mut program(&python, &["tests/independent", command]))?;
    }
    Ok(())
}

/// The library compiled for the browser and run in one, through wasm-bindgen-test: the runner is
/// named in .cargo/config.toml, Chromium's options in webdriver.json.
fn wasm() -> Result {
    let browser = setup::wasm_tests()?;
    let mut test = cargo(&[
        "test",
        "--locked",
        "--target",
        "wasm32-unknown-unknown",
        "--test",
        "wasm",
    ]);
    process::run(test.env("CHROMEDRIVER", browser.driver))
}

/// The finished page in Chromium.
fn chromium() -> Result {
    page::build_once()?;
    announce("the page in Chromium");
    node(&node_tests("tests/browser")?)
}

/// The same tests in Firefox, but for those that tests/browser/browsers.mjs names.
fn firefox() -> Result {
    let mut tests = in_firefox(&node_tests("tests/browser")?)?;
    page::build_once()?;
    announce("the page in Firefox");
    process::run(with_tools(&mut tests)?)
}

/// The main paths of the page in WebKitGTK.
fn webkit() -> Result {
    let mut tests = in_webkit(&node_tests("tests/browser/webkit")?)?;
    page::build_once()?;
    announce("the page in WebKitGTK");
    process::run(with_tools(&mut tests)?)
}

/// What Node.js is to be called with for all tests of a folder.
fn node_tests(folder: &str) -> Result<Vec<String>> {
    let files = fs::read_dir(root().join(folder)).map_err(|error| format!("cannot list {folder}: {error}"))?;
    let mut names: Vec<_> = files
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    if names.is_empty() {
        return Err(format!("{folder} has no *.test.mjs"));
    }
    names.sort();
    // Named one by one: what Node.js makes of a directory differs between its versions.
    // Two files at a time, also on two cores: much of a test is waiting.
    let options = ["--test", "--test-concurrency=2", "--test-reporter=spec"];
    Ok(options.into_iter().map(str::to_owned).chain(names).collect())
}

/// Pictures of the page, for people.
pub fn screenshots() -> Result {
    page::build()?;
    node(&["tests/browser/screenshots.mjs"])
}

/// The benchmarks; `arguments` go to criterion, for instance part of a name.
pub fn bench(arguments: &[&str]) -> Result {
    announce("benchmarks: native");
    process::run(cargo(&["bench", "--locked", "--bench", "*", "--"]).args(arguments))?;
    page::build_benchmark()?;
    announce("benchmarks: the page in Chromium");
    node(&["tests/browser/bench.mjs"])?;
    announce("benchmarks: dragging");
    let drags = ["tests/browser/drags.mjs"];
    node(&drags)?;
    for (browser, command) in [("firefox", in_firefox(&drags)), ("webkit", in_webkit(&drags))] {
        match command {
            Ok(mut command) => process::run(with_tools(&mut command)?)?,
            Err(missing) => announce(&format!("benchmarks: {browser} is LEFT OUT: {missing}")),
        }
    }
    Ok(())
}

/// A script that drives Firefox.
fn in_firefox<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Command> {
    let mut command = program("node", arguments);
    command.env("PAGE_BROWSER", "firefox").env("FIREFOX", setup::firefox()?);
    Ok(command)
}

/// A script that drives WebKitGTK.
fn in_webkit<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Command> {
    let webkit = setup::webkit()?;
    let mut command = program("node", arguments);
    command
        .env("PAGE_BROWSER", "webkit")
        .env("WEBKIT_DRIVER", webkit.driver)
        .env("XVFB", webkit.screen);
    Ok(command)
}

/// Runs one of the scripts that drive Chromium.
fn node<S: AsRef<OsStr>>(arguments: &[S]) -> Result {
    node_with(arguments, &[])
}

/// The same with more in its environment.
pub fn node_with<S: AsRef<OsStr>>(arguments: &[S], environment: &[(&str, &str)]) -> Result {
    let browser = setup::browser()?;
    let mut node = program("node", arguments);
    node.env("CHROME", browser.chromium).envs(environment.iter().copied());
    process::run(with_tools(&mut node)?)
}
