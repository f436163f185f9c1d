//! The versions of the tools. Each is written down once where its own tool reads it, and compared
//! here where two must agree.

use std::fs;

use crate::process::{Result, root};

/// The versions to install.
pub struct Pins {
    /// From Trunk.toml.
    pub trunk: String,
    /// From Cargo.lock: wasm-bindgen's command line must equal the library to the last digit.
    pub wasm_bindgen: String,
}

/// Reads the versions, and fails if Trunk.toml asks for others than those that would be installed.
pub fn read() -> Result<Pins> {
    let trunk_toml = text("Trunk.toml")?;
    let wasm_bindgen = locked(&text("Cargo.lock")?, "wasm-bindgen")
        .ok_or("Cargo.lock has no package wasm-bindgen: the page cannot be built")?
        .to_owned();
    agree(
        (
            "[tools] wasm_bindgen in Trunk.toml",
            setting(&trunk_toml, "wasm_bindgen", "="),
        ),
        ("wasm-bindgen in Cargo.lock", Some(&wasm_bindgen)),
    )?;
    let package = text("xtask/node/package.json")?;
    let binaryen = setting(&package, "\"binaryen\"", ":").and_then(|version| version.split('.').next());
    agree(
        ("[tools] wasm_opt in Trunk.toml", setting(&trunk_toml, "wasm_opt", "=")),
        (
            "binaryen in xtask/node/package.json",
            binaryen.map(|major| format!("version_{major}")).as_deref(),
        ),
    )?;
    let trunk = setting(&trunk_toml, "trunk-version", "=").ok_or("Trunk.toml has no trunk-version")?;
    Ok(Pins {
        trunk: trunk.to_owned(),
        wasm_bindgen,
    })
}

fn text(file: &str) -> Result<String> {
    fs::read_to_string(root().join(file)).map_err(|error| format!("cannot read {file}: {error}"))
}

fn agree(one: (&str, Option<&str>), other: (&str, Option<&str>)) -> Result {
    if one.1.is_some() && one.1 == other.1 {
        return Ok(());
    }
    let said = |version: Option<&str>| version.unwrap_or("missing").to_owned();
    Err(format!(
        "{} is {}, but {} is {}: they must agree",
        one.0,
        said(one.1),
        other.0,
        said(other.1)
    ))
}

/// The quoted value in a line like `key = "value"`. Two known files need no parser of TOML or JSON.
fn setting<'a>(text: &'a str, key: &str, separator: &str) -> Option<&'a str> {
    text.lines().find_map(|line| {
        let value = line.trim().strip_prefix(key)?.trim_start().strip_prefix(separator)?;
        value.trim().strip_prefix('"')?.split('"').next()
    })
}

/// The version of a package in the text of Cargo.lock.
fn locked<'a>(lock: &'a str, name: &str) -> Option<&'a str> {
    let package = lock
        .split("[[package]]")
        .find(|package| setting(package, "name", "=") == Some(name))?;
    setting(package, "version", "=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lock_file_gives_the_version_of_the_package_and_not_of_its_relatives() {
        let lock = "[[package]]\nname = \"wasm-bindgen-macro\"\nversion = \"1.0.0\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.128\"\n";
        assert_eq!(locked(lock, "wasm-bindgen"), Some("0.2.128"));
        assert_eq!(locked(lock, "trunk"), None);
    }

    #[test]
    fn the_checked_in_pins_agree() {
        assert_eq!(read().map(|_| ()), Ok(()));
    }

    #[test]
    fn pins_that_differ_or_are_missing_are_named() {
        let error = agree(("one", Some("1")), ("two", None));
        assert_eq!(error, Err("one is 1, but two is missing: they must agree".to_owned()));
        assert!(agree(("one", None), ("two", None)).is_err());
    }
}
