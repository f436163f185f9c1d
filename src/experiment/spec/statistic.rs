//! How an experiment's data are compared with what is expected.

use super::{Detector, DetectorSpec, LEVELS, RunCountsSpec, ShapedCountingSpec, SourceSpec, Switch};
use crate::Error;
use crate::choice::{Choice, named_choice};
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
        /// Poisson chi-square of counts in bins of recoil energy, with normalisations of signal and background as nuisances.
        BinnedCounts = "binned-counts",
        /// A published bound on the flux.
        FluxBound = "flux-bound",
        /// Poisson chi-square of several runs, with rates and shapes as nuisances.
        Runs = "runs",
        /// Poisson chi-square of (energy x pulse shape x time) bins, with normalisations and shapes as nuisances.
        ShapedCounting = "shaped-counting",
        /// Poisson chi-square of several runs over backgrounds whose normalisation is free.
        RunCounts = "run-counts",
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
        /// The backgrounds relative to those of the table of data, in the same order.
        normalisations: [f64; 3],
    },
    /// Poisson chi-square of counts in the bins of the detector.
    BinnedCounts {
        /// Width of the prior on the signal's normalisation.
        signal_uncertainty: f64,
        /// Width of that on the background's.
        background_uncertainty: f64,
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
    /// Poisson chi-square with normalisations and shapes.
    ShapedCounting(ShapedCountingSpec),
    /// Poisson chi-square of several runs.
    RunCounts(RunCountsSpec),
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
    /// Width of the prior on the shape of the signal, and of that on each shape of a background, in the unit of their anchors.
    pub signal_shape_uncertainty: f64,
    /// The other.
    pub background_shape_uncertainty: f64,
    /// The backgrounds of an expectation relative to those of the table of data.
    pub background_level: f64,
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
    /// Its uncertainty; infinite where the ratio is not known.
    pub m_shell_uncertainty: f64,
    /// The background of an expectation relative to the one that the data have.
    pub background_level: f64,
    /// Range of the energy of the L1 line, in keV.
    pub l1_energy_kev: (f64, f64),
    /// Ratio of the L2 to the L1 line.
    pub l2_ratio: f64,
    /// Energy of the L2 line, in keV.
    pub l2_energy_kev: f64,
    /// Energy of the M line, in keV.
    pub m_energy_kev: f64,
}

/// Widths of priors on normalisations: below the first they are as good as certain, above the last as good as unknown.
const UNCERTAINTIES: (f64, f64) = (1e-6, 1e3);

impl StatisticSpec {
    /// Key of the row of [`Self::signal_uncertainty`], unless it is that of the flux.
    pub const SIGNAL_UNCERTAINTY: &str = "signal-uncertainty";
    /// Key of the row of the flux alone, where the statistic has it apart.
    pub const FLUX_UNCERTAINTY: &str = "flux-uncertainty";

    /// How well the normalisation of the signal is known, relative, and zero where it counts as known; `None` without a chi-square.
    #[must_use]
    pub fn signal_uncertainty(&self) -> Option<f64> {
        match self {
            Self::IonisationFit(fit) => Some(fit.signal_uncertainty),
            Self::Counting {
                uncertainties: [signal, ..],
                ..
            } => Some(*signal),
            Self::Excess { signal_uncertainty, .. } | Self::BinnedCounts { signal_uncertainty, .. } => {
                Some(*signal_uncertainty)
            }
            Self::Runs(runs) => Some(runs.flux_uncertainty),
            Self::FluxBound { .. } => None,
            Self::ShapedCounting(counting) => Some(counting.uncertainties[0]),
            // Its fluxes count as known.
            Self::RunCounts(_) => Some(0.0),
        }
    }

