//! What is computed for the pins: once for each, since a pin does not change.

use super::Pin;
use crate::Error;
use crate::analysis::Store;
use crate::analysis::curve::{Curve, CurveRequest, Trace, live_masses_mev};
use crate::analysis::verdict::{PointResult, point_result};
use crate::experiment::Registry;
use crate::page::spectrum::Spectra;
use std::rc::Rc;
use std::sync::Arc;

/// Spectra of a pin, SM and dipole together.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::page) struct PinnedSpectrum {
    /// Counts per keV at the recoil energies of the view of its experiment.
    pub(in crate::page) per_kev: Vec<f64>,
    /// Counts of the signal in each bin of the data, normalised by the fit where there is one.
    pub(in crate::page) signal: Vec<f64>,
    /// The same with the fitted backgrounds.
    pub(in crate::page) total: Vec<f64>,
}

/// A pin with what is known of it.
#[derive(Debug)]
pub(in crate::page) struct Pinned {
    pub(in crate::page) pin: Pin,
    pub(in crate::page) known: Result<Known, Error>,
    /// Its limits, and the masses for which they were made fine.
    curve: Option<(Arc<Curve>, (f64, f64))>,
}

/// What is known of a pin at once.
#[derive(Debug)]
pub(in crate::page) struct Known {
    pub(in crate::page) request: CurveRequest,
    pub(in crate::page) result: PointResult,
    pub(in crate::page) spectrum: Rc<PinnedSpectrum>,
}

impl Pinned {
    pub(in crate::page) fn curve(&self) -> Option<&Curve> {
        self.curve.as_ref().map(|(curve, _)| curve.as_ref())
    }

    fn is_stale(&self, view_mev: (f64, f64)) -> bool {
        self.known.is_ok() && self.curve.as_ref().is_none_or(|(_, fine_mev)| *fine_mev != view_mev)
    }
}

/// Every pin, with analyses of its own: those of the page keep the settings of the page.
#[derive(Debug, Default)]
pub(in crate::page) struct Board {
    store: Option<Store>,
    spectra: Spectra,
    pinned: Vec<Pinned>,
    /// What is being traced, and the masses for which it is fine.
    current: Option<(Trace, (f64, f64))>,
    view_mev: (f64, f64),
}

impl Board {
    /// Asks for these pins, with limits that are fine for the masses of a view.
    pub(in crate::page) fn ask(&mut self, registry: &Registry, pins: &[Pin], view_mev: (f64, f64)) {
        self.view_mev = view_mev;
        let mut before = std::mem::take(&mut self.pinned);
        for pin in pins {
            let kept = before.iter().position(|known| known.pin.is_same(pin));
            let pinned = match kept {
                Some(index) => Pinned {
                    pin: pin.clone(),
                    ..before.swap_remove(index)
                },
                None => Pinned {
                    known: self.compute(registry, pin),
                    pin: pin.clone(),
                    curve: None,
                },
            };
            self.pinned.push(pinned);
        }
    }

    fn compute(&mut self, registry: &Registry, pin: &Pin) -> Result<Known, Error> {
        let store = self.store.get_or_insert_with(|| Store::new(registry.clone()));
        let spectrum = Rc::new(self.spectra.pinned(store, &pin.state())?);
        let analysis = store.analysis(pin.experiment, &pin.settings)?;
        Ok(Known {
            request: CurveRequest::of(analysis, pin.benchmark.flavor, pin.confidence),
            result: point_result(analysis, pin.benchmark, pin.confidence)?,
            spectrum,
        })
    }

    /// Traces limits until the time is up.
    pub(in crate::page) fn advance(&mut self, mut out_of_time: impl FnMut() -> bool) {
        while !out_of_time() {
            if self.current.is_none() {
                self.current = self.begin();
            }
            let Some((trace, _)) = &mut self.current else { return };
            if !trace.step()
                && let Some((trace, view_mev)) = self.current.take()
            {
                self.finish(trace.into_curve(), view_mev);
            }
        }
    }

    /// The next limits that are missing.
    fn begin(&mut self) -> Option<(Trace, (f64, f64))> {
        let (store, view_mev) = (self.store.as_mut()?, self.view_mev);
        let mut stale = self.pinned.iter_mut().filter(|pinned| pinned.is_stale(view_mev));
        stale.find_map(|pinned| {
            let request = pinned.known.as_ref().ok()?.request.clone();
            match store.analysis(request.experiment, &request.settings) {
                Ok(analysis) => {
                    let trace = Trace::new(request, analysis.clone(), &live_masses_mev(view_mev));
                    Some((trace, view_mev))
                }
                Err(error) => {
                    pinned.known = Err(error);
                    None
                }
            }
        })
    }

    /// Pins that differ in their point only have the same limits.
    fn finish(&mut self, curve: Curve, view_mev: (f64, f64)) {
        let curve = Arc::new(curve);
        for pinned in &mut self.pinned {
            if pinned.known.as_ref().is_ok_and(|known| known.request == curve.request) {
                pinned.curve = Some((Arc::clone(&curve), view_mev));
            }
        }
    }

    /// Whether nothing is left to compute.
    pub(in crate::page) fn is_complete(&self) -> bool {
        !self.pinned.iter().any(|pinned| pinned.is_stale(self.view_mev))
    }

    /// Every pin, in order.
    pub(in crate::page) fn pinned(&self) -> &[Pinned] {
        &self.pinned
    }
}
