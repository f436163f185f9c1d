//! The program with command lines in which something is changed: an answer and exit status 0, or one line that says what is wrong and 2; 1 only for fits that do not converge.

use crate::command_lines::{Dice, mutated};
use crate::program::program;
use std::path::Path;

/// Most that an answer takes, in bytes.
const MOST: usize = 4_000_000;

fn run(seed: u64, count: usize) {
    let mut dice = Dice(seed);
    let mut by_status = [0; 3];
    for _ in 0..count {
        let words = mutated(&mut dice);
        // What a figure or a table is written to lies here.
        let output = program()
            .args(&words)
            .current_dir(Path::new(env!("CARGO_TARGET_TMPDIR")))
            .output();
        let output = output.expect("the program starts");
        let (stdout, stderr) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
        let (stdout, stderr) = (stdout.expect("text"), stderr.expect("text"));
        let status = output
            .status
            .code()
            .and_then(|code| usize::try_from(code).ok())
            .filter(|code| *code < 3);
        assert!(status.is_some(), "{words:?}: {:?}, {stderr}", output.status);
        let status = status.expect("just checked");
        by_status[status] += 1;
        assert!(
            stdout.len() < MOST && stderr.len() < 20_000,
            "{words:?}: {} and {} bytes",
            stdout.len(),
            stderr.len()
        );
        assert!(
            !stdout.contains("NaN") && !stdout.contains(":inf"),
            "{words:?}: {stdout}"
        );
        let errors = stderr.lines().filter(|line| line.starts_with("error: ")).count();
        let others = stderr
            .lines()
            .filter(|line| !line.starts_with("error: ") && !line.starts_with("note: "))
            .count();
        assert_eq!((errors, others), (usize::from(status != 0), 0), "{words:?}: {stderr}");
        assert_eq!(stdout.is_empty(), status != 0, "{words:?}: {stdout} {stderr}");
        assert!(status != 1 || stderr.contains("no convergence"), "{words:?}: {stderr}");
    }
    println!("{count} runs, by exit status {by_status:?}");
    assert!(by_status[0] > count / 20 && by_status[2] > count / 4, "{by_status:?}");
}

#[test]
fn the_program_takes_or_refuses_mutated_lines() {
    run(20_261_127, 150);
}

#[test]
#[ignore = "takes a while: cargo xtask fuzz"]
fn the_program_takes_or_refuses_many_mutated_lines() {
    run(1, 2_000);
}
