//! The state of the page: one serialisable value from which everything shown is derived.
//!
//! How it is written, typed and slid is known to [`Parameters`](super::parameters::Parameters).

use super::extra::Extra;
use super::pins::Pin;
use super::plane_frame::PlaneFrame;
use crate::Flavor;
use crate::analysis::{Benchmark, Settings};
use crate::choice::named_choice;
use crate::experiment::ExperimentId;
use crate::physics::units::CouplingUnit;
use crate::statistics::Confidence;
use serde::{Deserialize, Serialize};

/// Masses that the page offers, in MeV.
pub const MASS_MEV: (f64, f64) = (0.01, 100.0);
/// Couplings that the page offers, in GeV^-1.
pub const COUPLING_PER_GEV: (f64, f64) = (1e-12, 1e-3);
/// Mass at the start, in MeV.
pub const START_MASS_MEV: f64 = 1.0;
/// Coupling at the start, in GeV^-1.
pub const START_COUPLING_PER_GEV: f64 = 1e-7;

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
    /// How values are spread along the vertical axis of the spectrum.
    "axis": pub enum VerticalAxis {
        /// As the spectrum is usually drawn.
        Usual = "usual",
        /// Evenly, from zero.
        Linear = "linear",
        /// By their logarithm.
        Logarithmic = "logarithmic",
    }
}

named_choice! {
    /// Whether the plane has lines along which N decays after the same length.
    "decay-lines": pub enum DecayLines {
        /// It has none.
        None = "none",
        /// For N that is not its own antiparticle.
        Dirac = "dirac",
        /// For N that is.
        Majorana = "majorana",
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
    /// How values are spread along the vertical axis of the spectrum.
    pub axis: VerticalAxis,
    /// Range at which the vertical axis of the (first) spectrum is held, in its unit.
    pub held: Option<(f64, f64)>,
    /// Whether the spectrum is drawn as a ratio to the first pin that has one.
    pub ratio: bool,
    /// Level and degrees of freedom of the limits.
    pub confidence: Confidence,
    /// Whether limits that are expected stand beside those of the data, with how far they scatter.
    pub expected: bool,
    /// Lines of equal decay length.
    pub decay_lines: DecayLines,
    /// Which part of the plane.
    pub plane: PlaneFrame,
    /// Experiments beside those that are built in.
    pub extra: Extra,
    /// Experiments that are drawn as one, too, in the order of their names; one alone is none.
    pub combined: Vec<ExperimentId>,
    /// Names of curves in the plane whose visibility is not what it is by default.
    pub toggled: Toggled,
    /// Points that are kept, in order.
    pub pins: Vec<Pin>,
    /// Colours.
    pub theme: ThemeChoice,
}

/// Names of curves, each once and in alphabetical order: few enough for a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Toggled(Vec<String>);

impl Toggled {
    /// Whether a curve is among them.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.0.iter().any(|known| known == name)
    }

    /// The names.
    #[must_use]
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// Adds a curve.
    pub fn insert(&mut self, name: &str) {
        if let Err(place) = self.0.binary_search_by(|known| known.as_str().cmp(name)) {
            self.0.insert(place, name.to_owned());
        }
    }

    /// Takes out every curve that does not satisfy a condition.
    pub fn retain(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.0.retain(|known| is_kept(known));
    }

    /// Takes a curve out, and says whether it was there.
    pub fn remove(&mut self, name: &str) -> bool {
        let count = self.0.len();
        self.0.retain(|known| known != name);
        self.0.len() < count
    }
}

impl<'a> FromIterator<&'a str> for Toggled {
    fn from_iter<I: IntoIterator<Item = &'a str>>(names: I) -> Self {
        let mut toggled = Self::default();
        for name in names {
            toggled.insert(name);
        }
        toggled
    }
}

impl Default for State {
    fn default() -> Self {
        Self {
            experiment: ExperimentId::DRESDEN_II,
            benchmark: Benchmark {
                flavor: Flavor::Electron,
                mass_mev: START_MASS_MEV,
                coupling_per_gev: START_COUPLING_PER_GEV,
            },
            coupling_unit: CouplingUnit::PerGev,
            settings: Settings::default(),
            view: View::Recoil,
            parts: false,
            axis: VerticalAxis::Usual,
            held: None,
            ratio: false,
            confidence: Confidence::PAPER,
            expected: false,
            decay_lines: DecayLines::None,
            plane: PlaneFrame::default(),
            extra: Extra::default(),
            combined: Vec::new(),
            toggled: Toggled::default(),
            pins: Vec::new(),
            theme: ThemeChoice::Auto,
        }
    }
}
