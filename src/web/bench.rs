//! What things cost in this browser: `?bench` in the address measures and writes the figures into the page.

use super::dom::{Result, element, from_core, window};
use crate::analysis::curve::LIVE_MASSES;
use crate::analysis::grid::masses_mev;
use crate::analysis::{Analysis, Settings};
use crate::experiment::{Experiment, ExperimentId, IdealSpectrum};
use crate::page::figures::FIGURE_2;
use crate::page::spectrum::SPECTRUM_POINTS;
use crate::statistics::Confidence;
use crate::{Choice, Error, Flavor};

/// Repetitions of which the median counts.
const ROUNDS: usize = 11;

/// Milliseconds that a round takes at least.
const LEAST_MS: f64 = 20.0;

/// Measures if the address asks for it.
pub(super) fn run_if_asked(root: &web_sys::Element) -> Result<()> {
    if window()?.location().search()? != "?bench" {
        return Ok(());
    }
    let text = measure().map_err(from_core)?;
    let place = element("pre", &text)?;
    place.set_attribute("data-bench", "")?;
    root.query_selector("main")?
        .ok_or("the page has no main part")?
        .append_child(&place)?;
    Ok(())
}

fn measure() -> std::result::Result<String, Error> {
    let mut lines = Vec::new();
    let mut note = |what: String, microseconds: f64| lines.push(format!("{what}: {microseconds:.1} us"));
    for id in ExperimentId::PAPER {
        let experiment = Experiment::built_in(id)?;
        let ideal = IdealSpectrum::over_view(&experiment, SPECTRUM_POINTS)?;
        let flavor = Flavor::from_name(experiment.inputs().text("flavor")?)?;
        let mut rates = vec![0.0; SPECTRUM_POINTS];
        let spectrum = || ideal.dipole_per_kev(flavor, 1.0, crate::physics::cross_section::Sign::Correct, &mut rates);
        note(
            format!("spectrum of {SPECTRUM_POINTS} points, {id}"),
            median_us(20, spectrum),
        );
    }
    let dresden = Analysis::built_in(ExperimentId::DRESDEN_II, Settings::default())?;
    let refit = || {
        let dipole = dresden.dipole(Flavor::Electron, 1.0);
        let _ = dresden.fit(&dipole, 1e-20);
    };
    note("template and refit, dresden-ii".to_owned(), median_us(3, refit));
    let mut all = 0.0;
    for (id, flavor, quenching, _) in FIGURE_2 {
        let mut settings = Settings::default();
        settings.detector.quenching = quenching;
        let analysis = Analysis::built_in(id, settings)?;
        let masses = masses_mev(LIVE_MASSES);
        let templates = || {
            masses
                .iter()
                .for_each(|mass_mev| drop(analysis.dipole(flavor, *mass_mev)))
        };
        let of_templates = median_us(1, templates);
        let curve = || {
            for mass_mev in &masses {
                let _ = analysis.limit_per_gev(flavor, *mass_mev, Confidence::PAPER);
            }
        };
        let cost = median_us(1, curve);
        all += cost;
        let share = 100.0 * of_templates / cost;
        note(
            format!("limits at {LIVE_MASSES} masses, {id} {flavor} {quenching} ({share:.0} % in templates)"),
            cost,
        );
    }
    note("all seven curves of fig. 2".to_owned(), all);
    Ok(lines.join("\n"))
}

/// Median time of one call, in microseconds, over rounds of `calls` calls each.
fn median_us(calls: usize, mut work: impl FnMut()) -> f64 {
    let Some(clock) = window().ok().and_then(|window| window.performance()) else {
        return f64::NAN;
    };
    let mut times: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let (start, mut done) = (clock.now(), 0);
            // Some clocks tick in whole milliseconds.
            while clock.now() - start < LEAST_MS {
                (0..calls).for_each(|_| work());
                done += calls;
            }
            1e3 * (clock.now() - start) / done as f64
        })
        .collect();
    times.sort_unstable_by(f64::total_cmp);
    times[ROUNDS / 2]
}
