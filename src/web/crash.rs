//! What has failed, said on the page: nothing ends in the console alone.

use super::dom::{self, Result, window};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::HtmlElement;

/// Lets a panic say so on the page, and in the console for those who look there.
pub(super) fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        say(&panic.to_string());
    }));
}

/// Shows the card of a failure with these details. The first failure stays: later ones mostly follow from it.
///
/// A worker has no document: what fails there reaches the page through the pool.
pub(super) fn say(details: &str) {
    let Ok(root) = dom::root() else { return };
    let place = |selector: &str| dom::find::<HtmlElement>(&root, selector).ok();
    let (Some(card), Some(text)) = (place("[data-crash]"), place("[data-crash-details]")) else {
        return;
    };
    if card.hidden() {
        text.set_text_content(Some(details));
        card.set_hidden(false);
    }
}

/// For those who look in the console: what the page has said, or says, in its own words elsewhere.
pub(super) fn note(error: &JsValue) {
    web_sys::console::warn_1(error);
}

/// Says an error on the page, and in the console for those who look there; the page goes on with what it has.
pub(super) fn report(result: Result<()>) {
    if let Err(error) = result {
        web_sys::console::error_1(&error);
        say(&text_of(&error));
    }
}

/// Something has happened while the page was at work. If the page has set it off itself (a focus that moves), it is no news to
/// it. But work ends with its task: where it has not by the next one, the program has died in the middle of it, and whatever
/// a hand does from then on is answered with the card.
pub(super) fn expect_end_of_work<T: 'static>(page: &Rc<RefCell<T>>) {
    let page = Rc::clone(page);
    let look = Closure::once_into_js(move || {
        if page.try_borrow_mut().is_err() {
            say(say!("The program has stopped in the middle of its work."));
        }
    });
    report(window().and_then(|window| window.set_timeout_with_callback(look.unchecked_ref()).map(|_| ())));
}

/// What there is to read of an error of the browser.
fn text_of(error: &JsValue) -> String {
    let message = error
        .dyn_ref::<js_sys::Error>()
        .map(|error| String::from(error.message()));
    message
        .or_else(|| error.as_string())
        .unwrap_or_else(|| format!("{error:?}"))
}
