//! `export`: what the page saves.

use crate::program::{answer, run};
use serde_json::Value;

fn printed(line: &str) -> String {
    run(line).stdout
}

fn exported(what: &str, address: &str) -> Value {
    let text = printed(&format!("export --what {what} --format json --address {address}"));
    serde_json::from_str(&text).expect("JSON")
}

fn table<'a>(file: &'a Value, name: &str) -> &'a Vec<Value> {
    let tables = file["tables"].as_array().expect("tables");
    let table = tables.iter().find(|table| table["name"] == name);
    table.expect("a table of this name")["rows"].as_array().expect("rows")
}

/// Chi-square is what its bins and its pulls say.
#[test]
fn bins_and_pulls_add_up_to_chi_square() {
    for (address, options) in [
        (
            "mass=2&coupling=3e-8",
            "--experiment dresden-ii --mass 2 --coupling 3e-8",
        ),
        (
            "experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6",
            "--experiment coherent-csi --flavor mu --mass 20 --coupling 1e-6",
        ),
    ] {
        let file = exported("spectrum", address);
        let cell = |row: &Value, column: usize| row[column].as_f64().unwrap_or(0.0);
        let bins: f64 = table(&file, "bins of the fit").iter().map(|row| cell(row, 4)).sum();
        let pulls = table(&file, "nuisance parameters of the fit").iter();
        let pulls: f64 = pulls.map(|row| cell(row, 2).powi(2)).sum();
        let chi2 = answer(&format!("events {options}"))["chi2"].as_f64().expect("a number");
        assert!(
            ((bins + pulls) / chi2 - 1.0).abs() < 1e-4,
            "{address}: {bins} + {pulls} against {chi2}"
        );
    }
}

/// The curves are those of `limit`, and published ones are those that the plane shows.
#[test]
fn curves_are_those_of_the_limits() {
    let file = exported("plane", "flavor=e");
    let rows = table(&file, "curves");
    let ours = rows.iter().filter(|row| row[0] == "Dresden-II" && row[1] == "limit");
    let (mass, coupling) = ours
        .filter_map(|row| Some((row[2].as_f64()?, row[3].as_f64()?)))
        .find(|(mass, _)| *mass > 1.0)
        .expect("a point above 1 MeV");
    let limit = answer(&format!("limit --experiment dresden-ii --mass {mass}"));
    let expected = limit["coupling_per_GeV"][0].as_f64().expect("a limit");
    assert!(
        (coupling / expected - 1.0).abs() < 1e-4,
        "{coupling} against {expected}"
    );
    assert!(rows.iter().any(|row| row[0] == "SN1987A" && row[1] == "published"));
    assert!(
        !rows.iter().any(|row| row[0] == "DARWIN"),
        "projections are off until asked for"
    );
}

#[test]
fn sources_name_the_paper_and_what_is_shown_once() {
    let text = printed("export --what spectrum --format bib");
    assert!(text.contains("eprint = {2406.07477},"), "{text}");
    let keys: Vec<_> = text.lines().filter(|line| line.starts_with('@')).collect();
    let mut once = keys.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(keys.len(), once.len(), "every work has one entry");
    // The inputs of the chosen experiment, and of no other.
    let other = printed("export --what spectrum --format txt --address experiment=coherent-csi&flavor=mu");
    assert!(
        other.contains("2110.07730") && !text.contains("2110.07730") && !other.contains("2102.10089"),
        "{other}"
    );
}

/// A drawing says what it is, with which settings.
#[test]
fn a_drawing_stands_for_itself() {
    for what in ["spectrum", "plane"] {
        let svg = printed(&format!("export --what {what} --format svg --address mass=2"));
        assert!(
            svg.starts_with("<svg") && svg.contains("<title>") && svg.contains("mass=2"),
            "{what}"
        );
    }
    let run = run("export --what verdict --format svg");
    assert_eq!(run.status, Some(2), "{}", run.stderr);
}
