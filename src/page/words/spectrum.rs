//! Words of the spectrum.

use super::verdict::{bound_level, decays_inside};
use super::{percent, unit_of_input, with_unit};
use crate::Flavor;
use crate::analysis::Fluxes;
use crate::chart::{decimal, scientific};
use crate::experiment::{Experiment, Input};
use crate::language::translated;
use crate::physics::source::SourceKind;
use crate::statistics::{Goodness, Parameter};

/// SM and dipole together.
#[must_use]
pub fn total() -> &'static str {
    say!("SM + dipole")
}

/// Background that does not come with the beam.
#[must_use]
pub fn steady() -> &'static str {
    say!("steady-state background")
}

/// Background that does.
#[must_use]
pub fn beam() -> &'static str {
    say!("beam neutrons")
}

/// Parts of the signal, by arrival.
#[must_use]
pub fn sm_prompt() -> &'static str {
    say!("SM, prompt")
}

/// The other part.
#[must_use]
pub fn sm_delayed() -> &'static str {
    say!("SM, delayed")
}

/// Parts of the dipole's signal, by arrival.
#[must_use]
pub fn dipole_prompt() -> &'static str {
    say!("dipole, prompt")
}

/// The other part.
#[must_use]
pub fn dipole_delayed() -> &'static str {
    say!("dipole, delayed")
}

/// Quantity and unit of scintillation light.
#[must_use]
pub fn photoelectrons() -> (&'static str, &'static str) {
    (say!("photoelectrons"), "PE")
}

/// Quantity and unit of energies as electrons of this energy would give them.
#[must_use]
pub fn electron_equivalent_energy() -> (&'static str, &'static str) {
    (say!("electron-equivalent energy"), "keV")
}

/// Quantity and unit of the shape of a pulse: the share of its light within 90 ns.
#[must_use]
pub fn pulse_shape() -> (&'static str, &'static str) {
    (say!("pulse shape F90"), "")
}

/// Quantity and unit of arrival.
#[must_use]
pub fn arrival() -> (&'static str, &'static str) {
    (say!("arrival time"), "µs")
}

/// What a detector reports, by the name of its axis: energy, or a signal that has no other name.
#[must_use]
pub fn reported_energy(axis: &str) -> &str {
    match axis {
        "energy" => say!("ionisation energy"),
        "recoil" => super::recoil_energy().0,
        signal => signal,
    }
}

/// What is counted in the bins of a detector.
#[must_use]
pub fn in_a_bin(unit: &str) -> String {
    say!("{} in a bin", translated(unit))
}

/// Columns of the fitted nuisance parameters.
#[must_use]
pub fn nuisance_head() -> [&'static str; 3] {
    [say!("parameter"), say!("fit"), say!("from its prior")]
}

/// Name of a fact for people; its key is that of the command line.
#[must_use]
pub fn fact_label(key: &str) -> String {
    let label = match key {
        "chi2_sm" => say!("χ² of the SM"),
        "chi2" => say!("χ² of SM + dipole at this point"),
        "chi2_minus_chi2_sm" => say!("this point’s χ² less that of the SM"),
        "totals.cevns" => say!("SM nuclear recoils"),
        "totals.electron" => say!("SM electron recoils"),
        "totals.dipole_nucleus" => say!("dipole on nuclei"),
        "totals.dipole_electron" => say!("dipole on electrons"),
        "ratio" => say!("all counts / nominal SM counts"),
        "largest_ratio" => return say!("largest such ratio allowed at {}", bound_level()),
        "excluded" => return say!("this point at {}", bound_level()),
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
    say!(
        "{} in {} bins, {} d.o.f., {}",
        decimal(*chi2, 2),
        bins.to_string(),
        freedom.to_string(),
        probability(*p_value, 2)
    )
}

/// A chi-square of what is expected in place of data: how well it fits says nothing.
#[must_use]
pub fn chi2_of_expectation(chi2: f64, bins: usize) -> String {
    say!("{} in {} bins of expected counts", decimal(chi2, 2), bins.to_string())
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

/// What the bound on the flux says about the point, where most N decay inside or not, and about the SM alone.
#[must_use]
pub fn bound_verdict(is_excluded: bool, is_sm_excluded: bool, decays: bool) -> &'static str {
    match (is_excluded, is_sm_excluded) {
        (_, true) => say!("everything excluded: the SM alone is above the bound"),
        (_, false) if decays => decays_inside(),
        (true, false) => say!("excluded"),
        (false, false) => say!("allowed"),
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
    with_unit(&scientific(value, digits), translated(&parameter.unit))
}

/// A number with a plus sign, if it is neither negative nor zero.
fn signed(number: &str) -> String {
    let is_positive = !number.starts_with('−') && number.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
    format!("{}{number}", if is_positive { "+" } else { "" })
}

/// Distance of a fitted parameter from its prior.
#[must_use]
pub fn pull(pull: Option<f64>) -> String {
    pull.map_or_else(|| say!("free").to_owned(), |pull| format!("{} σ", decimal(pull, 2)))
}

/// An input of an experiment, as its table says it; values and sources stay as they are.
#[must_use]
pub fn input(input: Input) -> Input {
    let label = translated(&input.label).to_owned();
    let unit = unit_of_input(&input.unit);
    Input { label, unit, ..input }
}

/// Above the chart.
#[must_use]
pub fn caption(experiment: &Experiment) -> String {
    // The note of a table begins with its name.
    let is_stand_in = |note: &String| note.split(':').nth(1) == Some(" surrogate");
    let is_stand_in = experiment.notes().iter().any(is_stand_in);
    let stand_in = if is_stand_in {
        say!(" (surrogate efficiency)")
    } else {
        ""
    };
    format!("{}{stand_in}", experiment.name())
}

/// What the factor on the flux of an experiment's source comes to.
#[must_use]
pub fn flux(experiment: &Experiment, fluxes: Fluxes) -> String {
    let source = experiment.source();
    let name = match source {
        SourceKind::Reactor => say!("reactor"),
        SourceKind::Sns => "SNS",
        SourceKind::Sun => say!("Sun"),
    };
    match experiment.nominal_flux_per_cm2_s() {
        Some(nominal) => format!("{name}, {} cm⁻² s⁻¹", scientific(nominal * fluxes.of(source), 3)),
        None => name.to_owned(),
    }
}

/// Why a flavour gives nothing: the source has none of it.
#[must_use]
pub fn no_flux(experiment: &Experiment, flavor: Flavor) -> String {
    // A reactor has antineutrinos only.
    let neutrino = match experiment.source() {
        SourceKind::Reactor => "ν\u{304}",
        SourceKind::Sns | SourceKind::Sun => "ν",
    };
    let known: Vec<_> = experiment
        .flavors()
        .map(|flavor| format!("{neutrino}{}", flavor.symbol()))
        .collect();
    say!(
        "The source of {} has no ν{}: a dipole of this flavour adds nothing to its spectrum. It has {}.",
        experiment.name(),
        flavor.symbol(),
        known.join(", ")
    )
}

/// Why a mass gives nothing.
#[must_use]
pub fn too_heavy(experiment: &Experiment, mass_mev: f64) -> String {
    say!(
        "N of {} MeV is too heavy for the neutrinos of {}: the spectrum is that of the SM.",
        mass_mev.to_string(),
        experiment.name()
    )
}
