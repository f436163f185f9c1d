//! The paper's two figures, drawn with the chart code of the page.

use crate::analysis::curve::masses_mev;
use crate::analysis::literature::{CurveKind, published, texono};
use crate::analysis::{Analysis, Settings};
use crate::chart::exclusion::{ComputedCurve, ExclusionView, Piece, exclusion};
use crate::chart::spectrum::{RecoilCurve, RecoilView, recoil};
use crate::chart::{Arrangement, Chart, Corner, Dash, Role, scientific};
use crate::experiment::{Experiment, ExperimentId, IdealSpectrum};
use crate::page::plane::{curve_role, published_line};
use crate::page::state::{COUPLING_PER_GEV, MASS_MEV};
use crate::page::workbench::SPECTRUM_POINTS;
use crate::physics::cross_section::Sign;
use crate::physics::detector::Quenching;
use crate::physics::units::coupling_squared_per_mev2;
use crate::statistics::{ConfidenceLevel, Dof};
use crate::{Choice, Error, Flavor};

/// Benchmarks of a panel of fig. 1: mass in MeV and coupling in GeV^-1, with the colour of the curve.
type Benchmarks = [(f64, f64, Role); 3];

/// Panels of fig. 1. The text of the paper gives the masses; the couplings are this project's choice,
/// about the limits of fig. 2.
const FIGURE_1: [(ExperimentId, Flavor, Benchmarks); 3] = [
    (ExperimentId::DresdenIi, Flavor::Electron, benchmarks(5e-8, 1e-7)),
    (ExperimentId::CoherentCsi, Flavor::Muon, benchmarks(5e-7, 1e-6)),
    (ExperimentId::Xenon1t, Flavor::Tau, benchmarks(5e-7, 1e-6)),
];

/// Curves of fig. 2: experiment, flavour, quenching, and how the line is drawn.
pub const FIGURE_2: [(ExperimentId, Flavor, Quenching, Dash); 7] = [
    (ExperimentId::DresdenIi, Flavor::Electron, Quenching::Fef, Dash::Solid),
    (ExperimentId::DresdenIi, Flavor::Electron, Quenching::Ybe, Dash::Dashed),
    (
        ExperimentId::DresdenIi,
        Flavor::Electron,
        Quenching::Lindhard,
        Dash::Dotted,
    ),
    (ExperimentId::CoherentCsi, Flavor::Electron, Quenching::Fef, Dash::Solid),
    (ExperimentId::CoherentCsi, Flavor::Muon, Quenching::Fef, Dash::Solid),
    (ExperimentId::Xenon1t, Flavor::Tau, Quenching::Fef, Dash::Solid),
    (ExperimentId::Pandax4t, Flavor::Tau, Quenching::Fef, Dash::Solid),
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
/// [`Error::Table`] for a broken table.
pub fn figure_1() -> Result<Chart, Error> {
    let mut panels = Vec::new();
    for (id, flavor, benchmarks) in FIGURE_1 {
        let experiment = Experiment::new(id)?;
        let spectrum = IdealSpectrum::over_view(&experiment, SPECTRUM_POINTS)?;
        let curve = |(mass_mev, coupling_per_gev, role): (f64, f64, Role)| {
            let mut rates = vec![0.0; SPECTRUM_POINTS];
            spectrum.dipole_per_kev(flavor, mass_mev, Sign::Correct, &mut rates);
            let strength = coupling_squared_per_mev2(coupling_per_gev);
            RecoilCurve {
                name: format!("m = {mass_mev} MeV, d = {} GeV⁻¹", scientific(coupling_per_gev, 1)),
                dipole_per_kev: rates.into_iter().map(|rate| rate * strength).collect(),
                role,
                // Where two benchmarks agree, both are to be seen.
                dash: if role == Role::Third { Dash::Dashed } else { Dash::Solid },
            }
        };
        let chart = recoil(&RecoilView {
            title: format!("{}, dipole of ν{}", experiment.name(), flavor.symbol()),
            recoil_kev: spectrum.recoil_kev(),
            sm_per_kev: spectrum.sm_per_kev(),
            curves: benchmarks.into_iter().map(curve).collect(),
            parts: false,
        });
        panels.extend(chart.panels);
    }
    Ok(stacked(
        "Recoil spectra of the SM and of three benchmarks of the dipole portal.",
        panels,
    ))
}

/// Fig. 2: 90 % limits for the three flavours, with published limits (no projections).
///
/// # Errors
/// [`Error::Table`] for a broken table, [`Error::Convergence`] if a fit does not converge.
pub fn figure_2() -> Result<Chart, Error> {
    let mut elsewhere = published()?;
    elsewhere.push(texono()?);
    elsewhere.retain(|curve| curve.kind != CurveKind::Projection && curve.alternative_to.is_none());
    let mut panels = Vec::new();
    for &flavor in Flavor::ALL {
        let computed = FIGURE_2
            .into_iter()
            .filter(|(_, of, ..)| *of == flavor)
            .map(limit_curve)
            .collect::<Result<_, _>>()?;
        let about_flavor = elsewhere.iter().filter(|curve| curve.is_about(flavor));
        let title = format!("dipole of ν{}, 90 % limits", flavor.symbol());
        let chart = exclusion(&ExclusionView {
            computed,
            published: about_flavor.map(published_line).collect(),
            ..ExclusionView::empty(title, MASS_MEV, COUPLING_PER_GEV)
        });
        panels.extend(chart.panels.into_iter().map(|panel| crate::chart::Panel {
            legend: Some(Corner::BottomLeft),
            // The names stand on the curves: only the heading is left for the legend.
            legend_names: false,
            ..panel
        }));
    }
    Ok(stacked(
        "Limits on the dipole coupling of each flavour against the mass of N.",
        panels,
    ))
}

fn limit_curve((id, flavor, quenching, dash): (ExperimentId, Flavor, Quenching, Dash)) -> Result<ComputedCurve, Error> {
    let mut settings = Settings::default();
    settings.detector.quenching = quenching;
    let analysis = Analysis::new(id, settings)?;
    let masses_mev = masses_mev(FIGURE_2_MASSES);
    let limit = |mass_mev: &f64| analysis.limit_per_gev(flavor, *mass_mev, ConfidenceLevel::NINETY, Dof::One);
    let limits = masses_mev.iter().map(limit).collect::<Result<Vec<_>, _>>()?;
    let name = analysis.experiment().name();
    Ok(ComputedCurve {
        name: if id == ExperimentId::DresdenIi {
            format!("{name} {quenching}")
        } else {
            name.to_owned()
        },
        role: curve_role(id),
        dash,
        pieces: Piece::between_gaps(&masses_mev, &limits),
        everything_excluded_mev: Vec::new(),
        ceilings: Vec::new(),
    })
}

fn stacked(description: &str, panels: Vec<crate::chart::Panel>) -> Chart {
    Chart {
        description: description.to_owned(),
        arrangement: Arrangement::Stack,
        panels,
    }
}
