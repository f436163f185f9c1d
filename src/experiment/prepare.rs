//! From an experiment to its prediction, by kind of detector.

use super::{Detector, DetectorSettings, Experiment, Prediction, coherent_csi, dresden_ii, xenon};
use crate::Error;

impl Prediction {
    /// Prepares grids, form factors and response matrices.
    ///
    /// # Errors
    /// [`Error::Table`] for anything missing or malformed, [`Error::Input`] for settings out of range.
    pub fn new(experiment: &Experiment, settings: DetectorSettings) -> Result<Self, Error> {
        match experiment.detector() {
            Detector::Ionisation => dresden_ii::prediction(experiment, settings),
            Detector::Scintillation => coherent_csi::prediction(experiment),
            Detector::Efficiency => xenon::prediction(experiment),
        }
    }

    /// Prepares again what depends on the settings.
    ///
    /// # Errors
    /// As [`Self::new`]; the prediction then stays as it was.
    pub fn set(&mut self, experiment: &Experiment, settings: DetectorSettings) -> Result<(), Error> {
        if experiment.detector() == Detector::Ionisation {
            self.nucleus = dresden_ii::nucleus(experiment, settings)?;
        }
        Ok(())
    }
}
