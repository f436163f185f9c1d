//! Tables that the page does not bring with it: they are fetched when something that needs them is shown.

use std::sync::OnceLock;

/// Name and text of each, once they are there.
static PROVIDED: OnceLock<Vec<(String, String)>> = OnceLock::new();

/// What stands before the name of a table in the file that holds them all.
const BEFORE: &str = "### ";

/// What stands behind the last table, after the same sign.
const END: &str = "end";

/// Takes the file in which every table stands as it is, below a line with its name, and an end; `false`, and nothing is taken, if that
/// is missing: the file has arrived in part, or it is another. What comes a second time changes nothing.
pub fn provide(text: &str) -> bool {
    let mut tables: Vec<(String, String)> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix(BEFORE) {
            tables.push((name.to_owned(), String::new()));
        } else if let Some((_, table)) = tables.last_mut() {
            table.push_str(line);
            table.push('\n');
        }
    }
    let is_whole = tables.pop_if(|(name, _)| name == END).is_some();
    if is_whole {
        let _ = PROVIDED.set(tables);
    }
    is_whole
}

/// Whether they are there.
pub(super) fn is_provided() -> bool {
    PROVIDED.get().is_some()
}

/// Name and text of each that is there.
pub(super) fn tables() -> impl Iterator<Item = (&'static str, &'static str)> {
    let tables = PROVIDED.get().into_iter().flatten();
    tables.map(|(name, text)| (name.as_str(), text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::{provide, tables};

    #[test]
    fn a_part_is_not_taken_for_the_whole() {
        assert!(!provide("### limits/a\n# title: a\nm,d\n1,2\n"));
        assert!(!provide("<html><body>Please log in</body></html>"));
        assert_eq!(tables().count(), 0);
    }
}
