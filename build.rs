//! Lists the tables of `data/` for the program: a new file there is built in without being named anywhere.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=data");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("data");
    let mut tables = Vec::new();
    collect(&root, "", &mut tables)?;
    // In the order of the names, whatever the file system says.
    tables.sort();
    let mut list = String::from("&[\n");
    for (name, path) in &tables {
        let _ = writeln!(list, "    ({name:?}, include_str!({:?})),", path.display().to_string());
    }
    list.push_str("]\n");
    fs::write(
        PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("tables.rs"),
        list,
    )
}

/// Adds every table below a folder, by its path below `data/` without the ending.
fn collect(folder: &Path, prefix: &str, tables: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(stem) = path.file_stem().and_then(|stem| stem.to_str()).map(str::to_owned) else {
            continue;
        };
        if path.is_dir() {
            println!("cargo:rerun-if-changed={}", path.display());
            collect(&path, &format!("{prefix}{stem}/"), tables)?;
        } else if path.extension().is_some_and(|ending| ending == "csv") {
            tables.push((format!("{prefix}{stem}"), path));
        }
    }
    Ok(())
}
