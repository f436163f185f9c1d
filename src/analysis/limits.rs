//! What an experiment's data allow at one mass: chi-square above its minimum, and limits on the coupling.

use super::basis::Basis;
use crate::analysis::{Analysis, COUPLING_RANGE_PER_GEV, Fit};
use crate::physics::units::coupling_per_gev;
use crate::statistics::{
    Confidence, Counts, Dof, FluxBound, Goodness, Limit, Minimum, Projection, Statistic, limit_above,
};
use crate::{Error, ErrorKind, Flavor};

/// Chi-square as a function of the strength, at one mass of N.
#[derive(Clone, Debug)]
pub struct Column<'a> {
    pub(super) basis: Basis<'a>,
    pub(super) dipole: Vec<f64>,
    pub(super) minimum: Minimum,
    pub(super) floor: f64,
}

impl Column<'_> {
    fn counts(&self) -> Counts<'_> {
        self.basis.counts(&self.dipole)
    }

    /// The minimum over strengths not below zero at this mass.
    #[must_use]
    pub fn minimum(&self) -> &Minimum {
        &self.minimum
    }

    /// The chi-square that steps are counted from: the minimum at this mass for one degree of freedom, that over masses
    /// too for two.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.floor
    }

    /// Dipole counts in all bins per unit of strength.
    #[must_use]
    pub fn dipole_counts(&self) -> f64 {
        self.basis.likelihood.counts_of(&self.dipole)
    }

    /// Chi-square above the best fit at each of `strengths`, never negative. Each depends on nothing but its own
    /// strength: every fit starts from the minimum.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if a fit does not converge.
    pub fn delta_chi2(&self, strengths: &[f64]) -> Result<Vec<f64>, Error> {
        let mut nuisances = self.minimum.nuisances.clone();
        let above = strengths.iter().map(|strength| {
            nuisances.copy_from_slice(&self.minimum.nuisances);
            let chi2 = self
                .basis
                .likelihood
                .profile(self.counts(), *strength, &mut nuisances)?
                .chi2;
            // Rounding must not make a point better than the best one.
            Ok((chi2 - self.floor).max(0.0))
        });
        above.collect()
    }

    /// Best nuisances at a strength.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if the fit does not converge.
    pub fn fit(&self, strength: f64) -> Result<Fit, Error> {
        let mut nuisances = self.minimum.nuisances.clone();
        let chi2 = self
            .basis
            .likelihood
            .profile(self.counts(), strength, &mut nuisances)?
            .chi2;
        Ok(Fit { chi2, nuisances })
    }

    /// How well a fit at one strength describes the data.
    #[must_use]
    pub fn goodness(&self, strength: f64, fit: &Fit) -> Goodness {
        self.basis.goodness(&self.dipole, strength, fit)
    }

    /// Largest strength, in MeV^-2, whose chi-square is at most `step` above the best fit.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if a fit or the search does not converge.
    pub fn limit(&self, step: f64) -> Result<Limit, Error> {
        let left = step - (self.minimum.chi2 - self.floor);
        limit_above(self.basis.likelihood, self.counts(), &self.minimum, left)
    }

    /// The limit on the coupling, in GeV^-1.
    ///
    /// # Errors
    /// As [`Self::limit`].
    pub(super) fn limit_per_gev(&self, confidence: Confidence) -> Result<Limit, Error> {
        self.limit(confidence.delta_chi2()).map(limit_on_coupling)
    }
}

/// A limit on the coupling in GeV^-1 from one on the strength: none above what can be asked for.
pub(super) fn limit_on_coupling(strength: Limit) -> Limit {
    match strength.map(coupling_per_gev) {
        Limit::At(coupling_per_gev) if coupling_per_gev > COUPLING_RANGE_PER_GEV.1 => Limit::NoSensitivity,
        limit => limit,
    }
}

