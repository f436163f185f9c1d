//! Everything that went into a result, to be cited.

use super::sheet::in_line;
use crate::Error;
use crate::data::references::{Reference, references};

/// The references that the sources name, each once, in the order of the sources; and the addresses of sources that name none.
fn works(sources: &[(String, String)]) -> Result<(Vec<Reference>, Vec<&str>), Error> {
    let known = references()?;
    let (mut works, mut others): (Vec<Reference>, Vec<&str>) = (Vec::new(), Vec::new());
    for (source, link) in sources {
        let named = known
            .iter()
            .filter(|one| one.is_named_in(source) || one.is_named_in(link));
        let mut is_named = false;
        for reference in named {
            is_named = true;
            if !works.contains(reference) {
                works.push(reference.clone());
            }
        }
        // Choices of this project have no address.
        if !is_named && !link.is_empty() && !others.contains(&link.as_str()) {
            others.push(link);
        }
    }
    Ok((works, others))
}

/// Entries for BibTeX.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table of references is malformed.
pub(super) fn bibtex(sources: &[(String, String)]) -> Result<String, Error> {
    let (works, others) = works(sources)?;
    let others = others.into_iter().enumerate();
    let others = others.map(|(number, link)| {
        let link = within_braces(link);
        format!("@misc{{source{},\n  url = {{{link}}},\n}}\n", number + 1)
    });
    Ok(works.iter().map(Reference::bibtex).chain(others).collect())
}

/// An address that ends where its entry says: a table of one's own may name any.
fn within_braces(link: &str) -> String {
    let link = in_line(link).replace('\\', "%5C");
    link.replace('{', "%7B").replace('}', "%7D")
}

/// A line for each.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table of references is malformed.
pub(super) fn plain(sources: &[(String, String)]) -> Result<String, Error> {
    let (works, others) = works(sources)?;
    let works = works.iter().map(|work| work.citation() + "\n");
    Ok(works
        .chain(others.into_iter().map(|link| in_line(link) + "\n"))
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_work_has_one_entry_however_often_it_is_named() {
        let source = |said: &str, link: &str| (said.to_owned(), link.to_owned());
        let sources = [
            source(
                "below 2 MeV Vogel & Engel, PRD 39, 3378 (1989); from 2 MeV Mueller et al., PRC 83, 054615 (2011)",
                "",
            ),
            source("their fig. 3", "https://arxiv.org/abs/1101.2663"),
            source("choice of this page", ""),
            source("elsewhere", "https://example.org/data"),
        ];
        let text = bibtex(&sources).expect("a sound table");
        assert_eq!(text.matches("@article{").count(), 2, "{text}");
        assert!(
            text.contains("@misc{source1,\n  url = {https://example.org/data},\n}"),
            "{text}"
        );
        let hostile = [source("mine", "https://example.org/}, note = {\\input{x}}\n@misc{y")];
        let text = bibtex(&hostile).expect("a sound table");
        assert_eq!((text.lines().count(), text.matches('{').count()), (3, 2), "{text}");
        assert_eq!(plain(&hostile).expect("a sound table").lines().count(), 1);
        assert_eq!(plain(&sources).expect("a sound table").lines().count(), 3);
    }
}
