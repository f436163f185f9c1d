//! `dipole-portal cross-section`.

use crate::numbers::{ENERGY_RANGE_MEV, RECOIL_RANGE_KEV, within};
use crate::options::{SignOptions, choice};
use crate::output::note;
use clap::Args;
use dipole_portal::analysis::{Benchmark, COUPLING_RANGE_PER_GEV, MASS_RANGE_MEV};
use dipole_portal::physics::cross_section::{Scatterer, Target, lowest_energy_mev, scatterer};
use dipole_portal::physics::units::{CM2_PER_INVERSE_MEV2, KEV_PER_MEV};
use dipole_portal::{Choice, Error, Flavor};
use serde::Serialize;

/// The processes of PHYSICS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Process {
    Cevns,
    Electron,
    DipoleNucleus,
    DipoleElectron,
}

impl Choice for Process {
    const OPTION: &'static str = "process";
    const ALL: &'static [Self] = &[Self::Cevns, Self::Electron, Self::DipoleNucleus, Self::DipoleElectron];

    fn name(self) -> &'static str {
        match self {
            Self::Cevns => "cevns",
            Self::Electron => "electron",
            Self::DipoleNucleus => "dipole-nucleus",
            Self::DipoleElectron => "dipole-electron",
        }
    }
}

impl Process {
    /// Whether N comes out, not the neutrino that went in.
    fn is_dipole(self) -> bool {
        matches!(self, Self::DipoleNucleus | Self::DipoleElectron)
    }

    /// The target of this name, if the process happens on its kind.
    fn target(self, name: &str) -> Result<Scatterer, Error> {
        let target = scatterer(name)?;
        let on_nuclei = matches!(self, Self::Cevns | Self::DipoleNucleus);
        let allowed = match (on_nuclei, target.target()) {
            (true, Target::Electrons(_)) => "a nuclide such as Ge74",
            (false, Target::Nucleus(_)) => "electron, or an element such as Ge for its electrons",
            _ => return Ok(target),
        };
        let got = format!("'{name}' for the process {}", self.name());
        Err(Error::input("target", got, allowed))
    }
}

/// Options of the command.
#[derive(Args)]
pub(crate) struct Options {
    /// Process
    #[arg(long, value_name = "NAME", value_parser = choice::<Process>())]
    process: Process,
    /// Nuclide (Ge74), element for the electrons of one atom (Ge), or one free electron (electron)
    #[arg(long, value_name = "NAME")]
    target: String,
    /// Flavour of the neutrino; the dipole processes do not depend on it
    #[arg(long, value_name = "NAME", value_parser = choice::<Flavor>())]
    flavor: Flavor,
    /// An antineutrino; only scattering on electrons depends on it
    #[arg(long)]
    anti: bool,
    /// Energy of the neutrino, in MeV
    #[arg(long, value_name = "MEV", value_parser = within("energy", ENERGY_RANGE_MEV))]
    energy: f64,
    /// Kinetic energy of the recoil, in keV
    #[arg(long, value_name = "KEV", value_parser = within("recoil", RECOIL_RANGE_KEV))]
    recoil: f64,
    /// Mass of N, in MeV; required for the dipole processes
    #[arg(long, value_name = "MEV", value_parser = within("mass", MASS_RANGE_MEV))]
    mass: Option<f64>,
    /// Coupling d, in GeV^-1; required for the dipole processes
    #[arg(long, value_name = "PER_GEV", value_parser = within("coupling", COUPLING_RANGE_PER_GEV))]
    coupling: Option<f64>,
    #[command(flatten)]
    sign: SignOptions,
}

impl Options {
    /// Mass and coupling of a dipole process.
    fn benchmark(&self) -> Result<Benchmark, Error> {
        let given = |quantity: &str, value: Option<f64>, unit: &str| {
            let allowed = || format!("a value in {unit} for the process {}", self.process.name());
            value.ok_or_else(|| Error::input(quantity, "nothing", allowed()))
        };
        let (mass, coupling) = (
            given("mass", self.mass, "MeV")?,
            given("coupling", self.coupling, "GeV^-1")?,
        );
        Benchmark::new(self.flavor, mass, coupling)
    }
}

/// What is printed.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(rename = "cm2_per_MeV")]
    cm2_per_mev: f64,
}

/// The cross section, zero beyond the kinematic edge.
pub(crate) fn run(options: &Options) -> Result<Answer, Error> {
    let target = options.process.target(&options.target)?;
    let recoil_mev = options.recoil / KEV_PER_MEV;
    let (cross_section, mass_mev, strength) = if options.process.is_dipole() {
        let point = options.benchmark()?;
        let per_strength = target.dipole(recoil_mev, point.mass_mev, options.sign.sign());
        (per_strength, point.mass_mev, point.strength())
    } else {
        note_idle(options);
        let cross_section = target.standard_model(recoil_mev, options.flavor, options.anti);
        (cross_section, 0.0, 1.0)
    };
    let allowed = options.energy >= lowest_energy_mev(recoil_mev, target.mass_mev(), mass_mev);
    let value = if allowed { cross_section.at(options.energy) } else { 0.0 };
    Ok(Answer {
        cm2_per_mev: value * strength * CM2_PER_INVERSE_MEV2,
    })
}

/// Says that a mass or coupling other than zero changes nothing in the SM.
fn note_idle(options: &Options) {
    for (option, value) in [("--mass", options.mass), ("--coupling", options.coupling)] {
        if value.is_some_and(|value| value != 0.0) {
            note(&format!(
                "{option} has no effect on the process {}",
                options.process.name()
            ));
        }
    }
}
