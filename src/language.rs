//! The language of what people read. Texts stand in the program in English; another language is a table that says for each of them what it is there.

use crate::Error;
use std::cell::Cell;

/// Keys of English texts, in order, each with the translation.
type Words = &'static [(u32, &'static str)];

thread_local! {
    /// None in English. For each thread of its own, so that tests of different languages can run beside each other.
    static WORDS: Cell<Words> = const { Cell::new(&[]) };
}

/// Base of the digits in which a table has its keys.
const RADIX: u32 = 36;

/// What a text is known by in a table of words, which does not repeat the English: the upper 24 bits of its hash by Fowler, Noll and Vo
/// (FNV-1a, here of UTF-16). No two texts of the program have the same, which the build looks after (`xtask/node/languages.mjs`).
fn key(english: &str) -> u32 {
    let hash = |hash: u32, unit: u16| (hash ^ u32::from(unit)).wrapping_mul(0x0100_0193);
    english.encode_utf16().fold(0x811c_9dc5, hash) >> 8
}

/// From here on this thread says what it says in the words of a table: a line for each text, with how much its key is
/// above that of the line before, a tabulator, and the translation. An empty table is English. What the table lacks stays English.
///
/// The words stay in memory: a program has few languages.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for a line without a key or a tabulator.
pub fn speak(table: &str) -> Result<(), Error> {
    let mut words: Vec<(u32, &str)> = Vec::new();
    for line in String::leak(table.to_owned()).lines().filter(|line| !line.is_empty()) {
        let row = line.split_once('\t');
        let last = words.last().map_or(0, |last| last.0);
        let row =
            row.and_then(|(above, text)| Some((last.checked_add(u32::from_str_radix(above, RADIX).ok()?)?, text)));
        words.push(row.ok_or_else(|| Error::table("words", format!("no key: '{line}'")))?);
    }
    WORDS.set(Vec::leak(words));
    Ok(())
}

/// A text in the language that is spoken; the text itself where there is no translation of it.
#[must_use]
pub fn translated(english: &str) -> &str {
    let words = WORDS.get();
    if words.is_empty() {
        return english;
    }
    match words.binary_search_by_key(&key(english), |(key, _)| *key) {
        Ok(place) => words[place].1,
        Err(_) => english,
    }
}

/// A text in the language that is spoken with values in its gaps: `{}` for one after the other, `{0}`, `{1}` where the order is another.
pub(crate) fn filled(english: &str, values: &[&str]) -> String {
    let mut text = String::new();
    let mut pieces = translated(english).split('{');
    text.push_str(pieces.next().unwrap_or_default());
    for (next, piece) in pieces.enumerate() {
        let (place, rest) = piece.split_once('}').unwrap_or(("", piece));
        let place = place.parse().unwrap_or(next);
        text.push_str(values.get(place).copied().unwrap_or_default());
        text.push_str(rest);
    }
    text
}

/// Says a text in the language that is spoken, with values in its gaps.
macro_rules! say {
    ($english:literal) => {
        $crate::language::translated($english)
    };
    ($english:literal, $($value:expr),+ $(,)?) => {
        $crate::language::filled($english, &[$(AsRef::<str>::as_ref(&$value)),+])
    };
}

/// A text that is said where it is used, and not where it stands.
macro_rules! word {
    ($english:literal) => {
        $english
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_the_language_has_them() {
        let (who, at) = ("Dresden-II".to_owned(), "90 %");
        assert_eq!(say!("Excluded at {} by {}", at, who), "Excluded at 90 % by Dresden-II");
        speak("37ve6\tnichts\nsktj\tVon {1} ausgeschlossen, {0}\n").expect("a table");
        assert_eq!(
            say!("Excluded at {} by {}", at, who),
            "Von Dresden-II ausgeschlossen, 90 %"
        );
        assert_eq!((say!("nothing"), say!("something")), ("nichts", "something"));
        speak("").expect("English");
        assert_eq!(say!("nothing"), "nothing");
    }

    #[test]
    fn a_line_without_a_translation_is_an_error() {
        for wrong in ["37ve6\tnichts\n4xdnd\n", "<html>\tnichts"] {
            assert!(speak(wrong).is_err(), "{wrong}");
        }
        assert_eq!(say!("nothing"), "nothing");
    }
}
