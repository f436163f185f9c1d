//! Spectra of pins: what they are, and as lines over the spectrum that is shown.

use super::{Subject, data_view};
use crate::Error;
use crate::chart::spectrum::density;
use crate::chart::{Chart, Dash, Layer, Mark, Role, Scale, Values, decade_above};
use crate::experiment::{Detector, recoil_efficiency};
use crate::page::pins::PinnedSpectrum;
use crate::page::state::View;
use crate::physics::units::KEV_PER_MEV;
use std::rc::Rc;

/// A pin of the experiment that is shown: what it is called, and its spectrum.
pub(in crate::page) type PinnedLine = (String, Rc<PinnedSpectrum>);

/// The spectra of a state.
pub(super) fn spectrum(subject: &Subject) -> PinnedSpectrum {
    let analysis = subject.analysis;
    let (sm_per_kev, dipole_per_kev) = subject.ideal_rates();
    let sum = data_view::added(
        analysis.sm_beside_background(),
        &data_view::scaled(subject.strength, &subject.dipole.sum()),
    );
    let fitted = analysis.statistic().likelihood().zip(subject.fit.as_ref());
    let (signal, total) = match fitted {
        Some((likelihood, fit)) => {
            let signal = likelihood.signal_of(&sum, &fit.nuisances);
            let total = data_view::added(&likelihood.background(&fit.nuisances), &signal);
            (signal, total)
        }
        None => (sum.clone(), sum),
    };
    PinnedSpectrum {
        per_kev: data_view::added(&sm_per_kev, &dipole_per_kev),
        signal,
        total,
    }
}

/// How the lines of one pin after another are drawn.
pub(in crate::page) const DASHES: [Dash; 3] = [Dash::Dashed, Dash::Dotted, Dash::Solid];

/// Draws pins over the spectrum of their experiment, each with its own dashes.
pub(super) fn draw(subject: &Subject, pinned: &[PinnedLine], chart: &mut Chart) -> Result<(), Error> {
    for (index, (name, spectrum)) in pinned.iter().enumerate() {
        let dash = DASHES[index % DASHES.len()];
        for (panel, mark) in chart.panels.iter_mut().zip(marks(subject, spectrum)?) {
            let layer = Layer::new(name.clone(), Role::Pinned, mark).dashed(dash);
            if panel.y.scale == Scale::Logarithmic {
                let largest = layer.mark.largest();
                if largest > panel.y.high {
                    panel.y.high = decade_above(largest);
                }
            }
            panel.layers.push(layer);
        }
    }
    Ok(())
}

/// Its line in each panel, as far as panels have one.
fn marks(subject: &Subject, spectrum: &PinnedSpectrum) -> Result<Vec<Mark>, Error> {
    let experiment = subject.analysis.experiment();
    let recoil_kev = subject.ideal.recoil_kev();
    let curve = |y: Values| Mark::Curve {
        x: recoil_kev.into(),
        y,
    };
    let binning = subject.analysis.prediction().binning();
    let steps = |edges: &[f64], y: Vec<f64>| Mark::Steps {
        edges: edges.into(),
        y: y.into(),
    };
    Ok(match (subject.state.view, experiment.detector()) {
        (View::Recoil, _) => vec![curve(spectrum.per_kev.as_slice().into())],
        (View::Data, Detector::Ionisation) => {
            let edges = &binning.energy.edges;
            vec![
                steps(edges, spectrum.total.clone()),
                steps(edges, spectrum.signal.clone()),
            ]
        }
        (View::Data, Detector::IonisationExcess | Detector::Response | Detector::ElectronRecoils)
            if crate::WORKSHOP =>
        {
            let edges = &binning.energy.edges;
            let runs = spectrum.total.chunks(binning.energy.bins().max(1));
            runs.map(|run| steps(edges, run.to_vec())).collect()
        }
        (View::Data, Detector::IonisationExcess | Detector::Response | Detector::ElectronRecoils) => Vec::new(),
        (View::Data, Detector::Scintillation | Detector::PulseShape) => {
            let energy = &binning.energy.edges;
            let by_energy = steps(energy, density(energy, &binning.by_energy(&spectrum.total)));
            let by_time = binning.time.iter().map(|time| {
                let counts = binning.by_time(&spectrum.total);
                steps(&time.edges, density(&time.edges, &counts))
            });
            std::iter::once(by_energy).chain(by_time).collect()
        }
        (View::Data, Detector::Efficiency) => {
            let efficiency = recoil_efficiency(experiment)?;
            let seen = recoil_kev.iter().zip(&spectrum.per_kev);
            let seen = seen.map(|(recoil, rate)| efficiency.at(recoil / KEV_PER_MEV) * rate);
            vec![curve(seen.collect())]
        }
    })
}