    /// Key of its row.
    #[must_use]
    pub fn signal_uncertainty_key(&self) -> &'static str {
        match self {
            Self::Runs(_) => Self::FLUX_UNCERTAINTY,
            _ => Self::SIGNAL_UNCERTAINTY,
        }
    }

    /// Whether what the SM gives is in the backgrounds already, so that the fit does not add it.
    #[must_use]
    pub fn holds_standard_model(&self) -> bool {
        crate::WORKSHOP && matches!(self, Self::RunCounts(_))
    }

    pub(super) fn read(reader: &mut Reader, source: &SourceSpec, spec: &DetectorSpec) -> Result<Self, Error> {
        let detector = spec.kind();
        let kind = reader.choice::<StatisticKind>("statistic")?;
        if let (StatisticKind::Runs, DetectorSpec::Response(response), Some(_)) = (kind, spec, source.flux_per_cm2_s())
            && crate::WORKSHOP
        {
            return RunsSpec::read(reader, response.runs.len()).map(Self::Runs);
        }
        match (kind, detector, source.flux_per_cm2_s()) {
            (StatisticKind::IonisationFit, Detector::Ionisation, Some(_)) => {
                IonisationFitSpec::read(reader).map(Self::IonisationFit)
            }
            (StatisticKind::Excess, Detector::IonisationExcess, Some(_)) if crate::WORKSHOP => Ok(Self::Excess {
                signal_uncertainty: reader.within(Self::SIGNAL_UNCERTAINTY, UNCERTAINTIES)?,
                remark: reader.text("remark")?,
            }),
            (StatisticKind::Counting, Detector::Scintillation, None) => {
                let mut uncertainties = [0.0; 4];
                for (uncertainty, part) in uncertainties.iter_mut().zip(["signal", "brn", "nin", "ssb"]) {
                    *uncertainty = reader.positive(&format!("{part}-uncertainty"))?;
                }
                let mut normalisations = [1.0; 3];
                for (normalisation, part) in normalisations.iter_mut().zip(["brn", "nin", "ssb"]) {
                    *normalisation = reader.not_negative(&format!("{part}-normalisation"))?;
                }
                Ok(Self::Counting {
                    uncertainties,
                    normalisations,
                })
            }
            (StatisticKind::FluxBound, Detector::Efficiency, Some(flux_per_cm2_s)) => Ok(Self::FluxBound {
                bound_per_cm2_s: reader.positive("flux-bound")?,
                flux_per_cm2_s,
            }),
            (StatisticKind::BinnedCounts, Detector::Efficiency, Some(_)) if crate::WORKSHOP => Ok(Self::BinnedCounts {
                signal_uncertainty: reader.within("signal-uncertainty", UNCERTAINTIES)?,
                background_uncertainty: reader.within("background-uncertainty", UNCERTAINTIES)?,
            }),
            (StatisticKind::ShapedCounting, Detector::PulseShape, None) if crate::WORKSHOP => {
                ShapedCountingSpec::read(reader).map(Self::ShapedCounting)
            }
            (StatisticKind::RunCounts, Detector::ElectronRecoils, Some(_)) if crate::WORKSHOP => {
                RunCountsSpec::read(reader).map(Self::RunCounts)
            }
            (_, _, _) => {
                let names = [source.kind().name(), detector.name(), kind.name()];
                let [source, detector, kind] = names;
                let problem = say!(
                    "source '{}', detector '{}' and statistic '{}' do not go together",
                    source,
                    detector,
                    kind
                );
                Err(reader.error_at("statistic", &problem))
            }
        }
    }
}

impl RunsSpec {
    fn read(reader: &mut Reader, runs: usize) -> Result<Self, Error> {
        let names = reader.text("backgrounds")?;
        let scale = reader.within("background-uncertainty-scale", UNCERTAINTIES)?;
        let backgrounds = names.split(' ').map(|name| {
            let key = format!("{name}-uncertainties");
            let widths = reader.list(&key, runs)?.into_iter();
            let widths: Vec<f64> = widths.map(|width| scale * width).collect();
            let (least, most) = UNCERTAINTIES;
            if widths
                .iter()
                .any(|width| *width != 0.0 && !(least..=most).contains(width))
            {
                let allowed = say!("within {} and {}", least.to_string(), most.to_string());
                return Err(reader.wrong(&key, &allowed));
            }
            Ok((name.to_owned(), widths))
        });
        Ok(Self {
            backgrounds: backgrounds.collect::<Result<_, Error>>()?,
            flux_uncertainty: reader.within(StatisticSpec::FLUX_UNCERTAINTY, UNCERTAINTIES)?,
            efficiency_uncertainty: reader.within("efficiency-uncertainty", UNCERTAINTIES)?,
            signal_shape_uncertainty: reader.within("signal-shape-uncertainty", UNCERTAINTIES)?,
            background_shape_uncertainty: reader.within("background-shape-uncertainty", UNCERTAINTIES)?,
            background_level: reader.within("background-level", LEVELS)?,
            remark: reader.text("remark")?,
        })
    }
}

impl IonisationFitSpec {
    fn read(reader: &mut Reader) -> Result<Self, Error> {
        Ok(Self {
            signal_uncertainty: reader.positive(StatisticSpec::SIGNAL_UNCERTAINTY)?,
            m_shell_ratio: reader.not_negative("m-shell-ratio")?,
            m_shell_uncertainty: match (reader.positive("m-shell-uncertainty")?, reader.choice("m-shell-prior")?) {
                (uncertainty, Switch::On) => uncertainty,
                (_, Switch::Off) => f64::INFINITY,
            },
            background_level: reader.within("background-level", LEVELS)?,
            l1_energy_kev: reader.range("l1-energy-low", "l1-energy-high")?,
            l2_ratio: reader.not_negative("l2-ratio")?,
            l2_energy_kev: reader.positive("l2-energy")?,
            m_energy_kev: reader.positive("m-energy")?,
        })
    }
}
