//! The curves of all experiments, kept up with a hand that changes settings.

use super::{Curve, CurveRequest, LIVE_MASSES, Trace};
use crate::analysis::grid::{PLANE_MASS_MEV, masses_mev};
use crate::analysis::{Settings, Store, Subject};
use crate::experiment::ExperimentId;
use crate::numerics::grid::logarithmic;
use crate::numerics::order::sort_numbers;
use crate::small_map::SmallMap;
use crate::statistics::Confidence;
use crate::{Error, Flavor};
use std::collections::VecDeque;
use std::sync::Arc;

/// Masses of a curve outside of what is in view.
const COARSE_MASSES: usize = 20;

/// What there is of an experiment's curve.
#[derive(Clone, Debug, Default)]
pub struct CurveSlot {
    /// What is asked for; `None` where the experiment gives no limit for it.
    wanted: Option<CurveRequest>,
    /// Why there is no curve: a level that is not published, a broken table.
    problem: Option<Error>,
    /// The curve on show: the one asked for, or (late) one for other settings.
    shown: Option<Arc<Curve>>,
    /// The masses, in MeV, among which it is fine.
    fine_mev: (f64, f64),
}

impl CurveSlot {
    fn is_stale(&self, fine_mev: (f64, f64)) -> bool {
        let shown = self.shown.as_ref();
        self.wanted.as_ref() != shown.map(|curve| &curve.request) || (shown.is_some() && self.fine_mev != fine_mev)
    }

    /// What is asked for; `None` where the experiment gives no limit for it.
    #[must_use]
    pub fn wanted(&self) -> Option<&CurveRequest> {
        self.wanted.as_ref()
    }

    /// Why there is no curve, or the first error of one of its points.
    #[must_use]
    pub fn problem(&self) -> Option<&Error> {
        self.problem.as_ref().or_else(|| self.shown.as_ref()?.first_error())
    }

    /// The curve to draw.
    #[must_use]
    pub fn curve(&self) -> Option<&Arc<Curve>> {
        self.shown.as_ref()
    }
}

/// The curves on show, and the one being computed.
#[derive(Debug, Default)]
pub struct LiveCurves {
    slots: SmallMap<ExperimentId, CurveSlot>,
    waiting: VecDeque<ExperimentId>,
    current: Option<Trace>,
    /// The masses in view, in MeV, and those of the curve being computed.
    view_mev: (f64, f64),
    current_mev: (f64, f64),
}

/// Masses of a live curve: all over the plane and, where less of it is in view, as many there.
#[must_use]
pub fn live_masses_mev(view_mev: (f64, f64)) -> Vec<f64> {
    if view_mev == PLANE_MASS_MEV {
        return masses_mev(LIVE_MASSES);
    }
    let mut masses = masses_mev(COARSE_MASSES);
    masses.extend(logarithmic(view_mev.0, view_mev.1, LIVE_MASSES));
    sort_numbers(&mut masses);
    masses.dedup();
    masses
}

