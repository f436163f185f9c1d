//! Lists the tables of `data/` for the program: a new file there is built in without being named anywhere.
//!
//! Twice: as they are, and as the program carries them, in which tables of numbers are columns of differences (see
//! `src/data/packed.rs`). Neighbours in a table of physics are alike, so what is downloaded is two fifths smaller.
//!
//! And names the build by a hash of all that it is made from, so that a file which somebody has taken away says what made it.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// Most times that differences are taken of a column.
const MOST_ORDERS: usize = 3;
/// Larger integers are not packed: their differences could overflow.
const LARGEST: i128 = 1 << 56;

fn main() -> io::Result<()> {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=data");
    let project = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo:rustc-env=DIPOLE_PORTAL_BUILD={}", build_of(&project)?);
    let root = project.join("data");
    let is_page = env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|target| target == "wasm32");
    let is_workshop = env::var_os("CARGO_FEATURE_WORKSHOP").is_some();
    let mut tables = Vec::new();
    collect(&root, "", &mut tables)?;
    // In the order of the names, whatever the file system says.
    tables.sort();
    let (mut list, mut packed) = (String::from("&[\n"), String::from("&[\n"));
    let (mut later, mut later_names) = (String::from("&[\n"), String::from("&[\n"));
    for (name, path) in &tables {
        let path = path.display().to_string();
        let mut text = fs::read_to_string(&path)?;
        let _ = writeln!(list, "    ({name:?}, include_str!({path:?})),");
        let is_of_workshop = text.lines().any(|line| line.starts_with("# workshop: "));
        if is_page {
            text = for_page(name, &text, is_workshop);
        }
        // What nothing on the page can name is not downloaded; native programs have it. Experiments to begin with, and those to come, come with the workshop.
        let is_sample = name.starts_with("templates/") || name.starts_with("projections/");
        if is_page && is_sample && !is_workshop {
            continue;
        }
        let is_in_reserve = text.lines().any(|line| line.starts_with("# reserve: "));
        if is_page && (is_in_reserve || is_of_workshop && !is_workshop) {
            continue;
        }
        let is_later = is_for_later(name, &text);
        if is_later {
            let _ = writeln!(later_names, "    {name:?},");
        }
        let place = if is_later { &mut later } else { &mut packed };
        let _ = match differences(&text) {
            Some(text) => writeln!(place, "    ({name:?}, Packed::Differences({text:?})),"),
            None => writeln!(place, "    ({name:?}, Packed::Plain({text:?})),"),
        };
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(folder.join("tables.rs"), list + "]\n")?;
    fs::write(folder.join("packed.rs"), packed + "]\n")?;
    fs::write(folder.join("later_names.rs"), later_names + "]\n")?;
    fs::write(folder.join("later.rs"), later + "]\n")
}

/// What the page carries of a table.
fn for_page(name: &str, text: &str, is_workshop: bool) -> String {
    // What is only for who reads the table (and for `data::table::REQUIRED_KEYS`, which tests look for).
    let is_for_readers = |line: &&str| {
        ["# convention: ", "# units: ", "# licence: "]
            .iter()
            .any(|key| line.starts_with(key))
    };
    let text: String = text
        .split_inclusive('\n')
        .filter(|line| !is_for_readers(line))
        .collect();
    // Words and sources of inputs, and of the tables that they name, are shown by the workshop alone. Published curves show theirs.
    match name {
        _ if is_workshop => text,
        "standard_model" | "shared_fluxes" => bare(&text),
        _ if name.starts_with("experiments/") => bare(&text),
        _ if name.starts_with("limits/") || name.starts_with("recast/") => text,
        _ => text.lines().map(untold).collect(),
    }
}

/// What the program is made from.
const SOURCES: [&str; 5] = ["Cargo.toml", "Cargo.lock", "build.rs", "src", "data"];

