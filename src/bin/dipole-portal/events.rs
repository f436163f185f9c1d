//! `dipole-portal events`: expected and observed counts in the bins of an experiment.

use crate::options::{ExperimentOptions, PointOptions, SettingsOptions};
use clap::Args;
use dipole_portal::Error;
use dipole_portal::analysis::{Analysis, Fit};
use dipole_portal::experiment::{Axis, Binning, Template};
use dipole_portal::statistics::Parameter;
use serde::{Serialize, Serializer};

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    #[command(flatten)]
    experiment: ExperimentOptions,
    #[command(flatten)]
    point: PointOptions,
    #[command(flatten)]
    settings: SettingsOptions,
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    unit: &'static str,
    bins: Vec<Bin>,
    totals: Counts,
    /// Best fit with SM and dipole; null where there are only a bound and no data.
    chi2: Option<f64>,
    /// Best fit with the SM alone.
    chi2_sm: Option<f64>,
    /// The one less the other: not counted from the best fit, as `delta_chi2` of the verdict is.
    chi2_minus_chi2_sm: Option<f64>,
    /// Bins less free parameters, and the probability of a chi-square at least as large, for both fits.
    degrees_of_freedom: Option<usize>,
    p_value: Option<f64>,
    p_value_sm: Option<f64>,
    /// All counts over nominal SM counts, where there is only a bound on that.
    ratio: Option<f64>,
    /// The bound.
    largest_ratio: Option<f64>,
    /// Whether the bound (90 %) excludes the point.
    excluded: Option<bool>,
    nuisances: Option<NamedNuisances>,
    notes: Vec<String>,
}

/// A bin: its edges, then its counts.
#[derive(Serialize)]
struct Bin {
    /// The run, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<String>,
    #[serde(flatten)]
    edges: Edges,
    #[serde(flatten)]
    counts: Counts,
}

/// Named edges, in the order in which they are shown.
struct Edges(Vec<(String, f64)>);

impl Serialize for Edges {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, edge)| (name, edge)))
    }
}

/// Counts of one bin or of all.
#[derive(Serialize)]
struct Counts {
    cevns: f64,
    electron: f64,
    dipole_nucleus: f64,
    dipole_electron: f64,
    /// Null where the experiment published neither background nor counts by bin, only a bound.
    background: Option<f64>,
    observed: Option<f64>,
}

/// Nuisance parameters by name.
struct NamedNuisances(Vec<(String, f64)>);

impl NamedNuisances {
    fn new(parameters: &[Parameter], values: &[f64]) -> Self {
        let names = parameters.iter().map(|parameter| parameter.name.clone());
        Self(names.zip(values.iter().copied()).collect())
    }
}

impl Serialize for NamedNuisances {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name, value)))
    }
}

