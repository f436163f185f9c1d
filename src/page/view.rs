//! Everything that the page shows, as plain data. What does the showing compares it with what is shown and changes the
//! difference.

use crate::analysis::grid::{PLANE_COUPLING_PER_GEV, PLANE_MASS_MEV};
use crate::chart::exclusion::ExclusionView;
use crate::chart::{Chart, Role};
use crate::experiment::Input;
use crate::page::inputs::InputsPane;
use crate::page::sensitivity::SensitivityPane;
use crate::page::state::ThemeChoice;
use std::rc::Rc;

/// A part of the page with its own problem: what goes wrong in one leaves the others alone, and what was there stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Region<T> {
    /// What there is to show; the last that could be computed.
    pub content: T,
    /// What is wrong with it, in a sentence.
    pub problem: Option<String>,
}

/// The whole page.
#[derive(Clone, Debug, PartialEq)]
pub struct PageView {
    /// Colours that were chosen.
    pub theme: ThemeChoice,
    /// What can be taken back.
    pub past: Past,
    /// Every control.
    pub controls: Controls,
    /// What of the address could not be used.
    pub problems: Vec<String>,
    /// The spectrum with what is said about it.
    pub spectrum: Region<Rc<SpectrumPane>>,
    /// The plane.
    pub plane: Region<Rc<PlanePane>>,
    /// What the experiments say about the point.
    pub verdict: Region<Rc<VerdictPane>>,
    /// Points that are kept.
    pub pins: Region<Rc<PinsPane>>,
    /// The precise computation.
    pub work: Region<WorkPane>,
    /// What matters most to the limit, while somebody looks.
    pub sensitivity: SensitivityPane,
    /// Experiments beside those that are built in.
    pub own: Region<Rc<OwnPane>>,
    /// Experiments that may be drawn as one.
    pub combine: Vec<CombineEntry>,
    /// Every input that can be changed.
    pub inputs: InputsPane,
    /// Every input of the experiment, with its source.
    pub assumptions: Region<Rc<Vec<Input>>>,
    /// How near the point is to the best fit of the chosen experiment.
    pub matched: Region<Rc<MatchPane>>,
    /// Whether nothing is left to compute.
    pub settled: bool,
}

/// What can be taken back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Whether there is a change to undo.
    pub undo: bool,
    /// Whether there is one to redo.
    pub redo: bool,
    /// Whether anything but the colours differs from the start.
    pub reset: bool,
}

/// Every control of the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Controls {
    /// Boxes with their sliders.
    pub numbers: Vec<NumberControl>,
    /// Groups of options.
    pub choices: Vec<ChoiceControl>,
    /// Boxes of text.
    pub texts: Vec<TextControl>,
}

/// A box of text.
#[derive(Clone, Debug, PartialEq)]
pub struct TextControl {
    /// Key of the parameter, the name of its control.
    pub key: &'static str,
    /// Its text.
    pub text: String,
    /// What is wrong with it.
    pub problem: Option<String>,
}

/// Experiments beside those that are built in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnPane {
    /// Shipped experiments: name and title.
    pub offered: Vec<(String, String)>,
    /// What is added: name as a key, and for people.
    pub added: Vec<(String, String)>,
    /// What is to be said of it.
    pub sentence: String,
    /// A text to begin with.
    pub draft: Option<String>,
}

/// An experiment that may be drawn as one with others.
#[derive(Clone, Debug, PartialEq)]
pub struct CombineEntry {
    /// Its name as a key.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Whether it is among them.
    pub chosen: bool,
}

/// A number with its box and its slider.
#[derive(Clone, Debug, PartialEq)]
pub struct NumberControl {
    /// Key of the parameter, the name of its control.
    pub key: &'static str,
    /// Text of the box.
    pub text: String,
    /// Position of the slider.
    pub position: f64,
    /// Ends and step of the slider.
    pub track: (f64, f64, f64),
    /// The value as it is spoken.
    pub spoken: String,
    /// Something worth knowing beside its name.
    pub hint: String,
    /// What is wrong with the text, or what was made of it.
    pub problem: Option<String>,
    /// Whether the text cannot be used.
    pub wrong: bool,
    /// Whether it has an effect at all: else it is not shown.
    pub shown: bool,
    /// Whether it has an effect with the other settings as they are.
    pub enabled: bool,
}

/// One of several options.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceControl {
    /// Key of the parameter, the name of its controls.
    pub key: &'static str,
    /// The options there are.
    pub options: Vec<ChoiceOption>,
    /// Name of the option that is chosen.
    pub chosen: String,
    /// Whether it has an effect at all.
    pub shown: bool,
}

/// An option.
#[derive(Clone, Debug, PartialEq)]
pub struct ChoiceOption {
    /// Its name as a value.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Why choosing it gives nothing, if so.
    pub unavailable: Option<String>,
}

