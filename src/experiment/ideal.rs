//! The ideal spectra of fig. 1: recoils of what an experiment counts, no detector.

use super::Experiment;
use crate::Error;
use crate::Flavor;
use crate::numerics::grid::logarithmic;
use crate::physics::CouplingRatios;
use crate::physics::cross_section::Sign;
use crate::physics::recoil::RecoilSpectrum;
use crate::physics::source::Component;
use crate::physics::units::KEV_PER_MEV;

/// Counts per keV of recoils over the exposure at fixed recoil energies: efficiency 1, no
/// quenching, no resolution (paper, fig. 1). Recoils of nuclei, but where an experiment counts those of electrons alone. The SM part is computed once; a new mass costs only
/// its dipole rates.
///
/// ```
/// use dipole_portal::Flavor;
/// use dipole_portal::experiment::{Experiment, ExperimentId, IdealSpectrum};
/// use dipole_portal::physics::cross_section::Sign;
///
/// let xenon = Experiment::built_in(ExperimentId::XENON1T)?;
/// let spectrum = IdealSpectrum::new(&xenon, vec![0.5, 1.0, 2.0])?;
/// // Per d^2 in MeV^-2. It falls with the recoil energy T like 1/T, faster than coherent scattering.
/// let mut dipole = [0.0; 3];
/// spectrum.dipole_per_kev(Flavor::Tau, 1.0, Sign::Correct, &mut dipole);
/// let sm = spectrum.sm_per_kev();
/// assert!(dipole[2] / dipole[0] < sm[2] / sm[0]);
/// # Ok::<(), dipole_portal::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct IdealSpectrum {
    components: Vec<Component>,
    recoils: RecoilSpectrum,
    recoil_kev: Vec<f64>,
    sm_per_kev: Vec<f64>,
}

impl IdealSpectrum {
    /// Prepares the spectrum at positive recoil energies.
    ///
    /// # Errors
    /// [`ErrorKind::Input`](crate::ErrorKind::Input) for a recoil energy that is not positive and finite.
    pub fn new(experiment: &Experiment, recoil_kev: Vec<f64>) -> Result<Self, Error> {
        if let Some(wrong) = recoil_kev.iter().find(|recoil| !(recoil.is_finite() && **recoil > 0.0)) {
            return Err(Error::input("recoil", wrong, "keV above 0"));
        }
        let recoil_mev = recoil_kev.iter().map(|recoil| recoil / KEV_PER_MEV).collect();
        let recoils = RecoilSpectrum::new(recoil_mev, experiment.counted());
        let mut sm_per_kev = vec![0.0; recoil_kev.len()];
        for component in experiment.components() {
            recoils.add_standard_model(component, &mut sm_per_kev);
        }
        Ok(Self {
            components: experiment.components().to_vec(),
            recoils,
            recoil_kev,
            sm_per_kev,
        })
    }

    /// Prepares `points` energies, logarithmic over the range of the experiment's table.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn over_view(experiment: &Experiment, points: usize) -> Result<Self, Error> {
        let (low, high) = experiment.spec().view_kev();
        Self::new(experiment, logarithmic(low, high, points))
    }

    /// Recoil energies, in keV.
    #[must_use]
    pub fn recoil_kev(&self) -> &[f64] {
        &self.recoil_kev
    }

    /// SM counts per keV.
    #[must_use]
    pub fn sm_per_kev(&self) -> &[f64] {
        &self.sm_per_kev
    }

    /// Dipole counts per keV and per d^2 (d in MeV^-1), written to `rates` (as long as the
    /// energies); zero for a flavour that the source does not have.
    pub fn dipole_per_kev(&self, flavor: Flavor, sterile_mass_mev: f64, sign: Sign, rates: &mut [f64]) {
        rates.fill(0.0);
        for component in self.components.iter().filter(|component| component.flavor == flavor) {
            self.recoils.add_dipole(component, sterile_mass_mev, sign, rates);
        }
    }

    /// The same where N couples to several flavours: what each adds, with the square of its ratio.
    pub fn dipole_mixed_per_kev(&self, ratios: CouplingRatios, sterile_mass_mev: f64, sign: Sign, rates: &mut [f64]) {
        rates.fill(0.0);
        let mut own = rates.to_vec();
        for flavor in ratios.flavors() {
            self.dipole_per_kev(flavor, sterile_mass_mev, sign, &mut own);
            for (sum, own) in rates.iter_mut().zip(&own) {
                *sum += ratios.squared(flavor) * own;
            }
        }
    }
}
