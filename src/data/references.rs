//! Papers and data sets that the tables name, as they are cited: `data/references.csv`.

use super::table::Table;
use crate::Error;

/// The table; not among those that every program carries, so that only who cites has it.
const TEXT: &str = include_str!("../../data/references.csv");

/// A paper or a data set. What is not known is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reference {
    /// Its key for BibTeX.
    pub key: String,
    /// Names, joined by ` and `; the last may be `others`.
    pub authors: String,
    /// The collaboration that they are.
    pub collaboration: String,
    /// Title.
    pub title: String,
    /// Journal, as the tables shorten it.
    pub journal: String,
    /// Volume of the journal.
    pub volume: String,
    /// First page, or number of the article.
    pub pages: String,
    /// Year of the journal; without a journal, of the arXiv number.
    pub year: String,
    /// Number at arXiv.
    pub arxiv: String,
    /// Digital object identifier.
    pub doi: String,
    /// Address of what is no paper.
    pub link: String,
}

/// Every reference there is.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is malformed.
pub fn references() -> Result<Vec<Reference>, Error> {
    let table = Table::parse("references", TEXT)?;
    let rows = table.rows([
        "key",
        "authors",
        "collaboration",
        "title",
        "journal",
        "volume",
        "pages",
        "year",
        "arxiv",
        "doi",
        "link",
    ])?;
    let reference = |row: [String; 11]| {
        let [
            key,
            authors,
            collaboration,
            title,
            journal,
            volume,
            pages,
            year,
            arxiv,
            doi,
            link,
        ] = row;
        Reference {
            key,
            authors,
            collaboration,
            title,
            journal,
            volume,
            pages,
            year,
            arxiv,
            doi,
            link,
        }
    };
    Ok(rows.into_iter().map(reference).collect())
}

impl Reference {
    /// Whether a text, a table's source or link, names it: by its number at arXiv, identifier, address, or journal, volume and page.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        let place = match self.journal.as_str() {
            "" => String::new(),
            journal => format!("{journal} {}, {}", self.volume, self.pages),
        };
        [&self.arxiv, &self.doi, &self.link, &place]
            .into_iter()
            .any(|name| !name.is_empty() && has(text, name))
    }

    /// Its entry for BibTeX.
    #[must_use]
    pub fn bibtex(&self) -> String {
        let kind = if self.journal.is_empty() { "misc" } else { "article" };
        let mut entry = format!("@{kind}{{{},\n", self.key);
        let mut field = |name: &str, value: &str| {
            if !value.is_empty() {
                entry.push_str(&format!("  {name} = {{{value}}},\n"));
            }
        };
        let collaboration = escaped(&self.collaboration);
        match self.authors.as_str() {
            // Braces keep the name of a collaboration whole.
            "" if !collaboration.is_empty() => field("author", &format!("{{{collaboration}}}")),
            authors => {
                field("author", &escaped(authors));
                field("collaboration", &collaboration);
            }
        }
        field("title", &escaped(&self.title));
        field("journal", &escaped(&self.journal));
        field("volume", &self.volume);
        field("pages", &self.pages);
        field("year", &self.year);
        field("eprint", &self.arxiv);
        field("archivePrefix", if self.arxiv.is_empty() { "" } else { "arXiv" });
        field("doi", &self.doi);
        field("url", &self.link);
        entry.push_str("}\n");
        entry
    }

    /// The same as a line of text.
    #[must_use]
    pub fn citation(&self) -> String {
        let authors = match self.authors.strip_suffix(" and others") {
            Some(first) => format!("{} et al.", first.replace(" and ", ", ")),
            None => self.authors.replace(" and ", ", "),
        };
        let who = match (authors.as_str(), self.collaboration.as_str()) {
            (_, "") => authors,
            ("", collaboration) => collaboration.to_owned(),
            (authors, collaboration) => format!("{authors} ({collaboration})"),
        };
        let year = match self.year.as_str() {
            "" => String::new(),
            year => format!(" ({year})"),
        };
        // The year stands behind the journal, or behind what comes last before the addresses.
        let mut parts = vec![who, self.title.clone()];
        if !self.journal.is_empty() {
            parts.push(format!("{} {}, {}", self.journal, self.volume, self.pages));
        }
        parts.retain(|part| !part.is_empty());
        let mut parts = vec![parts.join(", ") + &year];
        let labelled = [("arXiv:", &self.arxiv), ("doi:", &self.doi), ("", &self.link)];
        let labelled = labelled.into_iter().filter(|(_, name)| !name.is_empty());
        parts.extend(labelled.map(|(label, name)| format!("{label}{name}")));
        parts.join(", ")
    }
}

/// Whether a text has a name that ends there: `PRD 39, 33` is not in `PRD 39, 3378`.
fn has(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(place, _)| {
        let after = text.get(place + name.len()..).unwrap_or_default();
        !after.starts_with(|sign: char| sign.is_ascii_digit())
    })
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

    fn reference(key: &str) -> Reference {
        let all = references().expect("a sound table");
        all.into_iter().find(|one| one.key == key).expect("a known key")
    }

    #[test]
    fn a_paper_is_named_by_number_identifier_or_page() {
        let mueller = reference("mueller2011");
        assert!(mueller.is_named_in("https://arxiv.org/abs/1101.2663v2"));
        assert!(mueller.is_named_in("from 2 MeV Mueller et al., PRC 83, 054615 (2011)"));
        assert!(!mueller.is_named_in("PRC 83, 0546150") && !mueller.is_named_in("1101.26630"));
        assert!(reference("helm1956").is_named_in("https://doi.org/10.1103/PhysRev.104.1466"));
        // What has no title, number or page is named by nothing, and not by everything.
        assert!(!Reference::default().is_named_in("anything"));
    }

    #[test]
    fn a_paper_is_cited_with_what_is_known_of_it() {
        assert_eq!(
            reference("akimov2022").citation(),
            "D. Akimov et al. (COHERENT), Measurement of the Coherent Elastic Neutrino-Nucleus Scattering Cross Section on CsI by \
             COHERENT, PRL 129, 081801 (2022), arXiv:2110.07730"
        );
        assert_eq!(
            reference("thompson2009").citation(),
            "Thompson et al., X-ray Data Booklet (2009), https://xdb.lbl.gov/"
        );
        assert_eq!(reference("xenonnt2024").citation(), "XENON (2024), arXiv:2408.02877");
    }

    #[test]
    fn bibtex_has_its_fields_and_no_empty_ones() {
        assert_eq!(
            reference("vogel1989").bibtex(),
            "@article{vogel1989,\n  author = {P. Vogel and J. Engel},\n  title = {Neutrino electromagnetic form factors},\n  \
             journal = {PRD},\n  volume = {39},\n  pages = {3378},\n  year = {1989},\n}\n"
        );
        assert_eq!(
            reference("donut2001").bibtex(),
            "@misc{donut2001,\n  author = {{DONUT}},\n  year = {2001},\n  eprint = {hep-ex/0102026},\n  archivePrefix = {arXiv},\n}\n"
        );
    }
}
