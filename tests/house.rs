//! The order of the house: a number goes one way, and nothing points back.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Every wing of `src/`, from the ground up, with the wings that it may use. What stands directly in `src/` is the ground.
const WINGS: [(&str, &[&str]); 10] = [
    ("numerics", &[]),
    ("data", &["numerics"]),
    ("work", &[]),
    ("physics", &["numerics", "data"]),
    ("experiment", &["numerics", "data", "physics"]),
    ("statistics", &["numerics", "physics", "experiment"]),
    (
        "analysis",
        &["numerics", "data", "work", "physics", "experiment", "statistics"],
    ),
    ("chart", &["numerics"]),
    (
        "page",
        &[
            "numerics",
            "data",
            "work",
            "physics",
            "experiment",
            "statistics",
            "analysis",
            "chart",
        ],
    ),
    (
        "web",
        &[
            "work",
            "physics",
            "experiment",
            "statistics",
            "analysis",
            "chart",
            "page",
        ],
    ),
];

/// Crates that only exist in a browser.
const BROWSER: [&str; 5] = [
    "web_sys",
    "js_sys",
    "wasm_bindgen",
    "serde_wasm_bindgen",
    "plotters_canvas",
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder of the project") {
        let path = entry.expect("a readable entry").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Every source file as its path below `src/` and its code without comments.
fn code() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let without_comments = |text: String| -> String {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
        lines.collect::<Vec<_>>().join("\n")
    };
    sources(&root)
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(&root)
                .expect("below src")
                .to_string_lossy()
                .into_owned();
            (name, without_comments(fs::read_to_string(&path).expect("text")))
        })
        .collect()
}

/// Wings that a piece of code names: `crate::physics::...`, also within braces behind `crate::`.
fn named_wings(code: &str) -> BTreeSet<&'static str> {
    let mut named = BTreeSet::new();
    for part in code.split("crate::").skip(1) {
        let group = if part.starts_with('{') {
            // Wings in a group stand at its first level.
            part.split(';').next().unwrap_or_default()
        } else {
            part.split(|char: char| !char.is_alphanumeric() && char != '_')
                .next()
                .unwrap_or_default()
        };
        let words = group.split(|char: char| !char.is_alphanumeric() && char != '_');
        named.extend(words.filter_map(|word| WINGS.iter().map(|(wing, _)| *wing).find(|wing| *wing == word)));
    }
    named
}

#[test]
fn no_arrow_runs_back_up() {
    for (file, code) in code() {
        let Some((wing, _)) = file.split_once('/') else {
            continue;
        };
        if wing == "bin" {
            continue;
        }
        let (_, below) = WINGS.iter().find(|(known, _)| *known == wing).unwrap_or_else(|| {
            panic!("{file}: {wing} is a wing that this test does not know");
        });
        for named in named_wings(&code) {
            assert!(
                named == wing || below.contains(&named),
                "{file} uses {named}, which stands above {wing}"
            );
        }
    }
}

#[test]
fn what_stands_lower_may_be_used_only() {
    for (index, (wing, below)) in WINGS.iter().enumerate() {
        for used in *below {
            let place = WINGS.iter().position(|(known, _)| known == used).expect("a wing");
            assert!(place < index, "{wing} may use {used}, which stands above it");
        }
    }
}

#[test]
fn only_the_web_knows_the_browser() {
    for (file, code) in code() {
        if file.starts_with("web/") || ["bin/explorer.rs", "bin/workshop.rs"].contains(&file.as_str()) {
            continue;
        }
        for browser in BROWSER {
            assert!(!code.contains(browser), "{file} knows {browser}");
        }
    }
}

/// A screen holds about 60 lines; a file is one concept.
#[test]
fn files_hold_one_concept() {
    for (file, code) in code() {
        let lines = code.lines().count();
        assert!(lines <= 500, "{file} has {lines} lines of code: probably two concepts");
    }
}
