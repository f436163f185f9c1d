//! The state in the address: `experiment=dresden-ii&mass=1&coupling=1e-7`.

use super::percent::decoded;
use super::{Accepted, Parameters, is_edit, shortest};
use crate::Choice;
use crate::Error;
use crate::analysis::Weights;
use crate::experiment::{ExperimentId, Registry};
use crate::numerics::decimal;
use crate::page::extra::Extra;
use crate::page::problems::{Problem, Problems};
use crate::page::state::State;
use crate::page::words;
use crate::physics::source::ReactorModel;
use crate::small_map::SmallMap;

/// Keys of the state, in the order of the address. `flux` is that of the chosen experiment's source.
pub const KEYS: [&str; 35] = [
    "experiment",
    "flavor",
    "weights",
    "mass",
    "coupling",
    "coupling-unit",
    "quenching",
    "lindhard-k",
    "flux",
    "flux-reactor",
    "flux-sns",
    "flux-sun",
    "reactor-flux",
    "printed-sign",
    "nuclei-only",
    "view",
    "parts",
    "axis",
    "held",
    "ratio",
    "cl",
    "dof",
    "sides",
    "expected",
    "decay-lines",
    "plane-mass-from",
    "plane-mass-to",
    "plane-from",
    "plane-to",
    "combine",
    "curves",
    "pins",
    "add",
    "own",
    "theme",
];

/// Version of the addresses that are printed. It goes up with what would make an older address mean something else (a key that is
/// renamed, another default), together with a step in [`MIGRATIONS`].
const VERSION: usize = 1;

/// Key of the version; an address without it is of version 1.
const VERSION_KEY: &str = "v";

/// Makes of an entry, key and value, of one version that of the next.
type Migration = for<'a> fn(&'a str, &'a str) -> (&'a str, &'a str);

/// From each version to the next, beginning with the first.
const MIGRATIONS: [Migration; VERSION - 1] = [];

/// An entry as the version has it to which the last of these steps leads.
fn migrated<'a>(steps: &[Migration], entry: (&'a str, &'a str)) -> (&'a str, &'a str) {
    steps.iter().fold(entry, |(key, value), step| step(key, value))
}

/// Key and value of every entry of an address.
fn entries(address: &str) -> impl Iterator<Item = (&str, &str)> {
    let entries = address.split('&').filter(|entry| !entry.is_empty());
    entries.map(|entry| entry.split_once('=').unwrap_or((entry, "")))
}

/// The experiments that an entry of an address names.
fn named<'a>((key, value): (&'a str, &'a str)) -> Vec<&'a str> {
    match key {
        "experiment" | "combine" => value.split(',').collect(),
        "pins" => {
            let entries = value.split([';', ',']);
            entries.filter_map(|entry| entry.strip_prefix("experiment:")).collect()
        }
        _ => key
            .split_once('.')
            .map(|(experiment, _)| experiment)
            .into_iter()
            .collect(),
    }
}

/// The steps that an address has before it; none for one whose version there is not, which is read as it is.
fn steps(address: &str) -> Result<&'static [Migration], Problem> {
    let Some((_, version)) = entries(address).filter(|(key, _)| *key == VERSION_KEY).last() else {
        return Ok(&MIGRATIONS);
    };
    match version.parse::<usize>() {
        Ok(version) if version > VERSION => Err(Problem::Newer { version }),
        Ok(version) if version > 0 => Ok(MIGRATIONS.get(version - 1..).unwrap_or_default()),
        _ => Err(Problem::Wrong(Error::input(
            VERSION_KEY,
            words::quoted(version),
            VERSION.to_string(),
        ))),
    }
}

