//! What limits can be asked of.

use super::{Analysis, BestFit, Column, Settings};
use crate::experiment::ExperimentId;
use crate::physics::units::coupling_squared_per_mev2;
use crate::statistics::{Confidence, Dof, Limit};
use crate::{Error, Flavor};

/// What is inside is a matter of whoever made it; code that prints it all would be in the page, too.
impl std::fmt::Debug for dyn Subject + '_ {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(&self.name())
    }
}

/// One experiment, or several as one: whatever has limits, a best fit and a curve.
pub trait Subject {
    /// Its key: that of the experiment, or [`ExperimentId::COMBINATION`].
    fn id(&self) -> ExperimentId;

    /// Its name for people.
    fn name(&self) -> String;

    /// The experiments that it is made of.
    fn members(&self) -> Vec<&Analysis>;

    /// The settings with those that do not matter to it at their default.
    fn relevant_settings(&self) -> Settings;

    /// Checks that a source has neutrinos that make N: [`Analysis::check_flavor`].
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) naming the flavours that there are.
    fn check_flavor(&self, flavor: Flavor) -> Result<(), Error>;

    /// Checks that limits can be given: [`Analysis::check_confidence`].
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`](crate::ErrorKind::Unavailable) if not.
    fn check_confidence(&self, confidence: Confidence) -> Result<(), Error>;

    /// Chi-square along the coupling at one mass: [`Analysis::column`].
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
    fn column(&self, flavor: Flavor, mass_mev: f64, dof: Dof) -> Result<Option<Column<'_>>, Error>;

    /// The best fit over masses and couplings: [`Analysis::best_fit`].
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
    fn best_fit(&self, flavor: Flavor) -> Result<Option<BestFit>, Error>;

    /// Upper limit on the coupling at a mass, in GeV^-1: [`Analysis::limit_per_gev`].
    ///
    /// # Errors
    /// As [`Self::check_confidence`] and [`Self::column`].
    fn limit_per_gev(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Limit, Error>;

    /// Coupling in GeV^-1 above which N decays within a detector: [`Analysis::ceiling_per_gev`].
    fn ceiling_per_gev(&self, flavor: Flavor, mass_mev: f64) -> Option<f64>;

    /// The same, to be kept.
    fn boxed(&self) -> Box<dyn Subject>;

    /// Chi-square above the best fit at one point, the coupling in GeV^-1; `None` where there is only a bound.
    ///
    /// # Errors
    /// As [`Self::column`].
    fn delta_chi2_at(
        &self,
        flavor: Flavor,
        mass_mev: f64,
        coupling_per_gev: f64,
        dof: Dof,
    ) -> Result<Option<f64>, Error> {
        let Some(column) = self.column(flavor, mass_mev, dof)? else {
            return Ok(None);
        };
        let values = column.delta_chi2(&[coupling_squared_per_mev2(coupling_per_gev)])?;
        Ok(values.first().copied())
    }
}

impl<S: Subject + 'static> From<S> for Box<dyn Subject> {
    fn from(subject: S) -> Self {
        Box::new(subject)
    }
}

impl Subject for Analysis {
    fn id(&self) -> ExperimentId {
        self.experiment().id()
    }

    fn name(&self) -> String {
        self.name()
    }

    fn members(&self) -> Vec<&Analysis> {
        vec![self]
    }

    fn relevant_settings(&self) -> Settings {
        self.relevant_settings()
    }

    fn check_flavor(&self, flavor: Flavor) -> Result<(), Error> {
        self.check_flavor(flavor)
    }

    fn check_confidence(&self, confidence: Confidence) -> Result<(), Error> {
        self.check_confidence(confidence)
    }

    fn column(&self, flavor: Flavor, mass_mev: f64, dof: Dof) -> Result<Option<Column<'_>>, Error> {
        self.column(flavor, mass_mev, dof)
    }

    fn best_fit(&self, flavor: Flavor) -> Result<Option<BestFit>, Error> {
        self.best_fit(flavor)
    }

    fn limit_per_gev(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Limit, Error> {
        self.limit_per_gev(flavor, mass_mev, confidence)
    }

    fn ceiling_per_gev(&self, flavor: Flavor, mass_mev: f64) -> Option<f64> {
        self.ceiling_per_gev(flavor, mass_mev)
    }

    fn boxed(&self) -> Box<dyn Subject> {
        Box::new(self.clone())
    }
}
