//! The language of what people read. Texts stand in the program in English; another language is a table that says for each of them what it is there.

use crate::Error;
use std::cell::Cell;

/// Texts in English, in order, each with its translation.
type Words = &'static [(&'static str, &'static str)];

thread_local! {
    /// None in English. For each thread of its own, so that tests of different languages can run beside each other.
    static WORDS: Cell<Words> = const { Cell::new(&[]) };
}

/// From here on this thread says what it says in the words of a table: a line for each text, with the English one, a tabulator, and the
/// translation, in the order of the English ones. An empty table is English. What the table lacks stays English.
///
/// The words stay in memory: a program has few languages.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for a line without a tabulator or out of order.
pub fn speak(table: &str) -> Result<(), Error> {
    let mut words: Vec<(&str, &str)> = Vec::new();
    for line in String::leak(table.to_owned()).lines().filter(|line| !line.is_empty()) {
        let row = line.split_once('\t');
        let row = row.filter(|row| words.last().is_none_or(|last| last.0 < row.0));
        words.push(row.ok_or_else(|| Error::table("words", format!("no tabulator, or out of order: '{line}'")))?);
    }
    WORDS.set(Vec::leak(words));
    Ok(())
}

/// A text in the language that is spoken; the text itself where there is no translation of it.
#[must_use]
pub fn translated(english: &str) -> &str {
    let words = WORDS.get();
    match words.binary_search_by(|(text, _)| (**text).cmp(english)) {
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
        speak("Excluded at {} by {}\tVon {1} ausgeschlossen, {0}\nnothing\tnichts\n").expect("a table");
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
        for wrong in [
            "nothing\tnichts\nsomething\n",
            "something\tetwas\nnothing\tnichts\n",
            "<html>",
        ] {
            assert!(speak(wrong).is_err(), "{wrong}");
        }
        assert_eq!(say!("nothing"), "nothing");
    }
}
