//! Messages between the page and its workers as the browser carries them: bytes.

use super::dom::Result;
use crate::work::Report;
use js_sys::Uint8Array;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};

/// A message to be sent.
///
/// # Errors
/// That of the encoding; no message of [`crate::work`] has one.
pub(super) fn written(message: &impl Serialize) -> Result<JsValue> {
    let bytes = postcard::to_allocvec(message).map_err(|error| JsValue::from_str(&error.to_string()))?;
    Ok(Uint8Array::from(bytes.as_slice()).into())
}

/// A message that has come.
///
/// # Errors
/// If it is anything else: who sent it is of another build.
pub(super) fn read<M: DeserializeOwned>(data: &JsValue) -> Result<M> {
    let bytes = data
        .dyn_ref::<Uint8Array>()
        .ok_or("a message is not of bytes")?
        .to_vec();
    postcard::from_bytes(&bytes).map_err(|error| JsValue::from_str(&error.to_string()))
}

/// What a worker says: bytes, or the bare word of its start script (`www/worker.js`), which knows no program.
///
/// # Errors
/// As [`read`].
pub(super) fn report<A: DeserializeOwned, F: DeserializeOwned>(data: &JsValue) -> Result<Report<A, F>> {
    match data.as_string().as_deref() {
        Some("NotLoaded") => Ok(Report::NotLoaded),
        _ => read(data),
    }
}
