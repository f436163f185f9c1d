//! The state in the address.

use super::dom::{Result, window};
use crate::Error;
use crate::page::state::State;
use wasm_bindgen::JsValue;

/// Reads the state from the address, with what could not be used.
pub(super) fn read() -> Result<(State, Vec<Error>)> {
    let hash = window()?.location().hash()?;
    let address = hash.strip_prefix('#').unwrap_or(&hash);
    // A sign that is no escape sequence is taken as it stands.
    let decoded = js_sys::decode_uri_component(address).map_or_else(|_| address.to_owned(), String::from);
    Ok(State::from_address(&decoded))
}

/// Writes the state to the address without a new entry in the history.
pub(super) fn write(state: &State) -> Result<()> {
    let window = window()?;
    let address = state.to_address();
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
