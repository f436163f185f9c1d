//! A map under the curves of the plane.

use super::contour;
use crate::chart::{Dash, Layer, Mark, Role, Values};

/// Delta chi-square over the plane.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaneMap {
    /// Masses of the columns, in MeV.
    pub masses_mev: Values,
    /// Couplings of the rows, in GeV^-1.
    pub couplings_per_gev: Values,
    /// Delta chi-square column by column; not a number where it has not been computed.
    pub delta_chi2: Values,
    /// Levels of the contours: name and delta chi-square.
    pub levels: Vec<(String, f64)>,
}

/// Bands of the map and its contours.
pub(super) fn layers(map: &PlaneMap) -> Vec<Layer> {
    let heat = Mark::Heat {
        x: map.masses_mev.clone(),
        y: map.couplings_per_gev.clone(),
        values: map.delta_chi2.clone(),
        levels: map.levels.iter().map(|(_, level)| *level).collect(),
    };
    let mut layers = vec![Layer::new("", Role::First, heat).still()];
    let logarithms = |values: &[f64]| -> Vec<f64> { values.iter().map(|value| value.ln()).collect() };
    let (x, y) = (logarithms(&map.masses_mev), logarithms(&map.couplings_per_gev));
    // Chi-square rises like d^4 far out: its logarithm is what is smooth there. What is added keeps
    // the logarithm away from the minimum, where chi-square is zero.
    let smooth = |delta: f64| (delta + 1.0).ln();
    let values: Vec<f64> = map.delta_chi2.iter().map(|delta| smooth(*delta)).collect();
    for (name, level) in &map.levels {
        for line in contour(&x, &y, &values, smooth(*level)) {
            let (x, y): (Vec<f64>, Vec<f64>) = line.into_iter().map(|(x, y)| (x.exp(), y.exp())).unzip();
            let mark = Mark::Contour {
                x: x.into(),
                y: y.into(),
            };
            layers.push(Layer::new(name.clone(), Role::First, mark).dashed(Dash::Dotted).still());
        }
    }
    layers
}
