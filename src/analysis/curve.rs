//! Limit curves in the plane of mass and coupling, computed a few masses at a time so that a hand on a slider
//! never waits for them.

pub use crate::analysis::grid::masses_mev;
pub use crate::analysis::request::CurveRequest;

use crate::analysis::{Analysis, Settings};
use crate::experiment::ExperimentId;
use crate::page::workbench::Workbench;
use crate::statistics::{ConfidenceLevel, Dof};
use crate::{Choice, Error, Flavor};
use std::collections::{BTreeMap, VecDeque};

/// Masses of a curve that is computed while something is dragged.
pub const LIVE_MASSES: usize = 60;

/// A limit curve: coupling in GeV^-1 at each mass, `None` where there is no limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// What it was computed for.
    pub request: CurveRequest,
    /// Name of the experiment for people.
    pub name: String,
    /// Masses, in MeV.
    pub masses_mev: Vec<f64>,
    /// Limits, in GeV^-1.
    pub couplings_per_gev: Vec<Option<f64>>,
}

/// The curves on show, and the one being computed.
#[derive(Debug, Default)]
pub struct LiveCurves {
    shown: BTreeMap<ExperimentId, Curve>,
    wanted: BTreeMap<ExperimentId, CurveRequest>,
    waiting: VecDeque<ExperimentId>,
    current: Option<(Box<Analysis>, Curve)>,
}

impl LiveCurves {
    /// Asks for the curves of all experiments that have this flavour. A curve already shown for the
    /// same request is kept; one being computed is finished first, so that a long drag still shows curves on its way.
    ///
    /// # Errors
    /// [`Error::Table`] if an experiment cannot be prepared.
    pub fn ask(
        &mut self,
        workbench: &mut Workbench,
        flavor: Flavor,
        settings: Settings,
        (level, dof): (ConfidenceLevel, Dof),
    ) -> Result<(), Error> {
        let mut wanted = BTreeMap::new();
        for &experiment in ExperimentId::ALL {
            let analysis = workbench.analysis(experiment, settings)?;
            if analysis.experiment().check_flavor(flavor).is_ok() {
                let request = CurveRequest {
                    experiment,
                    flavor,
                    // Changes of what does not matter to an experiment do not ask for a new curve.
                    settings: analysis.relevant_settings(),
                    level,
                    dof,
                };
                wanted.insert(experiment, request);
            }
        }
        // Curves of another flavour would be wrong in this plane; those of other settings are merely late.
        self.shown
            .retain(|experiment, curve| wanted.contains_key(experiment) && curve.request.flavor == flavor);
        self.waiting.retain(|experiment| wanted.contains_key(experiment));
        self.wanted = wanted;
        for experiment in self.wanted.keys() {
            if self.is_stale(*experiment) && !self.waiting.contains(experiment) {
                self.waiting.push_back(*experiment);
            }
        }
        Ok(())
    }

    fn is_stale(&self, experiment: ExperimentId) -> bool {
        self.shown.get(&experiment).map(|curve| &curve.request) != self.wanted.get(&experiment)
    }

    /// Computes until `out_of_time` says so or nothing is left; returns whether a curve was finished.
    ///
    /// # Errors
    /// [`Error::Convergence`] if a fit does not converge.
    pub fn advance(&mut self, workbench: &mut Workbench, out_of_time: impl Fn() -> bool) -> Result<bool, Error> {
        let mut finished = false;
        while !out_of_time() {
            if self.current.is_none() {
                self.begin(workbench)?;
            }
            let Some((analysis, curve)) = &mut self.current else {
                break;
            };
            if let Some(mass_mev) = curve.masses_mev.get(curve.couplings_per_gev.len()) {
                let CurveRequest { flavor, level, dof, .. } = curve.request;
                curve
                    .couplings_per_gev
                    .push(analysis.limit_per_gev(flavor, *mass_mev, level, dof)?);
                continue;
            }
            if let Some((_, curve)) = self.current.take() {
                finished |= self.finish(curve);
            }
        }
        Ok(finished)
    }

