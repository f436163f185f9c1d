//! Published results beside ours. None of ours is tuned to them.

use crate::analysis::literature::published;
use crate::analysis::{Analysis, Settings, Statistic};
use crate::experiment::{Experiment, ExperimentId, IdealSpectrum};
use crate::physics::detector::Quenching;
use crate::physics::units::BOHR_MAGNETON_PER_GEV;
use crate::statistics::{Confidence, Likelihood, Signal, minimum};
use crate::{Error, Flavor};
use std::fmt::Write;

/// A published result and what this program computes for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// What is compared.
    pub quantity: &'static str,
    /// The published value with its source; says so where the source was not read again.
    pub published: &'static str,
    /// The value computed here, with its unit.
    pub computed: String,
}

/// Every comparison.
///
/// # Errors
/// [`Error::Table`] for a broken table, [`Error::Convergence`] if a fit does not converge.
pub fn comparisons() -> Result<Vec<Comparison>, Error> {
    let row = |quantity, published, computed| Comparison {
        quantity,
        published,
        computed,
    };
    let moment = |id, flavor| -> Result<String, Error> {
        Ok(format!(
            "{:.2}e-10 mu_B",
            massless_limit(id, flavor, Quenching::Fef)? / BOHR_MAGNETON_PER_GEV * 1e10
        ))
    };
    let dresden = moment(ExperimentId::DRESDEN_II, Flavor::Electron)?;
    Ok(vec![
        row(
            "mu_nu_e, m -> 0, 90 %, Dresden-II (fef)",
            "2.8e-10 mu_B with COHERENT, one-sided (Coloma et al. 2022, as listed by the PDG 2026)",
            dresden.clone(),
        ),
        row(
            "the same",
            "2.13e-10 mu_B (arXiv:2205.09484; quoted from memory, not re-read)",
            dresden,
        ),
        row(
            "mu_nu_mu, m -> 0, 90 %, COHERENT CsI",
            "18e-10 mu_B (arXiv:2205.09484; quoted from memory, not re-read)",
            moment(ExperimentId::COHERENT_CSI, Flavor::Muon)?,
        ),
        row(
            "COHERENT CEvNS events, free normalisation",
            "306 +- 20 (PRL 129, 081801; quoted from memory, not re-read)",
            format!("{:.1}", free_cevns_counts()?),
        ),
        row(
            "gain of XENON1T (tau) over the 4.5 keV threshold of arXiv:2007.15563, m -> 0",
            "\"a factor of 3\" (arXiv:2406.07477)",
            format!("{:.1}", gain_over_high_threshold()?),
        ),
        row(
            "8B recoils on xenon above 0.45 keV at 5.25e6 /cm2/s",
            "335.6 /t/yr (XENONnT data release)",
            format!("{:.1} /t/yr", xenon_rate_per_t_yr()?),
        ),
    ])
}

/// The comparisons as a Markdown table.
///
/// # Errors
/// As [`comparisons`].
pub fn table() -> Result<String, Error> {
    let mut text = "| quantity | published | computed here |\n| --- | --- | --- |\n".to_owned();
    for Comparison {
        quantity,
        published,
        computed,
    } in comparisons()?
    {
        // Writing to a string does not fail.
        let _ = writeln!(text, "| {quantity} | {published} | {computed} |");
    }
    Ok(text)
}

/// 90 % limit on the coupling of a massless N, in GeV^-1.
fn massless_limit(id: ExperimentId, flavor: Flavor, quenching: Quenching) -> Result<f64, Error> {
    let mut settings = Settings::default();
    settings.detector.quenching = quenching;
    let analysis = Analysis::built_in(id, settings)?;
    let limit = analysis.limit_per_gev(flavor, 0.0, Confidence::PAPER)?;
    limit.value().ok_or_else(|| {
        analysis
            .experiment()
            .inputs()
            .error("there is no limit for a massless N")
    })
}

/// CEvNS counts of COHERENT with their normalisation free: the SM takes the place of the dipole, and
/// nothing that of the SM.
fn free_cevns_counts() -> Result<f64, Error> {
    let analysis = Analysis::built_in(ExperimentId::COHERENT_CSI, Settings::default())?;
    let Statistic::Counting(likelihood) = analysis.statistic() else {
        return Err(analysis.experiment().inputs().error("the experiment does not count"));
    };
    let counts = analysis.standard_model().sum();
    let nothing = vec![0.0; counts.len()];
    let signal = Signal {
        sm: &nothing,
        dipole: &counts,
    };
    let best = minimum(likelihood, signal, &likelihood.start())?;
    Ok(best.strength * analysis.standard_model().total())
}

/// How much stronger our XENON1T limit is than that with a threshold of 4.5 keV, for a light N.
fn gain_over_high_threshold() -> Result<f64, Error> {
    let curves = published()?;
    let first = curves
        .iter()
        .find(|curve| curve.name == "xenon1t_recoil_brdar")
        .and_then(|curve| curve.points.first())
        .ok_or_else(|| Error::table("limits/xenon1t_recoil_brdar", "there is no such table"))?;
    Ok(first.coupling_per_gev / massless_limit(ExperimentId::XENON1T, Flavor::Tau, Quenching::Fef)?)
}

/// Rate of 8B recoils on xenon above 0.45 keV for the flux of the XENONnT data release.
fn xenon_rate_per_t_yr() -> Result<f64, Error> {
    const THRESHOLD_KEV: f64 = 0.45;
    const HIGHEST_KEV: f64 = 6.0;
    const STEPS: usize = 4000;
    let experiment = Experiment::built_in(ExperimentId::XENON1T)?;
    let step_kev = (HIGHEST_KEV - THRESHOLD_KEV) / STEPS as f64;
    let middles = (0..STEPS)
        .map(|step| THRESHOLD_KEV + (step as f64 + 0.5) * step_kev)
        .collect();
    let spectrum = IdealSpectrum::new(&experiment, middles)?;
    let counts: f64 = spectrum.sm_per_kev().iter().map(|rate| rate * step_kev).sum();
    let inputs = experiment.inputs();
    Ok(counts / inputs.number("target-exposure")? * 5.25e6 / inputs.number("flux")?)
}