/// A name for what the program is made from: the same wherever and whenever it is built, another when a byte of a source is. (FNV-1a of 64 bits: it tells
/// builds apart and guards against nobody.)
fn build_of(project: &Path) -> io::Result<String> {
    let mut files = Vec::new();
    for source in SOURCES {
        println!("cargo:rerun-if-changed={source}");
        list(&project.join(source), source, &mut files)?;
    }
    files.sort();
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut take = |bytes: &[u8]| {
        for byte in bytes {
            hash = (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for (name, path) in files {
        take(name.as_bytes());
        take(&[0]);
        // A checkout may end its lines in another way.
        let bytes: Vec<u8> = fs::read(path)?.into_iter().filter(|byte| *byte != b'\r').collect();
        take(&bytes);
        take(&[0]);
    }
    Ok(format!("{:012x}", hash >> 16))
}

/// Adds a file, or every file below a folder, by its name in the project.
fn list(path: &Path, name: &str, files: &mut Vec<(String, PathBuf)>) -> io::Result<()> {
    if !path.is_dir() {
        files.push((name.to_owned(), path.to_owned()));
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        let name = format!("{name}/{}", entry.file_name().to_string_lossy());
        list(&entry.path(), &name, files)?;
    }
    Ok(())
}

/// Whether the page shows a table only after the visitor has asked for another flavour than the first, or takes something away. (The file of
/// these tables on the page is made by `xtask/node/minify.mjs`, by the same rule.)
fn is_for_later(name: &str, text: &str) -> bool {
    let flavor = text.lines().find_map(|line| line.strip_prefix("# flavor: "));
    let is_first = |flavor: &str| flavor == "universal" || flavor.split(", ").any(|member| member == "e");
    name == "references" || (name.starts_with("limits/") && !flavor.is_some_and(is_first))
}

/// A table of inputs with keys, values and units alone, and nothing in its header but what its surrogates are.
fn bare(text: &str) -> String {
    // Every table has these.
    let mut bare = String::from("# title: -\n# source: -\n# link: -\n");
    for line in text.lines() {
        if line.starts_with('#') {
            if line.starts_with("# status: ") {
                bare.push_str(line);
                bare.push('\n');
            }
        } else if line.contains(",\"") && line.split(',').take(3).any(|cell| cell.contains('"')) {
            bare.push_str(line);
            bare.push('\n');
        } else {
            let cells: Vec<&str> = line.split(',').take(3).collect();
            let is_head = line.starts_with("key,");
            bare.push_str(&if is_head {
                line.to_owned()
            } else {
                format!("{},,,", cells.join(","))
            });
            bare.push('\n');
        }
    }
    bare
}

/// A line of a table; one of what its header tells of it without what it tells.
fn untold(line: &str) -> String {
    match ["# title: ", "# source: ", "# link: "]
        .iter()
        .find(|key| line.starts_with(**key))
    {
        Some(key) => format!("{key}-\n"),
        None => format!("{line}\n"),
    }
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

/// A table of numbers with a line of differences for each column; `None` if a cell is anything but a number.
fn differences(text: &str) -> Option<String> {
    let is_header = |line: &&str| line.starts_with('#');
    let mut lines = text.lines().skip_while(is_header);
    let names = lines.next()?;
    let rows: Vec<Vec<&str>> = lines.map(|row| row.split(',').collect()).collect();
    let mut packed: String = text
        .lines()
        .take_while(is_header)
        .flat_map(|line| [line, "\n"])
        .collect();
    packed.push_str(names);
    for column in 0..names.split(',').count() {
        let cells = rows.iter().map(|row| decimal(row.get(column)?));
        packed.push('\n');
        packed.push_str(&packed_column(&cells.collect::<Option<Vec<_>>>()?)?);
    }
    Some(packed)
}

/// A number as digits times a negative power of ten.
fn decimal(cell: &str) -> Option<(i128, i32)> {
    let (number, exponent) = cell.split_once('e').unwrap_or((cell, "0"));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let digits = format!("{whole}{fraction}").parse().ok()?;
    // A zero with a sign would come back without it.
    let is_sound = digits != 0 || !cell.starts_with('-');
    is_sound.then_some((
        digits,
        i32::try_from(fraction.len()).ok()? - exponent.parse::<i32>().ok()?,
    ))
}

/// `order decimals integer integer ...`: of all orders of differences the one that is written shortest.
fn packed_column(numbers: &[(i128, i32)]) -> Option<String> {
    let decimals = numbers.iter().map(|(_, decimals)| *decimals).max()?.max(0);
    let mut integers = Vec::new();
    for (digits, own) in numbers {
        let power = 10_i128.checked_pow(u32::try_from(decimals - own).ok()?)?;
        integers.push(digits.checked_mul(power).filter(|integer| integer.abs() < LARGEST)?);
    }
    let mut best: Option<String> = None;
    for order in 0..=MOST_ORDERS {
        let mut line = format!("{order} {decimals}");
        for integer in &integers {
            let _ = write!(line, " {integer}");
        }
        if best.as_ref().is_none_or(|best| line.len() < best.len()) {
            best = Some(line);
        }
        for index in (1..integers.len()).rev() {
            integers[index] -= integers[index - 1];
        }
    }
    best
}
