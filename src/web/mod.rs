//! The page in a browser: the only place that knows one.
//!
//! `events` is the table of what is listened to; what happens becomes an [`Action`](crate::page::action::Action) of the
//! [`Session`](crate::page::session::Session) (`page`). What the session shows goes to the document (`show`, `controls`, and `figure` with its
//! `canvas` and `surface` for charts), only where it differs. A worker is the same module started in another global scope (`worker`; `workers` is the page's
//! side of it).

mod address;
#[cfg(feature = "bench")]
mod bench;
mod canvas;
mod controls;
mod crash;
mod dom;
mod elements;
mod events;
mod figure;
mod listen;
mod message;
mod navigate;
mod page;
mod show;
mod surface;
mod take;
mod timing;
mod worker;
mod worker_handle;
mod workers;

pub use surface::FineCanvas;
pub use take::take;

use crate::analysis::jobs::Job;
use crate::language;
use dom::Result;
use page::Page;
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Starts the page, or a worker of it: both are the same module.
pub fn start() {
    crash::watch();
    crash::report(match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::start::<Job>(scope),
        Err(_) => start_page(),
    });
}

/// A document in another language than English brings the words of the program with it.
fn speak() -> Result<()> {
    match dom::root()?.query_selector("[data-words]")? {
        Some(words) => language::speak(&words.text_content().unwrap_or_default()).map_err(dom::from_core),
        None => Ok(()),
    }
}

/// Shows the page at its address and starts listening.
fn start_page() -> Result<()> {
    speak()?;
    let page = Page::new()?;
    {
        let mut page = page.borrow_mut();
        // First the charts, with the curves that are ready by then; the others follow frame by frame.
        page.begin()?;
    }
    let listening = events::listen(&page)?;
    // The page and its listeners live as long as the document.
    std::mem::forget((page, listening));
    let root = dom::root()?;
    root.set_attribute("data-ready", "")?;
    #[cfg(feature = "bench")]
    bench::run_if_asked(&root)?;
    Ok(())
}
