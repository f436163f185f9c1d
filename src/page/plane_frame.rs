//! The part of the plane that is shown: it can be moved, and made larger or smaller.

use crate::analysis::grid::{PLANE_COUPLING_PER_GEV, PLANE_MASS_MEV};
use serde::{Deserialize, Serialize};

/// Couplings that are shown at the start, in GeV^-1: where the limits are.
pub const START_COUPLINGS_PER_GEV: (f64, f64) = (1e-9, 1e-4);
/// The least ratio of the ends of a range.
const LEAST_RATIO: f64 = 1.25;

/// The part of the plane that is shown, as it was set: the ends of a range may come in either order, and as near to each
/// other as they like. What is shown of it is [`Self::mass_mev`] by [`Self::coupling_per_gev`].
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaneFrame {
    /// Ends of the range of masses, in MeV.
    pub masses_mev: (f64, f64),
    /// Ends of the range of couplings, in GeV^-1.
    pub couplings_per_gev: (f64, f64),
}

impl Default for PlaneFrame {
    fn default() -> Self {
        Self {
            masses_mev: PLANE_MASS_MEV,
            couplings_per_gev: START_COUPLINGS_PER_GEV,
        }
    }
}

impl PlaneFrame {
    /// The whole plane.
    pub const ALL: Self = Self {
        masses_mev: PLANE_MASS_MEV,
        couplings_per_gev: PLANE_COUPLING_PER_GEV,
    };

    /// Least and largest mass that are shown, in MeV.
    #[must_use]
    pub fn mass_mev(&self) -> (f64, f64) {
        range(self.masses_mev, PLANE_MASS_MEV)
    }

    /// Least and largest coupling that are shown, in GeV^-1.
    #[must_use]
    pub fn coupling_per_gev(&self) -> (f64, f64) {
        range(self.couplings_per_gev, PLANE_COUPLING_PER_GEV)
    }

    /// Whether a point is shown: mass in MeV, coupling in GeV^-1.
    #[must_use]
    pub fn contains(&self, mass_mev: f64, coupling_per_gev: f64) -> bool {
        let within = |(low, high): (f64, f64), value: f64| (low..=high).contains(&value);
        within(self.mass_mev(), mass_mev) && within(self.coupling_per_gev(), coupling_per_gev)
    }

    /// The part in which what was at `from` lies at `to`, and which is `factor` times as wide and as high (in logarithms). Places are
    /// fractions of the frame, from the left and from below. At the sides of the plane the frame stops.
    #[must_use]
    pub fn moved(&self, from: (f64, f64), to: (f64, f64), factor: f64) -> Self {
        Self {
            masses_mev: shifted(self.mass_mev(), PLANE_MASS_MEV, (from.0, to.0), factor),
            couplings_per_gev: shifted(self.coupling_per_gev(), PLANE_COUPLING_PER_GEV, (from.1, to.1), factor),
        }
    }

    /// The part that is `factor` times as wide and as high, about a fraction of the frame that stays where it is.
    #[must_use]
    pub fn zoomed(&self, about: (f64, f64), factor: f64) -> Self {
        self.moved(about, about, factor)
    }
}

/// A range from the smaller to the larger end, wide enough to be drawn, within `all`.
fn range((one, other): (f64, f64), all: (f64, f64)) -> (f64, f64) {
    let (low, high) = (one.min(other), one.max(other));
    if low >= all.0 && high <= all.1 && high >= LEAST_RATIO * low {
        return (low, high);
    }
    shifted((low, high), all, (0.5, 0.5), 1.0)
}

/// A range in which the fraction `from` lies at `to`, of `factor` times its width in logarithms, within `all`.
fn shifted((low, high): (f64, f64), all: (f64, f64), (from, to): (f64, f64), factor: f64) -> (f64, f64) {
    let (left, right) = (all.0.ln(), all.1.ln());
    let (width, start) = (high.ln() - low.ln(), low.ln());
    let wanted = (width * factor).clamp(LEAST_RATIO.ln(), right - left);
    if wanted >= right - left {
        return all;
    }
    let low = (start + from * width - to * wanted).clamp(left, (right - wanted).max(left));
    // The ends of the plane are its ends to the last digit.
    let end = |logarithm: f64| logarithm.exp().clamp(all.0, all.1);
    (end(low), end(low + wanted))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_near((low, high): (f64, f64), (wanted_low, wanted_high): (f64, f64)) -> bool {
        (low / wanted_low - 1.0).abs() < 1e-12 && (high / wanted_high - 1.0).abs() < 1e-12
    }

    #[test]
    fn what_is_under_the_pointer_stays_there() {
        let frame = PlaneFrame::default();
        let zoomed = frame.zoomed((0.75, 0.4), 0.5);
        // Three quarters of four decades from 0.01 MeV is 10 MeV; two fifths of five from 1e-9 is 1e-7.
        let at = |(low, high): (f64, f64), fraction: f64| low * (high / low).powf(fraction);
        assert!((at(zoomed.mass_mev(), 0.75) / 10.0 - 1.0).abs() < 1e-12);
        assert!((at(zoomed.coupling_per_gev(), 0.4) / 1e-7 - 1.0).abs() < 1e-12);
        assert!((zoomed.mass_mev().1 / zoomed.mass_mev().0 / 100.0 - 1.0).abs() < 1e-12);
    }

    #[test]
    fn it_stops_at_the_sides_of_the_plane_and_keeps_its_size() {
        let frame = PlaneFrame {
            masses_mev: (0.1, 1.0),
            couplings_per_gev: (1e-8, 1e-7),
        };
        let moved = frame.moved((0.0, 0.0), (7.0, 0.0), 1.0);
        assert!(is_near(moved.mass_mev(), (0.01, 0.1)), "{moved:?}");
        assert!(is_near(moved.coupling_per_gev(), (1e-8, 1e-7)));
        assert_eq!(frame.zoomed((0.5, 0.5), 1e9), PlaneFrame::ALL);
    }

    #[test]
    fn ends_in_any_order_and_any_distance_give_a_frame() {
        let frame = PlaneFrame {
            masses_mev: (100.0, 1.0),
            couplings_per_gev: (1e-3, 1e-3),
        };
        assert!(is_near(frame.mass_mev(), (1.0, 100.0)));
        let (low, high) = frame.coupling_per_gev();
        assert!(low < high && high <= 1e-3, "{low} {high}");
        let tiny = frame.zoomed((0.3, 0.3), 1e-9);
        assert!(tiny.mass_mev().1 / tiny.mass_mev().0 > 1.2);
    }
}