/// The spectrum and its numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpectrumPane {
    /// Above the chart.
    pub caption: String,
    /// The chart; `None` before the first one.
    pub chart: Option<Rc<Chart>>,
    /// Numbers beside it.
    pub facts: Vec<Fact>,
    /// Names of the columns of the fitted nuisance parameters.
    pub nuisance_head: Vec<String>,
    /// Fitted nuisance parameters.
    pub nuisances: Vec<NuisanceRow>,
    /// Why there is no dipole signal, if there is none.
    pub message: Option<String>,
    /// Remarks that belong to every number of the experiment.
    pub notes: Vec<String>,
    /// Chi-square of the point, where there are data to fit.
    pub chi2: Option<f64>,
}

/// A number with its name; the command line prints the same one under the same key.
#[derive(Clone, Debug, PartialEq)]
pub struct Fact {
    /// Key in the output of `dipole-portal events`, with dots for objects inside objects.
    pub key: &'static str,
    /// Name for people.
    pub label: String,
    /// Value and unit as text.
    pub text: String,
}

/// A nuisance parameter after the fit.
#[derive(Clone, Debug, PartialEq)]
pub struct NuisanceRow {
    /// Name for people.
    pub label: String,
    /// Fitted value and unit.
    pub text: String,
    /// Distance from its prior in units of the prior's width, or that there is none.
    pub pull: String,
}

/// The plane with the list of its curves.
#[derive(Clone, Debug, PartialEq)]
pub struct PlanePane {
    /// Above the chart.
    pub caption: String,
    /// What is read out where the visitor points.
    pub readout: Option<PlaneReadout>,
    /// What the chart shows.
    pub exclusion: ExclusionView,
    /// Every curve there is for the flavour.
    pub curves: Vec<CurveEntry>,
    /// Whose limits are the strongest where, may be empty; and whether curves are on their way that it does not know.
    pub leads: (String, bool),
}

impl Default for PlanePane {
    fn default() -> Self {
        Self {
            caption: String::new(),
            readout: None,
            exclusion: ExclusionView::empty("", PLANE_MASS_MEV, PLANE_COUPLING_PER_GEV),
            curves: Vec::new(),
            leads: Default::default(),
        }
    }
}

/// What is read out in the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneReadout {
    /// The place, and the curve that is there: what it is, its level and source, and its ratio to the chosen experiment's limit.
    pub text: String,
    /// Name on that curve, and its colour.
    pub curve: Option<(String, Role)>,
}

/// A curve in the list beside the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct CurveEntry {
    /// Name in the state.
    pub name: String,
    /// Name on the curve.
    pub label: String,
    /// What it is: kind, confidence level, source.
    pub about: String,
    /// Address of the source; empty for a curve computed here.
    pub link: String,
    /// Whether it is shown.
    pub visible: bool,
    /// Why it cannot be shown, if so.
    pub problem: Option<String>,
    /// Its colour.
    pub role: Role,
}

/// The verdict on the point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct VerdictPane {
    /// In a sentence or two.
    pub sentence: String,
    /// What the reader should be warned of: the SM itself does not fit.
    pub warnings: Vec<String>,
    /// Names of the columns of the table.
    pub head: Vec<String>,
    /// A row for each experiment.
    pub rows: Vec<VerdictRow>,
}

/// One experiment's word on the point.
#[derive(Clone, Debug, PartialEq)]
pub struct VerdictRow {
    /// Name of the experiment as a key.
    pub experiment: String,
    /// Its name for people.
    pub name: String,
    /// One text for each further column.
    pub cells: Vec<String>,
    /// Whether it excludes the point.
    pub excludes: bool,
}

impl VerdictRow {
    /// Place of the confidence among the cells: what is to be seen at once.
    pub const CONFIDENCE: usize = 1;
    /// Place of the limit among the cells.
    pub const LIMIT: usize = 2;
}

/// How near the point is to the best fit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MatchPane {
    /// In a sentence.
    pub text: String,
    /// Whether there is a best fit to show.
    pub possible: bool,
}

/// Points that are kept.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PinsPane {
    /// What the button says that keeps the present point.
    pub button: String,
    /// Whether there is something for it to do.
    pub possible: bool,
    /// Names of the columns of the table, after that of the name.
    pub head: Vec<String>,
    /// A row for each pin.
    pub rows: Vec<PinRow>,
}

/// A point that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct PinRow {
    /// What it is called in charts.
    pub label: String,
    /// The name that the visitor gave it; may be empty.
    pub name: String,
    /// One text for each further column; a problem alone.
    pub cells: Vec<String>,
}

/// The precise computation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkPane {
    /// What it is at, in words.
    pub status: String,
    /// Share that is done; `None` while nothing is running.
    pub progress: Option<f64>,
}
