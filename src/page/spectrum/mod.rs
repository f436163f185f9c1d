//! What the page shows for a state: charts and facts, from analyses that are prepared once and lazily.

mod data_view;
mod facts;

pub use facts::{Fact, NuisanceFact};

use crate::analysis::{Analysis, Fit, Settings};
use crate::chart::spectrum::{RecoilCurve, RecoilView, recoil};
use crate::chart::{Chart, Dash, Role};
use crate::experiment::{Experiment, ExperimentId, ExperimentSpec, IdealSpectrum, Registry, Template};
use crate::page::state::{State, View};
use crate::{Error, Flavor};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Points of the recoil spectrum.
pub const SPECTRUM_POINTS: usize = 200;
/// Name of SM and dipole together.
const TOTAL: &str = "SM + dipole";

/// A spectrum with what there is to say about it.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The chart.
    pub chart: Chart,
    /// Numbers.
    pub facts: Vec<Fact>,
    /// Fitted nuisance parameters.
    pub nuisances: Vec<NuisanceFact>,
    /// Why there is no dipole signal, if there is none.
    pub message: Option<String>,
    /// Remarks that belong to every number of the experiment.
    pub notes: Vec<String>,
}

/// Analyses and spectra of the experiments that have been asked for.
#[derive(Clone, Debug)]
pub struct Workbench {
    registry: Registry,
    benches: BTreeMap<ExperimentId, Bench>,
}

/// One experiment, prepared.
#[derive(Clone, Debug)]
struct Bench {
    analysis: Analysis,
    ideal: IdealSpectrum,
    /// Dipole counts per keV, kept to be written over.
    dipole_per_kev: Vec<f64>,
    notes: Vec<String>,
}

/// Counts and fits at one state: everything that the views are drawn from.
struct Computed {
    dipole: Template,
    strength: f64,
    fit: Option<Fit>,
    sm_fit: Option<Fit>,
}

impl Workbench {
    /// A workbench for the experiments of a registry.
    #[must_use]
    pub fn new(registry: Registry) -> Self {
        Self {
            registry,
            benches: BTreeMap::new(),
        }
    }

    /// The experiments there are.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The spectrum and the facts of a state.
    ///
    /// # Errors
    /// [`Error::Table`] for a broken table, [`Error::Convergence`] if a fit does not converge.
    pub fn show(&mut self, state: &State) -> Result<Shown, Error> {
        let bench = self.bench(state.experiment, state.settings)?;
        let computed = bench.compute(state)?;
        let chart = match state.view {
            View::Recoil => bench.recoil_chart(state, computed.strength),
            View::Data => data_view::chart(bench, &computed, state)?,
        };
        Ok(Shown {
            chart,
            facts: facts::facts(bench, &computed),
            nuisances: facts::nuisances(bench, &computed),
            message: bench.message(state, &computed),
            notes: bench.notes.clone(),
        })
    }

    /// The experiment of a state, for what its inputs are.
    ///
    /// # Errors
    /// [`Error::Table`] for a broken table.
    pub fn experiment(&mut self, state: &State) -> Result<&Experiment, Error> {
        Ok(self.bench(state.experiment, state.settings)?.analysis.experiment())
    }

    /// The analysis of an experiment at some settings.
    ///
    /// # Errors
    /// [`Error::Table`] for a broken table, [`Error::Input`] for settings out of range.
    pub fn analysis(&mut self, experiment: ExperimentId, settings: Settings) -> Result<&Analysis, Error> {
        Ok(&self.bench(experiment, settings)?.analysis)
    }

    fn bench(&mut self, experiment: ExperimentId, settings: Settings) -> Result<&mut Bench, Error> {
        let bench = match self.benches.entry(experiment) {
            Entry::Occupied(bench) => bench.into_mut(),
            Entry::Vacant(place) => place.insert(Bench::new(self.registry.get(experiment)?, settings)?),
        };
        bench.analysis.set(settings)?;
        Ok(bench)
    }
}

impl Bench {
    fn new(spec: &ExperimentSpec, settings: Settings) -> Result<Self, Error> {
        let analysis = Analysis::new(spec, settings)?;
        let ideal = IdealSpectrum::over_view(analysis.experiment(), SPECTRUM_POINTS)?;
        Ok(Self {
            dipole_per_kev: vec![0.0; SPECTRUM_POINTS],
            notes: analysis.experiment().notes()?,
            ideal,
            analysis,
        })
    }

    fn compute(&mut self, state: &State) -> Result<Computed, Error> {
        let benchmark = state.benchmark;
        let dipole = self.analysis.dipole(benchmark.flavor, benchmark.mass_mev);
        let strength = benchmark.strength();
        let fit = self.analysis.fit(&dipole, strength)?;
        self.ideal.dipole_per_kev(
            benchmark.flavor,
            benchmark.mass_mev,
            state.settings.sign,
            &mut self.dipole_per_kev,
        );
        Ok(Computed {
            dipole,
            strength,
            fit,
            sm_fit: self.analysis.sm_fit().cloned(),
        })
    }

    fn name(&self) -> &str {
        self.analysis.experiment().name()
    }

    fn title(&self, flavor: Flavor) -> String {
        format!("{}, dipole of ν{}", self.name(), flavor.symbol())
    }

    /// SM counts per keV at the state's flux, and those of the dipole.
    fn ideal_rates(&self, strength: f64) -> (Vec<f64>, Vec<f64>) {
        let flux = self.analysis.flux();
        (
            self.ideal.sm_per_kev().iter().map(|rate| rate * flux).collect(),
            self.dipole_per_kev.iter().map(|rate| rate * flux * strength).collect(),
        )
    }

    fn recoil_chart(&self, state: &State, strength: f64) -> Chart {
        let (sm_per_kev, dipole_per_kev) = self.ideal_rates(strength);
        recoil(&RecoilView {
            title: self.title(state.benchmark.flavor),
            recoil_kev: self.ideal.recoil_kev(),
            sm_per_kev: &sm_per_kev,
            curves: vec![RecoilCurve {
                name: TOTAL.to_owned(),
                dipole_per_kev,
                role: Role::Total,
                dash: Dash::Solid,
            }],
            parts: state.parts,
        })
    }

    /// Why the dipole gives nothing, in words.
    fn message(&self, state: &State, computed: &Computed) -> Option<String> {
        let experiment = self.analysis.experiment();
        let flavor = state.benchmark.flavor;
        if experiment.check_flavor(flavor).is_err() {
            let known: Vec<_> = experiment
                .flavors()
                .map(|flavor| format!("ν{}", flavor.symbol()))
                .collect();
            return Some(format!(
                "The source of {} has no ν{}: a dipole of this flavour adds nothing to its spectrum. It has {}.",
                self.name(),
                flavor.symbol(),
                known.join(", ")
            ));
        }
        let seen = computed.dipole.total() > 0.0 || self.dipole_per_kev.iter().any(|rate| *rate > 0.0);
        (!seen).then(|| {
            format!(
                "N of {} MeV is too heavy for the neutrinos of {}: the spectrum is that of the SM.",
                state.benchmark.mass_mev,
                self.name()
            )
        })
    }
}
