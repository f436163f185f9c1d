//! Everything that runs the project's code to judge it: tests, benchmarks, pictures.

use std::fs;

use crate::page;
use crate::process::{self, Result, announce, cargo, program, root};
use crate::report::{Step, run_all};
use crate::setup;
use crate::tools::with_tools;

const PARTS: [Step; 3] = [
    Step {
        name: "native",
        run: native,
    },
    Step {
        name: "wasm",
        run: wasm,
    },
    Step {
        name: "browser",
        run: browser,
    },
];

/// The parts with these names, or all of them.
pub fn parts(names: &[&str]) -> Result<Vec<Step>> {
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        return Err(format!(
            "no tests called `{unknown}`: there are native, wasm and browser"
        ));
    }
    Ok(PARTS
        .into_iter()
        .filter(|part| names.is_empty() || names.contains(&part.name))
        .collect())
}

/// Runs these parts of the tests, all of them even if one fails.
pub fn run(parts: &[Step]) -> Result {
    run_all("tests", parts)
}

/// The whole workspace, with the examples in the documentation.
fn native() -> Result {
    process::run(&mut cargo(&["test", "--workspace"]))
}

/// The table of docs/validation.md, computed anew.
pub fn validate() -> Result {
    process::run(&mut cargo(&[
        "run",
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
    let mut test = cargo(&["test", "--target", "wasm32-unknown-unknown", "--test", "wasm"]);
    process::run(test.env("CHROMEDRIVER", browser.driver))
}

/// The finished page in Chromium.
fn browser() -> Result {
    page::build()?;
    announce("the page in Chromium");
    let tests = root().join("tests/browser");
    let files = fs::read_dir(&tests).map_err(|error| format!("cannot list {}: {error}", tests.display()))?;
    let mut names: Vec<_> = files
        .filter_map(|file| file.ok()?.file_name().into_string().ok())
        .filter(|name| name.ends_with(".test.mjs"))
        .map(|name| format!("tests/browser/{name}"))
        .collect();
    if names.is_empty() {
        return Err("tests/browser/ has no *.test.mjs".into());
    }
    names.sort();
    // Named one by one: what Node.js makes of a directory differs between its versions.
    // Two files at a time, also on two cores: much of a test is waiting.
    let mut arguments = vec!["--test", "--test-concurrency=2", "--test-reporter=spec"];
    arguments.extend(names.iter().map(String::as_str));
    node(&arguments)
}

/// Pictures of the page, for people.
pub fn screenshots() -> Result {
    page::build()?;
    node(&["tests/browser/screenshots.mjs"])
}

/// The benchmarks; `arguments` go to criterion, for instance part of a name.
pub fn bench(arguments: &[&str]) -> Result {
    announce("benchmarks: native");
    process::run(cargo(&["bench", "--bench", "*", "--"]).args(arguments))?;
    page::build_benchmark()?;
    announce("benchmarks: the page in Chromium");
    node(&["tests/browser/bench.mjs"])
}

/// Runs one of the scripts that drive Chromium.
fn node(arguments: &[&str]) -> Result {
    node_with(arguments, &[])
}

/// The same with more in its environment.
pub fn node_with(arguments: &[&str], environment: &[(&str, &str)]) -> Result {
    let browser = setup::browser()?;
    let mut node = program("node", arguments);
    node.env("CHROME", browser.chromium).envs(environment.iter().copied());
    process::run(with_tools(&mut node)?)
}
