//! What the experiments say about one point of the plane.

use crate::Error;
use crate::analysis::{Analysis, Benchmark, Settings, Store};
use crate::experiment::ExperimentId;
use crate::statistics::{Confidence, ConfidenceLevel};
use serde::Serialize;

/// One experiment's word on a point.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Opinion {
    /// The experiment.
    pub experiment: ExperimentId,
    /// Its name for people.
    pub name: String,
    /// Chi-square above its minimum over couplings; `None` where there is only a bound.
    pub delta_chi2: Option<f64>,
    /// Confidence level, 0 to 1, at which the point is excluded; `None` where there is only a bound.
    pub confidence: Option<f64>,
    /// Whether the point is excluded at the level asked for; `None` where the experiment has no
    /// result at this level.
    pub excluded: Option<bool>,
    /// Expected SM counts.
    pub sm_counts: f64,
    /// Expected dipole counts.
    pub dipole_counts: f64,
    /// Unit of the counts.
    pub unit: &'static str,
    /// Lowest neutrino energy, in MeV, that makes N with a nuclear recoil that is seen.
    pub lowest_energy_mev: f64,
    /// Highest neutrino energy, in MeV, of the source in this flavour.
    pub highest_energy_mev: f64,
}

/// Asks every experiment whose source has the flavour.
///
/// # Errors
/// [`Error::Table`] for a broken table, [`Error::Convergence`] if a fit does not converge.
pub fn opinions(
    store: &mut Store,
    benchmark: Benchmark,
    settings: Settings,
    confidence: Confidence,
) -> Result<Vec<Opinion>, Error> {
    let mut opinions = Vec::new();
    let experiments: Vec<_> = store.registry().ids().collect();
    for id in experiments {
        let analysis = store.analysis(id, settings)?;
        if analysis.experiment().check_flavor(benchmark.flavor).is_ok() {
            opinions.push(opinion(analysis, benchmark, confidence)?);
        }
    }
    Ok(opinions)
}

fn opinion(analysis: &Analysis, benchmark: Benchmark, confidence: Confidence) -> Result<Opinion, Error> {
    let experiment = analysis.experiment();
    let dipole = analysis.dipole(benchmark.flavor, benchmark.mass_mev);
    let strength = benchmark.strength();
    let delta_chi2 = analysis
        .delta_chi2(&dipole, &[strength])?
        .and_then(|values| values.first().copied());
    let excluded_at = delta_chi2.map(|delta| ConfidenceLevel::of_delta_chi2(delta, confidence.dof));
    let excluded = match analysis.ratio_to_bound(&dipole, strength) {
        Some((ratio, largest)) => analysis.check_confidence(confidence).is_ok().then_some(ratio > largest),
        None => delta_chi2.map(|delta| delta > confidence.delta_chi2()),
    };
    let highest_energy_mev = experiment
        .components()
        .iter()
        .filter(|component| component.flavor == benchmark.flavor)
        .map(|component| component.spectrum.highest_energy_mev())
        .fold(0.0, f64::max);
    Ok(Opinion {
        experiment: experiment.id(),
        name: experiment.name().to_owned(),
        delta_chi2,
        confidence: excluded_at,
        excluded,
        sm_counts: analysis.standard_model().total(),
        dipole_counts: strength * dipole.total(),
        unit: analysis.prediction().unit(),
        lowest_energy_mev: analysis.prediction().lowest_energy_mev(experiment, benchmark.mass_mev),
        highest_energy_mev,
    })
}
