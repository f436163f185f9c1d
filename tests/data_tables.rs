//! Every table of `data/` is in the program, says where it is from, and is listed in `data/README.md`.

use dipole_portal::data::table::{REQUIRED_KEYS, Table};
use dipole_portal::data::{TABLES, table};
use dipole_portal::experiment::{Experiment, ExperimentId, Inputs};
use dipole_portal::{Choice, analysis::literature};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Keys that a header may have beside the required ones.
const OTHER_KEYS: [&str; 6] = [
    "status",
    "label",
    "flavor",
    "confidence-level",
    "kind",
    "alternative-to",
];
/// How a status may begin: the page repeats those of surrogates.
const STATUSES: [&str; 4] = ["surrogate: ", "digitised: ", "rebuilt ", "recast: "];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

/// Names of all tables below a folder, as paths without the ending.
fn on_disk(folder: &Path, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("a readable entry").path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .expect("a name in UTF-8");
        if path.is_dir() {
            names.extend(on_disk(&path, &format!("{prefix}{stem}/")));
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            names.insert(format!("{prefix}{stem}"));
        }
    }
    names
}

fn all() -> impl Iterator<Item = Table> {
    TABLES.iter().map(|(name, _)| table(name).expect("a sound table"))
}

/// A file that is not built in is a number that nobody uses; one that is listed twice hides another.
#[test]
fn the_program_has_exactly_the_tables_on_disk() {
    let built_in: BTreeSet<String> = TABLES.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(built_in.len(), TABLES.len(), "a table is listed twice");
    assert_eq!(built_in, on_disk(&folder(), ""));
}

/// Built in as they are: no other version of the numbers is published.
#[test]
fn the_program_has_the_text_on_disk() {
    for (name, text) in TABLES {
        let file = std::fs::read_to_string(folder().join(format!("{name}.csv"))).expect("a readable table");
        assert_eq!(*text, file, "{name}");
    }
}

#[test]
fn every_table_is_in_the_readme() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("a readable file");
    for table in all() {
        let entry = format!("[`{0}`]({0}.csv)", table.name());
        let line = readme.lines().find(|line| line.contains(&entry));
        let line = line.unwrap_or_else(|| panic!("{} is not in data/README.md", table.name()));
        for key in ["title", "link"] {
            let value = table.get(key).expect("a required key");
            assert!(
                line.contains(value),
                "data/README.md has another {key} for {}",
                table.name()
            );
        }
    }
}

#[test]
fn headers_have_the_keys_they_need_and_no_others() {
    for (name, text) in TABLES {
        let mut seen = BTreeSet::new();
        for line in text.lines().take_while(|line| line.starts_with('#')) {
            let (key, value) = line
                .trim_start_matches("# ")
                .split_once(": ")
                .expect("a key and a value");
            assert!(seen.insert(key), "{name}: '{key}' stands twice");
            assert!(
                REQUIRED_KEYS.contains(&key) || OTHER_KEYS.contains(&key),
                "{name}: unknown key '{key}'"
            );
            assert!(
                !value.trim().is_empty() && value == value.trim(),
                "{name}: '{key}' is '{value}'"
            );
        }
        assert!(
            REQUIRED_KEYS.iter().all(|key| seen.contains(key)),
            "{name} has {seen:?}"
        );
    }
}

#[test]
fn links_are_addresses() {
    for table in all() {
        let link = table.get("link").expect("a required key");
        assert!(is_address(link), "{}: '{link}'", table.name());
    }
    for id in &ExperimentId::PAPER {
        for input in Experiment::built_in(*id).expect("sound tables").inputs().rows() {
            assert!(input.link.is_empty() || is_address(&input.link), "{id}: {input:?}");
        }
    }
}

fn is_address(link: &str) -> bool {
    link.starts_with("https://") && !link.contains(char::is_whitespace)
}

/// arXiv numbers and the address that is said to lead there belong together.
#[test]
fn links_to_arxiv_repeat_a_number_of_the_source() {
    for table in all().filter(|table| table.name().starts_with("limits/")) {
        let link = table.get("link").expect("a required key");
        let number = link.strip_prefix("https://arxiv.org/abs/").expect("an arXiv address");
        let source = table.get("source").expect("a required key");
        assert!(
            source.contains(number),
            "{}: {number} is not in '{source}'",
            table.name()
        );
    }
}

#[test]
fn units_name_every_column_of_every_row() {
    for (name, text) in TABLES {
        let mut body = text.lines().skip_while(|line| line.starts_with('#'));
        let columns: Vec<&str> = body.next().expect("column names").split(',').collect();
        let units = table(name)
            .expect("a sound table")
            .get("units")
            .expect("a required key")
            .to_owned();
        let named: Vec<&str> = units
            .split(';')
            .filter_map(|unit| unit.trim().split(' ').next())
            .collect();
        assert_eq!(named, columns, "{name}");
        // Only tables of text quote, and so may have commas inside a cell.
        for row in body.filter(|row| !row.contains('"')) {
            assert_eq!(row.split(',').count(), columns.len(), "{name}: {row}");
        }
    }
}

#[test]
fn a_status_says_what_kind_it_is() {
    for table in all() {
        let Some(status) = table.get("status") else { continue };
        assert!(
            STATUSES.iter().any(|kind| status.starts_with(kind)),
            "{}: '{status}'",
            table.name()
        );
    }
}

/// What an experiment is made from can be looked up: tables exist, every value has a label and a source.
#[test]
fn experiments_name_their_sources() {
    for id in &ExperimentId::PAPER {
        let inputs = Inputs::new(&table(&format!("experiments/{id}")).expect("a sound table")).expect("sound rows");
        for input in inputs.rows() {
            assert!(!input.label.is_empty() && !input.value.is_empty(), "{id}: {input:?}");
            if input.key == "data" || input.key.ends_with("-table") {
                assert!(table(&input.value).is_ok(), "{id}: {input:?}");
            }
        }
    }
}

/// Surrogate efficiencies must not pass for published ones.
#[test]
fn surrogates_are_confessed() {
    for id in [ExperimentId::XENON1T, ExperimentId::PANDAX_4T] {
        let notes = Experiment::built_in(id)
            .and_then(|experiment| experiment.notes())
            .expect("sound tables");
        assert!(notes.iter().any(|note| note.contains("surrogate")), "{id}: {notes:?}");
    }
}

/// Couplings of published curves are moments between the stars' bound and the frame of the largest figure; a wrong
/// unit would be orders of magnitude off.
#[test]
fn published_curves_are_in_their_units() {
    for curve in literature::published().expect("sound tables") {
        let (low, high) = curve.mass_range_mev();
        assert!(low >= 1e-3 && high <= 1e5, "{}: {low} to {high} MeV", curve.name);
        let strongest = curve
            .points
            .iter()
            .map(|point| point.coupling_per_gev)
            .fold(f64::INFINITY, f64::min);
        assert!((1e-11..1e-3).contains(&strongest), "{}: {strongest:e}", curve.name);
    }
}
