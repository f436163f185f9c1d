//! The paper's two figures, and one of the experiments of today, drawn with the chart code of the page.

use super::leads::sentence;
use super::plane::{computed_curve, curve_role, parted, published_line};
use super::spectrum::SPECTRUM_POINTS;
use super::words;
use crate::analysis::curve::Curve;
use crate::analysis::grid::{PLANE_COUPLING_PER_GEV, PLANE_MASS_MEV};
use crate::analysis::literature::{CurveKind, Literature};
use crate::analysis::{Analysis, Settings, Weights};
use crate::chart::exclusion::{ComputedCurve, ExclusionView, exclusion};
use crate::chart::spectrum::{RecoilCurve, RecoilView, recoil};
use crate::chart::{Arrangement, Chart, Corner, Dash, Panel, Role};
use crate::experiment::{Experiment, ExperimentId, IdealSpectrum, Registry};
use crate::physics::cross_section::Sign;
use crate::physics::detector::Quenching;
use crate::physics::units::coupling_squared_per_mev2;
use crate::statistics::Confidence;
use crate::{Choice, Error, Flavor};

/// Benchmarks of a panel of fig. 1: mass in MeV and coupling in GeV^-1, with the colour of the curve.
type Benchmarks = [(f64, f64, Role); 3];

/// Panels of fig. 1. The text of the paper gives the masses; the couplings are this project's choice,
/// about the limits of fig. 2.
const FIGURE_1: [(ExperimentId, Flavor, Benchmarks); 3] = [
    (ExperimentId::DRESDEN_II, Flavor::Electron, benchmarks(5e-8, 1e-7)),
    (ExperimentId::COHERENT_CSI, Flavor::Muon, benchmarks(5e-7, 1e-6)),
    (ExperimentId::XENON1T, Flavor::Tau, benchmarks(5e-7, 1e-6)),
];

/// Curves of fig. 2: experiment, flavour, quenching, and how the line is drawn.
pub const FIGURE_2: [(ExperimentId, Flavor, Quenching, Dash); 7] = [
    (ExperimentId::DRESDEN_II, Flavor::Electron, Quenching::Fef, Dash::Solid),
    (ExperimentId::DRESDEN_II, Flavor::Electron, Quenching::Ybe, Dash::Dashed),
    (
        ExperimentId::DRESDEN_II,
        Flavor::Electron,
        Quenching::Lindhard,
        Dash::Dotted,
    ),
    (
        ExperimentId::COHERENT_CSI,
        Flavor::Electron,
        Quenching::Fef,
        Dash::Solid,
    ),
    (ExperimentId::COHERENT_CSI, Flavor::Muon, Quenching::Fef, Dash::Solid),
    (ExperimentId::XENON1T, Flavor::Tau, Quenching::Fef, Dash::Solid),
    (ExperimentId::PANDAX_4T, Flavor::Tau, Quenching::Fef, Dash::Solid),
];

/// Masses of a curve of fig. 2.
const FIGURE_2_MASSES: usize = 200;

const fn benchmarks(weak: f64, strong: f64) -> Benchmarks {
    [
        (1.0, weak, Role::First),
        (1.0, strong, Role::Second),
        (5.0, strong, Role::Third),
    ]
}

/// Fig. 1: recoil spectra of Dresden-II, COHERENT and XENON1T, the SM and three benchmarks each.
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table.
pub fn figure_1() -> Result<Chart, Error> {
    let mut panels = Vec::new();
    for (id, flavor, benchmarks) in FIGURE_1 {
        let experiment = Experiment::built_in(id)?;
        let spectrum = IdealSpectrum::over_view(&experiment, SPECTRUM_POINTS)?;
        let curve = |(mass_mev, coupling_per_gev, role): (f64, f64, Role)| {
            let mut rates = vec![0.0; SPECTRUM_POINTS];
            spectrum.dipole_per_kev(flavor, mass_mev, Sign::Correct, &mut rates);
            let strength = coupling_squared_per_mev2(coupling_per_gev);
            RecoilCurve {
                name: words::benchmark(mass_mev, coupling_per_gev),
                dipole_per_kev: rates.into_iter().map(|rate| rate * strength).collect(),
                role,
                // Where two benchmarks agree, both are to be seen.
                dash: if role == Role::Third { Dash::Dashed } else { Dash::Solid },
            }
        };
        let chart = recoil(&RecoilView {
            title: words::spectrum_title(experiment.name(), flavor, Weights::default()),
            recoil_kev: spectrum.recoil_kev(),
            sm_per_kev: spectrum.sm_per_kev(),
            curves: benchmarks.into_iter().map(curve).collect(),
            electrons: false,
            parts: false,
        });
        panels.extend(chart.panels);
    }
    Ok(stacked(words::FIGURE_1, panels))
}

