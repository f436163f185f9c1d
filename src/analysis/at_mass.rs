//! What an experiment says at one mass whatever the coupling, kept for the mass that was asked for last: a hand that moves the coupling asks for it again with
//! every frame.

use crate::analysis::{Analysis, Column};
use crate::statistics::{Confidence, Limit, Minimum};
use crate::{Error, Flavor};
use std::sync::{Arc, Mutex};

/// What is known of one mass.
#[derive(Debug)]
pub(super) struct AtMass {
    asked: (Flavor, f64, Confidence),
    /// Chi-square along the coupling: dipole template, minimum and floor of its [`Column`]; `None` where the experiment gives only a bound.
    column: Option<(Vec<f64>, Minimum, f64)>,
    /// The limit on the coupling, in GeV^-1, of the data; `None` as `column`.
    pub(super) limit: Option<Limit>,
    /// That of recoils of nuclei alone, where those of electrons make limits optimistic.
    pub(super) nuclei_only: Option<Limit>,
    /// That which was to be expected, where it belongs beside that of the data.
    pub(super) expected: Option<Limit>,
}

/// The mass that was asked for last; clones of an analysis share it.
#[derive(Debug, Default)]
pub(super) struct LastMass(Mutex<Option<Arc<AtMass>>>);

impl LastMass {
    /// What is known of this, if it was asked for last. (With the experiments of the live page a frame has time to ask them anew.)
    fn known(&self, asked: (Flavor, f64, Confidence)) -> Option<Arc<AtMass>> {
        if !crate::WORKSHOP {
            return None;
        }
        let last = self.0.lock().ok()?;
        last.as_ref().filter(|known| known.asked == asked).map(Arc::clone)
    }

    fn keep(&self, known: &Arc<AtMass>) {
        if crate::WORKSHOP
            && let Ok(mut last) = self.0.lock()
        {
            *last = Some(Arc::clone(known));
        }
    }
}

impl AtMass {
    /// Chi-square along the coupling.
    pub(super) fn column<'a>(&self, analysis: &'a Analysis) -> Option<Column<'a>> {
        let (dipole, minimum, floor) = self.column.clone()?;
        Some(Column {
            basis: analysis.basis()?,
            dipole,
            minimum,
            floor,
        })
    }
}

impl Analysis {
    /// What it says at one mass.
    ///
    /// # Errors
    /// [`ErrorKind::Convergence`](crate::ErrorKind::Convergence) if a fit does not converge.
    pub(super) fn at_mass(&self, flavor: Flavor, mass_mev: f64, confidence: Confidence) -> Result<Arc<AtMass>, Error> {
        let asked = (flavor, mass_mev, confidence);
        if let Some(known) = self.last_mass.known(asked) {
            return Ok(known);
        }
        let column = self.column(flavor, mass_mev, confidence.dof)?;
        let limit = column
            .as_ref()
            .map(|column| column.limit_per_gev(confidence))
            .transpose()?;
        let nuclei = self.of_nuclei()?;
        let nuclei_only = nuclei.map(|nuclei| nuclei.limit_per_gev(flavor, mass_mev, confidence));
        let known = Arc::new(AtMass {
            asked,
            limit,
            nuclei_only: nuclei_only.transpose()?,
            expected: self.expected_limit_per_gev(flavor, mass_mev, confidence)?,
            column: column.map(|column| (column.dipole, column.minimum, column.floor)),
        });
        self.last_mass.keep(&known);
        Ok(known)
    }
}

#[cfg(test)]
mod tests {
    use crate::Flavor;
    use crate::analysis::verdict::point_result;
    use crate::analysis::{Analysis, Benchmark, Fluxes, Settings};
    use crate::experiment::ExperimentId;
    use crate::statistics::{Confidence, ConfidenceLevel};

    #[test]
    fn what_is_known_is_that_of_the_settings_the_mass_the_flavour_and_the_level() {
        let mut kept = Analysis::built_in(ExperimentId::COHERENT_CSI, &Settings::default()).expect("sound tables");
        let twice = Settings {
            fluxes: Fluxes::all(2.0),
            ..Settings::default()
        };
        let strict = Confidence {
            level: ConfidenceLevel::new(0.99).expect("a level"),
            ..Confidence::PAPER
        };
        for (settings, flavor, mass_mev, coupling_per_gev, confidence) in [
            (&Settings::default(), Flavor::Muon, 1.0, 1e-7, Confidence::PAPER),
            (&Settings::default(), Flavor::Muon, 1.0, 2e-6, Confidence::PAPER),
            (&Settings::default(), Flavor::Muon, 20.0, 2e-6, Confidence::PAPER),
            (&Settings::default(), Flavor::Electron, 20.0, 2e-6, Confidence::PAPER),
            (&Settings::default(), Flavor::Electron, 20.0, 2e-6, strict),
            (&twice, Flavor::Electron, 20.0, 2e-6, strict),
        ] {
            kept.set(settings).expect("settings within their range");
            let fresh = Analysis::built_in(ExperimentId::COHERENT_CSI, settings).expect("sound tables");
            let point = Benchmark::new(flavor, mass_mev, coupling_per_gev).expect("a point");
            let results = [&kept, &fresh].map(|analysis| point_result(analysis, point, confidence).expect("a fit"));
            assert_eq!(results[0].limit, results[1].limit);
            assert_eq!(results[0].delta_chi2, results[1].delta_chi2);
        }
    }
}
