//! Options that several commands share; the names are those of the page.

use crate::experiment::ExperimentParser;
use crate::numbers::within;
use crate::output::note;
use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use dipole_portal::analysis::{Analysis, Benchmark, Edits, Fluxes, Settings, Weights};
use dipole_portal::experiment::{Detector, DetectorSettings, Experiment, ExperimentSpec, Registry};
use dipole_portal::page::parameters::{NumberKey, Parameters, shortest};
use dipole_portal::page::state::State;
use dipole_portal::physics::cross_section::Sign;
use dipole_portal::physics::detector::Quenching;
use dipole_portal::physics::source::{ReactorModel, SourceKind};
use dipole_portal::{Choice, Error, Flavor};
use std::str::FromStr;
use std::sync::Arc;

/// Reader of a named choice of the core, which lists its members in `--help`.
pub(crate) fn choice<C: Choice + Send + Sync>() -> impl TypedValueParser<Value = C> {
    PossibleValuesParser::new(C::ALL.iter().map(|member| member.name())).try_map(|name| C::from_name(&name))
}

/// Help of an option that is a number of the page: what it is, its unit and its default.
pub(crate) fn number_help(key: NumberKey) -> String {
    let row = key.row();
    let unit = match row.unit().name {
        "" => String::new(),
        name => format!(", in {name}"),
    };
    let default = Registry::built_in().ok().and_then(|registry| {
        let parameters = Parameters::new(&registry, Vec::<String>::new());
        parameters.default_of(key, State::default().experiment)
    });
    with_default(
        &format!("{}{unit}", capitalised(row.label)),
        &default.map_or_else(String::new, shortest),
    )
}

/// Reader of a number of the page, over the whole range that can be computed.
fn number_within(key: NumberKey) -> impl Fn(&str) -> Result<f64, Error> + Clone + Send + Sync + 'static {
    within(key.name(), key.row().allowed)
}

fn with_default(help: &str, default: &str) -> String {
    format!("{help} [default: {default}]")
}

fn capitalised(text: &str) -> String {
    let mut signs = text.chars();
    signs
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

/// Which experiment, and which flavour the dipole couples to.
#[derive(Args)]
pub(crate) struct ExperimentOptions {
    /// Experiment: its name, or a file with a table of one's own
    #[arg(long, value_name = "NAME", value_parser = ExperimentParser)]
    pub(crate) experiment: Arc<ExperimentSpec>,
    /// Flavour of the neutrino that the dipole couples to [default: the experiment's own]
    #[arg(long, value_name = "NAME", value_parser = choice::<Flavor>())]
    flavor: Option<Flavor>,
}

impl ExperimentOptions {
    /// The flavour asked for, or the one that the experiment's table names; an error if the source has none of what N couples to.
    pub(crate) fn flavor(&self, experiment: &Experiment, weights: Weights) -> Result<Flavor, Error> {
        note_idle_flavor(self.flavor, weights);
        let flavor = self.flavor.unwrap_or(experiment.spec().flavor());
        experiment.check_ratios(weights.ratios(flavor)).map(|()| flavor)
    }
}

/// Says that a flavour has no effect beside weights, which say what N couples to.
pub(crate) fn note_idle_flavor(flavor: Option<Flavor>, weights: Weights) {
    if flavor.is_some() && weights.given().is_some() {
        note(&format!("--flavor has no effect with --weights {weights}"));
    }
}

/// A point of the exclusion plane.
#[derive(Args)]
pub(crate) struct PointOptions {
    #[arg(
        long,
        value_name = "MEV",
        help = number_help(NumberKey::Mass),
        value_parser = number_within(NumberKey::Mass),
    )]
    mass: Option<f64>,
    #[arg(
        long,
        value_name = "PER_GEV",
        help = number_help(NumberKey::Coupling),
        value_parser = number_within(NumberKey::Coupling),
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
        help = with_default("Quenching model of germanium", State::default().settings.detector.quenching.name()),
        value_name = "NAME",
        value_parser = choice::<Quenching>(),
    )]
    quenching: Option<Quenching>,
    #[arg(
        long,
        help = number_help(NumberKey::LindhardK),
        value_name = "K",
        value_parser = number_within(NumberKey::LindhardK),
    )]
    lindhard_k: Option<f64>,
    #[arg(
        long,
        value_name = "FACTOR",
        help = number_help(NumberKey::Flux),
        value_parser = number_within(NumberKey::Flux),
    )]
    flux: Option<f64>,
    /// Flux of the reactor alone, instead of --flux
    #[arg(long, value_name = "FACTOR", value_parser = number_within(NumberKey::Flux))]
    flux_reactor: Option<f64>,
    /// Flux of the Spallation Neutron Source alone, instead of --flux
    #[arg(long, value_name = "FACTOR", value_parser = number_within(NumberKey::Flux))]
    flux_sns: Option<f64>,
    /// Flux of the Sun alone, instead of --flux
    #[arg(long, value_name = "FACTOR", value_parser = number_within(NumberKey::Flux))]
    flux_sun: Option<f64>,
    #[arg(
        long,
        value_name = "NAME",
        help = with_default("Spectrum of a reactor, to which the quoted flux is given", ReactorModel::MuellerVogel.name()),
        value_parser = choice::<ReactorModel>(),
    )]
    reactor_flux: Option<ReactorModel>,
    /// Count recoils of nuclei alone, and none of electrons
    #[arg(long)]
    nuclei_only: bool,
    #[command(flatten)]
    sign: SignOptions,
    /// Couplings to e, mu and tau as multiples of d, as 1:0.5:0, instead of one flavour; universal is 1:1:1
    #[arg(long, value_name = "E:MU:TAU", value_parser = Weights::from_str)]
    weights: Option<Weights>,
    /// Another value for an input of an experiment: exposure=964, or dresden-ii.exposure=964 where several are asked. Inputs and their values: `inputs`
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// Limits that are expected: what the SM gives takes the place of what was observed
    #[arg(long)]
    expected: bool,
}