/// Counts by bin and in total, with the fit of SM and dipole to the data where there are data.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let analysis = options.settings.analysis(&options.experiment.experiment)?;
    let experiment = analysis.experiment();
    let point = options
        .point
        .benchmark(options.experiment.flavor(experiment, analysis.settings().weights)?)?;
    options.settings.note_idle(&[experiment]);
    let mut dipole = analysis.dipole(point.flavor, point.mass_mev);
    let fit = analysis.fit(&dipole, point.strength())?;
    let fit_sm = analysis.fit(&dipole, 0.0)?;
    let bound = analysis.ratio_to_bound(&dipole, point.strength());
    let goodness = |strength: f64, fit: Option<&Fit>| analysis.goodness(&dipole, strength, fit?);
    let (goodness, goodness_sm) = (goodness(point.strength(), fit.as_ref()), goodness(0.0, fit_sm.as_ref()));
    dipole.scale(point.strength());
    let measured = Measured::new(&analysis, fit.as_ref());
    let sm = analysis.standard_model();
    let binning = analysis.prediction().binning();
    let likelihood = analysis.statistic().likelihood();
    Ok(Answer {
        unit: analysis.prediction().unit(),
        bins: (0..binning.bins())
            .map(|bin| Bin {
                run: binning.run(bin).map(str::to_owned),
                edges: edges(binning, bin),
                counts: counts(sm, &dipole, &measured, |values| values[bin]),
            })
            .collect(),
        totals: counts(sm, &dipole, &measured, |values| values.iter().sum()),
        chi2: fit.as_ref().map(|fit| fit.chi2),
        chi2_minus_chi2_sm: fit
            .as_ref()
            .zip(fit_sm.as_ref())
            .map(|(fit, fit_sm)| fit.chi2 - fit_sm.chi2),
        degrees_of_freedom: goodness.map(|goodness| goodness.bins - goodness.free_parameters),
        p_value: goodness.map(|goodness| goodness.p_value),
        p_value_sm: goodness_sm.map(|goodness| goodness.p_value),
        chi2_sm: fit_sm.map(|fit| fit.chi2),
        ratio: bound.map(|(ratio, _)| ratio),
        largest_ratio: bound.map(|(_, largest)| largest),
        excluded: bound.map(|(ratio, largest)| ratio > largest),
        nuisances: fit
            .as_ref()
            .zip(likelihood)
            .map(|(fit, likelihood)| NamedNuisances::new(likelihood.parameters(), &fit.nuisances)),
        notes: experiment.notes().to_vec(),
    })
}

/// What stands beside the expectation in each bin, if it is published.
struct Measured {
    background: Option<Vec<f64>>,
    observed: Option<Vec<f64>>,
}

impl Measured {
    /// The background of the best fit where parameters of it are free, else the nominal one.
    fn new(analysis: &Analysis, fit: Option<&Fit>) -> Self {
        let Some((likelihood, fit)) = analysis.statistic().likelihood().zip(fit) else {
            return Self {
                background: None,
                observed: None,
            };
        };
        let parameters = likelihood.parameters();
        let background = if parameters.iter().any(|parameter| parameter.prior.is_none()) {
            likelihood.background(&fit.nuisances)
        } else {
            let nominal: Vec<f64> = parameters.iter().map(|parameter| parameter.start).collect();
            likelihood.background(&nominal)
        };
        Self {
            background: Some(background),
            observed: Some(likelihood.observed().to_vec()),
        }
    }
}

/// Every count, taken from its bins by `of` (one of them, or their sum).
fn counts(sm: &Template, dipole: &Template, measured: &Measured, of: impl Fn(&[f64]) -> f64) -> Counts {
    Counts {
        cevns: of(&sm.nucleus),
        electron: of(&sm.electron),
        dipole_nucleus: of(&dipole.nucleus),
        dipole_electron: of(&dipole.electron),
        background: measured.background.as_deref().map(&of),
        observed: measured.observed.as_deref().map(&of),
    }
}

/// Edges of a bin, named after the axes: `energy_low_keV`, `photoelectrons_low`, `time_low_us`, ...
fn edges(binning: &Binning, bin: usize) -> Edges {
    let mut edges = named_edges(&binning.energy, binning.energy_of(bin));
    if let Some(pulse) = &binning.pulse {
        edges.extend(named_edges(pulse, binning.pulse_of(bin)));
    }
    if let Some(time) = &binning.time {
        edges.extend(named_edges(time, bin % binning.time_bins()));
    }
    Edges(edges)
}

fn named_edges(axis: &Axis, bin: usize) -> Vec<(String, f64)> {
    // Photoelectrons are their own unit, and pulse shape has none.
    let unit = if axis.unit == "PE" || axis.unit.is_empty() {
        String::new()
    } else {
        format!("_{}", axis.unit)
    };
    let name = |end: &str| format!("{}_{end}{unit}", axis.name.replace(' ', "_"));
    vec![(name("low"), axis.edges[bin]), (name("high"), axis.edges[bin + 1])]
}
