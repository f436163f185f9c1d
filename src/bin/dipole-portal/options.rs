//! Options that several commands share; the names are those of the page.

use crate::numbers::within;
use crate::output::note;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dipole_portal::analysis::{Benchmark, COUPLING_RANGE_PER_GEV, FLUX_RANGE, Fluxes, MASS_RANGE_MEV, Settings};
use dipole_portal::experiment::{Detector, DetectorSettings, Experiment, ExperimentId, ExperimentSpec, Registry};
use dipole_portal::page::state::State;
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::{LINDHARD_K_RANGE, Quenching};
use dipole_portal::{Choice, Error, Flavor};
use std::sync::Arc;

/// Reader of a named choice of the core, which lists its members in `--help`.
pub(crate) fn choice<C: Choice + Send + Sync>() -> impl TypedValueParser<Value = C> {
    PossibleValuesParser::new(C::ALL.iter().map(|member| member.name())).try_map(|name| C::from_name(&name))
}

/// Reader of the name of an experiment.
fn experiment(name: &str) -> Result<Arc<ExperimentSpec>, Error> {
    let registry = Registry::built_in()?;
    ExperimentId::new(name).map_or_else(|_| unknown(&registry, name), |id| registry.get(id).cloned())
}

/// The error of a name that cannot be one.
fn unknown(registry: &Registry, name: &str) -> Result<Arc<ExperimentSpec>, Error> {
    let names: Vec<_> = registry.ids().map(|id| id.to_string()).collect();
    Err(Error::input("experiment", format!("'{name}'"), names.join(", ")))
}

/// Help of an option whose default is that of the page.
fn with_default(help: &str, key: &str) -> String {
    let default = State::default().get(key).unwrap_or_default();
    format!("{help} [default: {default}]")
}

/// Which experiment, and which flavour the dipole couples to.
#[derive(Args)]
pub(crate) struct ExperimentOptions {
    /// Experiment
    #[arg(long, value_name = "NAME", value_parser = experiment)]
    pub(crate) experiment: Arc<ExperimentSpec>,
    /// Flavour of the neutrino that the dipole couples to [default: the experiment's own]
    #[arg(long, value_name = "NAME", value_parser = choice::<Flavor>())]
    flavor: Option<Flavor>,
}

impl ExperimentOptions {
    /// The flavour asked for, or the one that the experiment's table names; an error if the source has none of it.
    pub(crate) fn flavor(&self, experiment: &Experiment) -> Result<Flavor, Error> {
        let flavor = match self.flavor {
            Some(flavor) => flavor,
            None => experiment.spec().flavor(),
        };
        experiment.check_flavor(flavor).map(|()| flavor)
    }
}

/// A point of the exclusion plane.
#[derive(Args)]
pub(crate) struct PointOptions {
    #[arg(
        long,
        value_name = "MEV",
        help = with_default("Mass of N, in MeV", "mass"),
        value_parser = within("mass", MASS_RANGE_MEV),
    )]
    mass: Option<f64>,
    #[arg(
        long,
        value_name = "PER_GEV",
        help = with_default("Coupling d, in GeV^-1", "coupling"),
        value_parser = within("coupling", COUPLING_RANGE_PER_GEV),
    )]
    coupling: Option<f64>,
}

impl PointOptions {
    /// The point, for a flavour.
    pub(crate) fn benchmark(&self, flavor: Flavor) -> Result<Benchmark, Error> {
        let default = State::default().benchmark;
        Benchmark::new(
            flavor,
            self.mass.unwrap_or(default.mass_mev),
            self.coupling.unwrap_or(default.coupling_per_gev),
        )
    }
}

/// Which form of the dipole cross section.
#[derive(Args)]
pub(crate) struct SignOptions {
    /// Take the sign in the dipole cross section as the paper prints it, not the correct one
    #[arg(long)]
    printed_sign: bool,
}

impl SignOptions {
    /// The sign.
    pub(crate) fn sign(&self) -> Sign {
        if self.printed_sign {
            Sign::Printed
        } else {
            Sign::Correct
        }
    }
}

/// What can be changed about an analysis.
#[derive(Args)]
pub(crate) struct SettingsOptions {
    #[arg(
        long,
        help = with_default("Quenching model of germanium", "quenching"),
        value_name = "NAME",
        value_parser = choice::<Quenching>(),
    )]
    quenching: Option<Quenching>,
    #[arg(
        long,
        help = with_default("Parameter k of the Lindhard model", "lindhard-k"),
        value_name = "K",
        value_parser = within("lindhard-k", LINDHARD_K_RANGE),
    )]
    lindhard_k: Option<f64>,
    #[arg(
        long,
        value_name = "FACTOR",
        help = with_default("Flux, as a multiple of the nominal one", "flux"),
        value_parser = within("flux", FLUX_RANGE),
    )]
    flux: Option<f64>,
    #[command(flatten)]
    sign: SignOptions,
}

impl SettingsOptions {
    /// The settings.
    pub(crate) fn settings(&self) -> Settings {
        let Settings { detector, fluxes, .. } = State::default().settings;
        Settings {
            detector: DetectorSettings {
                quenching: self.quenching.unwrap_or(detector.quenching),
                lindhard_k: self.lindhard_k.unwrap_or(detector.lindhard_k),
            },
            fluxes: self.flux.map_or(fluxes, Fluxes::all),
            sign: self.sign.sign(),
        }
    }

    /// Says which of the options asked for change nothing in an analysis with this detector. That
    /// is no error: scripts go through all experiments with the same options.
    pub(crate) fn note_idle(&self, detector: Detector) {
        let quenching = self.settings().detector.quenching;
        if detector != Detector::Ionisation {
            self.note_idle_quenching("only ionisation in germanium is quenched by a model of choice");
        } else if self.lindhard_k.is_some() && quenching != Quenching::Lindhard {
            note(&format!("--lindhard-k has no effect with --quenching {quenching}"));
        }
    }

    /// Says that a quenching asked for has no effect, and why.
    pub(crate) fn note_idle_quenching(&self, why: &str) {
        let given = [
            ("--quenching", self.quenching.is_some()),
            ("--lindhard-k", self.lindhard_k.is_some()),
        ];
        for (option, _) in given.iter().filter(|(_, given)| *given) {
            note(&format!("{option} has no effect here: {why}"));
        }
    }
}
