//! The page: a thin start of `dipole_portal::web`.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Ends the page and leaves the document as it is: its states as addresses, that of now last.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn leave() -> Vec<String> {
    dipole_portal::web::leave()
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    dipole_portal::web::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program is the page and runs in a browser: `cargo xtask serve` builds and serves it.");
}
