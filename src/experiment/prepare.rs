//! From an experiment to its prediction, by kind of detector.

use super::prediction::Timed;
use super::{
    DetectorSettings, DetectorSpec, Experiment, Prediction, efficiency, electron_recoils, ionisation, pulse_shape,
    response, scintillation,
};
use crate::Error;
use crate::error::in_range;

impl Prediction {
    /// Prepares grids, form factors and response matrices.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for anything missing or malformed, [`ErrorKind::Input`](crate::ErrorKind::Input) for settings out of range.
    pub fn new(experiment: &Experiment, settings: DetectorSettings) -> Result<Self, Error> {
        Self::refined(experiment, settings, 1.0)
    }

    /// The same with cells of recoil energy that are narrower by a factor, to measure the error of the integration: against
    /// 16 times as many cells bins above 1 % of the largest are right to 3e-5, limits to 1e-5 (`tests/integration.rs`).
    ///
    /// # Errors
    /// As [`Self::new`], and [`ErrorKind::Input`](crate::ErrorKind::Input) for a factor that is not a number from 1 to 100.
    pub fn refined(experiment: &Experiment, settings: DetectorSettings, refinement: f64) -> Result<Self, Error> {
        let factor = in_range("refinement", refinement, 1.0, 100.0)?;
        match experiment.spec().detector() {
            DetectorSpec::Ionisation(spec) => ionisation::prediction(experiment, spec, settings, factor),
            DetectorSpec::Scintillation { light, data, timing } => {
                scintillation::prediction(experiment, light, (data, *timing), factor)
            }
            DetectorSpec::Efficiency { .. } => efficiency::prediction(experiment, factor),
            // The rows of its table are the only nodes there are.
            DetectorSpec::Response(spec) if crate::WORKSHOP => response::prediction(experiment, spec),
            DetectorSpec::PulseShape(spec) if crate::WORKSHOP => pulse_shape::prediction(experiment, spec, factor),
            DetectorSpec::ElectronRecoils(spec) if crate::WORKSHOP => {
                electron_recoils::prediction(experiment, spec, factor)
            }
            DetectorSpec::Response(_) | DetectorSpec::PulseShape(_) | DetectorSpec::ElectronRecoils(_) => {
                Err(experiment.inputs().error("detector"))
            }
        }
    }

    /// Prepares again what depends on the settings.
    ///
    /// # Errors
    /// As [`Self::new`]; the prediction then stays as it was.
    pub fn set(&mut self, experiment: &Experiment, settings: DetectorSettings) -> Result<(), Error> {
        if let DetectorSpec::Ionisation(spec) = experiment.spec().detector() {
            self.nucleus = ionisation::nucleus(experiment, spec, settings)?;
        }
        Ok(())
    }

    /// The prediction for `after`, an experiment that differs from `before`, to which this one belongs, in some sections
    /// of its specification: response matrices are kept unless detector, elements or tables of matter change.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn respecified(
        &self,
        before: &Experiment,
        after: &Experiment,
        settings: DetectorSettings,
    ) -> Result<Self, Error> {
        let (old, new) = (before.spec(), after.spec());
        let tables = |spec: &super::ExperimentSpec| {
            let model = spec.model();
            (model.nuclides_table.clone(), model.shells_table.clone())
        };
        if old.detector() != new.detector()
            || old.target().elements != new.target().elements
            || tables(old) != tables(new)
        {
            return Self::new(after, settings);
        }
        let mut changed = self.clone();
        if !before.same_matter(new) {
            changed.nucleus = self.nucleus.with_particles(after.nuclei());
            let electron = self.electron.as_ref();
            changed.electron = electron.map(|electron| electron.with_particles(after.electrons()));
        }
        if let DetectorSpec::Ionisation(_) = new.detector() {
            changed.per_exposure = ionisation::per_day(after);
        }
        if old.source() != new.source() {
            changed.timed = match (new.detector(), &self.binning.time) {
                (DetectorSpec::Scintillation { light, .. }, Some(time)) => {
                    scintillation::timed(after, light, &time.edges)?
                }
                (DetectorSpec::PulseShape(spec), Some(time)) if crate::WORKSHOP => {
                    pulse_shape::timed(after, spec, &time.edges)
                }
                _ => Timed::steady(after),
            };
        }
        Ok(changed)
    }
}
