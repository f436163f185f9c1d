//! Data with what is expected of them: what limits and best fits are made from, of one experiment or of several as one.

use crate::Error;
use crate::analysis::{BestFit, Column, Fit};
use crate::statistics::{Counts, Goodness, Likelihood, Minimum, minimum};

/// A chi-square of observed counts, and what the SM gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Basis<'a> {
    pub(super) likelihood: &'a dyn Likelihood,
    /// SM counts in each bin, at the settings' fluxes.
    pub(super) sm: &'a [f64],
    /// The fit without dipole, where it is known: all others start from it.
    pub(super) sm_fit: Option<&'a Fit>,
}

impl<'a> Basis<'a> {
    /// What the likelihood compares: data, SM, and a dipole template summed over kinds of recoil.
    pub(super) fn counts<'b>(&self, dipole: &'b [f64]) -> Counts<'b>
    where
        'a: 'b,
    {
        Counts::new(self.likelihood.observed(), self.sm, dipole)
    }

    /// Where fits of these data start.
    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        match self.sm_fit {
            Some(fit) => Ok(fit.nuisances.clone()),
            None => self.likelihood.start(counts),
        }
    }

    /// The nuisances at one strength.
    pub(super) fn fit(&self, dipole: &[f64], strength: f64) -> Result<Fit, Error> {
        let counts = self.counts(dipole);
        let mut nuisances = self.start(counts)?;
        let chi2 = self.likelihood.profile(counts, strength, &mut nuisances)?.chi2;
        Ok(Fit { chi2, nuisances })
    }

    /// How well such a fit describes the data.
    pub(super) fn goodness(&self, dipole: &[f64], strength: f64, fit: &Fit) -> Goodness {
        let terms = self.likelihood.terms(self.counts(dipole), strength, &fit.nuisances);
        Goodness::new(fit.chi2, &terms, self.likelihood.parameters())
    }

    /// The minimum of chi-square over strengths not below zero.
    pub(super) fn minimum(&self, dipole: &[f64]) -> Result<Minimum, Error> {
        let counts = self.counts(dipole);
        minimum(self.likelihood, counts, &self.start(counts)?)
    }

    /// Chi-square along the coupling, counted from the minimum or from a best fit over masses that is lower.
    pub(super) fn column(self, dipole: Vec<f64>, over_masses: Option<BestFit>) -> Result<Column<'a>, Error> {
        let minimum = self.minimum(&dipole)?;
        Ok(Column {
            floor: over_masses.map_or(minimum.chi2, |best| best.chi2.min(minimum.chi2)),
            basis: self,
            dipole,
            minimum,
        })
    }
}
