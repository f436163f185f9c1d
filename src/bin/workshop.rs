//! Everything beyond the live page, as a program of its own that the page fetches when it is first asked for: what is taken away, the workers, the
//! whole page again with all that a visitor can change. A thin start of `dipole_portal::web`.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

#[cfg(target_arch = "wasm32")]
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

/// Takes away what a button asks for, of the page at an address; returns what was done, in a sentence.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn take(asked: &str, address: &str) -> Result<String, JsValue> {
    dipole_portal::web::take(asked, address)
}

/// Goes on with the page where `leave` of the first program has left it; `glue` is the address of this program's own script.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen]
pub fn work(glue: String, states: Vec<String>) -> Result<(), JsValue> {
    dipole_portal::web::go_on(glue, &states)
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    dipole_portal::web::start_worker();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program is part of the page and runs in a browser: `cargo xtask serve` builds and serves it.");
}
