//! What travels between the page and a worker.

use super::JobId;
use serde::{Deserialize, Serialize};

/// What the page says to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Assignment<J> {
    /// Number of the job.
    pub id: JobId,
    /// The job.
    pub job: J,
}

/// What a worker says to the page. Everything but [`Report::NotLoaded`] is a sign of life.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Report<A, F> {
    /// The program is loaded and waits for jobs.
    Ready {
        /// Build of the script that started the worker.
        build: String,
    },
    /// Still at it.
    Alive,
    /// A job has ended.
    Done {
        /// Number of the job.
        id: JobId,
        /// Its answer, or why there is none.
        result: Result<A, F>,
    },
    /// The program could not be loaded. Sent by the start script (`www/worker.js`) as the bare word.
    NotLoaded,
}
