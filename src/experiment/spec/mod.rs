//! An experiment as typed data: what its table says, checked once.
//!
//! Every row is read by one of the sections, and a row that nothing reads is an error, so that the table is all there is
//! and nothing in it is idle. Sections can be compared: what is prepared from one that has not changed is kept.

mod detector;
mod electron_recoils;
mod pulse_shape;
mod recoil_bins;
mod runs;
mod source;
mod statistic;
mod target;
mod text;

pub use detector::{Detector, DetectorSpec, EfficiencySpec, IonisationSpec, ResponseSpec, Switch};
pub use electron_recoils::{ElectronRecoilsSpec, RunCountsSpec};
pub use pulse_shape::{PulseShapeSpec, ShapedCountingSpec};
pub use recoil_bins::RecoilBins;
pub use source::SourceSpec;
pub use statistic::{IonisationFitSpec, RunsSpec, StatisticKind, StatisticSpec};
pub use target::{Exposure, TargetSpec};

use super::ExperimentId;
use crate::data::table::Table;
use crate::data::{self, Inputs, Reader};
use crate::error::quoted;
use crate::language::translated;
use crate::physics::StandardModel;
use crate::physics::source::ReactorModel;
use crate::{Error, ErrorKind, Flavor};

/// How much background there may be, relative to its table.
const LEVELS: (f64, f64) = (0.0, 1000.0);

/// What a table of `data/experiments/` and the inputs that all share say.
#[derive(Clone, Debug, PartialEq)]
pub struct ExperimentSpec {
    id: ExperimentId,
    origin: Origin,
    /// Header of its table.
    header: Vec<(String, String)>,
    inputs: Inputs,
    name: String,
    order: f64,
    flavor: Flavor,
    view_kev: (f64, f64),
    size_m: f64,
    /// Runs of a detector that its data are of, where there are other analyses of them.
    observed_in: Vec<String>,
    source: SourceSpec,
    target: TargetSpec,
    detector: DetectorSpec,
    statistic: StatisticSpec,
    model: StandardModel,
}

/// Where an experiment is from.
#[derive(Clone, Copy, Debug)]
enum Origin {
    /// A table of `data/`.
    Shipped,
    /// A text of one's own.
    Own,
}

/// It is no part of what an experiment says.
impl PartialEq for Origin {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// By how much an experiment is larger than another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Growth {
    /// Backgrounds: amount of target, and time or beam where counts are not rates.
    pub background: f64,
    /// Time, where counts are rates.
    pub time: f64,
}

impl ExperimentSpec {
    /// Reads the table of an experiment; its name is that of the experiment.
    ///
    /// # Errors
    /// [`ErrorKind::Table`] for a row that is missing, malformed or not known, and for a source, a target, a detector and a
    /// statistic that do not go together.
    pub fn new(id: ExperimentId, table: &Table) -> Result<Self, Error> {
        Self::with_shared(id, table, &data::table(StandardModel::TABLE)?)
    }

