//! The page: the only place that knows the browser.
//!
//! State comes from the address and from form controls (`controls`), charts go to canvases (`figure`), numbers to
//! the document (`panels`, `plane`, `work`); `events` is what is listened to, `app` holds them together. A worker is the
//! same module started in another global scope (`worker`; `workers` is the page's side of it).

mod address;
mod app;
mod bench;
mod controls;
mod dom;
mod events;
mod figure;
mod panels;
mod plane;
mod timing;
mod work;
mod worker;
mod worker_handle;
mod workers;

use crate::analysis::jobs::Job;
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts the page, or a worker of it: both are the same module.
pub fn start() {
    console_error_panic_hook::set_once();
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => {
            if let Err(error) = worker::start::<Job>(scope) {
                // The start script of the worker tells the page.
                wasm_bindgen::throw_val(error);
            }
        }
        Err(_) => dom::report(app::start()),
    }
}
