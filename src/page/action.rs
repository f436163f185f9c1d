//! What a visitor, the address and the workers do to the page.

use super::pins::PinAction;
use super::plane_frame::PlaneFrame;
use super::pointer::Pointer;
use crate::analysis::jobs::Job;
use crate::work::{Event, Priority, Progress};

/// One thing that happens. Numbers travel as numbers; text only in boxes and in the address.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A slider is at this position of its track.
    Slide {
        /// Key of the parameter.
        key: String,
        /// Position, in the units of the track.
        position: f64,
    },
    /// A box holds this text.
    Type {
        /// Key of the parameter.
        key: String,
        /// The text, as typed.
        text: String,
    },
    /// A control is left: a box shows the value that counts, and a movement has ended.
    Leave {
        /// Key of the parameter.
        key: String,
    },
    /// A parameter moves by steps of its slider.
    Step {
        /// Key of the parameter.
        key: String,
        /// Number of steps, negative downwards.
        steps: f64,
    },
    /// One of several options is chosen.
    Choose {
        /// Key of the parameter.
        key: String,
        /// Name of the option.
        option: String,
    },
    /// An input of an experiment (`dresden-ii.exposure`), or each of its inputs (`dresden-ii`), is as in the table again.
    ResetInput {
        /// Its name.
        name: String,
    },
    /// The point of the plane is put somewhere.
    MovePoint {
        /// Mass of N, in MeV.
        mass_mev: f64,
        /// Coupling, in GeV^-1.
        coupling_per_gev: f64,
    },
    /// Another part of the plane is shown.
    ShowPlane {
        /// The part.
        frame: PlaneFrame,
        /// Whether it is on its way, as part of a movement.
        moving: bool,
    },
    /// The visitor points at something in the plane, or at nothing any more. It is no part of what is chosen.
    Point(Option<Pointer>),
    /// A curve of the plane is hidden or shown again.
    ToggleCurve {
        /// Its name.
        name: String,
    },
    /// Something happens to the points that are kept.
    Pins(PinAction),
    /// The point goes where the data of the chosen experiment fit best.
    ShowBestFit,
    /// Arrow keys walk along the limit of the chosen experiment, or move the point freely again.
    WalkAlongLimit(bool),
    /// The page has another address.
    Address {
        /// What stands behind the `#`.
        text: String,
    },
    /// The last change is taken back.
    Undo,
    /// What was taken back comes again.
    Redo,
    /// Everything is as at the start, but for the colours.
    Reset,
    /// Tables that the page lacked have been fetched, or could not be.
    Tables(Option<String>),
    /// A shipped experiment is added.
    AddSample {
        /// Its name.
        name: String,
    },
    /// Every result that is shipped beside the paper's is added, and all curves are shown.
    ShowEveryResult,
    /// An experiment of one's own is added, or takes the place of one of the same name.
    AddText {
        /// Its text.
        text: String,
    },
    /// An experiment that was added is taken away.
    RemoveExperiment {
        /// Its name.
        name: String,
    },
    /// The chosen experiment is wanted as a text to begin with.
    CopyExperiment,
    /// An experiment joins those that are drawn as one, or leaves them.
    Combine {
        /// Its name.
        experiment: String,
    },
    /// Somebody looks at what matters most, or no longer does.
    LookAtSensitivity(bool),
    /// Precise curves and the map are asked for.
    Compute,
    /// They are not wanted any more.
    Cancel,
    /// Something is heard from the workers; with how far they are, if they are at it.
    Work(Box<Event<Job>>, Option<Progress>),
}

/// What an action asks of whoever shows the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The address has changed.
    pub address: bool,
    /// What the workers have to do.
    pub work: Option<WorkOrder>,
}

/// What the workers have to do.
#[derive(Clone, Debug, PartialEq)]
pub enum WorkOrder {
    /// Compute these pieces, and nothing of before with the same priority.
    Start(Vec<Job>, Priority),
    /// Compute nothing any more.
    Stop,
}
