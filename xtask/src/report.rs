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
}

/// Runs the steps, sums up in one line, and fails if any of them did.
pub fn run_all(what: &str, steps: &[Step]) -> Result {
    let mut summary = Vec::new();
    let mut failed = Vec::new();
    for step in steps {
        announce(&format!("{what}: {}", step.name));
        let start = Instant::now();
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
