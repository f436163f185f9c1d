//! The page: the only place that knows the browser.
//!
//! State comes from the address and from form controls ([`controls`]), charts go to canvases
//! ([`figure`]), numbers to the document ([`panels`]); [`app`] holds them together.

mod address;
mod app;
mod controls;
mod dom;
mod figure;
mod panels;
mod plane;
mod timing;

/// Starts the page.
pub fn start() {
    console_error_panic_hook::set_once();
    if let Err(error) = app::start() {
        web_sys::console::error_1(&error);
    }
}
