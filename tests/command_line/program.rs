//! Runs the program.

use serde_json::Value;
use std::process::Command;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

pub(crate) fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_dipole-portal"))
}

/// Runs the program with these arguments.
pub(crate) fn run_with(arguments: &[&str]) -> Run {
    let output = program().args(arguments).output().expect("the program starts");
    Run {
        status: output.status.code(),
        stdout: String::from_utf8(output.stdout).expect("standard output is text"),
        stderr: String::from_utf8(output.stderr).expect("standard error is text"),
    }
}

/// Runs the program with arguments separated by blanks.
pub(crate) fn run(line: &str) -> Run {
    run_with(&line.split_whitespace().collect::<Vec<_>>())
}

/// The one JSON object that a good command line is answered with, and the messages beside it.
pub(crate) fn answer_with_messages(line: &str) -> (Value, String) {
    let run = run(line);
    assert_eq!(run.status, Some(0), "{line}: {}", run.stderr);
    assert_eq!(run.stdout.matches('\n').count(), 1, "{line}: not one line");
    let answer: Value = serde_json::from_str(&run.stdout).expect("the answer is JSON");
    assert!(answer.is_object(), "{line}: {answer}");
    (answer, run.stderr)
}

/// The answer where nothing is left to say.
pub(crate) fn answer(line: &str) -> Value {
    let (answer, messages) = answer_with_messages(line);
    assert_eq!(messages, "", "{line}");
    answer
}

/// The error that a bad command line is answered with: one line, nothing on standard output, status 2.
pub(crate) fn refusal(arguments: &[&str]) -> String {
    let run = run_with(arguments);
    let line = arguments.join(" ");
    assert_eq!(run.status, Some(2), "{line}: {}", run.stderr);
    assert!(run.stdout.is_empty(), "{line}: something on standard output");
    assert_eq!(run.stderr.matches('\n').count(), 1, "{line}: {}", run.stderr);
    let message = run.stderr.strip_prefix("error: ").expect("an error");
    message.trim_end().to_owned()
}
