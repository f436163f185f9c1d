//! Why the program ends without an answer.

use dipole_portal::{Error, ErrorKind};
use std::process::ExitCode;

/// A failure, in one line.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// Of the core.
    #[error(transparent)]
    Core(#[from] Error),
    /// A command line that does not parse, where there is no one value to blame.
    #[error("{0}")]
    Usage(String),
    /// Of a file to be written.
    #[error("output: got '{0}', which cannot be written ({1})")]
    File(String, std::io::Error),
    /// Of standard output.
    #[error("standard output: {0}")]
    Output(#[from] std::io::Error),
}

/// Most signs of a line that says what was wrong: some repeat what they were given.
const MOST_SIGNS: usize = 1500;

impl Failure {
    /// What is said, in one line of a length that is read.
    pub(crate) fn line(&self) -> String {
        let line = self.to_string();
        if line.chars().count() <= MOST_SIGNS {
            return line;
        }
        // What is allowed stands at the end.
        let signs: Vec<char> = line.chars().collect();
        let (head, tail) = (&signs[..MOST_SIGNS / 3], &signs[signs.len() - 2 * MOST_SIGNS / 3..]);
        format!("{}…{}", String::from_iter(head), String::from_iter(tail))
    }

    /// 2 for bad input and for what an experiment does not give, 1 for everything that is not the user's doing.
    pub(crate) fn exit_code(&self) -> ExitCode {
        match self {
            Self::Core(error)
                if matches!(
                    error.kind(),
                    ErrorKind::Input { .. } | ErrorKind::Unavailable { .. } | ErrorKind::Table { .. }
                ) =>
            {
                ExitCode::from(2)
            }
            Self::Usage(_) | Self::File(..) => ExitCode::from(2),
            Self::Core(_) | Self::Output(_) => ExitCode::FAILURE,
        }
    }
}
