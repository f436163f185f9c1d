//! Experiments of one's own on the command line: files, and those that are there to begin with.

use crate::program::{answer_with_messages, refusal};
use std::path::PathBuf;

/// A file of this name and content in the folder for the files of tests.
fn file(name: &str, content: &str) -> String {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, content).expect("a file");
    path.display().to_string()
}

const RELICS: &str = include_str!("../../data/projections/relics.csv");

#[test]
fn a_projection_answers_by_its_name() {
    let (events, _) = answer_with_messages("events --experiment relics --mass 1");
    assert_eq!(events["totals"]["background"], 1687.8);
    assert!(
        events["notes"][0]
            .as_str()
            .is_some_and(|note| note.contains("our assumptions"))
    );
    for command in ["limit --mass 1", "spectrum", "best-fit"] {
        answer_with_messages(&format!("{command} --experiment nucleus-cawo4"));
    }
}

#[test]
fn a_file_is_as_good_as_a_name_and_its_inputs_can_be_set() {
    let path = file("own-relics.csv", &RELICS.replace("\nname,RELICS,", "\nname,My xenon,"));
    let limit = |line: &str| {
        let (answer, _) = answer_with_messages(line);
        answer["coupling_per_GeV"][0].as_f64().expect("a limit")
    };
    let own = limit(&format!("limit --mass 1 --experiment {path}"));
    assert_eq!(own, limit("limit --mass 1 --experiment relics"));
    let clean = limit(&format!(
        "limit --mass 1 --experiment {path} --set background-counts=170"
    ));
    assert!(clean < own, "{clean:e} {own:e}");
}

#[test]
fn the_verdict_takes_more_experiments() {
    let path = file("own-verdict.csv", &RELICS.replace("\nname,RELICS,", "\nname,My xenon,"));
    let line = format!("verdict --flavor e --mass 1 --coupling 1e-6 --experiment {path} --experiment xenon-200ty");
    let (verdict, _) = answer_with_messages(&line);
    let rows = verdict["experiments"].as_array().expect("rows");
    for name in ["my-xenon", "xenon-200ty", "dresden-ii"] {
        let row = rows.iter().find(|row| row["experiment"] == name);
        assert_eq!(row.expect(name)["excluded"], true, "{name}");
    }
    let twice = format!("verdict --flavor e --mass 1 --experiment {path} --experiment {path}");
    let twice = refusal(&twice.split(' ').collect::<Vec<_>>());
    assert!(twice.contains("'my-xenon' twice"), "{twice}");
}

#[test]
fn what_is_wrong_with_a_file_is_one_line_with_its_place() {
    let broken = file(
        "own-broken.csv",
        &RELICS.replace("background-counts,1687.8,", "background-counts,few,"),
    );
    let endless = file(
        "own-endless.csv",
        &RELICS.repeat(1_000_001_usize.div_ceil(RELICS.len())),
    );
    let taken = file("own-taken.csv", &RELICS.replace("\nname,RELICS,", "\nname,XENON1T,"));
    for (path, mentions) in [
        (
            broken.as_str(),
            &["line ", "background-counts", "'few'", "a finite number"][..],
        ),
        (taken.as_str(), &["line ", "name", "'xenon1t'"]),
        ("nowhere/none.csv", &["nowhere/none.csv", "a file that can be read"]),
        (endless.as_str(), &["own-endless.csv", "at most 1000000 bytes"]),
        ("nothing", &["'nothing'", "dresden-ii", "relics", "a file"]),
    ] {
        let error = refusal(&["limit", "--mass", "1", "--experiment", path]);
        for mention in mentions {
            assert!(error.contains(mention), "{path}: {error}");
        }
    }
    let long = "a".repeat(20_000);
    for (experiment, mass, level) in [(&*long, "1", "0.9"), ("relics", &long, "0.9"), ("relics", "1", &long)] {
        let error = refusal(&["limit", "--experiment", experiment, "--mass", mass, "--cl", level]);
        assert!(error.len() < 2000 && error.contains("allowed"), "{error}");
    }
}
