//! Words of matching the data by hand.

use crate::analysis::BestFit;
use crate::chart::{decimal, scientific};
use crate::page::state::COUPLING_PER_GEV;
use crate::physics::units::CouplingUnit;

/// Where there are no data to match.
#[must_use]
pub fn no_match(experiment: &str) -> String {
    say!(
        "{} is used through a published bound: there are no data to match.",
        experiment
    )
}

/// How well the point matches, the best so far, and, if that has been shown, the best there is and whether N decays inside there.
#[must_use]
pub fn matched(chi2: f64, lowest: f64, best: Option<(&BestFit, bool)>, unit: CouplingUnit) -> String {
    let mut text = say!(
        "χ² = {} at this point; lowest found by hand so far: {}.",
        decimal(chi2, 2),
        decimal(lowest, 2)
    );
    if let Some((best, decays)) = best {
        let coupling = scientific(best.coupling_per_gev / unit.per_gev(), 3);
        let mut place = format!(
            "m = {} MeV, d = {coupling} {}",
            scientific(best.mass_mev, 3),
            unit.symbol()
        );
        if best.coupling_per_gev > COUPLING_PER_GEV.1 {
            place = say!("{}, beyond the couplings of this page", place);
        }
        if best.coupling_per_gev <= 0.0 {
            say!("no dipole at all").clone_into(&mut place);
        } else if decays {
            place = say!(
                "{}, where most N would decay inside the detector: a recoil analysis says nothing there",
                place
            );
        }
        text.push(' ');
        text.push_str(&say!("The best fit has {}: {}.", decimal(best.chi2, 2), place));
    }
    text
}