    /// Takes the next experiment whose curve is not the wanted one.
    fn begin(&mut self, workbench: &mut Workbench) -> Result<(), Error> {
        while let Some(experiment) = self.waiting.pop_front() {
            let Some(request) = self.wanted.get(&experiment).filter(|_| self.is_stale(experiment)) else {
                continue;
            };
            let analysis = workbench.analysis(experiment, request.settings)?.clone();
            let curve = Curve {
                request: *request,
                name: analysis.experiment().name().to_owned(),
                masses_mev: masses_mev(LIVE_MASSES),
                couplings_per_gev: Vec::with_capacity(LIVE_MASSES),
            };
            self.current = Some((Box::new(analysis), curve));
            break;
        }
        Ok(())
    }

    /// Shows a finished curve if its flavour still is the plane's, and asks again if its settings are old by now.
    fn finish(&mut self, curve: Curve) -> bool {
        let experiment = curve.request.experiment;
        let belongs = self
            .wanted
            .get(&experiment)
            .is_some_and(|wanted| wanted.flavor == curve.request.flavor);
        if belongs {
            self.shown.insert(experiment, curve);
        }
        if self.wanted.contains_key(&experiment) && self.is_stale(experiment) && !self.waiting.contains(&experiment) {
            self.waiting.push_back(experiment);
        }
        belongs
    }

    /// What is wanted of an experiment; `None` if its source does not have the plane's flavour.
    #[must_use]
    pub fn wanted(&self, experiment: ExperimentId) -> Option<&CurveRequest> {
        self.wanted.get(&experiment)
    }

    /// All that is wanted, for the plane's flavour at the present settings.
    pub fn all_wanted(&self) -> impl Iterator<Item = &CurveRequest> {
        self.wanted.values()
    }

    /// Whether every curve on show is the wanted one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.wanted.keys().all(|experiment| !self.is_stale(*experiment))
    }

    /// The curves to draw.
    pub fn shown(&self) -> impl Iterator<Item = &Curve> {
        self.shown.values()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::physics::detector::Quenching;
    use std::cell::Cell;

    fn level() -> (ConfidenceLevel, Dof) {
        (ConfidenceLevel::NINETY, Dof::One)
    }

    #[test]
    fn curves_come_a_few_masses_at_a_time_and_are_those_of_the_core() {
        let mut workbench = Workbench::default();
        let mut curves = LiveCurves::default();
        curves
            .ask(&mut workbench, Flavor::Tau, Settings::default(), level())
            .expect("sound tables");
        let mut rounds = 0;
        while !curves.is_complete() {
            let calls = Cell::new(0);
            let out_of_time = || calls.replace(calls.get() + 1) >= 20;
            curves.advance(&mut workbench, out_of_time).expect("the fits converge");
            rounds += 1;
        }
        assert!(rounds > 3);
        let shown: Vec<_> = curves.shown().collect();
        assert_eq!(shown.len(), 2);
        let analysis = Analysis::new(ExperimentId::Xenon1t, Settings::default()).expect("sound tables");
        let expected = analysis
            .limit_per_gev(Flavor::Tau, shown[0].masses_mev[7], level().0, level().1)
            .expect("the search converges");
        assert_eq!(shown[0].couplings_per_gev[7], expected);
    }

    #[test]
    fn a_drag_that_never_rests_still_shows_curves() {
        let mut workbench = Workbench::default();
        let mut curves = LiveCurves::default();
        let mut finished = 0;
        for frame in 0..40 {
            let settings = Settings {
                flux: 1.0 + 0.001 * f64::from(frame),
                ..Settings::default()
            };
            curves
                .ask(&mut workbench, Flavor::Tau, settings, level())
                .expect("sound tables");
            let calls = Cell::new(0);
            let out_of_time = || calls.replace(calls.get() + 1) >= 20;
            finished += usize::from(curves.advance(&mut workbench, out_of_time).expect("the fits converge"));
        }
        assert!(finished >= 8, "{finished} curves in 40 frames");
        curves.advance(&mut workbench, || false).expect("the fits converge");
        assert!(curves.is_complete());
    }

    #[test]
    fn settings_of_germanium_do_not_touch_the_others() {
        let mut workbench = Workbench::default();
        let mut curves = LiveCurves::default();
        curves
            .ask(&mut workbench, Flavor::Muon, Settings::default(), level())
            .expect("sound tables");
        curves.advance(&mut workbench, || false).expect("the fits converge");
        let mut settings = Settings::default();
        settings.detector.quenching = Quenching::Ybe;
        curves
            .ask(&mut workbench, Flavor::Muon, settings, level())
            .expect("sound tables");
        assert!(curves.is_complete());
    }
}
