//! The page: a thin start of `dipole_portal::web`.

fn main() {
    #[cfg(target_arch = "wasm32")]
    dipole_portal::web::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program is the page and runs in a browser: `cargo xtask serve` builds and serves it.");
}
