//! The page in a browser: the only place that knows one.
//!
//! `events` is the table of what is listened to; what happens becomes an [`Action`](crate::page::action::Action) of the
//! [`Session`] (`page`). What the session shows goes to the document (`show`, `controls`, and `figure` with its
//! `canvas` and `surface` for charts), only where it differs.
//!
//! There are two programs of it (see [`WORKSHOP`](crate::WORKSHOP)): the page as it is loaded first, and the workshop, in which the page goes on
//! where the first one has left it. A worker is the workshop started in another global scope (`worker`; `workers` is the page's side of it).

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
use crate::page::session::Session;
use dom::Result;
use events::Listening;
use page::{Page, Shared};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

thread_local! {
    /// The page with what it listens to: both live as long as the document, or until another program goes on with it.
    static RUNNING: RefCell<Option<(Shared, Listening)>> = const { RefCell::new(None) };
}

/// Starts the page.
pub fn start() {
    crash::watch();
    crash::report(start_page());
}

/// Ends the page and leaves the document as it is; returns its states as addresses, first those that can be undone, that of now last.
#[must_use]
pub fn leave() -> Vec<String> {
    let Some((page, listening)) = RUNNING.take() else {
        return Vec::new();
    };
    drop(listening);
    let mut page = page.borrow_mut();
    crash::report(page.retire());
    crash::report(page.elements.root.remove_attribute("data-settled"));
    page.session.states()
}

/// Goes on with a page that [`leave`] has left; `glue` is the address of this program's own script, which its workers load.
///
/// # Errors
/// What the core or the browser says.
pub fn go_on(glue: String, states: &[String]) -> Result<()> {
    crash::watch();
    speak()?;
    run(Session::resumed(states).map_err(dom::from_core)?, Some(glue))
}

/// Starts a worker of the page, where this is the global scope of one.
pub fn start_worker() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        crash::watch();
        crash::report(worker::start::<Job>(scope));
    }
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
    let session = Session::built_in(&address::read()?).map_err(dom::from_core)?;
    run(session, None)?;
    let root = dom::root()?;
    root.set_attribute("data-ready", "")?;
    #[cfg(feature = "bench")]
    bench::run_if_asked(&root)?;
    Ok(())
}

/// Shows a session and listens to what happens to it.
fn run(session: Session, glue: Option<String>) -> Result<()> {
    let page = Page::new(session, glue)?;
    {
        let mut page = page.borrow_mut();
        // First the charts, with the curves that are ready by then; the others follow frame by frame.
        page.begin()?;
    }
    let listening = events::listen(&page)?;
    if crate::WORKSHOP {
        // A drawer that is open already has nobody to say so.
        page.borrow_mut().look_at_sensitivity()?;
    }
    RUNNING.set(Some((page, listening)));
    Ok(())
}