    /// The same with another table of what all experiments share.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn with_shared(id: ExperimentId, table: &Table, shared: &Table) -> Result<Self, Error> {
        let inputs = Inputs::new(table)?.over(Inputs::new(shared)?);
        Self::parse(id, table.header().to_vec(), inputs)
    }

    fn parse(id: ExperimentId, header: Vec<(String, String)>, inputs: Inputs) -> Result<Self, Error> {
        let mut reader = Reader::new(&inputs);
        let source = SourceSpec::read(&mut reader)?;
        let target = TargetSpec::read(&mut reader, &source)?;
        let detector = DetectorSpec::read(&mut reader)?;
        let statistic = StatisticSpec::read(&mut reader, &source, &detector)?;
        match (detector.kind(), target.exposure) {
            (Detector::Ionisation, Exposure::Atoms { .. })
            | (Detector::IonisationExcess, Exposure::MassTime { .. }) => {}
            (Detector::Ionisation, _) => {
                let problem = say!("an ionisation spectrum is in counts per day: it needs 'atoms' and 'exposure'");
                return Err(reader.error_at("detector", problem));
            }
            (Detector::IonisationExcess, _) if crate::WORKSHOP => {
                let problem = say!("an excess is in counts of a run: it needs 'target-mass' and 'exposure'");
                return Err(reader.error_at("detector", problem));
            }
            _ => {}
        }
        let spec = Self {
            origin: Origin::Shipped,
            id,
            header,
            name: reader.text("name")?,
            order: reader.number("order")?,
            flavor: reader.choice("flavor")?,
            view_kev: reader.range("view-low", "view-high")?,
            size_m: reader.positive("detector-size")?,
            observed_in: runs::observed_in(&mut reader)?,
            model: StandardModel::read(&mut reader)?,
            source,
            target,
            detector,
            statistic,
            inputs: inputs.clone(),
        };
        reader.finish().map(|()| spec)
    }

    /// The same experiment with another value of one row.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] if there is no such row, or if the value does not fit.
    pub fn overridden(&self, key: &str, value: &str) -> Result<Self, Error> {
        self.with(&[(key, value)])
    }

    /// The same experiment with other values of some rows, of those that can be changed ([`adjustable`](super::adjustable())).
    ///
    /// # Errors
    /// [`ErrorKind::Input`] for a row that there is not, one that cannot be changed, and values that do not fit.
    pub fn edited(&self, changes: &[(&str, &str)]) -> Result<Self, Error> {
        for (key, _) in changes {
            self.check_adjustable(key)?;
        }
        self.with(changes)
    }

    /// Checks that there is an input of this name, and that it can be changed.
    ///
    /// # Errors
    /// [`ErrorKind::Input`] with those that can.
    pub fn check_adjustable(&self, key: &str) -> Result<(), Error> {
        let can_be = |key: &str| super::adjustable(key).is_some();
        let mut keys = self.inputs.rows().iter().map(|row| row.key.as_str());
        if can_be(key) && keys.any(|known| known == key) {
            return Ok(());
        }
        let keys = self.inputs.rows().iter().map(|row| row.key.as_str());
        let keys: Vec<_> = keys.filter(|key| can_be(key)).collect();
        Err(Error::input(
            "input",
            quoted(&format!("{}.{key}", self.id)),
            keys.join(", "),
        ))
    }

    fn with(&self, changes: &[(&str, &str)]) -> Result<Self, Error> {
        let inputs = self.inputs.with(changes)?;
        Self::parse(self.id, self.header.clone(), inputs).map_err(|error| match (error.kind(), changes) {
            (ErrorKind::Table { problem, .. }, [.., (key, value)]) => {
                Error::input(key, quoted(value), problem.as_str())
            }
            _ => error,
        })
    }

    /// Whether anything was observed, so that there is something to compare with.
    #[must_use]
    pub fn has_data(&self) -> bool {
        match &self.detector {
            DetectorSpec::Efficiency { bins: Some(bins), .. } => bins.observed.is_some(),
            DetectorSpec::Ionisation(_)
            | DetectorSpec::Scintillation { .. }
            | DetectorSpec::Efficiency { .. }
            | DetectorSpec::Response(_)
            | DetectorSpec::PulseShape(_)
            | DetectorSpec::ElectronRecoils(_) => true,
        }
    }

    /// By how much this experiment is larger than another, the same with other inputs: what grows its backgrounds, and its time where counts are rates.
    #[must_use]
    pub fn growth(&self, before: &Self) -> Growth {
        let beam = |spec: &Self| match &spec.source {
            SourceSpec::Sns { beam, .. } => beam.protons_on_target,
            SourceSpec::Reactor { .. } | SourceSpec::Sun { .. } => 1.0,
        };
        let level = |spec: &Self| match &spec.statistic {
            StatisticSpec::IonisationFit(fit) => fit.background_level,
            StatisticSpec::Runs(runs) => runs.background_level,
            StatisticSpec::RunCounts(runs) => runs.background_level,
            StatisticSpec::Excess { .. }
            | StatisticSpec::Counting { .. }
            | StatisticSpec::BinnedCounts { .. }
            | StatisticSpec::FluxBound { .. }
            | StatisticSpec::ShapedCounting(_) => 1.0,
        };
        let (amount, time) = match (self.target.exposure, before.target.exposure) {
            (
                Exposure::Atoms { atoms, days },
                Exposure::Atoms {
                    atoms: fewer,
                    days: less,
                },
            ) => (atoms / fewer, days / less),
            (Exposure::MassTime { kg, days }, Exposure::MassTime { kg: fewer, days: less }) => {
                (kg / fewer, days / less)
            }
            (Exposure::Mass { kg }, Exposure::Mass { kg: fewer }) => (kg / fewer * (beam(self) / beam(before)), 1.0),
            (Exposure::TonneYears { tonne_years, .. }, Exposure::TonneYears { tonne_years: fewer, .. }) => {
                (tonne_years / fewer, 1.0)
            }
            // The kind of exposure cannot be edited.
            _ => (1.0, 1.0),
        };
        // Only what is fitted as a spectrum is a rate; counts grow with time, too.
        let is_rate = matches!(self.statistic, StatisticSpec::IonisationFit(_));
        let (amount, time) = if is_rate { (amount, time) } else { (amount * time, 1.0) };
        Growth {
            background: amount * level(self) / level(before),
            time,
        }
    }

    /// Whether it is one of one's own, which nobody else knows.
    #[must_use]
    pub fn is_own(&self) -> bool {
        matches!(self.origin, Origin::Own)
    }

    /// Whether the page does not begin with it, but has it in its workshop.
    #[must_use]
    pub fn is_for_workshop(&self) -> bool {
        crate::WORKSHOP && self.header(data::WORKSHOP).is_some()
    }

    /// The same experiment with a spectrum of its reactor of another model; what has another source stays as it is.
    #[must_use]
    pub fn with_reactor_model(mut self, model: ReactorModel) -> Self {
        if let SourceSpec::Reactor { fuel, flux_per_cm2_s } = &mut self.source {
            fuel.model = model;
            if !crate::WORKSHOP {
                return self;
            }
            // As many antineutrinos as the model has; where its tables are not there, the rate says so.
            if let (Some(fissions_per_cm2_s), Ok(count)) = (fuel.fissions_per_cm2_s, fuel.antineutrinos_per_fission()) {
                *flux_per_cm2_s = count * fissions_per_cm2_s;
            }
        }
        self
    }

    /// Its name as a key.
    #[must_use]
    pub fn id(&self) -> ExperimentId {
        self.id
    }

    /// Place in lists: lower first.
    #[must_use]
    pub fn order(&self) -> f64 {
        self.order
    }

    /// Its name for people, in the language that is spoken.
    #[must_use]
    pub fn name(&self) -> &str {
        translated(&self.name)
    }

    /// Its name as its table has it.
    #[must_use]
    pub fn written_name(&self) -> &str {
        &self.name
    }

    /// Flavour that is shown first.
    #[must_use]
    pub fn flavor(&self) -> Flavor {
        self.flavor
    }

    /// Range of the recoil spectrum that is shown, in keV.
    #[must_use]
    pub fn view_kev(&self) -> (f64, f64) {
        self.view_kev
    }

    /// Size of the detector, in m: within it a decay of N is seen together with the recoil.
    #[must_use]
    pub fn size_m(&self) -> f64 {
        self.size_m
    }

    /// Where the neutrinos are from.
    #[must_use]
    pub fn source(&self) -> &SourceSpec {
        &self.source
    }

    /// What they hit.
    #[must_use]
    pub fn target(&self) -> &TargetSpec {
        &self.target
    }

    /// How recoils are seen.
    #[must_use]
    pub fn detector(&self) -> &DetectorSpec {
        &self.detector
    }

    /// How data are compared with expectation.
    #[must_use]
    pub fn statistic(&self) -> &StatisticSpec {
        &self.statistic
    }

    /// Whether recoils of electrons are seen where the background was fitted, so that limits which they make are optimistic: in an
    /// excess, for they go on to energies above it.
    #[must_use]
    pub fn has_optimistic_electrons(&self) -> bool {
        matches!(self.statistic, StatisticSpec::Excess { .. })
    }

    /// Whether the limit that was to be expected belongs beside that of the data: of several runs, whose data may be lucky.
    #[must_use]
    pub fn shows_expected_limit(&self) -> bool {
        matches!(self.statistic, StatisticSpec::Runs(_))
    }

    /// Runs of a detector that its data are of, where there are other analyses of them: two experiments with a common run are no two measurements.
    #[must_use]
    pub fn observed_in(&self) -> &[String] {
        &self.observed_in
    }

    /// What has to be said beside its limits.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        match &self.statistic {
            StatisticSpec::Excess { remark, .. }
            | StatisticSpec::Runs(RunsSpec { remark, .. })
            | StatisticSpec::RunCounts(RunCountsSpec { remark, .. }) => Some(remark),
            _ => None,
        }
    }

    /// What all experiments share.
    #[must_use]
    pub fn model(&self) -> &StandardModel {
        &self.model
    }

    /// The rows: those of the experiment's table, then those that all share.
    #[must_use]
    pub fn inputs(&self) -> &Inputs {
        &self.inputs
    }
}
