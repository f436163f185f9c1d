//! Models of the spectrum of a reactor: which part of the quoted flux is from neutron capture on 238U.

use super::reactor::{ReactorFuel, Rows};
use crate::choice::{Choice, named_choice};
use crate::data::{Input, Inputs};
use crate::numerics::interpolate::interpolate;
use crate::numerics::order::sort_numbers;
use crate::{Error, data};

named_choice! {
    /// Model of the spectrum of a reactor. The quoted flux is that of all antineutrinos of the model.
    "reactor-flux": pub enum ReactorModel {
        /// Vogel & Engel and Mueller et al.: fission alone, to which the whole flux is given. The paper's.
        MuellerVogel = "mueller-vogel",
        /// Kopeikin's spectrum of a reactor in operation below 2 MeV, Mueller et al. above.
        KopeikinMueller = "kopeikin-mueller",
        /// Estienne, Fallot et al., with capture computed.
        EstienneFallot = "estienne-fallot",
    }
}

impl Default for ReactorModel {
    /// The paper's.
    fn default() -> Self {
        Self::MuellerVogel
    }
}

/// Table of what the other models than the paper's are made from.
const INPUTS: &str = "reactor_models";

/// Lowest energy of a spectrum, in MeV: moments in 1/E end there, and below it nothing makes a recoil that counts. What lies
/// below is 1e-11 of the flux.
const LOWEST_MEV: f64 = 1e-6;

impl ReactorModel {
    /// Its name for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::MuellerVogel => word!("all quoted flux from fission (paper)"),
            Self::KopeikinMueller => word!("with capture on ²³⁸U: Kopeikin + Mueller"),
            Self::EstienneFallot => word!("with capture on ²³⁸U: Estienne-Fallot 2019"),
        }
    }

    /// What it is made from beside the rows of the experiment; nothing more for the paper's.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if the table is missing or malformed.
    pub fn inputs(self) -> Result<Vec<Input>, Error> {
        if self == Self::MuellerVogel {
            return Ok(Vec::new());
        }
        let inputs = Inputs::new(&data::table(INPUTS)?)?;
        let ours = inputs.rows().iter().filter(|row| row.key.starts_with(self.name()));
        let model = Input {
            key: Self::OPTION.to_owned(),
            value: self.label().to_owned(),
            unit: String::new(),
            label: word!("Model of the reactor flux").to_owned(),
            source: say!("choice of the visitor").to_owned(),
            link: String::new(),
        };
        Ok(std::iter::once(model).chain(ours.cloned()).collect())
    }

    /// The spectrum per fission that it makes of a fuel.
    ///
    /// # Errors
    /// [`ErrorKind::Table`](crate::ErrorKind::Table) if a table is missing or malformed.
    pub(super) fn rows(self, fuel: &ReactorFuel) -> Result<Rows, Error> {
        match self {
            // The program that is loaded first has the tables of no other.
            Self::KopeikinMueller if crate::WORKSHOP => kopeikin_mueller(fuel),
            Self::EstienneFallot if crate::WORKSHOP => estienne_fallot(fuel),
            _ => fuel.own_rows(),
        }
    }
}

/// Rows of Kopeikin's table as they are, whatever the fuel, up to an energy; from there on those of the paper's model.
fn kopeikin_mueller(fuel: &ReactorFuel) -> Result<Rows, Error> {
    let inputs = Inputs::new(&data::table(INPUTS)?)?;
    let from_mev = inputs.number("kopeikin-mueller-energy")?;
    let table = data::table(inputs.text("kopeikin-mueller-table")?)?;
    let [low_mev, low] = table.columns(["energy", "total"])?;
    let (high_mev, high) = fuel.own_rows()?;
    let below = low_mev.into_iter().zip(low).filter(|(energy, _)| *energy < from_mev);
    let above = high_mev.into_iter().zip(high).filter(|(energy, _)| *energy >= from_mev);
    Ok(below.chain(above).unzip())
}

/// Fission and capture, through the rows of both tables.
fn estienne_fallot(fuel: &ReactorFuel) -> Result<Rows, Error> {
    let inputs = Inputs::new(&data::table(INPUTS)?)?;
    let captures = inputs.number("estienne-fallot-captures")?;
    let fission = fuel.per_fission(&data::table(inputs.text("estienne-fallot-table")?)?)?;
    let table = data::table(inputs.text("estienne-fallot-capture-table")?)?;
    let [capture_mev, per_capture] = table.columns(["energy", "per_capture"])?;
    let capture = (capture_mev, per_capture);
    let nodes = fission.0.iter().chain(&capture.0);
    let mut energies_mev: Vec<f64> = nodes.map(|energy| energy.max(LOWEST_MEV)).collect();
    sort_numbers(&mut energies_mev);
    energies_mev.dedup();
    let values = energies_mev
        .iter()
        .map(|energy| at(&fission, *energy) + captures * at(&capture, *energy));
    let values = values.collect();
    Ok((energies_mev, values))
}

/// A spectrum at an energy: linear between rows, zero outside.
fn at((energies_mev, values): &Rows, energy_mev: f64) -> f64 {
    match (energies_mev.first(), energies_mev.last()) {
        (Some(first), Some(last)) if (*first..=*last).contains(&energy_mev) => {
            interpolate(energies_mev, values, energy_mev)
        }
        _ => 0.0,
    }
}
