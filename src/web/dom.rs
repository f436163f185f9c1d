//! Short words for what the page does with the document.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, Window};

/// What goes wrong in the document, as the browser reports it.
pub(super) type Result<T> = std::result::Result<T, JsValue>;

/// The window of the page.
pub(super) fn window() -> Result<Window> {
    web_sys::window().ok_or_else(|| JsValue::from_str("there is no window"))
}

/// The document of the page.
pub(super) fn document() -> Result<Document> {
    window()?
        .document()
        .ok_or_else(|| JsValue::from_str("there is no document"))
}

/// The first element that `selector` finds below `parent`, as a `T`.
pub(super) fn find<T: JsCast>(parent: &Element, selector: &str) -> Result<T> {
    parent
        .query_selector(selector)?
        .and_then(|element| element.dyn_into().ok())
        .ok_or_else(|| JsValue::from_str(&format!("the page has no {selector}")))
}

/// Every element that `selector` finds below `parent` and that is a `T`.
pub(super) fn find_all<T: JsCast>(parent: &Element, selector: &str) -> Result<Vec<T>> {
    let list = parent.query_selector_all(selector)?;
    Ok((0..list.length())
        .filter_map(|index| list.get(index)?.dyn_into().ok())
        .collect())
}

/// The root element.
pub(super) fn root() -> Result<Element> {
    document()?
        .document_element()
        .ok_or_else(|| JsValue::from_str("the document is empty"))
}

/// A new element with text inside.
pub(super) fn element(tag: &str, text: &str) -> Result<Element> {
    let element = document()?.create_element(tag)?;
    element.set_text_content(Some(text));
    Ok(element)
}

/// A new element around others.
pub(super) fn around(tag: &str, children: &[Element]) -> Result<Element> {
    let element = document()?.create_element(tag)?;
    for child in children {
        element.append_child(child)?;
    }
    Ok(element)
}

/// Replaces all children.
pub(super) fn fill(parent: &Element, children: &[Element]) -> Result<()> {
    parent.set_text_content(None);
    for child in children {
        parent.append_child(child)?;
    }
    Ok(())
}

/// Sets the text if it is another one: an unchanged document costs no layout.
pub(super) fn set_text(element: &Element, text: &str) {
    if element.text_content().as_deref() != Some(text) {
        element.set_text_content(Some(text));
    }
}

/// Whether an element has the focus.
pub(super) fn has_focus(element: &Element) -> bool {
    let focused = document().ok().and_then(|document| document.active_element());
    focused.is_some_and(|focused| focused.is_same_node(Some(element)))
}

/// An error of the core as one of the browser.
pub(super) fn from_core(error: crate::Error) -> JsValue {
    JsValue::from_str(&error.to_string())
}

/// Whether an address leads to a page of the web, and does nothing else: tables of one's own may name any.
pub(super) fn is_of_the_web(link: &str) -> bool {
    link.starts_with("https://") || link.starts_with("http://")
}
