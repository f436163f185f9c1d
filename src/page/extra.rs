//! Experiments beside those that are built in: shipped ones to begin with or to come, and those of one's own.

use crate::Error;
use crate::data;
use crate::experiment::{ExperimentId, ExperimentSpec, Registry};
use crate::page::pins::{escaped, unescaped};
use crate::page::words;
use serde::{Deserialize, Serialize};

/// Longest text, in signs of an address, of experiments of one's own that an address takes along.
const LONGEST: usize = 6000;
/// Most experiments that are added.
const MOST: usize = 8;

/// What is added.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Extra {
    /// Names of shipped experiments, in the order in which they were added.
    pub samples: Vec<ExperimentId>,
    /// Experiments of one's own, as texts.
    pub own: Vec<String>,
}

impl Extra {
    /// Whether nothing is added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.samples.is_empty() && self.own.is_empty()
    }

    /// What the values of the keys `add` and `own` of an address say; what cannot be used is left out, with the first reason.
    pub(in crate::page) fn read(base: &Registry, add: &str, own: &str) -> (Self, Option<Error>) {
        let (mut extra, mut problem) = (Self::default(), None);
        for name in add.split(',').filter(|name| !name.is_empty()) {
            problem = extra.add_sample(base, name).err().or(problem);
        }
        for text in own.split(';').filter(|text| !text.is_empty()) {
            problem = extra.add_text(base, &unescaped(text)).err().or(problem);
        }
        (extra, problem)
    }

    /// Adds those of `data/experiments/` that are named; others, and those that are there, say nothing.
    pub(in crate::page) fn add_named<'a>(&mut self, base: &Registry, names: impl Iterator<Item = &'a str>) {
        let known = data::workshop_experiments();
        for name in names {
            if known.iter().any(|table| table.rsplit('/').next() == Some(name)) {
                let _ = self.add_sample(base, name);
            }
        }
    }

    /// Adds a shipped experiment. One that is there already stays.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a name that there is not, and where there are too many.
    pub fn add_sample(&mut self, base: &Registry, name: &str) -> Result<(), Error> {
        let id = ExperimentId::new(name)?;
        if self.samples.contains(&id) {
            return Ok(());
        }
        if Registry::sample(name).is_none() {
            return Err(Error::input("add", words::quoted(name), words::a_sample()));
        }
        let mut changed = self.clone();
        changed.samples.push(id);
        changed.registry(base)?;
        *self = changed;
        Ok(())
    }

    /// Adds an experiment of one's own; it takes the place of one of the same name.
    ///
    /// # Errors
    /// As [`ExperimentSpec::from_text`], and [`ErrorKind::Input`](crate::ErrorKind::Input) where there are too many.
    pub fn add_text(&mut self, base: &Registry, text: &str) -> Result<ExperimentId, Error> {
        let spec = ExperimentSpec::from_text(None, text)?;
        let mut changed = self.clone();
        changed.remove(spec.id());
        changed.own.push(text.to_owned());
        changed.registry(base)?;
        *self = changed;
        Ok(spec.id())
    }

    /// Takes an experiment away.
    pub fn remove(&mut self, id: ExperimentId) {
        self.samples.retain(|known| *known != id);
        self.own
            .retain(|text| ExperimentSpec::from_text(None, text).is_ok_and(|spec| spec.id() != id));
    }

    /// The experiments of a registry with these.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a name that stands twice and for too many, [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
    pub fn registry(&self, base: &Registry) -> Result<Registry, Error> {
        if self.samples.len() + self.own.len() > MOST {
            return Err(Error::input("add", words::quoted("…"), words::at_most(MOST)));
        }
        let mut registry = base.clone();
        for id in &self.samples {
            if let Some(sample) = Registry::sample(id.name()) {
                registry.add(sample?)?;
            }
        }
        for text in &self.own {
            registry.add(ExperimentSpec::from_text(None, text)?)?;
        }
        Ok(registry)
    }

    /// The value of the key `add`.
    pub(in crate::page) fn samples_text(&self) -> String {
        let names: Vec<_> = self.samples.iter().map(ExperimentId::name).collect();
        names.join(",")
    }

    /// The value of the key `own`; empty where it would be too long for an address.
    pub(in crate::page) fn own_text(&self) -> String {
        let texts: Vec<_> = self.own.iter().map(|text| escaped(text)).collect();
        let text = texts.join(";");
        if text.len() > LONGEST { String::new() } else { text }
    }

    /// Whether the address takes everything along.
    #[must_use]
    pub fn fits(&self) -> bool {
        self.own.is_empty() || !self.own_text().is_empty()
    }

    /// Every shipped experiment that can be added: name and title.
    #[must_use]
    pub fn offered() -> Vec<(String, String)> {
        let tables = data::workshop_experiments().into_iter().chain(data::projections());
        let tables = tables.chain(data::templates());
        let offered = tables.filter_map(|table| {
            let name = table.split_once('/')?.1;
            // The header says enough: to read an experiment is to try it.
            let read = data::table(table).ok()?;
            Some((name.to_owned(), read.get("title").unwrap_or(name).to_owned()))
        });
        offered.collect()
    }
}

/// A specification as a text to begin with: with a name that is still free.
#[must_use]
pub fn copy(spec: &ExperimentSpec) -> String {
    let text = spec.to_text();
    let name = format!("\nname,{}", spec.written_name());
    let other = format!("\nname,{}", words::copy_of(spec.written_name()));
    text.replacen(&name, &other, 1)
}