/// Fig. 2: 90 % limits for the three flavours, with published limits (no projections).
///
/// # Errors
/// [`ErrorKind::Table`](crate::ErrorKind::Table) for a broken table, [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
pub fn figure_2() -> Result<Chart, Error> {
    let mut panels = Vec::new();
    for &flavor in Flavor::ALL {
        let curves = FIGURE_2.into_iter().filter(|(_, of, ..)| *of == flavor);
        let computed = curves.map(limit_curve).collect::<Result<_, _>>()?;
        panels.extend(limits_panels(flavor, computed)?);
    }
    Ok(stacked(words::FIGURE_2, panels))
}

/// Computed curves of a flavour with the published ones (no projections).
fn limits_panels(flavor: Flavor, computed: Vec<ComputedCurve>) -> Result<Vec<Panel>, Error> {
    let literature = Literature::new();
    if let Some(broken) = literature.errors().first() {
        return Err(broken.clone());
    }
    let published = literature
        .for_flavor(flavor)
        .filter(|curve| curve.kind != CurveKind::Projection && !curve.is_alternative_for(flavor));
    let chart = exclusion(&ExclusionView {
        computed,
        published: published.map(published_line).collect(),
        ..ExclusionView::empty(words::limits_of(flavor), PLANE_MASS_MEV, PLANE_COUPLING_PER_GEV)
    });
    let panels = chart.panels.into_iter().map(|panel| Panel {
        legend: Some(Corner::BottomLeft),
        // The names stand on the curves: only the heading is left for the legend.
        legend_names: false,
        ..panel
    });
    Ok(panels.collect())
}

/// Fig. 3, of this project: 90 % limits of every experiment there is for the three flavours, the paper's and those of 2025 and 2026, with published limits (no
/// projections). What leads where is in its description.
///
/// # Errors
/// As [`figure_2`].
pub fn figure_3() -> Result<Chart, Error> {
    let registry = Registry::built_in()?;
    let mut panels = Vec::new();
    let mut sentences = vec![words::FIGURE_2.to_owned()];
    for &flavor in Flavor::ALL {
        let curves = Curve::of_all(&registry, flavor, &Settings::default(), Confidence::PAPER)?;
        let mut computed = Vec::new();
        for curve in &curves {
            let spec = registry.get(curve.request.experiment)?;
            let position = registry.position(spec.id()).unwrap_or_default();
            let drawn = computed_curve(curve, spec.name(), curve_role(position), Dash::Solid);
            computed.extend(parted(spec, false, drawn));
        }
        panels.extend(limits_panels(flavor, computed)?);
        sentences.push(sentence(&registry, &curves.iter().collect::<Vec<_>>()));
    }
    Ok(stacked(&sentences.join(" "), panels))
}

fn limit_curve((id, flavor, quenching, dash): (ExperimentId, Flavor, Quenching, Dash)) -> Result<ComputedCurve, Error> {
    let mut settings = Settings::default();
    settings.detector.quenching = quenching;
    let analysis = Analysis::built_in(id, &settings)?;
    let name = match analysis.experiment().name() {
        name if id == ExperimentId::DRESDEN_II => format!("{name} {quenching}"),
        name => name.to_owned(),
    };
    let curve = Curve::traced(analysis, flavor, Confidence::PAPER, FIGURE_2_MASSES)?;
    let position = Registry::built_in()?.position(id).unwrap_or_default();
    Ok(computed_curve(&curve, &name, curve_role(position), dash))
}

fn stacked(description: &str, panels: Vec<Panel>) -> Chart {
    Chart {
        description: description.to_owned(),
        arrangement: Arrangement::Stack,
        panels,
    }
}
