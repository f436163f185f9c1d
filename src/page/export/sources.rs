//! Everything that went into what is shown.

use super::Subject;
use crate::Error;
use crate::experiment::ExperimentId;
use crate::page::session::Session;

/// What a source says of itself, and its address or none.
pub(super) type Source = (String, String);

/// The paper that all this follows.
const PAPER: (&str, &str) = (
    "Li, Li & Xia, Neutrino magnetic dipole portal with low energy neutrino nucleus scattering data",
    "https://arxiv.org/abs/2406.07477",
);

impl Session {
    /// The paper, every input of the experiments that are shown and every published curve that is; each once. A spectrum is
    /// that of one experiment alone.
    pub(super) fn sources(&mut self, subject: Subject) -> Result<Vec<Source>, Error> {
        let mut sources = vec![(PAPER.0.to_owned(), PAPER.1.to_owned())];
        let mut add = |source: String, link: String| {
            let source = (source, link);
            if !source.0.is_empty() && !sources.contains(&source) {
                sources.push(source);
            }
        };
        let settings = self.state().settings.clone();
        for id in self.experiments_of(subject) {
            let analysis = self.store().analysis(id, &settings)?;
            for input in analysis.experiment().assumptions()? {
                add(input.source, input.link);
            }
        }
        if subject != Subject::Spectrum {
            for curve in self.shown_literature() {
                add(curve.source.clone(), curve.link.clone());
            }
        }
        Ok(sources)
    }

    /// The chosen experiment; those whose curve the plane shows; those that say something about the point. A combination is its experiments.
    fn experiments_of(&self, subject: Subject) -> Vec<ExperimentId> {
        let view = self.view();
        let names: Vec<String> = match subject {
            Subject::Spectrum => return vec![self.state().experiment],
            Subject::Plane => {
                let entries = view.plane.content.curves.iter();
                // A curve with an address is somebody else's.
                let ours = entries.filter(|entry| entry.visible && entry.link.is_empty());
                ours.map(|entry| entry.name.clone()).collect()
            }
            Subject::Verdict => {
                let rows = view.verdict.content.rows.iter();
                rows.map(|row| row.experiment.clone()).collect()
            }
        };
        let mut experiments = Vec::new();
        for id in names.iter().filter_map(|name| ExperimentId::new(name).ok()) {
            if id == ExperimentId::COMBINATION {
                experiments.extend(&self.state().combined);
            } else {
                experiments.push(id);
            }
        }
        experiments
    }
}
