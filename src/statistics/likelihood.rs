//! The one interface of everything that compares counts with an expectation.

use super::{Parameter, Term};
use crate::Error;
use crate::error::in_range;
use std::sync::Arc;

/// What is compared, per bin: counts that were observed (or pseudo-data, or an expectation for a median limit), what
/// the SM gives, and what the dipole adds per unit of strength (d^2 in MeV^-2).
#[derive(Clone, Copy, Debug)]
pub struct Counts<'a> {
    /// Observed counts.
    pub observed: &'a [f64],
    /// SM counts.
    pub sm: &'a [f64],
    /// Dipole counts per unit of strength, none negative.
    pub dipole: &'a [f64],
    /// Factor of SM and dipole alike: 1, unless several experiments share a normalisation.
    pub factor: f64,
}

impl<'a> Counts<'a> {
    /// Counts with a factor of 1; the three lists have one number per bin.
    #[must_use]
    pub fn new(observed: &'a [f64], sm: &'a [f64], dipole: &'a [f64]) -> Self {
        Self {
            observed,
            sm,
            dipole,
            factor: 1.0,
        }
    }

    /// SM and dipole in a bin, without the common factor.
    #[inline(always)]
    pub(super) fn signal(&self, strength: f64, bin: usize) -> f64 {
        self.sm[bin] + strength * self.dipole[bin]
    }

    /// Strength at which the dipole is as large as the errors with these `variances`, one per bin; `None` if the template is empty.
    pub(super) fn strength_scale(&self, variances: impl Iterator<Item = f64>) -> Option<f64> {
        let pulls = self.dipole.iter().zip(variances);
        let information: f64 = pulls.map(|(count, variance)| count * count / variance).sum();
        (information > 0.0).then(|| information.sqrt().recip() / self.factor.max(f64::MIN_POSITIVE))
    }

    /// Whether every list has `bins` numbers.
    pub(super) fn fits(&self, bins: usize) -> bool {
        [self.observed, self.sm, self.dipole]
            .iter()
            .all(|list| list.len() == bins)
    }

    /// Checks that every list has `bins` numbers.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if not.
    pub(super) fn check(&self, bins: usize) -> Result<(), Error> {
        if self.fits(bins) {
            return Ok(());
        }
        let got = format!("{}, {} and {}", self.observed.len(), self.sm.len(), self.dipole.len());
        Err(Error::input("counts", got, format!("{bins} bins")))
    }
}

/// Chi-square at one strength, minimised over the nuisance parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    /// The minimum.
    pub chi2: f64,
    /// Its derivative with respect to the strength (by the envelope theorem the partial derivative at the minimum).
    pub slope: f64,
    /// Its derivative with respect to [`Counts::factor`], in the same sense.
    pub factor_slope: f64,
}

/// A background that a likelihood knows of.
#[derive(Clone, Debug, PartialEq)]
pub struct Background {
    /// Key of it: that of the nuisance which scales it, where it has one.
    pub name: String,
    /// Expected counts per bin at the nuisances asked for.
    pub counts: Vec<f64>,
}

/// From an experiment with data to one without, whose counts are what is expected of it (the "Asimov" data set of Cowan, Cranmer, Gross & Vitells, EPJC 71,
/// 1554 (2011)).
#[derive(Clone, Copy, Debug)]
pub struct Projection<'a> {
    /// Backgrounds relative to those of the data.
    pub background: f64,
    /// Time relative to that of the data, where counts are rates.
    pub time: f64,
    /// Best nuisances of the data without dipole.
    pub fitted: &'a [f64],
    /// What this fit expects in each bin.
    pub before: &'a [f64],
    /// What the SM gives in each bin of the experiment without data.
    pub sm: &'a [f64],
}

/// What is inside is a matter of the experiment; code that prints it all would be in the page, too.
impl std::fmt::Debug for dyn Likelihood + '_ {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Likelihood")
    }
}

/// A chi-square with nuisance parameters. Object-safe: an experiment, or a [`Joint`](super::Joint) of several.
pub trait Likelihood: Send + Sync {
    /// The nuisance parameters, in the order of every list of their values.
    fn parameters(&self) -> &[Parameter];

    /// The counts that the experiment observed, one per bin.
    fn observed(&self) -> &[f64];

