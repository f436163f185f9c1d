//! Options of the confidence level.

use crate::numbers::number;
use crate::options::choice;
use crate::output::note;
use clap::Args;
use dipole_portal::Error;
use dipole_portal::statistics::{Confidence, ConfidenceLevel, Dof, Sides};

/// At which level, with how many free parameters, and from how many sides.
#[derive(Args)]
pub(crate) struct LevelOptions {
    /// Confidence level
    #[arg(long, value_name = "LEVEL", default_value = "0.9", value_parser = level)]
    cl: ConfidenceLevel,
    /// Degrees of freedom: 1 for the coupling at fixed mass, 2 for coupling and mass
    #[arg(long, value_name = "NUMBER", default_value = "1", value_parser = choice::<Dof>())]
    dof: Dof,
    /// Sides of a limit with one degree of freedom: two for the end of an interval, one for an upper limit [default: two]
    #[arg(long, value_name = "NAME", value_parser = choice::<Sides>())]
    sides: Option<Sides>,
}

impl LevelOptions {
    /// All of it as one; says so where sides have no meaning.
    pub(crate) fn confidence(&self) -> Result<Confidence, Error> {
        let sides = match (self.dof, self.sides) {
            (Dof::Two, Some(_)) => {
                note("--sides has no effect with --dof 2: a region of two parameters has no sides");
                Sides::Two
            }
            (_, sides) => sides.unwrap_or(Sides::Two),
        };
        // At one half an upper limit is the best fit itself, which limits nothing.
        if sides == Sides::One && self.cl.level() <= ConfidenceLevel::RANGE.0 {
            return Err(Error::input("cl", self.cl.level(), "above 0.5 with --sides one"));
        }
        Ok(Confidence {
            level: self.cl,
            dof: self.dof,
            sides,
        })
    }
}

fn level(text: &str) -> Result<ConfidenceLevel, Error> {
    ConfidenceLevel::new(number("cl", text)?)
}
