//! How an experiment's data are compared with what is expected.

use super::{Detector, DetectorSpec, SourceSpec};
use crate::Error;
use crate::choice::named_choice;
use crate::data::Reader;

named_choice! {
    /// Kind of statistic.
    "statistic": pub enum StatisticKind {
        /// Gaussian chi-square over a fitted background.
        IonisationFit = "ionisation-fit",
        /// Gaussian chi-square of an excess.
        Excess = "excess",
        /// Poisson chi-square with normalisation nuisances.
        Counting = "counting",
        /// A published bound on the flux.
        FluxBound = "flux-bound",
        /// Poisson chi-square of several runs, with rates and shapes as nuisances.
        Runs = "runs",
    }
}

/// A statistic, with all its numbers.
#[derive(Clone, Debug, PartialEq)]
pub enum StatisticSpec {
    /// Gaussian chi-square over a fitted background.
    IonisationFit(IonisationFitSpec),
    /// Gaussian chi-square of an excess.
    Excess {
        /// Width of the prior on the signal's normalisation.
        signal_uncertainty: f64,
        /// What has to be said beside its limits.
        remark: String,
    },
    /// Poisson chi-square; widths of the priors on the normalisations of signal, beam-related neutrons,
    /// neutrino-induced neutrons and steady-state background.
    Counting {
        /// In this order.
        uncertainties: [f64; 4],
    },
    /// Poisson chi-square of several runs.
    Runs(RunsSpec),
    /// A published bound on the flux.
    FluxBound {
        /// The bound, in 1/cm^2/s.
        bound_per_cm2_s: f64,
        /// The flux that the prediction uses, in 1/cm^2/s.
        flux_per_cm2_s: f64,
    },
}

/// Priors of several runs.
#[derive(Clone, Debug, PartialEq)]
pub struct RunsSpec {
    /// Name of each background, a component of the table of data, with the widths of the priors on its rate in each run; zero
    /// where it has none.
    pub backgrounds: Vec<(String, Vec<f64>)>,
    /// Width of the prior on the flux, of SM and dipole alike.
    pub flux_uncertainty: f64,
    /// Width of the prior on the signal efficiency of each run.
    pub efficiency_uncertainty: f64,
    /// What has to be said beside its limits.
    pub remark: String,
}

/// Priors and lines of the fit of an ionisation spectrum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct IonisationFitSpec {
    /// Width of the prior on the signal's normalisation.
    pub signal_uncertainty: f64,
    /// Ratio of the M- to the L-shell line.
    pub m_shell_ratio: f64,
    /// Its uncertainty.
    pub m_shell_uncertainty: f64,
    /// Range of the energy of the L1 line, in keV.
    pub l1_energy_kev: (f64, f64),
    /// Ratio of the L2 to the L1 line.
    pub l2_ratio: f64,
    /// Energy of the L2 line, in keV.
    pub l2_energy_kev: f64,
    /// Energy of the M line, in keV.
    pub m_energy_kev: f64,
}

impl StatisticSpec {
    pub(super) fn read(reader: &mut Reader, source: &SourceSpec, spec: &DetectorSpec) -> Result<Self, Error> {
        let detector = spec.kind();
        let kind = reader.choice::<StatisticKind>("statistic")?;
        if let (StatisticKind::Runs, DetectorSpec::Response(response), Some(_)) = (kind, spec, source.flux_per_cm2_s())
        {
            return RunsSpec::read(reader, response.runs.len()).map(Self::Runs);
        }
        match (kind, detector, source.flux_per_cm2_s()) {
            (StatisticKind::IonisationFit, Detector::Ionisation, Some(_)) => {
                IonisationFitSpec::read(reader).map(Self::IonisationFit)
            }
            (StatisticKind::Excess, Detector::IonisationExcess, Some(_)) => Ok(Self::Excess {
                signal_uncertainty: reader.positive("signal-uncertainty")?,
                remark: reader.text("remark")?,
            }),
            (StatisticKind::Counting, Detector::Scintillation, None) => {
                let mut uncertainties = [0.0; 4];
                for (uncertainty, part) in uncertainties.iter_mut().zip(["signal", "brn", "nin", "ssb"]) {
                    *uncertainty = reader.positive(&format!("{part}-uncertainty"))?;
                }
                Ok(Self::Counting { uncertainties })
            }
            (StatisticKind::FluxBound, Detector::Efficiency, Some(flux_per_cm2_s)) => Ok(Self::FluxBound {
                bound_per_cm2_s: reader.positive("flux-bound")?,
                flux_per_cm2_s,
            }),
            (_, _, _) => {
                let source = source.kind();
                Err(reader.error(format!(
                    "source '{source}', detector '{detector}' and statistic '{kind}' do not go together"
                )))
            }
        }
    }
}

impl RunsSpec {
    fn read(reader: &mut Reader, runs: usize) -> Result<Self, Error> {
        let names = reader.text("backgrounds")?;
        let backgrounds = names.split(' ').map(|name| {
            let widths = reader.list(&format!("{name}-uncertainties"), runs)?;
            Ok((name.to_owned(), widths))
        });
        Ok(Self {
            backgrounds: backgrounds.collect::<Result<_, Error>>()?,
            flux_uncertainty: reader.positive("flux-uncertainty")?,
            efficiency_uncertainty: reader.positive("efficiency-uncertainty")?,
            remark: reader.text("remark")?,
        })
    }
}

impl IonisationFitSpec {
    fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            signal_uncertainty: reader.positive("signal-uncertainty")?,
            m_shell_ratio: reader.not_negative("m-shell-ratio")?,
            m_shell_uncertainty: reader.positive("m-shell-uncertainty")?,
            l1_energy_kev: reader.range("l1-energy-low", "l1-energy-high")?,
            l2_ratio: reader.not_negative("l2-ratio")?,
            l2_energy_kev: reader.positive("l2-energy")?,
            m_energy_kev: reader.positive("m-energy")?,
        })
    }
}
