//! Words of what is taken away.

/// What stands in the foot of a picture: program, version and address.
#[must_use]
pub fn signature(address: &str, version: &str) -> String {
    let settings = if address.is_empty() {
        "settings of the start".to_owned()
    } else {
        address.replace('&', "  ")
    };
    format!("Dipole Portal Explorer {version}: {settings}")
}

/// A file has been handed to the browser.
#[must_use]
pub fn saved(name: &str) -> String {
    format!("Saved {name}.")
}

/// A text is on the clipboard.
#[must_use]
pub fn copied(text: &str) -> String {
    format!("Copied {text}")
}

/// There is no clipboard.
#[must_use]
pub fn to_copy(text: &str) -> String {
    format!("This browser does not let the page copy; here it is: {text}")
}
