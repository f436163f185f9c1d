//! Numbers and lists of numbers on the command line.

use dipole_portal::numerics::grid::logarithmic;
use dipole_portal::{Error, in_range};

/// Recoil energies that can be asked for, in keV: wider than any experiment, and nothing overflows.
pub(crate) const RECOIL_RANGE_KEV: (f64, f64) = (1e-9, 1e9);
/// Neutrino energies that can be asked for, in MeV.
pub(crate) const ENERGY_RANGE_MEV: (f64, f64) = (1e-9, 1e9);
/// Most points of a range: enough for any curve, few enough for any memory.
const MOST_POINTS: usize = 10_000;

/// Reads one number.
pub(crate) fn number(quantity: &str, text: &str) -> Result<f64, Error> {
    text.trim()
        .parse()
        .map_err(|_| Error::input(quantity, format!("'{text}'"), "a number"))
}

/// Reader of one number within a range of the core.
pub(crate) fn within(
    quantity: &'static str,
    (low, high): (f64, f64),
) -> impl Fn(&str) -> Result<f64, Error> + Clone + Send + Sync + 'static {
    move |text| in_range(quantity, number(quantity, text)?, low, high)
}

/// A list `1,2,5` or a range `low:high:points`, logarithmic and with both ends.
#[derive(Clone, Debug)]
pub(crate) struct Numbers(pub(crate) Vec<f64>);

impl Numbers {
    /// Reader of a list or a range of numbers, each within a range of the core.
    pub(crate) fn within(
        quantity: &'static str,
        (low, high): (f64, f64),
    ) -> impl Fn(&str) -> Result<Self, Error> + Clone + Send + Sync + 'static {
        move |text| {
            let numbers = if text.contains(':') {
                range(quantity, text)?
            } else {
                list(quantity, text)?
            };
            let checked = numbers.into_iter().map(|value| in_range(quantity, value, low, high));
            checked.collect::<Result<_, _>>().map(Self)
        }
    }
}

fn list(quantity: &str, text: &str) -> Result<Vec<f64>, Error> {
    text.split(',')
        .map(|item| {
            if item.trim().is_empty() {
                let got = format!("'{text}' with an empty item");
                return Err(Error::input(quantity, got, "numbers between commas"));
            }
            number(quantity, item)
        })
        .collect()
}

fn range(quantity: &str, text: &str) -> Result<Vec<f64>, Error> {
    let wrong = || {
        let allowed = format!("low:high:points with 0 < low < high and 2 to {MOST_POINTS} points");
        Error::input(quantity, format!("'{text}'"), allowed)
    };
    let parts: Vec<&str> = text.split(':').map(str::trim).collect();
    let [low, high, points] = parts[..] else {
        return Err(wrong());
    };
    let (Ok(low), Ok(high), Ok(points)) = (low.parse(), high.parse(), points.parse()) else {
        return Err(wrong());
    };
    if low > 0.0 && low < high && high < f64::INFINITY && (2..=MOST_POINTS).contains(&points) {
        Ok(logarithmic(low, high, points))
    } else {
        Err(wrong())
    }
}
