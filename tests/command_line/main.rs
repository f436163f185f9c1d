//! The program as a script meets it: arguments in, JSON and an exit status out.

mod agreement;
mod answers;
mod combination;
#[path = "../common/mod.rs"]
mod common;
mod export;
mod figures;
mod inputs;
mod own;
mod program;
mod refusals;
mod streams;
mod verdict;
