//! Installs what is missing. Each function makes sure of everything that one kind of work needs;
//! when all is there they take a fraction of a second and no network.

use std::env;
use std::path::PathBuf;
use std::time::Duration;

use crate::pins;
use crate::process::{Result, announce, find_on_path, output, program, run, run_within};
use crate::tools;

const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The one version of a tool that nothing else names.
const CARGO_DENY: &str = "0.20.2";

/// A download of 20 MB that takes longer has hung.
const WASM_TARGET_LIMIT: Duration = Duration::from_secs(180);

/// What to do by hand when rustup cannot help.
const WASM_TARGET_BY_HAND: &str = "\
The page needs Rust's standard library for wasm32-unknown-unknown. Where rustup cannot download
it, see the README, section \"If the wasm32 target cannot be downloaded\". In short, on Debian:
  1. install rustc-web, rust-web-src and lld-22;
  2. in a scratch crate, with RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS='-C embed-bitcode=yes',
     cargo build --release --target wasm32-unknown-unknown -Z build-std=std,panic_abort,test;
  3. copy the rlibs from its target directory to /usr/lib/rustlib/wasm32-unknown-unknown/lib;
  4. put a rust-lld on PATH that links to /usr/lib/llvm-22/bin/lld;
  5. rustup toolchain link web /usr, and set RUSTUP_TOOLCHAIN=web.";

/// The browser and its remote control.
pub struct Browser {
    pub chromium: PathBuf,
    pub driver: PathBuf,
}

/// All that any command needs.
pub fn everything() -> Result {
    page()?;
    supply_chain()?;
    browser()?;
    for missing in [firefox().err(), webkit().err()].into_iter().flatten() {
        announce(&format!("left out, and its tests with it: {missing}"));
    }
    announce("everything that can be is installed");
    Ok(())
}

/// What building the page needs.
pub fn page() -> Result {
    let pins = pins::read()?;
    wasm_target()?;
    tools::node()?;
    tools::npm_packages()?;
    tools::crate_program("wasm-bindgen-cli", &pins.wasm_bindgen, "about 2 minutes on two cores")?;
    tools::crate_program("trunk", &pins.trunk, "about 5 minutes on two cores")?;
    tools::remove_build_files()
}

/// What looking after licences, duplicates and sources of the dependencies needs.
pub fn supply_chain() -> Result {
    tools::crate_program("cargo-deny", CARGO_DENY, "about 3 minutes on two cores")?;
    tools::remove_build_files()
}

/// What the tests of the library in the browser need.
pub fn wasm_tests() -> Result<Browser> {
    let pins = pins::read()?;
    wasm_target()?;
    tools::crate_program("wasm-bindgen-cli", &pins.wasm_bindgen, "about 2 minutes on two cores")?;
    browser()
}

/// Rust's standard library for the browser, in the toolchain in use.
pub fn wasm_target() -> Result {
    if has_wasm_target()? {
        return Ok(());
    }
    announce(&format!(
        "Rust's standard library for {WASM_TARGET}: rustup downloads it, about 20 seconds, once"
    ));
    let mut add = program("rustup", &["target", "add", WASM_TARGET]);
    run_within(&mut add, WASM_TARGET_LIMIT).map_err(|error| format!("{error}\n{WASM_TARGET_BY_HAND}"))?;
    // rustup may have added it to another toolchain than the one that RUSTC names.
    if has_wasm_target()? {
        Ok(())
    } else {
        Err(format!("rustc still has no {WASM_TARGET}\n{WASM_TARGET_BY_HAND}"))
    }
}

fn has_wasm_target() -> Result<bool> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let sysroot = PathBuf::from(output(&mut program(rustc, &["--print", "sysroot"]))?);
    Ok(sysroot.join("lib/rustlib").join(WASM_TARGET).join("lib").is_dir())
}

/// Chromium and chromedriver: the system's, or those that CHROME and CHROMEDRIVER name.
pub fn browser() -> Result<Browser> {
    let found = || {
        Some(Browser {
            chromium: named(
                "CHROME",
                &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
            )?,
            driver: named("CHROMEDRIVER", &["chromedriver"])?,
        })
    };
    let advice = "install Chromium (or Chrome) and the chromedriver of the same version, \
                  or name them in the environment variables CHROME and CHROMEDRIVER";
    find_or_install(
        "Chromium or chromedriver",
        &["chromium", "chromium-driver"],
        advice,
        found,
    )
}

/// Firefox: the system's, or the one that FIREFOX names.
pub fn firefox() -> Result<PathBuf> {
    let advice = "install Firefox ESR, or name a Firefox in the environment variable FIREFOX";
    find_or_install("Firefox", &["firefox-esr"], advice, || {
        named("FIREFOX", &["firefox-esr", "firefox"])
    })
}

/// WebKitGTK's driver, which brings its browser with it, and a screen without a screen.
pub struct WebKit {
    pub driver: PathBuf,
    pub screen: PathBuf,
}

/// WebKitGTK and Xvfb: the system's, or those that `WEBKIT_DRIVER` and XVFB name.
pub fn webkit() -> Result<WebKit> {
    let found = || {
        Some(WebKit {
            driver: named("WEBKIT_DRIVER", &["WebKitWebDriver"])?,
            screen: named("XVFB", &["Xvfb"])?,
        })
    };
    let advice = "install WebKitWebDriver and Xvfb, or name them in the environment variables WEBKIT_DRIVER and XVFB";
    find_or_install("WebKitWebDriver or Xvfb", &["webkit2gtk-driver", "xvfb"], advice, found)
}

/// A program by the variable that names it, or the first of these names on PATH.
fn named(variable: &str, names: &[&str]) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).or_else(|| find_on_path(names))
}

/// What `found` finds, after an installation with apt-get where it finds nothing and that is possible.
fn find_or_install<T>(what: &str, packages: &[&str], advice: &str, found: impl Fn() -> Option<T>) -> Result<T> {
    if let Some(there) = found() {
        return Ok(there);
    }
    // Only root may install system packages, and nobody should be asked for a password in the
    // middle of a test.
    let root = program("id", &["-u"])
        .output()
        .is_ok_and(|id| id.stdout.trim_ascii() == b"0");
    if !root || find_on_path(&["apt-get"]).is_none() {
        return Err(format!("{what} is missing: {advice}"));
    }
    announce(&format!(
        "{}: apt-get installs them, about a minute, once",
        packages.join(" and ")
    ));
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    for arguments in [&["update"], &install[..]] {
        run(program("apt-get", arguments).env("DEBIAN_FRONTEND", "noninteractive"))
            .map_err(|error| format!("{error}: {advice}"))?;
    }
    found().ok_or_else(|| format!("apt-get installed no {what}: {advice}"))
}