impl SettingsOptions {
    /// The settings, for the experiments of a registry.
    pub(crate) fn settings_for(&self, registry: &Registry) -> Result<Settings, Error> {
        let mut settings = self.settings();
        for set in &self.set {
            let (key, value) = set
                .split_once('=')
                .ok_or_else(|| Error::input("set", format!("'{set}'"), "KEY=VALUE"))?;
            settings.edits.set_named(registry, key.trim(), value.trim())?;
        }
        Ok(settings)
    }

    /// The settings for one experiment, which changed inputs are of.
    pub(crate) fn settings_of(&self, spec: &Arc<ExperimentSpec>) -> Result<Settings, Error> {
        let mut registry = Registry::default();
        registry.add(Arc::clone(spec))?;
        self.settings_for(&registry)
    }

    /// One experiment at the settings.
    pub(crate) fn analysis(&self, spec: &Arc<ExperimentSpec>) -> Result<Analysis, Error> {
        Analysis::new(spec, &self.settings_of(spec)?)
    }

    /// The settings without changed inputs.
    pub(crate) fn settings(&self) -> Settings {
        let Settings { detector, fluxes, .. } = State::default().settings;
        let model = self.reactor_flux.unwrap_or(fluxes.reactor_model());
        Settings {
            edits: Edits::default(),
            expected: self.expected,
            detector: DetectorSettings {
                quenching: self.quenching.unwrap_or(detector.quenching),
                lindhard_k: self.lindhard_k.or(detector.lindhard_k),
            },
            fluxes: self
                .source_fluxes()
                .into_iter()
                .fold(self.flux.map_or(fluxes, Fluxes::all), |fluxes, (_, source, factor)| {
                    factor.map_or(fluxes, |factor| fluxes.with(source, factor))
                })
                .with_reactor_model(model),
            sign: self.sign.sign(),
            nuclei_only: self.nuclei_only,
            weights: self.weights.unwrap_or_default(),
        }
    }

    /// The options that are about one source.
    fn source_fluxes(&self) -> [(&'static str, SourceKind, Option<f64>); 3] {
        [
            ("--flux-reactor", SourceKind::Reactor, self.flux_reactor),
            ("--flux-sns", SourceKind::Sns, self.flux_sns),
            ("--flux-sun", SourceKind::Sun, self.flux_sun),
        ]
    }

    /// Says which of the options asked for change nothing in an analysis of these experiments. That
    /// is no error: scripts go through all experiments with the same options.
    pub(crate) fn note_idle(&self, experiments: &[&Experiment]) {
        let names: Vec<_> = experiments.iter().map(|experiment| experiment.name()).collect();
        let model = ("--reactor-flux", SourceKind::Reactor, self.reactor_flux.is_some());
        let factors = self
            .source_fluxes()
            .map(|(option, source, factor)| (option, source, factor.is_some()));
        for (option, source, is_given) in factors.into_iter().chain([model]) {
            if is_given && experiments.iter().all(|experiment| experiment.source() != source) {
                let have = if names.len() == 1 { "has" } else { "have" };
                note(&format!(
                    "{option} has no effect here: {} {have} another source",
                    names.join(" and ")
                ));
            }
        }
        let quenching = self.settings().detector.quenching;
        let none_is = |detector| experiments.iter().all(|experiment| experiment.detector() != detector);
        if !none_is(Detector::Ionisation) {
            if self.lindhard_k.is_some() && quenching != Quenching::Lindhard && none_is(Detector::IonisationExcess) {
                note(&format!("--lindhard-k has no effect with --quenching {quenching}"));
            }
        } else if !none_is(Detector::IonisationExcess) {
            if self.quenching.is_some() {
                note("--quenching has no effect here: Lindhard's is the only model");
            }
        } else {
            self.note_idle_quenching("only ionisation in germanium is quenched by a model of choice");
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
