//! Several steps of which each runs even if an earlier one failed, so that one run shows everything
//! there is to mend.

use std::time::Instant;

use crate::process::{Result, announce};

/// A step and the name it has in the summary.
pub struct Step {
    /// One or two words.
    pub name: &'static str,
    /// What it does.
    pub run: fn() -> Result,
    /// Gets what the step needs where that is not to be had everywhere. An error here leaves the step out, with its
    /// words in the summary, and is no failure.
    pub get: Option<fn() -> Result>,
}

impl Step {
    /// A step that every machine takes.
    pub const fn new(name: &'static str, run: fn() -> Result) -> Self {
        Self { name, run, get: None }
    }

    /// A step that is left out where `get` fails.
    pub const fn optional(name: &'static str, get: fn() -> Result, run: fn() -> Result) -> Self {
        Self {
            name,
            run,
            get: Some(get),
        }
    }
}

/// Runs the steps, sums up in one line, and fails if any of them did.
pub fn run_all(what: &str, steps: &[Step]) -> Result {
    let mut summary = Vec::new();
    let mut failed = Vec::new();
    for step in steps {
        announce(&format!("{what}: {}", step.name));
        let start = Instant::now();
        if let Some(Err(missing)) = step.get.map(|get| get()) {
            announce(&format!("{what}: {} is LEFT OUT: {missing}", step.name));
            summary.push(format!("{} LEFT OUT ({missing})", step.name));
            continue;
        }
        let result = (step.run)();
        let verdict = if result.is_ok() { "ok" } else { "FAILED" };
        summary.push(format!(
            "{} {verdict} ({:.1} s)",
            step.name,
            start.elapsed().as_secs_f64()
        ));
        if let Err(error) = result {
            // Said here, where the output above explains it, and not only at the end.
            eprintln!("error: {error}");
            failed.push(step.name);
        }
    }
    announce(&format!("{what}: {}", summary.join(", ")));
    if failed.is_empty() {
        Ok(())
    } else {
        Err(format!("{what} failed: {}", failed.join(", ")))
    }
}
