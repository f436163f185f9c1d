//! The same sources give the same bytes: the page built here and once more in a copy elsewhere.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::page;
use crate::process::{Result, announce, output, program, root};

/// Where the copy is, below the project: another path, of another length.
const COPY: &str = "target/reproduce/the-same-sources-elsewhere";

/// Builds the page twice and compares every file.
pub fn run() -> Result {
    page::build()?;
    let copy = root().join(COPY);
    copy_sources(&copy)?;
    announce(&format!("the page once more, from the same sources in {COPY}"));
    page::build_in(&copy)?;
    let (here, there) = (files(&root().join("dist"))?, files(&copy.join("dist"))?);
    let names = here.keys().chain(there.keys().filter(|name| !here.contains_key(*name)));
    let differing: Vec<_> = names
        .filter(|name| here.get(*name) != there.get(*name))
        .cloned()
        .collect();
    if !differing.is_empty() {
        return Err(format!(
            "these files differ between two builds: {}",
            differing.join(", ")
        ));
    }
    let bytes: usize = here.values().map(Vec::len).sum();
    announce(&format!(
        "reproduced: {} files, {bytes} bytes, all the same",
        here.len()
    ));
    remove(&copy)
}

/// What git knows of or would know of, and the tools that are installed here.
fn copy_sources(copy: &Path) -> Result {
    remove(copy)?;
    let listed = output(&mut program(
        "git",
        &["ls-files", "--cached", "--others", "--exclude-standard"],
    ))?;
    for name in listed.lines() {
        let (from, to) = (root().join(name), copy.join(name));
        // A file that is deleted but not yet committed is still listed.
        if from.is_file() {
            make_folder(to.parent().unwrap_or(copy))?;
            fs::copy(&from, &to).map_err(|error| format!("cannot copy {name}: {error}"))?;
        }
    }
    make_folder(&copy.join("target"))?;
    link(&root().join("target/tools"), &copy.join("target/tools"))
}

fn make_folder(folder: &Path) -> Result {
    fs::create_dir_all(folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))
}

fn remove(folder: &Path) -> Result {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).map_err(|error| format!("cannot remove {}: {error}", folder.display()))
}

#[cfg(unix)]
fn link(to: &Path, from: &Path) -> Result {
    std::os::unix::fs::symlink(to, from).map_err(|error| format!("cannot link {}: {error}", from.display()))
}

#[cfg(not(unix))]
fn link(_: &Path, _: &Path) -> Result {
    Err("reproduce needs symbolic links, as Unix has them".to_owned())
}

/// Every file below a folder, by its name.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let unreadable = |path: &PathBuf, error| format!("cannot read {}: {error}", path.display());
        for entry in fs::read_dir(&next).map_err(|error| unreadable(&next, error))?.flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).map_err(|error| unreadable(&path, error))?;
            let name = path.strip_prefix(folder).unwrap_or(&path);
            files.insert(name.display().to_string(), bytes);
        }
    }
    Ok(files)
}
