//! `export`: what the page saves.

use crate::program::{answer, run};
use dipole_portal::{Choice, VERSION};
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
        let last = |row: &Value| cell(row, row.as_array().map_or(0, |cells| cells.len() - 1));
        let bins: f64 = table(&file, "bins of the fit").iter().map(last).sum();
        let pulls = table(&file, "nuisance parameters of the fit").iter();
        let pulls: f64 = pulls.map(|row| last(row).powi(2)).sum();
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

/// A column for every cell, with its unit; edges of bins follow each other, and data have their errors.
#[test]
fn columns_have_units_and_data_have_errors() {
    let file = exported("spectrum", "view=data");
    let tables = file["tables"].as_array().expect("tables");
    for table in tables {
        let columns = table["columns"].as_array().expect("columns");
        for row in table["rows"].as_array().expect("rows") {
            assert_eq!(row.as_array().map(Vec::len), Some(columns.len()), "{}", table["name"]);
        }
    }
    let has = |text: &str| tables.iter().any(|table| table["columns"].to_string().contains(text));
    assert!(
        has("error of ") && has("[keV") && has("pull [prior width]"),
        "{tables:?}"
    );
    let bins = table(&file, "bins of the fit");
    assert_eq!(bins.len(), 130);
    assert!(
        bins.windows(2).all(|pair| pair[0][1] == pair[1][0]),
        "a gap between bins"
    );
    // Time and photoelectrons of COHERENT.
    let coherent = exported("spectrum", "experiment=coherent-csi&flavor=mu&view=data");
    assert_eq!(table(&coherent, "bins of the fit")[0].as_array().map(Vec::len), Some(8));
}

/// Where nothing is allowed there is no number, and the file says so.
#[test]
fn everything_excluded_is_said_and_is_no_number() {
    let file = exported("plane", "experiment=xenon1t&flavor=tau&flux=10");
    let rows = table(&file, "curves").iter();
    let said: Vec<_> = rows.filter(|row| row[1] == "everything excluded").collect();
    assert!(!said.is_empty() && said.iter().all(|row| row[3].is_null()), "{said:?}");
}

#[test]
fn the_verdict_has_published_limits_at_their_own_level() {
    let file = exported("verdict", "coupling=1e-3");
    let published = table(&file, "published limits");
    assert!(published.iter().any(|row| row[2] == 1.0), "{published:?}");
}

#[test]
fn everybody_who_is_shown_is_cited_and_nobody_else() {
    let cited = |what: &str, address: &str| printed(&format!("export --what {what} --format txt --address {address}"));
    // The inputs of the chosen experiment, and of no other; no curve of the plane.
    let dresden = cited("spectrum", "flavor=e");
    assert!(
        dresden.contains("2202.09672") && dresden.contains("PRD 39, 3378 (1989)"),
        "{dresden}"
    );
    assert!(
        !dresden.contains("2110.07730") && !dresden.contains("2105.09699"),
        "{dresden}"
    );
    // Everybody on the plane, and who is not there is not cited.
    let plane = cited("plane", "flavor=e");
    assert!(plane.contains("2110.07730") && plane.contains("2105.09699"), "{plane}");
    assert!(!cited("plane", "flavor=e&curves=coherent-csi").contains("2110.07730"));
}

/// Whatever is taken away says which version and build made it, and the same is the same to the last byte.
#[test]
fn every_file_names_version_and_build_and_is_the_same_twice() {
    let (version, build) = VERSION.split_once('+').expect("version and build");
    assert_eq!(version, env!("CARGO_PKG_VERSION"));
    assert!(build.len() == 12 && build.chars().all(|sign| sign.is_ascii_hexdigit()));
    let mut seen = 0;
    for what in dipole_portal::page::export::Subject::ALL {
        for format in dipole_portal::page::export::Format::ALL {
            let line = format!("export --what {what} --format {format} --address mass=2&view=data");
            let file = run(&line);
            if file.status == Some(2) {
                continue;
            }
            assert!(
                file.stdout.contains(&format!("Dipole Portal Explorer {VERSION}")),
                "{line}"
            );
            assert_eq!(file.stdout, printed(&line), "{line}");
            seen += 1;
        }
    }
    // A verdict is no drawing.
    assert_eq!(seen, 3 * 5 - 1);
    assert_eq!(printed("--version"), format!("dipole-portal {VERSION}\n"));
}
