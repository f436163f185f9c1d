//! The best fit over mass and coupling: what two degrees of freedom count from.

use super::basis::Basis;
use crate::analysis::Analysis;
use crate::choice::Choice;
use crate::numerics::grid::logarithmic;
use crate::numerics::order::sort_few;
use crate::physics::units::coupling_per_gev;
use crate::{Error, Flavor};
use serde::Serialize;
use std::sync::OnceLock;

/// Masses that are searched, in MeV: the page's range.
pub const BEST_FIT_MASSES_MEV: (f64, f64) = (0.01, 100.0);
/// Masses of the scan.
const SCAN: usize = 121;
/// Local minima of the scan that are refined.
const REFINED: usize = 4;
/// A minimum is refined to this, in the logarithm of the mass: chi-square is flat to its square there.
const PRECISION: f64 = 1e-4;
/// What chi-square must fall by to count as lower: fits are no more precise.
const SAME: f64 = 1e-7;

/// The best fit of an experiment to one flavour.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BestFit {
    /// Mass of N, in MeV: the lightest, where several fit alike.
    pub mass_mev: f64,
    /// Coupling, in GeV^-1; zero if nothing is better than the SM.
    pub coupling_per_gev: f64,
    /// Chi-square.
    pub chi2: f64,
}

/// Best fits that are known, by the flavour asked for.
#[derive(Debug, Default)]
pub(super) struct BestFits([OnceLock<BestFit>; Flavor::ALL.len()]);

impl BestFits {
    fn place(&self, flavor: Flavor) -> &OnceLock<BestFit> {
        let index = Flavor::ALL.iter().position(|known| *known == flavor);
        &self.0[index.unwrap_or(0)]
    }

    /// The best fit, if it is known.
    pub(super) fn known(&self, flavor: Flavor) -> Option<BestFit> {
        self.place(flavor).get().copied()
    }

    /// The best fit, searched for where it is not known: a scan in the mass, then golden sections around its lowest minima.
    pub(super) fn search(
        &self,
        flavor: Flavor,
        basis: Basis,
        dipole: impl Fn(f64) -> Vec<f64>,
    ) -> Result<Option<BestFit>, Error> {
        let known = self.place(flavor);
        if let Some(best) = known.get() {
            return Ok(Some(*best));
        }
        let at = |mass_mev: f64| -> Result<BestFit, Error> {
            let minimum = basis.minimum(&dipole(mass_mev))?;
            Ok(BestFit {
                mass_mev,
                coupling_per_gev: coupling_per_gev(minimum.strength),
                chi2: minimum.chi2,
            })
        };
        let (low, high) = BEST_FIT_MASSES_MEV;
        let mut found = Vec::new();
        for mass_mev in logarithmic(low, high, SCAN) {
            found.push(at(mass_mev)?);
        }
        for mut section in sections(&found) {
            while !section.is_done() {
                section.take(at(section.next().exp())?);
            }
            found.extend(section.inner);
        }
        let best = found
            .into_iter()
            .reduce(|best, other| if other.chi2 < best.chi2 - SAME { other } else { best });
        // Clones that share the place may search at the same time; both find the same.
        Ok(best.map(|best| *known.get_or_init(|| best)))
    }
}

impl Analysis {
    /// The best fit over masses and couplings, searched for at most once per settings; `None` where the experiment
    /// gives only a bound. The first time it takes about as long as a limit curve.
    ///
    /// A scan in the mass, then golden sections (Kiefer, Proc. AMS 4, 502 (1953)) around its lowest minima. A dip narrower
    /// than a step of the scan (8 %) can be missed.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
    pub fn best_fit(&self, flavor: Flavor) -> Result<Option<BestFit>, Error> {
        let Some(basis) = self.basis() else { return Ok(None) };
        let dipole = |mass_mev| self.dipole(flavor, mass_mev).sum();
        self.best_fits.search(flavor, basis, dipole)
    }

    /// The best fit, if it has been searched for already.
    #[must_use]
    pub fn known_best_fit(&self, flavor: Flavor) -> Option<BestFit> {
        self.best_fits.known(flavor)
    }
}

/// The intervals around the lowest local minima of a scan.
fn sections(scan: &[BestFit]) -> Vec<Section> {
    let chi2 = |index: usize| scan.get(index).map_or(f64::INFINITY, |point| point.chi2);
    let mut lowest: Vec<usize> = (0..scan.len())
        .filter(|index| {
            let before = index.checked_sub(1).map_or(f64::INFINITY, chi2);
            // Of a plateau its first point stands for all.
            chi2(*index) < before - SAME && chi2(*index) <= chi2(index + 1)
        })
        .collect();
    sort_few(&mut lowest, |one, other| chi2(*one).total_cmp(&chi2(*other)));
    lowest.truncate(REFINED);
    let log = |index: usize| scan[index.min(scan.len() - 1)].mass_mev.ln();
    lowest
        .into_iter()
        .map(|index| Section::new(log(index.saturating_sub(1)), log(index + 1)))
        .collect()
}

/// A golden section between two masses, in their logarithms.
#[derive(Clone, Debug)]
struct Section {
    low: f64,
    high: f64,
    /// The points inside that are known, at most two, in order.
    inner: Vec<BestFit>,
}

impl Section {
    /// What a step leaves of the interval.
    const SHARE: f64 = 0.618_033_988_749_894_9;

    fn new(low: f64, high: f64) -> Self {
        Self {
            low,
            high,
            inner: Vec::new(),
        }
    }

    fn is_done(&self) -> bool {
        self.high - self.low < PRECISION && !self.inner.is_empty()
    }

    /// The lower and the upper inner point, as they ought to lie.
    fn places(&self) -> (f64, f64) {
        let width = Self::SHARE * (self.high - self.low);
        (self.high - width, self.low + width)
    }

    fn next(&self) -> f64 {
        let (lower, upper) = self.places();
        match self.inner.first() {
            Some(known) if known.mass_mev.ln() < 0.5 * (self.low + self.high) => upper,
            Some(_) | None => lower,
        }
    }

    fn take(&mut self, point: BestFit) {
        self.inner.push(point);
        sort_few(&mut self.inner, |one, other| one.mass_mev.total_cmp(&other.mass_mev));
        if let [lower, upper] = self.inner[..] {
            if lower.chi2 <= upper.chi2 {
                self.high = upper.mass_mev.ln();
                self.inner.truncate(1);
            } else {
                self.low = lower.mass_mev.ln();
                self.inner.remove(0);
            }
        }
    }
}
