//! What travels between the page and a worker, as one array of bytes: field by field and without names. Read from objects of
//! JavaScript, the same messages took 8 kB more of the page.

use super::dom::Result;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_bytes::{ByteBuf, Bytes};
use wasm_bindgen::JsValue;

/// A message as the browser carries it.
pub(super) fn pack<T: Serialize>(message: &T) -> Result<JsValue> {
    let bytes = postcard::to_allocvec(message).map_err(refused)?;
    Ok(serde_wasm_bindgen::to_value(Bytes::new(&bytes))?)
}

/// A message that [`pack`] made, in the same build.
pub(super) fn unpack<T: DeserializeOwned>(message: JsValue) -> Result<T> {
    let bytes: ByteBuf = serde_wasm_bindgen::from_value(message)?;
    postcard::from_bytes(&bytes).map_err(refused)
}

fn refused(error: postcard::Error) -> JsValue {
    JsValue::from_str(&error.to_string())
}
