//! The page: a thin start of `dipole_portal::web`.

#[cfg(target_arch = "wasm32")]
#[global_allocator]
static MEMORY: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    #[cfg(target_arch = "wasm32")]
    dipole_portal::web::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program is the page and runs in a browser: `cargo xtask serve` builds and serves it.");
}