    /// Errors of these counts, one per bin: what the chi-square divides by, or their square roots for Poisson counts.
    fn errors(&self) -> Vec<f64> {
        self.observed().iter().map(|count| count.sqrt()).collect()
    }

    /// Checks pseudo-data.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) unless there is one number per bin that the likelihood can take.
    fn check_observed(&self, observed: &[f64]) -> Result<(), Error> {
        check_bins(observed, self.observed().len(), 0.0)
    }

    /// Where a fit without a better idea starts: the parameters' own starts for the experiment's own data, else what a
    /// search over many starts finds.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if the counts do not fit the bins, [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if no start leads to a minimum.
    fn start(&self, counts: Counts) -> Result<Vec<f64>, Error> {
        counts.check(self.observed().len())?;
        Ok(self.parameters().iter().map(|parameter| parameter.start).collect())
    }

    /// Strength at which the dipole is about as large as the statistical errors: the unit of the searches in
    /// strength. `None` if the template is empty.
    fn strength_scale(&self, counts: Counts) -> Option<f64>;

    /// What the profiled chi-square tends to as the strength grows, where a normalisation can take back any signal; infinite where it
    /// grows without bound, or where that lies beyond every level.
    fn saturation(&self, _counts: Counts) -> f64 {
        f64::INFINITY
    }

    /// Minimises over the nuisance parameters at `strength`, starting from `nuisances` and leaving their best values
    /// there.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) if the lists do not fit bins and parameters, [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if the minimum is not found.
    fn profile(&self, counts: Counts, strength: f64, nuisances: &mut [f64]) -> Result<Profile, Error>;

    /// Chi-square at given nuisances: infinite where an expectation is not positive although something was observed,
    /// not a number if the lists do not fit bins and parameters.
    fn chi2(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> f64;

    /// What every bin adds to the chi-square at given nuisances: with the squares of the pulls they are [`Self::chi2`]. Empty if the lists do
    /// not fit bins and parameters.
    fn terms(&self, counts: Counts, strength: f64, nuisances: &[f64]) -> Vec<Term>;

    /// The backgrounds at given nuisances; empty if the list does not fit the parameters.
    fn backgrounds(&self, nuisances: &[f64]) -> Vec<Background>;

    /// What the nuisances multiply SM and dipole by in each bin, without what they do to their shapes: see [`Self::signal_of`].
    fn signal_factors(&self, nuisances: &[f64]) -> Vec<f64>;

    /// The same with counts as they are expected in place of those observed: nuisances with a prior at its centre, others where the data have put
    /// them.
    fn projected(&self, projection: &Projection) -> Arc<dyn Likelihood>;

    /// Length of a template of SM or dipole: a number for each bin, or more where its shape is uncertain.
    fn template(&self) -> usize {
        self.observed().len()
    }

    /// All counts of a template, in its bins.
    fn counts_of(&self, template: &[f64]) -> f64 {
        template.iter().take(self.observed().len()).sum()
    }

    /// What the nuisances make of a template of SM or dipole, per bin.
    fn signal_of(&self, template: &[f64], nuisances: &[f64]) -> Vec<f64> {
        let factors = self.signal_factors(nuisances);
        factors
            .iter()
            .zip(template)
            .map(|(factor, count)| factor * count)
            .collect()
    }

    /// All backgrounds together, per bin.
    fn background(&self, nuisances: &[f64]) -> Vec<f64> {
        let mut total = vec![0.0; self.observed().len()];
        for background in self.backgrounds(nuisances) {
            for (total, count) in total.iter_mut().zip(background.counts) {
                *total += count;
            }
        }
        total
    }
}

/// Checks that there is a value for each of `count` parameters.
///
/// # Errors
/// [`ErrorKind::Input`](crate::ErrorKind::Input) if not.
pub(super) fn check_nuisances(nuisances: &[f64], count: usize) -> Result<(), Error> {
    if nuisances.len() == count {
        Ok(())
    } else {
        Err(Error::input("nuisances", nuisances.len(), format!("{count} values")))
    }
}

/// Checks that `observed` has one number per bin, each between `lowest` and the largest float.
pub(super) fn check_bins(observed: &[f64], bins: usize, lowest: f64) -> Result<(), Error> {
    if observed.len() != bins {
        return Err(Error::input("observed", observed.len(), format!("{bins} bins")));
    }
    for count in observed {
        in_range("observed", *count, lowest, f64::MAX)?;
    }
    Ok(())
}
