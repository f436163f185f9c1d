//! What a visitor takes away: what is shown, as a file. The command line writes the same.

mod citations;
mod sheet;
mod tables;

pub use sheet::{Cell, Grid, Sheet};

use super::session::Session;
use super::words;
use crate::Choice;
use crate::Error;
use crate::choice::named_choice;

named_choice! {
    /// What is taken away.
    "what": pub enum Subject {
        /// The spectrum, with the numbers of the fit.
        Spectrum = "spectrum",
        /// The curves of the plane.
        Plane = "plane",
        /// What every experiment says about the point.
        Verdict = "verdict",
    }
}

named_choice! {
    /// As what.
    "format": pub enum Format {
        /// Comma-separated values.
        Csv = "csv",
        /// JSON.
        Json = "json",
        /// Entries for BibTeX of everything that went into it.
        Bibtex = "bib",
        /// The same as plain text.
        Text = "txt",
    }
}

/// A file.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// What it holds.
    pub text: String,
}

impl Session {
    /// What is shown, as a file. Everything has to be computed.
    ///
    /// # Errors
    /// [`Error::Table`] or [`Error::Convergence`] as for what is shown.
    pub fn export(&mut self, subject: Subject, format: Format) -> Result<Document, Error> {
        let sources = self.sources()?;
        let text = match format {
            Format::Bibtex => citations::bibtex(&sources),
            Format::Text => citations::plain(&sources),
            Format::Csv | Format::Json => {
                let sheet = Sheet {
                    head: self.head(subject),
                    sources,
                    grids: self.grids(subject)?,
                };
                match format {
                    Format::Csv => sheet::csv(&sheet),
                    _ => sheet::json(&sheet),
                }
            }
        };
        Ok(Document {
            name: self.file_name(subject, format.name()),
            media_type: match format {
                Format::Csv => "text/csv",
                Format::Json => "application/json",
                Format::Bibtex | Format::Text => "text/plain",
            },
            text,
        })
    }

    /// Name of a file: what it is about, with mass and coupling.
    #[must_use]
    pub fn file_name(&self, subject: Subject, ending: &str) -> String {
        let state = self.state();
        let text = |key: &str| self.parameters().text(state, key).unwrap_or_default();
        let flavor = state.benchmark.flavor;
        format!(
            "dipole-{}-{}-{flavor}-m{}-d{}.{ending}",
            state.experiment,
            subject.name(),
            text("mass"),
            text("coupling")
        )
    }

    /// What a drawing says of itself: title, every setting that is not as at the start, and version.
    #[must_use]
    pub fn signature(&self) -> String {
        words::signature(&self.address(), env!("CARGO_PKG_VERSION"))
    }

    fn head(&self, subject: Subject) -> Vec<(String, String)> {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut head = vec![
            named("program", concat!("Dipole Portal Explorer ", env!("CARGO_PKG_VERSION"))),
            named("what", subject.name()),
            named("address", &self.address()),
        ];
        let keys = super::parameters::KEYS.iter();
        head.extend(keys.filter_map(|key| Some(named(key, &self.parameters().text(self.state(), key)?))));
        head
    }
}
