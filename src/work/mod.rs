//! Work that is given away: a pool of workers for jobs that take longer than a frame.
//!
//! Nothing here knows physics, nor the browser: a [`Job`] is data that a worker can compute, [`Pool`] says which worker is
//! to be started, fed, restarted or ended, on a clock that is handed in. Whoever holds real workers (the page: `web`) carries
//! out the [`Order`]s, hands in what it hears as [`Report`]s, and passes the [`Event`]s on.

mod batch;
mod clock;
mod job;
mod message;
mod pool;
mod worker;

pub use job::{Generation, Job, JobFailure, JobId, Priority, Progress};
pub use message::{Assignment, Report};
pub use pool::{Event, IDLE_MS, JOB_ATTEMPTS, Order, Pool, SILENCE_MS, START_ATTEMPTS, START_MS, VOID_MS};
pub use worker::{Fall, Unavailable};
