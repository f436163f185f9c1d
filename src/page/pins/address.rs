//! Pins in the address: `mass:5,quenching:ybe;name:a+name`, each by what differs from a page that nobody has touched.

use super::{MOST_PINS, Pin, named};
use crate::Error;
use crate::page::parameters::{KEYS, Parameters, is_edit};
use crate::page::state::State;
use crate::page::words;

/// Key of its name.
const NAME: &str = "name";

/// Every key that belongs to a pin: all but those of how the page shows it. What can be set in time to come belongs to it, too.
pub(in crate::page) fn keys() -> impl Iterator<Item = &'static str> + Clone {
    let is_of_the_page = |key: &str| {
        key.starts_with("plane-")
            || matches!(
                key,
                "coupling-unit"
                    | "view"
                    | "parts"
                    | "axis"
                    | "held"
                    | "ratio"
                    | "expected"
                    | "combine"
                    | "decay-lines"
                    | "curves"
                    | "pins"
                    | "theme"
            )
    };
    KEYS.into_iter().filter(move |key| !is_of_the_page(key))
}

impl Parameters {
    /// Pins as they stand in the address.
    pub(in crate::page) fn pins_text(&self, pins: &[Pin]) -> String {
        let texts = pins.iter().map(|pin| {
            let state = pin.state();
            let entries = self.differing(&state, keys());
            let mut entries: Vec<String> = entries.map(|(key, value)| format!("{key}:{value}")).collect();
            entries.extend(self.edits(&state).map(|(key, value)| format!("{key}:{value}")));
            // A pin of the start, without a name, is not nothing.
            if !pin.name.is_empty() || entries.is_empty() {
                entries.push(format!("{NAME}:{}", escaped(&pin.name)));
            }
            entries.join(",")
        });
        texts.collect::<Vec<_>>().join(";")
    }

    /// Reads pins; of what is wrong the first is reported, and what can be used is taken.
    pub(in crate::page) fn set_pins(&self, state: &mut State, text: &str) -> Result<(), Error> {
        let mut problem = None;
        state.pins.clear();
        for pin in text.split(';').filter(|pin| !pin.is_empty()) {
            if state.pins.len() == MOST_PINS {
                problem.get_or_insert_with(|| Error::input("pins", words::quoted(pin), words::most_pins(MOST_PINS)));
                break;
            }
            let (mut found, mut name) = (self.start(), String::new());
            let mut edits = Vec::new();
            for (key, value) in pin.split(',').map(|entry| entry.split_once(':').unwrap_or((entry, ""))) {
                let set = match key {
                    NAME => {
                        name = named(&unescaped(value));
                        Ok(())
                    }
                    _ if crate::WORKSHOP && is_edit(key) => {
                        edits.push((key, value));
                        Ok(())
                    }
                    _ if is_edit(key) => self.set_edit(&mut found, key, value),
                    _ if keys().any(|known| known == key) => self.set(&mut found, key, value).map(drop),
                    _ => Err(Error::input(
                        "pins",
                        words::quoted(key),
                        keys().collect::<Vec<_>>().join(", "),
                    )),
                };
                problem = problem.or(set.err());
            }
            if crate::WORKSHOP {
                problem = problem.or(self.set_edits(&mut found, &edits).into_iter().next());
            }
            let pin = Pin {
                name,
                ..Pin::of(&found)
            };
            if !state.pins.iter().any(|known| known.is_same(&pin)) {
                state.pins.push(pin);
            }
        }
        problem.map_or(Ok(()), Err)
    }
}

/// A name without the signs that divide an address: a space is `+`, others are `~` and their number in base 16.
pub(in crate::page) fn escaped(name: &str) -> String {
    let mut text = String::new();
    for sign in name.chars() {
        match sign {
            ' ' => text.push('+'),
            _ if sign.is_alphanumeric() || matches!(sign, '-' | '.' | '_') => text.push(sign),
            _ => text.push_str(&format!("~{:x}~", u32::from(sign))),
        }
    }
    text
}

/// What was escaped; what no escape is stays as it is.
pub(in crate::page) fn unescaped(text: &str) -> String {
    let mut name = String::new();
    let mut parts = text.split('~');
    while let Some(part) = parts.next() {
        name.push_str(&part.replace('+', " "));
        let Some(number) = parts.next() else { break };
        let sign = u32::from_str_radix(number, 16).ok().and_then(char::from_u32);
        name.extend(sign);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_come_back() {
        for name in ["ybe, k = 0.1", "ä+~b~", "a;b:c&d=e", "~", "<b>", "50 %"] {
            let text = escaped(name);
            assert!(!text.contains([';', ',', ':', '&', '=', '%', ' ', '<']), "{text}");
            assert_eq!(unescaped(&text), name, "{text}");
        }
        assert_eq!(unescaped("a~zz~b~"), "ab");
    }
}
