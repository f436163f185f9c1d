//! Everything that went into a result, to be cited. Only what the tables say: a name, and an address.

/// Sources with the same address together, in the order of the first; choices of this project have none and are left out.
fn works(sources: &[(String, String)]) -> Vec<(String, &str)> {
    let mut works: Vec<(String, &str)> = Vec::new();
    for (source, link) in sources.iter().filter(|(_, link)| !link.is_empty()) {
        match works.iter_mut().find(|(_, known)| known == link) {
            Some((said, _)) => {
                said.push_str("; ");
                said.push_str(source);
            }
            None => works.push((source.clone(), link)),
        }
    }
    works
}

/// Entries for BibTeX: one for each address, with what the tables say of it.
pub(super) fn bibtex(sources: &[(String, String)]) -> String {
    let mut text = String::new();
    for (number, (said, link)) in works(sources).iter().enumerate() {
        let eprint = arxiv(link);
        let key = eprint.map_or_else(|| format!("source{}", number + 1), |eprint| format!("arXiv:{eprint}"));
        text.push_str(&format!("@misc{{{key},\n  note = {{{}}},\n", escaped(said)));
        if let Some(eprint) = eprint {
            text.push_str(&format!("  eprint = {{{eprint}}},\n  archivePrefix = {{arXiv}},\n"));
        }
        text.push_str(&format!("  url = {{{link}}},\n}}\n"));
    }
    text
}

/// A line for each of them.
pub(super) fn plain(sources: &[(String, String)]) -> String {
    let works = works(sources).into_iter();
    works.map(|(said, link)| format!("{link}  {said}\n")).collect()
}

/// The number of an arXiv paper in a text: `2105.09699`.
fn arxiv(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("arxiv.org/abs/")?;
    let end = rest
        .find(|sign: char| !(sign.is_ascii_digit() || sign == '.'))
        .unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches('.');
    (number.len() >= 9).then_some(number)
}

/// Signs that mean something to TeX.
fn escaped(text: &str) -> String {
    let mut written = String::new();
    for sign in text.chars() {
        if "&%$#_{}".contains(sign) {
            written.push('\\');
        }
        written.push(sign);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_has_one_entry_with_everything_that_is_from_it() {
        let source = |said: &str, link: &str| (said.to_owned(), link.to_owned());
        let sources = [
            source("Schwetz & Zhou", "https://arxiv.org/abs/2105.09699v2"),
            source("choice of this page", ""),
            source("X-ray data", "https://xdb.lbl.gov/"),
            source("their fig. 3", "https://arxiv.org/abs/2105.09699v2"),
        ];
        let text = bibtex(&sources);
        assert!(
            text.starts_with("@misc{arXiv:2105.09699,\n  note = {Schwetz \\& Zhou; their fig. 3},\n"),
            "{text}"
        );
        assert!(
            text.contains("  eprint = {2105.09699},\n") && text.contains("@misc{source2,\n  note = {X-ray data},\n")
        );
        assert_eq!(text.matches("@misc").count(), 2);
        assert_eq!(plain(&sources).lines().count(), 2);
    }
}
