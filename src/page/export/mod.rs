//! What a visitor takes away: what is shown, as a file. The command line writes the same.

mod citations;
mod sheet;
mod sources;
mod tables;

pub use sheet::{Cell, Grid, Sheet};

use super::session::Session;
use super::state::ThemeChoice;
use super::words;
use crate::chart::exclusion::exclusion;
use crate::chart::{Caption, Theme, ThemeName, to_captioned_svg};
use crate::choice::named_choice;
use crate::{Choice, Error};
use std::rc::Rc;

/// Width and height of a drawing, in CSS pixels, without its title and foot.
const DRAWING_PX: (u32, u32) = (760, 560);

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
        /// A drawing of a chart.
        Svg = "svg",
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
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) or [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) as for what is shown.
    pub fn export(&mut self, subject: Subject, format: Format) -> Result<Document, Error> {
        let sources = self.sources(subject)?;
        let text = match format {
            // BibTeX leaves out what stands outside of entries.
            Format::Bibtex => format!("% {}\n{}", words::program(), citations::bibtex(&sources)?),
            Format::Text => format!("{}\n{}", words::program(), citations::plain(&sources)?),
            Format::Svg => self.drawing(subject)?,
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
                Format::Svg => "image/svg+xml",
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
        words::signature(&self.address())
    }

    /// A chart as a drawing that stands for itself: title above, settings below, on white where the page has no colours of its own.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for what is no chart.
    fn drawing(&self, subject: Subject) -> Result<String, Error> {
        let view = self.view();
        let (title, chart) = match subject {
            Subject::Spectrum => (
                view.spectrum.content.caption.clone(),
                view.spectrum.content.chart.clone(),
            ),
            Subject::Plane => {
                let plane = &view.plane.content;
                let title = words::plane().to_owned();
                (title, Some(Rc::new(exclusion(&plane.exclusion))))
            }
            Subject::Verdict => (String::new(), None),
        };
        let theme = match self.state().theme {
            ThemeChoice::Dark => ThemeName::Dark,
            ThemeChoice::Projector => ThemeName::Projector,
            ThemeChoice::Auto | ThemeChoice::Light => ThemeName::Light,
        };
        let caption = Caption {
            title,
            foot: vec![words::point(self.state().benchmark), self.signature()],
            link: String::new(),
        };
        chart
            .and_then(|chart| to_captioned_svg(&chart, &Theme::new(theme), &caption, DRAWING_PX))
            .ok_or_else(|| Error::input("what", subject.name(), "spectrum, plane"))
    }

    fn head(&self, subject: Subject) -> Vec<(String, String)> {
        let named = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut head = vec![
            named("program", &words::program()),
            named("what", subject.name()),
            named("address", &self.address()),
        ];
        let keys = super::parameters::KEYS.iter();
        head.extend(keys.filter_map(|key| Some(named(key, &self.parameters().text(self.state(), key)?))));
        head
    }
}
