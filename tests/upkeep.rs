//! What keeps the project usable by others: licences, citation, and a reason for everything that it depends on.

use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    fs::read_to_string(path).expect(name)
}

/// What cargo knows of the package of this name in the workspace.
fn package(name: &str) -> Value {
    let arguments = [
        "metadata",
        "--no-deps",
        "--offline",
        "--locked",
        "--format-version",
        "1",
    ];
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let packages = metadata["packages"].as_array().expect("a list");
    let package = packages.iter().find(|package| package["name"] == name);
    package.expect("a package of this name").clone()
}

/// Names in the first column of the tables below these headings of the list of dependencies.
fn explained(is_wanted: impl Fn(&str) -> bool) -> BTreeSet<String> {
    let mut is_below = false;
    let mut names = BTreeSet::new();
    for line in text("docs/dependencies.md").lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            is_below = is_wanted(heading);
        }
        if let (true, Some(row)) = (is_below, line.strip_prefix("| `")) {
            let (name, why) = row.split_once("` | ").expect("two columns");
            assert!(why.trim_end_matches('|').trim().len() > 5, "{name} has no reason");
            assert!(names.insert(name.to_owned()), "{name} stands twice");
        }
    }
    names
}

#[test]
fn every_crate_has_its_reason_and_no_other_has() {
    let crates: BTreeSet<String> = ["dipole-portal", "xtask"]
        .into_iter()
        .flat_map(|name| package(name)["dependencies"].as_array().expect("a list").clone())
        .map(|dependency| dependency["name"].as_str().expect("a name").to_owned())
        .collect();
    assert!(crates.len() > 15, "{crates:?}");
    assert_eq!(explained(|heading| heading.starts_with("Crates ")), crates);
}

#[test]
fn every_package_of_npm_has_its_reason_and_no_other_has() {
    let packages: Value = serde_json::from_str(&text("xtask/node/package.json")).expect("JSON");
    let packages = packages["dependencies"].as_object().expect("names with versions");
    let names: BTreeSet<String> = packages.keys().cloned().collect();
    assert_eq!(explained(|heading| heading.starts_with("Packages ")), names);
    // One version of each, not a range.
    for (name, version) in packages {
        let version = version.as_str().expect("a version");
        assert!(
            version.chars().all(|sign| sign.is_ascii_digit() || sign == '.'),
            "{name} {version}"
        );
    }
}

/// Each program that is installed is named where `xtask` installs it.
#[test]
fn every_program_that_is_installed_has_its_reason() {
    let sources = text("xtask/src/setup.rs");
    let installed: BTreeSet<String> = sources
        .split("crate_program(")
        .skip(1)
        .filter_map(|call| call.split('"').nth(1).map(str::to_owned))
        .collect();
    assert_eq!(explained(|heading| heading.starts_with("Programs ")), installed);
}

#[test]
fn the_licences_are_those_that_cargo_names() {
    for name in ["dipole-portal", "xtask"] {
        assert_eq!(package(name)["license"], "MIT OR Apache-2.0", "{name}");
    }
    assert!(text("LICENSE-MIT").contains("Copyright (c) 2026 The developers of the Dipole Portal Explorer"));
    assert!(text("LICENSE-APACHE").contains("Version 2.0, January 2004"));
}

/// Fields that every version of the format asks for, and the version of the program.
#[test]
fn the_citation_is_of_this_version() {
    let citation = text("CITATION.cff");
    let field = |key: &str| {
        let start = format!("{key}: ");
        let line = citation.lines().find_map(|line| line.strip_prefix(start.as_str()));
        line.expect(key).trim().to_owned()
    };
    assert_eq!(field("cff-version"), "1.2.0");
    assert_eq!(field("version"), env!("CARGO_PKG_VERSION"));
    assert_eq!(field("title"), "Dipole Portal Explorer");
    assert!(!field("message").is_empty());
    assert!(citation.contains("\nauthors:\n  - name: The developers of the Dipole Portal Explorer\n"));
    assert!(citation.contains("\nlicense:\n  - MIT\n  - Apache-2.0\n"));
}