impl LiveCurves {
    /// Asks for the curves of all experiments whose source has this flavour. A curve already shown for the
    /// same request is kept; one being computed is finished first, so that a long drag still shows curves on its way.
    ///
    /// An experiment that cannot be prepared, or gives nothing at this confidence, keeps its error in its slot; the
    /// others go on.
    ///
    /// `view_mev`: least and largest mass that are in view, where the curves are to be fine.
    ///
    /// `combined`: experiments that have a curve as one, too.
    pub fn ask(
        &mut self,
        store: &mut Store,
        (flavor, confidence): (Flavor, Confidence),
        settings: &Settings,
        combined: &[ExperimentId],
        view_mev: (f64, f64),
    ) {
        self.view_mev = view_mev;
        let mut experiments: Vec<_> = store.registry().ids().collect();
        // One experiment alone is drawn already.
        if crate::WORKSHOP && combined.len() > 1 {
            experiments.push(ExperimentId::COMBINATION);
        }
        self.slots.retain(|id, _| experiments.contains(id));
        for id in experiments {
            let request = |subject: &dyn Subject| {
                let possible = subject.check_confidence(confidence);
                possible.map(|()| CurveRequest::of(subject, flavor, confidence))
            };
            let subject = if crate::WORKSHOP && id == ExperimentId::COMBINATION {
                store
                    .combination(combined, settings)
                    .map(|combination| combination as &dyn Subject)
            } else {
                store.analysis(id, settings).map(|analysis| analysis as &dyn Subject)
            };
            let wanted = match subject {
                Ok(subject) if subject.check_flavor(flavor).is_err() => {
                    self.slots.remove(&id);
                    continue;
                }
                subject => subject.and_then(request),
            };
            let slot = self.slots.get_or_insert_with(id, CurveSlot::default);
            // A curve of another flavour would be wrong in this plane; one of other settings is merely late.
            slot.shown.take_if(|curve| curve.request.flavor != flavor);
            match wanted {
                Ok(request) => {
                    slot.problem = None;
                    slot.wanted = Some(request);
                }
                Err(error) => {
                    *slot = CurveSlot {
                        problem: Some(error),
                        ..CurveSlot::default()
                    };
                }
            }
            if slot.is_stale(view_mev) && !self.waiting.contains(&id) {
                self.waiting.push_back(id);
            }
        }
    }

    /// Computes until `out_of_time` says so or nothing is left; returns whether a curve was finished.
    pub fn advance(&mut self, store: &mut Store, mut out_of_time: impl FnMut() -> bool) -> bool {
        let mut finished = false;
        while !out_of_time() {
            if self.current.is_none() {
                self.begin(store);
            }
            let Some(trace) = &mut self.current else { break };
            if !trace.step()
                && let Some(trace) = self.current.take()
            {
                finished |= self.finish(trace.into_curve());
            }
        }
        finished
    }

    /// Takes the next experiment whose curve is not the wanted one.
    fn begin(&mut self, store: &mut Store) {
        while let Some(id) = self.waiting.pop_front() {
            let Some(slot) = self.slots.get_mut(&id).filter(|slot| slot.is_stale(self.view_mev)) else {
                continue;
            };
            let Some(request) = slot.wanted.clone() else { continue };
            match store.subject(&request) {
                Ok(subject) => {
                    let masses = live_masses_mev(self.view_mev);
                    self.current = Some(Trace::new(request, subject.boxed(), &masses));
                    self.current_mev = self.view_mev;
                    return;
                }
                Err(error) => slot.problem = Some(error),
            }
        }
    }

    /// Shows a finished curve if its flavour still is the plane's, and asks again if its settings are old by now.
    fn finish(&mut self, curve: Curve) -> bool {
        let id = curve.request.experiment;
        let Some(slot) = self.slots.get_mut(&id) else {
            return false;
        };
        let belongs = slot
            .wanted
            .as_ref()
            .is_some_and(|wanted| wanted.flavor == curve.request.flavor);
        if belongs {
            slot.shown = Some(Arc::new(curve));
            slot.fine_mev = self.current_mev;
        }
        if slot.wanted.is_some() && slot.is_stale(self.view_mev) && !self.waiting.contains(&id) {
            self.waiting.push_back(id);
        }
        belongs
    }

    /// What there is of an experiment's curve; `None` if its source does not have the plane's flavour.
    #[must_use]
    pub fn slot(&self, id: ExperimentId) -> Option<&CurveSlot> {
        self.slots.get(&id)
    }

    /// Every curve that is asked for.
    pub fn wanted(&self) -> impl Iterator<Item = &CurveRequest> {
        self.slots.values().filter_map(CurveSlot::wanted)
    }