impl Analysis {
    /// Chi-square along the coupling at one mass, counted from the best fit that `dof` asks for; `None` where the
    /// experiment gives only a bound. For two degrees of freedom the best fit over masses is searched for when it is not
    /// known yet.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if a fit does not converge.
    pub fn column(&self, flavor: Flavor, mass_mev: f64, dof: Dof) -> Result<Option<Column<'_>>, Error> {
        let Some(basis) = self.basis() else {
            return Ok(None);
        };
        let best_over_masses = match dof {
            Dof::One => None,
            Dof::Two => self.best_fit(flavor)?,
        };
        let dipole = self.dipole(flavor, mass_mev).sum();
        basis.column(dipole, best_over_masses).map(Some)
    }

    /// Chi-square above the best fit at each of `strengths`, at one mass: [`Column::delta_chi2`].
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if a fit does not converge.
    pub fn delta_chi2(
        &self,
        flavor: Flavor,
        mass_mev: f64,
        dof: Dof,
        strengths: &[f64],
    ) -> Result<Option<Vec<f64>>, Error> {
        let column = self.column(flavor, mass_mev, dof)?;
        column.map(|column| column.delta_chi2(strengths)).transpose()
    }

    /// Checks that limits can be given for `confidence`: a published bound stands for its own level and
    /// one degree of freedom, and nothing else can be derived from it.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] if not.
    pub fn check_confidence(&self, confidence: Confidence) -> Result<(), Error> {
        match self.statistic() {
            Statistic::ChiSquare(_) => Ok(()),
            Statistic::FluxBound(_) if confidence == FluxBound::CONFIDENCE && !self.is_expected() => Ok(()),
            Statistic::FluxBound(_) => Err(ErrorKind::Unavailable {
                experiment: self.experiment().name().to_owned(),
                wanted: if self.is_expected() {
                    say!("what is expected").to_owned()
                } else {
                    confidence.to_string()
                },
                there_is: say!("a published bound for {}", FluxBound::CONFIDENCE.to_string()),
            }
            .into()),
        }
    }

    /// Upper limit on the coupling at a mass, in GeV^-1: no sensitivity without flux of the
    /// flavour, for a mass out of reach and for a limit above [`COUPLING_RANGE_PER_GEV`]; everything is excluded where
    /// the SM alone is above a bound, and for two degrees of freedom where even the best coupling at this mass is
    /// outside the region around the best fit.
    ///
    /// # Errors
    /// [`ErrorKind::Unavailable`] as [`Self::check_confidence`], [`ErrorKind::Convergence`] if a fit does not converge.
    pub fn limit_per_gev(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Limit, Error> {
        self.check_confidence(confidence)?;
        let strength = match self.statistic() {
            Statistic::FluxBound(bound) => {
                let dipole: f64 = self.dipole(flavor, mass_mev).sum().iter().sum();
                bound.largest_strength(self.standard_model().total(), dipole, self.flux())
            }
            Statistic::ChiSquare(_) => match self.column(flavor, mass_mev, confidence.dof)? {
                Some(column) => column.limit(confidence.delta_chi2())?,
                None => Limit::NoSensitivity,
            },
        };
        Ok(limit_on_coupling(strength))
    }

    /// The limit that was to be expected, from the SM expectation as data, where that belongs beside the limit of the data; `None`
    /// elsewhere.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`] if a fit does not converge.
    pub fn expected_limit_per_gev(
        &self,
        flavor: Flavor,
        mass_mev: f64,
        confidence: Confidence,
    ) -> Result<Option<Limit>, Error> {
        let shows = crate::WORKSHOP && self.experiment().spec().shows_expected_limit() && !self.is_expected();
        let Some(basis) = self.basis().filter(|_| shows) else {
            return Ok(None);
        };
        let expected = basis.likelihood.projected(&Projection {
            background: 1.0,
            time: 1.0,
            fitted: &[],
            before: &[],
            sm: basis.sm,
        });
        let nominal = expected.parameters().iter().map(|parameter| parameter.start).collect();
        let dipole = self.dipole(flavor, mass_mev).sum();
        let counts = Counts::new(expected.observed(), basis.sm, &dipole);
        // The SM fits its own expectation with nothing left, at every mass.
        let minimum = Minimum {
            strength: 0.0,
            chi2: 0.0,
            nuisances: nominal,
        };
        let limit = limit_above(expected.as_ref(), counts, &minimum, confidence.delta_chi2())?;
        Ok(Some(limit_on_coupling(limit)))
    }
}
