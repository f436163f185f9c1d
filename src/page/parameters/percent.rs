//! Escaped signs in an address.

use std::borrow::Cow;

/// Undoes `%5E` and the like; what is no escape, or none of UTF-8, stays as it is.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| byte == b'%') {
        return Cow::Borrowed(text);
    }
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('%') {
        let (plain, escapes) = parted(rest, start);
        decoded.push_str(plain);
        let bytes: Vec<u8> = escapes.as_bytes().chunks(3).map_while(escaped).collect();
        // A sign of several bytes is a run of escapes; a run is taken as a whole, or as a whole not.
        let length = 3 * bytes.len();
        match String::from_utf8(bytes) {
            Ok(signs) if length > 0 => {
                decoded.push_str(&signs);
                rest = parted(escapes, length).1;
            }
            _ => {
                let (kept, others) = parted(escapes, length.max(1));
                decoded.push_str(kept);
                rest = others;
            }
        }
    }
    decoded.push_str(rest);
    Cow::Owned(decoded)
}

/// The byte that `%5E` stands for.
/// A text in two; one that has no border there stays whole. (Without the panic of `split_at`, whose message alone is much code.)
fn parted(text: &str, at: usize) -> (&str, &str) {
    text.split_at_checked(at).unwrap_or((text, ""))
}

fn escaped(escape: &[u8]) -> Option<u8> {
    let [b'%', high, low] = escape else { return None };
    let digit = |sign: &u8| char::from(*sign).to_digit(16);
    u8::try_from(16 * digit(high)? + digit(low)?).ok()
}

#[cfg(test)]
mod tests {
    use super::decoded;

    #[test]
    fn escapes_and_what_is_none() {
        for (text, expected) in [
            ("", ""),
            ("mass=1", "mass=1"),
            ("GeV%5E-1", "GeV^-1"),
            ("%ce%bc_B%3D", "μ_B="),
            ("%", "%"),
            ("%%5E", "%^"),
            ("%5", "%5"),
            ("%zz%41", "%zzA"),
            ("%ff%41", "%ff%41"),
            ("95%", "95%"),
            ("%é", "%é"),
            ("%3Cb%3E", "<b>"),
            ("%2541", "%41"),
        ] {
            assert_eq!(decoded(text), expected, "{text}");
        }
    }
}