impl Parameters {
    /// Reads an address. What cannot be used is at its default and listed; what is out of range is at the nearest
    /// allowed value and listed. Of a key that stands twice the last value counts, and the order of the keys does not. An
    /// address of a version to come is read as far as it is understood, and that is listed.
    #[must_use]
    pub fn parse(&self, address: &str) -> (State, Problems) {
        let address = decoded(address.strip_prefix('#').unwrap_or(address));
        let mut values = SmallMap::default();
        let mut problems = Problems::default();
        let mut edits = Vec::new();
        let steps = steps(&address).unwrap_or_else(|problem| {
            problems.add_general(|| problem);
            &[]
        });
        for entry in entries(&address).filter(|(key, _)| *key != VERSION_KEY) {
            let (key, value) = migrated(steps, entry);
            match KEYS.iter().find(|known| **known == key) {
                Some(key) => {
                    values.insert(*key, value);
                }
                // They come after everything else: what they change has to be chosen first.
                None if is_edit(key) => edits.push((key, value)),
                None => problems.add_general(|| Problem::Wrong(self.unknown(key))),
            }
        }
        let mut state = self.start();
        if crate::WORKSHOP {
            // Also what an address adds by naming it.
            state.extra.clone_from(&self.extra);
        }
        // The experiment comes first in the keys; its source says what `flux` is, which counts more than the same
        // factor under the name of its source.
        let (flux, others): (Vec<&str>, Vec<&str>) = KEYS.iter().partition(|key| **key == "flux");
        for key in others.into_iter().chain(flux) {
            let Some(value) = values.get(key) else { continue };
            match self.set(&mut state, key, value) {
                Ok(None) => {}
                Ok(Some(accepted)) => {
                    if let Some(clamped) = accepted.clamped {
                        problems.add(key, Problem::Clamped(clamped));
                    }
                }
                Err(error) => problems.add(key, Problem::Wrong(error)),
            }
        }
        // The page that is loaded first leaves them to the workshop.
        if crate::WORKSHOP {
            for error in self.set_edits(&mut state, &edits) {
                problems.add_general(|| Problem::Wrong(error));
            }
        }
        (state, problems)
    }

    /// The experiments that an address adds to those of a registry, and what is wrong with them.
    pub(in crate::page) fn extra_of(base: &Registry, address: &str) -> (Extra, Option<Error>) {
        let address = decoded(address.strip_prefix('#').unwrap_or(address));
        let value = |key: &str| {
            entries(&address)
                .filter(|(known, _)| *known == key)
                .last()
                .map_or("", |(_, value)| value)
        };
        let (mut extra, problem) = Extra::read(base, value("add"), value("own"));
        extra.add_named(base, entries(&address).flat_map(named));
        (extra, problem)
    }

    /// An address that has something which only the workshop can do, where this program is not it ([`WORKSHOP`](crate::WORKSHOP)).
    pub(in crate::page) fn lacking(&self, address: &str) -> Option<String> {
        let address = address.strip_prefix('#').unwrap_or(address);
        let is_beyond = |(key, value): (&str, &str)| {
            is_edit(key)
                || matches!(
                    (key, value),
                    ("expected" | "nuclei-only", "1") | ("decay-lines", "dirac" | "majorana")
                )
                || (matches!(key, "add" | "own" | "weights" | "combine") && !value.is_empty())
                || (key == "reactor-flux" && value != ReactorModel::default().name())
                || (key == "experiment" && !value.is_empty() && !self.is_experiment(value))
        };
        let of_pin = |entry: &str| entry.split_once(':').is_some_and(is_beyond);
        let is_beyond = |(key, value): (&str, &str)| {
            is_beyond((key, value)) || (key == "pins" && value.split([';', ',']).any(of_pin))
        };
        let lacks = !crate::WORKSHOP && entries(&decoded(address)).any(is_beyond);
        lacks.then(|| address.to_owned())
    }

    /// The state as an address: what differs from the start. Reading it gives the same state.
    #[must_use]
    pub fn print(&self, state: &State) -> String {
        let entries = self.differing(state, KEYS.into_iter());
        let entries = entries.map(|(key, value)| format!("{key}={value}"));
        let edits = self.edits(state).map(|(key, value)| format!("{key}={value}"));
        entries.chain(edits).collect::<Vec<_>>().join("&")
    }

