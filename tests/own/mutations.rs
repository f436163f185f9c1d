//! Tables that somebody, or something, has broken: an error with its place, and never a panic.

use super::{built_in, read, samples};
use crate::dice::Dice;
use dipole_portal::analysis::{Analysis, Settings};
use dipole_portal::experiment::ExperimentSpec;
use dipole_portal::statistics::Confidence;
use dipole_portal::{Error, ErrorKind};

const CELLS: [&str; 24] = [
    "",
    "-1",
    "0",
    "1e308",
    "-1e308",
    "1e-308",
    "NaN",
    "inf",
    "1e999",
    "0x10",
    "1,5",
    "1;5",
    "\"",
    "\"\"",
    "\0",
    "ä",
    "探测器",
    "\u{202e}",
    "\r",
    "###",
    "# a: b",
    "sun",
    "reactor",
    "9999999999999999999999999",
];

/// One mutation of a text.
fn mutated(text: &str, dice: &mut Dice) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(9) {
        0 => {
            lines.remove(one);
        }
        1 => lines.swap(one, other),
        2 => {
            let copy = lines[one].clone();
            lines.insert(other, copy);
        }
        3 => {
            let signs: Vec<char> = lines[one].chars().collect();
            lines[one] = signs[..dice.below(signs.len() + 1)].iter().collect();
        }
        4 => {
            let mut cells: Vec<&str> = lines[one].split(',').collect();
            let (a, b) = (dice.below(cells.len()), dice.below(cells.len()));
            cells.swap(a, b);
            lines[one] = cells.join(",");
        }
        5 | 6 => {
            let mut cells: Vec<&str> = lines[one].split(',').collect();
            let place = dice.below(cells.len());
            cells[place] = dice.of(&CELLS);
            lines[one] = cells.join(",");
        }
        7 => lines[one] = lines[one].replacen('"', "", 1),
        _ => {
            let mut signs: Vec<char> = lines[one].chars().collect();
            let place = dice.below(signs.len() + 1);
            signs.insert(place, dice.of(&CELLS).chars().next().unwrap_or(','));
            lines[one] = signs.into_iter().collect();
        }
    }
    let end = dice.of(&["\n", "\n", "\n", "\r\n"]);
    lines.iter().map(|line| format!("{line}{end}")).collect()
}

/// Texts that most of the mutations are of: cheap to prepare.
fn texts() -> Vec<String> {
    let mut texts: Vec<String> = samples().into_iter().map(|(_, text)| text.into_owned()).collect();
    texts.extend(
        built_in()
            .iter()
            .map(ExperimentSpec::to_text)
            .map(|text| text.replacen("\nname,", "\nname,My ", 1)),
    );
    texts
}

/// Errors that no one line is to blame for: a row that is missing, a name of a column, a text without rows.
fn is_about_the_whole(error: &str) -> bool {
    [
        "there is no row",
        "no rows",
        "there is none of",
        "it needs 'atoms'",
        "are not finite",
        "there is no flux",
    ]
    .iter()
    .any(|whole| error.contains(whole))
}

fn break_tables(seed: u64, mutations: usize) {
    let mut dice = Dice(seed);
    let texts = texts();
    let (mut refused, mut taken) = (0, 0);
    let mut asked = 0;
    for count in 0..mutations {
        // Response matrices of photoelectrons and ionisation take a while: they have their share.
        let which = if count % 50 == 0 {
            dice.below(texts.len())
        } else {
            count % 2
        };
        let mut text = mutated(&texts[which], &mut dice);
        for _ in 0..dice.below(3) {
            text = mutated(&text, &mut dice);
        }
        match read(&text) {
            Ok(spec) => {
                taken += 1;
                let again = ExperimentSpec::from_text(Some(spec.id()), &spec.to_text());
                assert_eq!(again.as_ref(), Ok(&spec), "{text}");
                if taken % 20 == 0 {
                    asked += 1;
                    // Whether there is a limit depends on the numbers; that it is asked for without panic, and found, does not.
                    let analysis = Analysis::new(&spec, &Settings::default());
                    let limit =
                        analysis.and_then(|analysis| analysis.limit_per_gev(spec.flavor(), 1.0, Confidence::PAPER));
                    let failed = limit.as_ref().err().map(Error::kind);
                    assert!(
                        !matches!(failed, Some(ErrorKind::Convergence { .. })),
                        "{failed:?}\n{text}"
                    );
                }
            }
            Err(error) => {
                refused += 1;
                let said = error.to_string();
                assert!(said.contains("line ") || is_about_the_whole(&said), "{said}\n{text}");
            }
        }
    }
    assert!(
        refused > mutations / 4 && taken > mutations / 10 && asked > mutations / 200,
        "{refused} {taken} {asked}"
    );
    println!("{mutations} tables of seed {seed}: {refused} refused, {taken} taken, {asked} asked for a limit");
}

#[test]
fn broken_tables_are_refused_where_they_are_broken_and_nothing_panics() {
    break_tables(20_261_127, 10_000);
}

#[test]
#[ignore = "takes a while: cargo xtask fuzz"]
fn many_broken_tables() {
    for seed in 1..=4 {
        break_tables(seed, 20_750);
    }
}

#[test]
fn noise_is_no_table() {
    let mut dice = Dice(7);
    for _ in 0..2000 {
        let length = dice.below(200);
        let noise: String = (0..length)
            .map(|_| match dice.below(6) {
                0 => '\n',
                1 => ',',
                2 => '"',
                3 => '#',
                _ => char::from_u32(dice.below(0x300) as u32).unwrap_or('x'),
            })
            .collect();
        assert!(read(&noise).is_err());
        assert!(read(&format!("key,value\n{noise}")).is_err());
    }
}
