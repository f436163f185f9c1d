//! The spectrum of the chosen experiment, with the numbers beside it.

mod data_view;
mod facts;
mod pinned;
mod runs_view;

pub(super) use pinned::{DASHES, PinnedLine};

use super::pins::PinnedSpectrum;
use super::state::{State, VerticalAxis, View};
use super::view::SpectrumPane;
use super::words;
use crate::analysis::{Analysis, Fit, Store};
use crate::chart::spectrum::{RecoilCurve, RecoilView, recoil};
use crate::chart::{Chart, Dash, Role, Scale};
use crate::experiment::{ExperimentId, ExperimentSpec, IdealSpectrum, Template};
use crate::language::translated;
use crate::small_map::SmallMap;
use crate::{Error, Flavor};
use std::rc::Rc;

/// Points of the recoil spectrum.
pub const SPECTRUM_POINTS: usize = 200;

/// Ideal spectra of the experiments that have been asked for.
#[derive(Debug, Default)]
pub(super) struct Spectra {
    ideal: SmallMap<ExperimentId, (ExperimentSpec, IdealSpectrum)>,
}

/// One experiment at one state: everything that the views are drawn from.
struct Subject<'a> {
    state: &'a State,
    analysis: &'a Analysis,
    ideal: &'a IdealSpectrum,
    /// Dipole counts per keV, at the nominal flux and per strength.
    dipole_per_kev: Vec<f64>,
    /// Dipole counts per strength.
    dipole: Template,
    strength: f64,
    fit: Option<Fit>,
    sm_fit: Option<Fit>,
}

impl Spectra {
    /// The spectrum and the facts of a state.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table, [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
    pub(super) fn pane(
        &mut self,
        store: &mut Store,
        state: &State,
        pinned: &[PinnedLine],
    ) -> Result<SpectrumPane, Error> {
        self.subject(store, state)?.pane(pinned)
    }

    /// The spectra of a pin, given as the state that it restores.
    pub(super) fn pinned(&mut self, store: &mut Store, state: &State) -> Result<PinnedSpectrum, Error> {
        Ok(pinned::spectrum(&self.subject(store, state)?))
    }

    fn subject<'a>(&'a mut self, store: &'a mut Store, state: &'a State) -> Result<Subject<'a>, Error> {
        let analysis = store.analysis(state.experiment, &state.settings)?;
        let spec = analysis.experiment().spec();
        let fresh = || {
            let ideal = IdealSpectrum::over_view(analysis.experiment(), SPECTRUM_POINTS)?;
            Ok::<_, Error>((spec.clone(), ideal))
        };
        let (known, ideal) = self.ideal.get_or_try_insert(state.experiment, fresh)?;
        if known != spec {
            (*known, *ideal) = fresh()?;
        }
        Subject::new(state, analysis, ideal)
    }
}

impl<'a> Subject<'a> {
    fn new(state: &'a State, analysis: &'a Analysis, ideal: &'a IdealSpectrum) -> Result<Self, Error> {
        let benchmark = state.benchmark;
        let (flavor, mass_mev) = (benchmark.flavor, benchmark.mass_mev);
        let dipole = analysis.dipole(flavor, mass_mev);
        let mut dipole_per_kev = vec![0.0; ideal.recoil_kev().len()];
        let ratios = state.settings.weights.ratios(flavor);
        ideal.dipole_mixed_per_kev(ratios, mass_mev, state.settings.sign, &mut dipole_per_kev);
        let strength = benchmark.strength();
        Ok(Self {
            fit: analysis.fit(&dipole, strength)?,
            sm_fit: analysis.sm_fit().cloned(),
            state,
            analysis,
            ideal,
            dipole_per_kev,
            dipole,
            strength,
        })
    }

    fn pane(&self, pinned: &[PinnedLine]) -> Result<SpectrumPane, Error> {
        let experiment = self.analysis.experiment();
        let chart = self.chart(pinned)?;
        Ok(SpectrumPane {
            caption: words::caption(experiment),
            chart: Some(Rc::new(chart)),
            facts: facts::facts(self),
            nuisance_head: words::nuisance_head().map(str::to_owned).into(),
            nuisances: facts::nuisances(self),
            message: self.message(),
            notes: experiment
                .notes()
                .iter()
                .map(|note| translated(note).to_owned())
                .collect(),
            chi2: self.fit.as_ref().map(|fit| fit.chi2),
        })
    }

    /// The spectrum with the pins, on the axis that is chosen.
    fn chart(&self, pinned: &[PinnedLine]) -> Result<Chart, Error> {
        let mut chart = match self.state.view {
            View::Recoil => self.recoil_chart(),
            View::Data => data_view::chart(self)?,
        };
        pinned::draw(self, pinned, &mut chart)?;
        if let Some((first, _)) = pinned.first().filter(|_| self.state.ratio) {
            let pin = words::pin_number(first);
            chart = chart.over(first, &words::ratio_to(&pin), &format!("× {pin}"));
        }
        chart = match self.state.axis {
            VerticalAxis::Usual => chart,
            VerticalAxis::Linear => chart.scaled(Scale::Linear),
            VerticalAxis::Logarithmic => chart.scaled(Scale::Logarithmic),
        };
        Ok(match self.state.held {
            Some(range) => chart.held(range),
            None => chart,
        })
    }

    fn flavor(&self) -> Flavor {
        self.state.benchmark.flavor
    }

    fn title(&self) -> String {
        words::spectrum_title(&self.analysis.name(), self.flavor(), self.state.settings.weights)
    }

    /// SM counts per keV at the state's flux, and those of the dipole.
    fn ideal_rates(&self) -> (Vec<f64>, Vec<f64>) {
        let flux = self.analysis.flux();
        let scaled = |rates: &[f64], factor: f64| rates.iter().map(|rate| rate * factor).collect();
        (
            scaled(self.ideal.sm_per_kev(), flux),
            scaled(&self.dipole_per_kev, flux * self.strength),
        )
    }

    fn recoil_chart(&self) -> Chart {
        let (sm_per_kev, dipole_per_kev) = self.ideal_rates();
        recoil(&RecoilView {
            title: self.title(),
            recoil_kev: self.ideal.recoil_kev(),
            sm_per_kev: &sm_per_kev,
            curves: vec![RecoilCurve {
                name: words::total().to_owned(),
                dipole_per_kev,
                role: Role::Total,
                dash: Dash::Solid,
            }],
            electrons: self.analysis.experiment().counts_electrons_alone(),
            parts: self.state.parts,
        })
    }

    /// Why the dipole gives nothing, in words.
    fn message(&self) -> Option<String> {
        let experiment = self.analysis.experiment();
        if self.analysis.check_flavor(self.flavor()).is_err() {
            return Some(words::no_flux(experiment, self.flavor()));
        }
        let is_seen = self.dipole.total() > 0.0 || self.dipole_per_kev.iter().any(|rate| *rate > 0.0);
        (!is_seen).then(|| words::too_heavy(experiment, self.state.benchmark.mass_mev))
    }
}