    /// Whether every curve on show is the wanted one.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.slots
            .values()
            .all(|slot| slot.wanted.is_none() || !slot.is_stale(self.view_mev) || slot.problem.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Fluxes;
    use crate::physics::detector::Quenching;
    use crate::physics::source::SourceKind;
    use crate::statistics::ConfidenceLevel;
    use std::cell::Cell;

    fn store() -> Store {
        Store::built_in().expect("sound tables")
    }

    #[test]
    fn curves_come_a_few_masses_at_a_time_and_are_those_of_the_core() {
        let (mut store, mut curves) = (store(), LiveCurves::default());
        curves.ask(
            &mut store,
            (Flavor::Tau, Confidence::PAPER),
            &Settings::default(),
            &[],
            PLANE_MASS_MEV,
        );
        let mut rounds = 0;
        while !curves.is_complete() {
            let calls = Cell::new(0);
            curves.advance(&mut store, || calls.replace(calls.get() + 1) >= 20);
            rounds += 1;
        }
        assert!(rounds > 3);
        let slot = curves.slot(ExperimentId::XENON1T).expect("the Sun has tau neutrinos");
        let point = &slot.curve().expect("a curve").points[7];
        let analysis = store
            .analysis(ExperimentId::XENON1T, &Settings::default())
            .expect("sound tables");
        assert_eq!(
            point.limit_per_gev,
            analysis.limit_per_gev(Flavor::Tau, point.mass_mev, Confidence::PAPER)
        );
        assert!(
            curves.slot(ExperimentId::DRESDEN_II).is_none(),
            "a reactor has no tau neutrinos"
        );
    }

    #[test]
    fn a_drag_that_never_rests_still_shows_curves() {
        let (mut store, mut curves) = (store(), LiveCurves::default());
        let mut finished = 0;
        for frame in 0..40 {
            let settings = Settings {
                fluxes: Fluxes::default().with(SourceKind::Sun, 1.0 + 0.001 * f64::from(frame)),
                ..Settings::default()
            };
            curves.ask(
                &mut store,
                (Flavor::Tau, Confidence::PAPER),
                &settings,
                &[],
                PLANE_MASS_MEV,
            );
            let calls = Cell::new(0);
            finished += usize::from(curves.advance(&mut store, || calls.replace(calls.get() + 1) >= 24));
        }
        assert!(finished >= 8, "{finished} curves in 40 frames");
        curves.advance(&mut store, || false);
        assert!(curves.is_complete());
    }

    #[test]
    fn settings_of_germanium_and_of_another_source_do_not_touch_the_others() {
        let (mut store, mut curves) = (store(), LiveCurves::default());
        curves.ask(
            &mut store,
            (Flavor::Muon, Confidence::PAPER),
            &Settings::default(),
            &[],
            PLANE_MASS_MEV,
        );
        curves.advance(&mut store, || false);
        let mut settings = Settings::default();
        settings.detector.quenching = Quenching::Ybe;
        settings.fluxes = settings.fluxes.with(SourceKind::Reactor, 2.0);
        curves.ask(
            &mut store,
            (Flavor::Muon, Confidence::PAPER),
            &settings,
            &[],
            PLANE_MASS_MEV,
        );
        assert!(curves.is_complete());
    }

    /// A published bound stands for 90 % and one degree of freedom: at another level the slot says so, and the
    /// curve of before is gone.
    #[test]
    fn an_experiment_without_a_result_says_why_and_the_others_go_on() {
        let (mut store, mut curves) = (store(), LiveCurves::default());
        curves.ask(
            &mut store,
            (Flavor::Muon, Confidence::PAPER),
            &Settings::default(),
            &[],
            PLANE_MASS_MEV,
        );
        curves.advance(&mut store, || false);
        let confidence = Confidence {
            level: ConfidenceLevel::new(0.901).expect("a level"),
            ..Confidence::PAPER
        };
        curves.ask(
            &mut store,
            (Flavor::Muon, confidence),
            &Settings::default(),
            &[],
            PLANE_MASS_MEV,
        );
        curves.advance(&mut store, || false);
        let xenon = curves.slot(ExperimentId::XENON1T).expect("the Sun has muon neutrinos");
        assert!(
            matches!(
                xenon.problem().map(Error::kind),
                Some(crate::ErrorKind::Unavailable { .. })
            ) && xenon.curve().is_none()
        );
        let coherent = curves
            .slot(ExperimentId::COHERENT_CSI)
            .expect("the SNS has muon neutrinos");
        assert!(coherent.problem().is_none() && coherent.curve().is_some());
        assert!(curves.is_complete());
    }
}
