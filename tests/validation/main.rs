//! What this program computes beside what is published, and beside independent computations; and the pages that show it.

#[path = "../common/mod.rs"]
mod common;
mod deviations;
mod page;
mod published;
