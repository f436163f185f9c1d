//! What takes too long for every run of the tests: random actions, broken inputs, a monkey on the page. Seeds are fixed, so that what is found is found again.

use crate::page;
use crate::process::{self, Result, cargo};
use crate::report::{Step, run_all};
use crate::test;

/// Events of the monkey on the page, where the environment does not say another number.
const EVENTS: &str = "100000";

const PARTS: [Step; 3] = [
    Step::new("session", session),
    Step::new("inputs", inputs),
    Step::new("page", on_the_page),
];

/// The parts with these names, or all of them.
pub fn parts(names: &[&str]) -> Result<Vec<Step>> {
    if let Some(unknown) = names.iter().find(|name| PARTS.iter().all(|part| part.name != **name)) {
        return Err(format!(
            "nothing called `{unknown}` to fuzz: there are session, inputs and page"
        ));
    }
    Ok(PARTS
        .into_iter()
        .filter(|part| names.is_empty() || names.contains(&part.name))
        .collect())
}

/// Runs these parts, all of them even if one fails.
pub fn run(parts: &[Step]) -> Result {
    run_all("fuzz", parts)
}

/// The tests that are left out elsewhere, as fast as a release but with its arithmetic checked.
fn ignored(targets: &[&str]) -> Result {
    let mut test = cargo(&["test", "--profile", "fuzz"]);
    process::run(test.args(targets).args(["--", "--ignored", "--nocapture"]))
}

/// A million actions through the page without a browser.
fn session() -> Result {
    ignored(&["--test", "session"])
}

/// A million addresses, texts in boxes, tables and command lines.
fn inputs() -> Result {
    ignored(&[
        "--test",
        "page",
        "--test",
        "own",
        "--test",
        "command_line",
        "--bin",
        "dipole-portal",
    ])
}

/// The monkey in Chromium, for longer than in every run.
fn on_the_page() -> Result {
    page::build()?;
    let events = std::env::var("MONKEY_EVENTS").unwrap_or_else(|_| EVENTS.to_owned());
    test::node_with(
        &["--test", "--test-reporter=spec", "tests/browser/monkey.test.mjs"],
        &[("MONKEY_EVENTS", &events)],
    )
}
