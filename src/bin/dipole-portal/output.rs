//! Standard output and standard error; neither panics when the other end is gone.

use crate::failure::Failure;
use serde::Serialize;
use std::io::{ErrorKind, Write, stderr, stdout};

/// Prints the answer.
pub(crate) fn json(answer: &impl Serialize) -> Result<(), Failure> {
    let mut line = serde_json::to_string(answer).map_err(std::io::Error::from)?;
    line.push('\n');
    text(&line)
}

/// Prints text as it is. A reader that has seen enough (`| head`) is no failure.
pub(crate) fn text(text: &str) -> Result<(), Failure> {
    let mut stdout = stdout().lock();
    match stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}

/// Prints a message for people, always one line whatever an argument smuggled in.
pub(crate) fn message(kind: &str, text: &str) {
    let line: String = text
        .chars()
        .map(|char| if char.is_control() { ' ' } else { char })
        .collect();
    // Without standard error there is nowhere left to complain.
    let _ = writeln!(stderr(), "{kind}: {line}");
}

/// Prints something worth knowing about the answer.
pub(crate) fn note(text: &str) {
    message("note", text);
}