    /// Those of some keys whose values differ from the start, with these.
    pub(in crate::page) fn differing<'a>(
        &'a self,
        state: &'a State,
        keys: impl Iterator<Item = &'static str> + 'a,
    ) -> impl Iterator<Item = (&'static str, String)> + 'a {
        let start = self.start();
        let chosen = self.source(state.experiment).map(Choice::name);
        keys.filter_map(move |key| {
            // The chosen experiment's flux has one name: `flux`.
            if key.strip_prefix("flux-").is_some_and(|source| chosen == Some(source)) {
                return None;
            }
            let value = self.text(state, key)?;
            let at_start = match key {
                // Before any choice it is that of the experiment's table.
                "lindhard-k" => state.settings.detector.lindhard_k.is_none(),
                _ if key.starts_with("flux") => value == "1",
                _ => self.text(&start, key).as_ref() == Some(&value),
            };
            (!at_start).then_some((key, value))
        })
    }

    /// Value of a key as it stands in the address; `None` for a key there is not, or without a value.
    #[must_use]
    pub fn text(&self, state: &State, key: &str) -> Option<String> {
        match key {
            "curves" => return Some(state.toggled.names().join(",")),
            "add" => return Some(state.extra.samples_text()),
            "own" => return Some(state.extra.own_text()),
            "combine" => {
                let names: Vec<_> = state.combined.iter().map(ExperimentId::name).collect();
                return Some(names.join(","));
            }
            "weights" => return Some(state.settings.weights.to_string()),
            "pins" => return Some(self.pins_text(&state.pins)),
            "held" => {
                let ends = state
                    .held
                    .map(|(low, high)| format!("{},{}", shortest(low), shortest(high)));
                return Some(ends.unwrap_or_default());
            }
            _ => {}
        }
        self.chosen(state, key)
            .or_else(|| self.number(state, key).map(shortest))
    }

    /// Sets a key from its text in the address.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for an unknown key, or a value that is not allowed; the state then stays as it was, but for
    /// `curves`, of which those that are known are taken.
    pub fn set(&self, state: &mut State, key: &str, value: &str) -> Result<Option<Accepted>, Error> {
        match key {
            "curves" => return self.set_curves(state, value).map(|()| None),
            "combine" | "weights" if !crate::WORKSHOP => return Ok(None),
            // They say which experiments there are: read before everything else (`Self::extra_of`).
            "add" | "own" => return Ok(None),
            "combine" => return self.set_combined(state, value).map(|()| None),
            "weights" => return set_weights(state, value).map(|()| None),
            "pins" => return self.set_pins(state, value).map(|()| None),
            "held" => return set_held(state, value).map(|()| None),
            _ => {}
        }
        if self.chosen(state, key).is_some() {
            return self.choose(state, key, value).map(|()| None);
        }
        self.set_address_number(state, key, value).map(Some)
    }

    fn set_curves(&self, state: &mut State, text: &str) -> Result<(), Error> {
        let names = text.split(',').filter(|name| !name.is_empty());
        let (known, unknown): (Vec<&str>, Vec<&str>) = names.partition(|name| self.is_curve(name));
        state.toggled = known.into_iter().collect();
        match unknown.iter().min() {
            Some(name) => Err(Error::input("curves", words::quoted(name), words::ALLOWED_CURVES)),
            None => Ok(()),
        }
    }
}

impl Parameters {
    fn set_combined(&self, state: &mut State, text: &str) -> Result<(), Error> {
        let mut combined = Vec::new();
        let mut problem = None;
        for name in text.split(',').filter(|name| !name.is_empty()) {
            match self.experiment(name) {
                Ok(id) => combined.push(id),
                Err(error) => problem = problem.or(Some(error)),
            }
        }
        combined.sort_unstable();
        combined.dedup();
        state.combined = combined;
        problem.map_or(Ok(()), Err)
    }
}

/// Couplings to the flavours as `1:1:1`, `universal`, or nothing for one flavour alone.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) for anything else; the state then stays as it was.
pub(in crate::page) fn set_weights(state: &mut State, text: &str) -> Result<(), Error> {
    let text = text.trim();
    state.settings.weights = if text.is_empty() {
        Weights::default()
    } else {
        text.parse()?
    };
    Ok(())
}

/// Two rising numbers, or nothing.
fn set_held(state: &mut State, text: &str) -> Result<(), Error> {
    let ends = text.split_once(',');
    let ends = ends.and_then(|(low, high)| Some((decimal::parse(low)?, decimal::parse(high)?)));
    state.held = ends.filter(|(low, high)| low < high && (high - low).is_finite());
    if state.held.is_some() || text.is_empty() {
        Ok(())
    } else {
        Err(Error::input("held", words::quoted(text), words::ALLOWED_RANGE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Two versions that might come: one renames a key, the next gives a value another name.
    const STEPS: [Migration; 2] = [
        |key, value| (if key == "d" { "coupling" } else { key }, value),
        |key, value| (key, if (key, value) == ("view", "raw") { "data" } else { value }),
    ];

    #[test]
    fn an_older_entry_goes_through_every_version_after_it() {
        assert_eq!(migrated(&STEPS, ("d", "1e-8")), ("coupling", "1e-8"));
        assert_eq!(migrated(&STEPS, ("view", "raw")), ("view", "data"));
        // Of a later version only what came after it changes anything.
        assert_eq!(migrated(&STEPS[1..], ("d", "1e-8")), ("d", "1e-8"));
        assert_eq!(migrated(&STEPS, ("mass", "2")), ("mass", "2"));
    }
}
