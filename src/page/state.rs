//! The state of the page: one serialisable value from which everything shown is derived.
//!
//! Its keys are the option names of the command line; the same keys name the form controls and stand in the address
//! (`#experiment=dresden-ii&mass=1&coupling=1e-7`).

use crate::analysis::{Benchmark, FLUX_RANGE, Settings};
use crate::choice::named_choice;
use crate::error::in_range;
use crate::experiment::{DetectorSettings, ExperimentId};
use crate::physics::cross_section::Sign;
use crate::physics::detector::{LINDHARD_K_RANGE, Quenching};
use crate::physics::units::CouplingUnit;
use crate::statistics::{ConfidenceLevel, Dof};
use crate::{Choice, Error, Flavor, data};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Masses and couplings that the page offers: those of the plane.
pub use crate::analysis::grid::{PLANE_COUPLING_PER_GEV as COUPLING_PER_GEV, PLANE_MASS_MEV as MASS_MEV};

named_choice! {
    /// Which spectrum of the experiment is shown.
    "view": pub enum View {
        /// Ideal recoil spectrum, as in fig. 1.
        Recoil = "recoil",
        /// What the detector reports, with the data.
        Data = "data",
    }
}

named_choice! {
    /// Colours of the page.
    "theme": pub enum ThemeChoice {
        /// As the visitor's system prefers.
        Auto = "auto",
        /// Light.
        Light = "light",
        /// Dark.
        Dark = "dark",
        /// High contrast and large type.
        Projector = "projector",
    }
}

/// Everything a visitor has chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct State {
    /// The experiment whose spectrum is shown.
    pub experiment: ExperimentId,
    /// Point of the plane.
    pub benchmark: Benchmark,
    /// Unit in which the coupling is written.
    pub coupling_unit: CouplingUnit,
    /// Settings of the analyses.
    pub settings: Settings,
    /// Which spectrum.
    pub view: View,
    /// Whether parts of the spectra are drawn.
    pub parts: bool,
    /// Confidence level of the limits.
    pub level: ConfidenceLevel,
    /// Degrees of freedom of the limits.
    pub dof: Dof,
    /// Names of curves in the plane whose visibility is not what it is by default.
    pub toggled: BTreeSet<String>,
    /// Colours.
    pub theme: ThemeChoice,
}

impl Default for State {
    fn default() -> Self {
        Self {
            experiment: ExperimentId::DresdenIi,
            benchmark: Benchmark {
                flavor: Flavor::Electron,
                mass_mev: 1.0,
                coupling_per_gev: 1e-7,
            },
            coupling_unit: CouplingUnit::PerGev,
            settings: Settings::default(),
            view: View::Recoil,
            parts: false,
            level: ConfidenceLevel::NINETY,
            dof: Dof::One,
            toggled: BTreeSet::new(),
            theme: ThemeChoice::Auto,
        }
    }
}

/// Keys of the state, in the order of the address.
pub const KEYS: [&str; 15] = [
    "experiment",
    "flavor",
    "mass",
    "coupling",
    "coupling-unit",
    "quenching",
    "lindhard-k",
    "flux",
    "printed-sign",
    "view",
    "parts",
    "cl",
    "dof",
    "curves",
    "theme",
];

impl State {
    /// Value of a key, as it stands in the address; `None` for a key there is not.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<String> {
        let flag = |value: bool| if value { "1" } else { "0" }.to_owned();
        let DetectorSettings { quenching, lindhard_k } = self.settings.detector;
        Some(match key {
            "experiment" => self.experiment.to_string(),
            "flavor" => self.benchmark.flavor.to_string(),
            "mass" => shortest(self.benchmark.mass_mev),
            "coupling" => shortest(self.benchmark.coupling_per_gev),
            "coupling-unit" => self.coupling_unit.to_string(),
            "quenching" => quenching.to_string(),
            "lindhard-k" => shortest(lindhard_k),
            "flux" => shortest(self.settings.flux),
            "printed-sign" => flag(self.settings.sign == Sign::Printed),
            "view" => self.view.to_string(),
            "parts" => flag(self.parts),
            "cl" => shortest(self.level.level()),
            "dof" => self.dof.to_string(),
            "curves" => self.toggled.iter().cloned().collect::<Vec<_>>().join(","),
            "theme" => self.theme.to_string(),
            _ => return None,
        })
    }

    /// Sets a key.
    ///
    /// # Errors
    /// [`Error::Input`] for an unknown key or a value that is not allowed; the state then stays as it was.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), Error> {
        match key {
            "experiment" => self.experiment = value.parse()?,
            "flavor" => self.benchmark.flavor = value.parse()?,
            "mass" => self.benchmark.mass_mev = number(key, value, MASS_MEV)?,
            "coupling" => self.benchmark.coupling_per_gev = number(key, value, COUPLING_PER_GEV)?,
            "coupling-unit" => self.coupling_unit = value.parse()?,
            "quenching" => self.settings.detector.quenching = value.parse::<Quenching>()?,
            "lindhard-k" => self.settings.detector.lindhard_k = number(key, value, LINDHARD_K_RANGE)?,
            "flux" => self.settings.flux = number(key, value, FLUX_RANGE)?,
            "printed-sign" => {
                self.settings.sign = if flag(key, value)? {
                    Sign::Printed
                } else {
                    Sign::Correct
                };
            }
            "view" => self.view = value.parse()?,
            "parts" => self.parts = flag(key, value)?,
            "cl" => self.level = ConfidenceLevel::new(number(key, value, ConfidenceLevel::RANGE)?)?,
            "dof" => self.dof = value.parse()?,
            "curves" => self.toggled = curves(value)?,
            "theme" => self.theme = value.parse()?,
            _ => return Err(Error::input("parameter", format!("'{key}'"), KEYS.join(", "))),
        }
        Ok(())
    }

    /// The state as an address: the keys that differ from the default.
    #[must_use]
    pub fn to_address(&self) -> String {
        let default = Self::default();
        let entries = KEYS.iter().filter_map(|key| {
            let value = self.get(key)?;
            (default.get(key).as_ref() != Some(&value)).then(|| format!("{key}={value}"))
        });
        entries.collect::<Vec<_>>().join("&")
    }

    /// Reads an address; what cannot be used is replaced by its default and listed.
    #[must_use]
    pub fn from_address(address: &str) -> (Self, Vec<Error>) {
        let mut state = Self::default();
        let mut problems = Vec::new();
        for entry in address.split('&').filter(|entry| !entry.is_empty()) {
            let (key, value) = entry.split_once('=').unwrap_or((entry, ""));
            if let Err(problem) = state.set(key, value) {
                problems.push(problem);
            }
        }
        (state, problems)
    }
}

