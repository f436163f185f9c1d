//! Command lines in which something is changed: taken, or refused in a line and with exit status 2, and never a panic. `tests/command_line/mutations.rs` runs
//! the program itself, for fewer of them.

use crate::command_lines::{Dice, mutated};
use crate::{CommandLine, usage};
use clap::{CommandFactory, FromArgMatches};
use std::process::ExitCode;

fn refuse_or_take(seed: u64, count: usize) {
    let mut dice = Dice(seed);
    let program = CommandLine::command();
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..count {
        let words = mutated(&mut dice);
        let arguments = std::iter::once("dipole-portal").chain(words.iter().map(String::as_str));
        // Made once: its help asks for every experiment.
        match program
            .clone()
            .try_get_matches_from(arguments)
            .and_then(|found| CommandLine::from_arg_matches(&found))
        {
            Ok(_) => taken += 1,
            Err(request) if !request.use_stderr() => taken += 1,
            Err(error) => {
                refused += 1;
                let failure = usage::failure(&program, &error);
                assert_eq!(failure.exit_code(), ExitCode::from(2), "{words:?}: {failure}");
                assert!((4..4000).contains(&failure.to_string().len()), "{words:?}: {failure}");
            }
        }
    }
    assert!(
        taken > count / 20 && refused > count / 4,
        "{taken} taken, {refused} refused"
    );
}

#[test]
fn mutated_command_lines() {
    refuse_or_take(20_261_127, 400);
}

#[test]
#[ignore = "takes a while: cargo xtask fuzz"]
fn many_mutated_command_lines() {
    refuse_or_take(1, 15_000);
    println!("15000 command lines");
}
