//! Matching the data by hand: how near a visitor has come to the best fit, without saying where that is.

use super::state::State;
use super::view::MatchPane;
use super::words;
use crate::Error;
use crate::analysis::curve::CurveRequest;
use crate::analysis::{Analysis, BestFit, Store};

/// What the hand has found, for the settings that it was found with.
#[derive(Debug, Default)]
pub(super) struct Matching {
    of: Option<CurveRequest>,
    /// Lowest chi-square so far.
    lowest: f64,
    /// Whether the best fit has been shown.
    shown: bool,
}

fn request(analysis: &Analysis, state: &State) -> CurveRequest {
    // The level makes no difference to a fit.
    CurveRequest::of(analysis, state.benchmark.flavor, State::default().confidence)
}

impl Matching {
    /// Takes the chi-square of a state's point; what is said about it.
    pub(super) fn take(&mut self, store: &mut Store, state: &State, chi2: Option<f64>) -> Result<MatchPane, Error> {
        let analysis = store.analysis(state.experiment, &state.settings)?;
        let name = analysis.experiment().name();
        let flux = analysis.experiment().check_flavor(state.benchmark.flavor);
        let Some(chi2) = chi2.filter(|_| flux.is_ok()) else {
            let text = if flux.is_ok() {
                words::no_match(name)
            } else {
                String::new()
            };
            return Ok(MatchPane { text, possible: false });
        };
        let request = request(analysis, state);
        if self.of.as_ref() != Some(&request) {
            *self = Self {
                of: Some(request),
                lowest: chi2,
                shown: false,
            };
        }
        // What is shown has not been found.
        if !self.shown {
            self.lowest = self.lowest.min(chi2);
        }
        let flavor = state.benchmark.flavor;
        let best = analysis.known_best_fit(flavor).filter(|_| self.shown);
        let decays = best.is_some_and(|best| {
            let ceiling = analysis.ceiling_per_gev(flavor, best.mass_mev);
            ceiling.is_some_and(|ceiling| best.coupling_per_gev > ceiling)
        });
        Ok(MatchPane {
            text: words::matched(
                chi2,
                self.lowest,
                best.as_ref().map(|best| (best, decays)),
                state.coupling_unit,
            ),
            possible: true,
        })
    }

    /// The best fit of a state's experiment over all masses, which is no secret any more.
    pub(super) fn best_fit(&mut self, store: &mut Store, state: &State) -> Result<Option<BestFit>, Error> {
        let analysis = store.analysis(state.experiment, &state.settings)?;
        let best = analysis.best_fit(state.benchmark.flavor)?;
        self.shown = self.of == Some(request(analysis, state));
        Ok(best)
    }
}
