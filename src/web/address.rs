//! The address of the page.

use super::dom::{Result, window};
use wasm_bindgen::JsValue;

/// What stands behind the `#`.
pub(super) fn read() -> Result<String> {
    let hash = window()?.location().hash()?;
    Ok(hash.strip_prefix('#').unwrap_or(&hash).to_owned())
}

/// Puts a state into the address without a new entry in the history.
pub(super) fn write(address: &str) -> Result<()> {
    let window = window()?;
    let location = window.location();
    let place = if address.is_empty() {
        format!("{}{}", location.pathname()?, location.search()?)
    } else {
        format!("#{address}")
    };
    window
        .history()?
        .replace_state_with_url(&JsValue::NULL, "", Some(&place))
}