/// The fewest digits that read back as the same number, with an exponent where that is shorter.
fn shortest(value: f64) -> String {
    let (plain, scientific) = (format!("{value}"), format!("{value:e}"));
    if scientific.len() < plain.len() {
        scientific
    } else {
        plain
    }
}

/// A number within a range.
fn number(key: &str, text: &str, (low, high): (f64, f64)) -> Result<f64, Error> {
    // The sliders' ends are powers of ten: a last bit of rounding is not out of range.
    let value: f64 = text
        .trim()
        .parse()
        .map_err(|_| Error::input(key, format!("'{text}'"), format!("a number, {low:e} to {high:e}")))?;
    let near = |end: f64| (value - end).abs() <= 1e-9 * end;
    let value = if near(low) {
        low
    } else if near(high) {
        high
    } else {
        value
    };
    in_range(key, value, low, high)
}

/// Names of curves; those of `data/limits/` and of the experiments are all there are.
fn curves(text: &str) -> Result<BTreeSet<String>, Error> {
    let names: BTreeSet<String> = text
        .split(',')
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect();
    let known = |name: &str| {
        ExperimentId::from_name(name).is_ok()
            || name == "texono"
            || data::TABLES
                .iter()
                .any(|(table, _)| table.strip_prefix("limits/") == Some(name))
    };
    match names.iter().find(|name| !known(name)) {
        Some(wrong) => Err(Error::input(
            "curves",
            format!("'{wrong}'"),
            "names of data/limits and of experiments",
        )),
        None => Ok(names),
    }
}

fn flag(key: &str, text: &str) -> Result<bool, Error> {
    match text {
        "1" | "true" => Ok(true),
        "0" | "false" => Ok(false),
        _ => Err(Error::input(key, format!("'{text}'"), "0, 1")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_comes_back() {
        let changed = "experiment=coherent-csi&flavor=mu&mass=20&coupling=3e-7&coupling-unit=mu_B&quenching=lindhard\
                       &lindhard-k=0.2&flux=0.77&printed-sign=1&view=data&parts=1&cl=0.95&dof=2\
                       &curves=xenon1t&theme=dark";
        let (state, problems) = State::from_address(changed);
        assert_eq!(problems, []);
        assert_eq!(state.to_address(), changed);
        assert_eq!(changed.split('&').count(), KEYS.len());
    }

    #[test]
    fn the_default_needs_no_address() {
        assert_eq!(State::default().to_address(), "");
        assert_eq!(State::from_address(""), (State::default(), vec![]));
    }

    #[test]
    fn bad_parameters_are_listed_and_replaced() {
        let (state, problems) = State::from_address("mass=-1&flavor=x&colour=red&coupling=2e-8&flux=NaN&view");
        assert_eq!(problems.len(), 5);
        assert_eq!(state.benchmark.coupling_per_gev, 2e-8);
        assert_eq!(state.benchmark.mass_mev, State::default().benchmark.mass_mev);
    }

    #[test]
    fn choices_name_their_key() {
        // The keys of the choices are their option names: one vocabulary.
        for key in [
            Flavor::OPTION,
            Quenching::OPTION,
            View::OPTION,
            ThemeChoice::OPTION,
            CouplingUnit::OPTION,
        ] {
            assert!(KEYS.contains(&key), "{key}");
        }
    }
}
