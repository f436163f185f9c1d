//! The program as a script meets it: arguments in, JSON and an exit status out.

mod agreement;
mod answers;
mod combination;
#[path = "../common/command_lines.rs"]
mod command_lines;
#[path = "../common/mod.rs"]
mod common;
mod export;
mod figures;
mod inputs;
mod mutations;
mod own;
mod program;
mod refusals;
mod streams;
mod verdict;
