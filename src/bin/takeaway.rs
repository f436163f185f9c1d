//! What a visitor takes away from the page, as a program of its own: the page fetches it when it is first asked for something, so that it costs
//! nothing before. A thin start of `dipole_portal::web::take`.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// Takes away what a button asks for, of the page at an address; returns what was done, in a sentence.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn take(asked: &str, address: &str) -> Result<String, wasm_bindgen::JsValue> {
    dipole_portal::web::take(asked, address)
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program is part of the page and runs in a browser: `cargo xtask serve` builds and serves it.");
}
