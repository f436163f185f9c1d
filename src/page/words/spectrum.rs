//! Words of the spectrum.

use super::verdict::bound_level;
use super::{percent, with_unit};
use crate::Flavor;
use crate::analysis::Fluxes;
use crate::chart::{decimal, scientific};
use crate::experiment::Experiment;
use crate::physics::source::SourceKind;
use crate::statistics::{Goodness, Parameter};

/// SM and dipole together.
pub const TOTAL: &str = "SM + dipole";
/// Background that does not come with the beam.
pub const STEADY: &str = "steady-state background";
/// Background that does.
pub const BEAM: &str = "beam neutrons";
/// Parts of the signal, by arrival.
pub const SM_PROMPT: &str = "SM, prompt";
/// The other part.
pub const SM_DELAYED: &str = "SM, delayed";
/// Parts of the dipole's signal, by arrival.
pub const DIPOLE_PROMPT: &str = "dipole, prompt";
/// The other part.
pub const DIPOLE_DELAYED: &str = "dipole, delayed";
/// Quantity and unit of scintillation light.
pub const PHOTOELECTRONS: (&str, &str) = ("photoelectrons", "PE");
/// Quantity and unit of arrival.
pub const ARRIVAL: (&str, &str) = ("arrival time", "µs");
/// Columns of the fitted nuisance parameters.
pub const NUISANCE_HEAD: [&str; 3] = ["parameter", "fit", "from its prior"];

/// Name of a fact for people; its key is that of the command line.
#[must_use]
pub fn fact_label(key: &str) -> String {
    let label = match key {
        "chi2_sm" => "χ² of the SM",
        "chi2" => "χ² of SM + dipole at this point",
        "chi2_minus_chi2_sm" => "this point’s χ² less that of the SM",
        "totals.cevns" => "SM nuclear recoils",
        "totals.electron" => "SM electron recoils",
        "totals.dipole_nucleus" => "dipole on nuclei",
        "totals.dipole_electron" => "dipole on electrons",
        "ratio" => "all counts / nominal SM counts",
        "largest_ratio" => return format!("largest such ratio allowed at {}", bound_level()),
        "excluded" => return format!("this point at {}", bound_level()),
        other => other,
    };
    label.to_owned()
}

/// A chi-square with its degrees of freedom, and how likely one as large would be.
#[must_use]
pub fn chi2(goodness: &Goodness) -> String {
    let Goodness {
        chi2,
        bins,
        free_parameters,
        p_value,
    } = goodness;
    let freedom = bins.saturating_sub(*free_parameters);
    format!(
        "{} in {bins} bins, {freedom} d.o.f., {}",
        decimal(*chi2, 2),
        probability(*p_value, 2)
    )
}

/// How likely a chi-square as large would be; what a number cannot hold any more is said so.
pub(super) fn probability(p_value: f64, digits: usize) -> String {
    if p_value > 0.0 {
        format!("p = {}", scientific(p_value, digits))
    } else {
        "p < 10⁻³⁰⁰".to_owned()
    }
}

/// A difference of chi-squares, with its sign.
#[must_use]
pub fn difference(delta: f64) -> String {
    signed(&decimal(delta, 2))
}

/// What the bound on the flux says about the point, and about the SM alone.
#[must_use]
pub fn bound_verdict(is_excluded: bool, is_sm_excluded: bool) -> &'static str {
    match (is_excluded, is_sm_excluded) {
        (_, true) => "everything excluded: the SM alone is above the bound",
        (true, false) => "excluded",
        (false, false) => "allowed",
    }
}

/// A fitted nuisance parameter: shifts in per cent, other pure numbers as they are, what has a unit with it; one digit more
/// where the range is narrow.
#[must_use]
pub fn nuisance(parameter: &Parameter, value: f64) -> String {
    let is_shift = parameter.unit.is_empty() && parameter.prior.is_some_and(|prior| prior.centre == 0.0);
    if is_shift {
        return percent(&signed(&decimal(100.0 * value, 1)));
    }
    if parameter.unit.is_empty() {
        return decimal(value, 3);
    }
    let digits = if parameter.range.1.is_finite() { 4 } else { 3 };
    with_unit(&scientific(value, digits), &parameter.unit)
}

/// A number with a plus sign, if it is neither negative nor zero.
fn signed(number: &str) -> String {
    let is_positive = !number.starts_with('−') && number.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    format!("{}{number}", if is_positive { "+" } else { "" })
}

/// Distance of a fitted parameter from its prior.
#[must_use]
pub fn pull(pull: Option<f64>) -> String {
    pull.map_or_else(|| "free".to_owned(), |pull| format!("{} σ", decimal(pull, 2)))
}

/// Above the chart.
#[must_use]
pub fn caption(experiment: &Experiment) -> String {
    // The note of a table begins with its name.
    let is_stand_in = |note: &String| note.split(':').nth(1) == Some(" surrogate");
    let is_stand_in = experiment.notes().iter().any(is_stand_in);
    let stand_in = if is_stand_in { " (surrogate efficiency)" } else { "" };
    format!("{}{stand_in}", experiment.name())
}

/// What the factor on the flux of an experiment's source comes to.
#[must_use]
pub fn flux(experiment: &Experiment, fluxes: Fluxes) -> String {
    let source = experiment.source();
    let name = match source {
        SourceKind::Reactor => "reactor",
        SourceKind::Sns => "SNS",
        SourceKind::Sun => "Sun",
    };
    match experiment.nominal_flux_per_cm2_s() {
        Some(nominal) => format!("{name}, {} cm⁻² s⁻¹", scientific(nominal * fluxes.of(source), 3)),
        None => name.to_owned(),
    }
}

/// Why a flavour gives nothing: the source has none of it.
#[must_use]
pub fn no_flux(experiment: &Experiment, flavor: Flavor) -> String {
    let known: Vec<_> = experiment
        .flavors()
        .map(|flavor| format!("ν{}", flavor.symbol()))
        .collect();
    format!(
        "The source of {} has no ν{}: a dipole of this flavour adds nothing to its spectrum. It has {}.",
        experiment.name(),
        flavor.symbol(),
        known.join(", ")
    )
}

/// Why a mass gives nothing.
#[must_use]
pub fn too_heavy(experiment: &Experiment, mass_mev: f64) -> String {
    format!(
        "N of {mass_mev} MeV is too heavy for the neutrinos of {}: the spectrum is that of the SM.",
        experiment.name()
    )
}
